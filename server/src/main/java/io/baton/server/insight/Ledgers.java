package io.baton.server.insight;

import io.baton.engine.Engine;
import io.baton.engine.Ledger;
import io.baton.engine.Ledger.Charge;
import io.baton.engine.Roster;
import io.baton.server.journal.Entry;
import io.baton.server.journal.Journal;
import io.baton.server.processes.Deployments;
import io.baton.server.pumps.Pump;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who answers for the time of cases. An open case's ledger is read from its journal; a finished one's is written down once, when
 * somebody first asks for it or for a period in which it is, so that those of a period are added up by the database. Where that
 * are many a loop writes them.
 */
public final class Ledgers implements Pump.Work {

    private static final Logger log = LoggerFactory.getLogger(Ledgers.class);

    /** Stands for no party in a filter: waiting, gaps and pauses are nobody's work. */
    public static final String NO_PARTY = "-";

    /** Ledgers that one question writes; with more to come the loop does, and it has to be asked again. */
    private static final int MISSING_MAX = 2_000;

    /** In one transaction. */
    private static final int BATCH = 500;

    private static final String NOT_WRITTEN =
            " and not exists (select from finished_ledger l where l.case_id = c.id) order by c.id limit ?";

    private static final String MISSING = """
            select c.id, c.process_id, c.ended_at from cases c
            where c.ended_at >= ? and c.ended_at < ? and c.process_id = any(?)""" + NOT_WRITTEN;

    private static final String INSERT = """
            insert into finished_ledger
                (case_id, process_id, ended_at, waiting_per_day, holders, parties, elapsed, working)
            values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""";

    private static final String READ = """
            select case_id, process_id, ended_at, waiting_per_day, holders, parties, elapsed, working
            from finished_ledger where case_id between ? and ?""";

    /**
     * Each charge of the period that the filter lets through, with what it cost. {@code of_party} and {@code of_case} are 1 at
     * the first charge of a party in a case, and of the case, so that sums of them count cases.
     */
    private static final String CHARGED = """
            with charged as (
                select l.case_id, l.ended_at, l.process_id, p.key, p.currency, c.holder, c.party, c.elapsed, c.working,
                    round(coalesce(h.rate_per_hour, 0) * c.working / 3600000000, 2) as work,
                    round(coalesce(t.cost_per_day, 0) * c.elapsed / 86400000000, 2) as outside,
                    round(coalesce(l.waiting_per_day, 0) * c.elapsed / 86400000000, 2) as waiting,
                    (:holder::text is not null or array_position(l.parties, c.party) = c.place)::int as of_party,
                    (case when :holder::text is null then
                            case when :party::text is null then c.place = 1
                                else array_position(l.parties, c.party) = c.place end
                        else :party::text is not null or array_position(l.holders, c.holder) = c.place end)::int as of_case
                from finished_ledger l
                join unnest(:processes::int[], :keys::text[], :currencies::text[]) as p (id, key, currency)
                    on p.id = l.process_id
                cross join lateral unnest(l.holders, l.parties, l.elapsed, l.working)
                    with ordinality as c (holder, party, elapsed, working, place)
                left join person h on h.id = c.holder
                left join team t on t.key = c.party
                where l.ended_at >= :from and l.ended_at < :to
                    and (:party::text is null or coalesce(c.party, '-') = :party)
                    and (:holder::text is null or c.holder = :holder))
            """;

    private static final String COSTS = "sum(elapsed) as elapsed, sum(working) as working, sum(work) as work,"
            + " sum(outside) as outside, sum(waiting) as waiting";

    /** The kinds of sums are told apart by what they are not grouped by. */
    private static final String SUMS = CHARGED + """
            select grouping(key, party, holder, currency) as kind, key, party, holder, currency, %s,
                sum(of_party) as of_party, sum(of_case) as of_case, count(*) as charges
            from charged
            group by grouping sets ((currency, party, holder), (currency, party), (currency, key), ())
            order by sum(elapsed) desc nulls last""".formatted(COSTS);

    private static final int PEOPLE = 0b1000;
    private static final int PARTIES = 0b1010;
    private static final int PROCESSES = 0b0110;

    private static final String CASES = CHARGED + """
            select case_id, process_id, ended_at, currency, %s from charged
            group by case_id, process_id, ended_at, currency
            having :after::bigint is null or (sum(elapsed), case_id) < (:elapsed::numeric, :after::bigint)
            order by sum(elapsed) desc, case_id desc limit :limit""".formatted(COSTS);

    /** The ledger of one case; {@code until} is the end of the time that it charges. */
    public record Of(
            long caseId,
            int process,
            Instant until,
            @Nullable BigDecimal waitingPerDay,
            List<Charge> charges) {

        public Duration elapsed() {
            return charges.stream().map(Charge::elapsed).reduce(Duration.ZERO, Duration::plus);
        }
    }

