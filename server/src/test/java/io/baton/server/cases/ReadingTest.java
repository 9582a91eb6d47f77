package io.baton.server.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.IncidentKind;
import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.cases.Cases.Filter;
import io.baton.server.cases.Cases.State;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.TestDatabase;
import io.baton.server.jobs.Jobs;
import io.baton.server.journal.Journal;
import io.baton.server.messages.Messages;
import io.baton.server.tasks.Tasks;
import io.baton.server.timers.FireDueTimers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Whatever the façades ask, on tables of many rows, is answered by an index: every statement is recorded and explained. */
class ReadingTest {

    /** Tables that grow with the work. */
    private static final Pattern SCAN = Pattern.compile(
            "Seq Scan on (cases|journal|task|job|timer|subscription|incident|step|message|idempotency)\\b");

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final Node NODE = new Node(DATABASE.database(), LocalWorkers.NONE, Clock.systemUTC());

    private final Set<String> asked = new LinkedHashSet<>();
    private final JdbcClient recording = JdbcClient.create(recorder());

    @AfterAll
    static void close() {
        NODE.close();
        DATABASE.close();
    }

    @Test
    void everyStatementOfTheFacadesFindsItsRowsByAnIndex() {
        var _ = NODE.deployments().deploy(TestProcess.twoTasks().sources(), "p1");
        askEverything();
        fillTables();

        assertThat(asked).hasSizeGreaterThan(20);
        var scanning = new LinkedHashMap<String, String>();
        for (var sql : asked) {
            var plan = plan(sql);
            if (SCAN.matcher(plan).find()) {
                scanning.put(sql, plan);
            }
        }
        assertThat(scanning).isEmpty();
    }

    private void askEverything() {
        var journal = new Journal(recording, NODE.deployments());
        var cases = new Cases(recording, NODE.deployments(), NODE.committer(), journal);
        var _ = cases.find(1);
        for (var state : new @Nullable State[] {null, State.OPEN, State.INCIDENT, State.COMPLETED, State.CANCELLED}) {
            for (var process : new @Nullable String[] {null, "two-tasks"}) {
                var _ = cases.list(new Filter(process, state, null, null, null, 50));
                var _ = cases.list(new Filter(process, state, null, null, 1_000L, 50));
                var _ = cases.list(new Filter(process, state, null, "TWO-1000", null, 50));
                var _ = cases.list(new Filter(process, state, "p1", null, null, 50));
            }
        }
        var _ = cases.among(List.of(1L, 2L), "fee");
        var _ = journal.entries(1, 0, 10);

        var tasks = new Tasks(recording, NODE.committer());
        for (var text : new @Nullable String[] {null, "fee"}) {
            var _ = tasks.heldBy("p1", text, Tasks.After.START, 50);
            var _ = tasks.queuedFor(List.of("sales", "support"), text, Tasks.After.START, 50);
        }
        var _ = new Decisions(recording, journal).doneBy("p1", Decisions.Before.START, 50);
        var _ = journal.at(List.of(1L), List.of(1L));
        var _ = tasks.countHeldBy("p1");
        var _ = tasks.countQueuedFor(List.of("sales", "support"));
        var _ = tasks.ofCase(1);
        var _ = tasks.these(List.of(1L), List.of(2));
        var _ = tasks.find(1, 2);

        var incidents = new OpenIncidents(recording);
        for (var kind : new @Nullable IncidentKind[] {null, IncidentKind.STUCK}) {
            var _ = incidents.list(null, kind, OpenIncidents.After.START, 50);
            var _ = incidents.list("p1", kind, OpenIncidents.After.START, 50);
        }

        var _ = incidents.these(List.of(1L), List.of(2));

        var jobs = new Jobs(recording, NODE.committer(), Clock.systemUTC());
        var _ = jobs.activate(List.of("match", "pay"), "worker", 10, Duration.ofMinutes(1), Duration.ZERO);

        var messages = new Messages(recording, NODE.committer(), NODE.deployments(), Clock.systemUTC());
        var _ = messages.publish(
                new Messages.Message("paid", "o-1", new LinkedHashMap<>(), "m-1", Duration.ofHours(1)),
                Actor.person("p1"),
                null);
        var _ = messages.tick();
        var _ = new FireDueTimers(recording, NODE.transaction(), NODE.committer(), Clock.systemUTC()).tick();
    }

    /** Rows that only the planner looks at. */
    private static void fillTables() {
        for (var sql : List.of(
                """
                insert into cases select 5000 + i, 1, case when i % 3 = 0 then 2 else 1 end, case when i % 50 = 0 then 1 else 0 end,
                    1, now(), now(), case when i % 3 = 0 then now() end, 'p' || i % 100, 'Case ' || i, null, false, '', ''
                from generate_series(1, 30000) i""",
                "insert into journal select 5000 + i, 1, now(), '', '' from generate_series(1, 30000) i",
                """
                insert into task select 5000 + i, 2, 1, 1, now() + i * interval '1 second', null, 'p' || i % 100, 'team' || i % 20,
                    null, null, null, null
                from generate_series(1, 30000) i""",
                """
                insert into job select 5000 + i, 3, 1, 2, now(), 'type' || i % 20, 3, null, null
                from generate_series(1, 30000) i""",
                "insert into timer select 5000 + i, 4, now() + i * interval '1 minute' from generate_series(1, 30000) i",
                "insert into subscription select 5000 + i, 5, 'paid', 'o-' || i from generate_series(1, 30000) i",
                "insert into incident select 5000 + i, 6, 2, 'node', 'JOB', 'no', now(), 'p1', now() from generate_series(1, 30000) i",
                "insert into step select 5000 + i, 1, 1, 1, 1, now(), now(), null, null, '{p1}', '{0}', null, null, 0, 0"
                        + " from generate_series(1, 30000) i",
                """
                insert into message select gen_random_uuid(), 'paid', 'x-' || i, '', now() + interval '1 hour'
                from generate_series(1, 10000) i""",
                """
                insert into idempotency select gen_random_uuid(), gen_random_uuid(), i, 1, now()
                from generate_series(1, 10000) i""",
                "analyze")) {
            NODE.jdbc().sql(sql).update();
        }
    }

    /** As it is planned when nothing is known of the parameters but that a page is small. */
    private static String plan(String sql) {
        var numbered = new StringBuilder();
        int parameters = 0;
        for (var character : sql.replace("limit ?", "limit 50").toCharArray()) {
            numbered.append(character == '?' ? "$" + ++parameters : String.valueOf(character));
        }
        var nulls = String.join(", ", Collections.nCopies(parameters, "null"));
        var plan = new StringBuilder();
        try (var connection = NODE.pool().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("set plan_cache_mode = force_generic_plan");
            statement.execute("prepare explained as " + numbered);
            try (var rows =
                    statement.executeQuery("explain execute explained" + (nulls.isEmpty() ? "" : "(" + nulls + ")"))) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
            statement.execute("deallocate explained");
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
        return plan.toString();
    }

    private DataSource recorder() {
        return new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                return recorded(NODE.pool().getConnection());
            }

            @Override
            public Connection getConnection(String user, String password) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private Connection recorded(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        asked.add(String.valueOf(arguments[0]));
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
