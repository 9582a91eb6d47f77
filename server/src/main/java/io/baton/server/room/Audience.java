package io.baton.server.room;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Whom something in the case room is shared with, beside all members: people by id, and organisations as the contacts'
 * records name them, with {@code @} before the name. A team is no audience: the team of all vendors is not one party.
 */
public record Audience(List<String> parties) {

    static final String ORGANISATION = "@";

    public static final int PARTIES_MAX = 20;
    public static final int PARTY_CHARACTERS_MAX = 200;

    /** Members only. */
    public static final Audience INTERNAL = new Audience(List.of());

    public Audience {
        parties = List.copyOf(new LinkedHashSet<>(parties));
        if (parties.size() > PARTIES_MAX) {
            throw new IllegalArgumentException("shared with more than " + PARTIES_MAX + " parties");
        }
        for (var party : parties) {
            if (party.isBlank() || party.startsWith("~") || party.length() > PARTY_CHARACTERS_MAX + 1) {
                throw new IllegalArgumentException("no party: '" + party + "'");
            }
        }
    }

    public static Audience people(Collection<String> ids) {
        return new Audience(List.copyOf(ids));
    }

    public static Audience organisation(String name) {
        return new Audience(List.of(ORGANISATION + name));
    }
}
