package io.baton.engine;

import io.baton.engine.Expressions.Stuck;
import io.baton.engine.model.FlowNode.CallActivity;
import java.util.List;

/**
 * Call activities. A called process runs inside the case that calls it: one journal, one transaction, one owner. It sees
 * only what it is given.
 */
final class Calls {

    /** Calls within calls. A process that calls itself for ever becomes an incident here. */
    private static final int DEPTH_MAX = 16;

    private Calls() {}

    static void begin(Run run, Step step, CallActivity call, List<Wait> waits) throws Stuck {
        var visible = run.state.visible(step);
        var key = Expressions.requiredText(call.calledElement(), "called process", visible, run.now);
        var process = run.state.newest(key);
        if (process < 0) {
            throw new Stuck(IncidentKind.CALL, "The called process '" + key + "' is not deployed");
        }
        if (depth(step) >= DEPTH_MAX) {
            throw new Stuck(IncidentKind.CALL, "Processes call each other more than " + DEPTH_MAX + " deep");
        }
        var start = run.state.model(process).plainStart();
        if (start == null) {
            throw new Stuck(IncidentKind.CALL, "The called process '" + key + "' has no start event without a trigger");
        }
        var copies = call.activity().inputs().isEmpty();
        if (copies) {
            run.requireRoom(step.growth(visible), Values.size(visible));
        }
        CatchEvents.open(run, waits);
        if (copies) {
            run.setVariables(step.id, visible);
        }
        run.emit(new Event.ProcessCalled(step.id, process));
        Scopes.awaitEventSubProcesses(run, step);
        run.pass(start, step);
    }

    /** Without output mappings all the called process's variables come back. */
    static void returned(Run run, Step step, CallActivity call) {
        if (call.activity().outputs().isEmpty() && !step.isLoopInstance()) {
            var results = Run.variables();
            results.putAll(step.variables);
            Activities.propagate(run, step, results);
        }
        Activities.leave(run, step);
    }

    private static int depth(Step step) {
        int depth = 0;
        for (Step scope = step; scope != null; scope = scope.scope) {
            if (scope.calledProcess >= 0) {
                depth++;
            }
        }
        return depth;
    }
}
