package io.baton.server.commit;

import static io.baton.server.commit.Rows.Type.BIGINT;
import static io.baton.server.commit.Rows.Type.BYTES;
import static io.baton.server.commit.Rows.Type.INT;
import static io.baton.server.commit.Rows.Type.SMALLINT;
import static io.baton.server.commit.Rows.Type.TEXT;
import static io.baton.server.commit.Rows.Type.TIME;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * All that a batch writes: one statement a table and kind, sent to the server together in one round trip. The order of
 * the list is the order of execution; what can fail by a race (idempotency, new cases) comes first.
 */
final class Statements {

    /** Microseconds to timestamptz, exact: both operands of the product are below 2^53. */
    private static String time(String column) {
        return "timestamptz 'epoch' + " + column + " * interval '1 microsecond'";
    }

    private static String timeOrNull(String column) {
        return time("nullif(" + column + ", -1)");
    }

    /** In the order of execution; the SQL is written once. */
    private static final List<Kind> KINDS = List.of(
            new Kind("""
                    insert into idempotency
                    select key::uuid, fingerprint::uuid, case_id, seq, %s
                    from unnest(?::text[], ?::text[], ?::bigint[], ?::int[], ?::bigint[])
                        as r (key, fingerprint, case_id, seq, at)""".formatted(time("at")), statements -> statements.idempotency),
            new Kind(
                    """
                    insert into cases (id, process_id, status, incidents, entries, started_at, changed_at, ended_at,
                        owner, title, head, state)
                    select id, process, status, incidents, entries, %s, %s, %s, owner, title, head, state
                    from unnest(?::bigint[], ?::int[], ?::smallint[], ?::smallint[], ?::int[], ?::bigint[], ?::bigint[],
                        ?::bigint[], ?::text[], ?::text[], ?::bytea[], ?::bytea[])
                        as r (id, process, status, incidents, entries, started, changed, ended, owner, title, head, state)""".formatted(time("started"), time("changed"), timeOrNull("ended")),
                    statements -> statements.casesNew),
            new Kind("""
                    update cases c
                    set incidents = r.incidents, entries = r.entries, changed_at = %s, head = r.head, state = r.state
                    from unnest(?::bigint[], ?::smallint[], ?::int[], ?::bigint[], ?::bytea[], ?::bytea[])
                        as r (id, incidents, entries, changed, head, state)
                    where c.id = r.id""".formatted(time("changed")), statements -> statements.casesChanged),
            new Kind("""
                    update cases c
                    set status = r.status, incidents = r.incidents, entries = r.entries, changed_at = %s,
                        ended_at = %s, owner = r.owner, title = r.title, head = r.head, state = null
                    from unnest(?::bigint[], ?::smallint[], ?::smallint[], ?::int[], ?::bigint[], ?::bigint[],
                        ?::text[], ?::text[], ?::bytea[])
                        as r (id, status, incidents, entries, changed, ended, owner, title, head)
                    where c.id = r.id""".formatted(time("changed"), timeOrNull("ended")), statements -> statements.casesEnded),
            new Kind("""
                    insert into journal (case_id, seq, at, body, hash)
                    select case_id, seq, %s, body, hash
                    from unnest(?::bigint[], ?::int[], ?::bigint[], ?::bytea[], ?::bytea[])
                        as r (case_id, seq, at, body, hash)""".formatted(time("at")), statements -> statements.journal),
            gone("task", "step", statements -> statements.tasksGone),
            new Kind("""
                    update task t set holder = r.holder
                    from unnest(?::bigint[], ?::int[], ?::text[]) as r (case_id, step, holder)
                    where t.case_id = r.case_id and t.step = r.step""", statements -> statements.tasksHeld),
            new Kind("""
                    insert into task (case_id, step, process_id, node, opened_at, due_at, holder, team)
                    select case_id, step, process, node, %s, %s, holder, team
                    from unnest(?::bigint[], ?::int[], ?::int[], ?::smallint[], ?::bigint[], ?::bigint[],
                        ?::text[], ?::text[])
                        as r (case_id, step, process, node, opened, due, holder, team)""".formatted(time("opened"), timeOrNull("due")), statements -> statements.tasksNew),
            gone("job", "step", statements -> statements.jobsGone),
            new Kind("""
                    insert into job (case_id, step, process_id, node, opened_at, type, retries)
                    select case_id, step, process, node, %s, type, retries
                    from unnest(?::bigint[], ?::int[], ?::int[], ?::smallint[], ?::bigint[], ?::text[], ?::int[])
                        as r (case_id, step, process, node, opened, type, retries)
                    on conflict (case_id, step) do update set retries = excluded.retries,
                        leased_until = case when excluded.retries > job.retries then null else job.leased_until end""".formatted(time("opened")), statements -> statements.jobsNew),
            gone("timer", "id", statements -> statements.timersGone),
            new Kind("""
                    insert into timer (case_id, id, due_at)
                    select case_id, id, %s from unnest(?::bigint[], ?::int[], ?::bigint[]) as r (case_id, id, due)""".formatted(time("due")), statements -> statements.timersNew),
            gone("subscription", "id", statements -> statements.subscriptionsGone),
            new Kind("""
                    insert into subscription (case_id, id, name, key)
                    select * from unnest(?::bigint[], ?::int[], ?::text[], ?::text[])""", statements -> statements.subscriptionsNew),
            gone("incident", "id", statements -> statements.incidentsGone),
            new Kind("""
                    insert into incident (case_id, id, step, node, kind, message, raised_at)
                    select case_id, id, step, node, kind, message, %s
                    from unnest(?::bigint[], ?::int[], ?::int[], ?::text[], ?::text[], ?::text[], ?::bigint[])
                        as r (case_id, id, step, node, kind, message, raised)""".formatted(time("raised")), statements -> statements.incidentsNew),
            new Kind("""
                    insert into step (case_id, id, process_id, node, outcome, entered_at, left_at, holder, team)
                    select case_id, id, process, node, outcome, %s, %s, holder, team
                    from unnest(?::bigint[], ?::int[], ?::int[], ?::smallint[], ?::smallint[], ?::bigint[], ?::bigint[],
                        ?::text[], ?::text[])
                        as r (case_id, id, process, node, outcome, entered, left_, holder, team)""".formatted(time("entered"), time("left_")), statements -> statements.steps),
            new Kind("delete from message where id = any(?::text[]::uuid[])", statements -> statements.messagesGone));

