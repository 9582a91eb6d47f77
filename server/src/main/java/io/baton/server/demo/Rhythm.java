package io.baton.server.demo;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SequencedMap;

/**
 * When things happen in a week, as measured: each of its 168 hours passes as fast as much is done in it. A duration that
 * was measured in wall-clock time is walked off on this clock, which runs as fast as the wall's over a whole week; so the
 * lengths stay as measured, and what happens falls on the hours at which people work.
 */
final class Rhythm {

    private static final int HOURS = 7 * 24;
    private static final double SECONDS_PER_HOUR = 3_600;

    /** So that no hour stands quite still, and every duration ends. */
    private static final double SLOWEST = 0.002;

    private final ZoneId zone;
    private final double[] pace = new double[HOURS];

    /** {@code byHour}: for each weekday, how much happened in each of its 24 hours. */
    Rhythm(SequencedMap<DayOfWeek, List<Integer>> byHour, ZoneId zone) {
        this.zone = zone;
        double all = byHour.values().stream()
                .flatMap(List::stream)
                .mapToInt(Integer::intValue)
                .sum();
        byHour.forEach((day, hours) -> {
            for (int hour = 0; hour < 24; hour++) {
                int slot = (day.getValue() - 1) * 24 + hour;
                pace[slot] = Math.max(SLOWEST, hours.get(hour) * HOURS / all);
            }
        });
    }

    /** The moment at which so many measured seconds are over. */
    Instant after(Instant from, double seconds) {
        var at = from;
        double left = seconds;
        while (true) {
            var local = ZonedDateTime.ofInstant(at, zone);
            var hourEnds = local.truncatedTo(ChronoUnit.HOURS).plusHours(1).toInstant();
            double wall = Duration.between(at, hourEnds).toMillis() / 1e3;
            double speed = pace[slot(local)];
            if (wall * speed >= left) {
                return at.plusMillis((long) (left / speed * 1_000));
            }
            left -= wall * speed;
            at = hourEnds;
        }
    }

    /** How much of the measured time lies between two moments, in seconds. */
    double between(LocalDate from, LocalDate to) {
        double seconds = 0;
        var end = to.atStartOfDay(zone);
        for (var hour = from.atStartOfDay(zone); hour.isBefore(end); hour = hour.plusHours(1)) {
            seconds += pace[slot(hour)] * SECONDS_PER_HOUR;
        }
        return seconds;
    }

    private static int slot(ZonedDateTime at) {
        return (at.getDayOfWeek().getValue() - 1) * 24 + at.getHour();
    }
}
