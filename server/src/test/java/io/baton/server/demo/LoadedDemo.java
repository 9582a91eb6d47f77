package io.baton.server.demo;

import io.baton.server.Node;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The demo company in a test's own database, up to the moment of the clock. By a node whose loops do not run: they would
 * act on what is long over in the middle of the history.
 */
public final class LoadedDemo {

    private LoadedDemo() {}

    /** Returns the id of who leads operations. */
    public static String into(Database database, Clock clock) throws IOException, InterruptedException {
        var sources = Edition.read(Path.of("..", "processes"), DemoCommand.PROCESSES);
        try (var node = new Node(database, LocalWorkers.NONE, clock);
                var load = new DemoLoad(sources, Company.read(), DemoCommand.SEED, clock.instant())) {
            load.into(node);
        }
        return Company.LEADER;
    }
}
