package io.baton.engine;

import io.baton.engine.Expressions.Stuck;
import io.baton.engine.Outcome.Refused;
import io.baton.engine.model.FlowNode.UserTask;
import java.time.Instant;
import java.util.List;

/** User and manual tasks: offered to a team or a person, claimed, completed. */
final class UserTasks {

    private UserTasks() {}

    static void open(Run run, Step step, UserTask node, List<Wait> waits) throws Stuck {
        var visible = run.state.visible(step);
        var assignment = node.assignment();
        var holder = Expressions.text(assignment.holder(), visible, run.now);
        var team = Expressions.text(assignment.team(), visible, run.now);
        var dueText = Expressions.text(assignment.due(), visible, run.now);
        var due = dueText == null ? null : Times.dueAt(dueText, run.now);
        CatchEvents.open(run, waits);
        run.emit(new Event.TaskOpened(
                step.id, holder, team == null ? node.element().party() : team, due));
    }

    static Outcome claim(Case state, Command.ClaimTask command, Actor actor, Instant now) {
        var step = state.step(command.step());
        if (step == null || step.task == null) {
            return noSuchTask(command.step());
        }
        var holder = step.task.holder();
        if (holder != null && !holder.equals(actor.id())) {
            return new Refused(Refusal.ALREADY_CLAIMED, "the task is held by " + holder);
        }
        var run = new Run(state, now);
        if (holder == null) {
            run.emit(new Event.TaskClaimed(command.step(), actor.id()));
        }
        return run.accepted();
    }

    static Outcome release(Case state, Command.ReleaseTask command, Actor actor, Instant now) {
        var step = state.step(command.step());
        if (step == null || step.task == null) {
            return noSuchTask(command.step());
        }
        var holder = step.task.holder();
        if (holder == null) {
            return new Refused(Refusal.NOT_CLAIMED, "nobody has claimed the task");
        }
        if (actor.isPerson() && !holder.equals(actor.id())) {
            return new Refused(Refusal.NOT_THE_HOLDER, "the task is held by " + holder);
        }
        var run = new Run(state, now);
        run.emit(new Event.TaskReleased(command.step()));
        return run.accepted();
    }

    /** Completing a task that nobody has claimed claims it: whoever does the work has held it. */
    static Outcome complete(Case state, Command.CompleteTask command, Actor actor, Instant now) {
        var step = state.step(command.step());
        if (step == null || step.task == null) {
            return noSuchTask(command.step());
        }
        var holder = step.task.holder();
        if (holder != null && actor.isPerson() && !holder.equals(actor.id())) {
            return new Refused(Refusal.NOT_THE_HOLDER, "the task is held by " + holder);
        }
        var run = new Run(state, now);
        if (holder == null) {
            run.emit(new Event.TaskClaimed(command.step(), actor.id()));
        }
        run.emit(new Event.TaskCompleted(command.step()));
        Activities.finish(run, step, command.variables());
        return run.finish();
    }

    private static Refused noSuchTask(int step) {
        return new Refused(Refusal.NO_SUCH_TASK, "no open task " + step + "; it may have been completed");
    }
}
