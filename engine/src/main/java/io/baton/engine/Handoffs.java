package io.baton.engine;

import io.baton.engine.Outcome.Refused;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The passing of a step from hand to hand: offered, then accepted, declined, withdrawn or expired. Until it is accepted,
 * who offered it has it. One diagram: queue or offer → accepted → (offered → accepted)* → done.
 */
final class Handoffs {

    /** A step that goes round in circles has another problem than the next handoff can solve. */
    static final int HANDOFFS_MAX = 1_000;

    private Handoffs() {}

    /** Accepts an offer to this person or to the team, or takes the step from its queue. */
    static Outcome claim(Case state, Command.ClaimTask command, Actor actor, Instant now) {
        var step = state.step(command.step());
        if (step == null || step.task == null) {
            return noSuchTask(command.step());
        }
        if (actor.id().equals(step.task.holder()) && step.task.offer() == null) {
            return new Run(state, now).accepted();
        }
        var refused = mayNotTake(state, step, actor);
        if (refused != null) {
            return refused;
        }
        var run = new Run(state, now);
        take(run, step, actor.id());
        return run.accepted();
    }

    /** A person was asked: nobody else may; what lies in a queue anybody may take whom the server lets in. */
    static @Nullable Refused mayNotTake(Case state, Step step, Actor actor) {
        var task = Case.requireTask(step);
        var offer = task.offer();
        var asked = offer == null ? null : offer.person();
        if (asked != null && !asked.equals(actor.id())) {
            return new Refused(Refusal.NOT_ASKED, "the task is offered to " + asked);
        }
        if (offer != null && offer.team() != null && !isOf(state.roster, offer.team(), actor)) {
            return new Refused(Refusal.NOT_ASKED, "the task is offered to '" + offer.team() + "'");
        }
        if (offer == null && task.holder() != null && !task.holder().equals(actor.id())) {
            return new Refused(Refusal.ALREADY_CLAIMED, "the task is held by " + task.holder());
        }
        if (step.custody.size() >= HANDOFFS_MAX) {
            return tooManyHandoffs();
        }
        return actor.isPerson() ? Assignments.mayNotHold(state, step, actor.id()) : null;
    }

    private static boolean isOf(Roster roster, String key, Actor actor) {
        var team = roster.team(key);
        return !actor.isPerson() || team == null || team.members().contains(actor.id());
    }

    static void take(Run run, Step step, String person) {
        var task = Case.requireTask(step);
        if (task.offer() == null) {
            run.emit(new Event.TaskClaimed(step.id, person));
        } else {
            run.emit(new Event.HandoffAccepted(step.id, person));
        }
        settle(run, step);
    }

    /** The owner takes it from whoever has it or is asked to. */
    static void takeOver(Run run, Step step, String owner, String reason) {
        if (Case.requireTask(step).offer() != null) {
            run.emit(new Event.HandoffWithdrawn(step.id, owner));
        }
        run.emit(new Event.TaskTaken(step.id, owner, reason));
        settle(run, step);
    }

    /** Another has the step now: what was in trouble with whoever had it before, or with how it was given, is over. */
    static void settle(Run run, Step step) {
        Incidents.settle(run, step, IncidentKind.NOT_ACCEPTED);
        Incidents.settle(run, step, IncidentKind.ORPHANED);
        Incidents.settle(run, step, IncidentKind.STUCK);
        Incidents.settle(run, step, IncidentKind.PROMISE_BROKEN);
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
        if (step.custody.size() >= HANDOFFS_MAX) {
            return tooManyHandoffs();
        }
        var run = new Run(state, now);
        run.emit(new Event.TaskReleased(command.step()));
        settle(run, step);
        Assignments.requireAnybody(run, step, "Whoever had the step put it back, and it has no team");
        return run.accepted();
    }

    /** By who has the step, or by the owner, who takes it over from whoever has it. */
    static Outcome offer(Case state, Command.OfferTask command, Actor actor, Instant now) {
        var step = state.step(command.step());
        if (step == null || step.task == null) {
            return noSuchTask(command.step());
        }
        if ((command.person() == null) == (command.team() == null)) {
            return new Refused(Refusal.NOBODY_TO_ASK, "an offer goes either to a person or to a team");
        }
        var holds = state.holder(step).equals(actor.id()) || actor.id().equals(step.task.holder());
        if (actor.isPerson() && !holds && !actor.id().equals(state.owner())) {
            return new Refused(Refusal.NOT_THE_HOLDER, "the task is held by " + state.holder(step));
        }
        if (step.custody.size() >= HANDOFFS_MAX) {
            return tooManyHandoffs();
        }
        var run = new Run(state, now);
        var refused = command.person() == null ? null : Assignments.cannotAsk(run, step, command.person());
        if (refused != null) {
            return refused;
        }
        if (actor.id().equals(command.person()) && actor.id().equals(step.task.holder())) {
            return new Refused(Refusal.NOBODY_TO_ASK, "the task is yours already");
        }
        if (actor.isPerson() && !holds) {
            takeOver(run, step, actor.id(), command.reason());
        } else if (step.task.offer() != null) {
            run.emit(new Event.HandoffWithdrawn(step.id, actor.id()));
        }
        unblock(run, step);
        run.emit(new Event.HandoffOffered(
                step.id,
                run.state.holder(step),
                command.person(),
                command.team(),
                command.reason(),
                Policies.acceptBy(run, step, command.person())));
        Incidents.settle(run, step, IncidentKind.ORPHANED);
        Incidents.settle(run, step, IncidentKind.NOT_ACCEPTED);
        return run.accepted();
    }

