package io.baton.engine.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a calendar must answer within a span, found by walking it: every single minute is converted to local time and
 * looked up in the hours of its local date. It shares no arithmetic with the calendar. A minute is working or not as a
 * whole, which is so as long as offsets are whole minutes.
 */
final class MinuteOracle {

    private final Instant start;
    private final LocalDate[] dates;
    private final short[] times;
    private final boolean[] working;

    MinuteOracle(WorkingCalendar calendar, Instant start, int minutes) {
        this.start = start;
        this.dates = new LocalDate[minutes];
        this.times = new short[minutes];
        this.working = new boolean[minutes];
        var rules = calendar.zone().getRules();
        var date = LocalDate.MIN;
        List<Hours> hours = List.of();
        for (int i = 0; i < minutes; i++) {
            var local = LocalDateTime.ofEpochSecond(
                    start.getEpochSecond() + 60L * i, 0, rules.getOffset(start.plusSeconds(60L * i)));
            if (local.getSecond() != 0) {
                throw new AssertionError("an offset that is no whole minute: " + local + " in " + calendar.zone());
            }
            if (!local.toLocalDate().equals(date)) {
                date = local.toLocalDate();
                hours = hours(calendar, date);
            }
            dates[i] = date;
            times[i] = (short) (local.getHour() * 60 + local.getMinute());
            for (var each : hours) {
                working[i] |= each.from() <= times[i] && times[i] < each.until();
            }
        }
    }

    private static List<Hours> hours(WorkingCalendar calendar, LocalDate date) {
        if (calendar.exceptions().containsKey(date)) {
            return calendar.exceptions().get(date);
        }
        return calendar.holidays().contains(date)
                ? List.of()
                : calendar.week().getOrDefault(date.getDayOfWeek(), List.of());
    }

    boolean isWorking(int minute) {
        return working[minute];
    }

    Duration between(Instant from, Instant to) {
        var sum = Duration.ZERO;
        for (int i = minute(from); i < working.length && at(i).isBefore(to); i++) {
            sum = working[i] ? sum.plus(Duration.between(max(at(i), from), min(at(i + 1), to))) : sum;
        }
        return sum;
    }

    /** Empty if there is not so much within the span. */
    Optional<Instant> after(Instant from, Duration length) {
        var rest = length;
        if (rest.isZero()) {
            return Optional.of(from);
        }
        for (int i = minute(from); i < working.length; i++) {
            if (working[i]) {
                var begin = max(at(i), from);
                var here = Duration.between(begin, at(i + 1));
                if (here.compareTo(rest) >= 0) {
                    return Optional.of(begin.plus(rest));
                }
                rest = rest.minus(here);
            }
        }
        return Optional.empty();
    }

    Optional<Instant> before(Instant until, Duration length) {
        var rest = length;
        if (rest.isZero()) {
            return Optional.of(until);
        }
        for (int i = minute(until); i >= 0; i--) {
            if (working[i]) {
                var end = min(at(i + 1), until);
                var here = Duration.between(at(i), end);
                if (here.compareTo(rest) >= 0) {
                    return Optional.of(end.minus(rest));
                }
                rest = rest.minus(here);
            }
        }
        return Optional.empty();
    }

    Optional<Instant> nextWorking(Instant from) {
        for (int i = minute(from); i < working.length; i++) {
            if (working[i]) {
                return Optional.of(max(at(i), from));
            }
        }
        return Optional.empty();
    }

    /** Empty if the span may end before the day does. */
    Optional<Instant> afterDays(Instant from, int workingDays) {
        var begin = nextWorking(from);
        if (workingDays == 0 || begin.isEmpty()) {
            return begin;
        }
        int first = minute(begin.get());
        var days = new TreeSet<LocalDate>();
        for (int i = 0; i < working.length; i++) {
            if (working[i] && dates[i].isAfter(dates[first])) {
                days.add(dates[i]);
            }
        }
        var day = days.stream()
                .skip(workingDays - 1)
                .findFirst()
                .filter(found -> found.isBefore(dates[dates.length - 1].minusDays(1)));
        return day.map(found -> at(found, times[first], Duration.between(at(first), begin.get())));
    }

    /** That time of that day, or else its next minute of work, or else its last. */
    private Instant at(LocalDate day, int time, Duration seconds) {
        var end = Instant.MIN;
        for (int i = 0; i < working.length; i++) {
            if (working[i] && dates[i].equals(day)) {
                if (times[i] >= time) {
                    return times[i] == time ? at(i).plus(seconds) : at(i);
                }
                end = at(i + 1);
            }
        }
        return end;
    }

    int minute(Instant at) {
        return (int) ChronoUnit.MINUTES.between(start, at);
    }

    Instant at(int minute) {
        return start.plusSeconds(60L * minute);
    }

    private static Instant max(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant min(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
