package io.baton.engine;

import io.baton.engine.Expressions.Stuck;
import io.baton.engine.model.FlowNode.BoundaryEvent;
import io.baton.engine.model.FlowNode.StartEvent;
import io.baton.engine.model.Trigger;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * BPMN errors travel outwards to the nearest boundary event or event sub-process that catches their code (BPMN 2.0
 * §10.5.1). One that nothing catches becomes an incident where it was thrown: an error is never swallowed.
 */
final class Errors {

    private Errors() {}

    static void raise(
            Run run,
            Step origin,
            String code,
            @Nullable String reason,
            SequencedMap<String, @Nullable Object> variables) {
        var message = reason == null ? null : Incidents.cut(reason);
        for (Step step = origin; step != null; step = step.scope) {
            var boundary = step.node == null || step.isLoopInstance() ? null : boundary(step, code);
            if (boundary != null) {
                atBoundary(run, origin, step, boundary, code, message, variables);
                return;
            }
            // The event sub-processes inside a loop belong to its instances, not to the loop as a whole.
            var start = step.scope == null || step.isLoopInstance() ? null : eventSubProcess(step, step.scope, code);
            if (start != null) {
                inside(run, origin, step.requireScope(), start, code, message, variables);
                return;
            }
        }
        if (!Incidents.has(run.state, origin)) {
            Incidents.raise(
                    run,
                    origin,
                    new Stuck(
                            IncidentKind.UNCAUGHT_ERROR,
                            "Error '" + code + "' is not caught" + (message == null ? "" : ": " + message)));
        }
    }

    private static @Nullable BoundaryEvent boundary(Step step, String code) {
        var around = step.scope == null ? step.inner : step.scope.inner;
        BoundaryEvent any = null;
        for (var event : around.boundaries(step.requireNode())) {
            if (event.trigger() instanceof Trigger.Error(var caught)) {
                if (code.equals(caught)) {
                    return event;
                }
                any = caught == null ? event : any;
            }
        }
        return any;
    }

    /** An error thrown inside an event sub-process is not caught by that event sub-process again. */
    private static @Nullable StartEvent eventSubProcess(Step thrower, Step scope, String code) {
        StartEvent any = null;
        for (var sub : scope.inner.eventSubProcesses(Scopes.index(scope))) {
            for (var start : scope.inner.startEvents(sub.index())) {
                if (!thrower.isAt(sub) && start.trigger() instanceof Trigger.Error(var caught)) {
                    if (code.equals(caught)) {
                        return start;
                    }
                    any = caught == null ? start : any;
                }
            }
        }
        return any;
    }

    private static void atBoundary(
            Run run,
            Step origin,
            Step activity,
            BoundaryEvent event,
            String code,
            @Nullable String message,
            SequencedMap<String, @Nullable Object> variables) {
        var scope = activity.requireScope();
        run.emit(new Event.ErrorCaught(origin.id, code, message, event.id()));
        Activities.propagate(run, activity, variables);
        Scopes.terminate(run, activity);
        run.pass(event, scope);
    }

    private static void inside(
            Run run,
            Step origin,
            Step scope,
            StartEvent start,
            String code,
            @Nullable String message,
            SequencedMap<String, @Nullable Object> variables) {
        run.emit(new Event.ErrorCaught(origin.id, code, message, start.id()));
        run.setVariables(scope.id, variables);
        Scopes.startEventSubProcess(run, scope, start);
    }
}
