package io.baton.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Steps at which nothing happens for longer than such steps usually take in all. Whoever answered when it will go on, or
 * why it does not, has done something: their promise or obstacle says more than a stall.
 */
final class Stalls {

    /** However quick a step usually is, nobody is called within the hour. */
    static final Duration USUAL_MIN = Duration.ofHours(1);

    private Stalls() {}

    /** When the step will have stalled if nobody does anything about it; null for never. */
    static @Nullable Instant at(Roster roster, Case state, Step step) {
        if ((step.task == null && step.job == null)
                || (step.task != null && Policies.isAnswered(step))
                || Incidents.isOpen(state, step, IncidentKind.STALLED)
                || Incidents.has(state, step)) {
            return null;
        }
        var process = state.model(state.processOf(step)).key();
        var usual = roster.usual(process, step.requireNode().id());
        return usual == null
                ? null
                : Times.micros(step.movedAt.plus(usual.compareTo(USUAL_MIN) < 0 ? USUAL_MIN : usual));
    }

    static void report(Run run, Step step) {
        Incidents.report(
                run, step, IncidentKind.STALLED, "Nothing has happened for longer than 95 % of these steps took");
    }

    /** After a command by which somebody may have done something. */
    static void settle(Run run) {
        for (var incident : List.copyOf(run.state.incidents.values())) {
            if (incident.kind() == IncidentKind.STALLED
                    && run.events().stream()
                            .anyMatch(
                                    event -> movedBy(event) == incident.step() || event instanceof Event.CaseResumed)) {
                run.emit(new Event.IncidentResolved(incident.id()));
            }
        }
    }

    /** Keeps in mind when something was last done about each step. */
    static void note(Case state, Event event, Instant at) {
        if (event instanceof Event.CaseResumed) {
            state.steps.values().forEach(step -> step.movedAt = at);
            return;
        }
        var step = state.steps.get(movedBy(event));
        if (step != null) {
            step.movedAt = at;
        }
    }

    /** The step that the event shows to be alive; 0 where it shows nothing of the kind. What clocks do is no sign of life. */
    static int movedBy(Event event) {
        return switch (event) {
            case Event.TaskClaimed claimed -> claimed.step();
            case Event.TaskReleased released -> released.step();
            case Event.HandoffOffered offered -> offered.step();
            case Event.HandoffAccepted accepted -> accepted.step();
            case Event.HandoffDeclined declined -> declined.step();
            case Event.HandoffWithdrawn withdrawn -> withdrawn.step();
            case Event.TaskSentBack back -> back.step();
            case Event.TaskTaken taken -> taken.step();
            case Event.DatePromised promised -> promised.step();
            case Event.PromiseWithdrawn withdrawn -> withdrawn.step();
            case Event.DateProposed proposed -> proposed.step();
            case Event.ProposalDeclined declined -> declined.step();
            case Event.DueChanged changed -> changed.step();
            case Event.StepBlocked blocked -> blocked.step();
            case Event.StepUnblocked unblocked -> unblocked.step();
            case Event.DecisionMade made -> made.step();
            case Event.DecisionTakenBack back -> back.step();
            case Event.CommentPosted posted -> posted.step();
            case Event.JobOpened opened -> opened.step();
            case Event.JobFailed failed -> failed.step();
            default -> 0;
        };
    }
}
