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
import java.util.stream.Stream;

/**
 * All that a batch writes: one statement a table and kind, sent to the server together with the commit in one round trip.
 * The order of the list is the order of execution: the cases' locks come first, as everywhere, and then what can fail by
 * a race. Nobody looks at the counts before the commit, so the statements refuse to change other rows than meant.
 */
final class Statements {

    /** The state of the error by which {@code expect_rows} ends the transaction. */
    static final String UNEXPECTED_ROWS = "BT001";

    /** Microseconds to timestamptz, exact: both operands of the product are below 2^53. */
    private static String time(String column) {
        return "timestamptz 'epoch' + " + column + " * interval '1 microsecond'";
    }

    private static String timeOrNull(String column) {
        return time("nullif(" + column + ", -1)");
    }

    /** In the order of execution; the SQL is written once. */
    private static final List<Kind> KINDS = List.of(
            plain(
                    """
                    insert into cases (id, process_id, status, incidents, entries, started_at, changed_at, ended_at,
                        owner, title, due_at, paused, head, state)
                    select id, process, status, incidents, entries, %s, %s, %s, owner, title, %s, paused::boolean, head,
                        state
                    from {rows}
                        as r (id, process, status, incidents, entries, started, changed, ended, owner, title, due,
                            paused, head, state)""".formatted(time("started"), time("changed"), timeOrNull("ended"), timeOrNull("due")),
                    statements -> statements.casesNew),
            exact(
                    """
                    update cases c
                    set process_id = r.process, status = r.status, incidents = r.incidents, entries = r.entries, changed_at = %s,
                        ended_at = coalesce(c.ended_at, %s), owner = coalesce(r.owner, c.owner),
                        title = coalesce(r.title, c.title), paused = r.paused::boolean,
                        due_at = case when c.ended_at is null then %s else c.due_at end, head = r.head, state = r.state
                    from {rows}
                        as r (id, before, process, status, incidents, entries, changed, ended, owner, title, due, paused,
                            head, state)
                    where c.id = r.id and c.entries = r.before""".formatted(time("changed"), timeOrNull("ended"), timeOrNull("due")),
                    statements -> statements.casesChanged),
            plain("""
                    insert into idempotency
                    select key::uuid, fingerprint::uuid, case_id, seq, %s
                    from {rows}
                        as r (key, fingerprint, case_id, seq, at)""".formatted(time("at")), statements -> statements.idempotency),
            plain("""
                    insert into journal (case_id, seq, at, body, hash)
                    select case_id, seq, %s, body, hash
                    from {rows}
                        as r (case_id, seq, at, body, hash)""".formatted(time("at")), statements -> statements.journal),
            plain("insert into migration select * from {rows} as r", statements -> statements.migrations),
            gone("task", "step", statements -> statements.tasksGone),
            exact(
                    """
                    update task t set process_id = r.process, node = r.node, due_at = %s, holder = r.holder, team = r.team, offered = r.offered, accept_by = %s,
                        promised_at = %s, blocker = r.blocker, decided_by = r.decider, decided_at = %s, effective_at = %s
                    from {rows}
                        as r (case_id, step, process, node, due, holder, team, offered, accept, promised, blocker, decider,
                            decided, effective)
                    where t.case_id = r.case_id and t.step = r.step""".formatted(
                                    timeOrNull("due"),
                                    timeOrNull("accept"),
                                    timeOrNull("promised"),
                                    timeOrNull("decided"),
                                    timeOrNull("effective")),
                    statements -> statements.tasksChanged),
            plain(
                    """
                    insert into task (case_id, step, process_id, node, opened_at, due_at, holder, team, offered,
                        accept_by, promised_at, blocker, decided_by, decided_at, effective_at)
                    select case_id, step, process, node, %s, %s, holder, team, offered, %s, %s, blocker, decider, %s, %s
                    from {rows}
                        as r (case_id, step, process, node, opened, due, holder, team, offered, accept, promised,
                            blocker, decider, decided, effective)""".formatted(
                                    time("opened"),
                                    timeOrNull("due"),
                                    timeOrNull("accept"),
                                    timeOrNull("promised"),
                                    timeOrNull("decided"),
                                    timeOrNull("effective")),
                    statements -> statements.tasksNew),
            gone("job", "step", statements -> statements.jobsGone),
            plain("""
                    insert into job (case_id, step, process_id, node, opened_at, type, retries)
                    select case_id, step, process, node, %s, type, retries
                    from {rows}
                        as r (case_id, step, process, node, opened, type, retries)
                    on conflict (case_id, step) do update set retries = excluded.retries,
                        process_id = excluded.process_id, node = excluded.node,
                        leased_until = case when excluded.retries > job.retries then null else job.leased_until end""".formatted(time("opened")), statements -> statements.jobsNew),
            gone("timer", "id", statements -> statements.timersGone),
            plain("""
                    insert into timer (case_id, id, due_at)
                    select case_id, id, %s from {rows} as r (case_id, id, due)""".formatted(time("due")), statements -> statements.timersNew),
            gone("subscription", "id", statements -> statements.subscriptionsGone),
            plain("""
                    insert into subscription (case_id, id, name, key)
                    select * from {rows} as r (case_id, id, name, key)""", statements -> statements.subscriptionsNew),
            exact("""
                    delete from booking b using {rows} as r (case_id, step, quarter)
                    where b.case_id = r.case_id and b.step = r.step and b.quarter = r.quarter""", statements -> statements.bookingsGone),
            plain("""
                    insert into booking (book, seat, quarter, case_id, step)
                    select book, seat, quarter, case_id, step
                    from {rows} as r (book, seat, quarter, case_id, step)""", statements -> statements.bookingsNew),
            gone("incident", "id", statements -> statements.incidentsGone),
            plain("""
                    insert into incident (case_id, id, step, node, kind, message, raised_at, holder, due_at, about)
                    select case_id, id, step, node, kind, message, %s, holder, %s, about
                    from {rows}
                        as r (case_id, id, step, node, kind, message, raised, holder, due, about)""".formatted(time("raised"), time("due")), statements -> statements.incidentsNew),
            plain("""
                    insert into incident_closed (case_id, id, process_id, step, node, kind, about, raised_at, closed_at,
                        holder, cause)
                    select case_id, id, process, step, node, kind, about, %s, %s, holder, cause
                    from {rows}
                        as r (case_id, id, process, step, node, kind, about, raised, closed, holder, cause)""".formatted(time("raised"), time("closed")), statements -> statements.incidentsClosed),
            plain(
                    """
                    insert into step (case_id, id, process_id, node, outcome, entered_at, left_at, holder, team,
                        holders, since, due_at, promised_at, slips, returns, decided_at)
                    select case_id, id, process, node, outcome, %s, %s, holder, team, string_to_array(holders, ' '),
                        string_to_array(since, ' ')::bigint[], %s, %s, slips, returns, %s
                    from {rows}
                        as r (case_id, id, process, node, outcome, entered, left_, holder, team, holders, since, due,
                            promised, slips, returns, decided)""".formatted(
                                    time("entered"),
                                    time("left_"),
                                    timeOrNull("due"),
                                    timeOrNull("promised"),
                                    timeOrNull("decided")),
                    statements -> statements.steps),
            plain("""
                    insert into delivery (case_id, entry, nr, step, kind, recipient, created_at, due_at)
                    select case_id, entry, nr, step, kind, recipient, %1$s, %1$s
                    from {rows} as r (case_id, entry, nr, step, kind, recipient, created)""".formatted(time("created")), statements -> statements.deliveries),
            exact(
                    "delete from message m using {rows} as r (id) where m.id = r.id::uuid",
                    statements -> statements.messagesGone));

