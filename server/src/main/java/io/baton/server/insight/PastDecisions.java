package io.baton.server.insight;

import io.baton.engine.Case;
import io.baton.server.commit.UnavailableException;
import io.baton.server.insight.DecisionNotes.Decided;
import io.baton.server.journal.Entry;
import io.baton.server.journal.Journal;
import io.baton.server.processes.Deployments;
import io.baton.server.processes.Questions;
import io.baton.server.pumps.Pump;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What was decided in finished cases, to find the decisions nearest to one that is to be taken: at the same step, by what its
 * form shows. They are compared in memory; a background loop follows the {@link Picture} and writes what it found by replaying a
 * case, so that another node or the next start need not replay it again.
 */
public final class PastDecisions implements Pump.Work {

    private static final Logger log = LoggerFactory.getLogger(PastDecisions.class);

    /** Cases read at once by the loop, and by somebody who asks. */
    private static final int BATCH = 1_000;

    private static final int BATCH_ASKED = 200;

    /** A question waits so long for the loop's batch; then it is answered with what is there. */
    private static final Duration FOLLOW_WAIT_MAX = Duration.ofMillis(200);

    /** Decisions in memory; beyond that the oldest of the step with most of them are forgotten. */
    private static final int KEPT_MAX = 4_000_000;

    private static final String READ = "select case_id, decisions from past_decision where case_id = any(?)";

    private static final String INSERT = """
            insert into past_decision (case_id, decisions)
            select case_id, decisions from unnest(?::bigint[], ?::bytea[]) as r (case_id, decisions)
            on conflict do nothing""";

    /** The smaller the distance, the nearer: 0 where all that is compared is the same. */
    public record Similar(long caseId, int step, double distance, SequencedMap<String, String> inputs) {
        static final Comparator<Similar> ORDER = Comparator.comparingDouble(Similar::distance)
                .thenComparing(Comparator.comparingLong(Similar::caseId).reversed())
                .thenComparing(Comparator.comparingInt(Similar::step).reversed());
    }

    /** {@code compared}: how many decisions were at that step. */
    public record Found(List<Similar> nearest, int compared) {}

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Insight insight;
    private final Journal journal;
    private final Deployments deployments;
    private final Questions questions;
    private final DecisionNotes notes;
    private final GivesWay givesWay;
    private final Map<String, DecisionColumns> places = new HashMap<>();
    private long kept;

    /** Held while some cases are read. */
    private final ReentrantLock following = new ReentrantLock(true);

    private ClosedCases.@Nullable Mark mark;

    public PastDecisions(
            JdbcClient database,
            TransactionTemplate transaction,
            Insight insight,
            Journal journal,
            Deployments deployments,
            Questions questions,
            BooleanSupplier commandsWait) {
        this.database = database;
        this.transaction = transaction;
        this.insight = insight;
        this.journal = journal;
        this.deployments = deployments;
        this.questions = questions;
        this.givesWay = new GivesWay(commandsWait);
        this.notes = new DecisionNotes(deployments, questions);
    }

    /** A written input as people read it. */
    public static String spoken(String written) {
        return written.substring(1);
    }

    /** 0 for equal ones, at most 1. */
    public static double distance(String here, String there) {
        return DecisionColumns.distance(here, there);
    }

    // Asking

    /**
     * The nearest of all at this place, exactly, one of each case; nothing where there is nothing to compare by. Of all that are known:
     * after the first start with many finished cases the loop has still to read some.
     */
    public Found nearest(String place, SequencedMap<String, String> inputs, int limit) {
        follow();
        for (int some = 4 * limit; ; some *= 4) {
            var near = near(place, inputs, some);
            var checked = checked(near.nearest(), inputs);
            // A hash may make one look nearer than it is: whoever was left out must be farther than those who stay.
            if (near.nearest().size() < some
                    || (checked.size() >= limit
                            && isNoFarther(
                                    checked.get(limit - 1), near.nearest().getLast()))) {
                return new Found(checked.subList(0, Math.min(limit, checked.size())), near.of());
            }
        }
    }

    /** {@code of}: how many were compared. */
    private record NearOnes(List<DecisionColumns.Near> nearest, int of) {}

    private synchronized NearOnes near(String place, SequencedMap<String, String> inputs, int some) {
        var columns = places.get(place);
        return columns == null
                ? new NearOnes(List.of(), 0)
                : new NearOnes(inputs.isEmpty() ? List.of() : columns.nearest(inputs, some), columns.size());
    }