    /** Which charges: of these versions' cases that ended from the first moment up to and without the last. */
    public record Filter(
            Instant from,
            Instant to,
            List<Version> versions,
            @Nullable String party,
            @Nullable String holder) {}

    /** {@code key} of the process; {@code currency} in which its waiting is counted. */
    public record Version(int id, String key, @Nullable String currency) {}

    public record Amounts(
            Duration elapsed, Duration working, BigDecimal work, BigDecimal outside, BigDecimal waiting) {}

    /** What it is the sum of is null in the other kinds of sums. */
    public record Sum(
            @Nullable String process,
            @Nullable String party,
            @Nullable String holder,
            @Nullable String currency,
            long cases,
            Amounts amounts) {}

    /** Where most time went comes first. */
    public record Sums(long cases, List<Sum> people, List<Sum> parties, List<Sum> processes) {}

    public record OfCase(
            long caseId,
            int process,
            Instant endedAt,
            @Nullable String currency,
            Amounts amounts) {}

    private record Ended(long id, int process, Instant at) {}

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Journal journal;
    private final Deployments deployments;
    private final Supplier<Roster> roster;
    private final GivesWay givesWay;

    /** What somebody asked for when too many ledgers of it were not written yet. */
    private volatile @Nullable Filter asked;

    public Ledgers(
            JdbcClient database,
            TransactionTemplate transaction,
            Journal journal,
            Deployments deployments,
            Supplier<Roster> roster,
            BooleanSupplier commandsWait) {
        this.database = database;
        this.transaction = transaction;
        this.journal = journal;
        this.deployments = deployments;
        this.roster = roster;
        this.givesWay = new GivesWay(commandsWait);
    }

    // Asking

    /** Of a case that ended then, or is open. */
    public Of of(long id, int process, @Nullable Instant endedAt, Instant now) {
        if (endedAt == null) {
            return counted(id, process, journal.all(id), now);
        }
        return find(id).orElseGet(() -> {
            var of = counted(id, process, journal.all(id), endedAt);
            write(of);
            return find(id).orElse(of); // another node may have been faster
        });
    }

    /** Empty where too many ledgers are not written yet. */
    public Optional<Sums> sums(Filter filter) {
        return isWritten(filter) ? Optional.of(read(filter)) : Optional.empty();
    }

    /** Where a page goes on: after that case, with so much time. */
    public record After(long caseId, Duration elapsed) {}

    /** The cases that a sum counts, and what of each is in it; empty where too many ledgers are not written yet. */
    public Optional<List<OfCase>> cases(Filter filter, @Nullable After after, int limit) {
        if (!isWritten(filter)) {
            return Optional.empty();
        }
        return Optional.of(statement(CASES, filter)
                .param("after", after == null ? null : after.caseId())
                .param("elapsed", after == null ? null : BigDecimal.valueOf(micros(after.elapsed())))
                .param("limit", limit)
                .query((row, _) -> new OfCase(
                        row.getLong("case_id"),
                        row.getInt("process_id"),
                        row.getTimestamp("ended_at").toInstant(),
                        row.getString("currency"),
                        amounts(row)))
                .list());
    }

    private Sums read(Filter filter) {
        var people = new ArrayList<Sum>();
        var parties = new ArrayList<Sum>();
        var processes = new ArrayList<Sum>();
        var cases = new long[1];
        statement(SUMS, filter).query(row -> {
            switch (row.getInt("kind")) {
                case PEOPLE -> people.add(sum(row, "charges"));
                case PARTIES -> parties.add(sum(row, "of_party"));
                case PROCESSES -> processes.add(sum(row, "of_case"));
                default -> cases[0] = row.getLong("of_case");
            }
        });
        return new Sums(cases[0], people, parties, processes);
    }

    private JdbcClient.StatementSpec statement(String sql, Filter filter) {
        var versions = filter.versions();
        return database.sql(sql)
                .param("from", filter.from().atOffset(ZoneOffset.UTC))
                .param("to", filter.to().atOffset(ZoneOffset.UTC))
                .param("processes", versions.stream().map(Version::id).toArray(Integer[]::new))
                .param("keys", versions.stream().map(Version::key).toArray(String[]::new))
                .param("currencies", versions.stream().map(Version::currency).toArray(String[]::new))
                .param("party", filter.party())
                .param("holder", filter.holder());
    }

    private static Sum sum(ResultSet row, String cases) throws SQLException {
        return new Sum(
                row.getString("key"),
                row.getString("party"),
                row.getString("holder"),
                row.getString("currency"),
                row.getLong(cases),
                amounts(row));
    }

    private static Amounts amounts(ResultSet row) throws SQLException {
        return new Amounts(
                Duration.of(row.getLong("elapsed"), ChronoUnit.MICROS),
                Duration.of(row.getLong("working"), ChronoUnit.MICROS),
                row.getBigDecimal("work"),
                row.getBigDecimal("outside"),
                row.getBigDecimal("waiting"));
    }

