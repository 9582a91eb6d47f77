package io.baton.engine;

import io.baton.engine.Expressions.Stuck;
import io.baton.engine.model.FlowNode.StartEvent;
import io.baton.engine.model.Trigger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a start event with a timer starts its next case; by the same rules as timers within a case. */
public record StartSchedule(
        Instant due, int repeat, @Nullable String period) {

    /** Empty when the start has no timer, or one that cannot be computed without a case. */
    public static Optional<StartSchedule> first(StartEvent start, Instant now) {
        if (!(start.trigger() instanceof Trigger.Timer(var kind, var value))) {
            return Optional.empty();
        }
        try {
            var text = Expressions.requiredText(value, "timer", new LinkedHashMap<>(), now);
            return Optional.of(
                    switch (kind) {
                        case DATE -> new StartSchedule(Times.at(text), 0, null);
                        case DURATION -> new StartSchedule(Times.after(text, now), 0, null);
                        case CYCLE -> {
                            var cycle = Times.Cycle.parse(text);
                            yield new StartSchedule(cycle.first(now), cycle.repeat(), cycle.period());
                        }
                    });
        } catch (Stuck _) {
            return Optional.empty();
        }
    }

    /** The start after one that was due; starts that were missed are skipped. Empty when that was the last. */
    public static Optional<StartSchedule> next(Instant due, int repeat, @Nullable String period, Instant now) {
        if (repeat == 0 || period == null) {
            return Optional.empty();
        }
        try {
            var next = Times.after(period, due);
            if (!next.isAfter(now)) {
                next = Times.after(period, now);
            }
            return Optional.of(new StartSchedule(next, repeat < 0 ? repeat : repeat - 1, period));
        } catch (Stuck _) {
            return Optional.empty();
        }
    }
}
