package io.baton.server.mailbox;

import io.baton.server.answers.Scope;
import io.baton.server.answers.ShortAnswers;
import io.baton.server.commit.Wakeup;
import io.baton.server.replies.Act;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Mails that came in and are not yet dealt with. What was stored is on disk, and is dealt with once. */
public final class Mailbox {

    /** Of one mail, with all its files. */
    public static final int MAIL_BYTES_MAX = 25_000_000;

    /** Mails that wait, or are kept; beyond, the other side keeps them and tries again. */
    public static final int MAILS_MAX = 10_000;

    /** How long a mail is known, so that it is not taken again. */
    static final Duration KNOWN_FOR = Duration.ofDays(180);

    /** Longer than dealing with any mail takes. */
    static final Duration TAKEN_FOR = Duration.ofMinutes(5);

    private static final Duration CLOCK_DIFFERENCE_MAX = Duration.ofMinutes(5);
    private static final Duration ANSWERS_WITHIN = Duration.ofHours(1);
    private static final Duration STARTS_WITHIN = Duration.ofDays(1);
    private static final int HEADER_BYTES_MAX = 200_000;

    private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^message-id:\\s*(<[^>\\r\\n]{1,500}>)");

    private static final String STORE = """
            with fresh as (
                insert into mail_seen (digest, at) values (:digest, :now) on conflict (digest) do nothing returning digest)
            insert into mail_in (digest, recipient, received_at, raw, due_at)
            select digest, :recipient, :now, :raw, :now from fresh""";

    /** Whoever takes it has it for a while: if their node is gone by then, another takes it again. */
    private static final String TAKE = """
            update mail_in set due_at = :until, attempts = attempts + 1
            where id = (
                select id from mail_in where problem is null and due_at <= :now
                order by due_at, id limit 1 for update skip locked)
            returning id, digest, recipient, received_at, raw, attempts""";

    private static final String OVER = """
            with gone as (delete from mail_in where digest = :digest and problem is null)
            update mail_seen set outcome = :outcome, person = :person, case_id = :case, step = :step, act = :act, seq = :seq,
                sender = :sender, answered = :answered
            where digest = :digest""";

    private static final String LAST_ACT = """
            select act, at from mail_seen
            where person = :person and case_id = :case and step = :step and act is not null
            order by at desc, seq desc limit 1""";

    private final JdbcClient database;
    private final Clock clock;
    private final Wakeup wakeup = new Wakeup();

