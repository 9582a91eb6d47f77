package io.baton.server.cases;

import io.baton.engine.IncidentKind;
import io.baton.engine.codec.Decoder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What needs a person, over all cases: the most urgent first. What was resolved is in the journals of the cases. */
public final class OpenIncidents {

    private static final String SELECT = """
            select i.case_id, i.id, i.step, i.node, i.kind, i.message, i.about, i.holder, c.process_id, c.title,
                (extract(epoch from i.raised_at) * 1000000)::bigint as raised,
                (extract(epoch from i.due_at) * 1000000)::bigint as due
            from incident i join cases c on c.id = i.case_id
            """;

    private static final String LIST = SELECT + """
            where (i.due_at, i.case_id, i.id) > (?::timestamptz, ?, ?) {more}
            order by i.due_at, i.case_id, i.id limit ?""";

    private static final String THESE = SELECT + """
            join unnest(?::bigint[], ?::int[]) as a (case_id, id) on a.case_id = i.case_id and a.id = i.id
            order by i.due_at, i.case_id, i.id""";

    private final JdbcClient database;

    public OpenIncidents(JdbcClient database) {
        this.database = database;
    }

    /** {@code process} is the version that the case runs. */
    public record Row(
            long caseId,
            int process,
            @Nullable String title,
            int id,
            int step,
            String node,
            IncidentKind kind,
            String message,
            @Nullable String about,
            Instant raisedAt,
            Instant dueAt,
            String holder) {}

    /** Where a page goes on: after the incident that is due then. */
    public record After(Instant dueAt, long caseId, int id) {
        public static final After START = new After(Instant.EPOCH, 0, 0);
    }

    /** {@code holder} and {@code kind} null mean any. */
    public List<Row> list(@Nullable String holder, @Nullable IncidentKind kind, After after, int limit) {
        var parameters =
                new ArrayList<Object>(List.of(after.dueAt().atOffset(ZoneOffset.UTC), after.caseId(), after.id()));
        var more = "";
        if (holder != null) {
            more += " and i.holder = ?";
            parameters.add(holder);
        }
        if (kind != null) {
            more += " and i.kind = ?";
            parameters.add(kind.name());
        }
        parameters.add(limit);
        return database.sql(LIST.replace("{more}", more))
                .params(parameters)
                .query((row, _) -> row(row))
                .list();
    }

    /** These incidents, by the numbers of their cases and their own; the most urgent first. */
    public List<Row> these(List<Long> cases, List<Integer> ids) {
        return database.sql(THESE)
                .param(cases.toArray(Long[]::new))
                .param(ids.toArray(Integer[]::new))
                .query((row, _) -> row(row))
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("case_id"),
                row.getInt("process_id"),
                row.getString("title"),
                row.getInt("id"),
                row.getInt("step"),
                row.getString("node"),
                IncidentKind.valueOf(row.getString("kind")),
                row.getString("message"),
                row.getString("about"),
                Decoder.instant(row.getLong("raised")),
                Decoder.instant(row.getLong("due")),
                row.getString("holder"));
    }
}
