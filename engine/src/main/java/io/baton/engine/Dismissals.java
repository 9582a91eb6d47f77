package io.baton.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Incidents that somebody resolved by hand while their cause was still there. They stay resolved until something is new: a
 * late due date until it is moved, a stall for as long again, a risk until the case is due at another time. An orphaned step is
 * not among them: it needs a holder, whatever is said of it.
 */
final class Dismissals {

    private Dismissals() {}

    static boolean isNeeded(IncidentKind kind) {
        return switch (kind) {
            case OVERDUE, STALLED, AT_RISK -> true;
            default -> false;
        };
    }

    /** What {@link Event.IncidentDismissed} means. */
    static void apply(Case state, int number, Instant at) {
        var incident = state.incidents.get(number);
        if (incident == null) {
            throw new IllegalStateException("no open incident " + number);
        }
        var step = state.open(incident.step());
        switch (incident.kind()) {
            case OVERDUE -> dismissDue(state, step, due(state, step));
            case STALLED -> step.movedAt = at;
            case AT_RISK -> state.dismissedRisk = state.due;
            default -> throw new IllegalStateException(incident.kind() + " does not come back");
        }
    }

    /** Somebody gives it a date, be it the same one again. */
    static void forgetDue(Case state, Step step) {
        dismissDue(state, step, null);
    }

    private static void dismissDue(Case state, Step step, @Nullable Instant due) {
        if (step.node == null) {
            state.dismissedDue = due;
        } else {
            step.dismissedDue = due;
        }
    }

    /** When it has to be said that the step, or the case, is past its due date; null for never. */
    static @Nullable Instant overdueAt(Case state, Step step) {
        var due = due(state, step);
        var dismissed = step.node == null ? state.dismissedDue : step.dismissedDue;
        return due == null || due.equals(dismissed) || Incidents.isOpen(state, step, IncidentKind.OVERDUE) ? null : due;
    }

    private static @Nullable Instant due(Case state, Step step) {
        return step.node == null ? state.due : step.task == null ? null : step.task.due();
    }
}
