package io.baton.engine;

import io.baton.engine.Expressions.Stuck;
import io.baton.engine.calendar.WorkingCalendar;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** ISO 8601 times as timers and due dates write them. Calendar parts (P1M) count in UTC. */
final class Times {

    /** A timer further away than this is a mistake in the process; PostgreSQL's range ends long after it. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private Times() {}

    /** A date-time, a date, or a duration from now. */
    static Instant dueAt(String text, Instant now) throws Stuck {
        return text.startsWith("P") || text.startsWith("-P") ? after(text, now) : at(text);
    }

    /** In working time days are working days ({@link WorkingCalendar#afterDays}), then come hours of work. */
    static Instant dueAt(String text, Instant now, WorkingCalendar calendar) throws Stuck {
        if (!text.startsWith("P")) {
            return dueAt(text, now);
        }
        try {
            var length = Duration.parse(text);
            var days = calendar.afterDays(now, (int) Math.min(length.toDays(), WorkingCalendar.WORKING_DAYS_MAX));
            var rest = length.minusDays(length.toDays());
            var due = days.flatMap(day -> calendar.after(day, rest));
            return due.isPresent() ? bounded(due.get(), text) : after(text, now);
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw new Stuck(IncidentKind.EXPRESSION, "Expected a working time (P2D or P1DT4H), but got '" + text + "'");
        }
    }

    /** Of a duration without a calendar's parts; null of any other. */
    static @Nullable Duration length(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    static Instant at(String text) throws Stuck {
        try {
            return bounded(
                    text.length() <= "2030-01-01".length()
                            ? java.time.LocalDate.parse(text)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant()
                            : text.contains("+") || text.endsWith("Z") || text.lastIndexOf('-') > 7
                                    ? OffsetDateTime.parse(text.replaceFirst("[\\[@].*", ""))
                                            .toInstant()
                                    : java.time.LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
                    text);
        } catch (DateTimeException e) {
            throw new Stuck(
                    IncidentKind.EXPRESSION,
                    "Expected an ISO 8601 date-time (2030-01-31T09:00:00Z), but got '" + text + "'");
        }
    }

    /** {@code P1Y2M3DT4H5M6S}, in UTC; a negative duration counts as none. */
    static Instant after(String duration, Instant now) throws Stuck {
        try {
            var time = duration.indexOf('T');
            var date = time < 0 ? duration : duration.substring(0, time);
            var period = time >= 0 && (date.equals("P") || date.equals("-P")) ? Period.ZERO : Period.parse(date);
            var rest = time < 0
                    ? Duration.ZERO
                    : Duration.parse((duration.startsWith("-") ? "-P" : "P") + duration.substring(time));
            var later = now.atOffset(ZoneOffset.UTC).plus(period).plus(rest).toInstant();
            return bounded(later.isBefore(now) ? now : later, duration);
        } catch (DateTimeException | ArithmeticException e) {
            throw new Stuck(
                    IncidentKind.EXPRESSION, "Expected an ISO 8601 duration (P3DT12H), but got '" + duration + "'");
        }
    }

    /**
     * The first time after now that lies whole periods after {@code due}: a timer for nine in the morning stays one,
     * however long nothing could fire.
     */
    static Instant next(String period, Instant due, Instant now) throws Stuck {
        var next = after(period, due);
        if (!next.isAfter(now) && !period.matches("P[^T]*[YM].*")) {
            var length = Duration.between(due, next);
            next = due.plus(length.multipliedBy(Duration.between(due, now).dividedBy(length)));
        }
        while (!next.isAfter(now)) {
            next = after(period, next);
        }
        return next;
    }

    /**
     * A repeating interval, {@code R3/PT1H}, {@code R/P1D} or {@code R3/2030-01-01T09:00:00Z/P1D}: it fires that often in
     * all, without a number for ever. {@code repeat} counts the firings after the first; -1 is for ever.
     */
    record Cycle(int repeat, @Nullable Instant start, String period) {

        static Cycle parse(String text) throws Stuck {
            var parts = text.split("/", -1);
            if ((parts.length != 2 && parts.length != 3) || !parts[0].matches("R\\d{0,6}") || parts[0].equals("R0")) {
                throw new Stuck(
                        IncidentKind.EXPRESSION, "Expected a repeating interval (R3/PT1H), but got '" + text + "'");
            }
            var times = parts[0].equals("R") ? -1 : Integer.parseInt(parts[0].substring(1)) - 1;
            var period = parts[parts.length - 1];
            if (after(period, Instant.EPOCH).equals(Instant.EPOCH)) {
                throw new Stuck(IncidentKind.EXPRESSION, "A timer cannot repeat every '" + period + "'");
            }
            return new Cycle(times, parts.length == 3 ? at(parts[1]) : null, period);
        }

        Instant first(Instant now) throws Stuck {
            return start == null ? after(period, now) : start;
        }
    }

    /** As exact as the store. */
    static Instant micros(Instant at) {
        return at.truncatedTo(ChronoUnit.MICROS);
    }

    private static Instant bounded(Instant at, String text) throws Stuck {
        if (at.isAfter(LATEST) || at.isBefore(Instant.EPOCH)) {
            throw new Stuck(IncidentKind.EXPRESSION, "'" + text + "' lies outside the years 1970 to 9999");
        }
        return at.truncatedTo(ChronoUnit.MICROS);
    }
}
