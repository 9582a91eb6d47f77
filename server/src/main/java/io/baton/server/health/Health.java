package io.baton.server.health;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an operator looks at. It is asked while something may be wrong, so every question is bounded: counts stop at {@link
 * #COUNT_MAX}, and sizes are those that PostgreSQL knows anyway.
 */
public final class Health {

    /** More are "so many and more". */
    public static final int COUNT_MAX = 10_000;

    private static final String LAST_VERIFY = "last-verify";

    /** Of each slot of timers as many as it may have due, by its index. */
    private static final String QUEUES = """
            select 'TIMERS' as queue, count(*) as waiting, min(due_at) as oldest
                from generate_series(0, 15) slot,
                    lateral (select due_at from timer
                        where (case_id & 15) = slot and due_at <= :now order by due_at limit :max) due
            union all
            select 'DELIVERIES', count(*), min(due_at)
                from (select due_at from delivery where not digest and due_at <= :now order by due_at limit :max) due
            union all
            select 'JOBS', count(*), min(opened_at)
                from (select opened_at from job
                    where retries > 0 and (leased_until is null or leased_until <= :now) limit :max) due
            union all
            select 'MAIL_IN', count(*), min(received_at)
                from (select received_at from mail_in where problem is null order by due_at limit :max) due
            union all
            select 'KEPT_MAILS', count(*), min(received_at)
                from (select received_at from mail_in where problem is not null order by id limit :max) kept
            union all
            select 'MESSAGES', count(*), null from (select 1 from message where expires_at > :now limit :max) kept
            union all
            select 'TASKS', count(*), null from (select 1 from task limit :max) open""";

    private static final String DATABASE = """
            select current_setting('server_version') as version, pg_database_size(current_database()) as bytes,
                (select count(*) from pg_stat_activity where datname = current_database()) as connections,
                current_setting('max_connections')::int as connections_max""";

    private static final String TABLES = """
            select relname, pg_total_relation_size(oid) as bytes, greatest(reltuples, 0)::bigint as row_count
            from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
            order by 2 desc limit 8""";

    private static final String TYPES = """
            select type, count(*) as open, count(*) filter (where retries = 0) as failed,
                count(*) filter (where retries > 0 and leased_until > :now) as leased, min(opened_at) as oldest
            from job group by type order by type limit 200""";

    private final JdbcClient database;
    private final Nodes nodes;
    private final boolean embedded;
    private final Clock clock;

    /** {@code embedded}: the database is Baton's own. */
    public Health(JdbcClient database, Nodes nodes, boolean embedded, Clock clock) {
        this.database = database;
        this.nodes = nodes;
        this.embedded = embedded;
        this.clock = clock;
    }

    public enum Queue {
        TIMERS,
        DELIVERIES,
        JOBS,
        MAIL_IN,
        KEPT_MAILS,
        MESSAGES,
        TASKS
    }

    /** {@code waiting} is {@link #COUNT_MAX} where there are more; {@code oldest} is since when the first one waits. */
    public record Waiting(
            Queue queue, int waiting, @Nullable Instant oldest) {}

    public record Table(String name, long bytes, long rows) {}

    /** {@code rows} of a table are as PostgreSQL last estimated them. */
    public record Store(
            String version, boolean embedded, long bytes, int connections, int connectionsMax, List<Table> tables) {}

    /** The jobs of one type; {@code leased} are with a worker now. */
    public record JobType(String type, int open, int leased, int failed, Instant oldest) {}

    /** What `./baton verify` found when it ran last. */
    public record Verified(Instant at, long cases, long entries, long problems) {}

    /** This node says how it is, without waiting for its loop. */
    public void tellNow() {
        var _ = nodes.tick();
    }

    public List<NodeStatus> nodes() {
        return nodes.list();
    }

    public List<Waiting> queues() {
        return database.sql(QUEUES)
                .param("now", now())
                .param("max", COUNT_MAX)
                .query((row, _) -> new Waiting(
                        Queue.valueOf(row.getString("queue")),
                        Math.min(row.getInt("waiting"), COUNT_MAX),
                        instant(row.getObject("oldest", OffsetDateTime.class))))
                .list();
    }

    public Store store() {
        var tables = database.sql(TABLES)
                .query((row, _) -> new Table(row.getString(1), row.getLong(2), row.getLong(3)))
                .list();
        return database.sql(DATABASE)
                .query((row, _) -> new Store(
                        row.getString("version"),
                        embedded,
                        row.getLong("bytes"),
                        row.getInt("connections"),
                        row.getInt("connections_max"),
                        tables))
                .single();
    }

    public List<JobType> jobTypes() {
        return database.sql(TYPES)
                .param("now", now())
                .query((row, _) -> new JobType(
                        row.getString("type"),
                        row.getInt("open"),
                        row.getInt("leased"),
                        row.getInt("failed"),
                        row.getObject("oldest", OffsetDateTime.class).toInstant()))
                .list();
    }

    public Optional<Verified> lastVerify() {
        return database.sql("select value from setting where name = ?")
                .param(LAST_VERIFY)
                .query(String.class)
                .optional()
                .map(value -> JsonMapper.shared().readValue(value, Verified.class));
    }

    public void verified(long cases, long entries, long problems) {
        var verified = new Verified(clock.instant(), cases, entries, problems);
        database.sql("""
                        insert into setting (name, value) values (?, ?)
                        on conflict (name) do update set value = excluded.value""")
                .param(LAST_VERIFY)
                .param(JsonMapper.shared().writeValueAsString(verified))
                .update();
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
