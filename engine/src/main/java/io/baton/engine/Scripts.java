package io.baton.engine;

import io.baton.engine.Expressions.Stuck;
import io.baton.engine.expression.Expression.Result;
import io.baton.engine.model.FlowNode.DecisionTask;
import io.baton.engine.model.FlowNode.ScriptTask;

/** Steps that compute and go on: script tasks (FEEL) and business-rule tasks (DMN). */
final class Scripts {

    private Scripts() {}

    static void run(Run run, Step step, ScriptTask task) throws Stuck {
        var value = Expressions.value(task.script(), run.state.visible(step), run.now);
        var results = Run.variables();
        if (task.result() != null) {
            results.put(task.result(), value);
        }
        Activities.finishComputed(run, step, results);
    }

    static void decide(Run run, Step step, DecisionTask task) throws Stuck {
        var decision = step.requireScope().inner.decision(task.decision());
        if (decision == null) {
            throw new Stuck(IncidentKind.EXPRESSION, "decision '" + task.decision() + "' is not deployed");
        }
        switch (decision.evaluate(run.state.visible(step), run.now)) {
            case Result.Failed(var reason) ->
                throw new Stuck(IncidentKind.EXPRESSION, "decision '" + task.decision() + "' failed: " + reason);
            case Result.Value(var value) -> {
                var results = Run.variables();
                results.put(task.result(), value);
                Activities.finishComputed(run, step, results);
            }
        }
    }
}
