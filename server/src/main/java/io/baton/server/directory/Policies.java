package io.baton.server.directory;

import io.baton.engine.Policy;
import io.baton.engine.model.PartyKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Policies by key, in versions that never change. A step follows the version that was newest when it opened, so a version
 * once asked for is kept compiled, up to a number.
 */
public final class Policies {

    public static final int KEYS_MAX = 1000;

    /** As JSON without blanks. */
    public static final int BODY_CHARACTERS_MAX = 10_000;

    private static final int COMPILED_MAX = 1000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final String COLUMNS = "key, version, body, created_at, created_by";

    private static final String NEWEST_OF_EACH = """
            select distinct on (key) %s from policy where key > ? order by key, version desc limit ?""".formatted(COLUMNS);

    private static final String NEWEST =
            "select %s from policy where key = ? order by version desc limit 1".formatted(COLUMNS);

    private static final String VERSION = "select %s from policy where key = ? and version = ?".formatted(COLUMNS);

    private static final String VERSIONS =
            "select %s from policy where key = ? and version < ? order by version desc limit ?".formatted(COLUMNS);

    private static final String INSERT = """
            insert into policy (key, version, body, created_at, created_by)
            values (:key, :version, :body::jsonb, :at, :by)""";

    private final JdbcClient database;
    private final Changes changes;
    private final Known known;
    private final Clock clock;
    private final Map<Id, Policy> compiled = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Id, Policy> eldest) {
            return size() > COMPILED_MAX;
        }
    };

    public Policies(JdbcClient database, Changes changes, Clock clock) {
        this.database = database;
        this.changes = changes;
        this.known = new Lookups(database, _ -> false);
        this.clock = clock;
    }

    private record Id(String key, int version) {}

    public record Version(String key, int version, PolicyBody body, Instant createdAt, String createdBy) {}

    public sealed interface Put {
        /** {@code unchanged}: it was the newest version already. */
        record Done(Version version, boolean unchanged) implements Put {}

        record Wrong(List<Mistake> mistakes) implements Put {}
    }

    /** Makes a new version, unless the newest says the same. */
    public Put put(String key, PolicyBody given, String by) {
        var body = given.complete();
        return changes.make(() -> {
            var newest = newest(key).orElse(null);
            var mistakes = mistakes(key, body, newest == null);
            if (!mistakes.isEmpty()) {
                return new Put.Wrong(mistakes);
            }
            if (newest != null && newest.body.equals(body)) {
                return new Put.Done(newest, true);
            }
            var version = new Version(key, newest == null ? 1 : newest.version + 1, body, clock.instant(), by);
            database.sql(INSERT)
                    .param("key", key)
                    .param("version", version.version)
                    .param("body", JSON.writeValueAsString(body))
                    .param("at", version.createdAt.atOffset(ZoneOffset.UTC))
                    .param("by", by)
                    .update();
            return new Put.Done(version, false);
        });
    }

    private List<Mistake> mistakes(String key, PolicyBody body, boolean isNew) {
        if (!PartyKey.isKey(key)) {
            return List.of(new Mistake("key", "must be small letters and digits with single dashes between"));
        }
        if (JSON.writeValueAsString(body).length() > BODY_CHARACTERS_MAX) {
            return List.of(new Mistake("body", "must have at most " + BODY_CHARACTERS_MAX + " characters"));
        }
        if (isNew && count() >= KEYS_MAX) {
            return List.of(new Mistake("key", "would be one more than " + KEYS_MAX + " policies"));
        }
        return PolicyReader.read(key, 1, body, known).mistakes();
    }

    private int count() {
        return database.sql("select count(distinct key) from policy")
                .query(Integer.class)
                .single();
    }

    public Optional<Version> newest(String key) {
        return database.sql(NEWEST).param(key).query((row, _) -> read(row)).optional();
    }

    public Optional<Version> find(String key, int version) {
        return database.sql(VERSION)
                .param(key)
                .param(version)
                .query((row, _) -> read(row))
                .optional();
    }

    /** The newest version of each policy, by key, after the last one seen. */
    public List<Version> list(String afterKey, int limit) {
        return database.sql(NEWEST_OF_EACH)
                .param(afterKey)
                .param(limit)
                .query((row, _) -> read(row))
                .list();
    }

    /** Newest first, below the last one seen. */
    public List<Version> versions(String key, int before, int limit) {
        return database.sql(VERSIONS)
                .param(key)
                .param(before)
                .param(limit)
                .query((row, _) -> read(row))
                .list();
    }

    /** For the engine; null when there is none. Reads the database once for each version. */
    @Nullable
    Policy compiled(String key, int version) {
        var id = new Id(key, version);
        synchronized (compiled) {
            var found = compiled.get(id);
            if (found != null) {
                return found;
            }
        }
        return find(key, version).map(this::compile).orElse(null);
    }

    /** Who was a member when the policy was written may have left since: that is the engine's to deal with. */
    Policy compile(Version version) {
        var id = new Id(version.key, version.version);
        synchronized (compiled) {
            var found = compiled.get(id);
            if (found != null) {
                return found;
            }
        }
        var read = PolicyReader.read(version.key, version.version, version.body, Everybody.IS_HERE);
        var policy = read.policy();
        if (policy == null) {
            throw new IllegalStateException("policy " + id + " was stored although " + read.mistakes());
        }
        synchronized (compiled) {
            compiled.put(id, policy);
        }
        return policy;
    }

    private static Version read(ResultSet row) throws SQLException {
        return new Version(
                row.getString("key"),
                row.getInt("version"),
                JSON.readValue(row.getString("body"), PolicyBody.class).complete(),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("created_by"));
    }

    private enum Everybody implements Known {
        IS_HERE;

        @Override
        public boolean isTeam(String key) {
            return true;
        }

        @Override
        public boolean isCalendar(String key) {
            return true;
        }

        @Override
        public boolean isPresent(String person) {
            return true;
        }

        @Override
        public boolean isMember(String person) {
            return true;
        }
    }
}
