package io.baton.server.directory;

import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What there is to refer to, asked of the database one by one. */
final class Lookups implements Known {

    private static final String IS_TEAM = "select exists (select from team where key = ?)";
    private static final String IS_PRESENT = "select exists (select from person where id = ? and left_at is null)";
    private static final String IS_MEMBER =
            "select exists (select from person where id = ? and left_at is null and kind = 'member')";

    private final JdbcClient database;
    private final Predicate<String> calendars;

    Lookups(JdbcClient database, Predicate<String> calendars) {
        this.database = database;
        this.calendars = calendars;
    }

    @Override
    public boolean isTeam(String key) {
        return exists(IS_TEAM, key);
    }

    @Override
    public boolean isCalendar(String key) {
        return calendars.test(key);
    }

    @Override
    public boolean isPresent(String person) {
        return exists(IS_PRESENT, person);
    }

    @Override
    public boolean isMember(String person) {
        return exists(IS_MEMBER, person);
    }

    private boolean exists(String sql, String key) {
        return database.sql(sql).param(key).query(Boolean.class).single();
    }
}
