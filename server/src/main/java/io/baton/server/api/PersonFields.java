package io.baton.server.api;

import io.baton.server.directory.Person;
import io.baton.server.directory.Profile;
import io.baton.server.directory.Profile.Channel;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What callers may say of a person: whole for a new one, in part for a change, where null clears a field. A member,
 * unless an outside {@code organisation} is given: then a contact.
 */
record PersonFields(
        @Nullable String name,
        @Nullable String email,
        @Nullable String organisation,
        @Nullable Boolean admin,
        @Nullable List<@Nullable String> teams,
        @Nullable String timeZone,
        @Nullable String calendar,
        @Nullable String quietFrom,
        @Nullable String quietUntil,
        @Nullable String manager,
        @Nullable Integer usualWork,
        @Nullable List<@Nullable String> skills,
        @Nullable List<@Nullable String> channels,
        @Nullable String locale,
        @Nullable BigDecimal ratePerHour) {

    /** Such fields as people may set themselves. */
    static final List<String> ONES_OWN = List.of("timeZone", "quietFrom", "quietUntil", "channels", "locale");

    static PersonFields of(Person person) {
        var profile = person.profile();
        return new PersonFields(
                person.name(),
                person.email(),
                person.organisation(),
                person.admin(),
                new ArrayList<>(person.teams()),
                profile.timeZone(),
                profile.calendar(),
                text(profile.quietFrom()),
                text(profile.quietUntil()),
                profile.manager(),
                profile.usualWork(),
                new ArrayList<>(profile.skills()),
                new ArrayList<>(profile.channels().stream().map(Channel::word).toList()),
                profile.locale(),
                profile.ratePerHour());
    }

    static @Nullable String text(@Nullable LocalTime time) {
        return time == null ? null : time.toString();
    }

    /** The person that these fields describe; the check notes what cannot even be read. */
    Person person(Person before, Input input) {
        var outside = Input.orNull(organisation);
        return new Person(
                before.id(),
                name == null ? "" : name.strip(),
                email == null || email.isBlank() ? null : email.strip(),
                outside == null ? Person.Kind.MEMBER : Person.Kind.CONTACT,
                outside == null ? null : outside.strip(),
                Boolean.TRUE.equals(admin),
                texts("teams", teams, input),
                profile(input),
                before.leftAt());
    }

    private Profile profile(Input input) {
        return new Profile(
                Input.orNull(timeZone),
                Input.orNull(calendar),
                time("quietFrom", quietFrom, input),
                time("quietUntil", quietUntil, input),
                Input.orNull(manager),
                usualWork == null ? Profile.USUAL_WORK_DEFAULT : usualWork,
                texts("skills", skills, input),
                texts("channels", channels, input).stream()
                        .flatMap(word -> channel(word, input).stream())
                        .toList(),
                Input.orNull(locale),
                ratePerHour);
    }

    private static List<String> texts(String field, @Nullable List<@Nullable String> given, Input input) {
        var texts = new ArrayList<String>();
        for (var text : given == null ? List.<@Nullable String>of() : given) {
            if (text == null || text.isBlank()) {
                input.wrong(field, "must not have an empty element");
            } else {
                texts.add(text.strip());
            }
        }
        return texts;
    }

    private static Optional<Channel> channel(String word, Input input) {
        var channel = Stream.of(Channel.values())
                .filter(each -> each.word().equals(word))
                .findFirst();
        if (channel.isEmpty()) {
            input.wrong("channels", "must be mail, chat, sms, web or api, not " + word);
        }
        return channel;
    }

    private static @Nullable LocalTime time(String field, @Nullable String text, Input input) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return LocalTime.parse(text.strip());
        } catch (DateTimeException e) {
            input.wrong(field, "must be a time such as 18:30");
            return null;
        }
    }
}
