package io.baton.server.api;

import io.baton.engine.calendar.Hours;
import io.baton.engine.calendar.WorkingCalendar;
import io.baton.engine.model.PartyKey;
import io.baton.server.Node;
import io.baton.server.audit.Act;
import io.baton.server.audit.Audit;
import io.baton.server.calendar.Calendar;
import io.baton.server.calendar.Calendar.SpecialDate;
import io.baton.server.calendar.Calendars;
import io.baton.server.directory.Changes;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Team;
import io.baton.server.session.Caller;
import io.baton.server.web.Cursor;
import io.baton.server.web.Page;
import io.baton.server.web.PageQuery;
import io.baton.server.web.ProblemException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Working calendars, and how much working time lies between two instants. */
@RestController
@RequestMapping("/api/calendars")
class CalendarRoutes {

    private static final int EXCEPTIONS_MAX = 1_000;
    private static final Cursor START = Cursor.of("", "");

    private final Calendars calendars;
    private final Directory directory;
    private final Changes changes;
    private final Audit audit;

    CalendarRoutes(Node node) {
        this.calendars = node.calendars();
        this.directory = node.directory();
        this.changes = node.changes();
        this.audit = node.audit();
    }

    /** {@code hours} are like {@code 09:00-17:30}, none on a day off; the name says why it is an exception. */
    record CalendarException(
            String date, List<String> hours, @Nullable String name) {}

    /** {@code hours} has the seven weekdays, from {@code monday}; hours are like {@code 09:00-17:30}. */
    record CalendarView(
            String key,
            String name,
            String zone,
            Map<String, List<String>> hours,
            @Nullable String country,
            @Nullable String region,
            List<CalendarException> exceptions) {

        static CalendarView of(Calendar calendar) {
            var hours = new LinkedHashMap<String, List<String>>();
            for (var day : DayOfWeek.values()) {
                hours.put(word(day), texts(calendar.week().getOrDefault(day, List.of())));
            }
            return new CalendarView(
                    calendar.key(),
                    calendar.name(),
                    calendar.zone().getId(),
                    hours,
                    calendar.country(),
                    calendar.region(),
                    calendar.exceptions().stream()
                            .map(each ->
                                    new CalendarException(each.date().toString(), texts(each.hours()), each.name()))
                            .toList());
        }

        private static List<String> texts(List<Hours> hours) {
            return hours.stream().map(Hours::toString).toList();
        }
    }

    @GetMapping
    Page<CalendarView> calendars(PageQuery page) {
        Cursor after = page.after(String.class, String.class).orElse(START);
        var rows = calendars.list(after.string(0), after.string(1), page.rows());
        return Page.of(rows, page, calendar -> Cursor.of(calendar.name(), calendar.key()), CalendarView::of);
    }

    @GetMapping("/{key}")
    CalendarView calendar(@PathVariable String key) {
        return calendars.get(key).map(CalendarView::of).orElseThrow(() -> noSuchCalendar(key));
    }

    /** A weekday that is missing is a day off. The country is a code of ISO 3166, the region begins with it: DE-BY. */
    record CalendarBody(
            @Nullable String name,
            @Nullable String zone,
            @Nullable Map<String, @Nullable List<@Nullable String>> hours,
            @Nullable String country,
            @Nullable String region,
            @Nullable List<@Nullable ExceptionBody> exceptions) {}

    record ExceptionBody(
            @Nullable String date,
            @Nullable List<@Nullable String> hours,
            @Nullable String name) {}

    /** Adds the calendar or replaces it. */
    @PutMapping("/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void put(@PathVariable String key, @RequestBody CalendarBody body, Caller caller) {
        var input = new Input();
        if (!PartyKey.isKey(key)) {
            input.wrong("key", "must be small letters and digits with single dashes between");
        }
        var name = input.text("name", body.name, Team.NAME_CHARACTERS_MAX);
        var zone = zone(input, body.zone);
        var week = week(input, body.hours);
        HolidayRoutes.checkPlace(input, calendars, body.country, body.region);
        var exceptions = exceptions(input, body.exceptions);
        input.done();
        var calendar = new Calendar(key, name, zone, week, body.country, body.region, exceptions);
        changes.make(() -> {
            calendars.put(calendar);
            audit.add(caller.who(), Act.CALENDAR_PUT, Audit.What.subject(key));
            return calendar;
        });
    }

    private static ZoneId zone(Input input, @Nullable String zone) {
        if (zone != null && ZoneId.getAvailableZoneIds().contains(zone)) {
            return ZoneId.of(zone);
        }
        input.wrong("zone", zone == null ? "is required" : "must be the name of a time zone, like Europe/Berlin");
        return ZoneOffset.UTC;
    }

