package io.baton.server.channel;

import io.baton.engine.Notice;
import io.baton.engine.codec.Decoder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is to be sent, what became of it, and every attempt. A delivery is written by the committer in the transaction
 * that leads to it; it leaves the open ones when it is over, whatever the outcome.
 */
final class Deliveries {

    /** What one look takes; the rest comes with the next. */
    static final int BATCH = 200;

    /** One person's messages about one case that wait together; more wait behind them. */
    private static final int THREAD_MAX = 100;

    /** What one digest lists; more comes with the next. */
    static final int DIGEST_MAX = 100;

    private static final int REASON_CHARACTERS_MAX = 500;

    private static final List<Notice.Reason> KINDS = List.of(Notice.Reason.values());

    private static final String COLUMNS = """
            case_id, entry, nr, step, kind, recipient, (extract(epoch from created_at) * 1000000)::bigint as created,
            (extract(epoch from due_at) * 1000000)::bigint as due, attempts""";

    private static final String DUE = """
            select %s from delivery where due_at <= :now and not digest
            order by due_at, case_id, entry, nr limit %d""".formatted(COLUMNS, BATCH);

    private static final String NEXT =
            "select (extract(epoch from min(due_at)) * 1000000)::bigint from delivery where not digest";

    /** In the order of the case: what came first is told first. */
    private static final String LOCK_THREAD = """
            select %s from delivery where case_id = :case and recipient = :recipient and not digest
            order by entry, nr limit %d for update skip locked""".formatted(COLUMNS, THREAD_MAX);

    private static final String COUNT_THREAD = """
            select count(*) from (
                select from delivery where case_id = :case and recipient = :recipient and not digest limit %d) d""".formatted(THREAD_MAX);

    private static final String DUE_DIGESTS = """
            select distinct recipient from (
                select recipient from delivery where digest and due_at <= :now order by due_at limit %d) d""".formatted(BATCH);

    private static final String LOCK_DIGEST = """
            select %s from delivery where digest and recipient = :recipient and due_at <= :now
            order by due_at, case_id, entry, nr limit %d for update skip locked""".formatted(COLUMNS, DIGEST_MAX);

    private static final String COUNT_DIGEST = """
            select count(*) from (
                select from delivery where digest and recipient = :recipient and due_at <= :now limit %d) d""".formatted(DIGEST_MAX);

    private static final String IS_OVER = """
            with gone as (
                delete from delivery where case_id = :case and entry = :entry and nr = :nr
                returning case_id, entry, nr, step, kind, recipient, created_at)
            insert into delivered (case_id, entry, nr, step, kind, recipient, created_at, outcome, over_at)
            select case_id, entry, nr, step, kind, recipient, created_at, :outcome, :now from gone""";

    private static final String ATTEMPT = """
            insert into attempt (case_id, entry, nr, at, person, channel, address, outcome, reason)
            values (:case, :entry, :nr, :now, :person, :channel, :address, :outcome, :reason)
            on conflict (case_id, entry, nr, at) do update set channel = excluded.channel, address = excluded.address,
                outcome = excluded.outcome, reason = excluded.reason""";

    /** The last attempt of each message, the newest first. */
    private static final String OF_CASE = """
            select * from (
                select distinct on (a.entry, a.nr) a.entry, d.step, d.kind, a.person, a.channel,
                    (extract(epoch from a.at) * 1000000)::bigint as at, a.outcome, a.reason
                from attempt a join (
                    select case_id, entry, nr, step, kind from delivered union all
                    select case_id, entry, nr, step, kind from delivery) d
                    on d.case_id = a.case_id and d.entry = a.entry and d.nr = a.nr
                where a.case_id = ? order by a.entry, a.nr, a.at desc) m
            order by at desc, entry desc limit ?""";

    /** Whether the person was ever told about the step, or had it. */
    private static final String WAS_TOLD = """
            select exists (
                    select from delivered where case_id = :case and step = :step and recipient = :person and outcome = 1)
                or exists (select from step where case_id = :case and id = :step and :person = any(holders))""";

    private final JdbcClient database;

    public Deliveries(JdbcClient database) {
        this.database = database;
    }

    /** The codes are part of the store's encoding. */
    enum Outcome {
        SENT(1),
        /** It was no longer true when it was its turn. */
        NOT_TRUE_ANY_MORE(2),
        /** There is no way to tell the person but the web app. */
        NO_WAY(3),
        GIVEN_UP(4),
        /** Of a kind that the person said they do not want; 5 is from before anything was sent. */
        NOT_WANTED(6);

        private final int code;

        Outcome(int code) {
            this.code = code;
        }
    }

    /** What became of one attempt. The codes are part of the store's encoding. */
    enum Attempted {
        ACCEPTED(1),
        NOT_NOW(2),
        NOT_AT_ALL(3),
        CAME_BACK(4);

        private final int code;

        Attempted(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    List<Dispatch> ofCase(long caseId, int limit) {
        return database.sql(OF_CASE)
                .param(caseId)
                .param(limit)
                .query((row, _) -> new Dispatch(
                        row.getInt("entry"),
                        row.getInt("step"),
                        KINDS.get(row.getInt("kind") - 1),
                        row.getString("person"),
                        row.getString("channel"),
                        Decoder.instant(row.getLong("at")),
                        Dispatch.Became.of(row.getInt("outcome")),
                        row.getString("reason")))
                .list();
    }

    // The loop

    List<Delivery> due(Instant now) {
        return database.sql(DUE)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, _) -> delivery(row))
                .list();
    }

