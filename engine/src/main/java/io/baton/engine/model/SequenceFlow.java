package io.baton.engine.model;

import io.baton.engine.expression.Expression;
import org.jspecify.annotations.Nullable;

/** BPMN 2.0 §8.4.13. {@code index} counts all flows of the process in document order; source and target are node indexes. */
public record SequenceFlow(
        int index,
        String id,
        @Nullable String name,
        int source,
        int target,
        @Nullable Expression condition) {}