    private static Map<DayOfWeek, List<Hours>> week(
            Input input, @Nullable Map<String, @Nullable List<@Nullable String>> hours) {
        var week = new TreeMap<DayOfWeek, List<Hours>>();
        if (hours == null) {
            input.wrong("hours", "is required");
            return week;
        }
        var given = new LinkedHashMap<>(hours);
        for (var day : DayOfWeek.values()) {
            week.put(day, hours(input, "hours." + word(day), given.remove(word(day))));
        }
        if (!given.isEmpty()) {
            input.wrong("hours", "may have the days monday, tuesday, wednesday, thursday, friday, saturday and sunday");
        }
        return week;
    }

    private static List<Hours> hours(Input input, String field, @Nullable List<@Nullable String> texts) {
        if (texts == null) {
            return List.of();
        }
        if (texts.size() > WorkingCalendar.HOURS_PER_DAY_MAX) {
            input.wrong(field, "must be at most " + WorkingCalendar.HOURS_PER_DAY_MAX);
            return List.of();
        }
        var hours = new ArrayList<Hours>();
        for (var text : texts) {
            try {
                hours.add(Hours.parse(text == null ? "" : text));
            } catch (IllegalArgumentException _) {
                input.wrong(field, "must be like 09:00-17:30, within one day");
                return List.of();
            }
        }
        hours.sort(null);
        for (int i = 1; i < hours.size(); i++) {
            if (hours.get(i - 1).until() > hours.get(i).from()) {
                input.wrong(field, "must not overlap");
                return List.of();
            }
        }
        return hours;
    }

    private static List<SpecialDate> exceptions(Input input, @Nullable List<@Nullable ExceptionBody> exceptions) {
        if (exceptions == null) {
            return List.of();
        }
        if (exceptions.size() > EXCEPTIONS_MAX) {
            input.wrong("exceptions", "must be at most " + EXCEPTIONS_MAX);
            return List.of();
        }
        var dates = new TreeSet<LocalDate>();
        var special = new ArrayList<SpecialDate>();
        for (int i = 0; i < exceptions.size(); i++) {
            var field = "exceptions[" + i + "]";
            var exception = exceptions.get(i);
            var date = date(input, field + ".date", exception == null ? null : exception.date);
            if (exception != null && date != null) {
                if (!dates.add(date)) {
                    input.wrong(field + ".date", "must not be there twice");
                }
                special.add(new SpecialDate(
                        date,
                        hours(input, field + ".hours", exception.hours),
                        input.optionalText(field + ".name", exception.name, Team.NAME_CHARACTERS_MAX)));
            }
        }
        return special;
    }

    private static @Nullable LocalDate date(Input input, String field, @Nullable String text) {
        try {
            var date = LocalDate.parse(text == null ? "" : text);
            if (WorkingCalendar.covers(date)) {
                return date;
            }
        } catch (DateTimeException _) {
            // said below
        }
        input.wrong(field, "must be a date like 2026-12-24");
        return null;
    }

    @DeleteMapping("/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String key, Caller caller) {
        changes.make(() -> {
            var users = directory.whoUsesCalendar(key);
            if (!users.isEmpty()) {
                throw ProblemException.of(
                        HttpStatus.CONFLICT,
                        "CalendarInUse",
                        "By the calendar " + key + " work " + String.join(", ", users) + ".");
            }
            audit.add(caller.who(), Act.CALENDAR_REMOVED, Audit.What.subject(key));
            if (!calendars.remove(key)) {
                throw noSuchCalendar(key);
            }
            return key;
        });
    }

    /** {@code working} is an ISO 8601 duration; negative if {@code to} is earlier than {@code from}. */
    record WorkingTime(Instant from, Instant to, String working, long milliseconds) {}

    @GetMapping("/{key}/working-time")
    WorkingTime workingTime(@PathVariable String key, @RequestParam Instant from, @RequestParam Instant to) {
        var calendar = calendars.workingCalendar(key).orElseThrow(() -> noSuchCalendar(key));
        var working = calendar.between(from, to);
        return new WorkingTime(from, to, working.toString(), working.toMillis());
    }

    private static String word(DayOfWeek day) {
        return day.name().toLowerCase(Locale.ROOT);
    }

    private static ProblemException noSuchCalendar(String key) {
        return ProblemException.notFound("NoSuchCalendar", "No calendar has the key " + key + ".");
    }
}
