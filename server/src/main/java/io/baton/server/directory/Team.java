package io.baton.server.directory;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A party that work is given to: a team of members, an outside organisation, a system, or an assistant. The key is what
 * lanes name.
 *
 * @param lead the next rung of an escalation; of a system or an assistant the sponsor, who holds its steps on its behalf
 * @param calendar the key of a working calendar, for members without one of their own
 * @param timeZone an IANA name, for members without one of their own
 * @param costPerDay what a day of waiting for this party costs, in the organisation's currency
 * @param emailDomain by which mail from an organisation is known
 * @param members who are still here, by name
 */
public record Team(
        String key,
        String name,
        Kind kind,
        @Nullable String lead,
        @Nullable String calendar,
        @Nullable String timeZone,
        @Nullable BigDecimal costPerDay,
        @Nullable String emailDomain,
        List<PersonName> members) {

    public static final int NAME_CHARACTERS_MAX = 200;
    public static final BigDecimal COST_MAX = new BigDecimal("999999999.99");

    public enum Kind {
        TEAM,
        ORGANISATION,
        SYSTEM,
        ASSISTANT;

        static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Team {
        members = List.copyOf(members);
    }

    /** Of which no more is known than what it is. */
    public static Team of(String key, String name, Kind kind) {
        return new Team(key, name, kind, null, null, null, null, null, List.of());
    }

    Team named(String name) {
        return new Team(key, name, kind, lead, calendar, timeZone, costPerDay, emailDomain, members);
    }

    Team with(List<PersonName> members) {
        return new Team(key, name, kind, lead, calendar, timeZone, costPerDay, emailDomain, members);
    }
}
