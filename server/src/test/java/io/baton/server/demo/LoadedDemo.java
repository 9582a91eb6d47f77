package io.baton.server.demo;

import io.baton.server.Node;
import java.io.IOException;
import java.nio.file.Path;

/** The demo company in a test's own database, up to the moment of the node's clock. */
public final class LoadedDemo {

    private LoadedDemo() {}

    /** Returns the id of who leads operations. */
    public static String into(Node node) throws IOException, InterruptedException {
        var now = node.clock().instant();
        var sources = DemoCommand.sources(Path.of("..", "processes"));
        try (var load = new DemoLoad(sources, Company.read(), DemoCommand.SEED, now)) {
            load.into(node);
        }
        return Company.LEADER;
    }
}
