package io.baton.engine.calendar;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * Hours of one local day, in minutes since its midnight as its clock shows them: {@code from} is the first, {@code until}
 * the first after them, and 1440 is 24:00. What goes over midnight is two of them, on two days.
 */
public record Hours(int from, int until) implements Comparable<Hours> {

    public static final int MINUTES_OF_DAY = 24 * 60;
    public static final Hours ALL_DAY = new Hours(0, MINUTES_OF_DAY);

    private static final Pattern TEXT = Pattern.compile("(\\d\\d):(\\d\\d)-(\\d\\d):(\\d\\d)");

    public Hours {
        if (from < 0 || until > MINUTES_OF_DAY || from >= until) {
            throw new IllegalArgumentException(
                    "Expected hours of one day that end after they begin, but got " + text(from) + "-" + text(until));
        }
    }

    /** Until midnight is until the end of the day. */
    public static Hours of(LocalTime from, LocalTime until) {
        int end = minute(until);
        return new Hours(minute(from), end == 0 ? MINUTES_OF_DAY : end);
    }

    /** {@code 09:00-17:30}, the form that {@link #toString} writes. */
    public static Hours parse(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Expected hours like 09:00-17:30, but got '" + text + "'");
        }
        return new Hours(minute(parts.group(1), parts.group(2), text), minute(parts.group(3), parts.group(4), text));
    }

    private static int minute(String hour, String minute, String text) {
        if (Integer.parseInt(minute) > 59) {
            throw new IllegalArgumentException("Expected hours like 09:00-17:30, but got '" + text + "'");
        }
        return Integer.parseInt(hour) * 60 + Integer.parseInt(minute);
    }

    static int minute(LocalTime time) {
        if (!time.truncatedTo(ChronoUnit.MINUTES).equals(time)) {
            throw new IllegalArgumentException("Expected a whole minute, but got " + time);
        }
        return time.getHour() * 60 + time.getMinute();
    }

    @Override
    public int compareTo(Hours other) {
        return Comparator.comparingInt(Hours::from)
                .thenComparingInt(Hours::until)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return text(from) + "-" + text(until);
    }

    private static String text(int minute) {
        return "%02d:%02d".formatted(minute / 60, minute % 60);
    }
}
