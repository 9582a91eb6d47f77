package io.baton.server.room;

import io.baton.engine.Actor;
import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.commit.Answer;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.TestDatabase;
import io.baton.server.directory.Person;
import io.baton.server.verify.Verify;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A node of its own with a member, for tests of the case room below HTTP. */
final class Rooms implements AutoCloseable {

    final TestDatabase database = TestDatabase.migrated();
    final Node node = new Node(database.database(), LocalWorkers.NONE, Clock.systemUTC());
    final String ada =
            node.directory().add(Person.member("Ada", null, List.of())).orElseThrow();

    /** The node's files under other settings. */
    Files files(FileSettings settings) {
        return new Files(
                node.jdbc(), node.cases(), node.tasks(), node.journal(), node.deployments(), node.clock(), settings);
    }

    String contact(String name, String organisation) {
        return node.directory().add(Person.contact(name, null, organisation)).orElseThrow();
    }

    long start(TestProcess process) {
        return start(process, new LinkedHashMap<>());
    }

    long start(TestProcess process, SequencedMap<String, @Nullable Object> variables) {
        var version =
                node.deployments().deploy(process.sources(), ada).getFirst().version();
        var answer = node.cases().start(version.id(), null, variables, ada, Actor.person(ada), null);
        return ((Answer.Done) answer).caseId();
    }

    static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    List<String> verify() {
        return new Verify(node.jdbc(), node.transaction(), node.deployments())
                .run(_ -> {})
                .first();
    }

    @Override
    public void close() {
        node.close();
        database.close();
    }
}
