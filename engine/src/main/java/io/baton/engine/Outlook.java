package io.baton.engine;

import io.baton.engine.Outcome.Refused;
import io.baton.engine.model.FlowNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What would follow from completing a task with an answer: a copy of the case lives through it until everything waits again.
 * Says nothing about what a system, a message or another person will answer then.
 *
 * @param refused why it could not be done now; then there is nothing else
 * @param status of the case afterwards
 * @param effectiveAt until when it could be taken back; null where it takes effect at once
 * @param next the steps that would open
 * @param going the steps that are open now and would still be, apart from the task
 * @param stopped what would keep a token from going on, because something is not known yet
 */
public record Outlook(
        @Nullable Refused refused,
        Case.Status status,
        @Nullable Instant effectiveAt,
        List<Next> next,
        List<Next> going,
        List<Incident> stopped) {

    public Outlook {
        next = List.copyOf(next);
        going = List.copyOf(going);
        stopped = List.copyOf(stopped);
    }

    /**
     * A step that waits. {@code asked} is the person who would be asked to take it, or would have it at once; {@code waits}
     * are the timers and messages that it waits for, or that would cut it short.
     */
    public record Next(
            int step,
            FlowNode node,
            int process,
            Kind kind,
            @Nullable String party,
            @Nullable String asked,
            String holder,
            @Nullable Instant due,
            List<Wait> waits) {
        public Next {
            waits = List.copyOf(waits);
        }
    }

    public enum Kind {
        TASK,
        JOB,
        WAIT
    }

    /** The case itself is left as it is. */
    public static Outlook after(
            Case state,
            int step,
            SequencedMap<String, @Nullable Object> answer,
            Actor actor,
            Instant now,
            Roster roster) {
        var copy = state.copy();
        if (Engine.decide(copy, new Command.CompleteTask(step, answer), actor, now, roster)
                instanceof Refused refused) {
            return new Outlook(refused, state.status(), null, List.of(), List.of(), List.of());
        }
        var decision = Undo.decision(copy.step(step));
        Instant effectiveAt = decision == null ? null : decision.effectiveAt();
        if (effectiveAt != null && copy.pause == null) {
            var _ = Engine.decide(copy, new Command.FireTimer(-step), Actor.TIMER, effectiveAt, roster);
        }
        var next = new ArrayList<Next>();
        var going = new ArrayList<Next>();
        for (var open : innermost(copy)) {
            if (state.step(open.id) == null) {
                next.add(next(copy, open));
            } else if (open.id != step) {
                going.add(next(copy, open));
            }
        }
        var stopped = new ArrayList<Incident>();
        for (var incident : copy.incidents.values()) {
            if (incident.kind().stopsToken() && !state.incidents.containsKey(incident.id())) {
                stopped.add(incident);
            }
        }
        return new Outlook(null, copy.status, effectiveAt, next, going, stopped);
    }

    private static List<Step> innermost(Case state) {
        Set<Step> around = new LinkedHashSet<>();
        for (var step : state.steps.values()) {
            if (step.scope != null) {
                around.add(step.scope);
            }
        }
        return state.steps.values().stream()
                .filter(step -> !around.contains(step))
                .toList();
    }

    private static Next next(Case state, Step step) {
        var task = step.task;
        var offer = task == null ? null : task.offer();
        var node = step.requireNode();
        var party = offer != null && offer.team() != null
                ? offer.team()
                : task != null && task.team() != null
                        ? task.team()
                        : node.element().party();
        return new Next(
                step.id,
                node,
                state.processOf(step),
                task != null ? Kind.TASK : step.job != null ? Kind.JOB : Kind.WAIT,
                party,
                offer != null ? offer.person() : task == null ? null : task.holder(),
                state.holder(step),
                task == null ? null : task.due(),
                state.waits.values().stream()
                        .filter(wait -> wait.step() == step.id)
                        .toList());
    }
}
