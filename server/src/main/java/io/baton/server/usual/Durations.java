package io.baton.server.usual;

import io.baton.engine.model.FlowNode;
import io.baton.server.processes.Deployments;
import io.baton.server.pumps.Pump;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How long the steps of each process usually take from opening to completion, on the wall clock, over all versions of the
 * process. One node counts them anew from time to time; all nodes read the table {@code usual_duration}. Beyond {@link
 * #ROWS_MAX} steps a sample of the table's pages is counted, so that a count never costs more.
 */
public final class Durations implements Pump.Work {

    /** Fewer steps say nothing of what is usual. */
    public static final int OBSERVATIONS_MIN = 20;

    /** About as many steps are read for a count. */
    static final int ROWS_MAX = 300_000;

    /** So many of the cases counted can be looked at. */
    public static final int CASES_MAX = 200;

    /** Counts are at least so far apart... */
    static final Duration COUNT_EVERY_MIN = Duration.ofMinutes(10);

    /** ...and this many times as long as the last one took. */
    private static final int REST_PER_COUNT = 50;

    /** For this long a count of another node may go unseen. */
    private static final Duration POLL = Duration.ofMinutes(1);

    /** Of a loop only the instances, which somebody has held, not the loop around them. */
    private static final String COUNT = """
            insert into usual_duration (process, node, n, p50, p85, p95, computed_at, recent, slowest)
            select process, node, n, p[1]::bigint, p[2]::bigint, p[3]::bigint, ?, recent, slowest
            from (
                select v.process, v.id as node, count(*) as n,
                    percentile_cont(array[0.5, 0.85, 0.95]) within group
                        (order by extract(epoch from s.left_at - s.entered_at)::double precision * 1000000) as p,
                    (array_agg(s.case_id order by s.left_at desc))[1:{cases}] as recent,
                    (array_agg(s.case_id order by s.left_at - s.entered_at desc))
                        [1:least({cases}, greatest(1, count(*) * 15 / 100))] as slowest
                from step s {sample}
                join unnest(?::int[], ?::smallint[], ?::text[], ?::text[], ?::boolean[])
                    as v (process_id, node, process, id, held) on v.process_id = s.process_id and v.node = s.node
                where s.outcome = 1 and (s.holder is not null or not v.held)
                group by v.process, v.id
                having count(*) >= ?) counted""";

    /** Held until the end of the transaction. */
    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtext('usual_duration'))";

    private static final String STEPS =
            "select greatest(reltuples, 0)::bigint from pg_class where oid = 'step'::regclass";

    private static final String READ = "select process, node, n, p50, p85, p95, computed_at from usual_duration";

    private static final String CASES = "select {which} from usual_duration where process = ? and node = ?";

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Deployments deployments;
    private final Clock clock;
    private volatile @Nullable Known known;
    private Instant countAgainAt = Instant.EPOCH;

    public Durations(JdbcClient database, TransactionTemplate transaction, Deployments deployments, Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.deployments = deployments;
        this.clock = clock;
    }

    /** {@code p95}: 95 of 100 such steps took no longer. Counted from {@code n} of them. */
    public record Usual(
            String process, String node, long n, Duration p50, Duration p85, Duration p95, Instant computedAt) {}

    private record Place(String process, String node) {}

    private record Known(Map<Place, Usual> usual) {}

    /** Null while fewer than {@link #OBSERVATIONS_MIN} steps at that node are over. From memory. */
    public @Nullable Usual of(String process, String node) {
        var found = known;
        if (found == null) {
            found = read();
        }
        return found.usual.get(new Place(process, node));
    }

    /** All that is known. */
    public List<Usual> all() {
        return List.copyOf(read().usual.values());
    }

    /**
     * Of the cases behind {@link #of}, at most {@link #CASES_MAX} of the steps counted: the last in which it was done, or,
     * {@code slowest}, of the 15 of 100 in which it took longest those that took longest of all.
     */
    public Set<Long> cases(String process, String node, boolean slowest) {
        return database.sql(CASES.replace("{which}", slowest ? "slowest" : "recent"))
                .param(process)
                .param(node)
                .query((row, _) -> Set.copyOf(List.of((Long[]) row.getArray(1).getArray())))
                .optional()
                .orElse(Set.of());
    }

    /** As the engine asks for it. */
    public @Nullable Duration p95(String process, String node) {
        var usual = of(process, node);
        return usual == null ? null : usual.p95;
    }

    @Override
    public Duration tick() {
        if (!clock.instant().isBefore(countAgainAt)) {
            count();
        }
        var _ = read();
        return POLL;
    }

    /** By one node at a time; what another has just counted is not counted again. */
    private void count() {
        var began = System.nanoTime();
        transaction.executeWithoutResult(_ -> {
            var now = clock.instant();
            if (database.sql(LOCK).query(Boolean.class).single() && !isFresh(now)) {
                database.sql("delete from usual_duration").update();
                insert(now);
            }
        });
        var rest = Duration.ofNanos(System.nanoTime() - began).multipliedBy(REST_PER_COUNT);
        countAgainAt = clock.instant().plus(rest.compareTo(COUNT_EVERY_MIN) > 0 ? rest : COUNT_EVERY_MIN);
    }

    private boolean isFresh(Instant now) {
        return read().usual.values().stream()
                .anyMatch(usual -> usual.computedAt.isAfter(now.minus(COUNT_EVERY_MIN.dividedBy(2))));
    }

    private void insert(Instant now) {
        var processes = new ArrayList<Integer>();
        var nodes = new ArrayList<Integer>();
        var keys = new ArrayList<String>();
        var ids = new ArrayList<String>();
        var held = new ArrayList<Boolean>();
        for (int process : deployments.ids()) {
            var model = deployments.requireModel(process);
            for (var node : model.nodes()) {
                processes.add(process);
                nodes.add(node.index());
                keys.add(model.key());
                ids.add(node.id());
                held.add(node instanceof FlowNode.UserTask);
            }
        }
        database.sql(COUNT.replace("{sample}", sample()).replace("{cases}", Integer.toString(CASES_MAX)))
                .param(now.atOffset(ZoneOffset.UTC))
                .param(processes.toArray(Integer[]::new))
                .param(nodes.toArray(Integer[]::new))
                .param(keys.toArray(String[]::new))
                .param(ids.toArray(String[]::new))
                .param(held.toArray(Boolean[]::new))
                .param(OBSERVATIONS_MIN)
                .update();
    }

    private String sample() {
        long steps = database.sql(STEPS).query(Long.class).single();
        return steps <= ROWS_MAX ? "" : "tablesample system (" + 100.0 * ROWS_MAX / steps + ")";
    }

    private Known read() {
        var usual = new LinkedHashMap<Place, Usual>();
        database.sql(READ)
                .query((row, _) -> usual(row))
                .list()
                .forEach(each -> usual.put(new Place(each.process, each.node), each));
        var fresh = new Known(usual);
        known = fresh;
        return fresh;
    }

    private static Usual usual(ResultSet row) throws SQLException {
        return new Usual(
                row.getString("process"),
                row.getString("node"),
                row.getLong("n"),
                micros(row.getLong("p50")),
                micros(row.getLong("p85")),
                micros(row.getLong("p95")),
                row.getTimestamp("computed_at").toInstant());
    }

    private static Duration micros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
