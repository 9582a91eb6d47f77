package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.api.Views.Overview;
import io.baton.server.directory.Directory;
import io.baton.server.session.Caller;
import io.baton.server.tasks.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The few numbers that every page shows. */
@RestController
final class OverviewRoutes {

    private static final Duration RECENTLY = Duration.ofDays(7);

    private final JdbcClient database;
    private final Tasks tasks;
    private final Directory directory;
    private final Clock clock;

    OverviewRoutes(Node node, Directory directory) {
        this.database = node.jdbc();
        this.tasks = node.tasks();
        this.directory = directory;
        this.clock = node.clock();
    }

    @GetMapping("/api/overview")
    Overview overview(Caller caller) {
        var now = clock.instant();
        return new Overview(
                count("select count(*) from cases where ended_at is null"),
                tasks.countHeldBy(caller.person()),
                tasks.countQueuedFor(directory.teamsOf(caller.person())),
                database.sql("select count(*) from task where due_at < ?")
                        .param(now.atOffset(ZoneOffset.UTC))
                        .query(Long.class)
                        .single(),
                count("select count(*) from incident"),
                database.sql("select count(*) from cases where status = 2 and ended_at >= ?")
                        .param(now.minus(RECENTLY).atOffset(ZoneOffset.UTC))
                        .query(Long.class)
                        .single());
    }

    private long count(String sql) {
        return database.sql(sql).query(Long.class).single();
    }
}
