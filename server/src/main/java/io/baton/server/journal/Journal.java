package io.baton.server.journal;

import io.baton.engine.Engine;
import io.baton.engine.Processes;
import io.baton.engine.codec.Decoder;
import io.baton.engine.codec.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the journal. Only the committer writes it. */
public final class Journal {

    /** Entries read at once where a whole journal is needed: a case with more is read in pieces. */
    private static final int ENTRIES_MAX = 100_000;

    private static final String ENTRIES = """
            select seq, (extract(epoch from at) * 1000000)::bigint as at, body,
                coalesce(
                    (select m.process_from from migration m
                        where m.case_id = j.case_id and m.seq > j.seq order by m.seq limit 1),
                    (select c.process_id from cases c where c.id = j.case_id)) as process_id
            from journal j where case_id = :case and seq > :after order by seq limit :limit""";

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

    /** The entries after {@code seq}, in order; each is read with the words of the version that the case was in then. */
    public List<Entry> entries(long caseId, int after, int limit) {
        return database.sql(ENTRIES)
                .param("case", caseId)
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> JournalCodec.read(
                        words(row.getInt("process_id")),
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

    public List<Entry> all(long caseId) {
        return entries(caseId, 0, ENTRIES_MAX);
    }

    /** The state that the journal leads to; also for cases that have ended, whose state is kept nowhere else. */
    public io.baton.engine.Case replay(long caseId) {
        return Engine.replay(
                processes,
                all(caseId).stream()
                        .map(entry -> new Engine.Entry(entry.at(), entry.events()))
                        .toList());
    }

    private Words words(int process) {
        var model = processes.model(process);
        if (model == null) {
            throw new IllegalStateException("process version " + process + " is not deployed");
        }
        return model.words();
    }
}