    record Statement(String sql, Rows rows, boolean single, boolean exact) {}

    /**
     * What a lone command writes once is sent as values, all else as an array a column. The values of one row are planned
     * and run in half the time; but were they chosen row by row, batches would be of so many different texts that the
     * server parsed and planned every tenth anew.
     */
    private record Kind(String one, String many, Function<Statements, Rows> rows, boolean exact) {

        /** The server copies the text for each execution: it goes without its indentation. */
        static Kind of(String text, Function<Statements, Rows> rows, boolean exact) {
            var sql = text.replaceAll("\\s+", " ");
            var types = rows.apply(new Statements());
            return new Kind(sql.replace("{rows}", types.one()), sql.replace("{rows}", types.many()), rows, exact);
        }

        Statement in(Statements statements, boolean alone) {
            var written = rows.apply(statements);
            var single = alone && written.size() == 1;
            return new Statement(single ? one : many, written, single, exact);
        }
    }

    final Rows idempotency = new Rows(TEXT, TEXT, BIGINT, INT, TIME);
    final Rows casesNew =
            new Rows(BIGINT, INT, SMALLINT, SMALLINT, INT, TIME, TIME, TIME, TEXT, TEXT, TIME, TEXT, BYTES, BYTES);
    final Rows casesChanged =
            new Rows(BIGINT, INT, INT, SMALLINT, SMALLINT, INT, TIME, TIME, TEXT, TEXT, TIME, TEXT, BYTES, BYTES);
    final Rows journal = new Rows(BIGINT, INT, TIME, BYTES, BYTES);
    final Rows migrations = new Rows(BIGINT, INT, INT, INT);
    final Rows tasksGone = new Rows(BIGINT, INT);
    final Rows tasksChanged =
            new Rows(BIGINT, INT, INT, SMALLINT, TIME, TEXT, TEXT, TEXT, TIME, TIME, TEXT, TEXT, TIME, TIME);
    final Rows tasksNew =
            new Rows(BIGINT, INT, INT, SMALLINT, TIME, TIME, TEXT, TEXT, TEXT, TIME, TIME, TEXT, TEXT, TIME, TIME);
    final Rows jobsGone = new Rows(BIGINT, INT);
    final Rows jobsNew = new Rows(BIGINT, INT, INT, SMALLINT, TIME, TEXT, INT);
    final Rows timersGone = new Rows(BIGINT, INT);
    final Rows timersNew = new Rows(BIGINT, INT, TIME);
    final Rows subscriptionsGone = new Rows(BIGINT, INT);
    final Rows subscriptionsNew = new Rows(BIGINT, INT, TEXT, TEXT);
    final Rows bookingsGone = new Rows(BIGINT, INT, INT);
    final Rows bookingsNew = new Rows(TEXT, SMALLINT, INT, BIGINT, INT);
    final Rows incidentsGone = new Rows(BIGINT, INT);
    final Rows incidentsNew = new Rows(BIGINT, INT, INT, TEXT, TEXT, TEXT, TIME, TEXT, TIME, TEXT);
    final Rows incidentsClosed = new Rows(BIGINT, INT, INT, INT, TEXT, TEXT, TEXT, TIME, TIME, TEXT, TEXT);
    final Rows steps = new Rows(
            BIGINT, INT, INT, SMALLINT, SMALLINT, TIME, TIME, TEXT, TEXT, TEXT, TEXT, TIME, TIME, SMALLINT, SMALLINT,
            TIME);
    final Rows deliveries = new Rows(BIGINT, INT, SMALLINT, INT, SMALLINT, TEXT, TIME);
    final Rows messagesGone = new Rows(TEXT);