    record Statement(String sql, Rows rows) {}

    private record Kind(String sql, Function<Statements, Rows> rows) {}

    final Rows idempotency = new Rows(TEXT, TEXT, BIGINT, INT, TIME);
    final Rows casesNew = new Rows(BIGINT, INT, SMALLINT, SMALLINT, INT, TIME, TIME, TIME, TEXT, TEXT, BYTES, BYTES);
    final Rows casesChanged = new Rows(BIGINT, SMALLINT, INT, TIME, BYTES, BYTES);
    final Rows casesEnded = new Rows(BIGINT, SMALLINT, SMALLINT, INT, TIME, TIME, TEXT, TEXT, BYTES);
    final Rows journal = new Rows(BIGINT, INT, TIME, BYTES, BYTES);
    final Rows tasksGone = new Rows(BIGINT, INT);
    final Rows tasksHeld = new Rows(BIGINT, INT, TEXT);
    final Rows tasksNew = new Rows(BIGINT, INT, INT, SMALLINT, TIME, TIME, TEXT, TEXT);
    final Rows jobsGone = new Rows(BIGINT, INT);
    final Rows jobsNew = new Rows(BIGINT, INT, INT, SMALLINT, TIME, TEXT, INT);
    final Rows timersGone = new Rows(BIGINT, INT);
    final Rows timersNew = new Rows(BIGINT, INT, TIME);
    final Rows subscriptionsGone = new Rows(BIGINT, INT);
    final Rows subscriptionsNew = new Rows(BIGINT, INT, TEXT, TEXT);
    final Rows incidentsGone = new Rows(BIGINT, INT);
    final Rows incidentsNew = new Rows(BIGINT, INT, INT, TEXT, TEXT, TEXT, TIME);
    final Rows steps = new Rows(BIGINT, INT, INT, SMALLINT, SMALLINT, TIME, TIME, TEXT, TEXT);
    final Rows messagesGone = new Rows(TEXT);

    private static Kind gone(String table, String id, Function<Statements, Rows> rows) {
        return new Kind("""
                delete from %1$s t using unnest(?::bigint[], ?::int[]) as r (case_id, id)
                where t.case_id = r.case_id and t.%2$s = r.id""".formatted(table, id), rows);
    }

    /** Every statement that a batch may use, for the test that explains them against the schema. */
    List<Statement> all() {
        return KINDS.stream()
                .map(kind -> new Statement(kind.sql(), kind.rows().apply(this)))
                .toList();
    }

    /** Sends what there is to send; returns how many statements that were. */
    int execute(Connection connection) throws SQLException {
        var needed = new ArrayList<Statement>();
        for (var kind : KINDS) {
            var rows = kind.rows().apply(this);
            if (!rows.isEmpty()) {
                needed.add(new Statement(kind.sql(), rows));
            }
        }
        if (needed.isEmpty()) {
            return 0;
        }
        var sql = new StringBuilder();
        for (var statement : needed) {
            sql.append(sql.isEmpty() ? "" : ";\n").append(statement.sql());
        }
        try (var prepared = connection.prepareStatement(sql.toString())) {
            int parameter = 1;
            for (var statement : needed) {
                for (int column = 0; column < statement.rows().columns(); column++) {
                    prepared.setArray(parameter++, statement.rows().column(connection, column));
                }
            }
            prepared.execute();
            for (var statement : needed) {
                requireCount(statement, prepared.getUpdateCount());
                prepared.getMoreResults();
            }
        }
        return needed.size();
    }

    /** A row less than expected means that table and journal disagree: better to fail than to drift. */
    private void requireCount(Statement statement, int count) {
        if (count != statement.rows().size()) {
            throw new IllegalStateException("Expected " + statement.rows().size() + " rows, but " + count
                    + " were written by: " + statement.sql());
        }
    }
}
