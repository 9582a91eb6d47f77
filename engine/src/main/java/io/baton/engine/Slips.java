package io.baton.engine;

import io.baton.engine.Outcome.Refused;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did by a slip and takes back: a promise, a no to an offer, sending back. Possible for some minutes, and only
 * as long as nobody has done anything about the step since, so that nothing of it has had an effect. The journal shows both.
 */
final class Slips {

    static final Duration WITHIN = Duration.ofMinutes(15);

    private Slips() {}

    /** Keeps in mind the last act at the step that could be a slip; before the event is applied. */
    static void note(Case state, Event event, Instant at) {
        switch (event) {
            case Event.DatePromised promised -> {
                var step = state.open(promised.step());
                var before = Case.requireTask(step).promise();
                step.slip =
                        new Slip(Slip.Kind.PROMISED, promised.person(), at, null, before == null ? null : before.at());
            }
            case Event.HandoffDeclined declined -> {
                var step = state.open(declined.step());
                var offer = Case.requireTask(step).offer();
                step.slip = offer == null || offer.person() == null
                        ? null
                        : new Slip(Slip.Kind.DECLINED, declined.person(), at, offer.from(), null);
            }
            case Event.TaskSentBack back ->
                state.open(back.step()).slip = new Slip(Slip.Kind.SENT_BACK, back.from(), at, back.to(), null);
            default -> {
                var step = state.steps.get(Stalls.movedBy(event));
                if (step != null) {
                    step.slip = null;
                }
            }
        }
    }

    /** What the person may still take back at the step, or null. */
    static @Nullable Slip of(@Nullable Step step, String person, Instant now) {
        var slip = step == null || step.task == null ? null : step.slip;
        return step != null
                        && slip != null
                        && slip.person().equals(person)
                        && slip.at().equals(step.movedAt)
                        && now.isBefore(slip.until())
                ? slip
                : null;
    }

    static Outcome takeBack(Case state, Command.TakeBackAct command, Actor actor, Instant now) {
        var step = state.step(command.step());
        if (step == null || step.task == null) {
            return Handoffs.noSuchTask(command.step());
        }
        var slip = of(step, actor.id(), now);
        if (slip == null) {
            return new Refused(
                    Refusal.TOO_LATE,
                    "%s did nothing here within %d minutes that could be taken back, or something happened since"
                            .formatted(actor.id(), WITHIN.toMinutes()));
        }
        if (slip.kind() != Slip.Kind.PROMISED && step.custody.size() >= Handoffs.HANDOFFS_MAX) {
            return Handoffs.tooManyHandoffs();
        }
        var run = new Run(state, now);
        switch (slip.kind()) {
            case PROMISED -> run.emit(new Event.PromiseWithdrawn(step.id, actor.id(), slip.before()));
            case DECLINED -> {
                run.emit(new Event.HandoffOffered(
                        step.id,
                        String.valueOf(slip.other()),
                        actor.id(),
                        null,
                        "declined by a slip",
                        Policies.acceptBy(run, step, actor.id())));
                Incidents.settle(run, step, IncidentKind.ORPHANED);
                Incidents.settle(run, step, IncidentKind.NOT_ACCEPTED);
            }
            case SENT_BACK -> {
                run.emit(new Event.TaskTaken(step.id, actor.id(), "sent back by a slip"));
                Handoffs.settle(run, step);
            }
        }
        return run.accepted();
    }
}
