package io.baton.server.verify;

import io.baton.engine.Step;
import io.baton.engine.codec.Decoder;
import io.baton.server.commit.ClosedIncidentRow;
import io.baton.server.commit.DeliveryRow;
import io.baton.server.commit.OpenRows;
import io.baton.server.commit.StepRow;
import io.baton.server.insight.FinishedWords;
import io.baton.server.insight.Ledgers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the tables have of a range of cases, read with one query a table. */
final class Tables {

    private static final String MICROS = "(extract(epoch from %s) * 1000000)::bigint";

    /** The row of the case itself. */
    record CaseFacts(
            long id,
            int process,
            int status,
            int incidents,
            int entries,
            Instant startedAt,
            Instant changedAt,
            @Nullable Instant endedAt,
            String owner,
            @Nullable String title,
            byte[] head,
            byte @Nullable [] state,
            @Nullable Instant dueAt,
            boolean paused) {}

    /** A row of the journal. */
    record Line(int seq, Instant at, byte[] body, byte[] hash) {}

    /** A migration, which the entry {@code seq} began. */
    record Moved(int seq, int from, int to) {}

    /** All other rows of one case; {@code words}, {@code decisions} and {@code ledger} are null where it has none. */
    record Rows(
            List<Line> journal,
            List<Moved> moved,
            OpenRows open,
            List<StepRow> steps,
            List<DeliveryRow> deliveries,
            List<ClosedIncidentRow> incidents,
            @Nullable Set<String> words,
            byte @Nullable [] decisions,
            @Nullable Charged ledger) {

        /** In which version an entry was written; {@code own} is the one the case is in now. */
        int process(int seq, int own) {
            for (var each : moved) {
                if (each.seq() > seq) {
                    return each.from();
                }
            }
            return own;
        }
    }

    private final JdbcClient database;
    private final long from;
    private final long to;
    private final Instant deliveriesSince;
    private final Problems problems;
    private final Map<Long, List<Line>> journal;
    private final Map<Long, List<Moved>> moved;
    private final Map<Long, OpenRows> open;
    private final Map<Long, List<StepRow>> steps;
    private final Map<Long, List<DeliveryRow>> deliveries;
    private final Map<Long, List<ClosedIncidentRow>> incidents;
    private final Map<Long, Set<String>> words;
    private final Map<Long, byte[]> decisions;
    private final Map<Long, Charged> ledgers;

    /** {@code problems} is told what cannot be read; before {@code deliveriesSince} nothing was sent to anybody. */
    Tables(
            JdbcClient database,
            FinishedWords finishedWords,
            long from,
            long to,
            Instant deliveriesSince,
            Problems problems) {
        this.database = database;
        this.from = from;
        this.to = to;
        this.deliveriesSince = deliveriesSince;
        this.problems = problems;
        this.journal = journal();
        this.moved = moved();
        this.open = openRows();
        this.steps = stepRows();
        this.deliveries = deliveryRows();
        this.incidents = closedIncidentRows();
        this.words = finishedWords.rows(from, to);
        this.decisions = decisionRows();
        this.ledgers = ledgers();
    }

    /** The next cases by number. */
    static List<CaseFacts> cases(JdbcClient database, long after, int limit) {
        return database.sql("""
                        select id, process_id, status, incidents, entries, %s, %s, %s, owner, title, head, state, %s, paused
                        from cases where id > ? order by id limit ?""".formatted(
                                MICROS.formatted("started_at"),
                                MICROS.formatted("changed_at"),
                                MICROS.formatted("ended_at"),
                                MICROS.formatted("due_at")))
                .param(after)
                .param(limit)
                .query((row, _) -> new CaseFacts(
                        row.getLong(1),
                        row.getInt(2),
                        row.getInt(3),
                        row.getInt(4),
                        row.getInt(5),
                        Decoder.instant(row.getLong(6)),
                        Decoder.instant(row.getLong(7)),
                        timeOrNull(row, 8),
                        row.getString(9),
                        row.getString(10),
                        row.getBytes(11),
                        row.getBytes(12),
                        timeOrNull(row, 13),
                        row.getBoolean(14)))
                .list();
    }

    Rows of(long id) {
        return new Rows(
                journal.getOrDefault(id, List.of()),
                moved.getOrDefault(id, List.of()),
                open.getOrDefault(id, OpenRows.none()),
                steps.getOrDefault(id, List.of()),
                deliveries.getOrDefault(id, List.of()),
                incidents.getOrDefault(id, List.of()),
                words.get(id),
                decisions.get(id),
                ledgers.get(id));
    }

