package io.baton.engine.calendar;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When somebody is not to be disturbed: at night, and on days off if there are any. Whatever is not quiet is the working
 * time of a calendar of its own, so that changes of the clock are dealt with in one place only.
 */
public final class QuietHours {

    /** However long the days off are, after this {@link #nextAllowed} lets through what must not wait for ever. */
    public static final Duration SILENCE_MAX = Duration.ofDays(31);

    private final WorkingCalendar allowed;

    private QuietHours(WorkingCalendar allowed) {
        this.allowed = allowed;
    }

    /** Quiet each day between these times, over midnight if {@code until} is not later; never if they are equal. */
    public static QuietHours of(ZoneId zone, LocalTime from, LocalTime until) {
        return new QuietHours(allowed(zone, from, until, null));
    }

    /**
     * Quiet as well on the whole of each date on which this calendar has no hours, whatever its zone; it must have hours
     * on some weekday.
     */
    public static QuietHours of(ZoneId zone, LocalTime from, LocalTime until, WorkingCalendar daysOff) {
        if (daysOff.week().values().stream().allMatch(List::isEmpty)) {
            throw new IllegalArgumentException("Expected a calendar with work on some weekday, but every day is off");
        }
        return new QuietHours(allowed(zone, from, until, daysOff));
    }

    private static WorkingCalendar allowed(
            ZoneId zone, LocalTime from, LocalTime until, @Nullable WorkingCalendar daysOff) {
        var loud = loud(Hours.minute(from), Hours.minute(until));
        var week = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
        for (var day : DayOfWeek.values()) {
            boolean off = daysOff != null
                    && daysOff.week().getOrDefault(day, List.of()).isEmpty();
            week.put(day, off ? List.of() : loud);
        }
        var exceptions = new TreeMap<LocalDate, List<Hours>>();
        if (daysOff == null) {
            return WorkingCalendar.of(zone, week, List.of(), exceptions);
        }
        daysOff.exceptions().forEach((date, hours) -> exceptions.put(date, hours.isEmpty() ? List.of() : loud));
        return WorkingCalendar.of(zone, week, daysOff.holidays(), exceptions);
    }

    /** What is left of a day when it is quiet from {@code begin} to {@code end}. */
    private static List<Hours> loud(int begin, int end) {
        if (begin == end) {
            return List.of(Hours.ALL_DAY);
        }
        if (begin > end) {
            return List.of(new Hours(end, begin));
        }
        var evening = new Hours(end, Hours.MINUTES_OF_DAY);
        return begin == 0 ? List.of(evening) : List.of(new Hours(0, begin), evening);
    }

    public boolean isQuiet(Instant at) {
        return !allowed.isWorking(at);
    }

    /**
     * The first instant from this one on that is not quiet, which is this one if it is not. If there is none within
     * {@link #SILENCE_MAX}, that end of silence, although it is quiet.
     */
    public Instant nextAllowed(Instant at) {
        var latest = at.plus(SILENCE_MAX);
        return allowed.nextWorking(at).filter(next -> next.isBefore(latest)).orElse(latest);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof QuietHours that && allowed.equals(that.allowed);
    }

    @Override
    public int hashCode() {
        return allowed.hashCode();
    }

    @Override
    public String toString() {
        return "QuietHours[but " + allowed + "]";
    }
}
