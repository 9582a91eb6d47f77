package io.baton.server.journal;

import io.baton.engine.Case;
import io.baton.engine.Engine;
import io.baton.engine.Processes;
import io.baton.engine.codec.Decoder;
import io.baton.engine.codec.Words;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the journal. Only the committer writes it. */
public final class Journal {

    /** Entries read at once where a whole journal is needed: a case with more is read in pieces. */
    private static final int ENTRIES_MAX = 100_000;

    /** Each row of a case says the same of its versions, which is asked once: none of it depends on the entry. */
    private static final String ENTRIES = """
            select seq, (extract(epoch from at) * 1000000)::bigint as at, body,
                (select c.process_id from cases c where c.id = :case) as process_id,
                (select array_agg(array[m.seq, m.process_from] order by m.seq) from migration m
                    where m.case_id = :case) as migrations
            from journal where case_id = :case and seq > :after order by seq limit :limit""";

    private static final String EACH = """
            select j.case_id, j.seq, (extract(epoch from j.at) * 1000000)::bigint as at, j.body, m.migrations
            from journal j left join (
                select case_id, array_agg(array[seq, process_from] order by seq) as migrations
                from migration where case_id = any(?) group by case_id) m on m.case_id = j.case_id
            where j.case_id = any(?) order by j.case_id, j.seq""";

    /** Read from the database at once where cases are replayed one after the other. */
    private static final int ENTRIES_FETCHED = 2_000;

    private static final String AT = """
            select j.case_id, j.seq, a.at, j.body, c.process_id,
                (select array_agg(array[m.seq, m.process_from] order by m.seq) from migration m
                    where m.case_id = c.id) as migrations
            from (select distinct * from unnest(?::bigint[], ?::bigint[]) as u (case_id, at)) a
            join cases c on c.id = a.case_id
            join journal j on j.case_id = a.case_id
                and j.at = timestamptz 'epoch' + a.at * interval '1 microsecond'
            order by j.case_id, j.seq""";

    private final JdbcClient database;
    private final Processes processes;

    public Journal(JdbcClient database, Processes processes) {
        this.database = database;
        this.processes = processes;
    }

    /** The entries after {@code seq}, in order; each is read with the words of the version that the case was in then. */
    public List<Entry> entries(long caseId, int after, int limit) {
        return database.sql(ENTRIES)
                .param("case", caseId)
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> entry(caseId, row))
                .list();
    }

    /** Of each of these cases the entries of that moment (microseconds since 1970). */
    public Map<Long, List<Entry>> at(List<Long> cases, List<Long> micros) {
        var entries = new LinkedHashMap<Long, List<Entry>>();
        database.sql(AT)
                .param(cases.toArray(Long[]::new))
                .param(micros.toArray(Long[]::new))
                .query(row -> {
                    long id = row.getLong("case_id");
                    entries.computeIfAbsent(id, _ -> new ArrayList<>()).add(entry(id, row));
                });
        return entries;
    }

    private Entry entry(long caseId, ResultSet row) throws SQLException {
        int seq = row.getInt("seq");
        return JournalCodec.read(
                words(process(row, seq, row.getInt("process_id"))),
                caseId,
                seq,
                Decoder.instant(row.getLong("at")),
                row.getBytes("body"));
    }

    /** Entries before a migration are written in the version that it left, those after the last in the case's {@code own}. */
    private static int process(ResultSet row, int seq, int own) throws SQLException {
        var migrations = row.getArray("migrations");
        if (migrations != null) {
            for (var migration : (Integer[][]) migrations.getArray()) {
                if (migration[0] > seq) {
                    return migration[1];
                }
            }
        }
        return own;
    }

    public List<Entry> all(long caseId) {
        return entries(caseId, 0, ENTRIES_MAX);
    }

    /** The state that the journal leads to; also for cases that have ended, whose state is kept nowhere else. */
    public Case replay(long caseId) {
        return replay(all(caseId));
    }

    /** The state that these entries, from the first on, lead to. */
    public Case replay(List<Entry> entries) {
        return Engine.replay(
                processes,
                entries.stream()
                        .map(entry -> new Engine.Entry(entry.at(), entry.events()))
                        .toList());
    }

    /**
     * Of each of these cases, by the process that it is in now, in order of the cases, how to read its entries. Within a transaction no
     * more than one journal and the entries fetched with it are in memory.
     */
    public void each(Map<Long, Integer> processes, BiConsumer<Long, Supplier<List<Entry>>> cases) {
        var stored = new ArrayList<Stored>();
        Runnable one = () -> {
            if (!stored.isEmpty()) {
                long id = stored.getFirst().caseId();
                var entries = List.copyOf(stored);
                stored.clear();
                cases.accept(
                        id,
                        () -> entries.stream()
                                .map(each -> each.read(words(each.process())))
                                .toList());
            }
        };
        var ids = processes.keySet().toArray(Long[]::new);
        database.sql(EACH).param(ids).param(ids).withFetchSize(ENTRIES_FETCHED).query(row -> {
            long id = row.getLong("case_id");
            if (!stored.isEmpty() && stored.getFirst().caseId() != id) {
                one.run();
            }
            int seq = row.getInt("seq");
            int process = process(row, seq, Objects.requireNonNull(processes.get(id)));
            stored.add(new Stored(id, seq, process, row.getLong("at"), row.getBytes("body")));
        });
        one.run();
    }

    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    private record Stored(long caseId, int seq, int process, long at, byte[] body) {
        Entry read(Words words) {
            return JournalCodec.read(words, caseId, seq, Decoder.instant(at), body);
        }
    }

    private Words words(int process) {
        var model = processes.model(process);
        if (model == null) {
            throw new IllegalStateException("process version " + process + " is not deployed");
        }
        return model.words();
    }
}
