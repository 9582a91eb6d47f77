package io.baton.server.calendar;

import io.baton.engine.calendar.WorkingCalendar;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Working calendars by key. What is computed from one is kept in memory under the version of its row, which is read each
 * time: so no node ever counts with a calendar that another has changed.
 */
public final class Calendars {

    /** For so many years back and ahead a country's holidays are known to a calendar; it moves on with the year. */
    public static final int YEARS_BACK = 10;

    public static final int YEARS_AHEAD = 10;

    private static final int CACHED_MAX = 500;

    private static final String COLUMNS = "key, name, zone, hours, country, region, exceptions, version";

    private static final String LIST = """
            select %s from calendar where (name, key) > (:afterName, :afterKey)
            order by name, key limit :limit""".formatted(COLUMNS);

    private static final String PUT = """
            insert into calendar (key, name, zone, hours, country, region, exceptions, changed_at)
            values (:key, :name, :zone, :hours::jsonb, :country, :region, :exceptions::jsonb, :now)
            on conflict (key) do update set name = excluded.name, zone = excluded.zone, hours = excluded.hours,
                country = excluded.country, region = excluded.region, exceptions = excluded.exceptions,
                version = excluded.version, changed_at = excluded.changed_at""";

    private record Computed(long version, int year, WorkingCalendar calendar) {}

    private record Row(Calendar calendar, long version) {}

    private final JdbcClient database;
    private final Clock clock;
    private final Holidays holidays = new Holidays();
    private final Map<String, Computed> cache = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Computed> eldest) {
            return size() > CACHED_MAX;
        }
    });

    public Calendars(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** So many calendars by name, after the last one seen. */
    public List<Calendar> list(String afterName, String afterKey, int limit) {
        return database.sql(LIST)
                .param("afterName", afterName)
                .param("afterKey", afterKey)
                .param("limit", limit)
                .query((row, _) -> row(row).calendar())
                .list();
    }

    public Optional<Calendar> get(String key) {
        return find(key).map(Row::calendar);
    }

    private Optional<Row> find(String key) {
        return database.sql("select " + COLUMNS + " from calendar where key = ?")
                .param(key)
                .query((row, _) -> row(row))
                .optional();
    }

    /**
     * Adds the calendar, or replaces the one with its key. Throws IllegalArgumentException if {@link #knows} does not
     * know its country and region.
     */
    public void put(Calendar calendar) {
        if (calendar.country() != null && !knows(calendar.country(), calendar.region())) {
            throw new IllegalArgumentException("Expected a country and region whose holidays are known, but got "
                    + calendar.country() + " and " + calendar.region());
        }
        database.sql(PUT)
                .param("key", calendar.key())
                .param("name", calendar.name())
                .param("zone", calendar.zone().getId())
                .param("hours", CalendarJson.week(calendar.week()))
                .param("country", calendar.country())
                .param("region", calendar.region())
                .param("exceptions", CalendarJson.exceptions(calendar.exceptions()))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** False when there is none with that key. */
    public boolean remove(String key) {
        return database.sql("delete from calendar where key = ?").param(key).update() == 1;
    }

    /** The calendar with the holidays of its country, ready to count with. */
    public Optional<WorkingCalendar> workingCalendar(String key) {
        int year = clock.instant().atOffset(ZoneOffset.UTC).getYear();
        var version = database.sql("select version from calendar where key = ?")
                .param(key)
                .query(Long.class)
                .optional();
        var known = cache.get(key);
        if (version.isPresent() && known != null && known.version() == version.get() && known.year() == year) {
            return Optional.of(known.calendar());
        }
        var computed = find(key).map(row -> new Computed(row.version(), year, compute(row.calendar(), year)));
        computed.ifPresentOrElse(fresh -> cache.put(key, fresh), () -> cache.remove(key));
        return computed.map(Computed::calendar);
    }

    private WorkingCalendar compute(Calendar calendar, int year) {
        return calendar.with(
                calendar.country() == null
                        ? List.of()
                        : holidays
                                .of(calendar.country(), calendar.region(), year - YEARS_BACK, year + YEARS_AHEAD)
                                .stream()
                                .map(Holiday::date)
                                .toList());
    }

    // Countries

    /** All countries whose holidays are known, by name, with their regions. The first call reads them all, about 1 s. */
    public List<Country> countries() {
        return holidays.countries();
    }

    /** Whether the holidays of this country, and of this region if there is one, are known. */
    public boolean knows(String country, @Nullable String region) {
        return region == null ? holidays.knows(country) : holidays.knows(country, region);
    }

    /** The holidays of one year, in order. */
    public List<Holiday> holidays(String country, @Nullable String region, int year) {
        return holidays.of(country, region, year, year);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new Calendar(
                        row.getString("key"),
                        row.getString("name"),
                        ZoneId.of(row.getString("zone")),
                        CalendarJson.week(row.getString("hours")),
                        row.getString("country"),
                        row.getString("region"),
                        CalendarJson.exceptions(row.getString("exceptions"))),
                row.getLong("version"));
    }
}
