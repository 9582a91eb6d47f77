package io.baton.server.insight;

import io.baton.server.journal.Entry;
import io.baton.server.journal.Journal;
import io.baton.server.processes.Deployments;
import io.baton.server.pumps.Pump;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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

    /** Ended cases found at once; what is beyond is found again when their words are written. */
    private static final int ROUND_MAX = 100_000;

    /** While commands wait the loop steps back, but not for longer than this. */
    private static final Duration STEP_BACK_MAX = Duration.ofSeconds(10);

    private static final Duration STEP_BACK = Duration.ofMillis(50);

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
            order by c.id limit ?""";

    private static final String STEPS =
            "select distinct case_id, holder, team from step where case_id = any(?) and (holder, team) is distinct from (null, null)";

    /** Under the lock nobody else writes, so that no conflict is looked for: that would be a WAL record more for each row. */
    private static final String INSERT = """
            insert into finished_words (case_id, words)
            select case_id, array_to_tsvector(string_to_array(words, ' '))
            from unnest(?::bigint[], ?::text[]) as r (case_id, words)
            where not exists (select from finished_words w where w.case_id = r.case_id)""";

    private static final String SEGMENTS_BELOW = """
            with recursive segment (last) as (
                select max(case_id) from finished_words where case_id < ?
                union all
                select (select max(case_id) from finished_words where case_id < ((s.last >> %1$d) << %1$d))
                from segment s where s.last is not null)
            select last >> %1$d from segment where last is not null limit ?""".formatted(SEGMENT_BITS);

    /**
     * By the index only one word is looked for, the rarest, as it would read the whole lists of the frequent ones, too: {@code is true}
     * keeps them away from it. Materialized, or a rare word is looked for by walking through all cases from the newest.
     */
    private static final String FIND = """
            with found as materialized (
                select case_id from finished_words where words @@ ?::tsquery and (words @@ ?::tsquery) is true)
            select case_id from found order by case_id desc limit ?""";

    private record Progress(@Nullable String snapshot, long filled, boolean done) {}

    private record Ended(long id, int process) {}

    /**
     * The ended cases between two snapshots that have no words yet; {@code whole} unless there were more than one round has.
     */
    private record Round(String from, String to, boolean whole, List<Ended> rest) {
        boolean isLast() {
            return rest.size() <= BATCH;
        }

        List<Ended> batch() {
            return rest.subList(0, Math.min(BATCH, rest.size()));
        }

        Round afterBatch() {
            return new Round(from, to, whole, rest.subList(batch().size(), rest.size()));
        }
    }

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Deployments deployments;
    private final Journal journal;
    private final BooleanSupplier commandsWait;

    /** What is begun; another node may have gone on from the same snapshot, then it is dropped. */
    private volatile @Nullable Round begun;

    private long steppedBackFrom = System.nanoTime();

    public FinishedWords(
            JdbcClient database,
            TransactionTemplate transaction,
            Deployments deployments,
            Journal journal,
            BooleanSupplier commandsWait) {
        this.database = database;
        this.transaction = transaction;
        this.deployments = deployments;
        this.journal = journal;
        this.commandsWait = commandsWait;
    }

    /** A round that has begun is not held up: the next one would have to find the same cases again. */
    @Override
    public Duration tick() {
        if (begun == null
                && commandsWait.getAsBoolean()
                && System.nanoTime() - steppedBackFrom < STEP_BACK_MAX.toNanos()) {
            return STEP_BACK;
        }
        boolean all = catchUp();
        if (all) {
            steppedBackFrom = System.nanoTime();
        }
        return all ? EVERY : Duration.ZERO;
    }

    /** Writes the words of at most one batch of cases; whether there are no more. */
    public boolean catchUp() {
        var known = read(PEEK);
        if (!known.done()) {
            transaction.executeWithoutResult(_ -> fill());
            return false;
        }
        var current = begun;
        var round = current != null && current.from().equals(known.snapshot()) ? current : begin(known);
        if (round.rest().isEmpty()) {
            begun = null;
            if (from(round.to()) - from(round.from()) > TRANSACTIONS_UNSAID) {
                save(round.to(), known.filled(), true);
            }
            return round.whole();
        }
        boolean written = Boolean.TRUE.equals(transaction.execute(_ -> write(round)));
        begun = written && !round.isLast() ? round.afterBatch() : null;
        return written && round.isLast() && round.whole();
    }

    private Round begin(Progress known) {
        var now = snapshot();
        if (from(now) < from(known.snapshot())) { // restored into a database that numbers its transactions anew
            save(null, 0, false);
            return new Round(now, now, false, List.of());
        }
        var ended = now.equals(known.snapshot()) ? List.<Ended>of() : ended(known, ROUND_MAX);
        return new Round(Objects.requireNonNull(known.snapshot()), now, ended.size() < ROUND_MAX, ended);
    }

    /** Unless another node went on from the same snapshot. */
    private boolean write(Round round) {
        var known = read(LOCK);
        if (!round.from().equals(known.snapshot())) {
            return false;
        }
        write(round.batch());
        if (round.isLast() && round.whole()) {
            save(round.to(), known.filled(), true);
        }
        return true;
    }

    private void fill() {
        var known = read(LOCK);
        if (known.snapshot() == null) {
            known = new Progress(snapshot(), 0, false);
        }
        var some = ended(FILL, known.filled(), BATCH);
        write(some);
        save(known.snapshot(), some.isEmpty() ? known.filled() : some.getLast().id(), some.size() < BATCH);
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
        var processes = ended.stream().collect(Collectors.toMap(Ended::id, Ended::process));
        var ids = processes.keySet().toArray(Long[]::new);
        var had = new HashMap<Long, Parties>();
        database.sql(STEPS).param(ids).query(row -> {
            had.computeIfAbsent(row.getLong(1), _ -> new Parties()).add(row.getString(2), row.getString(3));
        });
        // all of them get a row, also one whose journal is gone: otherwise it would be found again and again
        var texts = new LinkedHashMap<Long, String>();
        processes.keySet().forEach(id -> texts.put(id, segment(id >> SEGMENT_BITS)));
        journal.each(processes, (id, entries) -> {
            var process = Objects.requireNonNull(processes.get(id));
            texts.put(id, String.join(" ", lexemes(id, process, entries, had.getOrDefault(id, new Parties()))));
        });
        database.sql(INSERT)
                .param(texts.keySet().toArray(Long[]::new))
                .param(texts.values().toArray(String[]::new))
                .update();
    }

    /** Who had a step of a case. */
    private record Parties(Set<String> people, Set<String> teams) {
        Parties() {
            this(new HashSet<>(), new HashSet<>());
        }

        void add(@Nullable String person, @Nullable String team) {
            if (person != null) {
                people.add(person);
            }
            if (team != null) {
                teams.add(team);
            }
        }
    }

    /** A case whose journal cannot be read is found by its key only; {@code verify} names it. */
    private Set<String> lexemes(long id, int process, Supplier<List<Entry>> entries, Parties had) {
        try {
            var key = deployments.require(process).key();
            var state = journal.replay(entries.get());
            return lexemes(id, SearchWords.ofFinished(state, key, had.people(), had.teams()));
        } catch (RuntimeException e) {
            log.warn("case {} cannot be replayed; it will be found by its key only", id, e);
            return Set.of(segment(id >> SEGMENT_BITS));
        }
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
    List<Long> find(SearchQuery query, SearchQuery.Word rarest, int limit) {
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
            found.addAll(database.sql(FIND)
                    .param(any(segments, rarest::tsquery))
                    .param(any(segments, query::tsquery))
                    .param(limit - found.size())
                    .query((row, _) -> row.getLong(1))
                    .list());
            below = segments.getLast() << SEGMENT_BITS;
        }
        return found;
    }

    private static String any(List<Long> segments, UnaryOperator<String> tsquery) {
        return segments.stream().map(each -> tsquery.apply(segment(each))).collect(Collectors.joining(" | "));
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
