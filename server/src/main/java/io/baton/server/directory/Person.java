package io.baton.server.directory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody who takes part. Only a member signs in; a contact is outside and has no account. */
public record Person(
        String id,
        String name,
        @Nullable String email,
        Kind kind,
        @Nullable String organisation,
        boolean admin,
        List<String> teams) {

    public enum Kind {
        MEMBER,
        CONTACT
    }

    public Person {
        teams = List.copyOf(teams);
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

    public PersonName named() {
        return new PersonName(id, name);
    }
}
