package io.baton.engine;

import io.baton.engine.Outcome.Refused;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** "I cannot go on because …": the step goes to who can remove the obstacle, and so does its time. */
final class Obstacles {

    private Obstacles() {}

    static Outcome report(Case state, Command.ReportStuck command, Actor actor, Instant now) {
        var step = state.step(command.step());
        if (step == null || step.task == null) {
            return Handoffs.noSuchTask(command.step());
        }
        var refused = Handoffs.holdsOrTakes(state, step, actor);
        if (refused != null) {
            return refused;
        }
        if (step.custody.size() >= Handoffs.HANDOFFS_MAX) {
            return Handoffs.tooManyHandoffs();
        }
        var run = new Run(state, now);
        var blocker = command.blocker() == null ? route(run, step, command.obstacle(), actor) : command.blocker();
        var person = run.roster.person(blocker);
        if (person == null || !person.present()) {
            return new Refused(Refusal.NOBODY_TO_ASK, "there is no person " + blocker + " to ask");
        }
        Handoffs.takeFirst(run, step, actor);
        run.emit(new Event.StepBlocked(step.id, actor.id(), command.obstacle(), command.reason(), blocker));
        Incidents.settle(run, step, IncidentKind.STUCK);
        Incidents.report(run, step, IncidentKind.STUCK, command.reason());
        return run.accepted();
    }

    private static String route(Run run, Step step, Obstacle obstacle, Actor actor) {
        var owner = run.state.owner();
        var found = switch (obstacle) {
            case MISSING_INPUT, QUESTION -> Handoffs.giver(step, actor.id());
            case RESOURCES -> lead(run, step);
            case DECISION, SYSTEM, OUTSIDE_PARTY, OTHER -> owner;
        };
        var person = found == null ? null : run.roster.person(found);
        return found == null || person == null || !person.present() ? owner : found;
    }

    private static @Nullable String lead(Run run, Step step) {
        var task = Case.requireTask(step);
        var team = task.team() == null ? null : run.roster.team(task.team());
        return team == null ? null : team.lead();
    }

    /** By the blocker, by who has the step, or by the owner. */
    static Outcome remove(Case state, Command.RemoveObstacle command, Actor actor, Instant now) {
        var step = state.step(command.step());
        if (step == null || step.task == null) {
            return Handoffs.noSuchTask(command.step());
        }
        var blocker = step.task.blocker();
        if (blocker == null) {
            return new Refused(Refusal.NOT_STUCK, "the step has no obstacle");
        }
        if (actor.isPerson()
                && !actor.id().equals(blocker.person())
                && !actor.id().equals(step.task.holder())
                && !actor.id().equals(state.owner())) {
            return new Refused(Refusal.NOT_THE_HOLDER, "the obstacle is with " + blocker.person());
        }
        var run = new Run(state, now);
        Handoffs.unblock(run, step);
        return run.accepted();
    }
}
