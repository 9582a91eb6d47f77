package io.baton.server.commit;

import io.baton.engine.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection and a thread that takes whatever waits and commits it as one batch. A caller that finds nobody at it may
 * do its own command, which saves waking two threads. Two lanes may have commands for one case; the lock on its row
 * orders them.
 */
final class Lane implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Lane.class);

    static final int BATCH_MAX = 256;
    static final int QUEUE_MAX = 8_192;

    /** By this name the lanes' sessions are known in {@code pg_stat_activity}. */
    static final String APPLICATION = "baton committer";

    private static final Duration RECONNECT_PAUSE = Duration.ofMillis(200);

    /** The name protects a stranger that got the number of a session that is gone. */
    private static final String END =
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity where pid = ? and application_name = ?";

    private final Committer.Connections connections;
    private final Duration patience;
    private final Deciding deciding;
    private final RecentCases recent;
    private final Consumer<List<Answer.Done>> committed;
    private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final Counters counters;
    private final Trust trust = new Trust();
    private final Thread thread;

    /** Who has it uses the connection. */
    private final ReentrantLock turn = new ReentrantLock();

    private volatile boolean closing;
    private volatile int committing;
    private volatile boolean closed;
    private @Nullable Connection connection;
    private int server;

    /** How many commands the last batch answered. */
    private int answered;

    Lane(
            int number,
            Committer.Connections connections,
            Duration patience,
            Deciding deciding,
            RecentCases recent,
            Counters counters,
            Consumer<List<Answer.Done>> committed) {
        this.connections = connections;
        this.patience = patience;
        this.deciding = deciding;
        this.recent = recent;
        this.counters = counters;
        this.committed = committed;
        this.thread = Thread.ofPlatform().name("committer-" + number).start(this::run);
    }

    /** Commands that wait here or are being committed. */
    int atHand() {
        return queue.size() + committing;
    }

    void submit(Pending pending) {
        if (closing) {
            throw shuttingDown();
        }
        if (!queue.offer(pending)) {
            throw new UnavailableException(
                    "More than " + QUEUE_MAX + " commands are waiting for the database; try again in a moment");
        }
        if (closed && queue.remove(pending)) {
            throw shuttingDown();
        }
    }

    /** Commits the command on this thread, unless others are at it or before it. */
    boolean commitHere(Pending pending) {
        if (!queue.isEmpty() || !turn.tryLock()) {
            return false;
        }
        try {
            if (closing) {
                return false;
            }
            commitAll(List.of(pending));
            return true;
        } finally {
            turn.unlock();
        }
    }

    private static UnavailableException shuttingDown() {
        return new UnavailableException("Baton is shutting down; try again in a moment");
    }

    private void run() {
        var batch = new ArrayList<Pending>(BATCH_MAX);
        while (!closing || !queue.isEmpty()) {
            try {
                var first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    takeTurn(batch);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                closing = true;
            } finally {
                batch.clear();
            }
        }
        turn.lock();
        try {
            disconnect();
        } finally {
            turn.unlock();
        }
    }

    /** While another has the connection more commands may come: they go along. */
    private void takeTurn(List<Pending> batch) {
        turn.lock();
        try {
            queue.drainTo(batch, BATCH_MAX - batch.size());
            commitAll(batch);
        } finally {
            turn.unlock();
        }
    }

    private void commitAll(List<Pending> batch) {
        committing = batch.size();
        try {
            for (var left = batch; !left.isEmpty(); left = left.subList(commit(left), left.size())) {
                // a batch takes no more than it can hold
            }
        } catch (UnavailableException e) {
            log.warn("{} commands get no answer; the lane goes on", batch.size(), e);
            batch.forEach(pending -> pending.future.completeExceptionally(e));
        } catch (RuntimeException | Error e) {
            log.error(
                    "A batch of {} commands failed unexpectedly; they are refused, the lane goes on", batch.size(), e);
            batch.forEach(pending -> pending.future.completeExceptionally(e));
            disconnect();
        } finally {
            committing = 0;
        }
    }

    /**
     * Together; and if the database refuses that, each alone, so that a bad one fails alone. Returns how many have their
     * answers, which are the first.
     */
    private int commit(List<Pending> commands) {
        var connected = connection != null;
        var refused = attempt(commands);
        if (refused != null && connected && isLost(refused)) {
            log.warn("The connection to the database is lost; {} commands are tried again", commands.size(), refused);
            refused = attempt(commands);
        }
        if (refused == null) {
            return answered;
        }
        if (commands.size() == 1 && Seats.wereTaken(refused)) {
            var late = commands.getFirst();
            late.reset();
            late.answer = new Answer.Refused(Refusal.SLOT_TAKEN, Seats.TAKEN_BY_ANOTHER);
            late.complete();
            return 1;
        }
        if (commands.size() == 1 || connection == null) {
            refuse(commands, refused);
            return commands.size();
        }
        log.warn("The database refused a batch of {} commands; each is tried alone", commands.size(), refused);
        for (int i = 0; i < commands.size(); i++) {
            commit(List.of(commands.get(i)));
            if (connection == null) {
                refuse(commands.subList(i + 1, commands.size()), refused);
                break;
            }
        }
        return commands.size();
    }

    private static boolean isLost(Exception e) {
        return e instanceof SQLException sql && isLost(String.valueOf(sql.getSQLState()));
    }

    /** The connection, or the server behind it. */
    private static boolean isLost(String state) {
        return state.startsWith("08") || state.startsWith("57P");
    }

    private static void refuse(List<Pending> commands, Exception reason) {
        var explained = explain(reason);
        commands.forEach(pending -> pending.future.completeExceptionally(explained));
    }

    /** Null when the first of the commands have their answers; else why the transaction did not happen. */
    private @Nullable Exception attempt(List<Pending> commands) {
        if (trust.isGiven()) {
            var refused = attempt(commands, false);
            if (refused == null) {
                trust.wasRight();
            }
            if (refused == null || isLost(refused)) {
                return refused;
            }
            trust.wasWrong();
        }
        return attempt(commands, true);
    }

    private Batch batch(List<Pending> commands) {
        commands.forEach(Pending::reset);
        return new Batch(deciding, commands);
    }

    private @Nullable Exception attempt(List<Pending> commands, boolean locking) {
        var batch = batch(commands);
        var committing = false;
        try {
            var open = connection();
            if (locking) {
                batch.decide(open, Batch.LOCK);
            } else if (!batch.decide(open, recent)) {
                batch = batch(commands);
                batch.decide(open, Batch.READ);
            }
            committing = true;
            batch.commit(open);
        } catch (SQLException | RuntimeException e) {
            if (!committing || !isLost(e)) {
                rollback();
                return e;
            }
            disconnect(); // whatever state it is in: the answer comes from another
            if (!hasHappened(batch)) {
                return e;
            }
        }
        batch.remember(recent);
        answer(batch);
        return null;
    }

    private void answer(Batch batch) {
        answered = batch.commands().size();
        committing = 0; // before their callers come with their next: these are to fill this lane again
        counters.batch(batch.commands().size(), batch.statementsSent());
        var done = new ArrayList<Answer.Done>();
        for (var pending : batch.commands()) {
            pending.complete();
            if (pending.answer instanceof Answer.Done answer && !answer.events().isEmpty()) {
                done.add(answer);
            }
        }
        if (!done.isEmpty()) {
            committed.accept(done);
        }
    }

    /** The commit was under way and its answer is lost: the journal knows whether it took place. */
    private boolean hasHappened(Batch batch) {
        var entry = batch.lastEntry();
        if (entry == null) {
            return true;
        }
        var asked = server;
        try {
            awaitEndOf(asked);
            return isInJournal(batch.lastEntryCase(), entry);
        } catch (SQLException e) {
            throw new UnavailableException(
                    "The database went away during a commit and has not come back; whether the command took place is"
                            + " not known. Read the case before trying again, or use an Idempotency-Key",
                    e);
        } finally {
            rollback();
        }
    }

    /** The session that was asked to commit may still be at it: nothing is known before it has ended. */
    private void awaitEndOf(int asked) throws SQLException {
        try (var end = connection().prepareStatement(END)) {
            end.setInt(1, asked);
            end.setString(2, APPLICATION);
            try (var rows = end.executeQuery()) {
                if (rows.next() && !rows.getBoolean(1)) {
                    throw new SQLException("the session of the commit, " + asked + ", does not end");
                }
            }
        }
    }

    private boolean isInJournal(long caseId, WorkingCase.NewEntry entry) throws SQLException {
        try (var select = connection().prepareStatement("select hash from journal where case_id = ? and seq = ?")) {
            select.setLong(1, caseId);
            select.setInt(2, entry.seq());
            try (var rows = select.executeQuery()) {
                var happened = rows.next() && Arrays.equals(rows.getBytes(1), entry.hash());
                log.warn(
                        "The answer to a commit was lost; the journal says it {}",
                        happened ? "happened" : "did not happen");
                return happened;
            }
        }
    }

    /** A connection that cannot even do this is dropped. */
    private void rollback() {
        if (connection != null) {
            try {
                connection.rollback();
            } catch (SQLException _) {
                disconnect();
            }
        }
    }

    private Connection connection() throws SQLException {
        if (connection != null) {
            return connection;
        }
        var deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                connection = connections.open();
                server = connection.unwrap(org.postgresql.PGConnection.class).getBackendPID();
                return connection;
            } catch (SQLException e) {
                if (closing || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() throws SQLException {
        try {
            Thread.sleep(RECONNECT_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting for the database", e);
        }
    }

    private void disconnect() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                log.debug("A broken connection could not be closed; it is dropped", e);
            }
            connection = null;
        }
    }

    private static Exception explain(Exception e) {
        if (e instanceof SQLException sql) {
            var state = String.valueOf(sql.getSQLState());
            if (state.equals("53100")) {
                return new UnavailableException("The database's disk is full; nothing was written", e);
            }
            if (isLost(state)) {
                return new UnavailableException("The database is away; nothing was written. Try again in a moment", e);
            }
            if (state.equals(Statements.UNEXPECTED_ROWS)) {
                return new IllegalStateException(
                        "What the store holds is not what the journal led to; nothing was written", e);
            }
            if (state.startsWith("22")) {
                return new IllegalStateException("The database cannot store what the command led to", e);
            }
            return new UnavailableException("The database refused the command; nothing was written", e);
        }
        return e;
    }

    /** Finishes what was submitted, then closes the connection. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closed = true;
        for (var pending = queue.poll(); pending != null; pending = queue.poll()) {
            pending.future.completeExceptionally(shuttingDown());
        }
    }
}
