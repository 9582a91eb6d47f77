package io.baton.server.calendar;

import io.baton.engine.calendar.Hours;
import io.baton.engine.calendar.WorkingCalendar;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A working calendar as people keep it: they choose a country, and with it years of holidays, where a {@link
 * WorkingCalendar} has dates. The country is a code of ISO 3166 ({@code DE}), the region begins with it ({@code DE-BY}).
 */
public record Calendar(
        String key,
        String name,
        ZoneId zone,
        Map<DayOfWeek, List<Hours>> week,
        @Nullable String country,
        @Nullable String region,
        List<SpecialDate> exceptions) {

    /** A date with hours of its own, or none, whatever weekday or holiday it is; the name says why. */
    public record SpecialDate(
            LocalDate date, List<Hours> hours, @Nullable String name) {

        public SpecialDate {
            hours = List.copyOf(hours);
        }
    }

    /** Throws IllegalArgumentException for what is no calendar, as {@link WorkingCalendar#of} does. */
    public Calendar {
        if (region != null && country == null) {
            throw new IllegalArgumentException("Expected a country with the region " + region);
        }
        var days = new TreeMap<DayOfWeek, List<Hours>>();
        week.forEach((day, hours) -> days.put(day, List.copyOf(hours)));
        week = Collections.unmodifiableMap(days);
        exceptions = List.copyOf(exceptions);
        var _ = working(zone, week, List.of(), exceptions);
    }

    WorkingCalendar with(Collection<LocalDate> holidays) {
        return working(zone, week, holidays, exceptions);
    }

    private static WorkingCalendar working(
            ZoneId zone,
            Map<DayOfWeek, List<Hours>> week,
            Collection<LocalDate> holidays,
            List<SpecialDate> exceptions) {
        var dates = new TreeMap<LocalDate, List<Hours>>();
        for (var exception : exceptions) {
            if (dates.put(exception.date(), exception.hours()) != null) {
                throw new IllegalArgumentException(
                        "Expected one exception a date, but " + exception.date() + " has two");
            }
        }
        return WorkingCalendar.of(zone, week, holidays, dates);
    }
}
