package io.baton.server.insight;

import io.baton.engine.IncidentKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Incidents that are over and that said, while they were open, that a case would not make its date or that nobody had a step
 * of it: what was usual is counted from them. By case, because what changes in a case brings all of its own anew.
 */
final class PastIncidents {

    /** Times in microseconds; {@code due} is the case's, {@link OpenCase#NEVER} where it has none. */
    record Past(int process, String owner, long due, boolean orphaned, long from, long until) {}

    interface Reader {
        void read(long id, Past past);
    }

    /** More than a hint: the kinds by which a case is at risk. */
    static final String[] KINDS = Stream.of(IncidentKind.values())
            .filter(kind -> kind.severity() != IncidentKind.Severity.LOW)
            .map(Enum::name)
            .toArray(String[]::new);

    /** Of the table {@code cases c}, which {@code where} narrows. */
    static String select(String where) {
        return """
                select c.id, c.process_id, c.owner, (extract(epoch from c.due_at) * 1000000)::bigint as due, i.kind,
                    (extract(epoch from i.raised_at) * 1000000)::bigint as raised,
                    (extract(epoch from i.closed_at) * 1000000)::bigint as closed
                from incident_closed i join cases c on c.id = i.case_id where i.kind = any(?) and %s""".formatted(where);
    }

    private final Map<Long, List<Past>> byCase = new HashMap<>();

    void forget(Collection<Long> ids) {
        byCase.keySet().removeAll(ids);
    }

    void clear() {
        byCase.clear();
    }

    void put(ResultSet row, UnaryOperator<String> one) throws SQLException {
        long due = row.getLong("due");
        due = row.wasNull() ? OpenCase.NEVER : due;
        byCase.computeIfAbsent(row.getLong("id"), _ -> new ArrayList<>(1))
                .add(new Past(
                        row.getInt("process_id"),
                        one.apply(row.getString("owner")),
                        due,
                        row.getString("kind").equals(IncidentKind.ORPHANED.name()),
                        row.getLong("raised"),
                        row.getLong("closed")));
    }

    void each(Reader reader) {
        byCase.forEach((id, all) -> all.forEach(past -> reader.read(id, past)));
    }
}
