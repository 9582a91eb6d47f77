package io.baton.engine;

import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Something that is asked of one case, by a person, a timer, a worker or a message. May be refused. Steps, waits and
 * incidents are named by their number within the case.
 */
public sealed interface Command {

    /**
     * {@code start} names a start event that a timer or message set off; null takes the plain one. {@code owner} is
     * accountable for the case unless the process computes another.
     */
    record StartCase(
            int process, @Nullable String start, String owner, SequencedMap<String, @Nullable Object> variables)
            implements Command {}

    record ClaimTask(int step) implements Command {}

    /** Puts a claimed task back into its team's queue. */
    record ReleaseTask(int step) implements Command {}

    record CompleteTask(int step, SequencedMap<String, @Nullable Object> variables) implements Command {}

    record CompleteJob(int step, SequencedMap<String, @Nullable Object> variables) implements Command {}

    /** An attempt failed; at no {@code retries} left the step becomes an incident. Null counts one down. */
    record FailJob(int step, String message, @Nullable Integer retries) implements Command {}

    /** The work ended with a BPMN error, which the process may catch. */
    record ThrowError(int step, String code, @Nullable String message, SequencedMap<String, @Nullable Object> variables)
            implements Command {}

    record FireTimer(int waitId) implements Command {}

    /** A message for an open subscription; {@code message} is its id, for the record. */
    record ReceiveMessage(int waitId, @Nullable String message, SequencedMap<String, @Nullable Object> variables)
            implements Command {}

    /** Tries again what an incident stopped. */
    record ResolveIncident(int incident) implements Command {}

    /** Sets variables in the scope of an open step; 0 is the case itself. */
    record SetVariables(int step, SequencedMap<String, @Nullable Object> variables) implements Command {}

    record CancelCase(String reason) implements Command {}

    /** Something was seen to happen in the world that the process does not allow here; it is recorded, not done. */
    record ObserveDeviation(String activity, String reason) implements Command {}
}
