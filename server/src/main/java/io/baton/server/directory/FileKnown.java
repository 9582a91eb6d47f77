package io.baton.server.directory;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Asks each question once for a whole file. */
final class FileKnown implements Known {

    private final Known one;
    private final Map<String, Boolean> teams = new HashMap<>();
    private final Map<String, Boolean> calendars = new HashMap<>();
    private final Map<String, Boolean> present = new HashMap<>();
    private final Map<String, Boolean> members = new HashMap<>();

    FileKnown(JdbcClient database, Predicate<String> calendars) {
        this.one = new Lookups(database, calendars);
    }

    @Override
    public boolean isTeam(String key) {
        return teams.computeIfAbsent(key, one::isTeam);
    }

    @Override
    public boolean isCalendar(String key) {
        return calendars.computeIfAbsent(key, one::isCalendar);
    }

    @Override
    public boolean isPresent(String person) {
        return present.computeIfAbsent(person, one::isPresent);
    }

    @Override
    public boolean isMember(String person) {
        return members.computeIfAbsent(person, one::isMember);
    }
}