    public Mailbox(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What to do with more mail than there is room for. */
    public static final class Full extends RuntimeException {
        Full() {
            super("there are " + MAILS_MAX + " mails waiting or kept");
        }
    }

    /** {@code problem} is why it could not be dealt with; {@code from} and {@code subject} are what it says itself. */
    public record Kept(
            long id, String from, String subject, String recipient, Instant receivedAt, int bytes, String problem) {}

    record Waiting(long id, byte[] digest, String recipient, Instant receivedAt, byte[] raw, int attempts) {}

    private record LastAct(Act act, Instant at) {}

    /** Once it returns, the mail is on disk, unless it was there before. */
    public void store(byte[] raw, String recipient) {
        if (count() >= MAILS_MAX) {
            throw new Full();
        }
        int stored = database.sql(STORE)
                .param("digest", digest(raw, recipient))
                .param("recipient", recipient)
                .param("raw", raw)
                .param("now", now())
                .update();
        if (stored > 0) {
            wakeup.signal();
        }
    }

    Wakeup wakeup() {
        return wakeup;
    }

    private int count() {
        return database.sql("select count(*) from mail_in").query(Integer.class).single();
    }

    /**
     * Of what the author's side wrote: the Message-ID and all below the headers. Servers on the way add headers, and one
     * that did not hear our answer sends the same again.
     */
    static byte[] digest(byte[] raw, String recipient) {
        int body = bodyStart(raw);
        var headers = new String(raw, 0, Math.min(body, HEADER_BYTES_MAX), StandardCharsets.ISO_8859_1);
        var id = MESSAGE_ID.matcher(headers);
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update((recipient.toLowerCase(Locale.ROOT) + "\n").getBytes(StandardCharsets.UTF_8));
            if (id.find()) {
                sha.update(id.group(1).getBytes(StandardCharsets.UTF_8));
                sha.update(raw, body, raw.length - body);
            } else {
                sha.update(raw);
            }
            return sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int bodyStart(byte[] raw) {
        for (int i = 0; i + 1 < raw.length; i++) {
            if (raw[i] == '\n'
                    && (raw[i + 1] == '\n' || (raw[i + 1] == '\r' && i + 2 < raw.length && raw[i + 2] == '\n'))) {
                return i + 1;
            }
        }
        return raw.length;
    }

    // For the loop that deals with them

    Optional<Waiting> take() {
        return database.sql(TAKE)
                .param("now", now())
                .param("until", clock.instant().plus(TAKEN_FOR).atOffset(ZoneOffset.UTC))
                .query((row, _) -> new Waiting(
                        row.getLong("id"),
                        row.getBytes("digest"),
                        row.getString("recipient"),
                        row.getObject("received_at", OffsetDateTime.class).toInstant(),
                        row.getBytes("raw"),
                        row.getInt("attempts")))
                .optional();
    }

    /** {@code left} says what of it is filed nowhere else, so that it stays for an administrator; null for nothing. */
    void over(Waiting mail, Outcome outcome, @Nullable String left) {
        if (left != null) {
            keep(mail, left);
        }
        database.sql(OVER)
                .param("digest", mail.digest())
                .param("outcome", outcome.kind().number())
                .param("person", outcome.person())
                .param("case", outcome.caseId() == 0 ? null : outcome.caseId(), java.sql.Types.BIGINT)
                .param("step", outcome.step(), java.sql.Types.INTEGER)
                .param("act", outcome.act())
                .param("seq", outcome.seq() == 0 ? null : outcome.seq(), java.sql.Types.INTEGER)
                .param("sender", outcome.sender())
                .param("answered", outcome.answered())
                .update();
    }

    void again(Waiting mail, Instant at) {
        database.sql("update mail_in set due_at = ? where id = ?")
                .param(at.atOffset(ZoneOffset.UTC))
                .param(mail.id())
                .update();
    }

    void keep(Waiting mail, String problem) {
        database.sql("update mail_in set problem = left(?, 1000) where id = ?")
                .param(problem)
                .param(mail.id())
                .update();
        database.sql("update mail_seen set outcome = ? where digest = ?")
                .param(Outcome.Kind.KEPT.number())
                .param(mail.digest())
                .update();
    }

    /**
     * Whether a mail may take back what its author last did there by mail. {@code written} is when they say to have written
     * it, if they do: one that overtook another does not take back what was said after it.
     */
    boolean mayTakeBack(Scope scope, @Nullable Instant written) {
        return lastAct(scope)
                .filter(last -> written == null || !written.isBefore(last.at().minus(CLOCK_DIFFERENCE_MAX)))
                .filter(last -> !last.at().isBefore(clock.instant().minus(ShortAnswers.UNDO_WITHIN)))
                .filter(last -> last.act() != Act.ACCEPT && last.act() != Act.PROPOSE && last.act() != Act.UNDO)
                .isPresent();
    }

    private Optional<LastAct> lastAct(Scope scope) {
        return database.sql(LAST_ACT)
                .param("person", scope.person())
                .param("case", scope.caseId())
                .param("step", scope.step())
                .query((row, _) -> new LastAct(
                        Act.valueOf(row.getString(1)),
                        row.getObject(2, OffsetDateTime.class).toInstant()))
                .optional();
    }

    /** Answers that went to an address within the last hour. */
    int answered(String sender) {
        return database.sql("select count(*) from mail_seen where sender = ? and answered and at > ?")
                .param(sender)
                .param(clock.instant().minus(ANSWERS_WITHIN).atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }

    /** Cases that mails of this sender started within a day, or of anybody. */
    int started(@Nullable String sender) {
        return database.sql("""
                        select count(*) from mail_seen
                        where at > :since and outcome = :started and (:sender::text is null or sender = :sender)""")
                .param("since", clock.instant().minus(STARTS_WITHIN).atOffset(ZoneOffset.UTC))
                .param("started", Outcome.Kind.STARTED.number())
                .param("sender", sender)
                .query(Integer.class)
                .single();
    }

    /** Mails that are kept for administrators. */
    int keptCount() {
        return database.sql("select count(*) from mail_in where problem is not null")
                .query(Integer.class)
                .single();
    }

    void forgetOld() {
        database.sql(
                        "delete from mail_seen where at < ? and not exists (select from mail_in where mail_in.digest = mail_seen.digest)")
                .param(clock.instant().minus(KNOWN_FOR).atOffset(ZoneOffset.UTC))
                .update();
    }

    // For administrators

    /** What could not be dealt with, newest first. */
    public List<Kept> kept(long before, int limit) {
        return database.sql("""
                        select id, recipient, received_at, length(raw) as bytes, problem,
                            substring(raw from 1 for %d) as head from mail_in
                        where problem is not null and id < ? order by id desc limit ?""".formatted(Head.BYTES_MAX))
                .param(before)
                .param(limit)
                .query((row, _) -> kept(row))
                .list();
    }

    /** One of them. */
    public Optional<Kept> keptOne(long id) {
        return kept(id + 1, 1).stream().filter(mail -> mail.id() == id).findFirst();
    }

    private static Kept kept(ResultSet row) throws SQLException {
        var head = Head.of(row.getBytes("head"));
        return new Kept(
                row.getLong("id"),
                head.from(),
                head.subject(),
                row.getString("recipient"),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getInt("bytes"),
                row.getString("problem"));
    }

    /** The mail as it came. */
    public Optional<byte[]> raw(long id) {
        return database.sql("select raw from mail_in where id = ? and problem is not null")
                .param(id)
                .query((row, _) -> row.getBytes(1))
                .optional();
    }

    /** False where there is none. */
    public boolean tryAgain(long id) {
        boolean found = database.sql(
                                "update mail_in set problem = null, attempts = 0, due_at = ? where id = ? and problem is not null")
                        .param(now())
                        .param(id)
                        .update()
                == 1;
        wakeup.signal();
        return found;
    }

    /** False where there is none. */
    public boolean discard(long id) {
        return database.sql("delete from mail_in where id = ? and problem is not null")
                        .param(id)
                        .update()
                == 1;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