    private static Kind gone(String table, String id, Function<Statements, Rows> rows) {
        return exact("""
                delete from %1$s t using {rows} as r (case_id, id)
                where t.case_id = r.case_id and t.%2$s = r.id""".formatted(table, id), rows);
    }

    /** A row less than expected means that table and journal disagree: better to fail than to drift. */
    private static Kind exact(String change, Function<Statements, Rows> rows) {
        return Kind.of(
                "with changed as (" + change + " returning 1) select expect_rows(count(*), ?) from changed",
                rows,
                true);
    }

    private static Kind plain(String insert, Function<Statements, Rows> rows) {
        return Kind.of(insert, rows, false);
    }

    /** Every statement that a batch may use, for the test that explains them against the schema. */
    static List<String> all() {
        return KINDS.stream()
                .flatMap(kind -> Stream.of(kind.one(), kind.many()))
                .toList();
    }

    /** Writes what there is to write, and commits; returns how many statements wrote. {@code alone}: for one command. */
    int commit(Connection connection, boolean alone) throws SQLException {
        var needed = new ArrayList<Statement>();
        for (var kind : KINDS) {
            var statement = kind.in(this, alone);
            if (!statement.rows().isEmpty()) {
                needed.add(statement);
            }
        }
        if (needed.isEmpty()) {
            connection.commit(); // the locks end with it
            return 0;
        }
        var sql = new StringBuilder();
        needed.forEach(statement -> sql.append(statement.sql()).append(";\n"));
        try (var prepared = connection.prepareStatement(sql.append("commit").toString())) {
            int parameter = 1;
            for (var statement : needed) {
                parameter = statement.rows().bind(connection, prepared, parameter, statement.single());
                if (statement.exact()) {
                    prepared.setInt(parameter++, statement.rows().size());
                }
            }
            prepared.execute();
        }
        return needed.size();
    }
}
