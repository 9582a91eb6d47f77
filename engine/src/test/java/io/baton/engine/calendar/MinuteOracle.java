package io.baton.engine.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * What a calendar must answer within a span, found by walking it: every single minute is converted to local time and
 * looked up in the hours of its local date. It shares no arithmetic with the calendar. A minute is working or not as a
 * whole, which is so as long as offsets are whole minutes.
 */
final class MinuteOracle {

    private final Instant start;
    private final LocalDateTime[] local;
    private final boolean[] working;

    MinuteOracle(WorkingCalendar calendar, Instant start, int minutes) {
        this.start = start;
        this.local = new LocalDateTime[minutes];
        this.working = new boolean[minutes];
        var rules = calendar.zone().getRules();
        LocalDate date = null;
        List<Hours> hours = List.of();
        for (int i = 0; i < minutes; i++) {
            var offset = rules.getOffset(start.plusSeconds(60L * i));
            assertThat(offset.getTotalSeconds() % 60).isZero();
            local[i] = LocalDateTime.ofEpochSecond(start.getEpochSecond() + 60L * i, 0, offset);
            if (!local[i].toLocalDate().equals(date)) {
                date = local[i].toLocalDate();
                hours = hours(calendar, date);
            }
            int minute = local[i].getHour() * 60 + local[i].getMinute();
            for (var each : hours) {
                working[i] |= each.from() <= minute && minute < each.until();
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

    /** Empty if the span does not hold the whole day before, the day itself and the whole day after. */
    Optional<Instant> afterDays(Instant from, int workingDays) {
        var begin = nextWorking(from);
        if (workingDays == 0 || begin.isEmpty()) {
            return begin;
        }
        int first = minute(begin.get());
        var seconds = Duration.between(at(first), begin.get());
        var days = new LinkedHashSet<LocalDate>();
        for (int i = 0; i < working.length; i++) {
            if (working[i] && local[i].toLocalDate().isAfter(local[first].toLocalDate())) {
                days.add(local[i].toLocalDate());
            }
        }
        var sorted = days.stream().sorted().toList();
        if (sorted.size() < workingDays
                || !sorted.get(workingDays - 1)
                        .isBefore(local[working.length - 1].toLocalDate().minusDays(1))) {
            return Optional.empty();
        }
        var day = sorted.get(workingDays - 1);
        var time = local[first].toLocalTime();
        Instant end = null;
        for (int i = 0; i < working.length; i++) {
            if (working[i] && local[i].toLocalDate().equals(day)) {
                if (local[i].toLocalTime().equals(time)) {
                    return Optional.of(at(i).plus(seconds));
                }
                if (local[i].toLocalTime().isAfter(time)) {
                    return Optional.of(at(i));
                }
                end = at(i + 1);
            }
        }
        return Optional.ofNullable(end);
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
