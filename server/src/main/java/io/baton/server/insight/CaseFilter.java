package io.baton.server.insight;

import io.baton.engine.IncidentKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which cases are meant; null means any. The same filter makes a number and the list behind it.
 *
 * @param process the key of the process
 * @param version of that process: cases that run in it now, or ended in it
 * @param party with whom an open step waits
 * @param holder who has an open step
 * @param steps at one of which the case stands, on the case's own diagram
 * @param untaken whether only a step counts that nobody has taken yet; with {@code steps} and {@code party}
 * @param incident the kind of an open incident
 * @param currency in which it costs something that the open case waits, or {@link #NO_CURRENCY}
 * @param variable a variable of the case that is {@code value}
 * @param rework whether work was sent back at a step of the case, or never was
 */
public record CaseFilter(
        @Nullable String process,
        @Nullable Integer version,
        @Nullable State state,
        @Nullable String owner,
        @Nullable String party,
        @Nullable String holder,
        @Nullable Set<String> steps,
        boolean untaken,
        @Nullable Risk risk,
        @Nullable IncidentKind incident,
        @Nullable String currency,
        @Nullable String variable,
        @Nullable String value,
        @Nullable Instant startedSince,
        @Nullable Instant startedBefore,
        @Nullable Instant endedSince,
        @Nullable Instant endedBefore,
        @Nullable Instant dueSince,
        @Nullable Instant dueBefore,
        @Nullable Boolean rework) {

    public static final CaseFilter ALL = new CaseFilter(
            null, null, null, null, null, null, null, false, null, null, null, null, null, null, null, null, null, null,
            null, null);

    /** Amounts whose process names no currency. */
    public static final String NO_CURRENCY = "none";

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,40}(\\.\\d{1,40})?");

    public enum State {
        OPEN,
        COMPLETED,
        CANCELLED,
        /** Open, with an incident. */
        INCIDENT
    }

    public enum Risk {
        /** Open, and the due date is over. */
        OVERDUE,
        /** Open, the due date lies ahead, and something says that it will not be met. */
        AT_RISK,
        /** Open, and a step of it can be given to nobody. */
        ORPHANED,
        /** Completed by its due date. */
        ON_TIME,
        /** Completed after its due date. */
        LATE
    }

    /** A part of all cases, as the tower is narrowed: by process, owner, party, or a variable's value. */
    public static CaseFilter of(
            @Nullable String process,
            @Nullable String owner,
            @Nullable String party,
            @Nullable String variable,
            @Nullable String value) {
        return new CaseFilter(
                process, null, null, owner, party, null, null, false, null, null, null, variable, value, null, null,
                null, null, null, null, null);
    }

    public CaseFilter withHolder(@Nullable String person) {
        return new CaseFilter(
                process,
                version,
                state,
                owner,
                party,
                person,
                steps,
                untaken,
                risk,
                incident,
                currency,
                variable,
                value,
                startedSince,
                startedBefore,
                endedSince,
                endedBefore,
                dueSince,
                dueBefore,
                rework);
    }

    /** Whether it asks for something that only an open case has. */
    boolean isOfOpen() {
        return party != null
                || holder != null
                || steps != null
                || untaken
                || incident != null
                || currency != null
                || variable != null;
    }

    /** The ways in which the value may be written: a number is equal to itself with other zeros. */
    Set<String> values() {
        if (value == null) {
            return Set.of();
        }
        var values = new LinkedHashSet<String>();
        values.add(value);
        if (NUMBER.matcher(value).matches()) {
            values.add(new BigDecimal(value).stripTrailingZeros().toPlainString());
        }
        return values;
    }
}
