package io.baton.server.directory;

import io.baton.engine.Event;
import io.baton.server.commit.Answer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How many tasks each person has, roughly: counted from the table of tasks when somebody has asked, and between two counts
 * this node adds what its own commits give to people, so that a burst of work does not all go to one. What is finished or
 * given on another node meanwhile shows with the next count.
 */
final class Workload {

    /** Counts are at least so far apart... */
    static final Duration COUNT_EVERY_MIN = Duration.ofSeconds(1);

    /** ...and this many times as long as the last one took, so that on a large database they cost no more than 2 %. */
    private static final int REST_PER_COUNT = 50;

    /** By the index of the inboxes, in which a person's tasks lie together. */
    private static final String COUNT = """
            select coalesce(t.offered, t.holder, '@' || t.team, '@') as person, count(*) as open, max(t.opened_at) as last_given
            from task t where coalesce(t.offered, t.holder, '@' || t.team, '@') = any(?::text[]) group by 1""";

    private record Load(int open, Instant lastGiven) {

        static final Load NONE = new Load(0, Instant.EPOCH);

        Load andOne(Instant at) {
            return new Load(open + 1, later(lastGiven, at));
        }
    }

    private final JdbcClient database;
    private final Clock clock;
    private final Map<String, Load> loads = new ConcurrentHashMap<>();
    private volatile boolean counted;
    private volatile boolean asked;
    private volatile Instant countAgainAt = Instant.EPOCH;

    Workload(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    int openWork(String person) {
        return load(person).open;
    }

    Instant lastGiven(String person) {
        return load(person).lastGiven;
    }

    private Load load(String person) {
        asked = true;
        return loads.getOrDefault(person, Load.NONE);
    }

    /** Whom to count; who is new has no work yet. */
    void know(Collection<String> people) {
        people.forEach(person -> loads.putIfAbsent(person, Load.NONE));
    }

    /** Counts anew if somebody has asked since the last count and that is long enough ago; always the first time. */
    void refresh() {
        if (!isDue()) {
            return;
        }
        synchronized (this) {
            if (isDue()) {
                asked = false;
                count();
                counted = true;
            }
        }
    }

    private boolean isDue() {
        return !counted || (asked && !clock.instant().isBefore(countAgainAt));
    }

    private void count() {
        var begin = System.nanoTime();
        var found = new HashMap<String, Load>();
        database.sql(COUNT).param(loads.keySet().toArray(String[]::new)).query(row -> {
            found.put(row.getString("person"), read(row));
        });
        loads.replaceAll((person, before) -> {
            var now = found.getOrDefault(person, Load.NONE);
            return new Load(now.open, later(before.lastGiven, now.lastGiven));
        });
        var rest = Duration.ofNanos(System.nanoTime() - begin).multipliedBy(REST_PER_COUNT);
        countAgainAt = clock.instant().plus(rest.compareTo(COUNT_EVERY_MIN) > 0 ? rest : COUNT_EVERY_MIN);
    }

    private static Load read(ResultSet row) throws SQLException {
        return new Load(
                row.getInt("open"),
                row.getObject("last_given", OffsetDateTime.class).toInstant());
    }

    /** What this node has just committed. Only people who are known are counted, which bounds the memory. */
    void committed(List<Answer.Done> done) {
        for (var answer : done) {
            for (var event : answer.events()) {
                var given = switch (event) {
                    case Event.TaskOpened opened -> opened.holder();
                    case Event.TaskClaimed claimed -> claimed.person();
                    case Event.TaskTaken taken -> taken.person();
                    case Event.HandoffOffered offered -> offered.person();
                    default -> null;
                };
                if (given != null) {
                    add(given, answer.at());
                }
            }
        }
    }

    private void add(String person, Instant at) {
        loads.computeIfPresent(person, (_, before) -> before.andOne(at));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
