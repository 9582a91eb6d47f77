package io.baton.server.directory;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who takes part. Only a member signs in; a contact is outside and has no account. Who has left stays here, for
 * the journal names people by id, but can be given nothing more.
 */
public record Person(
        String id,
        String name,
        @Nullable String email,
        Kind kind,
        @Nullable String organisation,
        boolean admin,
        List<String> teams,
        Profile profile,
        @Nullable Instant leftAt) {

    public static final int NAME_CHARACTERS_MAX = 200;
    public static final int EMAIL_CHARACTERS_MAX = 320;

    /** Teams that one person is in. */
    public static final int TEAMS_MAX = 200;

    public enum Kind {
        MEMBER,
        CONTACT;

        static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Person {
        teams = List.copyOf(teams);
    }

    /** Of whom no more is known than who they are. */
    public Person(
            String id,
            String name,
            @Nullable String email,
            Kind kind,
            @Nullable String organisation,
            boolean admin,
            List<String> teams) {
        this(id, name, email, kind, organisation, admin, teams, Profile.UNKNOWN, null);
    }

    /** A person to be added: the directory gives the id. */
    public static Person member(String name, @Nullable String email, List<String> teams) {
        return new Person("", name, email, Kind.MEMBER, null, false, teams);
    }

    /** A person to be added who belongs to an outside organisation. */
    public static Person contact(String name, @Nullable String email, String organisation) {
        return new Person("", name, email, Kind.CONTACT, organisation, false, List.of());
    }

    /** A person to be added who may administer Baton. */
    public static Person administrator(String name, @Nullable String email) {
        return new Person("", name, email, Kind.MEMBER, null, true, List.of());
    }

    public Person with(Profile profile) {
        return new Person(id, name, email, kind, organisation, admin, teams, profile, leftAt);
    }

    Person withId(String id) {
        return new Person(id, name, email, kind, organisation, admin, teams, profile, leftAt);
    }

    public boolean isPresent() {
        return leftAt == null;
    }

    public PersonName named() {
        return new PersonName(id, name);
    }
}
