package io.baton.engine;

import io.baton.engine.Outcome.Refused;
import java.time.Instant;
import java.util.List;

/**
 * Messages that did not arrive: at most one incident for a step and person. It is over when a later message arrives, when
 * the step is done, or when it passes to somebody else, who is told anew.
 */
final class Bounces {

    /** What a mail server says of it at length is not the journal's business. */
    private static final int REASON_LENGTH_MAX = 500;

    private Bounces() {}

    static Outcome undelivered(Case state, Command.ReportUndelivered command, Instant now) {
        var step = state.step(command.step());
        if (state.status != Case.Status.OPEN || step == null) {
            return noSuchStep(state, command.step());
        }
        var run = new Run(state, now);
        Incidents.report(
                run,
                step,
                IncidentKind.BOUNCED,
                command.person(),
                command.person() + " was not reached: " + Incidents.cut(command.reason(), REASON_LENGTH_MAX));
        return run.accepted();
    }

    static Outcome delivered(Case state, Command.ReportDelivered command, Instant now) {
        var step = state.step(command.step());
        if (state.status != Case.Status.OPEN || step == null) {
            return noSuchStep(state, command.step());
        }
        var run = new Run(state, now);
        Incidents.settle(run, step, IncidentKind.BOUNCED, command.person());
        return run.accepted();
    }

    private static Refused noSuchStep(Case state, int step) {
        return state.status == Case.Status.OPEN
                ? new Refused(Refusal.NO_SUCH_STEP, "no open step " + step)
                : Engine.notOpen(state);
    }

    /** After a command that may have passed steps on. */
    static void settle(Run run) {
        for (var incident : List.copyOf(run.state.incidents.values())) {
            var about = incident.about();
            if (incident.kind() == IncidentKind.BOUNCED
                    && about != null
                    && run.events().stream().anyMatch(event -> passesOn(event, incident.step(), about))) {
                run.emit(new Event.IncidentResolved(incident.id()));
            }
        }
    }

    /** Offered once more to who was not reached, it has not passed to anybody else. */
    private static boolean passesOn(Event event, int step, String person) {
        return switch (event) {
            case Event.HandoffOffered offered -> offered.step() == step && !person.equals(offered.person());
            case Event.TaskClaimed claimed -> claimed.step() == step;
            case Event.TaskReleased released -> released.step() == step;
            case Event.HandoffAccepted accepted -> accepted.step() == step;
            case Event.HandoffDeclined declined -> declined.step() == step;
            case Event.HandoffWithdrawn withdrawn -> withdrawn.step() == step;
            case Event.HandoffExpired expired -> expired.step() == step;
            case Event.TaskSentBack back -> back.step() == step;
            case Event.TaskTaken taken -> taken.step() == step;
            default -> false;
        };
    }
}
