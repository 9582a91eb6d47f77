package io.baton.engine;

import io.baton.engine.Outcome.Refused;
import java.time.Instant;
import java.util.function.BiConsumer;

/** Dates that holders commit to, and other dates that they ask for. */
final class Promises {

    private Promises() {}

    static Outcome promise(Case state, Command.PromiseDate command, Actor actor, Instant now) {
        return date(state, command.step(), command.at(), actor, now, (run, step) -> {
            run.emit(new Event.DatePromised(step.id, actor.id(), Times.micros(command.at())));
            Incidents.settle(run, step, IncidentKind.PROMISE_BROKEN);
        });
    }

    static Outcome propose(Case state, Command.ProposeDate command, Actor actor, Instant now) {
        return date(
                state,
                command.step(),
                command.due(),
                actor,
                now,
                (run, step) -> run.emit(
                        new Event.DateProposed(step.id, actor.id(), Times.micros(command.due()), command.reason())));
    }

    /** Who names a date has the step from then on. */
    private static Outcome date(
            Case state, int number, Instant date, Actor actor, Instant now, BiConsumer<Run, Step> act) {
        var step = state.step(number);
        if (step == null || step.task == null) {
            return Handoffs.noSuchTask(number);
        }
        var refused = Handoffs.holdsOrTakes(state, step, actor);
        if (refused != null) {
            return refused;
        }
        if (!date.isAfter(now)) {
            return inThePast();
        }
        var run = new Run(state, now);
        Handoffs.takeFirst(run, step, actor);
        act.accept(run, step);
        return run.accepted();
    }

    static Outcome answer(Case state, Command.AnswerProposal command, Actor actor, Instant now) {
        var step = state.step(command.step());
        if (step == null || step.task == null) {
            return Handoffs.noSuchTask(command.step());
        }
        var proposal = step.task.proposal();
        if (proposal == null) {
            return new Refused(Refusal.NO_PROPOSAL, "nobody has proposed another date");
        }
        var refused = Ownership.notTheOwner(state, actor);
        if (refused != null) {
            return refused;
        }
        var run = new Run(state, now);
        if (command.agreed()) {
            run.emit(new Event.DueChanged(step.id, proposal.due(), proposal.reason()));
            Incidents.settle(run, step, IncidentKind.OVERDUE);
        } else {
            run.emit(new Event.ProposalDeclined(step.id, actor.id()));
        }
        return run.accepted();
    }

    static Refused inThePast() {
        return new Refused(Refusal.IN_THE_PAST, "the date is over already");
    }
}
