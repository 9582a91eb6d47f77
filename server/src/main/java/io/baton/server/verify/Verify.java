package io.baton.server.verify;

import io.baton.engine.Case;
import io.baton.engine.CaseCodec;
import io.baton.engine.Ledger;
import io.baton.engine.Roster;
import io.baton.engine.Step;
import io.baton.engine.codec.Decoder;
import io.baton.server.commit.ClosedIncidentRow;
import io.baton.server.commit.DeliveryRow;
import io.baton.server.commit.OpenRows;
import io.baton.server.commit.StepRow;
import io.baton.server.insight.DecisionNotes;
import io.baton.server.insight.FinishedWords;
import io.baton.server.insight.Ledgers;
import io.baton.server.insight.SearchWords;
import io.baton.server.journal.Journal;
import io.baton.server.journal.JournalCodec;
import io.baton.server.processes.Deployments;
import io.baton.server.processes.Questions;
import io.baton.server.room.Kept;
import io.baton.server.room.Room;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Recomputes every case's chain of hashes, rebuilds every table that follows from the journal, and compares. Reads one
 * snapshot, so that it can run beside a working Baton.
 */
public final class Verify {

    private static final int PAGE = 500;

    /** More are counted but not listed. */
    private static final int PROBLEMS_MAX = 100;

    private static final String MICROS = "(extract(epoch from %s) * 1000000)::bigint";

    public record Report(long cases, long entries, long problems, List<String> first) {
        public boolean isClean() {
            return problems == 0;
        }
    }

