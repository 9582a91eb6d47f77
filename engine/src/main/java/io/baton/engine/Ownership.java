package io.baton.engine;

import io.baton.engine.Outcome.Refused;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one person accountable for the case, what only they may do, and how they are succeeded. */
final class Ownership {

    private Ownership() {}

    static @Nullable Refused notTheOwner(Case state, Actor actor) {
        return actor.isPerson() && !actor.id().equals(state.owner())
                ? new Refused(Refusal.NOT_THE_OWNER, "the case is " + state.owner() + "'s to decide")
                : null;
    }

    private static @Nullable Refused mayNot(Case state, Actor actor) {
        return state.status == Case.Status.OPEN ? notTheOwner(state, actor) : Engine.notOpen(state);
    }

    static Outcome offer(Case state, Command.OfferOwnership command, Actor actor, Instant now) {
        var refused = mayNot(state, actor);
        if (refused != null) {
            return refused;
        }
        var run = new Run(state, now);
        var person = run.roster.person(command.person());
        if (person == null || !person.present() || command.person().equals(state.owner())) {
            return new Refused(Refusal.NOBODY_TO_ASK, command.person() + " cannot be asked to become the owner");
        }
        run.emit(new Event.OwnershipOffered(command.person(), command.reason()));
        return run.accepted();
    }

    static Outcome accept(Case state, Actor actor, Instant now) {
        if (state.status != Case.Status.OPEN) {
            return Engine.notOpen(state);
        }
        if (!actor.id().equals(state.heir) || Assignments.hasLeft(state.roster, actor.id())) {
            return new Refused(Refusal.NOT_ASKED, "the case is not offered to " + actor.id());
        }
        var run = new Run(state, now);
        var before = state.owner();
        run.emit(new Event.OwnerChanged(actor.id(), "accepted"));
        Incidents.settle(run, state.root(), IncidentKind.BOUNCED, before);
        Incidents.settle(run, state.root(), IncidentKind.ORPHANED);
        if (Assignments.hasLeft(run.roster, before)) {
            replaceInSteps(run, before); // until now nobody was there to whom it could have gone
        }
        return run.accepted();
    }

    static Outcome decline(Case state, Command.DeclineOwnership command, Actor actor, Instant now) {
        if (state.status != Case.Status.OPEN) {
            return Engine.notOpen(state);
        }
        if (!actor.id().equals(state.heir)) {
            return new Refused(Refusal.NOT_ASKED, "the case is not offered to " + actor.id());
        }
        var run = new Run(state, now);
        run.emit(new Event.OwnershipDeclined(actor.id(), command.reason()));
        return run.accepted();
    }

    static Outcome pause(Case state, Command.PauseCase command, Actor actor, Instant now) {
        var refused = mayNot(state, actor);
        if (refused != null) {
            return refused;
        }
        if (state.pause != null) {
            return new Refused(Refusal.ALREADY_PAUSED, "the case is paused until " + state.pause.until());
        }
        if (!command.until().isAfter(now)) {
            return Promises.inThePast();
        }
        var run = new Run(state, now);
        var charged = command.charged() == null ? state.owner() : command.charged();
        var person = run.roster.person(charged);
        if (person == null) {
            return new Refused(Refusal.NOBODY_TO_ASK, "there is no person " + charged + " to charge");
        }
        run.emit(new Event.CasePaused(Times.micros(command.until()), command.reason(), charged));
        return run.accepted();
    }

    static Outcome resume(Case state, Actor actor, Instant now) {
        var refused = mayNot(state, actor);
        if (refused != null) {
            return refused;
        }
        if (state.pause == null) {
            return new Refused(Refusal.NOT_PAUSED, "the case is not paused");
        }
        var run = new Run(state, now);
        goOn(run);
        return run.accepted();
    }

    /** The end of a pause, which moves dates: what was overdue may have time again. */
    static void goOn(Run run) {
        run.emit(new Event.CaseResumed());
        var state = run.state;
        if (state.due != null && state.due.isAfter(run.now)) {
            Incidents.settle(run, state.root(), IncidentKind.OVERDUE);
        }
        for (var step : List.copyOf(state.steps.values())) {
            if (step.task != null && step.task.due() != null && step.task.due().isAfter(run.now)) {
                Incidents.settle(run, step, IncidentKind.OVERDUE);
            }
        }
    }

