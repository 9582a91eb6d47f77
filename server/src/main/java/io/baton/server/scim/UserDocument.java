package io.baton.server.scim;

import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.directory.Profile;
import io.baton.server.directory.Provisioning.Account;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A member as a SCIM User and back. Baton has one name where SCIM has several: whichever of them differs from what Baton
 * showed is the new one. Attributes that Baton has no place for are ignored.
 */
final class UserDocument {

    private static final String NAME = "name";
    private static final String EMAILS = "emails";

    private UserDocument() {}

    static ObjectNode of(Account account, Directory directory, String base) {
        var person = account.person();
        var profile = person.profile();
        var manager = profile.manager();
        var user = manager == null ? Json.resource(Json.USER) : Json.resource(Json.USER, Json.ENTERPRISE_USER);
        user.put("id", person.id());
        put(user, "externalId", account.externalId());
        user.put("userName", account.name());
        user.put("displayName", person.name());
        var name = user.putObject(NAME).put("formatted", person.name());
        put(name, "givenName", given(person.name()));
        put(name, "familyName", family(person.name()));
        user.put("active", person.isPresent());
        if (person.email() != null) {
            user.putArray(EMAILS)
                    .addObject()
                    .put("value", person.email())
                    .put("type", "work")
                    .put("primary", true);
        }
        put(user, "timezone", profile.timeZone());
        put(user, "locale", profile.locale());
        groups(user, person, directory, base);
        if (manager != null) {
            var named = directory.find(manager).map(Person::name).orElse(manager);
            user.putObject(Json.ENTERPRISE_USER)
                    .putObject("manager")
                    .put("value", manager)
                    .put("displayName", named)
                    .put("$ref", base + "/Users/" + manager);
        }
        Json.meta(user, "User", base + "/Users/" + person.id());
        return user;
    }

    private static void groups(ObjectNode user, Person person, Directory directory, String base) {
        var groups = user.putArray("groups");
        directory
                .teamNames(person.teams())
                .forEach((key, name) -> groups.addObject()
                        .put("value", key)
                        .put("display", name)
                        .put("$ref", base + "/Groups/" + key));
    }

    private static void put(ObjectNode object, String attribute, @Nullable String value) {
        if (value != null) {
            object.put(attribute, value);
        }
    }

    private static @Nullable String given(String name) {
        var space = name.lastIndexOf(' ');
        return space < 0 ? null : name.substring(0, space);
    }

    private static @Nullable String family(String name) {
        return name.isEmpty() ? null : name.substring(name.lastIndexOf(' ') + 1);
    }

    static String userName(JsonNode user) {
        var userName = Json.text(user, "userName");
        if (userName == null) {
            throw Json.refusal("invalidValue", "userName is required.");
        }
        if (userName.length() > Person.EMAIL_CHARACTERS_MAX) {
            throw Json.refusal(
                    "invalidValue", "userName must have at most " + Person.EMAIL_CHARACTERS_MAX + " characters.");
        }
        return userName;
    }

    /** The primary address, else the first; else the user name, where that is one. */
    static @Nullable String email(JsonNode user) {
        var emails = Json.elements(Json.get(user, EMAILS));
        var primary = emails.stream().filter(email -> Boolean.TRUE.equals(Json.truth(email, "primary")));
        return Stream.concat(primary, emails.stream())
                .map(email -> Json.text(email, "value"))
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> Stream.of(userName(user))
                        .filter(name -> name.contains("@"))
                        .findFirst())
                .orElse(null);
    }

    /** The account with what the document says of it; what it does not say stays. */
    static Account over(Account before, JsonNode user) {
        var person = before.person();
        var profile = person.profile();
        return account(
                before,
                user,
                Json.get(user, EMAILS) == null && person.email() != null ? person.email() : email(user),
                orBefore(Json.text(user, "timezone"), profile.timeZone()),
                orBefore(locale(user), profile.locale()),
                Json.get(user, Json.ENTERPRISE_USER) == null ? profile.manager() : manager(user),
                orBefore(Json.text(user, "externalId"), before.externalId()));
    }

    /** The account that the whole of a document describes; what it does not say is no more. */
    static Account from(Account before, JsonNode user) {
        return account(
                before,
                user,
                Json.get(user, EMAILS) == null ? null : email(user),
                Json.text(user, "timezone"),
                locale(user),
                manager(user),
                Json.text(user, "externalId"));
    }

    private static Account account(
            Account before,
            JsonNode user,
            @Nullable String email,
            @Nullable String timeZone,
            @Nullable String locale,
            @Nullable String manager,
            @Nullable String externalId) {
        var person = before.person();
        var profile = person.profile();
        var after = new Person(
                person.id(),
                name(person.name(), user),
                email,
                person.kind(),
                person.organisation(),
                person.admin(),
                person.teams(),
                new Profile(
                        timeZone,
                        profile.calendar(),
                        profile.quietFrom(),
                        profile.quietUntil(),
                        manager,
                        profile.usualWork(),
                        profile.skills(),
                        profile.channels(),
                        locale,
                        profile.ratePerHour()),
                person.leftAt());
        return new Account(after, userName(user), externalId);
    }

    private static @Nullable String orBefore(@Nullable String value, @Nullable String before) {
        return value == null ? before : value;
    }

    private static @Nullable String locale(JsonNode user) {
        var locale = Json.text(user, "locale");
        return locale == null ? null : locale.replace('_', '-');
    }

    private static String name(String before, JsonNode user) {
        var display = Json.text(user, "displayName");
        var name = Json.get(user, NAME);
        var formatted = Json.text(name, "formatted");
        var given = Json.text(name, "givenName");
        var family = Json.text(name, "familyName");
        var both = Stream.of(given, family)
                .filter(Objects::nonNull)
                .reduce((one, other) -> one + " " + other)
                .orElse(null);
        var changed = Stream.of(display, formatted, both)
                .filter(Objects::nonNull)
                .filter(each -> !each.equals(before))
                .findFirst();
        return changed.orElse(before.isEmpty() ? userName(user) : before);
    }

    /** As an object with a value, or as the plain value, which some providers write. */
    private static @Nullable String manager(JsonNode user) {
        var extension = Json.get(user, Json.ENTERPRISE_USER);
        var manager = Json.get(extension, "manager");
        return manager != null && manager.isObject() ? Json.text(manager, "value") : Json.text(extension, "manager");
    }
}
