package io.baton.engine;

import io.baton.engine.Expressions.Stuck;
import io.baton.engine.Outcome.Refused;
import io.baton.engine.model.FlowNode;
import io.baton.engine.model.FlowNode.ActivityNode;
import io.baton.engine.model.FlowNode.IntermediateCatchEvent;
import io.baton.engine.model.FlowNode.StartEvent;
import io.baton.engine.model.SequenceFlow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What keeps a token from going on by itself, and trying again. A token is never lost to a failure. */
final class Incidents {

    /** Longer reasons are cut: a worker's stack trace is not the journal's business. */
    private static final int MESSAGE_LENGTH_MAX = 2_000;

    private Incidents() {}

    static void raise(Run run, Step step, Stuck stuck) {
        raise(run, step, step.requireNode(), stuck);
    }

    /** At a node inside the step: a scope that goes on, but not all of it. */
    static void raise(Run run, Step step, FlowNode node, Stuck stuck) {
        raise(run, step, node.id(), stuck.kind, stuck.reason());
    }

    private static void raise(Run run, Step step, String node, IncidentKind kind, String reason) {
        run.emit(new Event.IncidentRaised(run.nextId(), step.id, node, kind, cut(reason)));
    }

    static String cut(String message) {
        return cut(message, MESSAGE_LENGTH_MAX);
    }

    static String cut(String text, int lengthMax) {
        if (text.length() <= lengthMax) {
            return text;
        }
        var splits = Character.isHighSurrogate(text.charAt(lengthMax - 1));
        return text.substring(0, lengthMax - (splits ? 1 : 0)) + "…";
    }

    /** Stops the token in front of the node, which a retry then enters. */
    static void runaway(Run run, SequenceFlow flow, Step scope) {
        var node = scope.inner.node(flow.target());
        run.emit(new Event.FlowTaken(scope.id, flow.id()));
        if (scope.inner.incoming(node).size() > 1
                && (node instanceof FlowNode.ParallelGateway || node instanceof FlowNode.InclusiveGateway)) {
            run.emit(new Event.TokenArrived(scope.id, flow.id()));
        } else {
            runaway(run, run.open(node, scope));
        }
    }

    static void runaway(Run run, Step step) {
        raise(run, step, step.requireNode().id(), IncidentKind.RUNAWAY, runawayMessage());
    }

    static void runaway(Run run, FlowNode join, Step scope) {
        if (!hasAt(run.state, scope, join)) {
            raise(run, scope, join.id(), IncidentKind.RUNAWAY, runawayMessage());
        }
    }

    private static String runawayMessage() {
        return "No step that waits after " + Run.MOVES_MAX + " moves; the process may go round in circles";
    }

    static void deadlock(Run run, Step scope) {
        for (var flow : List.copyOf(scope.arrived.keySet())) {
            var join = scope.inner.node(scope.inner.flow(flow).target());
            if (!hasAt(run.state, scope, join)) {
                raise(
                        run,
                        scope,
                        join.id(),
                        IncidentKind.DEADLOCK,
                        "A token waits at '" + join.element().label() + "' for others that can no longer come");
            }
        }
    }

    /** About the work, not the token; at most one of a kind for a step. */
    static void report(Run run, Step step, IncidentKind kind, String message) {
        if (open(run.state, step, kind) == null) {
            raise(run, step, step.node == null ? "" : step.node.id(), kind, cut(message));
        }
    }

    /** Its cause is gone. */
    static void settle(Run run, Step step, IncidentKind kind) {
        var incident = open(run.state, step, kind);
        if (incident != null) {
            run.emit(new Event.IncidentResolved(incident.id()));
        }
    }

    /** At most one of a kind for a step and whom or what it is about. */
    static void report(Run run, Step step, IncidentKind kind, String about, String message) {
        if (open(run.state, step, kind, about) == null) {
            var number = run.nextId();
            raise(run, step, step.node == null ? "" : step.node.id(), kind, cut(message));
            run.emit(new Event.IncidentNamed(number, about));
        }
    }

