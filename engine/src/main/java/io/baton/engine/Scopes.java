package io.baton.engine;

import io.baton.engine.Expressions.Stuck;
import io.baton.engine.model.FlowNode.CallActivity;
import io.baton.engine.model.FlowNode.Element;
import io.baton.engine.model.FlowNode.StartEvent;
import io.baton.engine.model.FlowNode.SubProcess;
import java.util.List;

/** The case, sub-processes and called processes: how a scope begins, when it is done, how it is ended early. */
final class Scopes {

    private Scopes() {}

    /** An embedded sub-process begins at its one start event; its event sub-processes start to listen. */
    static void begin(Run run, Step step, List<Wait> waits) throws Stuck {
        var model = step.inner;
        var node = step.requireNode();
        var inside = CatchEvents.eventSubProcessWaits(run, step, run.nextId() + waits.size());
        CatchEvents.open(run, waits);
        CatchEvents.open(run, inside);
        run.pass(model.startEvents(node.index()).getFirst(), step);
    }

    /** One that cannot listen is an incident of its own; the scope and the others go on. */
    static void awaitEventSubProcesses(Run run, Step scope) {
        for (var start : CatchEvents.eventSubProcessStarts(scope)) {
            awaitEventSubProcess(run, scope, start);
        }
    }

    static void awaitEventSubProcess(Run run, Step scope, StartEvent start) {
        try {
            CatchEvents.open(run, List.of(CatchEvents.wait(run, run.nextId(), scope, start, start.trigger())));
        } catch (Stuck stuck) {
            Incidents.raise(run, scope, start, stuck);
        }
    }

    /** The index under which the scope's own nodes are filed in its model. */
    static int index(Step scope) {
        return scope.node == null || scope.calledProcess >= 0 ? Element.PROCESS : scope.node.index();
    }

    /**
     * When no token moves any more: fires a join that is ready, or closes a scope that is done, innermost first. False
     * when all is at rest. A scope whose tokens all wait at joins will never go on, and says so.
     */
    static boolean settle(Run run) {
        for (var id = run.touched.pollLast(); id != null; id = run.touched.pollLast()) {
            var scope = run.state.step(id);
            if (scope == null || !isScope(scope)) {
                continue;
            }
            if (!scope.arrived.isEmpty()) {
                if (Gateways.joins(run, scope)) {
                    return true;
                }
                if (scope.children == 0 && !run.exhausted()) {
                    Incidents.deadlock(run, scope);
                }
            } else if (scope.children == 0 && !Incidents.has(run.state, scope)) {
                return complete(run, scope);
            }
        }
        return false;
    }

    private static boolean isScope(Step step) {
        return switch (step.node) {
            case null -> true;
            case SubProcess _ -> step.stage != Step.Stage.ENTERED && step.loop == null;
            case CallActivity _ -> step.calledProcess >= 0;
            default -> false;
        };
    }

    private static boolean complete(Run run, Step scope) {
        if (scope.node == null) {
            endWaits(run, scope);
            run.emit(new Event.CaseCompleted());
            return false;
        }
        if (scope.node instanceof CallActivity call) {
            Calls.returned(run, scope, call);
        } else {
            Activities.leave(run, scope);
        }
        return true;
    }

    /** Ends everything inside a scope that lives on, and with it what kept the scope from going on. */
    static void clear(Run run, Step scope) {
        terminateChildren(run, scope);
        Incidents.closeAll(run, scope);
    }

    /** Ends everything inside the scope, innermost first. */
    static void terminateChildren(Run run, Step scope) {
        run.dropTokens(scope);
        for (var child : run.state.childrenOf(scope).reversed()) {
            terminate(run, child);
        }
        if (!scope.arrived.isEmpty()) {
            run.emit(new Event.TokensDiscarded(scope.id));
        }
    }

    static void terminate(Run run, Step step) {
        terminateChildren(run, step);
        run.emit(new Event.StepTerminated(step.id));
    }

    static void endWaits(Run run, Step step) {
        for (var wait : List.copyOf(run.state.waits.values())) {
            if (wait.step() == step.id) {
                run.emit(new Event.WaitEnded(wait.id()));
            }
        }
    }

    static void startEventSubProcess(Run run, Step scope, StartEvent start) {
        run.pass(start, openEventSubProcess(run, scope, start));
    }

    /** An event sub-process was set off inside its scope; an interrupting one ends all else there. */
    static Step openEventSubProcess(Run run, Step scope, StartEvent start) {
        if (start.interrupting()) {
            clear(run, scope);
            for (var wait : List.copyOf(run.state.waits.values())) {
                if (wait.step() == scope.id && wait.node() instanceof StartEvent) {
                    run.emit(new Event.WaitEnded(wait.id()));
                }
            }
        }
        var sub = run.open(scope.inner.node(start.element().scope()), scope);
        awaitEventSubProcesses(run, sub);
        return sub;
    }
}
