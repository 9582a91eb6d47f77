package io.baton.server.verify;

import io.baton.engine.Case;
import io.baton.engine.CaseCodec;
import io.baton.server.commit.OpenRows;
import io.baton.server.commit.StepRow;
import io.baton.server.insight.DecisionNotes;
import io.baton.server.insight.FinishedWords;
import io.baton.server.insight.SearchWords;
import io.baton.server.journal.Journal;
import io.baton.server.processes.Deployments;
import io.baton.server.processes.Questions;
import io.baton.server.room.Kept;
import io.baton.server.verify.Tables.CaseFacts;
import io.baton.server.verify.Tables.Rows;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Recomputes every case's chain of hashes, rebuilds every table that follows from the journal, and compares. Reads one
 * snapshot, so that it can run beside a working Baton.
 */
public final class Verify {

    private static final int PAGE = 500;

    public record Report(long cases, long entries, long problems, List<String> first) {
        public boolean isClean() {
            return problems == 0;
        }
    }

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Deployments deployments;
    private final FinishedWords finishedWords;
    private final DecisionNotes decisionNotes;
    private final Problems problems = new Problems();
    private Instant deliveriesSince = Instant.EPOCH;

    /** Finished cases whose words need not be there yet; null for all. */
    private @Nullable Set<Long> wordsToCome;

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
                page = Tables.cases(database, after, PAGE);
                if (!page.isEmpty()) {
                    check(page);
                    after = page.getLast().id();
                    progress.accept(cases);
                }
            } while (page.size() == PAGE);
            checkOrphans();
        });
        return new Report(cases, entries, problems.count(), problems.first());
    }

    /** What happened in an installation before Baton could send anything was sent to nobody. */
    private Instant deliveriesSince() {
        return database.sql("select value from setting where name = 'deliveries-since'")
                .query(String.class)
                .optional()
                .map(Instant::parse)
                .orElse(Instant.EPOCH);
    }

    private void check(List<CaseFacts> page) {
        long from = page.getFirst().id();
        long to = page.getLast().id();
        var tables = new Tables(database, finishedWords, from, to, deliveriesSince, problems);
        var kept = new Kept(database, from, to);
        for (var facts : page) {
            cases++;
            var rows = tables.of(facts.id());
            try {
                check(facts, rows, kept);
            } catch (RuntimeException e) { // whatever a changed byte or number leads to
                problems.add(
                        facts.id(),
                        "the journal cannot be replayed as process version " + facts.process() + " with the migrations "
                                + rows.moved() + ": " + e);
            }
        }
    }

    private void check(CaseFacts facts, Rows rows, Kept kept) {
        long id = facts.id();
        var retold = new Retold(facts, deployments, decisionNotes, deliveriesSince, problems);
        boolean isWhole = retold.read(rows);
        entries += retold.entries;
        if (!isWhole) {
            return;
        }
        problems.compare(id, "migrations", retold.moved, rows.moved());
        problems.compare(id, "entries", retold.entries, facts.entries());
        problems.compare(id, "head", hex(retold.hash), hex(facts.head()));
        if (retold.entries == 0) {
            return;
        }
        compareCase(facts, retold);
        compareOpen(id, OpenRows.of(retold.state), rows.open());
        problems.compare(id, "steps", byId(retold.steps), byId(rows.steps()));
        problems.compare(id, "closed incidents", retold.incidents(), rows.incidents());
        problems.compare(id, "deliveries", retold.deliveries, rows.deliveries());
        compareWords(id, retold, rows.words());
        if (rows.decisions() != null) { // it comes behind the journal
            var expected = retold.isOpen() ? null : hex(DecisionNotes.encoded(retold.decisions));
            problems.compare(id, "past decisions", expected, hex(rows.decisions()));
        }
        if (rows.ledger() != null) {
            var at = Objects.requireNonNullElse(retold.ended, Instant.EPOCH);
            var expected = Charged.of(at, retold.state.waitingCostPerDay(at), retold.ledger.charges());
            problems.compare(id, "ledger", expected, rows.ledger());
        }
        kept.problems(id, retold.room).forEach(each -> problems.add(id, each));
    }

    private void compareCase(CaseFacts facts, Retold retold) {
        long id = facts.id();
        var state = retold.state;
        problems.compare(id, "process", state.process(), facts.process());
        problems.compare(id, "status", state.status().name(), status(facts.status()));
        problems.compare(id, "incidents", state.incidents().size(), facts.incidents());
        problems.compare(id, "started", retold.started, facts.startedAt());
        problems.compare(id, "changed", retold.changed, facts.changedAt());
        problems.compare(id, "ended", retold.ended, facts.endedAt());
        problems.compare(id, "owner", state.owner(), facts.owner());
        problems.compare(id, "title", state.title(), facts.title());
        if (retold.isOpen()) {
            problems.compare(id, "due", state.due(), facts.dueAt());
            problems.compare(id, "paused", state.pause() != null, facts.paused());
        }
        problems.compare(
                id,
                "state",
                retold.isOpen() ? hex(CaseCodec.write(state)) : null,
                facts.state() == null ? null : hex(facts.state()));
    }

    private void compareOpen(long id, OpenRows expected, OpenRows found) {
        problems.compare(id, "tasks", expected.tasks(), found.tasks());
        problems.compare(id, "jobs", expected.jobs(), found.jobs());
        problems.compare(id, "timers", expected.timers(), found.timers());
        problems.compare(id, "subscriptions", expected.subscriptions(), found.subscriptions());
        problems.compare(id, "incidents", expected.incidents(), found.incidents());
        problems.compare(id, "bookings", expected.bookings(), found.bookings());
    }

    /** They come behind the journal, so that a case that ended a moment ago need not have them. */
    private void compareWords(long id, Retold retold, @Nullable Set<String> found) {
        Set<String> expected = Set.of();
        if (!retold.isOpen()) {
            var people = retold.steps.stream()
                    .map(StepRow::holder)
                    .filter(Objects::nonNull)
                    .toList();
            var parties = retold.steps.stream()
                    .map(StepRow::team)
                    .filter(Objects::nonNull)
                    .toList();
            var process = deployments.require(retold.state.process()).key();
            expected = FinishedWords.lexemes(id, SearchWords.ofFinished(retold.state, process, people, parties));
        }
        boolean mayBeMissing = retold.isOpen() || wordsToCome == null || wordsToCome.contains(id);
        if (found != null || !mayBeMissing) {
            problems.compare(
                    id, "finished words", new TreeSet<>(expected), found == null ? null : new TreeSet<>(found));
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
                            + " t where not exists (select from cases c where c.id = t.case_id) limit "
                            + Problems.LISTED_MAX)
                    .query(Long.class)
                    .list();
            orphans.forEach(id -> problems.add(id, "rows in " + table + ", but there is no such case"));
        }
    }

    private static Map<Integer, StepRow> byId(List<StepRow> steps) {
        var byId = new TreeMap<Integer, StepRow>();
        steps.forEach(step -> byId.put(step.id(), step));
        return byId;
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
        return HexFormat.of().formatHex(bytes);
    }
}
