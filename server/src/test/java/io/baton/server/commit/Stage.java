package io.baton.server.commit;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.Processes;
import io.baton.server.TestProcess;
import io.baton.server.database.TestDatabase;
import io.baton.server.processes.Deployments;
import io.baton.server.verify.Verify;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database with some processes, and as many committers on it as a test wants: each is a node of its own. */
final class Stage implements AutoCloseable {

    static final Actor ADA = Actor.person("p1");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    final TestDatabase test = TestDatabase.migrated();
    final DataSource pool = test.database().pool("stage", 12);
    final JdbcClient sql = JdbcClient.create(pool);
    final TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(pool));
    final Deployments deployments = new Deployments(sql, transaction, Clock.systemUTC());
    final int twoTasks = deploy(TestProcess.twoTasks());
    final int calling = deploy(TestProcess.calling());

    int deploy(TestProcess process) {
        return deployments.deploy(process.sources(), "p1").getFirst().version().id();
    }

    Committer committer() {
        return committer(test.database()::connect, PATIENCE);
    }

    /** One lane, so that what waits goes into one batch. */
    Committer committer(Committer.Connections connections, Duration patience) {
        return new Committer(
                connections, pool, Deciding.alone(exploding(), LocalWorkers.NONE, Clock.systemUTC()), 1, patience);
    }

    /** Deployments with a bug: calling the process 'explode' fails in the middle of a decision. */
    private Processes exploding() {
        return new Processes() {
            @Override
            public io.baton.engine.model.@Nullable ProcessModel model(int process) {
                return deployments.model(process);
            }

            @Override
            public int newest(String key) {
                if (key.equals("explode")) {
                    throw new IllegalStateException("a bug");
                }
                return deployments.newest(key);
            }
        };
    }

    /** A new case, waiting at its first task, which is step 2. */
    static long started(Committer committer, int process) {
        var id = committer.nextCaseId();
        var _ = (Answer.Done) committer.perform(Request.of(id, start(process), ADA));
        return id;
    }

    static Command start(int process) {
        return new Command.StartCase(process, null, "p1", new LinkedHashMap<>());
    }

    static Command complete(int step, String... variables) {
        return new Command.CompleteTask(step, variables(variables));
    }

    static Command set(String name, String value) {
        return new Command.SetVariables(0, variables(name, value));
    }

    static SequencedMap<String, @Nullable Object> variables(String... namesAndValues) {
        var variables = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            variables.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return variables;
    }

    int taskOf(long caseId) {
        return sql.sql("select step from task where case_id = ?")
                .param(caseId)
                .query(Integer.class)
                .single();
    }

    int entries(long caseId) {
        return sql.sql("select count(*) from journal where case_id = ?")
                .param(caseId)
                .query(Integer.class)
                .single();
    }

    /** In how many transactions the entries of these cases were written. */
    int transactions(Long... cases) {
        return sql.sql("select count(distinct xmin::text) from journal where case_id = any(?)")
                .param(cases)
                .query(Integer.class)
                .single();
    }

    /**
     * Submits while the committer is held up by a lock on {@code blocker}, a case of its own: what is submitted meanwhile
     * waits, and is taken as one batch.
     */
    List<CompletableFuture<Answer>> asOneBatch(Committer committer, long blocker, Request... requests)
            throws SQLException {
        return whileHeldUp(committer, blocker, () -> {
            var answers = new ArrayList<CompletableFuture<Answer>>();
            for (var request : requests) {
                answers.add(committer.submit(request));
            }
            return answers;
        });
    }

    <T> T whileHeldUp(Committer committer, long blocker, Supplier<T> work) throws SQLException {
        try (var holder = test.database().connect()) {
            lock(holder, blocker);
            var waiting = committer.submit(Request.of(blocker, set("held", "up"), ADA));
            awaitLanesWaiting(1);
            var result = work.get();
            holder.rollback();
            waiting.join();
            return result;
        }
    }

    static void lock(Connection connection, long caseId) throws SQLException {
        connection.setAutoCommit(false);
        try (var select = connection.prepareStatement("select from cases where id = ? for update")) {
            select.setLong(1, caseId);
            select.execute();
        }
    }

    void awaitLanesWaiting(int lanes) {
        await(() -> sql.sql("""
                        select count(*) from pg_stat_activity
                        where datname = current_database() and wait_event_type = 'Lock' and application_name = ?""").param(Lane.APPLICATION).query(Integer.class).single() == lanes);
    }

    /** Asks again until it is so; each question is a query or a wait of its own, so this does not spin idly. */
    static void await(Supplier<Boolean> condition) {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.get()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("It did not become so within a minute");
            }
        }
    }

    Verify.Report verify() {
        return new Verify(sql, transaction, deployments).run(_ -> {});
    }

    @Override
    public void close() {
        test.close();
    }
}
