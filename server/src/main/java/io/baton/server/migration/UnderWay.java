package io.baton.server.migration;

import io.baton.engine.Actor;
import io.baton.server.migration.Migrations.Plan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One migration at a time leaves a version: two to different targets would each take what the other has not reached yet.
 * Whoever has begun goes on with each portion; nothing tells that a browser was closed, so silence counts as giving up.
 */
final class UnderWay {

    /** A portion takes seconds. */
    static final Duration SILENCE_MAX = Duration.ofMinutes(2);

    private static final String BEGIN = """
            insert into migration_under_way as mine (process_from, process_to, person, began_at, seen_at)
            values (:from, :to, :person, :now, :now)
            on conflict (process_from) do update
               set process_to = excluded.process_to,
                   person = excluded.person,
                   seen_at = excluded.seen_at,
                   began_at = case when (mine.process_to, mine.person) = (excluded.process_to, excluded.person)
                                   then mine.began_at else excluded.began_at end
             where (mine.process_to, mine.person) = (excluded.process_to, excluded.person) or mine.seen_at < :silent""";

    private static final String WHO =
            "select process_to, person, began_at from migration_under_way where process_from = ?";

    private static final String END =
            "delete from migration_under_way where process_from = ? and process_to = ? and person = ?";

    private final JdbcClient database;

    UnderWay(JdbcClient database) {
        this.database = database;
    }

    /** Also goes on with what the same person has begun. */
    void begin(Plan plan, Actor actor, Instant now) {
        while (!isMine(plan, actor, now)) {
            var other = other(plan);
            if (other.isPresent()) {
                throw other.get();
            } // else it has just ended
        }
    }

    private boolean isMine(Plan plan, Actor actor, Instant now) {
        return database.sql(BEGIN)
                        .param("from", plan.from())
                        .param("to", plan.to())
                        .param("person", actor.id())
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("silent", now.minus(SILENCE_MAX).atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    private Optional<AnotherMigration> other(Plan plan) {
        return database.sql(WHO)
                .param(plan.from())
                .query((row, _) -> another(row))
                .optional();
    }

    private static AnotherMigration another(ResultSet row) throws SQLException {
        return new AnotherMigration(
                row.getInt("process_to"),
                row.getString("person"),
                row.getObject("began_at", OffsetDateTime.class).toInstant());
    }

    void end(Plan plan, Actor actor) {
        var _ = database.sql(END)
                .param(plan.from())
                .param(plan.to())
                .param(actor.id())
                .update();
    }
}
