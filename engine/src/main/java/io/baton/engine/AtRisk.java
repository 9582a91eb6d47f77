package io.baton.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says of a case that it will be late, from the moment its {@link Buffer} is negative until it is overdue. */
final class AtRisk {

    private AtRisk() {}

    /** Raises or settles the incident; returns when to look again before the case is due, or null. */
    static @Nullable Instant watch(Run run) {
        var state = run.state;
        var usedUpAt = usedUpAt(run);
        if (usedUpAt == null) {
            Incidents.settle(run, state.root(), IncidentKind.AT_RISK);
            return null;
        }
        if (usedUpAt.isBefore(run.now)) {
            if (!Objects.equals(state.due, state.dismissedRisk)) {
                Incidents.report(
                        run,
                        state.root(),
                        IncidentKind.AT_RISK,
                        "What is still to do should have begun at " + usedUpAt + " to be done by " + state.due);
            }
            return null;
        }
        Incidents.settle(run, state.root(), IncidentKind.AT_RISK);
        return usedUpAt.plus(1, ChronoUnit.MICROS);
    }

    /** Null as well once the case is overdue, which is worse. */
    private static @Nullable Instant usedUpAt(Run run) {
        var state = run.state;
        if (state.due == null || !state.due.isAfter(run.now) || !isTimed(state)) {
            return null;
        }
        var buffer = Buffer.of(state, run.roster, run.now);
        var at = buffer == null ? null : buffer.usedUpAt();
        return at == null || !at.isBefore(state.due) ? null : at;
    }

    private static boolean isTimed(Case state) {
        return state.root().inner.isTimed()
                || state.steps.values().stream().anyMatch(step -> step.calledProcess >= 0 && step.inner.isTimed());
    }
}
