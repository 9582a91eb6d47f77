package io.baton.engine.calendar;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * When somebody works: hours by weekday, holidays, and dates with hours of their own, in a time zone. An instant is
 * working time exactly if the local clock then shows a time within the hours of the date it shows. So time is elapsed
 * time: from 01:00 to 05:00 are three hours on the day when the clocks go forward over 02:00, and five when they go back.
 *
 * <p>Instants and durations count in whole microseconds; what is finer is cut off. Before {@link #FIRST} and from {@link
 * #LAST} on nothing is working time, and no answer lies there. Nothing searches: each answer is computed from sums made
 * once, however long the time in between. A JDK with newer time zone data may answer differently for the same calendar.
 */
public final class WorkingCalendar {

    public static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
    public static final Instant LAST = Instant.parse("+10000-01-01T00:00:00Z");

    public static final int HOURS_PER_DAY_MAX = 24;
    public static final int HOLIDAYS_MAX = 10_000;
    public static final int EXCEPTIONS_MAX = 10_000;

    /** The longest that {@link #afterDays} counts, which it does day by day. */
    public static final int WORKING_DAYS_MAX = 10_000;

    private static final LocalDate FIRST_DATE = LocalDate.ofInstant(FIRST, ZoneOffset.UTC);
    private static final LocalDate LAST_DATE = LocalDate.ofInstant(LAST, ZoneOffset.UTC);
    private static final long FIRST_MICROS = Micros.of(FIRST);
    private static final long LAST_MICROS = Micros.of(LAST);
    private static final long NOT_THAT_DAY = Long.MIN_VALUE;

    private final ZoneId zone;
    private final SequencedMap<DayOfWeek, List<Hours>> week;
    private final SortedSet<LocalDate> holidays;
    private final NavigableMap<LocalDate, List<Hours>> exceptions;

    private final LocalWork work;
    private final ClockChanges clock;

    /** For each span of the clock: what is to be added to the local working time so that no change of it counts. */
    private final long[] carried;

    /** The working time before each span of the clock. */
    private final long[] workedBefore;

    private final long workedInAll;

    private WorkingCalendar(
            ZoneId zone,
            SequencedMap<DayOfWeek, List<Hours>> week,
            SortedSet<LocalDate> holidays,
            NavigableMap<LocalDate, List<Hours>> exceptions) {
        this.zone = zone;
        this.week = Collections.unmodifiableSequencedMap(week);
        this.holidays = Collections.unmodifiableSortedSet(holidays);
        this.exceptions = Collections.unmodifiableNavigableMap(exceptions);
        var dates = new TreeMap<LocalDate, List<Hours>>();
        holidays.forEach(date -> dates.put(date, List.of()));
        dates.putAll(exceptions);
        this.work = new LocalWork(week, dates);
        this.clock = new ClockChanges(zone, FIRST);
        this.carried = new long[clock.spans()];
        this.workedBefore = new long[clock.spans()];
        for (int span = 0; span < carried.length; span++) {
            long start = clock.start(span);
            workedBefore[span] = span == 0 ? 0 : work.before(start + clock.offset(span - 1)) + carried[span - 1];
            carried[span] = workedBefore[span] - work.before(start + clock.offset(span));
        }
        this.workedInAll = worked(LAST_MICROS);
    }

    /**
     * A date in {@code exceptions} has those hours, none or many, whatever weekday or holiday it is. A weekday that is
     * missing has none; a calendar without any working time is one. Throws IllegalArgumentException when the hours of a
     * day overlap or a limit is passed.
     */
    public static WorkingCalendar of(
            ZoneId zone,
            Map<DayOfWeek, List<Hours>> week,
            Collection<LocalDate> holidays,
            Map<LocalDate, List<Hours>> exceptions) {
        atMost("holidays", holidays.size(), HOLIDAYS_MAX);
        atMost("exceptions", exceptions.size(), EXCEPTIONS_MAX);
        var days = new TreeMap<DayOfWeek, List<Hours>>();
        for (var day : DayOfWeek.values()) {
            days.put(day, sorted(day, week.getOrDefault(day, List.of())));
        }
        var free = new TreeSet<LocalDate>();
        holidays.forEach(date -> free.add(inRange(date)));
        var own = new TreeMap<LocalDate, List<Hours>>();
        exceptions.forEach((date, hours) -> own.put(inRange(date), sorted(date, hours)));
        return new WorkingCalendar(zone, days, free, own);
    }

    /** Round the clock on every day. */
    public static WorkingCalendar always(ZoneId zone) {
        return of(zone, everyDay(List.of(DayOfWeek.values()), Hours.ALL_DAY), List.of(), new TreeMap<>());
    }

    /** From Monday to Friday between these times; until midnight is until the end of the day. */
    public static WorkingCalendar weekdays(ZoneId zone, LocalTime from, LocalTime until) {
        var days = List.of(DayOfWeek.values()).subList(0, DayOfWeek.FRIDAY.getValue());
        return of(zone, everyDay(days, Hours.of(from, until)), List.of(), new TreeMap<>());
    }

    private static Map<DayOfWeek, List<Hours>> everyDay(List<DayOfWeek> days, Hours hours) {
        var week = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
        days.forEach(day -> week.put(day, List.of(hours)));
        return week;
    }

    private static List<Hours> sorted(Object day, List<Hours> hours) {
        atMost("intervals on " + day, hours.size(), HOURS_PER_DAY_MAX);
        var sorted = hours.stream().sorted().toList();
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i - 1).until() > sorted.get(i).from()) {
                throw new IllegalArgumentException("Expected separate hours on " + day + ", but " + sorted.get(i - 1)
                        + " and " + sorted.get(i) + " overlap");
            }
        }
        return sorted;
    }

    private static LocalDate inRange(LocalDate date) {
        if (!covers(date)) {
            throw new IllegalArgumentException("Expected a date from 1900 to 9999, but got " + date);
        }
        return date;
    }

    /** Whether a holiday or an exception may be on this date. */
    public static boolean covers(LocalDate date) {
        return !date.isBefore(FIRST_DATE) && date.isBefore(LAST_DATE);
    }

    private static void atMost(String what, int count, int max) {
        if (count > max) {
            throw new IllegalArgumentException("Expected at most " + max + " " + what + ", but got " + count);
        }
    }

    /** This calendar with these holidays beside its own. */
    public WorkingCalendar withHolidays(Collection<LocalDate> more) {
        var all = new TreeSet<>(holidays);
        all.addAll(more);
        return of(zone, week, all, exceptions);
    }

    /** This calendar with these hours, or none, on one date. */
    public WorkingCalendar withException(LocalDate date, List<Hours> hours) {
        var all = new TreeMap<>(exceptions);
        all.put(date, hours);
        return of(zone, week, holidays, all);
    }

    public ZoneId zone() {
        return zone;
    }

    /** From Monday to Sunday, each with its hours in order. */
    public SequencedMap<DayOfWeek, List<Hours>> week() {
        return week;
    }

    public SortedSet<LocalDate> holidays() {
        return holidays;
    }

    public NavigableMap<LocalDate, List<Hours>> exceptions() {
        return exceptions;
    }

    /** What the calendar says of a date, in order. */
    public List<Hours> hours(LocalDate date) {
        var own = exceptions.get(date);
        if (own != null) {
            return own;
        }
        return holidays.contains(date) ? List.of() : week.getOrDefault(date.getDayOfWeek(), List.of());
    }

    public boolean isWorking(Instant at) {
        if (at.isBefore(FIRST) || !at.isBefore(LAST)) {
            return false;
        }
        long micros = Micros.of(at);
        return worked(micros + 1) > worked(micros);
    }

    /**
     * The working time from one instant until another, which itself does not count. Negative if {@code to} is earlier, so
     * that between(a, b) + between(b, c) = between(a, c) in whatever order they are.
     */
    public Duration between(Instant from, Instant to) {
        return Micros.duration(worked(micros(to)) - worked(micros(from)));
    }

    /**
     * The earliest instant with this much working time since {@code from}, which may be an end of work: Friday 17:00 and
     * not Monday 09:00. Without working time it is {@code from}. Empty if there never is so much.
     */
    public Optional<Instant> after(Instant from, Duration working) {
        long length = length(working);
        if (length == 0) {
            return Optional.of(from.truncatedTo(ChronoUnit.MICROS));
        }
        long worked = worked(micros(from));
        return length > workedInAll - worked ? Optional.empty() : Optional.of(Micros.instant(reach(worked + length)));
    }

    /**
     * The latest instant with this much working time until {@code until}, which may be a beginning of work. Without
     * working time it is {@code until}. Empty if there never was so much.
     */
    public Optional<Instant> before(Instant until, Duration working) {
        long length = length(working);
        if (length == 0) {
            return Optional.of(until.truncatedTo(ChronoUnit.MICROS));
        }
        long worked = worked(micros(until));
        return length > worked ? Optional.empty() : Optional.of(Micros.instant(leave(worked - length)));
    }

    /** The first instant from this one on that is working time. */
    public Optional<Instant> nextWorking(Instant at) {
        long worked = worked(micros(at));
        return worked == workedInAll ? Optional.empty() : Optional.of(Micros.instant(leave(worked)));
    }

    /**
     * So many working days later at the same local time. First {@code from} moves into working time; then days with
     * working time are counted, the first being the one after; on the last of them it is the same time, or else the next
     * working time of that day, or else the end of that day's work. Zero days later is {@link #nextWorking}.
     */
    public Optional<Instant> afterDays(Instant from, int workingDays) {
        if (workingDays < 0 || workingDays > WORKING_DAYS_MAX) {
            throw new IllegalArgumentException(
                    "Expected 0 to " + WORKING_DAYS_MAX + " working days, but got " + workingDays);
        }
        var begin = nextWorking(from);
        if (workingDays == 0 || begin.isEmpty()) {
            return begin;
        }
        long micros = Micros.of(begin.get());
        long local = micros + clock.offset(clock.span(micros));
        long day = Math.floorDiv(local, Micros.DAY);
        long time = Math.floorMod(local, Micros.DAY);
        long found = NOT_THAT_DAY;
        for (int counted = 0; counted < workingDays; ) {
            day = work.dayWithHours(day + 1);
            if (day > LAST_DATE.toEpochDay()) {
                return Optional.empty();
            }
            found = within(day, time);
            counted += found == NOT_THAT_DAY ? 0 : 1;
        }
        return Optional.of(Micros.instant(found));
    }

    /**
     * The instant of a day at which its local clock shows this time, moved into the working time of that day. The clock
     * may show a time twice, or skip all the day's hours and even the whole day: then it is {@link #NOT_THAT_DAY}.
     */
    private long within(long day, long time) {
        long midnight = day * Micros.DAY;
        long found = NOT_THAT_DAY;
        for (int span = clock.span(midnight - ClockChanges.OFFSET_MAX); span < clock.spans(); span++) {
            long offset = clock.offset(span);
            long begin = clock.start(span) + offset;
            long end = (span + 1 < clock.spans() ? clock.start(span + 1) : LAST_MICROS) + offset;
            if (clock.start(span) > midnight + Micros.DAY + ClockChanges.OFFSET_MAX) {
                break;
            }
            var hours = work.hours(day);
            for (int i = 0; i < hours.length; i += 2) {
                long from = Math.max(midnight + hours[i], begin);
                long until = Math.min(midnight + hours[i + 1], end);
                if (from < until && midnight + time < until) {
                    return Math.max(from, midnight + time) - offset;
                }
                found = from < until ? until - offset : found;
            }
        }
        return found;
    }

    /** The working time since {@link #FIRST}. */
    private long worked(long at) {
        int span = clock.span(at);
        return work.before(at + clock.offset(span)) + carried[span];
    }

    /** The earliest instant by which there was this much working time, which is more than none and at most all. */
    private long reach(long worked) {
        int low = 1;
        int high = workedBefore.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (workedBefore[middle] < worked) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return work.reach(worked - carried[low - 1]) - clock.offset(low - 1);
    }

    /** The latest instant by which there is no more than this much working time: where work goes on. */
    private long leave(long worked) {
        return reach(worked + 1) - 1;
    }

    /** Within the calendar: what is earlier or later is at its ends. */
    private static long micros(Instant at) {
        if (at.isBefore(FIRST)) {
            return FIRST_MICROS;
        }
        return at.isBefore(LAST) ? Micros.of(at) : LAST_MICROS;
    }

    private static long length(Duration working) {
        if (working.isNegative()) {
            throw new IllegalArgumentException("Expected a working time that is not negative, but got " + working);
        }
        return Micros.of(working);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WorkingCalendar that
                && zone.equals(that.zone)
                && week.equals(that.week)
                && holidays.equals(that.holidays)
                && exceptions.equals(that.exceptions);
    }

    @Override
    public int hashCode() {
        return Objects.hash(zone, week, holidays, exceptions);
    }

    @Override
    public String toString() {
        return "WorkingCalendar[" + zone + " " + week + " without " + holidays + " with " + exceptions + "]";
    }
}
