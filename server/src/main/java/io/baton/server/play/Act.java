package io.baton.server.play;

import io.baton.engine.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.SequencedMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Something that is done in a play. Steps, events and incidents are named by their node, so that an act still means the
 * same when the process has changed: {@code approve#2} is the second one that is open there.
 */
public sealed interface Act {

    /**
     * Always the first. {@code process} null is the first of the file that can be started so, {@code event} null its plain
     * start event.
     */
    record Start(
            @Nullable String process,
            @Nullable String event,
            String by,
            Instant at,
            SequencedMap<String, @Nullable Object> variables)
            implements Act {}

    /** {@code command} is given the number of the step. */
    record OnTask(String step, String by, IntFunction<Command> command) implements Act {}

    /** On the case as a whole. */
    record OnCase(String by, Command command) implements Act {}

    /** What a system answers. */
    record OnJob(String step, IntFunction<Command> command) implements Act {}

    /** A message that is awaited there arrives. */
    record Receive(String event, SequencedMap<String, @Nullable Object> variables) implements Act {}

    /** Tries again what an incident stopped. */
    record Retry(String node, String by) implements Act {}

    record SetVariables(String by, SequencedMap<String, @Nullable Object> variables) implements Act {}

    /** So long, or until then; neither: until the next thing happens by itself. */
    record Wait(@Nullable Duration duration, @Nullable Instant until) implements Act {}
}
