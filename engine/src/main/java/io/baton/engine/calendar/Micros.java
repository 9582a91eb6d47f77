package io.baton.engine.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants and durations as whole microseconds, which is what the database keeps; what is finer is cut off. */
final class Micros {

    static final long SECOND = 1_000_000;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;

    private Micros() {}

    /** For instants within some 290,000 years. */
    static long of(Instant instant) {
        return instant.getEpochSecond() * SECOND + instant.getNano() / 1_000;
    }

    /** What is longer than a long can say is as long as it can say. */
    static long of(Duration duration) {
        return duration.getSeconds() >= Long.MAX_VALUE / SECOND
                ? Long.MAX_VALUE
                : duration.getSeconds() * SECOND + duration.getNano() / 1_000;
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, SECOND), Math.floorMod(micros, SECOND) * 1_000);
    }

    static Duration duration(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
