package io.baton.engine;

import io.baton.engine.Expressions.Stuck;
import io.baton.engine.expression.Expression;
import io.baton.engine.model.Activity.Loop;
import io.baton.engine.model.FlowNode.ActivityNode;
import io.baton.engine.model.SequenceFlow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Multi-instance activities (BPMN 2.0 §13.3.7). The activity as a whole is one step, which carries boundary events; each
 * instance is a step inside it and keeps its variables to itself.
 */
final class Loops {

    /** Instances of one activity: more is a mistake in the data, and each is an open step. */
    private static final int INSTANCES_MAX = 1_000;

    static final String COUNTER = "loopCounter";

    private Loops() {}

    static void begin(Run run, Step step, Loop loop) throws Stuck {
        var items = items(run, step, loop);
        var total = items == null ? cardinality(run, step, loop) : items.size();
        if (total > INSTANCES_MAX) {
            throw new Stuck(
                    IncidentKind.EXPRESSION, "Expected at most " + INSTANCES_MAX + " instances, but got " + total);
        }
        // The loop keeps the list and a place for each result, and each instance its element.
        var size = 2 * Values.size(items) + total;
        run.requireRoom(size, size);
        var waits = CatchEvents.boundaryWaits(run, step);
        var exit = total == 0 ? exit(run, step, loop, List.of(), Approvals.APPROVED, Run.variables()) : null;
        CatchEvents.open(run, waits);
        run.emit(new Event.LoopStarted(step.id, total, items));
        if (exit != null) {
            finish(run, step, exit);
            return;
        }
        var first = loop.sequential() ? 1 : total;
        for (int i = 0; i < first; i++) {
            openInstance(run, step, loop);
        }
    }

    private static @Nullable List<@Nullable Object> items(Run run, Step step, Loop loop) throws Stuck {
        if (loop.collection() == null) {
            return null;
        }
        var value = Expressions.value(loop.collection(), run.state.visible(step), run.now);
        return switch (value) {
            case null -> nobody(loop);
            case List<?> list when loop.approval() != null -> approvers(list);
            case List<?> list -> Collections.unmodifiableList(new ArrayList<@Nullable Object>(list));
            default ->
                throw new Stuck(
                        IncidentKind.EXPRESSION,
                        "Expected '" + loop.collection().source() + "' to be a list, but it is "
                                + Expressions.brief(value));
        };
    }

    private static List<@Nullable Object> nobody(Loop loop) throws Stuck {
        if (loop.approval() != null) {
            throw new Stuck(IncidentKind.EXPRESSION, "The process does not say who is to approve: the list is null");
        }
        return List.of();
    }

    /** Nobody is asked twice. */
    private static List<@Nullable Object> approvers(List<?> named) {
        return Collections.unmodifiableList(
                new ArrayList<@Nullable Object>(new LinkedHashSet<@Nullable Object>(named)));
    }

    private static int cardinality(Run run, Step step, Loop loop) throws Stuck {
        var expression = requireNonNull(loop.cardinality());
        var value = Expressions.value(expression, run.state.visible(step), run.now);
        if (value instanceof BigDecimal number
                && number.signum() >= 0
                && number.stripTrailingZeros().scale() <= 0) {
            return number.min(BigDecimal.valueOf(INSTANCES_MAX + 1L)).intValue();
        }
        throw new Stuck(
                IncidentKind.EXPRESSION,
                "Expected '" + expression.source() + "' to be a whole number of instances, but it is "
                        + Expressions.brief(value));
    }

    /** It begins once all are open: one may end the loop (a completion condition) before the next has begun. */
    private static void openInstance(Run run, Step body, Loop loop) {
        var state = Case.requireLoop(body);
        var index = state.begun;
        var instance = run.open(body.requireNode(), body);
        var variables = Run.variables();
        variables.put(COUNTER, BigDecimal.valueOf(index + 1L));
        if (loop.elementVariable() != null && state.items != null) {
            variables.put(loop.elementVariable(), state.items.get(index));
        }
        run.setVariables(instance.id, variables);
        run.beginLater(instance);
    }

