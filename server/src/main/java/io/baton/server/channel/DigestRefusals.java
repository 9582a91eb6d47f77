package io.baton.server.channel;

import io.baton.server.session.Secret;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who does not want the daily message that gathers reminders, and the links by which they say so, of this and of the digest of
 * a view. A link does that and nothing else, so it may lie in a mail for as long as the mail does.
 */
public final class DigestRefusals {

    /** A link's path is this and the token. */
    public static final String PATH = "/unsubscribe/";

    /** Tokens of one person; another one replaces the oldest. Each digest brings its own. */
    static final int PER_PERSON_MAX = 50;

    private static final String INSERT = """
            with spare as (
                delete from unsubscribe_token where hash in (
                    select hash from unsubscribe_token where person = :person order by created_at desc offset :keep))
            insert into unsubscribe_token (hash, person, view, every, created_at)
            values (:hash, :person, :view, :every, :now)""";

    private final JdbcClient database;
    private final Clock clock;

    DigestRefusals(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The path of a new link. */
    String issue(String person) {
        return issue(person, null, null);
    }

    /** Of one that ends the digest of a view, which comes so often. */
    String issue(String person, @Nullable UUID view, @Nullable String every) {
        var token = Secret.fresh();
        database.sql(INSERT)
                .param("hash", Secret.hash(token))
                .param("person", person)
                .param("view", view, Types.OTHER)
                .param("every", every)
                .param("now", now())
                .param("keep", PER_PERSON_MAX - 1)
                .update();
        return PATH + token;
    }

    /** {@code view} is null where it is about the daily reminders. */
    public record Link(
            String person, @Nullable UUID view, @Nullable String every) {}

    /** Whose link it is, and what it ends; empty for one that was never issued, or long ago. */
    public Optional<Link> link(String token) {
        return database.sql("select person, view, every from unsubscribe_token where hash = ?")
                .param(Secret.hash(token))
                .query((row, _) -> new Link(row.getString(1), row.getObject(2, UUID.class), row.getString(3)))
                .optional();
    }

    public boolean refuses(String person) {
        return database.sql("select exists (select from digest_refusal where person = ?)")
                .param(person)
                .query(Boolean.class)
                .single();
    }

    public void refuse(String person) {
        database.sql("insert into digest_refusal (person, at) values (?, ?) on conflict do nothing")
                .param(person)
                .param(now())
                .update();
    }

    public void allow(String person) {
        database.sql("delete from digest_refusal where person = ?")
                .param(person)
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