    /** So that what ended just now is among them. */
    private void follow() {
        try {
            if (following.tryLock(FOLLOW_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    var _ = take(insight.ask(reading -> reading.ended(mark, BATCH_ASKED)));
                } finally {
                    following.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted", e);
        }
    }

    private static boolean isNoFarther(Similar similar, DecisionColumns.Near last) {
        var near = new DecisionColumns.Near(similar.caseId(), similar.step(), (float) similar.distance());
        return DecisionColumns.Near.ORDER.compare(near, last) <= 0;
    }

    private List<Similar> checked(List<DecisionColumns.Near> near, SequencedMap<String, String> inputs) {
        var rows = rows(near.stream().map(DecisionColumns.Near::caseId).collect(Collectors.toSet()));
        var checked = new ArrayList<Similar>();
        for (var each : near) {
            for (var decided : rows.getOrDefault(each.caseId(), List.of())) {
                if (decided.step() == each.step()) {
                    var distance = DecisionColumns.distance(inputs, decided.inputs());
                    checked.add(new Similar(each.caseId(), each.step(), distance, decided.inputs()));
                }
            }
        }
        checked.sort(Similar.ORDER);
        var cases = new HashSet<Long>();
        checked.removeIf(each -> !cases.add(each.caseId()));
        return checked;
    }

    // Following

    @Override
    public Duration tick() {
        return givesWay.tick(this::catchUp);
    }

    /** As far as the picture has come; whether there is no more. */
    public boolean catchUp() {
        following.lock();
        try {
            return take(insight.seen(reading -> reading.ended(mark, BATCH)));
        } finally {
            following.unlock();
        }
    }

    private boolean take(ClosedCases.Added added) {
        var decisions = decisions(added);
        keep(decisions, mark != null && !mark.of().equals(added.mark().of()));
        mark = added.mark();
        return !added.more();
    }

    /** By the case, in the order in which they were added. */
    private SequencedMap<Long, List<Decided>> decisions(ClosedCases.Added added) {
        var deciding = new LinkedHashMap<Long, Integer>();
        added.processes().forEach((id, process) -> {
            if (questions.anyIn(process)) {
                deciding.put(id, process);
            }
        });
        var known = rows(deciding.keySet());
        var found = replayed(deciding, known.keySet());
        write(found);
        var decisions = new LinkedHashMap<Long, List<Decided>>();
        deciding.keySet().forEach(id -> decisions.put(id, known.getOrDefault(id, found.getOrDefault(id, List.of()))));
        return decisions;
    }

    /** {@code anew}: the picture of all cases began anew. */
    private synchronized void keep(Map<Long, List<Decided>> decisions, boolean anew) {
        if (anew) {
            places.clear();
            kept = 0;
        }
        decisions.forEach((id, decided) -> {
            for (var each : decided) {
                places.computeIfAbsent(each.place(), _ -> new DecisionColumns()).add(id, each.step(), each.inputs());
                kept++;
            }
        });
        while (kept > KEPT_MAX) {
            var most = places.values().stream()
                    .max(Comparator.comparingInt(DecisionColumns::size))
                    .orElseThrow();
            kept -= most.dropOldest();
        }
    }

    /** Those that are not known; a case without a journal has no decisions. */
    private Map<Long, List<Decided>> replayed(Map<Long, Integer> cases, Set<Long> known) {
        var missing = new LinkedHashMap<>(cases);
        missing.keySet().removeAll(known);
        var found = new LinkedHashMap<Long, List<Decided>>();
        missing.keySet().forEach(id -> found.put(id, List.of()));
        if (!missing.isEmpty()) {
            transaction.executeWithoutResult(_ ->
                    journal.each(missing, (id, entries) -> found.put(id, replayed(id, entries))));
        }
        return found;
    }

    private List<Decided> replayed(long caseId, Supplier<List<Entry>> entries) {
        try {
            var state = new Case(deployments);
            var collected = new ArrayList<Decided>();
            for (var entry : entries.get()) {
                for (var event : entry.events()) {
                    notes.note(state, event, collected);
                    state.apply(event, entry.at());
                }
            }
            return collected;
        } catch (RuntimeException e) {
            log.warn("case {} cannot be replayed; its decisions will be compared with nothing", caseId, e);
            return List.of();
        }
    }

    // Rows

    private void write(Map<Long, List<Decided>> found) {
        if (!found.isEmpty()) {
            var _ = database.sql(INSERT)
                    .param(found.keySet().toArray(Long[]::new))
                    .param(found.values().stream().map(DecisionNotes::encoded).toArray(byte[][]::new))
                    .update();
        }
    }

    private Map<Long, List<Decided>> rows(Collection<Long> cases) {
        var rows = new HashMap<Long, List<Decided>>();
        database.sql(READ).param(cases.toArray(Long[]::new)).query(row -> {
            rows.put(row.getLong(1), DecisionNotes.decoded(row.getBytes(2)));
        });
        return rows;
    }
}
