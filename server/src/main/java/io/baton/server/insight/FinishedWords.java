package io.baton.server.insight;

import io.baton.server.journal.Journal;
import io.baton.server.processes.Deployments;
import io.baton.server.pumps.Pump;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The words of finished cases in the database. A background loop writes them behind the journal, once for each case after it
 * has ended, so that no command waits for it; one node at a time, by the lock of the row of progress.
 */
public final class FinishedWords implements Pump.Work {

    private static final Logger log = LoggerFactory.getLogger(FinishedWords.class);

    static final int SEGMENT_BITS = 14;

    /** In one transaction. */
    private static final int BATCH = 1_000;

    private static final Duration EVERY = Duration.ofSeconds(2);

    /** Without finished cases, progress is written down after so many transactions. */
    private static final int TRANSACTIONS_UNSAID = 1_000;

    /** Segments asked at once: the newest alone, then so many. */
    private static final int SEGMENTS = 8;

    private static final String LOCK = "select snapshot, filled, done from finished_words_progress for update";

    private static final String PEEK = "select snapshot, filled, done from finished_words_progress";

    private static final String FILL =
            "select id, process_id from cases where id > ? and ended_at is not null order by id limit ?";

    private static final String CHANGED = """
            select distinct case_id from journal
            where tx >= ? and not txid_visible_in_snapshot(tx, ?::txid_snapshot)""";

    private static final String ENDED = """
            select c.id, c.process_id from cases c
            where c.id = any(?) and c.ended_at is not null
                and not exists (select from finished_words w where w.case_id = c.id)
            limit ?""";

    private static final String STEPS = """
            select case_id, 'p', holder from step where case_id = any(?) and holder is not null
            union select case_id, 't', team from step where case_id = any(?) and team is not null""";

    private static final String INSERT = """
            insert into finished_words (case_id, words)
            select case_id, array_to_tsvector(string_to_array(words, ' '))
            from unnest(?::bigint[], ?::text[]) as r (case_id, words)
            on conflict do nothing""";

    private static final String SEGMENTS_BELOW = """
            with recursive segment (last) as (
                select max(case_id) from finished_words where case_id < ?
                union all
                select (select max(case_id) from finished_words where case_id < ((s.last >> %1$d) << %1$d))
                from segment s where s.last is not null)
            select last >> %1$d from segment where last is not null limit ?""".formatted(SEGMENT_BITS);

    private static final String FIND =
            "select case_id from finished_words where words @@ ?::tsquery order by case_id desc limit ?";

    private record Progress(@Nullable String snapshot, long filled, boolean done) {}

    private record Ended(long id, int process) {}

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Deployments deployments;
    private final Journal journal;

    public FinishedWords(
            JdbcClient database, TransactionTemplate transaction, Deployments deployments, Journal journal) {
        this.database = database;
        this.transaction = transaction;
        this.deployments = deployments;
        this.journal = journal;
    }

    @Override
    public Duration tick() {
        return catchUp() ? EVERY : Duration.ZERO;
    }

    /** Writes the words of at most one batch of cases; whether there are no more. */
    public boolean catchUp() {
        var now = snapshot();
        var known = read(PEEK);
        if (known.done() && (now.equals(known.snapshot()) || ended(known, 1).isEmpty())) {
            if (from(now) - from(known.snapshot()) > TRANSACTIONS_UNSAID) {
                save(now, known.filled(), true);
            }
            return true;
        }
        return Objects.requireNonNull(transaction.execute(_ -> batch()));
    }

    private String snapshot() {
        return database.sql("select txid_current_snapshot()::text")
                .query(String.class)
                .single();
    }

    private static long from(@Nullable String snapshot) {
        return snapshot == null ? 0 : Long.parseLong(snapshot.substring(0, snapshot.indexOf(':')));
    }

    private Progress read(String sql) {
        return database.sql(sql)
                .query((row, _) -> new Progress(row.getString(1), row.getLong(2), row.getBoolean(3)))
                .single();
    }

    private void save(@Nullable String snapshot, long filled, boolean done) {
        database.sql("update finished_words_progress set snapshot = ?, filled = ?, done = ?")
                .param(snapshot)
                .param(filled)
                .param(done)
                .update();
    }

