package io.baton.server.replay;

import io.baton.engine.Actor;
import io.baton.engine.Case;
import io.baton.engine.Command;
import io.baton.engine.Step;
import io.baton.engine.Wait;
import io.baton.server.Node;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Request;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Drives one recorded case through the engine at the times of its log. What the process does not allow at that moment is
 * recorded in the case's journal as a deviation; it is neither dropped nor forced.
 */
final class Replay {

    private static final Actor ACTOR = Actor.system("replay");

    /** The log knows no accountable person. */
    private static final String OWNER = "log";

    /** The first thing in a case that the process did not allow, or null; and how many commands it took. */
    record Result(long caseId, @Nullable String firstDeviation, int deviations, int commands) {}

    private final Node node;
    private final LogMapping mapping;
    private final int process;

    Replay(Node node, LogMapping mapping, int process) {
        this.node = node;
        this.mapping = mapping;
        this.process = process;
    }

    Result play(EventLog.Trace trace) {
        return new Player(trace).play();
    }

    /** One case, followed in memory by the events that its commands caused. */
    private final class Player {
        private final EventLog.Trace trace;
        private final long caseId = node.committer().nextCaseId();
        private final Case state = new Case(node.deployments());
        private int commands;
        private int deviations;
        private @Nullable String firstDeviation;

        Player(EventLog.Trace trace) {
            this.trace = trace;
        }

        Result play() {
            var first = trace.events().getFirst();
            give(
                    new Command.StartCase(process, null, OWNER, mapping.startVariables(trace)),
                    first.time().toInstant());
            for (int i = 0; i < trace.events().size(); i++) {
                var event = trace.events().get(i);
                fireTimers(event.time().toInstant());
                if (i > 0 || !mapping.isOnlyStart(event.activity())) {
                    apply(event);
                }
            }
            return new Result(caseId, firstDeviation, deviations, commands);
        }

        private void apply(EventLog.Event event) {
            var alternatives = mapping.alternatives(event.activity());
            for (var alternative : alternatives) {
                if (waiting(alternative.getFirst().step()).isPresent()) {
                    alternative.forEach(act -> act(act, event));
                    return;
                }
            }
            deviate(event, "Expected one of " + waitingNodes() + ", but saw '" + event.activity() + "'");
        }

        private void act(LogMapping.Act act, EventLog.Event event) {
            var waiting = waiting(act.step());
            if (waiting.isEmpty()) {
                deviate(event, "Expected '" + act.step() + "' to be open after the act before it");
                return;
            }
            var step = waiting.get();
            var command = step.task() != null
                    ? new Command.CompleteTask(step.id(), act.variables())
                    : new Command.CompleteJob(step.id(), act.variables());
            if (give(command, event.time().toInstant()) instanceof Answer.Refused refused) {
                deviate(event, refused.message());
            }
        }

        private void deviate(EventLog.Event event, String reason) {
            deviations++;
            if (firstDeviation == null) {
                firstDeviation = event.activity() + ": " + reason;
            }
            give(
                    new Command.ObserveDeviation(event.activity(), reason),
                    event.time().toInstant());
        }

        /** The process's own timers fire at their times, between the events of the log. */
        private void fireTimers(Instant until) {
            for (var due = nextTimer(until); due.isPresent(); due = nextTimer(until)) {
                give(new Command.FireTimer(due.get().id()), due.get().due());
            }
        }

        private Optional<Wait.Timer> nextTimer(Instant until) {
            return state.waits().stream()
                    .filter(Wait.Timer.class::isInstance)
                    .map(Wait.Timer.class::cast)
                    .filter(timer -> !timer.due().isAfter(until))
                    .min(Comparator.comparing(Wait.Timer::due).thenComparingInt(Wait.Timer::id));
        }

        private Optional<Step> waiting(String nodeId) {
            return state.steps().stream()
                    .filter(step -> step.node() != null && step.node().id().equals(nodeId))
                    .filter(step -> step.task() != null || step.job() != null)
                    .findFirst();
        }

        private List<String> waitingNodes() {
            return state.steps().stream()
                    .filter(step -> step.task() != null || step.job() != null)
                    .map(step -> step.node() == null ? "" : "'" + step.node().id() + "'")
                    .toList();
        }

        private Answer give(Command command, Instant at) {
            commands++;
            var answer = node.committer().perform(new Request(caseId, command, ACTOR, at, null, false));
            if (answer instanceof Answer.Done done) {
                done.events().forEach(event -> state.apply(event, done.at()));
                var _ = state.takeClosed();
            }
            return answer;
        }
    }
}
