package io.baton.server;

import io.baton.server.commit.Committer;
import io.baton.server.commit.Deciding;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** A node on a database of its own, and a committer for whom the {@link Crew} are all there is: where chance is at work. */
public final class CrewNode implements AutoCloseable {

    public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-12-31T12:00:00Z"), ZoneOffset.UTC);

    private final TestDatabase database = TestDatabase.migrated();
    private final Node node = new Node(database.database(), LocalWorkers.NONE, CLOCK);
    private final Committer committer = new Committer(
            database.database()::connect,
            node.pool(),
            new Deciding(node.deployments(), Crew::new, LocalWorkers.NONE, CLOCK),
            Committer.LANES);

    public TestDatabase database() {
        return database;
    }

    public Node node() {
        return node;
    }

    public Committer committer() {
        return committer;
    }

    @Override
    public void close() {
        committer.close();
        node.close();
        database.close();
    }
}