    /**
     * Collects the instance's result, closes it, and sees whether the loop goes on. {@code mapped} is what its output
     * mappings bring out: it is set only when nothing can fail any more.
     */
    static void instanceDone(Run run, Step instance, Step body, SequencedMap<String, @Nullable Object> mapped)
            throws Stuck {
        var loop = loopOf(body);
        var visible = run.state.visible(body);
        visible.putAll(mapped);
        visible.putAll(instance.variables);
        var output = loop.approval() != null
                ? Approvals.vote(run, instance, loop.elementVariable())
                : loop.collect() == null ? null : Expressions.value(loop.collect(), visible, run.now);
        var state = Case.requireLoop(body);
        var outputs = with(state.outputs, index(instance), output);
        var settled = loop.approval() == null
                ? null
                : Approvals.outcome(loop.approval(), outputs, state.total - state.done - 1);
        var stop = settled != null
                || (loop.completionCondition() != null && stops(run, visible, body, loop.completionCondition()));
        var last = stop || state.done + 1 == state.total;
        run.requireRoom(
                Activities.growth(Activities.declared(body, mapped)) + Values.size(output) - instance.size(),
                Values.size(mapped) + Values.size(output));
        var exit = last ? exit(run, body, loop, outputs, settled, mapped) : null;
        Activities.propagate(run, instance, mapped);
        run.emit(new Event.LoopInstanceDone(body.id, index(instance), output));
        run.emit(new Event.StepLeft(instance.id));
        if (settled != null) {
            run.emit(new Event.ApprovalSettled(body.id, settled, Approvals.reason(outputs, state.total)));
        }
        if (exit != null) {
            finish(run, body, exit);
        } else if (loop.sequential()) {
            openInstance(run, body, loop);
        }
    }

    /** The condition is asked as if the instance were closed already, and sees its variables. */
    private static boolean stops(
            Run run, SequencedMap<String, @Nullable Object> visible, Step body, Expression condition) throws Stuck {
        var state = Case.requireLoop(body);
        visible.put("numberOfInstances", BigDecimal.valueOf(state.total));
        visible.put("numberOfActiveInstances", BigDecimal.valueOf(body.children - 1L));
        visible.put("numberOfCompletedInstances", BigDecimal.valueOf(state.done + 1L));
        return Expressions.holds(condition, visible, run.now);
    }

    /** How the loop will be left: with what, and by which flows. */
    private record Exit(SequencedMap<String, @Nullable Object> results, List<SequenceFlow> flows) {}

    /** Asked before the last instance is closed. {@code mapped} is what that is about to set around the loop. */
    private static Exit exit(
            Run run,
            Step body,
            Loop loop,
            List<@Nullable Object> outputs,
            @Nullable String settled,
            SequencedMap<String, @Nullable Object> mapped)
            throws Stuck {
        var results = Run.variables();
        if (loop.approval() != null) {
            results.put(loop.approval().result(), Approvals.result(requireNonNull(settled), outputs));
        } else if (loop.into() != null) {
            results.put(loop.into(), outputs);
        }
        var visible = Run.variables();
        visible.putAll(mapped);
        visible.putAll(results);
        return new Exit(results, Gateways.exits(run, (ActivityNode) body.requireNode(), body.requireScope(), visible));
    }

    private static List<@Nullable Object> with(List<@Nullable Object> outputs, int index, @Nullable Object output) {
        var all = new ArrayList<@Nullable Object>(outputs);
        all.set(index, output);
        return all;
    }

    private static void finish(Run run, Step body, Exit exit) {
        Scopes.terminateChildren(run, body);
        Activities.propagate(run, body, exit.results());
        run.emit(new Event.StepLeft(body.id));
        run.leaveBy(exit.flows(), body.requireScope());
    }

    private static int index(Step instance) {
        return instance.variables.get(COUNTER) instanceof BigDecimal counter ? counter.intValue() - 1 : 0;
    }

    private static Loop loopOf(Step body) {
        return requireNonNull(((ActivityNode) body.requireNode()).activity().loop());
    }

    private static <T> T requireNonNull(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the model's reader lets no such loop pass");
        }
        return value;
    }
}
