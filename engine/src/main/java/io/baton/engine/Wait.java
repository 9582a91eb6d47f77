package io.baton.engine;

import io.baton.engine.model.FlowNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that will wake a step: a timer or a message subscription. {@code node} is the event that waits: the step's
 * own, one on its boundary, one behind an event-based gateway, or the start of an event sub-process.
 */
public sealed interface Wait {

    int id();

    int step();

    FlowNode node();

    record Timer(
            int id,
            int step,
            FlowNode node,
            Instant due,
            int repeat,
            @Nullable String period) implements Wait {}

    record Message(int id, int step, FlowNode node, String name, String key) implements Wait {}
}
