package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Outcome.Accepted;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Processes that never wait: each command ends after a bounded number of moves, and nothing is lost. */
class RunawayTest {

    private static final Actor ANN = Actor.person("ann");

    private static List<Event> start(Play play) {
        return send(play, new Command.StartCase(1, null, "olga", new LinkedHashMap<>()));
    }

    private static List<Event> send(Play play, Command command) {
        var outcome = play.send(command, ANN);
        assertThat(outcome).isInstanceOf(Accepted.class);
        return ((Accepted) outcome).events();
    }

    private static void set(Play play, String name, @Nullable Object value) {
        var variables = new LinkedHashMap<String, @Nullable Object>();
        variables.put(name, value);
        send(play, new Command.SetVariables(0, variables));
    }

    @Test
    void stopsACircleAndGoesOnWhereItStopped() {
        var play = new Play(Models.of("""
                start -> again
                again: xor
                again -> count
                count: script does={1} result=n
                count -> check
                check: xor
                check -> end if done
                check -> again default
                """));
        var events = start(play);

        assertThat(events)
                .filteredOn(event -> event instanceof Event.FlowTaken || event instanceof Event.StepEntered)
                .hasSizeBetween(Run.MOVES_MAX, Run.MOVES_MAX + 3);
        assertThat(play.state.incidents())
                .singleElement()
                .satisfies(incident -> assertThat(incident.kind()).isEqualTo(IncidentKind.RUNAWAY));

        set(play, "done", true);
        var incident = play.state.incidents().iterator().next();
        send(play, new Command.ResolveIncident(incident.id()));
        assertThat(play.state.status()).isEqualTo(Case.Status.COMPLETED);
    }

    @Test
    void stopsAForkThatFeedsItself() {
        var play = new Play(Models.of("""
                start -> again
                again: xor
                again -> fork
                fork: and
                fork -> again
                fork -> again
                """));
        var events = start(play);

        assertThat(events).hasSizeLessThan(5 * Run.MOVES_MAX);
        assertThat(play.state.incidents())
                .hasSize(play.state.steps().size())
                .allSatisfy(incident -> assertThat(incident.kind()).isEqualTo(IncidentKind.RUNAWAY));
    }

    @Test
    void stopsAtAJoinAndFiresItLater() {
        // Each round: the fork, two flows, the join, and one flow back.
        var play = new Play(Models.of("""
                start -> again
                again: xor
                again -> fork
                fork: and
                fork -> join
                fork -> join
                join: and
                join -> check
                check: xor
                check -> end if done
                check -> again default
                """));
        start(play);
        set(play, "done", true);
        for (int i = 0; i < 3 && play.state.status() == Case.Status.OPEN; i++) {
            var incident = play.state.incidents().iterator().next();
            assertThat(incident.kind()).isEqualTo(IncidentKind.RUNAWAY);
            send(play, new Command.ResolveIncident(incident.id()));
        }
        assertThat(play.state.status()).isEqualTo(Case.Status.COMPLETED);
    }

    @Test
    void stopsAnErrorThatIsCaughtOverAndOver() {
        var play = new Play(Models.of("""
                start -> again
                again: xor
                again -> s
                s: sub
                  start1 -> bad
                  bad: errorend code=E1
                caught: boundary on=s error=E1
                caught -> again
                """));
        start(play);
        assertThat(play.state.incidents())
                .singleElement()
                .satisfies(incident -> assertThat(incident.kind()).isEqualTo(IncidentKind.RUNAWAY));
    }

    @Test
    void countsTheInstancesOfLoopsWithinLoops() {
        var play = new Play(Models.of("""
                start -> s -> end
                s: sub times={1000}
                  start1 -> a
                  a: script does={1} times={1000}
                """));
        var events = start(play);
        assertThat(events).hasSizeLessThan(20 * Run.MOVES_MAX);
        assertThat(play.state.incidents())
                .isNotEmpty()
                .allSatisfy(incident -> assertThat(incident.kind()).isEqualTo(IncidentKind.RUNAWAY));
    }

    @Test
    void lets1000InstancesOfASubProcessRunAtOnce() {
        var play = new Play(Models.of("""
                start -> s -> end
                s: sub times={1000} collect={x} into=xs
                  start1 -> a -> g
                  a: script does={loopCounter} result=x
                  g: xor
                  g -> end1
                """));
        start(play);
        assertThat(play.state.status()).isEqualTo(Case.Status.COMPLETED);
        assertThat((List<?>) play.state.variables().get("xs"))
                .hasSize(1000)
                .last()
                .isEqualTo(BigDecimal.valueOf(1000));
    }

    @Test
    void runs1000ScriptsOneAfterTheOtherOnASmallStack() throws InterruptedException {
        var play = new Play(Models.of("""
                start -> a -> end
                a: script does={loopCounter} result=x times={1000} sequential
                """));
        var thread = new Thread(null, () -> start(play), "small", 256 * 1024);
        thread.start();
        thread.join();
        assertThat(play.state.status()).isEqualTo(Case.Status.COMPLETED);
    }
}