    private Map<Long, List<Line>> journal() {
        var lines = new LinkedHashMap<Long, List<Line>>();
        query(
                "select case_id, seq, " + MICROS.formatted("at")
                        + ", body, hash from journal where case_id between ? and ? order by case_id, seq",
                row -> lines.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                        .add(new Line(
                                row.getInt(2), Decoder.instant(row.getLong(3)), row.getBytes(4), row.getBytes(5))));
        return lines;
    }

    private Map<Long, List<Moved>> moved() {
        var moved = new LinkedHashMap<Long, List<Moved>>();
        query(
                "select case_id, seq, process_from, process_to from migration where case_id between ? and ?"
                        + " order by case_id, seq",
                row -> moved.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                        .add(new Moved(row.getInt(2), row.getInt(3), row.getInt(4))));
        return moved;
    }

    private Map<Long, OpenRows> openRows() {
        var open = new LinkedHashMap<Long, OpenRows>();
        query(
                "select case_id, step, process_id, node, " + MICROS.formatted("opened_at") + ", "
                        + MICROS.formatted("due_at")
                        + ", holder, team, offered, " + MICROS.formatted("accept_by") + ", "
                        + MICROS.formatted("promised_at")
                        + ", blocker, decided_by, " + MICROS.formatted("decided_at") + ", "
                        + MICROS.formatted("effective_at")
                        + " from task where case_id between ? and ? order by case_id, step",
                row -> rows(open, row)
                        .tasks()
                        .put(
                                row.getInt(2),
                                new OpenRows.TaskRow(
                                        row.getInt(3),
                                        row.getInt(4),
                                        Decoder.instant(row.getLong(5)),
                                        timeOrNull(row, 6),
                                        row.getString(7),
                                        row.getString(8),
                                        row.getString(9),
                                        timeOrNull(row, 10),
                                        timeOrNull(row, 11),
                                        row.getString(12),
                                        row.getString(13),
                                        timeOrNull(row, 14),
                                        timeOrNull(row, 15))));
        query(
                "select case_id, step, process_id, node, " + MICROS.formatted("opened_at")
                        + ", type, retries from job where case_id between ? and ? order by case_id, step",
                row -> rows(open, row)
                        .jobs()
                        .put(
                                row.getInt(2),
                                new OpenRows.JobRow(
                                        row.getInt(3),
                                        row.getInt(4),
                                        Decoder.instant(row.getLong(5)),
                                        row.getString(6),
                                        row.getInt(7))));
        query(
                "select case_id, id, " + MICROS.formatted("due_at")
                        + " from timer where case_id between ? and ? order by case_id, id",
                row -> rows(open, row)
                        .timers()
                        .put(row.getInt(2), new OpenRows.TimerRow(Decoder.instant(row.getLong(3)))));
        query(
                "select case_id, id, name, key from subscription where case_id between ? and ? order by case_id, id",
                row -> rows(open, row)
                        .subscriptions()
                        .put(row.getInt(2), new OpenRows.SubscriptionRow(row.getString(3), row.getString(4))));
        query(
                "select case_id, id, step, node, kind, message, " + MICROS.formatted("raised_at") + ", holder, "
                        + MICROS.formatted("due_at")
                        + ", about from incident where case_id between ? and ? order by case_id, id",
                row -> rows(open, row)
                        .incidents()
                        .put(
                                row.getInt(2),
                                new OpenRows.IncidentRow(
                                        row.getInt(3),
                                        row.getString(4),
                                        row.getString(5),
                                        row.getString(6),
                                        Decoder.instant(row.getLong(7)),
                                        row.getString(8),
                                        Decoder.instant(row.getLong(9)),
                                        row.getString(10))));
        query(
                "select case_id, step, book, seat, min(quarter), max(quarter), count(*) from booking"
                        + " where case_id between ? and ? group by case_id, step, book, seat order by case_id, step",
                row -> {
                    if (row.getInt(7) != row.getInt(6) - row.getInt(5) + 1) {
                        problems.add(row.getLong(1), "bookings: quarters are missing at step " + row.getInt(2));
                    }
                    rows(open, row)
                            .bookings()
                            .put(
                                    row.getInt(2),
                                    new OpenRows.BookingRow(
                                            row.getString(3), row.getInt(4), row.getInt(5), row.getInt(6)));
                });
        return open;
    }

    private static OpenRows rows(Map<Long, OpenRows> open, ResultSet row) throws SQLException {
        return open.computeIfAbsent(row.getLong(1), _ -> OpenRows.none());
    }

