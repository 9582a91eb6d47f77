package io.baton.server.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Secrets with which programs act as the person who made them, until they expire or are deleted. When one was last used
 * is not recorded: that would be a write for every request.
 */
public final class ApiTokens {

    /** How a token begins, so that scanners find one that was published by mistake. */
    public static final String PREFIX = "bt_";

    public static final int PER_PERSON_MAX = 50;
    public static final int DAYS_MAX = 366;
    public static final int NAME_CHARACTERS_MAX = 100;

    private static final String INSERT = """
            insert into api_token (id, hash, person, name, created_at, expires_at)
            select :id, :hash, :person, :name, :now, :expires
            where (select count(*) from api_token where person = :person) < :max""";

    private static final String CALLER = """
            select p.id, p.admin from api_token t
            join person p on p.id = t.person and p.kind = 'member' and p.left_at is null
            where t.hash = ? and t.expires_at > ?""";

    private static final String OF_PERSON = """
            select id, name, created_at, expires_at from api_token where person = ? order by created_at desc, id""";

    private static final String ALL = """
            select t.id, t.person, t.name, t.created_at, t.expires_at from api_token t
            where t.expires_at > :now and (t.created_at, t.id) < (:beforeAt, :beforeId)
            order by t.created_at desc, t.id desc limit :limit""";

    private final JdbcClient database;
    private final Clock clock;

    public ApiTokens(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public record ApiToken(UUID id, String name, Instant createdAt, Instant expiresAt) {}

    /** {@code secret} is told this once and is not stored. */
    public record Created(ApiToken token, String secret) {}

    /** Empty when the person has {@link #PER_PERSON_MAX} tokens, expired ones not counted. */
    public Optional<Created> create(String person, String name, Duration validity) {
        var secret = PREFIX + Secret.fresh();
        var now = clock.instant();
        var token = new ApiToken(UUID.randomUUID(), name, now, now.plus(validity));
        database.sql("delete from api_token where person = ? and expires_at <= ?")
                .param(person)
                .param(Sessions.time(now))
                .update();
        int inserted = database.sql(INSERT)
                .param("id", token.id())
                .param("hash", Secret.hash(secret))
                .param("person", person)
                .param("name", name)
                .param("now", Sessions.time(now))
                .param("expires", Sessions.time(token.expiresAt()))
                .param("max", PER_PERSON_MAX)
                .update();
        return inserted == 1 ? Optional.of(new Created(token, secret)) : Optional.empty();
    }

    /** Newest first. */
    public List<ApiToken> of(String person) {
        return database.sql(OF_PERSON)
                .param(person)
                .query((row, _) -> token(row))
                .list();
    }

    /** A token, and who made it and is who its program acts as. */
    public record Owned(String person, ApiToken token) {}

    /** Everybody's that still open something, the newest first. */
    public List<Owned> all(Instant beforeAt, UUID beforeId, int limit) {
        return database.sql(ALL)
                .param("now", Sessions.time(clock.instant()))
                .param("beforeAt", Sessions.time(beforeAt))
                .param("beforeId", beforeId)
                .param("limit", limit)
                .query((row, _) -> new Owned(row.getString("person"), token(row)))
                .list();
    }

    /** Whoever's it is; empty when there is no such token. */
    public Optional<Owned> revoke(UUID id) {
        return database.sql("delete from api_token where id = ? returning id, person, name, created_at, expires_at")
                .param(id)
                .query((row, _) -> new Owned(row.getString("person"), token(row)))
                .optional();
    }

    private static ApiToken token(ResultSet row) throws SQLException {
        return new ApiToken(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }

    /** Whose token this is, or empty when it is unknown or expired. */
    public Optional<Caller> caller(String secret) {
        return database.sql(CALLER)
                .param(Secret.hash(secret))
                .param(Sessions.time(clock.instant()))
                .query((row, _) -> new Caller(
                        row.getString("id"), row.getString("id"), row.getBoolean("admin"), Caller.Means.API_TOKEN))
                .optional();
    }
}
