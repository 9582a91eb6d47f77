package io.baton.engine;

import io.baton.engine.Expressions.Stuck;
import io.baton.engine.Outcome.Refused;
import io.baton.engine.model.Due;
import io.baton.engine.model.FlowNode.UserTask;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** User and manual tasks: opened and given to somebody, completed. In between they are handed on ({@link Handoffs}). */
final class UserTasks {

    private UserTasks() {}

    static void open(Run run, Step step, UserTask node, List<Wait> waits) throws Stuck {
        var visible = run.state.visible(step);
        var assignment = node.assignment();
        var wanted = Assignments.wanted(assignment, visible, run);
        var required = Assignments.requirement(assignment, visible, run);
        var team = Expressions.text(assignment.team(), visible, run.now);
        var timed = assignment.due() instanceof Due.At at ? at : null;
        var dueText = timed == null ? null : Expressions.text(timed.text(), visible, run.now);
        var working = timed != null && timed.workingTime() ? dueText : null;
        var due = dueText == null || working != null
                ? justInTime(run, step, assignment.due())
                : Times.dueAt(dueText, run.now);
        if (working != null) {
            var _ = Times.dueAt(working, run.now, Roster.ALWAYS); // what cannot be read fails before anything is opened
        }
        var acceptText = Expressions.text(assignment.acceptBy(), visible, run.now);
        var acceptBy = acceptText == null ? null : Times.dueAt(acceptText, run.now);
        if (node.slots() != null) {
            var _ = Slots.book(run.state, visible, node.slots(), run.now); // as above
        }
        CatchEvents.open(run, waits);
        run.emit(new Event.TaskOpened(
                step.id, null, team == null ? node.element().party() : team, due));
        if (required != null) {
            run.emit(new Event.SkillRequired(step.id, required.skill(), required.amountText()));
        }
        Policies.apply(run, step, step.requireScope().inner.policy(node.assignment()));
        Assignments.give(run, step, wanted, acceptBy);
        if (working != null) {
            var calendar = Schedule.calendar(run.state, run.roster, step);
            run.emit(new Event.DueMoved(step.id, Times.dueAt(working, run.now, calendar)));
        }
    }

    private static @Nullable Instant justInTime(Run run, Step step, @Nullable Due due) {
        var caseDue = run.state.due;
        return due instanceof Due.JustInTime && caseDue != null
                ? new Schedule(run.state, run.roster, caseDue).latestEnd(step)
                : null;
    }

    /** The case is due at another time: what was to be done just in time for it is as well, unless somebody set its date. */
    static void followCase(Run run) {
        for (var step : List.copyOf(run.state.steps.values())) {
            if (step.task != null
                    && !step.dueByHand
                    && step.node instanceof UserTask task
                    && task.assignment().due() instanceof Due.JustInTime due) {
                var at = justInTime(run, step, due);
                if (!Objects.equals(at, step.task.due())) {
                    run.emit(new Event.DueMoved(step.id, at));
                    if (at == null || at.isAfter(run.now)) {
                        Incidents.settle(run, step, IncidentKind.OVERDUE);
                    }
                }
            }
        }
    }

    /** Completing a task that nobody has accepted accepts it: whoever does the work has held it. */
    static Outcome complete(Case state, Command.CompleteTask command, Actor actor, Instant now) {
        return complete(state, command, 0, actor, now);
    }

    /** {@code seat} matters where the task offers times. */
    static Outcome complete(Case state, Command.CompleteTask command, int seat, Actor actor, Instant now) {
        var step = state.step(command.step());
        if (step == null || step.task == null) {
            return Handoffs.noSuchTask(command.step());
        }
        var task = step.task;
        var settles = Slots.settles(state, step, actor);
        if (actor.isPerson() && !actor.id().equals(task.holder()) && !settles) {
            var refused = task.offer() == null && task.holder() != null
                    ? new Refused(Refusal.NOT_THE_HOLDER, "the task is held by " + task.holder())
                    : Handoffs.mayNotTake(state, step, actor);
            if (refused != null) {
                return refused;
            }
        } else if (task.holder() != null && !settles) {
            // Accepted long ago, perhaps: what they did since may be what this step has to check.
            var refused = Assignments.mayNotHold(state, step, task.holder());
            if (refused != null) {
                return refused;
            }
        }
        var noVote = Approvals.noVote(step, command.variables());
        if (noVote != null) {
            return noVote;
        }
        var missing = CaseRoom.missing(state, step, actor);
        if (missing != null) {
            return missing;
        }
        var choice = Slots.choose(state, step, command.variables(), seat, actor, now);
        if (choice instanceof Slots.Choice.No(var refused)) {
            return refused;
        }
        var run = new Run(state, now);
        if (settles) {
            Handoffs.takeOver(run, step, actor.id(), "to settle the time");
        } else if (task.holder() == null || (actor.isPerson() && !actor.id().equals(task.holder()))) {
            Handoffs.take(run, step, actor.id());
        }
        if (choice instanceof Slots.Choice.Of(var booked)) {
            run.emit(booked);
        }
        var undo = Undo.window(step);
        if (undo != null) {
            Undo.decide(run, step, undo, command.variables());
            return run.accepted();
        }
        run.emit(new Event.TaskCompleted(command.step()));
        end(run, step);
        Activities.finish(run, step, command.variables());
        return run.finish();
    }

    /** Nothing about the work can be in trouble any more. */
    static void end(Run run, Step step) {
        for (var incident : List.copyOf(run.state.incidents.values())) {
            if (incident.step() == step.id && !incident.kind().stopsToken()) {
                run.emit(new Event.IncidentResolved(incident.id()));
            }
        }
    }
}