    private Map<Long, List<StepRow>> stepRows() {
        var steps = new LinkedHashMap<Long, List<StepRow>>();
        query(
                "select case_id, id, process_id, node, outcome, " + MICROS.formatted("entered_at") + ", "
                        + MICROS.formatted("left_at")
                        + ", holder, team, holders, since, " + MICROS.formatted("due_at") + ", "
                        + MICROS.formatted("promised_at")
                        + ", slips, returns, " + MICROS.formatted("decided_at")
                        + " from step where case_id between ? and ? order by case_id, id",
                row -> steps.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                        .add(new StepRow(
                                row.getInt(2),
                                row.getInt(3),
                                row.getInt(4),
                                isTerminated(row.getLong(1), row.getInt(2), row.getInt(5)),
                                Decoder.instant(row.getLong(6)),
                                Decoder.instant(row.getLong(7)),
                                row.getString(8),
                                row.getString(9),
                                custody(row),
                                timeOrNull(row, 12),
                                timeOrNull(row, 13),
                                row.getInt(14),
                                row.getInt(15),
                                timeOrNull(row, 16))));
        return steps;
    }

    private List<Step.Custody> custody(ResultSet row) throws SQLException {
        var holders = (String[]) row.getArray(10).getArray();
        var since = (Long[]) row.getArray(11).getArray();
        if (holders.length != since.length) {
            problems.add(
                    row.getLong(1),
                    "steps: step %d has %d holders, but %d times since when"
                            .formatted(row.getInt(2), holders.length, since.length));
        }
        var custody = new ArrayList<Step.Custody>();
        for (int i = 0; i < Math.min(holders.length, since.length); i++) {
            custody.add(new Step.Custody(holders[i], Decoder.instant(since[i])));
        }
        return custody;
    }

    private Map<Long, List<DeliveryRow>> deliveryRows() {
        var deliveries = new LinkedHashMap<Long, List<DeliveryRow>>();
        query(
                "select case_id, entry, nr, step, kind, recipient, " + MICROS.formatted("created_at")
                        + " from (select case_id, entry, nr, step, kind, recipient, created_at from delivery union all"
                        + " select case_id, entry, nr, step, kind, recipient, created_at from delivered) d"
                        + " where case_id between ? and ? and created_at >= timestamptz '" + deliveriesSince
                        + "' order by case_id, entry, nr",
                row -> deliveries
                        .computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                        .add(new DeliveryRow(
                                row.getInt(2),
                                row.getInt(3),
                                row.getInt(4),
                                row.getInt(5),
                                row.getString(6),
                                Decoder.instant(row.getLong(7)))));
        return deliveries;
    }

    private Map<Long, List<ClosedIncidentRow>> closedIncidentRows() {
        var incidents = new LinkedHashMap<Long, List<ClosedIncidentRow>>();
        query(
                "select case_id, id, process_id, step, node, kind, about, " + MICROS.formatted("raised_at") + ", "
                        + MICROS.formatted("closed_at")
                        + ", holder, cause from incident_closed where case_id between ? and ? order by case_id, id",
                row -> incidents
                        .computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                        .add(new ClosedIncidentRow(
                                row.getInt(2),
                                row.getInt(3),
                                row.getInt(4),
                                row.getString(5),
                                row.getString(6),
                                row.getString(7),
                                Decoder.instant(row.getLong(8)),
                                Decoder.instant(row.getLong(9)),
                                row.getString(10),
                                row.getString(11))));
        return incidents;
    }

    private boolean isTerminated(long id, int step, int outcome) {
        if (outcome != 1 && outcome != 2) {
            problems.add(id, "steps: step " + step + " has no outcome " + outcome);
        }
        return outcome == 2;
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private void query(String sql, RowReader reader) {
        database.sql(sql).param(from).param(to).query(row -> {
            reader.read(row);
        });
    }

    private static @Nullable Instant timeOrNull(ResultSet row, int column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? null : Decoder.instant(micros);
    }

    private Map<Long, Charged> ledgers() {
        return Ledgers.rows(database, from, to).stream()
                .collect(Collectors.toMap(
                        Ledgers.Of::caseId, of -> Charged.of(of.until(), of.waitingPerDay(), of.charges())));
    }

    private Map<Long, byte[]> decisionRows() {
        var rows = new HashMap<Long, byte[]>();
        query(
                "select case_id, decisions from past_decision where case_id between ? and ?",
                row -> rows.put(row.getLong(1), row.getBytes(2)));
        return rows;
    }
}
