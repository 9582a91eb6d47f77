package io.baton.engine.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.LongStream;

/**
 * Working time on the line of local time, where every day has 24 hours and no clock ever changes; all in microseconds,
 * days since 1970-01-01. Weeks are counted by multiplication and the dates that differ from their week are sums made once,
 * so that a question costs the same over a day and over a thousand years.
 */
final class LocalWork {

    /** The day after the last that has hours of its own. */
    static final long NO_DAY = Long.MAX_VALUE;

    private static final int DAYS_OF_WEEK = 7;

    /** 1970-01-01 was a Thursday; weeks begin on Monday. */
    private static final int WEEKDAY_OF_DAY_0 = 3;

    /** The hours of each weekday, in pairs: from, until, from, until … */
    private final long[][] week;

    /** The working time of a week before each weekday, and last of the whole week. */
    private final long[] weekUpTo = new long[DAYS_OF_WEEK + 1];

    /** The days that have hours of their own, ascending, and these hours. */
    private final long[] days;

    private final long[][] dayHours;

    /** How much more than their weekdays the days before each of these have in all; one entry more than days. */
    private final long[] surplusUpTo;

    LocalWork(SequencedMap<DayOfWeek, List<Hours>> week, SequencedMap<LocalDate, List<Hours>> dates) {
        this.week = Arrays.stream(DayOfWeek.values())
                .map(day -> pairs(week.getOrDefault(day, List.of())))
                .toArray(long[][]::new);
        for (int i = 0; i < DAYS_OF_WEEK; i++) {
            weekUpTo[i + 1] = weekUpTo[i] + length(this.week[i]);
        }
        days = dates.keySet().stream().mapToLong(LocalDate::toEpochDay).toArray();
        dayHours = dates.values().stream().map(LocalWork::pairs).toArray(long[][]::new);
        surplusUpTo = new long[days.length + 1];
        for (int i = 0; i < days.length; i++) {
            surplusUpTo[i + 1] = surplusUpTo[i] + length(dayHours[i]) - length(this.week[weekday(days[i])]);
        }
    }

    private static long[] pairs(List<Hours> hours) {
        return hours.stream()
                .flatMapToLong(each -> LongStream.of(each.from() * Micros.MINUTE, each.until() * Micros.MINUTE))
                .toArray();
    }

    private static long length(long[] hours) {
        return within(hours, Micros.DAY);
    }

    private static int weekday(long day) {
        return Math.floorMod(day + WEEKDAY_OF_DAY_0, DAYS_OF_WEEK);
    }

    /** The hours of a day, in pairs. */
    long[] hours(long day) {
        int own = Arrays.binarySearch(days, day);
        return own >= 0 ? dayHours[own] : week[weekday(day)];
    }

    /** The first day from this one on that has hours, or {@link #NO_DAY}. */
    long dayWithHours(long from) {
        long day = from;
        while (true) {
            if (weekUpTo[DAYS_OF_WEEK] == 0) {
                int next = firstFrom(day);
                if (next == days.length) {
                    return NO_DAY;
                }
                day = days[next];
            }
            if (hours(day).length > 0) {
                return day;
            }
            day++;
        }
    }

    private int firstFrom(long day) {
        int found = Arrays.binarySearch(days, day);
        return found >= 0 ? found : -found - 1;
    }

    /** The working time before this point of local time; only differences of it have a meaning. */
    long before(long local) {
        long day = Math.floorDiv(local, Micros.DAY);
        long time = local - day * Micros.DAY;
        int next = firstFrom(day);
        var hours = next < days.length && days[next] == day ? dayHours[next] : week[weekday(day)];
        return weekly(day) + surplusUpTo[next] + within(hours, time);
    }

    private long beforeDay(long day) {
        return weekly(day) + surplusUpTo[firstFrom(day)];
    }

    private long weekly(long day) {
        long weeks = Math.floorDiv(day + WEEKDAY_OF_DAY_0, DAYS_OF_WEEK);
        return weeks * weekUpTo[DAYS_OF_WEEK] + weekUpTo[weekday(day)];
    }

    private static long within(long[] hours, long time) {
        long sum = 0;
        for (int i = 0; i < hours.length && hours[i] < time; i += 2) {
            sum += Math.min(hours[i + 1], time) - hours[i];
        }
        return sum;
    }

    /** The earliest point of local time {@link #before} which there is this much working time; there must be one. */
    long reach(long work) {
        int begun = begunBefore(work);
        if (begun >= 0) {
            long already = beforeDay(days[begun]);
            if (already + length(dayHours[begun]) >= work) {
                return days[begun] * Micros.DAY + reach(dayHours[begun], work - already);
            }
        }
        return reachInWeeks(work - surplusUpTo[begun + 1]);
    }

    /** The last of the days with hours of their own that begins before this much working time is over, or -1. */
    private int begunBefore(long work) {
        int low = 0;
        int high = days.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (beforeDay(days[middle]) < work) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private long reachInWeeks(long work) {
        long weeks = Math.floorDiv(work - 1, weekUpTo[DAYS_OF_WEEK]);
        long rest = work - weeks * weekUpTo[DAYS_OF_WEEK];
        int weekday = 0;
        while (weekUpTo[weekday + 1] < rest) {
            weekday++;
        }
        long day = weeks * DAYS_OF_WEEK - WEEKDAY_OF_DAY_0 + weekday;
        return day * Micros.DAY + reach(week[weekday], rest - weekUpTo[weekday]);
    }

    private static long reach(long[] hours, long work) {
        long rest = work;
        int i = 0;
        while (hours[i + 1] - hours[i] < rest) {
            rest -= hours[i + 1] - hours[i];
            i += 2;
        }
        return hours[i] + rest;
    }
}
