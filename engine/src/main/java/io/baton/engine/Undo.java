package io.baton.engine;

import io.baton.engine.Outcome.Refused;
import io.baton.engine.model.FlowNode.UserTask;
import java.time.Duration;
import java.time.Instant;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A decision that can be taken back. Completing a task that says {@code undo} only decides it: the step stays open, with
 * who decided, and its clock brings the decision into effect. Until then nobody is reminded, and nothing else can be done
 * with the task but to take the decision back.
 */
final class Undo {

    private Undo() {}

    /** What a decided task takes no more: all that would change how it stands with it. */
    static @Nullable Refused refusal(Case state, Command command) {
        var decision = command instanceof Command.OnTask on ? decision(state.step(on.step())) : null;
        return decision == null
                ? null
                : new Refused(
                        Refusal.DECIDED,
                        "%s has decided, and it takes effect at %s; until then the decision can only be taken back"
                                .formatted(decision.by(), decision.effectiveAt()));
    }

    static Step.@Nullable Decision decision(@Nullable Step step) {
        return step == null || step.task == null ? null : step.task.decision();
    }

    static @Nullable Duration window(Step step) {
        return step.node instanceof UserTask task ? task.assignment().undo() : null;
    }

    /** Whoever has the step decides it; what else was open about it is settled by that. */
    static void decide(Run run, Step step, Duration window, SequencedMap<String, @Nullable Object> variables) {
        var by = run.state.holder(step);
        if (Case.requireTask(step).offer() != null) {
            run.emit(new Event.HandoffWithdrawn(step.id, by));
        }
        Handoffs.unblock(run, step);
        var holder = Case.requireTask(step).holder();
        run.emit(new Event.DecisionMade(
                step.id, holder == null ? by : holder, variables, effectiveAt(run, step, window)));
    }

    /** Whoever decides before the time is up has decided in time: no timer at the task's boundary comes in between. */
    private static Instant effectiveAt(Run run, Step step, Duration window) {
        var at = Times.micros(run.now.plus(window));
        for (var wait : run.state.waits.values()) {
            if (wait instanceof Wait.Timer timer
                    && timer.step() == step.id
                    && timer.due().isBefore(at)) {
                at = timer.due().isBefore(run.now) ? run.now : timer.due();
            }
        }
        return at;
    }

    /** By who decided, or by the owner. While the case is paused that time stands still. */
    static Outcome takeBack(Case state, Command.TakeBackDecision command, Actor actor, Instant now) {
        var step = state.step(command.step());
        if (step == null || step.task == null) {
            return Handoffs.noSuchTask(command.step());
        }
        var decision = step.task.decision();
        if (decision == null) {
            return new Refused(Refusal.NOT_DECIDED, "nobody has decided the task");
        }
        if (actor.isPerson() && !actor.id().equals(decision.by()) && !actor.id().equals(state.owner())) {
            return new Refused(Refusal.NOT_THE_HOLDER, "the decision is " + decision.by() + "'s");
        }
        if (state.pause == null && !now.isBefore(decision.effectiveAt())) {
            return new Refused(Refusal.TOO_LATE, "the decision took effect at " + decision.effectiveAt());
        }
        var run = new Run(state, now);
        run.emit(new Event.DecisionTakenBack(step.id, actor.id()));
        Slots.release(run, step.id, actor, "the decision was taken back");
        return run.accepted();
    }

    static void takeEffect(Run run, Step step, Step.Decision decision) {
        run.emit(new Event.TaskCompleted(step.id));
        UserTasks.end(run, step);
        Activities.finish(run, step, decision.variables());
    }

    /** Whether somebody did the work at the node, or has decided it and can no longer be kept from it. */
    static boolean hasDecided(Case state, String node, String person) {
        for (var step : state.steps.values()) {
            var decision = decision(step);
            if (decision != null
                    && decision.by().equals(person)
                    && step.requireNode().id().equals(node)) {
                return true;
            }
        }
        return false;
    }
}
