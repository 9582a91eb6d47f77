package io.baton.server.session;

import io.baton.server.audit.Act;
import io.baton.server.audit.Audit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who is signed in, by the secret in the browser's cookie. A request costs one query by primary key; a session is written
 * again at most once an hour, to slide its end.
 */
public final class Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    /** A session ends so long after its last use... */
    public static final Duration IDLE_MAX = Duration.ofHours(12);

    /** ...and so long after sign-in in any case. */
    public static final Duration AGE_MAX = Duration.ofDays(30);

    /** How far the end of a session lags behind its use at most, so that most requests write nothing. */
    static final Duration RENEW_AFTER = Duration.ofHours(1);

    /** Somebody who signs in once more than this loses the oldest session. */
    public static final int PER_PERSON_MAX = 20;

    /** Who acts must be a member, and still here, at every request; acting as another ends with the demo. */
    private static final String CALLER = """
            select signed_in.id as signed_in, actor.id as actor, actor.admin, s.created_at, s.expires_at
            from session s
            join person signed_in on signed_in.id = s.person and signed_in.kind = 'member' and signed_in.left_at is null
            join person actor on actor.kind = 'member' and actor.left_at is null and actor.id = case
                when s.acting_as is not null and exists (
                    select from setting where name = 'demo' and value = 'true') then s.acting_as
                else s.person end
            where s.hash = ? and s.expires_at > ?""";

    private static final String OPEN = """
            insert into session (hash, person, created_at, expires_at)
            select :hash, id, :now, :expires from person where id = :person and kind = 'member' and left_at is null
            returning person""";

    /** Following the link and being signed in is one statement: of two who follow it at once, one gets a row. */
    private static final String OPEN_BY_LINK = """
            with link as (delete from sign_in_link where hash = :link and expires_at > :now returning person)
            insert into session (hash, person, created_at, expires_at)
            select :hash, p.id, :now, :expires from link
            join person p on p.id = link.person and p.kind = 'member' and p.left_at is null
            returning person""";

    private static final String TRIM = """
            delete from session where person = :person and (expires_at <= :now or hash in (
                select hash from session where person = :person order by created_at desc, hash offset :max))""";

    private static final String LOCK_OUT = """
            with sessions as (delete from session where person = :person),
            acting as (update session set acting_as = null where acting_as = :person and person <> :person),
            tokens as (delete from api_token where person = :person),
            links as (delete from sign_in_link where person = :person)
            update person set password = null where id = :person""";

    private static final String ACT_AS = """
            update session set acting_as = nullif(p.id, session.person)
            from person p
            where session.hash = ? and p.id = ? and p.kind = 'member' and p.left_at is null
                and exists (select from setting where name = 'demo' and value = 'true')""";

    private final JdbcClient database;
    private final Audit audit;
    private final Clock clock;

    public Sessions(JdbcClient database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** The secret of a new session, or empty when there is no such member. */
    public Optional<String> open(String person) {
        var secret = Secret.fresh();
        return opened(secret, "password", database.sql(OPEN).param("person", person));
    }

    /** The secret of a new session for whom this one-time link was made; the link is used up. */
    Optional<String> openByLink(String link) {
        var secret = Secret.fresh();
        return opened(secret, "one-time link", database.sql(OPEN_BY_LINK).param("link", Secret.hash(link)));
    }

    private Optional<String> opened(String secret, String means, JdbcClient.StatementSpec insert) {
        return audit.within(() -> {
            var person = opened(secret, insert, clock.instant());
            person.ifPresent(id -> audit.add(Audit.Who.person(id), Act.SIGNED_IN, Audit.What.NOTHING.with(means)));
            return person.map(_ -> secret);
        });
    }

    private Optional<String> opened(String secret, JdbcClient.StatementSpec insert, Instant now) {
        var person = insert.param("hash", Secret.hash(secret))
                .param("now", time(now))
                .param("expires", time(now.plus(IDLE_MAX)))
                .query(String.class)
                .optional();
        person.ifPresent(id -> database.sql(TRIM)
                .param("person", id)
                .param("now", time(now))
                .param("max", PER_PERSON_MAX)
                .update());
        return person;
    }

    /** Who has this session, or empty when it is over or never was. */
    public Optional<Caller> caller(String secret) {
        Instant now = clock.instant();
        byte[] hash = Secret.hash(secret);
        var found = database.sql(CALLER)
                .param(hash)
                .param(time(now))
                .query((row, _) -> found(row))
                .optional();
        found.ifPresent(session -> slide(hash, session, now));
        return found.map(Found::caller);
    }

    private record Found(Caller caller, Instant createdAt, Instant expiresAt) {}

    private static Found found(ResultSet row) throws SQLException {
        var caller = new Caller(
                row.getString("actor"), row.getString("signed_in"), row.getBoolean("admin"), Caller.Means.SESSION);
        return new Found(
                caller,
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }

    private void slide(byte[] hash, Found session, Instant now) {
        Instant latest = session.createdAt.plus(AGE_MAX);
        Instant end = now.plus(IDLE_MAX).isBefore(latest) ? now.plus(IDLE_MAX) : latest;
        if (Duration.between(session.expiresAt, end).compareTo(RENEW_AFTER) < 0) {
            return;
        }
        try {
            database.sql("update session set expires_at = ? where hash = ?")
                    .param(time(end))
                    .param(hash)
                    .update();
        } catch (DataAccessException e) {
            // With a full disk one can still read.
            LOG.warn("A session could not be prolonged; it is tried again with its next request", e);
        }
    }

    public void end(String secret) {
        database.sql("delete from session where hash = ?")
                .param(Secret.hash(secret))
                .update();
    }

    /** Ends all sessions of a person but this one. */
    void endOthers(String person, String secret) {
        database.sql("delete from session where person = ? and hash <> ?")
                .param(person)
                .param(Secret.hash(secret))
                .update();
    }

    /** Ends every session of a person, and every token, link and password: nothing that let them in does so again. */
    public void lockOut(String person) {
        database.sql(LOCK_OUT).param("person", person).update();
    }

    /** False when this is no demo, or there is no such member. */
    public boolean actAs(String secret, String person) {
        return database.sql(ACT_AS).param(Secret.hash(secret)).param(person).update() == 1;
    }

    public void stopActing(String secret) {
        database.sql("update session set acting_as = null where hash = ?")
                .param(Secret.hash(secret))
                .update();
    }

    static OffsetDateTime time(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