    /** In whose name a step is offered on: not who could only remove its obstacle. */
    static String giving(Case state, Step step) {
        var holder = Case.requireTask(step).holder();
        return holder == null ? state.owner() : holder;
    }

    static Outcome decline(Case state, Command.DeclineTask command, Actor actor, Instant now) {
        var step = state.step(command.step());
        if (step == null || step.task == null) {
            return noSuchTask(command.step());
        }
        var offer = step.task.offer();
        if (offer == null
                || (offer.person() != null
                        && actor.isPerson()
                        && !offer.person().equals(actor.id()))) {
            return new Refused(Refusal.NO_OFFER, "the task is not offered to " + actor.id());
        }
        var run = new Run(state, now);
        run.emit(new Event.HandoffDeclined(step.id, actor.id(), command.reason()));
        unaccepted(run, step, actor.id() + " declined: " + command.reason());
        return run.accepted();
    }

    /** Back with the giver; where that is the owner by default, the step is in nobody's queue any more. */
    static void unaccepted(Run run, Step step, String why) {
        var task = Case.requireTask(step);
        if (task.holder() == null && task.team() == null) {
            Incidents.report(run, step, IncidentKind.ORPHANED, why);
        } else {
            Incidents.report(run, step, IncidentKind.NOT_ACCEPTED, why);
        }
    }

    static Outcome withdraw(Case state, Command.WithdrawOffer command, Actor actor, Instant now) {
        var step = state.step(command.step());
        if (step == null || step.task == null) {
            return noSuchTask(command.step());
        }
        var offer = step.task.offer();
        if (offer == null) {
            return new Refused(Refusal.NO_OFFER, "the task is not offered to anybody");
        }
        if (actor.isPerson()
                && !offer.from().equals(actor.id())
                && !state.owner().equals(actor.id())) {
            return new Refused(Refusal.NOT_THE_HOLDER, "the offer was made by " + offer.from());
        }
        var run = new Run(state, now);
        run.emit(new Event.HandoffWithdrawn(step.id, actor.id()));
        Incidents.settle(run, step, IncidentKind.NOT_ACCEPTED);
        if (step.task.holder() == null) {
            Assignments.requireAnybody(run, step, "The offer was taken back, and the step has no team");
        }
        return run.accepted();
    }

    /** To who had it before within the step, else to who finished the work before it. */
    static Outcome sendBack(Case state, Command.SendBack command, Actor actor, Instant now) {
        var step = state.step(command.step());
        if (step == null || step.task == null) {
            return noSuchTask(command.step());
        }
        var refused = holdsOrTakes(state, step, actor);
        if (refused != null) {
            return refused;
        }
        var run = new Run(state, now);
        var giver = giver(step, actor.id());
        if (giver == null || Assignments.cannotAsk(run, step, giver) != null) {
            return new Refused(Refusal.NO_GIVER, "nobody is there who gave the step; report an obstacle instead");
        }
        takeFirst(run, step, actor);
        run.emit(new Event.TaskSentBack(step.id, actor.id(), giver, command.missing()));
        settle(run, step);
        return run.accepted();
    }

    static @Nullable String giver(Step step, String person) {
        for (int i = step.custody.size() - 1; i > 0; i--) { // the first is who had it before anybody was asked
            var holder = step.custody.get(i).holder();
            if (!holder.equals(person)) {
                return holder;
            }
        }
        return person.equals(step.giver) ? null : step.giver;
    }

    static Outcome waive(Case state, Command.WaiveTask command, Actor actor, Instant now) {
        var step = state.step(command.step());
        if (step == null || step.task == null) {
            return noSuchTask(command.step());
        }
        var refused = Ownership.notTheOwner(state, actor);
        if (refused != null) {
            return refused;
        }
        var run = new Run(state, now);
        run.emit(new Event.TaskWaived(step.id, actor.id(), command.reason()));
        UserTasks.end(run, step);
        Activities.finish(run, step, Run.variables());
        return run.finish();
    }

    /** Acts on a step accept it where they can: who promises a date has the step. */
    static @Nullable Refused holdsOrTakes(Case state, Step step, Actor actor) {
        var task = Case.requireTask(step);
        if (!actor.isPerson() || (actor.id().equals(task.holder()) && task.offer() == null)) {
            return null;
        }
        if (task.offer() == null && task.holder() != null) {
            return new Refused(Refusal.NOT_THE_HOLDER, "the task is held by " + task.holder());
        }
        return mayNotTake(state, step, actor);
    }

    static void takeFirst(Run run, Step step, Actor actor) {
        var task = Case.requireTask(step);
        if (actor.isPerson() && (task.offer() != null || !actor.id().equals(task.holder()))) {
            take(run, step, actor.id());
        }
    }

    static void unblock(Run run, Step step) {
        if (step.task != null && step.task.blocker() != null) {
            run.emit(new Event.StepUnblocked(step.id));
        }
        Incidents.settle(run, step, IncidentKind.STUCK);
    }

    static Refused noSuchTask(int step) {
        return new Refused(Refusal.NO_SUCH_TASK, "no open task " + step + "; it may have been completed");
    }

    static Refused tooManyHandoffs() {
        return new Refused(
                Refusal.TOO_MANY_HANDOFFS, "the step has changed hands " + HANDOFFS_MAX + " times; finish or waive it");
    }
}
