package io.baton.server.insight;

import java.time.Duration;
import java.time.Instant;

/**
 * The last so many days up to now, and what is usual: the four periods of the same length before it.
 *
 * @param days from 1 to {@link #DAYS_MAX}
 */
public record Period(Instant now, int days) {

    public static final int DAYS_MAX = 92;

    /** How many periods before this one say what is usual. */
    static final int USUAL = 4;

    static final long DAY = Duration.ofDays(1).toNanos() / 1_000;

    public Period {
        if (days < 1 || days > DAYS_MAX) {
            throw new IllegalArgumentException(days + " days");
        }
    }

    public Instant since() {
        return now.minus(Duration.ofDays(days));
    }
}
