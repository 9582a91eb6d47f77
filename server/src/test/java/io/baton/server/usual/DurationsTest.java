package io.baton.server.usual;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.IncidentKind;
import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.commit.Answer;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.commit.Request;
import io.baton.server.database.TestDatabase;
import io.baton.server.directory.Person;
import io.baton.server.web.TestClock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long steps usually take: counted from what is over, and what the engine makes of it. */
class DurationsTest {

    private static final Actor ANN = Actor.person("p1");

    private final TestDatabase database = TestDatabase.migrated();
    private final TestClock clock = new TestClock();
    private final Node node = new Node(database.database(), LocalWorkers.NONE, clock);
    private final int process;

    DurationsTest() {
        node.directory().add(Person.member("Ann", null, List.of()));
        process = node.deployments()
                .deploy(
                        TestProcess.of("usual", "USU")
                                .then("startEvent", "start")
                                .then("userTask", "a")
                                .then("endEvent", "end")
                                .sources(),
                        "p1")
                .getFirst()
                .version()
                .id();
    }

    @AfterEach
    void close() {
        node.close();
        database.close();
    }

    private long start() {
        var done = (Answer.Done) node.cases().start(process, null, new LinkedHashMap<>(), "p1", ANN, null);
        return done.caseId();
    }

    private void give(long caseId, Command command) {
        assertThat(node.committer().perform(new Request(caseId, command, ANN, null, null, false)))
                .isInstanceOf(Answer.Done.class);
    }

    private int step(long caseId) {
        return node.cases()
                .state(node.cases().find(caseId).orElseThrow())
                .steps()
                .iterator()
                .next()
                .id();
    }

    /** They take 1, 2, 3 … hours. */
    private void finish(int cases) {
        for (int i = 1; i <= cases; i++) {
            var started = start();
            clock.advance(Duration.ofHours(i));
            give(started, new Command.CompleteTask(step(started), new LinkedHashMap<>()));
        }
    }

    @Test
    void saysNothingOfTooFewStepsAndPercentilesOfEnough() {
        finish(Durations.OBSERVATIONS_MIN - 1);
        node.durations().tick();
        assertThat(node.durations().of("usual", "a")).isNull();

        finish(Durations.OBSERVATIONS_MIN + 1);
        clock.advance(Durations.COUNT_EVERY_MIN);
        node.durations().tick();

        var usual = Objects.requireNonNull(node.durations().of("usual", "a"));
        assertThat(usual.n()).isEqualTo(2 * Durations.OBSERVATIONS_MIN);
        assertThat(usual.p50()).isEqualTo(Duration.ofMinutes(630));
        assertThat(usual.p85()).isEqualTo(Duration.ofHours(17).plusMinutes(9));
        assertThat(usual.p95()).isBetween(Duration.ofHours(19), Duration.ofHours(20));
        assertThat(node.durations().all()).containsExactly(usual);
    }

    @Test
    void aStepStallsAfterWhatIsUsual() {
        finish(Durations.OBSERVATIONS_MIN);
        node.durations().tick();
        var started = start();
        give(started, new Command.ClaimTask(step(started)));
        var usual = Objects.requireNonNull(node.durations().p95("usual", "a"));
        clock.advance(usual.plusSeconds(1));

        give(started, new Command.FireTimer(-step(started)));

        var state = node.cases().state(node.cases().find(started).orElseThrow());
        assertThat(state.incidents()).anyMatch(incident -> incident.kind() == IncidentKind.STALLED);
    }
}
