package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.api.Views.Overview;
import io.baton.server.directory.Directory;
import io.baton.server.insight.Insight;
import io.baton.server.session.Caller;
import io.baton.server.tasks.Tasks;
import java.time.Duration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The few numbers that every page shows. */
@RestController
final class OverviewRoutes {

    private static final Duration RECENTLY = Duration.ofDays(7);

    private final Insight insight;
    private final Tasks tasks;
    private final Directory directory;

    OverviewRoutes(Node node, Directory directory) {
        this.insight = node.insight();
        this.tasks = node.tasks();
        this.directory = directory;
    }

    @GetMapping("/api/overview")
    Overview overview(Caller caller) {
        var all = insight.ask(reading -> reading.overview(RECENTLY));
        return new Overview(
                all.open(),
                tasks.countHeldBy(caller.person()),
                tasks.countQueuedFor(directory.teamsOf(caller.person())),
                all.overdueTasks(),
                all.incidents(),
                all.completed());
    }
}
