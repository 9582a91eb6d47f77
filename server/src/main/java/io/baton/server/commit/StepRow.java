package io.baton.server.commit;

import io.baton.engine.Case;
import io.baton.engine.Step;
import io.baton.engine.codec.Encoder;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
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
        @Nullable String team,
        List<Step.Custody> custody,
        @Nullable Instant dueAt,
        @Nullable Instant promisedAt,
        int slips,
        int returns,
        @Nullable Instant decidedAt) {

    public StepRow {
        custody = List.copyOf(custody);
    }

    public static StepRow of(Case state, Case.Closed closed) {
        var step = closed.step();
        var task = step.lastTask();
        var promise = task == null ? null : task.promise();
        return new StepRow(
                step.id(),
                state.processOf(step),
                OpenRows.index(step),
                closed.terminated(),
                step.enteredAt(),
                closed.at(),
                task == null ? null : task.holder(),
                task == null ? null : task.team(),
                step.custody(),
                task == null ? null : task.due(),
                promise == null ? null : promise.at(),
                promise == null ? 0 : promise.slips(),
                step.returns(),
                task == null || task.decision() == null ? null : task.decision().at());
    }

    /** The holders, separated by spaces: ids have none. */
    String holders() {
        return custody.stream().map(Step.Custody::holder).collect(Collectors.joining(" "));
    }

    /** Since when each had it, in microseconds since 1970. */
    String since() {
        return custody.stream()
                .map(held -> Long.toString(Encoder.micros(held.since())))
                .collect(Collectors.joining(" "));
    }
}
