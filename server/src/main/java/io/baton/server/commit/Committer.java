package io.baton.server.commit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * The one way in: every change to a case is a command submitted here, whoever gives it. What waits is committed together,
 * without artificial delay; an answer means that the command is durable and every read shows it.
 */
public final class Committer implements AutoCloseable {

    /**
     * The lanes' connections plan their few statements once, with index look-ups only: the planner's guess for arrays of
     * unknown length on tables without statistics is a scan, and it would be kept.
     */
    private static final String SESSION = """
            set plan_cache_mode = force_generic_plan;
            set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set enable_bitmapscan = off;
            set jit = off;
            set application_name = '%s'""".formatted(Lane.APPLICATION);

    /**
     * Two lanes keep two cores busy: while one waits for its commit the other decides. Under {@link #SPREAD_FROM} commands
     * at hand one lane does all, since fewer, larger batches cost less. Measured at 32 callers (W1), each several times:
     * spreading from 16 on, 3,700 to 4,400 cases/s at 0.32 to 0.40 CPU ms each; from 40 on, 4,800 to 5,100 at 0.21 to 0.23.
     */
    public static final int LANES = 2;

    private static final int SPREAD_FROM = 40;

    /** Where the lanes' connections come from; each keeps one. */
    public interface Connections {
        Connection open() throws SQLException;
    }

    /** How long commands wait for a database that is away before they are refused. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<Lane> lanes = new ArrayList<>();
    private final CaseIds ids;
    private final Counters counters = new Counters();
    private final List<Consumer<List<Answer.Done>>> listeners = new CopyOnWriteArrayList<>();

    /** The lanes keep connections of their own; {@code pool} serves case numbers. */
    public Committer(Connections connections, DataSource pool, Deciding deciding, int laneCount) {
        this(connections, pool, deciding, laneCount, PATIENCE);
    }

    Committer(Connections connections, DataSource pool, Deciding deciding, int laneCount, Duration patience) {
        this.ids = new CaseIds(pool);
        var recent = new RecentCases();
        for (int i = 0; i < laneCount; i++) {
            lanes.add(new Lane(i, () -> open(connections), patience, deciding, recent, counters, this::announce));
        }
    }

    /** With the settings that the lanes rely on. */
    static Connection open(Connections connections) throws SQLException {
        var connection = connections.open();
        try (var statement = connection.createStatement()) {
            statement.execute(SESSION);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** A number for a new case; numbers of cases that were never started are lost. */
    public long nextCaseId() {
        return ids.next();
    }

    public CompletableFuture<Answer> submit(Request request) {
        var pending = new Pending(request);
        lane(request.caseId()).submit(pending);
        return pending.future;
    }

    /** More waits than a lane does by itself: what can wait should. */
    public boolean isBusy() {
        return lanes.stream().anyMatch(lane -> lane.atHand() >= SPREAD_FROM);
    }

    private Lane lane(long caseId) {
        var first = lanes.getFirst();
        return first.atHand() < SPREAD_FROM ? first : lanes.get((int) (caseId % lanes.size()));
    }

    /**
     * Submits and waits. A platform thread does the work itself while nobody else is at it; a virtual thread's blocking
     * read goes through a poller, which costs more than it saves.
     */
    public Answer perform(Request request) {
        var pending = new Pending(request);
        var lane = lane(request.caseId());
        if (Thread.currentThread().isVirtual() || !lane.commitHere(pending)) {
            lane.submit(pending);
        }
        try {
            return pending.future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Told after each commit, on the lane's thread: wake a loop and return. */
    public void onCommit(Consumer<List<Answer.Done>> listener) {
        listeners.add(listener);
    }

    private void announce(List<Answer.Done> done) {
        listeners.forEach(listener -> listener.accept(done));
    }

    public Counters counters() {
        return counters;
    }

    @Override
    public void close() {
        lanes.forEach(Lane::close);
    }
}
