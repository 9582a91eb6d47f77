package io.baton.server.health;

import io.baton.server.health.NodeStatus.Said;
import io.baton.server.pumps.Pump;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The nodes on this database: each says every few seconds that it is there and how its loops are. */
public final class Nodes implements Pump.Work {

    private static final Duration EVERY = Duration.ofSeconds(10);

    /** Three words missed. */
    public static final Duration GONE_AFTER = Duration.ofSeconds(35);

    /** Then a node that is gone is no longer listed. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

    private static final int LIST_MAX = 100;

    private static final String SAY = """
            insert into node (id, name, version, started_at, seen_at, said)
            values (:id, :name, :version, :started, :now, :said::jsonb)
            on conflict (id) do update set seen_at = excluded.seen_at, said = excluded.said""";

    private static final Logger log = LoggerFactory.getLogger(Nodes.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient database;
    private final Supplier<Said> said;
    private final Clock clock;
    private final UUID id = UUID.randomUUID();
    private final Instant startedAt;

    public Nodes(JdbcClient database, Supplier<Said> said, Clock clock) {
        this.database = database;
        this.said = said;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    @Override
    public Duration tick() {
        var now = clock.instant();
        database.sql(SAY)
                .param("id", id)
                .param("name", name())
                .param("version", version())
                .param("started", time(startedAt))
                .param("now", time(now))
                .param("said", JSON.writeValueAsString(said.get()))
                .update();
        database.sql("delete from node where seen_at < ?")
                .param(time(now.minus(FORGOTTEN_AFTER)))
                .update();
        return EVERY;
    }

    /** A node that stops in order is not missed. */
    public void leave() {
        try {
            database.sql("delete from node where id = ?").param(id).update();
        } catch (DataAccessException e) {
            log.info("This node could not say that it stops; it is listed as gone for a day", e);
        }
    }

    /** The one that was heard of last is the first. */
    public List<NodeStatus> list() {
        return database.sql(
                        "select id, name, version, started_at, seen_at, said from node order by seen_at desc, id limit ?")
                .param(LIST_MAX)
                .query((row, _) -> status(row))
                .list();
    }

    private NodeStatus status(ResultSet row) throws SQLException {
        var seenAt = row.getObject("seen_at", OffsetDateTime.class).toInstant();
        return new NodeStatus(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("version"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                seenAt,
                seenAt.isBefore(clock.instant().minus(GONE_AFTER)),
                JSON.readValue(row.getString("said"), Said.class));
    }

    private static String name() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unnamed";
        }
    }

    /** Of the built jar; run from its classes it has none. */
    public static String version() {
        return Objects.requireNonNullElse(Nodes.class.getPackage().getImplementationVersion(), "development");
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
