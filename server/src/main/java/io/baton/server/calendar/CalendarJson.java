package io.baton.server.calendar;

import io.baton.engine.calendar.Hours;
import io.baton.server.calendar.Calendar.SpecialDate;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How hours and exceptions stand in the table; the words are written by hand, so that no renaming can change them. */
final class CalendarJson {

    private static final JsonMapper JSON = JsonMapper.shared();

    private record Entry(
            String date, List<String> hours, @Nullable String name) {}

    private CalendarJson() {}

    static String week(Map<DayOfWeek, List<Hours>> week) {
        var written = new LinkedHashMap<String, List<String>>();
        week.forEach((day, hours) -> written.put(day.name().toLowerCase(Locale.ROOT), texts(hours)));
        return JSON.writeValueAsString(written);
    }

    static Map<DayOfWeek, List<Hours>> week(String json) {
        var week = new TreeMap<DayOfWeek, List<Hours>>();
        JSON.readValue(json, new TypeReference<Map<String, List<String>>>() {})
                .forEach((day, hours) -> week.put(DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT)), hours(hours)));
        return week;
    }

    static String exceptions(List<SpecialDate> exceptions) {
        return JSON.writeValueAsString(exceptions.stream()
                .map(each -> new Entry(each.date().toString(), texts(each.hours()), each.name()))
                .toList());
    }

    static List<SpecialDate> exceptions(String json) {
        return JSON.readValue(json, new TypeReference<List<Entry>>() {}).stream()
                .map(each -> new SpecialDate(LocalDate.parse(each.date()), hours(each.hours()), each.name()))
                .toList();
    }

    private static List<String> texts(List<Hours> hours) {
        return hours.stream().map(Hours::toString).toList();
    }

    private static List<Hours> hours(List<String> texts) {
        return texts.stream().map(Hours::parse).toList();
    }
}