    static void settle(Run run, Step step, IncidentKind kind, String about) {
        var incident = open(run.state, step, kind, about);
        if (incident != null) {
            run.emit(new Event.IncidentResolved(incident.id()));
        }
    }

    static boolean isOpen(Case state, Step step, IncidentKind kind) {
        return open(state, step, kind) != null;
    }

    private static @Nullable Incident open(Case state, Step step, IncidentKind kind) {
        return open(state, step, kind, null);
    }

    private static @Nullable Incident open(Case state, Step step, IncidentKind kind, @Nullable String about) {
        for (var incident : state.incidents.values()) {
            if (incident.step() == step.id
                    && incident.kind() == kind
                    && (about == null || about.equals(incident.about()))) {
                return incident;
            }
        }
        return null;
    }

    /** Whether a token waits here for an incident to be resolved. */
    static boolean has(Case state, Step step) {
        return state.incidents.values().stream()
                .anyMatch(incident ->
                        incident.step() == step.id && incident.kind().stopsToken());
    }

    private static boolean hasAt(Case state, Step scope, FlowNode node) {
        return state.incidents.values().stream()
                .anyMatch(incident ->
                        incident.step() == scope.id && incident.node().equals(node.id()));
    }

    static void closeAll(Run run, Step step) {
        for (var incident : List.copyOf(run.state.incidents.values())) {
            if (incident.step() == step.id) {
                run.emit(new Event.IncidentResolved(incident.id()));
            }
        }
    }

    static void closeAt(Run run, Step scope, FlowNode node) {
        for (var incident : List.copyOf(run.state.incidents.values())) {
            if (incident.step() == scope.id && incident.node().equals(node.id())) {
                run.emit(new Event.IncidentResolved(incident.id()));
            }
        }
    }

    static Outcome resolve(Case state, Command.ResolveIncident command, Instant now) {
        var incident = state.incidents.get(command.incident());
        if (incident == null) {
            return new Refused(Refusal.NO_SUCH_INCIDENT, "no open incident " + command.incident());
        }
        var run = new Run(state, now);
        if (Dismissals.isNeeded(incident.kind())) {
            run.emit(new Event.IncidentDismissed(incident.id()));
        }
        run.emit(new Event.IncidentResolved(incident.id()));
        if (incident.kind() == IncidentKind.ORPHANED) {
            Assignments.reportOrphaned(run, state.open(incident.step()), incident.message());
        } else if (incident.kind() == IncidentKind.CONFLICT && incident.about() != null) {
            run.emit(new Event.FactDecided(incident.about())); // it stays as it is
        } else if (incident.kind().stopsToken()) {
            retry(run, state.open(incident.step()), incident.node());
        }
        return run.finish();
    }

    private static void retry(Run run, Step step, String node) {
        if (step.children > 0 && step.inner.has(node) && step.inner.node(node) instanceof StartEvent start) {
            // The scope runs; what could not listen was one of its event sub-processes.
            Scopes.awaitEventSubProcess(run, step, start);
        } else if (step.node == null) {
            // The case itself: its joins are looked at in the end, like those of any scope.
            return;
        } else if (step.stage == Step.Stage.ENTERED) {
            run.begin(step);
        } else if (step.job != null) {
            run.emit(new Event.JobOpened(step.id, step.job.type(), Jobs.retries(step.requireNode())));
        } else if (step.stage == Step.Stage.LEAVING || isDone(run.state, step)) {
            if (step.node instanceof ActivityNode) {
                Activities.leave(run, step);
            } else if (step.stage == Step.Stage.LEAVING) {
                CatchEvents.leaveHeld(run, step);
            }
        }
    }

    /** Its work is over and only its way out failed. */
    private static boolean isDone(Case state, Step step) {
        return step.task == null
                && step.children == 0
                && step.arrived.isEmpty()
                && !(step.node instanceof IntermediateCatchEvent)
                && !(step.node instanceof FlowNode.ReceiveTask task && awaits(state, step, task));
    }

    private static boolean awaits(Case state, Step step, FlowNode.ReceiveTask task) {
        return state.waits.values().stream()
                .anyMatch(wait -> wait.step() == step.id && wait.node().index() == task.index());
    }
}
