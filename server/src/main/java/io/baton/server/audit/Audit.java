package io.baton.server.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The record of what is done outside the cases, whose own record is the journal. It is written in the transaction of the
 * act, so neither is there without the other, and only ever added to. People are named by id, values are not kept.
 */
public final class Audit {

    public static final int TEXT_CHARACTERS_MAX = 500;

    private static final String ADD = """
            insert into audit (at, person, signed_in, program, act, about, subject, detail)
            values (:at, :person, :signedIn, :program, :act, :about, left(:subject, :max), left(:detail, :max))""";

    private static final String FIND = """
            select id, at, person, signed_in, program, act, about, subject, detail from audit
            where (at, id) < (:beforeAt, :beforeId)
                and at >= :from
                and (:person::text is null or person = :person or signed_in = :person or about = :person)
                and (:acts::text[] is null or act = any(:acts::text[]))
                and (:text::text is null or subject ilike :text or detail ilike :text)
            order by at desc, id desc limit :limit""";

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private volatile Consumer<Act> listener = _ -> {};

    public Audit(JdbcClient database, TransactionTemplate transaction, Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Who acts: {@code person}, in whose name another one may be signed in while they try out a demo; {@code program} is
     * whether by API token.
     */
    public record Who(String person, String signedIn, boolean program) {
        public static Who person(String id) {
            return new Who(id, id, false);
        }
    }

    /** On whom or what: a person's id, the key or name of something, and more about it in a few words. */
    public record What(
            @Nullable String about,
            @Nullable String subject,
            @Nullable String detail) {

        public static final What NOTHING = new What(null, null, null);

        public static What person(String id) {
            return new What(id, null, null);
        }

        public static What subject(String subject) {
            return new What(null, subject, null);
        }

        public What with(@Nullable String more) {
            return new What(about, subject, more);
        }
    }

    public record Entry(long id, Instant at, Who by, Act act, What what) {}

    /** Told of each act once it is committed, on the thread of whoever did it. */
    public void onRecord(Consumer<Act> told) {
        listener = told;
    }

    /** In one transaction: the work, and what it {@link #add}s here. An exception undoes both. */
    public <T extends @Nullable Object> T within(Supplier<T> work) {
        return transaction.execute(_ -> work.get());
    }

    public void within(Runnable work) {
        transaction.executeWithoutResult(_ -> work.run());
    }

    /** Only within the transaction of the act. */
    public void add(Who by, Act act, What what) {
        add(clock.instant(), by, act, what);
    }

    public void add(Instant at, Who by, Act act, What what) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(act + " is to be put on record within the transaction of the act");
        }
        database.sql(ADD)
                .param("at", time(at))
                .param("person", by.person)
                .param("signedIn", by.signedIn)
                .param("program", by.program)
                .param("act", act.name())
                .param("about", what.about)
                .param("subject", what.subject)
                .param("detail", what.detail)
                .param("max", TEXT_CHARACTERS_MAX)
                .update();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                listener.accept(act);
            }
        });
    }

    /** {@code acts} empty means any; {@code person} is who acted or who was acted on. */
    public record Filter(
            @Nullable String person,
            List<Act> acts,
            @Nullable String text,
            Instant from,
            Instant beforeAt,
            long beforeId,
            int limit) {}

    /** The newest first. */
    public List<Entry> find(Filter filter) {
        var acts = filter.acts.stream().map(Act::name).toArray(String[]::new);
        return database.sql(FIND)
                .param("beforeAt", time(filter.beforeAt))
                .param("beforeId", filter.beforeId)
                .param("from", time(filter.from))
                .param("person", filter.person)
                .param("acts", acts.length == 0 ? null : acts)
                .param("text", filter.text == null ? null : "%" + filter.text.replaceAll("([\\\\%_])", "\\\\$1") + "%")
                .param("limit", filter.limit)
                .query((row, _) -> entry(row))
                .list();
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong("id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                new Who(row.getString("person"), row.getString("signed_in"), row.getBoolean("program")),
                Act.valueOf(row.getString("act")),
                new What(row.getString("about"), row.getString("subject"), row.getString("detail")));
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