    private record CaseFacts(
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

    private record Moved(int seq, int from, int to) {}

    /** A finished case's ledger, but for working time: calendars have changed since. */
    private record Charged(Instant at, @Nullable BigDecimal waitingPerDay, List<String> charges) {

        static Charged of(Instant at, @Nullable BigDecimal waitingPerDay, List<Ledger.Charge> charges) {
            return new Charged(
                    at,
                    waitingPerDay == null ? null : waitingPerDay.stripTrailingZeros(),
                    charges.stream()
                            .map(each -> each.holder() + " for " + each.party() + ": " + each.elapsed())
                            .toList());
        }
    }

    private record Line(int seq, Instant at, byte[] body, byte[] hash) {}

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Deployments deployments;
    private final FinishedWords finishedWords;
    private final DecisionNotes decisionNotes;
    private final List<String> first = new ArrayList<>();
    private Instant deliveriesSince = Instant.EPOCH;

    /** Finished cases whose words need not be there yet; null for all. */
    private @Nullable Set<Long> wordsToCome;

    private long problems;
    private long cases;
    private long entries;

    public Verify(JdbcClient database, TransactionTemplate transaction, Deployments deployments) {
        this.database = database;
        this.transaction = new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager()));
        this.transaction.setIsolationLevel(TransactionTemplate.ISOLATION_REPEATABLE_READ);
        this.transaction.setReadOnly(true);
        this.deployments = deployments;
        this.decisionNotes = new DecisionNotes(deployments, new Questions(deployments));
        this.finishedWords =
                new FinishedWords(database, transaction, deployments, new Journal(database, deployments), () -> false);
    }

    /** {@code progress} is told the number of cases so far. */
    public Report run(LongConsumer progress) {
        transaction.executeWithoutResult(_ -> {
            deliveriesSince = deliveriesSince();
            wordsToCome = finishedWords.notYet();
            long after = 0;
            List<CaseFacts> page;
            do {
                page = page(after);
                if (!page.isEmpty()) {
                    check(page);
                    after = page.getLast().id();
                    progress.accept(cases);
                }
            } while (page.size() == PAGE);
            checkOrphans();
        });
        return new Report(cases, entries, problems, List.copyOf(first));
    }

    /** What happened in an installation before Baton could send anything was sent to nobody. */
    private Instant deliveriesSince() {
        return database.sql("select value from setting where name = 'deliveries-since'")
                .query(String.class)
                .optional()
                .map(Instant::parse)
                .orElse(Instant.EPOCH);
    }

    private List<CaseFacts> page(long after) {
        return database.sql("""
                        select id, process_id, status, incidents, entries, %s, %s, %s, owner, title, head, state, %s, paused
                        from cases where id > ? order by id limit ?""".formatted(
                                MICROS.formatted("started_at"),
                                MICROS.formatted("changed_at"),
                                MICROS.formatted("ended_at"),
                                MICROS.formatted("due_at")))
                .param(after)
                .param(PAGE)
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

    private void check(List<CaseFacts> page) {
        long from = page.getFirst().id();
        long to = page.getLast().id();
        var journal = journal(from, to);
        var open = openRows(from, to);
        var steps = stepRows(from, to);
        var incidents = closedIncidentRows(from, to);
        var deliveries = deliveryRows(from, to);
        var moved = moved(from, to);
        var kept = new Kept(database, from, to);
        var words = finishedWords.rows(from, to);
        var decisions = decisionRows(from, to);
        var finished = ledgers(from, to);
        for (var facts : page) {
            cases++;
            try {
                check(
                        facts,
                        journal.getOrDefault(facts.id(), List.of()),
                        moved.getOrDefault(facts.id(), List.of()),
                        open.getOrDefault(facts.id(), OpenRows.none()),
                        steps.getOrDefault(facts.id(), List.of()),
                        deliveries.getOrDefault(facts.id(), List.of()),
                        kept,
                        incidents.getOrDefault(facts.id(), List.of()),
                        words.get(facts.id()),
                        decisions.get(facts.id()),
                        finished.get(facts.id()));
            } catch (RuntimeException e) { // whatever a changed byte or number leads to
                var migrations = moved.getOrDefault(facts.id(), List.of());
                problem(
                        facts.id(),
                        "the journal cannot be replayed as process version " + facts.process() + " with the migrations "
                                + migrations + ": " + e);
            }
        }
    }

    private void check(
            CaseFacts facts,
            List<Line> journal,
            List<Moved> moved,
            OpenRows open,
            List<StepRow> steps,
            List<DeliveryRow> sent,
            Kept kept,
            List<ClosedIncidentRow> incidents,
            @Nullable Set<String> found,
            byte @Nullable [] decided,
            @Nullable Charged charged) {
        var movedByJournal = new ArrayList<Moved>();
        var state = new Case(deployments);
        var closed = new ArrayList<StepRow>();
        var closedIncidents = new TreeMap<Integer, ClosedIncidentRow>();
        var deliveries = new ArrayList<DeliveryRow>();
        var decisions = new ArrayList<DecisionNotes.Decided>();
        var ledger = Ledger.following(state, Roster.NOBODY);
        var room = new Room();
        var hash = JournalCodec.origin();
        int seq = 0;
        Instant last = Instant.EPOCH;
        Instant started = Instant.EPOCH;
        @Nullable Instant ended = null;
        for (var line : journal) {
            entries++;
            if (line.seq() != ++seq) {
                problem(facts.id(), "entry " + seq + " is missing");
                return;
            }
            hash = JournalCodec.hash(hash, facts.id(), seq, line.at(), line.body());
            if (!Arrays.equals(hash, line.hash())) {
                problem(facts.id(), "entry " + seq + " has been changed: its hash does not match");
                return;
            }
            var words = deployments.requireModel(process(facts, moved, seq)).words();
            var entry = JournalCodec.read(words, facts.id(), seq, line.at(), line.body());
            var before = state.process();
            ledger.reach(entry.at());
            for (var event : entry.events()) {
                decisionNotes.note(state, event, decisions);
                state.apply(event, entry.at());
            }
            if (before >= 0 && before != state.process()) {
                movedByJournal.add(new Moved(seq, before, state.process()));
            }
            room.add(entry);
            var notices = state.takeNotices();
            if (!entry.at().isBefore(deliveriesSince)) {
                deliveries.addAll(DeliveryRow.of(seq, entry.at(), entry.actor(), notices));
            }
            for (var over : state.takeClosed()) {
                closed.add(StepRow.of(state, over));
            }
            for (var over : state.takeClosedIncidents()) {
                var row = ClosedIncidentRow.of(state, over, entry.command());
                closedIncidents.put(row.id(), row);
            }
            started = seq == 1 ? line.at() : started;
            last = line.at();
            ended = ended == null && state.status() != Case.Status.OPEN ? line.at() : ended;
        }
        compare(facts.id(), "migrations", movedByJournal, moved);
        compare(facts.id(), "entries", seq, facts.entries());
        compare(facts.id(), "head", hex(hash), hex(facts.head()));
        if (seq > 0) {
            compareCase(facts, state, started, last, ended);
            compareOpen(facts.id(), OpenRows.of(state), open);
            compare(facts.id(), "steps", byId(closed), byId(steps));
            compare(facts.id(), "closed incidents", List.copyOf(closedIncidents.values()), incidents);
            compare(facts.id(), "deliveries", deliveries, sent);
            compareWords(facts.id(), state, closed, found);
            if (decided != null) { // it comes behind the journal
                var expected = state.status() == Case.Status.OPEN ? null : hex(DecisionNotes.encoded(decisions));
                compare(facts.id(), "past decisions", expected, hex(decided));
            }
            if (charged != null) {
                var at = Objects.requireNonNullElse(ended, Instant.EPOCH);
                compare(facts.id(), "ledger", Charged.of(at, state.waitingCostPerDay(at), ledger.charges()), charged);
            }
            kept.problems(facts.id(), room).forEach(each -> problem(facts.id(), each));
        }
    }

    private Map<Long, byte[]> decisionRows(long from, long to) {
        var rows = new HashMap<Long, byte[]>();
        database.sql("select case_id, decisions from past_decision where case_id between ? and ?")
                .param(from)
                .param(to)
                .query(row -> {
                    rows.put(row.getLong(1), row.getBytes(2));
                });
        return rows;
    }

    private Map<Long, Charged> ledgers(long from, long to) {
        return Ledgers.rows(database, from, to).stream()
                .collect(Collectors.toMap(
                        Ledgers.Of::caseId, of -> Charged.of(of.until(), of.waitingPerDay(), of.charges())));
    }

    /** In which version an entry was written. */
    private static int process(CaseFacts facts, List<Moved> moved, int seq) {
        for (var each : moved) {
            if (each.seq() > seq) {
                return each.from();
            }
        }
        return facts.process();
    }

    private void compareCase(CaseFacts facts, Case state, Instant started, Instant last, @Nullable Instant ended) {
        var isOpen = state.status() == Case.Status.OPEN;
        compare(facts.id(), "process", state.process(), facts.process());
        compare(facts.id(), "status", state.status().name(), status(facts.status()));
        compare(facts.id(), "incidents", state.incidents().size(), facts.incidents());
        compare(facts.id(), "started", started, facts.startedAt());
        compare(facts.id(), "changed", last, facts.changedAt());
        compare(facts.id(), "ended", ended, facts.endedAt());
        compare(facts.id(), "owner", state.owner(), facts.owner());
        compare(facts.id(), "title", state.title(), facts.title());
        if (isOpen) {
            compare(facts.id(), "due", state.due(), facts.dueAt());
            compare(facts.id(), "paused", state.pause() != null, facts.paused());
        }
        compare(
                facts.id(),
                "state",
                isOpen ? hex(CaseCodec.write(state)) : null,
                facts.state() == null ? null : hex(facts.state()));
    }

    private void compareOpen(long id, OpenRows expected, OpenRows found) {
        compare(id, "tasks", expected.tasks(), found.tasks());
        compare(id, "jobs", expected.jobs(), found.jobs());
        compare(id, "timers", expected.timers(), found.timers());
        compare(id, "subscriptions", expected.subscriptions(), found.subscriptions());
        compare(id, "incidents", expected.incidents(), found.incidents());
        compare(id, "bookings", expected.bookings(), found.bookings());
    }

    /** They come behind the journal, so that a case that ended a moment ago need not have them. */
    private void compareWords(long id, Case state, List<StepRow> closed, @Nullable Set<String> found) {
        Set<String> expected = Set.of();
        if (state.status() != Case.Status.OPEN) {
            var people = closed.stream()
                    .map(StepRow::holder)
                    .filter(Objects::nonNull)
                    .toList();
            var parties =
                    closed.stream().map(StepRow::team).filter(Objects::nonNull).toList();
            var process = deployments.require(state.process()).key();
            expected = FinishedWords.lexemes(id, SearchWords.ofFinished(state, process, people, parties));
        }
        boolean mayBeMissing = state.status() == Case.Status.OPEN || wordsToCome == null || wordsToCome.contains(id);
        if (found != null || !mayBeMissing) {
            compare(id, "finished words", new TreeSet<>(expected), found == null ? null : new TreeSet<>(found));
        }
    }

    private void checkOrphans() {
        for (var table : List.of(
                "journal",
                "past_decision",
                "finished_ledger",
                "migration",
                "task",
                "job",
                "timer",
                "subscription",
                "incident",
                "incident_closed",
                "step",
                "delivery",
                "delivered",
                "booking",
                "finished_words")) {
            var orphans = database.sql("select distinct case_id from " + table
                            + " t where not exists (select from cases c where c.id = t.case_id) limit " + PROBLEMS_MAX)
                    .query(Long.class)
                    .list();
            orphans.forEach(id -> problem(id, "rows in " + table + ", but there is no such case"));
        }
    }

    // Reading the tables

    private Map<Long, List<Line>> journal(long from, long to) {
        var lines = new LinkedHashMap<Long, List<Line>>();
        query(
                "select case_id, seq, " + MICROS.formatted("at")
                        + ", body, hash from journal where case_id between ? and ? order by case_id, seq",
                from,
                to,
                row -> lines.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                        .add(new Line(
                                row.getInt(2), Decoder.instant(row.getLong(3)), row.getBytes(4), row.getBytes(5))));
        return lines;
    }

    private Map<Long, List<Moved>> moved(long from, long to) {
        var moved = new LinkedHashMap<Long, List<Moved>>();
        query(
                "select case_id, seq, process_from, process_to from migration where case_id between ? and ?"
                        + " order by case_id, seq",
                from,
                to,
                row -> moved.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                        .add(new Moved(row.getInt(2), row.getInt(3), row.getInt(4))));
        return moved;
    }

    private Map<Long, OpenRows> openRows(long from, long to) {
        var open = new LinkedHashMap<Long, OpenRows>();
        query(
                "select case_id, step, process_id, node, " + MICROS.formatted("opened_at") + ", "
                        + MICROS.formatted("due_at")
                        + ", holder, team, offered, " + MICROS.formatted("accept_by") + ", "
                        + MICROS.formatted("promised_at")
                        + ", blocker, decided_by, " + MICROS.formatted("decided_at") + ", "
                        + MICROS.formatted("effective_at")
                        + " from task where case_id between ? and ? order by case_id, step",
                from,
                to,
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
                from,
                to,
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
                from,
                to,
                row -> rows(open, row)
                        .timers()
                        .put(row.getInt(2), new OpenRows.TimerRow(Decoder.instant(row.getLong(3)))));
        query(
                "select case_id, id, name, key from subscription where case_id between ? and ? order by case_id, id",
                from,
                to,
                row -> rows(open, row)
                        .subscriptions()
                        .put(row.getInt(2), new OpenRows.SubscriptionRow(row.getString(3), row.getString(4))));
        query(
                "select case_id, id, step, node, kind, message, " + MICROS.formatted("raised_at") + ", holder, "
                        + MICROS.formatted("due_at")
                        + ", about from incident where case_id between ? and ? order by case_id, id",
                from,
                to,
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
                from,
                to,
                row -> {
                    if (row.getInt(7) != row.getInt(6) - row.getInt(5) + 1) {
                        problem(row.getLong(1), "bookings: quarters are missing at step " + row.getInt(2));
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

    private Map<Long, List<StepRow>> stepRows(long from, long to) {
        var steps = new LinkedHashMap<Long, List<StepRow>>();
        query(
                "select case_id, id, process_id, node, outcome, " + MICROS.formatted("entered_at") + ", "
                        + MICROS.formatted("left_at")
                        + ", holder, team, holders, since, " + MICROS.formatted("due_at") + ", "
                        + MICROS.formatted("promised_at")
                        + ", slips, returns, " + MICROS.formatted("decided_at")
                        + " from step where case_id between ? and ? order by case_id, id",
                from,
                to,
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
            problem(
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

    private Map<Long, List<DeliveryRow>> deliveryRows(long from, long to) {
        var deliveries = new LinkedHashMap<Long, List<DeliveryRow>>();
        query(
                "select case_id, entry, nr, step, kind, recipient, " + MICROS.formatted("created_at")
                        + " from (select case_id, entry, nr, step, kind, recipient, created_at from delivery union all"
                        + " select case_id, entry, nr, step, kind, recipient, created_at from delivered) d"
                        + " where case_id between ? and ? and created_at >= timestamptz '" + deliveriesSince
                        + "' order by case_id, entry, nr",
                from,
                to,
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

    private Map<Long, List<ClosedIncidentRow>> closedIncidentRows(long from, long to) {
        var incidents = new LinkedHashMap<Long, List<ClosedIncidentRow>>();
        query(
                "select case_id, id, process_id, step, node, kind, about, " + MICROS.formatted("raised_at") + ", "
                        + MICROS.formatted("closed_at")
                        + ", holder, cause from incident_closed where case_id between ? and ? order by case_id, id",
                from,
                to,
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
            problem(id, "steps: step " + step + " has no outcome " + outcome);
        }
        return outcome == 2;
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private void query(String sql, long from, long to, RowReader reader) {
        database.sql(sql).param(from).param(to).query(row -> {
            reader.read(row);
        });
    }

    private static @Nullable Instant timeOrNull(ResultSet row, int column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? null : Decoder.instant(micros);
    }

    // Comparing

    private static Map<Integer, StepRow> byId(List<StepRow> steps) {
        var byId = new TreeMap<Integer, StepRow>();
        steps.forEach(step -> byId.put(step.id(), step));
        return byId;
    }

    private void compare(long id, String what, @Nullable Object expected, @Nullable Object found) {
        if (!Objects.equals(expected, found)) {
            problem(id, what + ": the journal leads to " + expected + ", but the table has " + found);
        }
    }

    private void problem(long id, String what) {
        problems++;
        if (first.size() < PROBLEMS_MAX) {
            first.add("case " + id + ": " + what);
        }
    }

    private static String status(int code) {
        return switch (code) {
            case 1 -> Case.Status.OPEN.name();
            case 2 -> Case.Status.COMPLETED.name();
            case 3 -> Case.Status.CANCELLED.name();
            default -> "status " + code;
        };
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes);
    }
}
