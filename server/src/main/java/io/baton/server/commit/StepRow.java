package io.baton.server.commit;

import io.baton.engine.Case;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A closed step: who had it from when to when. */
public record StepRow(
        int id,
        int process,
        int node,
        boolean terminated,
        Instant enteredAt,
        Instant leftAt,
        @Nullable String holder,
        @Nullable String team) {

    public static StepRow of(Case state, Case.Closed closed) {
        var step = closed.step();
        var task = step.lastTask();
        return new StepRow(
                step.id(),
                state.processOf(step),
                OpenRows.index(step),
                closed.terminated(),
                step.enteredAt(),
                closed.at(),
                task == null ? null : task.holder(),
                task == null ? null : task.team());
    }
}
