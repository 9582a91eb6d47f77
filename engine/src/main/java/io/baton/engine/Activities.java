package io.baton.engine;

import io.baton.engine.Expressions.Stuck;
import io.baton.engine.model.Activity.Mapping;
import io.baton.engine.model.FlowNode.ActivityNode;
import io.baton.engine.model.FlowNode.CallActivity;
import io.baton.engine.model.FlowNode.DecisionTask;
import io.baton.engine.model.FlowNode.JobTask;
import io.baton.engine.model.FlowNode.ReceiveTask;
import io.baton.engine.model.FlowNode.ScriptTask;
import io.baton.engine.model.FlowNode.SubProcess;
import io.baton.engine.model.FlowNode.UserTask;
import io.baton.engine.model.SequenceFlow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What all activities share: mappings, boundary events, the way in and the way out. Everything that can fail is asked
 * before anything is opened, so that a retry repeats nothing.
 */
final class Activities {

    private Activities() {}

    static void enter(Run run, ActivityNode node, Step scope) {
        begin(run, run.open(node, scope));
    }

    static void begin(Run run, Step step) {
        var node = (ActivityNode) step.requireNode();
        try {
            var loop = node.activity().loop();
            if (loop != null && !step.isLoopInstance()) {
                Loops.begin(run, step, loop);
                return;
            }
            mapIn(run, node.activity().inputs(), step);
            var waits = step.isLoopInstance() ? List.<Wait>of() : CatchEvents.boundaryWaits(run, step);
            work(run, step, node, waits);
        } catch (Stuck stuck) {
            Incidents.raise(run, step, stuck);
        }
    }

    private static void work(Run run, Step step, ActivityNode node, List<Wait> waits) throws Stuck {
        switch (node) {
            case UserTask task -> UserTasks.open(run, step, task, waits);
            case JobTask task -> Jobs.open(run, step, task.job(), waits);
            case ScriptTask task -> Scripts.run(run, step, task);
            case DecisionTask task -> Scripts.decide(run, step, task);
            case ReceiveTask task -> CatchEvents.receive(run, step, task, waits);
            case SubProcess _ -> Scopes.begin(run, step, waits);
            case CallActivity call -> Calls.begin(run, step, call, waits);
        }
    }

    /**
     * The work of the step is done, with these results. Without output mappings they go to the scope that declared each
     * variable, or to the case (or called process); with mappings, and inside a loop, they stay with the step, whose
     * mappings take out what matters.
     */
    static void finish(Run run, Step step, SequencedMap<String, @Nullable Object> results) {
        set(run, destinations(step, results));
        leave(run, step);
    }

    /** What the process itself computed must fit; that what a command brings does has been seen to (see Engine). */
    static void finishComputed(Run run, Step step, SequencedMap<String, @Nullable Object> results) throws Stuck {
        run.requireRoom(growth(destinations(step, results)), Values.size(results));
        finish(run, step, results);
    }

    private static SequencedMap<Step, SequencedMap<String, @Nullable Object>> destinations(
            Step step, SequencedMap<String, @Nullable Object> results) {
        var node = (ActivityNode) step.requireNode();
        if (step.isLoopInstance() || !node.activity().outputs().isEmpty()) {
            var here = new LinkedHashMap<Step, SequencedMap<String, @Nullable Object>>();
            here.put(step, results);
            return here;
        }
        return declared(step.requireScope(), results);
    }

    /** Maps out, closes the step and sends its token on; also what a retry repeats after a failed mapping. */
    static void leave(Run run, Step step) {
        var node = (ActivityNode) step.requireNode();
        var scope = step.requireScope();
        List<SequenceFlow> flows;
        try {
            var mapped = mapped(run, node.activity().outputs(), step);
            if (step.isLoopInstance()) {
                Loops.instanceDone(run, step, scope, mapped);
                return;
            }
            run.requireRoom(growth(declared(scope, mapped)) - step.size(), Values.size(mapped));
            flows = Gateways.exits(run, node, scope, mapped);
            propagate(run, step, mapped);
        } catch (Stuck stuck) {
            if (step.stage == Step.Stage.ENTERED) {
                // The step computed its result at once; a retry must not compute it again from that result.
                run.emit(new Event.JobCompleted(step.id));
            }
            Incidents.raise(run, step, stuck);
            return;
        }
        run.emit(new Event.StepLeft(step.id));
        run.leaveBy(flows, scope);
    }

    static void mapIn(Run run, List<Mapping> mappings, Step step) throws Stuck {
        if (!mappings.isEmpty()) {
            var mapped = mapped(run, mappings, step);
            run.requireRoom(step.growth(mapped), Values.size(mapped));
            run.setVariables(step.id, mapped);
        }
    }

    private static SequencedMap<String, @Nullable Object> mapped(Run run, List<Mapping> mappings, Step step)
            throws Stuck {
        return mappings.isEmpty() ? Run.variables() : evaluate(run, mappings, run.state.visible(step));
    }

    static SequencedMap<String, @Nullable Object> evaluate(
            Run run, List<Mapping> mappings, SequencedMap<String, @Nullable Object> visible) throws Stuck {
        var mapped = Run.variables();
        for (var mapping : mappings) {
            mapped.put(mapping.name(), Expressions.value(mapping.expression(), visible, run.now));
        }
        return mapped;
    }

    /**
     * Sets each variable in the nearest scope around the step that has it, else in the case, the called process or the
     * loop's instance: neither lets anything out but by its mappings.
     */
    static void propagate(Run run, Step step, SequencedMap<String, @Nullable Object> results) {
        if (!results.isEmpty()) {
            set(run, declared(step.requireScope(), results));
        }
    }

    static void set(Run run, SequencedMap<Step, SequencedMap<String, @Nullable Object>> destinations) {
        for (var destination : destinations.entrySet()) {
            run.setVariables(destination.getKey().id, destination.getValue());
        }
    }

    /** Where {@link #propagate} sets the variables of a step in this scope. */
    static SequencedMap<Step, SequencedMap<String, @Nullable Object>> declared(
            Step scope, SequencedMap<String, @Nullable Object> results) {
        var byScope = new LinkedHashMap<Step, SequencedMap<String, @Nullable Object>>();
        results.forEach((name, value) -> byScope.computeIfAbsent(declaringScope(scope, name), _ -> Run.variables())
                .put(name, value));
        return byScope;
    }

    static long growth(SequencedMap<Step, SequencedMap<String, @Nullable Object>> destinations) {
        long growth = 0;
        for (var destination : destinations.entrySet()) {
            growth += destination.getKey().growth(destination.getValue());
        }
        return growth;
    }

    private static Step declaringScope(Step from, String name) {
        var scope = from;
        while (!scope.variables.containsKey(name)
                && scope.calledProcess < 0
                && !scope.isLoopInstance()
                && scope.scope != null) {
            scope = scope.scope;
        }
        return scope;
    }
}