    Optional<Instant> next() {
        var micros =
                database.sql(NEXT).query((row, _) -> row.getLong(1)).optional().orElse(0L);
        return micros == 0 ? Optional.empty() : Optional.of(Decoder.instant(micros));
    }

    /** All that waits for one person about one case, locked; empty while another node is at it. */
    List<Delivery> lockThread(long caseId, String recipient) {
        var locked = database.sql(LOCK_THREAD)
                .param("case", caseId)
                .param("recipient", recipient)
                .query((row, _) -> delivery(row))
                .list();
        var all = database.sql(COUNT_THREAD)
                .param("case", caseId)
                .param("recipient", recipient)
                .query(Integer.class)
                .single();
        return locked.size() < all ? List.of() : locked;
    }

    List<String> dueDigests(Instant now) {
        return database.sql(DUE_DIGESTS)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, _) -> row.getString(1))
                .list();
    }

    List<Delivery> lockDigest(String recipient, Instant now) {
        var locked = database.sql(LOCK_DIGEST)
                .param("recipient", recipient)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, _) -> delivery(row))
                .list();
        var all = database.sql(COUNT_DIGEST)
                .param("recipient", recipient)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
        return locked.size() < all ? List.of() : locked;
    }

    void isOver(Delivery delivery, Outcome outcome, Instant now) {
        var _ = bound(IS_OVER, delivery)
                .param("outcome", outcome.code)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** {@code attempts} is how often it was tried so far. */
    void later(Delivery delivery, Instant due, int attempts) {
        var _ = bound("""
                        update delivery set due_at = :due, attempts = :attempts
                        where case_id = :case and entry = :entry and nr = :nr""", delivery)
                .param("due", due.atOffset(ZoneOffset.UTC))
                .param("attempts", attempts)
                .update();
    }

    /** It waits for then, to go with others. */
    void gather(Delivery delivery, Instant due) {
        wait(delivery, due, true);
    }

    /** It goes alone from now on. */
    void apart(Delivery delivery, Instant due) {
        wait(delivery, due, false);
    }

    private void wait(Delivery delivery, Instant due, boolean digest) {
        var _ = bound("""
                        update delivery set due_at = :due, digest = :digest, attempts = attempts + :tried
                        where case_id = :case and entry = :entry and nr = :nr""", delivery)
                .param("due", due.atOffset(ZoneOffset.UTC))
                .param("digest", digest)
                .param("tried", digest ? 0 : 1)
                .update();
    }

    void attempted(
            Delivery delivery,
            String person,
            String channel,
            @Nullable String address,
            Attempted outcome,
            @Nullable String reason,
            Instant now) {
        var _ = bound(ATTEMPT, delivery)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("person", person)
                .param("channel", channel)
                .param("address", address)
                .param("outcome", outcome.code)
                .param("reason", cut(reason))
                .update();
    }

    private static @Nullable String cut(@Nullable String reason) {
        return reason == null || reason.length() <= REASON_CHARACTERS_MAX
                ? reason
                : reason.substring(0, REASON_CHARACTERS_MAX) + "…";
    }

    /** The channels that will never carry this delivery. */
    Set<String> refusedBy(Delivery delivery) {
        return Set.copyOf(bound("""
                        select distinct channel from attempt
                        where case_id = :case and entry = :entry and nr = :nr and outcome in (3, 4)""", delivery).query(String.class).list());
    }

    boolean wasTold(long caseId, int step, String person) {
        return database.sql(WAS_TOLD)
                .param("case", caseId)
                .param("step", step)
                .param("person", person)
                .query(Boolean.class)
                .single();
    }

    /** All that is open is taken for done: after a history was made up, of which nobody is to hear now. */
    void letGo() {
        database.sql("""
                        with gone as (delete from delivery
                            returning case_id, entry, nr, step, kind, recipient, created_at)
                        insert into delivered (case_id, entry, nr, step, kind, recipient, created_at, outcome, over_at)
                        select case_id, entry, nr, step, kind, recipient, created_at, 5, created_at from gone""").update();
    }

    private JdbcClient.StatementSpec bound(String sql, Delivery delivery) {
        return database.sql(sql)
                .param("case", delivery.caseId())
                .param("entry", delivery.entry())
                .param("nr", delivery.nr());
    }

    /** Longer than a minute until it is tried again: after the first failure one, then twice as long each time. */
    static Duration backoff(int attempts, double chance) {
        var wait = Math.min(60L, 1L << Math.min(attempts, 6)) * 60_000L;
        return Duration.ofMillis(Math.round(wait * (0.9 + 0.2 * chance)));
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                row.getLong("case_id"),
                row.getInt("entry"),
                row.getInt("nr"),
                row.getInt("step"),
                KINDS.get(row.getInt("kind") - 1),
                row.getString("recipient"),
                Decoder.instant(row.getLong("created")),
                Decoder.instant(row.getLong("due")),
                row.getInt("attempts"));
    }
}
