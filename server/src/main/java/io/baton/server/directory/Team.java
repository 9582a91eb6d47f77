package io.baton.server.directory;

import java.util.List;

/** A party that work is given to: a team of members, an outside organisation, or a system. The key is what lanes name. */
public record Team(String key, String name, Kind kind, List<PersonName> members) {

    public enum Kind {
        TEAM,
        ORGANISATION,
        SYSTEM
    }

    public Team {
        members = List.copyOf(members);
    }
}
