package io.baton.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Event;
import io.baton.server.Node;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.Databases;
import io.baton.server.verify.Verify;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Baton is killed in the middle of its work, again and again, now and then PostgreSQL with it. Clients ask again for
 * what was not acknowledged. More rounds: {@code -Dkills=100}; the same moments again: {@code -Dseed=…}.
 */
class KillLoopTest {

    private static final int KILLS = Integer.getInteger("kills", 8);
    private static final long SEED = Long.getLong("seed", new Random().nextLong());
    private static final int CLIENTS = 6;

    private final Random random = new Random(SEED);
    private final Map<Integer, Client.Done> last = new LinkedHashMap<>();
    private final List<Client.Done> done = new ArrayList<>();
    private Path folder = Path.of("");

    @BeforeEach
    void createFolder() throws IOException {
        folder = Victim.folder();
    }

    @AfterEach
    void deleteFolder() throws IOException {
        Victim.delete(folder);
    }

    @Test
    void whatWasAcknowledgedIsThereAndNothingIsThereTwice() throws IOException {
        var data = folder.resolve("data");
        for (int kill = 0; kill < KILLS; kill++) {
            try (var victim = Victim.start(data, CLIENTS, last)) {
                acknowledge(victim.doneUntilKilled(1 + random.nextInt(400), kill % 3 == 2));
            }
        }
        try (var database = Databases.open(null, data);
                var node = new Node(database, LocalWorkers.NONE, Clock.systemUTC())) {
            repeatWhatWasNotAcknowledged(node);
            assertAllIsThereOnce(node);
            assertThat(new Verify(node.jdbc(), node.transaction(), node.deployments())
                            .run(_ -> {})
                            .first())
                    .as("seed %d", SEED)
                    .isEmpty();
        }
    }

    private void acknowledge(Collection<Client.Done> more) {
        done.addAll(more);
        more.forEach(each -> last.put(each.client(), each));
    }

    private void repeatWhatWasNotAcknowledged(Node node) {
        var process =
                node.deployments().newestVersion("two-tasks").orElseThrow().id();
        for (int i = 0; i < CLIENTS; i++) {
            acknowledge(List.of(new Client(node, process, i, last.get(i)).act()));
        }
    }

    private void assertAllIsThereOnce(Node node) {
        var found = new LinkedHashMap<String, String>();
        for (var id : node.jdbc()
                .sql("select id from cases order by id")
                .query((row, _) -> row.getLong(1))
                .list()) {
            for (var entry : node.journal().all(id)) {
                for (var mark : marks(entry.events())) {
                    var place = entry.caseId() + "/" + entry.seq();
                    assertThat(found.put(mark, place))
                            .as("%s is in the journal at %s and elsewhere, seed %d", mark, place, SEED)
                            .isNull();
                }
            }
        }
        var acknowledged = new LinkedHashMap<String, String>();
        done.forEach(each -> acknowledged.put(each.mark(), each.caseId() + "/" + each.seq()));
        assertThat(acknowledged)
                .as("every act was acknowledged once, seed %d", SEED)
                .hasSameSizeAs(done);
        assertThat(found)
                .as("what was acknowledged and nothing else, seed %d", SEED)
                .containsExactlyInAnyOrderEntriesOf(acknowledged);
    }

    private static List<String> marks(List<Event> events) {
        return events.stream()
                .filter(Event.VariablesSet.class::isInstance)
                .flatMap(event -> ((Event.VariablesSet) event).variables().keySet().stream())
                .toList();
    }
}
