package io.baton.server.cases;

import io.baton.engine.IncidentKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How much trouble there was in a period, by kind, and how long it took to end it. */
public final class IncidentMeasures {

    /** What was open in the period: closed in it or later, or not at all. */
    private static final String THERE = """
            with there as (
                select case_id, id, node, about, kind, raised_at, closed_at, cause
                from incident_closed
                where closed_at >= :from and raised_at < :to and process_id = any(:processes)
                union all
                select i.case_id, i.id, i.node, i.about, i.kind, i.raised_at, null, null
                from incident i join cases c on c.id = i.case_id
                where i.raised_at < :to and c.process_id = any(:processes))
            """;

    private static final String BY_KIND = THERE + """
            select kind,
                count(*) filter (where raised_at >= :from) as raised,
                count(*) filter (where closed_at is null or closed_at >= :to) as open,
                count(*) filter (where closed_at < :to) as closed,
                percentile_cont(array[0.5, 0.85]) within group (
                    order by extract(epoch from closed_at - raised_at)::double precision * 1000000)
                    filter (where closed_at < :to) as took,
                count(*) filter (where raised_at >= :from and exists (
                    select from incident_closed before
                    where before.case_id = there.case_id and before.id < there.id and before.kind = there.kind
                        and before.node = there.node and before.about is not distinct from there.about)) as repeated
            from there group by kind order by kind""";

    private static final String CAUSES = THERE + """
            select kind, cause, count(*) from there where closed_at < :to group by kind, cause order by count(*) desc, cause""";

    private final JdbcClient database;

    public IncidentMeasures(JdbcClient database) {
        this.database = database;
    }

    /**
     * {@code raised} and {@code closed} in the period; {@code open} at its end. {@code median} and {@code p85} of how long
     * those that closed were open; null where none did. {@code repeated}: of those raised, how many came after another of the
     * kind at the same place of the same case. {@code causes}: the commands that closed them, and how many each.
     */
    public record Measure(
            IncidentKind kind,
            long raised,
            long open,
            long closed,
            @Nullable Duration median,
            @Nullable Duration p85,
            long repeated,
            Map<String, Long> causes) {}

    /** From the first moment up to and without the last, over cases that run one of these versions. */
    public List<Measure> measure(Instant from, Instant to, List<Integer> processes) {
        var causes = new LinkedHashMap<String, Map<String, Long>>();
        asked(CAUSES, from, to, processes).query(row -> {
            causes.computeIfAbsent(row.getString(1), _ -> new LinkedHashMap<>()).put(row.getString(2), row.getLong(3));
        });
        return asked(BY_KIND, from, to, processes)
                .query((row, _) -> measure(row, causes.getOrDefault(row.getString("kind"), Map.of())))
                .list();
    }

    private JdbcClient.StatementSpec asked(String sql, Instant from, Instant to, List<Integer> processes) {
        return database.sql(sql)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .param("processes", processes.toArray(Integer[]::new));
    }

    private static Measure measure(ResultSet row, Map<String, Long> causes) throws SQLException {
        var array = row.getArray("took");
        var took = array == null ? new Double[] {null, null} : (Double[]) array.getArray();
        return new Measure(
                IncidentKind.valueOf(row.getString("kind")),
                row.getLong("raised"),
                row.getLong("open"),
                row.getLong("closed"),
                micros(took[0]),
                micros(took[1]),
                row.getLong("repeated"),
                causes);
    }

    private static @Nullable Duration micros(@Nullable Double micros) {
        return micros == null ? null : Duration.of(Math.round(micros), ChronoUnit.MICROS);
    }
}
