package io.baton.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much time a case has left over: {@code left} = due − now − what is still to do on the longest way, of the open step
 * where that is least. Negative: it will be late unless something is done.
 */
public record Buffer(Instant due, Instant now, Duration left, List<OfStep> steps) {

    public Buffer {
        steps = List.copyOf(steps);
    }

    /**
     * {@code left} is due − now − the {@link Term#elapsed} of all {@code terms}: what to do in this order. {@code usedUpAt} is
     * from when on it is negative if nothing is done until then.
     */
    public record OfStep(int step, Duration left, Instant usedUpAt, List<Term> terms) {
        public OfStep {
            terms = List.copyOf(terms);
        }
    }

    /**
     * One thing to do, at the latest from when until when. {@code takes} is how much of it is work or waiting; on a
     * working calendar ({@code workingTime}) it takes longer on the wall clock.
     */
    public record Term(String node, String label, Duration takes, boolean workingTime, Instant from, Instant until) {
        public Duration elapsed() {
            return Duration.between(from, until);
        }
    }

    /** Null for a case that has no due date, or is over. */
    public static @Nullable Buffer of(Case state, Roster roster, Instant time) {
        var due = state.due();
        if (due == null || state.status() != Case.Status.OPEN) {
            return null;
        }
        var now = Times.micros(time);
        var steps = new Schedule(state, roster, due).buffers(state, now);
        var left =
                steps.stream().map(OfStep::left).min(Comparator.naturalOrder()).orElse(Duration.between(now, due));
        return new Buffer(due, now, left, steps);
    }

    /** From when on it would be negative; null where nothing is known to be still to do. */
    @Nullable
    Instant usedUpAt() {
        return steps.stream()
                .filter(step -> !step.terms().isEmpty())
                .map(OfStep::usedUpAt)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }
}
