package io.baton.engine.model;

import io.baton.engine.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every activity may carry: mappings in and out of its own scope, a loop over a collection, and the flow that is
 * taken when no other is ({@code defaultFlow}, an index or -1).
 */
public record Activity(
        List<Mapping> inputs,
        List<Mapping> outputs,
        @Nullable Loop loop,
        int defaultFlow) {

    public Activity {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** {@code name} receives the value of {@code expression}. */
    public record Mapping(String name, Expression expression) {}

    /**
     * Multi-instance (BPMN 2.0 §10.3.8). Exactly one of {@code cardinality} and {@code collection} is given. Each
     * instance sees {@code loopCounter} (from 1) and its element as {@code elementVariable}; {@code collect} of each
     * ends up, in the order of the collection, in {@code into}. {@code completionCondition} is asked after each instance
     * and sees numberOfInstances, numberOfActiveInstances and numberOfCompletedInstances.
     */
    public record Loop(
            boolean sequential,
            @Nullable Expression cardinality,
            @Nullable Expression collection,
            @Nullable String elementVariable,
            @Nullable Expression collect,
            @Nullable String into,
            @Nullable Expression completionCondition,
            @Nullable Approval approval) {}

    /**
     * The instances are votes; {@code result} receives what comes of them: {@code {outcome, votes}}. They end as soon as the
     * outcome is certain.
     */
    public record Approval(Rule rule, String result) {

        public enum Rule {
            /** One after the other; the first rejection ends it. */
            SEQUENTIAL,
            /** The first approval is enough. */
            ANY,
            /** More than half. */
            MAJORITY,
            /** Everybody at once; the first rejection ends it. */
            ALL
        }
    }
}
