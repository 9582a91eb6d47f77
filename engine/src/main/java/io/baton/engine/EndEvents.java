package io.baton.engine;

import io.baton.engine.model.FlowNode.EndEvent;
import io.baton.engine.model.FlowNode.EndEvent.End;

/** End events: none, terminate, error and message (BPMN 2.0 §13.5.6). */
final class EndEvents {

    private EndEvents() {}

    static void enter(Run run, EndEvent event, Step scope) {
        switch (event.end()) {
            case End.None _ -> run.pass(event, scope);
            case End.Terminate _ -> {
                run.pass(event, scope);
                Scopes.clear(run, scope);
            }
            case End.Error _, End.Message _ -> begin(run, run.open(event, scope), event);
        }
    }

    static void begin(Run run, Step step, EndEvent event) {
        switch (event.end()) {
            case End.None _ -> run.emit(new Event.StepLeft(step.id));
            case End.Terminate _ -> {
                var scope = step.requireScope();
                run.emit(new Event.StepLeft(step.id));
                Scopes.clear(run, scope);
            }
            case End.Error(var code) -> Errors.raise(run, step, code, null, Run.variables());
            case End.Message(var job, var inputs) -> Jobs.openOrStop(run, step, job, inputs);
        }
    }
}
