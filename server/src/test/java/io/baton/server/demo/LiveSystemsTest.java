package io.baton.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.Values;
import io.baton.server.Node;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.commit.Request;
import io.baton.server.database.TestDatabase;
import io.baton.server.processes.ProcessFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveSystemsTest {

    private final TestDatabase database = TestDatabase.migrated();
    private final Node node = new Node(database.database(), LocalWorkers.NONE, Clock.systemUTC());
    private final LiveSystems systems = new LiveSystems(node, DemoCommand.SEED);

    @AfterEach
    void close() {
        systems.close();
        node.close();
        database.close();
    }

    @Test
    void whatAVisitorDoesIsFollowedByTheSystemsAnswer() throws IOException {
        var ann = Actor.person("p1");
        node.deployments().deploy(ProcessFolder.read(Path.of("..", "processes", "request-for-payment")), "p1");
        long id = node.committer().nextCaseId();
        var start = new Command.StartCase(
                node.deployments().newest("request-for-payment"), null, "p1", Values.variables(Scene.given()));
        var _ = node.committer().perform(Request.of(id, start, ann));
        for (var outcome : List.of("submitted", "approved", "approved", "final-approved")) {
            var task = node.cases().state(node.cases().find(id).orElseThrow()).steps().stream()
                    .filter(step -> step.task() != null)
                    .findFirst()
                    .orElseThrow();
            var complete = new Command.CompleteTask(task.id(), Values.variables(Scene.given("outcome", outcome)));
            var _ = node.committer().perform(Request.of(id, complete, ann));
        }

        var types = List.of("request-payment", "handle-payment");
        var jobs = node.jobs().activate(types, "test", 1, Duration.ofMinutes(1), Duration.ZERO);
        assertThat(jobs).hasSize(1);
        systems.answer(jobs.getFirst());

        assertThat(node.jobs().activate(types, "test", 1, Duration.ofMinutes(1), Duration.ZERO))
                .singleElement()
                .satisfies(job -> assertThat(job.type()).isEqualTo("handle-payment"));
    }
}
