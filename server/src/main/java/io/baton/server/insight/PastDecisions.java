package io.baton.server.insight;

import io.baton.engine.Case;
import io.baton.server.insight.DecisionNotes.Decided;
import io.baton.server.journal.Journal;
import io.baton.server.processes.Deployments;
import io.baton.server.processes.Questions;
import io.baton.server.pumps.Pump;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was decided in finished cases, to find the decisions nearest to one that is to be taken: at the same step, by what its
 * form shows. They are compared in memory; a background loop follows the {@link Picture} and writes what it found by replaying a
 * case, so that another node or the next start need not replay it again.
 */
public final class PastDecisions implements Pump.Work {

    private static final Logger log = LoggerFactory.getLogger(PastDecisions.class);

    /** Cases read at once. */
    private static final int BATCH = 1_000;

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
    private final Insight insight;
    private final Journal journal;
    private final Deployments deployments;
    private final Questions questions;
    private final DecisionNotes notes;
    private final GivesWay givesWay;
    private final Map<String, DecisionColumns> places = new HashMap<>();
    private ClosedCases.@Nullable Mark mark;
    private long kept;

    public PastDecisions(
            JdbcClient database,
            Insight insight,
            Journal journal,
            Deployments deployments,
            Questions questions,
            BooleanSupplier commandsWait) {
        this.database = database;
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

    /** The nearest of all at this place, exactly, one of each case; nothing where there is nothing to compare by. */
    public synchronized Found nearest(String place, SequencedMap<String, String> inputs, int limit) {
        var _ = take(insight.ask(reading -> reading.ended(mark, BATCH)));
        var columns = places.get(place);
        if (columns == null || inputs.isEmpty()) {
            return new Found(List.of(), columns == null ? 0 : columns.size());
        }
        for (int some = 4 * limit; ; some *= 4) {
            var near = columns.nearest(inputs, some);
            var checked = checked(near, inputs);
            // A hash may make one look nearer than it is: whoever was left out must be farther than those who stay.
            if (near.size() < some
                    || (checked.size() >= limit && isNoFarther(checked.get(limit - 1), near.getLast()))) {
                return new Found(checked.subList(0, Math.min(limit, checked.size())), columns.size());
            }
        }
    }

    private static boolean isNoFarther(Similar similar, DecisionColumns.Near last) {
        var near = new DecisionColumns.Near(similar.caseId(), similar.step(), (float) similar.distance());
        return DecisionColumns.Near.ORDER.compare(near, last) <= 0;
    }

    private List<Similar> checked(List<DecisionColumns.Near> near, SequencedMap<String, String> inputs) {
        var rows =
                rows(near.stream().map(DecisionColumns.Near::caseId).distinct().toList());
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
    public synchronized boolean catchUp() {
        return take(insight.seen(reading -> reading.ended(mark, BATCH)));
    }

    private boolean take(ClosedCases.Added added) {
        if (mark != null && !mark.of().equals(added.mark().of())) {
            places.clear(); // the picture began anew
            kept = 0;
        }
        var deciding = new LinkedHashMap<Long, Integer>();
        added.processes().forEach((id, process) -> {
            if (questions.anyIn(process)) {
                deciding.put(id, process);
            }
        });
        if (!deciding.isEmpty()) {
            var known = rows(List.copyOf(deciding.keySet()));
            var found = new LinkedHashMap<Long, List<Decided>>();
            deciding.forEach((id, process) -> {
                if (!known.containsKey(id)) {
                    found.put(id, replayed(id));
                }
            });
            write(found);
            deciding.keySet().forEach(id -> keep(id, known.getOrDefault(id, found.getOrDefault(id, List.of()))));
        }
        mark = added.mark();
        return !added.more();
    }

    private void keep(long caseId, List<Decided> decisions) {
        for (var each : decisions) {
            places.computeIfAbsent(each.place(), _ -> new DecisionColumns()).add(caseId, each.step(), each.inputs());
            kept++;
        }
        while (kept > KEPT_MAX) {
            var most = places.values().stream()
                    .max(Comparator.comparingInt(DecisionColumns::size))
                    .orElseThrow();
            kept -= most.dropOldest();
        }
    }

    private List<Decided> replayed(long caseId) {
        try {
            var state = new Case(deployments);
            var collected = new ArrayList<Decided>();
            for (var entry : journal.all(caseId)) {
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

    private Map<Long, List<Decided>> rows(List<Long> cases) {
        var rows = new HashMap<Long, List<Decided>>();
        database.sql(READ).param(cases.toArray(Long[]::new)).query(row -> {
            rows.put(row.getLong(1), DecisionNotes.decoded(row.getBytes(2)));
        });
        return rows;
    }
}