    static Outcome changeDue(Case state, Command.ChangeDue command, Actor actor, Instant now) {
        var refused = mayNot(state, actor);
        if (refused != null) {
            return refused;
        }
        var step = state.step(command.step());
        if (step == null || (command.step() != 0 && step.task == null)) {
            return Handoffs.noSuchTask(command.step());
        }
        var run = new Run(state, now);
        var due = command.due() == null ? null : Times.micros(command.due());
        run.emit(new Event.DueChanged(command.step(), due, command.reason()));
        if (due == null || due.isAfter(now)) {
            Incidents.settle(run, step, IncidentKind.OVERDUE);
        }
        return run.accepted();
    }

    /**
     * Everything of a person who leaves: their ownership goes to their manager, what they hold goes back to the queue or
     * to the owner, offers to them end. Where nobody is left, an incident says so in the same moment.
     */
    static Outcome replace(Case state, Command.ReplacePerson command, Instant now) {
        if (state.status != Case.Status.OPEN) {
            return Engine.notOpen(state);
        }
        var run = new Run(state, now);
        var leaver = command.person();
        if (leaver.equals(state.owner())) {
            var heir = heirOf(run, leaver);
            if (heir == null) {
                Incidents.report(
                        run, state.root(), IncidentKind.ORPHANED, "The owner has left, and nobody is named to follow");
            } else {
                run.emit(new Event.OwnerChanged(heir, leaver + " has left"));
                Incidents.settle(run, state.root(), IncidentKind.BOUNCED, leaver);
                Incidents.settle(run, state.root(), IncidentKind.ORPHANED);
            }
        } else if (leaver.equals(state.heir)) {
            run.emit(new Event.OwnershipDeclined(leaver, "has left"));
        }
        replaceInSteps(run, leaver);
        if (state.pause != null && state.pause.charged().equals(leaver)) {
            goOn(run);
        }
        return run.accepted();
    }

    private static void replaceInSteps(Run run, String leaver) {
        for (var step : List.copyOf(run.state.steps.values())) {
            if (step.task != null) {
                replace(run, step, step.task, leaver);
            } else if (leaver.equals(step.sponsor)) {
                run.emit(new Event.StepSponsored(step.id, run.state.owner()));
            }
        }
    }

    private static void replace(Run run, Step step, Step.Task task, String leaver) {
        if (task.blocker() != null && task.blocker().person().equals(leaver)) {
            var blocker = task.blocker();
            run.emit(new Event.StepBlocked(step.id, leaver, blocker.obstacle(), blocker.reason(), run.state.owner()));
        }
        var offer = task.offer();
        if (offer != null && leaver.equals(offer.person())) {
            run.emit(new Event.HandoffDeclined(step.id, leaver, "has left"));
            Handoffs.unaccepted(run, step, leaver + ", who was asked, has left");
        }
        if (leaver.equals(task.holder()) && task.decision() != null) {
            run.emit(new Event.TaskTaken(step.id, run.state.owner(), leaver + ", who decided, has left"));
            Handoffs.settle(run, step);
        } else if (leaver.equals(task.holder())) {
            if (offer != null && !leaver.equals(offer.person())) {
                run.emit(new Event.HandoffWithdrawn(step.id, leaver));
            }
            if (task.team() == null) {
                run.emit(new Event.TaskTaken(step.id, run.state.owner(), leaver + " has left"));
                Handoffs.settle(run, step);
                Incidents.report(run, step, IncidentKind.ORPHANED, leaver + ", who had the step, has left");
            } else {
                run.emit(new Event.TaskReleased(step.id));
                Handoffs.settle(run, step);
                Assignments.requireAnybody(run, step, leaver + ", who had the step, has left");
            }
        } else if (offer != null && offer.from().equals(leaver) && !leaver.equals(offer.person())) {
            run.emit(new Event.HandoffWithdrawn(step.id, leaver));
            run.emit(new Event.HandoffOffered(
                    step.id,
                    Handoffs.giving(run.state, step),
                    offer.person(),
                    offer.team(),
                    leaver + " has left",
                    offer.acceptBy()));
        }
    }

    private static @Nullable String heirOf(Run run, String leaver) {
        var person = run.roster.person(leaver);
        var manager = person == null ? null : person.manager();
        for (int i = 0; manager != null && i < 10; i++) {
            var next = run.roster.person(manager);
            if (next == null) {
                return null;
            }
            if (next.present() && !manager.equals(leaver)) {
                return manager;
            }
            manager = next.manager();
        }
        return null;
    }
}
