package io.baton.server.live;

import io.baton.server.commit.Answer;
import io.baton.server.commit.Wakeup;
import io.baton.server.pumps.Pump;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which cases changed, and whether anything else did that is on record, for whoever watches a screen. The other nodes are told by PostgreSQL's NOTIFY: after the commits,
 * gathered, and so never in the transaction of a command. News may be lost with a connection; then watchers are told that
 * everything may have changed.
 */
public final class News implements AutoCloseable {

    private static final String CHANNEL = "baton_changed";
    private static final String EVERYTHING = "*";
    private static final String COMPANY = "!";

    /** Between two rounds of news: nobody sees the difference, and the database hears of it a few times a second at most. */
    private static final Duration GATHERING = Duration.ofMillis(200);

    private static final Duration LISTENING = Duration.ofSeconds(1);

    /** All who watch this node. */
    public static final int WATCHERS_MAX = 2_000;

    /** One person's windows. */
    public static final int WATCHERS_PER_PERSON_MAX = 20;

    /** Where the connection that listens comes from. */
    public interface Connections {
        Connection open() throws SQLException;
    }

    /** Somebody's open window. */
    public final class Watcher implements AutoCloseable {

        private final String person;
        private final Gathered changes = new Gathered();

        private Watcher(String person) {
            this.person = person;
        }

        /** Empty when nothing changed for so long, or when nothing will come any more. */
        public Optional<Change> await(Duration longest) {
            return changes.take(longest);
        }

        /** Baton stops. */
        public boolean isOver() {
            return changes.isClosed();
        }

        @Override
        public void close() {
            watchers.remove(this);
        }
    }

    private final Connections connections;
    private final JdbcClient database;
    private final Gathered outgoing = new Gathered();
    private final ConcurrentMap<Watcher, Boolean> watchers = new ConcurrentHashMap<>();
    private final List<Pump> pumps = new ArrayList<>();
    private volatile boolean closed;

    /** Only the loop that listens touches it. */
    private @Nullable Connection ear;

    public News(Connections connections, JdbcClient database) {
        this.connections = connections;
        this.database = database;
    }

    /** Begins to tell other nodes and to hear of them. */
    public void start() {
        pumps.add(new Pump("news", this::tell, new Wakeup()));
        pumps.add(new Pump("news-of-others", this::listen, new Wakeup()));
    }

    /** Called after each commit, on a lane's thread. */
    public void committed(List<Answer.Done> done) {
        outgoing.add(Change.of(done.stream().map(Answer.Done::caseId).toList()));
    }

    /** Something is on record that is no case's. */
    public void companyChanged() {
        outgoing.add(Change.COMPANY);
    }

    /** Empty when too many watch already. */
    public Optional<Watcher> watch(String person) {
        long mine = watchers.keySet().stream()
                .filter(each -> each.person.equals(person))
                .count();
        if (closed || watchers.size() >= WATCHERS_MAX || mine >= WATCHERS_PER_PERSON_MAX) {
            return Optional.empty();
        }
        var watcher = new Watcher(person);
        watchers.put(watcher, true);
        return Optional.of(watcher);
    }

    private void publish(Change change) {
        watchers.keySet().forEach(watcher -> watcher.changes.add(change));
    }

    private Duration tell() {
        var change = outgoing.take(LISTENING);
        if (change.isEmpty()) {
            return Duration.ZERO;
        }
        publish(change.get());
        database.sql("select 1 from pg_notify(?, ?)")
                .params(CHANNEL, written(change.get()))
                .query(Integer.class)
                .single();
        return GATHERING;
    }

    /** This node hears itself too; what it hears twice is gathered into one. */
    private Duration listen() {
        try {
            if (ear == null) {
                ear = connections.open();
                try (var statement = ear.createStatement()) {
                    statement.execute("listen " + CHANNEL);
                }
                publish(Change.EVERYTHING);
            }
            var heard = ear.unwrap(PGConnection.class).getNotifications((int) LISTENING.toMillis());
            Stream.of(heard).map(each -> read(each.getParameter())).forEach(this::publish);
            return Duration.ZERO;
        } catch (SQLException e) {
            hangUp();
            throw new IllegalStateException("Expected to hear what other nodes change, but the database is away", e);
        }
    }

    private static String written(Change change) {
        var words = new ArrayList<String>();
        if (change.everything()) {
            words.add(EVERYTHING);
        }
        if (change.company()) {
            words.add(COMPANY);
        }
        change.cases().forEach(id -> words.add(Long.toString(id, Character.MAX_RADIX)));
        return String.join(" ", words);
    }

    private static Change read(String text) {
        var words = List.of(text.split(" "));
        var cases = words.stream()
                .filter(word -> !word.equals(EVERYTHING) && !word.equals(COMPANY))
                .map(id -> Long.parseLong(id, Character.MAX_RADIX))
                .toList();
        return new Change(words.contains(EVERYTHING), words.contains(COMPANY), cases);
    }

    private void hangUp() {
        try (var _ = ear) {
            ear = null;
        } catch (SQLException e) {
            // It was broken already.
            ear = null;
        }
    }

    /** Ends the watchers first, so that no request outlives the server. */
    public void endWatching() {
        closed = true;
        watchers.keySet().forEach(watcher -> watcher.changes.close());
    }

    @Override
    public void close() {
        endWatching();
        outgoing.close();
        pumps.forEach(Pump::close);
        hangUp();
    }
}
