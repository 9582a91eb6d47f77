package io.baton.server.commit;

import static io.baton.server.commit.Stage.ADA;
import static io.baton.server.commit.Stage.variables;
import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Command;
import io.baton.engine.Event;
import io.baton.engine.IncidentKind;
import io.baton.server.TestProcess;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Jobs done inside the server whose results are more than a case or a command may hold. */
class LocalWorkersTest {

    private static final Stage STAGE = new Stage();

    @AfterAll
    static void closeStage() {
        assertThat(STAGE.verify().first()).isEmpty();
        STAGE.close();
    }

    @Test
    void resultsThatTheCaseHasNoRoomForAreAnIncidentOfTheJob() {
        var process = STAGE.deploy(TestProcess.of("too-large", "BIG")
                .then("startEvent", "start")
                .job("big", "big")
                .then("endEvent", "end"));

        var events = started(process, "x".repeat(200_000), Map.of("big", 1_900_000));

        assertThat(raised(events).kind()).isEqualTo(IncidentKind.JOB);
        assertThat(raised(events).message()).contains("the case keeps variables of at most");
    }

    @Test
    void resultsOfManyJobsInOneCommandAreBoundedInAll() {
        var process = TestProcess.of("again-and-again", "AGA").then("startEvent", "start");
        for (int i = 0; i < 5; i++) {
            process.job("job" + i, "same");
        }

        var events = started(STAGE.deploy(process.then("endEvent", "end")), "", Map.of("same", 600_000));

        assertThat(events).filteredOn(Event.JobCompleted.class::isInstance).hasSize(3);
        assertThat(raised(events).node()).isEqualTo("job3");
        assertThat(raised(events).message()).contains("the jobs of one command have results of more than");
    }

    /** Each worker sets one variable, named like its type, with so many characters. */
    private static List<Event> started(int process, String given, Map<String, Integer> sizes) {
        var workers = new HashMap<String, LocalWorkers.Worker>();
        sizes.forEach((type, size) -> workers.put(type, _ -> Map.of(type, "x".repeat(size))));
        var deciding = Deciding.alone(STAGE.deployments, new LocalWorkers(workers), Clock.systemUTC());
        try (var committer =
                new Committer(STAGE.test.database()::connect, STAGE.pool, deciding, 1, Duration.ofSeconds(10))) {
            var start = new Command.StartCase(process, null, ADA.id(), variables("given", given));
            return ((Answer.Done) committer.perform(Request.of(committer.nextCaseId(), start, ADA))).events();
        }
    }

    private static Event.IncidentRaised raised(List<Event> events) {
        return events.stream()
                .filter(Event.IncidentRaised.class::isInstance)
                .map(Event.IncidentRaised.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
