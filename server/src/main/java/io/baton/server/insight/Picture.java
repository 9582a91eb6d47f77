package io.baton.server.insight;

import io.baton.engine.CaseCodec;
import io.baton.server.processes.Deployments;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * All open cases and those that ended lately, in memory, as one snapshot of the database sees them. {@link #catchUp} brings
 * it to the snapshot of the transaction it is called in: every change of a case writes a row of the journal, and the rows
 * that the last snapshot did not see are found by their transactions. So it is exact whatever other nodes do and however
 * late a transaction commits. Confined to one thread at a time.
 */
final class Picture {

    private static final int FETCH = 2_000;

    /** Distinct texts that are shared between cases; beyond that, each case keeps its own. */
    private static final int TEXTS_MAX = 200_000;

    private static final String COLUMNS = """
            id, process_id, status, (extract(epoch from started_at) * 1000000)::bigint as started,
            (extract(epoch from ended_at) * 1000000)::bigint as ended,
            (extract(epoch from due_at) * 1000000)::bigint as due, owner, state""";

    /** The few steps at which work was sent back have an index of their own. */
    private static final String ALL = """
            select %s, r.case_id is not null as reworked from cases
            left join (select distinct case_id from step where returns > 0) r on r.case_id = id
            where ended_at is null or ended_at >= ?""".formatted(COLUMNS);

    private static final String SOME = """
            select %s, exists (select from step s where s.case_id = c.id and s.returns > 0) as reworked
            from cases c where id = any(?)""".formatted(COLUMNS);

    private static final String PAST = PastIncidents.select("i.closed_at >= ?");

    private static final String PAST_OF_SOME = PastIncidents.select("i.case_id = any(?)");

    private static final String SNAPSHOT = "select txid_current_snapshot()::text";

    private static final String CHANGED = """
            select case_id, min(seq) = 1 as begun from journal
            where tx >= ? and not txid_visible_in_snapshot(tx, ?::txid_snapshot) group by case_id""";

    private record Snapshot(String text, long from, long to) {
        static Snapshot of(String text) {
            var parts = text.split(":", -1);
            return new Snapshot(text, Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        }
    }

    private final JdbcClient database;
    private final Deployments deployments;
    private final Map<String, String> texts = new HashMap<>();
    private OpenCases open = new OpenCases();
    private ClosedCases closed = new ClosedCases();
    private final PastIncidents past = new PastIncidents();
    private @Nullable Snapshot seen;
    private Instant now = Instant.EPOCH;

    Picture(JdbcClient database, Deployments deployments) {
        this.database = database;
        this.deployments = deployments;
    }

    OpenCases open() {
        return open;
    }

    ClosedCases closed() {
        return closed;
    }

    PastIncidents past() {
        return past;
    }

    /** In a transaction that reads one snapshot. {@code horizon}: what ended before need not be known; {@code time} is now. */
    void catchUp(Instant horizon, Instant time) {
        this.now = time;
        var now = Snapshot.of(database.sql(SNAPSHOT).query(String.class).single());
        var before = seen;
        seen = null; // whatever goes wrong now, the next time begins anew
        if (before == null || now.to() < before.to()) {
            load(horizon);
        } else if (!now.text().equals(before.text())) {
            change(before);
        }
        open.merge();
        seen = now;
    }

    private void load(Instant horizon) {
        open = new OpenCases();
        closed = new ClosedCases();
        database.sql(ALL)
                .withFetchSize(FETCH)
                .param(horizon.atOffset(ZoneOffset.UTC))
                .query(this::put);
        past.clear();
        database.sql(PAST)
                .withFetchSize(FETCH)
                .param(PastIncidents.KINDS)
                .param(horizon.atOffset(ZoneOffset.UTC))
                .query(this::putPast);
    }

    private void change(Snapshot before) {
        var changed = new ArrayList<Long>();
        database.sql(CHANGED).param(before.from()).param(before.text()).query(row -> {
            long id = row.getLong("case_id");
            // A file of a case that is over may still be opened; the case is counted already.
            if (row.getBoolean("begun") || open.get(id) != null) {
                changed.add(id);
            }
        });
        for (int i = 0; i < changed.size(); i += FETCH) {
            var some = changed.subList(i, Math.min(changed.size(), i + FETCH));
            database.sql(SOME).param(some.toArray(Long[]::new)).query(this::put);
            past.forget(some);
            database.sql(PAST_OF_SOME)
                    .param(PastIncidents.KINDS)
                    .param(some.toArray(Long[]::new))
                    .query(this::putPast);
        }
    }

    private void put(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        int process = row.getInt("process_id");
        long started = row.getLong("started");
        var state = row.getBytes("state");
        if (state != null) {
            var read = CaseCodec.read(deployments, process, state);
            open.put(OpenCase.of(id, read, now, deployments, this::one).with(started, row.getBoolean("reworked")));
            return;
        }
        open.remove(id);
        long due = row.getLong("due");
        due = row.wasNull() ? OpenCase.NEVER : due;
        closed.add(
                id,
                process,
                row.getByte("status"),
                row.getBoolean("reworked"),
                one(row.getString("owner")),
                started,
                row.getLong("ended"),
                due);
    }

    private void putPast(ResultSet row) throws SQLException {
        past.put(row, this::one);
    }

    /** The same object for equal texts. */
    private String one(String text) {
        var known = texts.get(text);
        if (known != null) {
            return known;
        }
        if (texts.size() < TEXTS_MAX) {
            texts.put(text, text);
        }
        return text;
    }
}