    // Writing

    @Override
    public Duration tick() {
        return givesWay.tick(this::catchUp);
    }

    /** At most one batch of what was asked for; whether there is no more. */
    public boolean catchUp() {
        var wanted = asked;
        if (wanted == null) {
            return true;
        }
        var missing = missing(wanted, BATCH);
        write(missing);
        if (missing.size() < BATCH && wanted.equals(asked)) {
            asked = null;
        }
        return missing.size() < BATCH;
    }

    private boolean isWritten(Filter filter) {
        var missing = missing(filter, MISSING_MAX + 1);
        if (missing.size() > MISSING_MAX) {
            asked = filter;
            return false;
        }
        for (int i = 0; i < missing.size(); i += BATCH) {
            write(missing.subList(i, Math.min(missing.size(), i + BATCH)));
        }
        return true;
    }

    private List<Ended> missing(Filter filter, int limit) {
        return database.sql(MISSING)
                .param(filter.from().atOffset(ZoneOffset.UTC))
                .param(filter.to().atOffset(ZoneOffset.UTC))
                .param(filter.versions().stream().map(Version::id).toArray(Integer[]::new))
                .param(limit)
                .query((row, _) -> new Ended(
                        row.getLong(1), row.getInt(2), row.getTimestamp(3).toInstant()))
                .list();
    }

    private void write(List<Ended> some) {
        if (some.isEmpty()) {
            return;
        }
        var byId = some.stream().collect(Collectors.toMap(Ended::id, Function.identity()));
        var processes = some.stream().collect(Collectors.toMap(Ended::id, Ended::process));
        transaction.executeWithoutResult(_ -> {
            var counted = new ArrayList<Of>();
            journal.each(processes, (id, entries) -> {
                var ended = Objects.requireNonNull(byId.remove(id));
                counted.add(counted(ended, entries));
            });
            byId.values().forEach(ended -> counted.add(unknown(ended))); // its journal is gone
            counted.forEach(this::write);
        });
    }

    /** A case whose journal cannot be read gets an empty row, or it would be tried again and again; {@code verify} names it. */
    private Of counted(Ended ended, Supplier<List<Entry>> entries) {
        try {
            return counted(ended.id(), ended.process(), entries.get(), ended.at());
        } catch (RuntimeException e) {
            log.warn("case {} cannot be replayed; its time is in no sum of ledgers", ended.id(), e);
            return unknown(ended);
        }
    }

    private static Of unknown(Ended ended) {
        return new Of(ended.id(), ended.process(), ended.at(), null, List.of());
    }

    private void write(Of of) {
        var charges = of.charges();
        var _ = database.sql(INSERT)
                .param(of.caseId())
                .param(of.process())
                .param(of.until().atOffset(ZoneOffset.UTC))
                .param(of.waitingPerDay())
                .param(charges.stream().map(Charge::holder).toArray(String[]::new))
                .param(charges.stream().map(Charge::party).toArray(String[]::new))
                .param(charges.stream().map(each -> micros(each.elapsed())).toArray(Long[]::new))
                .param(charges.stream().map(each -> micros(each.working())).toArray(Long[]::new))
                .update();
    }

    private Of counted(long id, int process, List<Entry> journal, Instant until) {
        var entries = journal.stream()
                .map(entry -> new Engine.Entry(entry.at(), entry.events()))
                .toList();
        var ledger = Ledger.of(deployments, entries, until, roster.get());
        return new Of(id, process, until, ledger.state().waitingCostPerDay(until), ledger.charges());
    }

    // Rows

    private Optional<Of> find(long id) {
        return rows(database, id, id).stream().findFirst();
    }

    /** Those that are written of these cases. */
    public static List<Of> rows(JdbcClient database, long from, long to) {
        return database.sql(READ)
                .param(from)
                .param(to)
                .query((row, _) -> {
                    var holders = (String[]) row.getArray("holders").getArray();
                    var parties = (@Nullable String[]) row.getArray("parties").getArray();
                    var elapsed = (Long[]) row.getArray("elapsed").getArray();
                    var working = (Long[]) row.getArray("working").getArray();
                    var charges = new ArrayList<Charge>();
                    for (int i = 0; i < holders.length; i++) {
                        charges.add(new Charge(
                                holders[i],
                                parties[i],
                                Duration.of(elapsed[i], ChronoUnit.MICROS),
                                Duration.of(working[i], ChronoUnit.MICROS)));
                    }
                    return new Of(
                            row.getLong("case_id"),
                            row.getInt("process_id"),
                            row.getTimestamp("ended_at").toInstant(),
                            row.getBigDecimal("waiting_per_day"),
                            charges);
                })
                .list();
    }

    private static long micros(Duration duration) {
        return duration.dividedBy(ChronoUnit.MICROS.getDuration());
    }
}
