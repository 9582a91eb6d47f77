package io.baton.server.journal;

import io.baton.engine.Case;
import io.baton.engine.Engine;
import io.baton.engine.Processes;
import io.baton.engine.codec.Decoder;
import io.baton.engine.codec.Words;
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

    private static final String ENTRIES = """
            select seq, (extract(epoch from at) * 1000000)::bigint as at, body
            from journal where case_id = :case and seq > :after order by seq limit :limit""";

    private static final String EACH = """
            select case_id, seq, (extract(epoch from at) * 1000000)::bigint as at, body
            from journal where case_id = any(?) order by case_id, seq""";

    /** Read from the database at once where cases are replayed one after the other. */
    private static final int ENTRIES_FETCHED = 2_000;

    private static final String AT = """
            select j.case_id, a.process, j.seq, a.at, j.body
            from (select distinct * from unnest(?::bigint[], ?::int[], ?::bigint[]) as u (case_id, process, at)) a
            join journal j on j.case_id = a.case_id
                and j.at = timestamptz 'epoch' + a.at * interval '1 microsecond'
            order by j.case_id, j.seq""";

    private final JdbcClient database;
    private final Processes processes;

    public Journal(JdbcClient database, Processes processes) {
        this.database = database;
        this.processes = processes;
    }

    /** The entries after {@code seq}, in order. */
    public List<Entry> entries(long caseId, int process, int after, int limit) {
        return database.sql(ENTRIES)
                .param("case", caseId)
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> JournalCodec.read(
                        words(process),
                        caseId,
                        row.getInt("seq"),
                        Decoder.instant(row.getLong("at")),
                        row.getBytes("body")))
                .list();
    }

    /** Of each of these cases the entries of that moment (microseconds since 1970). */
    public Map<Long, List<Entry>> at(List<Long> cases, List<Integer> processes, List<Long> micros) {
        var entries = new LinkedHashMap<Long, List<Entry>>();
        database.sql(AT)
                .param(cases.toArray(Long[]::new))
                .param(processes.toArray(Integer[]::new))
                .param(micros.toArray(Long[]::new))
                .query(row -> {
                    long id = row.getLong("case_id");
                    entries.computeIfAbsent(id, _ -> new ArrayList<>())
                            .add(JournalCodec.read(
                                    words(row.getInt("process")),
                                    id,
                                    row.getInt("seq"),
                                    Decoder.instant(row.getLong("at")),
                                    row.getBytes("body")));
                });
        return entries;
    }

    public List<Entry> all(long caseId, int process) {
        return entries(caseId, process, 0, ENTRIES_MAX);
    }

    /** The state that the journal leads to; also for cases that have ended, whose state is kept nowhere else. */
    public Case replay(long caseId, int process) {
        return Engine.replay(
                processes,
                all(caseId, process).stream()
                        .map(entry -> new Engine.Entry(entry.at(), entry.events()))
                        .toList());
    }

    /**
     * Of each of these cases, by their process, in order of the cases, how to replay it. Within a transaction no more than one
     * journal and the entries fetched with it are in memory.
     */
    public void replayEach(Map<Long, Integer> processes, BiConsumer<Long, Supplier<Case>> cases) {
        var stored = new ArrayList<Stored>();
        Runnable one = () -> {
            if (!stored.isEmpty()) {
                long id = stored.getFirst().caseId();
                var entries = List.copyOf(stored);
                stored.clear();
                cases.accept(id, () -> replay(entries, Objects.requireNonNull(processes.get(id))));
            }
        };
        database.sql(EACH)
                .param(processes.keySet().toArray(Long[]::new))
                .withFetchSize(ENTRIES_FETCHED)
                .query(row -> {
                    long id = row.getLong("case_id");
                    if (!stored.isEmpty() && stored.getFirst().caseId() != id) {
                        one.run();
                    }
                    stored.add(new Stored(id, row.getInt("seq"), row.getLong("at"), row.getBytes("body")));
                });
        one.run();
    }

    private Case replay(List<Stored> entries, int process) {
        return Engine.replay(
                processes,
                entries.stream()
                        .map(each -> each.read(words(process)))
                        .map(entry -> new Engine.Entry(entry.at(), entry.events()))
                        .toList());
    }

    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    private record Stored(long caseId, int seq, long at, byte[] body) {
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