    private boolean batch() {
        var before = read(LOCK);
        var now = snapshot();
        if (before.snapshot() == null || from(now) < from(before.snapshot())) {
            before = new Progress(now, 0, false); // new, or restored into a database that numbers its transactions anew
        }
        if (!before.done()) {
            var some = ended(FILL, before.filled(), BATCH);
            write(some);
            var filled = some.isEmpty() ? before.filled() : some.getLast().id();
            save(before.snapshot(), filled, some.size() < BATCH);
            return false;
        }
        var some = ended(before, BATCH);
        write(some);
        var all = some.size() < BATCH;
        save(all ? now : before.snapshot(), before.filled(), true);
        return all;
    }

    private List<Ended> ended(Progress known, int limit) {
        var changed = database.sql(CHANGED)
                .param(from(known.snapshot()))
                .param(known.snapshot())
                .query((row, _) -> row.getLong(1))
                .list();
        return changed.isEmpty() ? List.of() : ended(ENDED, changed.toArray(Long[]::new), limit);
    }

    private List<Ended> ended(String sql, Object... parameters) {
        return database.sql(sql)
                .params(List.of(parameters))
                .query((row, _) -> new Ended(row.getLong(1), row.getInt(2)))
                .list();
    }

    private void write(List<Ended> ended) {
        if (ended.isEmpty()) {
            return;
        }
        var had = new HashMap<Long, List<String>>();
        var ids = ended.stream().map(Ended::id).toArray(Long[]::new);
        database.sql(STEPS).param(ids).param(ids).query(row -> {
            had.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>()).add(row.getString(2) + row.getString(3));
        });
        var texts = new ArrayList<String>();
        for (var each : ended) {
            texts.add(String.join(" ", lexemes(each, had.getOrDefault(each.id(), List.of()))));
        }
        database.sql(INSERT).param(ids).param(texts.toArray(String[]::new)).update();
    }

    /** A case whose journal cannot be read is found by its key only; {@code verify} names it. */
    private Set<String> lexemes(Ended ended, List<String> had) {
        try {
            var state = journal.replay(ended.id());
            var process = deployments.require(ended.process()).key();
            var words = SearchWords.ofFinished(state, process, beginningWith('p', had), beginningWith('t', had));
            return lexemes(ended.id(), words);
        } catch (RuntimeException e) {
            log.warn("case {} cannot be replayed; it will be found by its key only", ended.id(), e);
            return Set.of(segment(ended.id() >> SEGMENT_BITS));
        }
    }

    private static List<String> beginningWith(char kind, List<String> had) {
        return had.stream()
                .filter(each -> each.charAt(0) == kind)
                .map(each -> each.substring(1))
                .toList();
    }

    /** As the row of the case has them. */
    public static Set<String> lexemes(long caseId, SequencedSet<String> words) {
        var segment = segment(caseId >> SEGMENT_BITS);
        return words.stream().map(word -> segment + word).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String segment(long segment) {
        return Long.toString(segment, Character.MAX_RADIX) + "|";
    }

    /** The newest first: cases that have, for each word of the query, one of what it may mean. */
    List<Long> find(SearchQuery query, int limit) {
        var found = new ArrayList<Long>();
        var below = Long.MAX_VALUE;
        for (int some = 1; found.size() < limit; some = SEGMENTS) {
            var segments = database.sql(SEGMENTS_BELOW)
                    .param(below)
                    .param(some)
                    .query((row, _) -> row.getLong(1))
                    .list();
            if (segments.isEmpty()) {
                break;
            }
            var asked =
                    segments.stream().map(each -> query.tsquery(segment(each))).collect(Collectors.joining(" | "));
            found.addAll(database.sql(FIND)
                    .param(asked)
                    .param(limit - found.size())
                    .query((row, _) -> row.getLong(1))
                    .list());
            below = segments.getLast() << SEGMENT_BITS;
        }
        return found;
    }

    /** Of finished cases that the loop need not have reached yet; null for all of them. */
    public @Nullable Set<Long> notYet() {
        var known = read(PEEK);
        return !known.done()
                ? null
                : Set.copyOf(
                        ended(known, Integer.MAX_VALUE).stream().map(Ended::id).toList());
    }

    /** For tests and restored databases: what each row has, by case. */
    public Map<Long, Set<String>> rows(long from, long to) {
        var rows = new HashMap<Long, Set<String>>();
        database.sql("select case_id, tsvector_to_array(words) from finished_words where case_id between ? and ?")
                .param(from)
                .param(to)
                .query(row -> {
                    rows.put(row.getLong(1), Set.of((String[]) row.getArray(2).getArray()));
                });
        return rows;
    }
}
