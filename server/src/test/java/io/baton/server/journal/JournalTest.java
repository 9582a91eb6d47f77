package io.baton.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.commit.Answer;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.commit.Request;
import io.baton.server.database.TestDatabase;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JournalTest {

    private static final Actor ANN = Actor.person("p1");

    /** However many entries are read at once, also where the last piece is full. */
    @Test
    void readsAWholeJournalInPieces() {
        try (var database = TestDatabase.migrated();
                var node = new Node(database.database(), LocalWorkers.NONE, Clock.systemUTC())) {
            var _ = node.deployments().deploy(TestProcess.twoTasks().sources(), "p1");
            var process = node.deployments().find("two-tasks", 1).orElseThrow().id();
            var id = node.committer().nextCaseId();
            give(node, id, new Command.StartCase(process, null, "p1", new LinkedHashMap<>()));
            for (int i = 0; i < 5; i++) {
                var step = node.tasks().ofCase(id).getFirst().step();
                give(node, id, i % 2 == 0 ? new Command.ClaimTask(step) : new Command.ReleaseTask(step));
            }
            for (int atOnce = 1; atOnce <= 7; atOnce++) {
                assertThat(node.journal().all(id, atOnce).stream().map(Entry::seq))
                        .as("%d at once", atOnce)
                        .containsExactlyElementsOf(
                                IntStream.rangeClosed(1, 6).boxed().toList());
            }
        }
    }

    private static void give(Node node, long id, Command command) {
        assertThat(node.committer().perform(Request.of(id, command, ANN))).isInstanceOf(Answer.Done.class);
    }
}
