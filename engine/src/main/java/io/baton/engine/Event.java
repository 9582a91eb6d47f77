package io.baton.engine;

import java.time.Instant;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a case. Never changes once released: the journal is written in these. New kinds are added
 * at the end of {@link EventCodec}'s list; new components at the end of a record.
 *
 * <p>Numbers named {@code step}, {@code scope}, {@code waitId} and {@code incident} count up together within the case;
 * 0 is the case itself as the outermost scope.
 */
public sealed interface Event {

    // The case

    record CaseStarted(int process, String owner, @Nullable String title) implements Event {}

    record CaseCompleted() implements Event {}

    record CaseCancelled(String reason) implements Event {}

    record VariablesSet(int scope, SequencedMap<String, @Nullable Object> variables) implements Event {}

    record DeviationObserved(String activity, String reason) implements Event {}

    // Tokens and steps

    record FlowTaken(int scope, String flow) implements Event {}

    /** A token waits at a join for the others. */
    record TokenArrived(int scope, String flow) implements Event {}

    /** The join took one token from each of these flows. */
    record TokensJoined(int scope, List<String> flows) implements Event {}

    /** Tokens waiting at joins of the scope are gone with it. */
    record TokensDiscarded(int scope) implements Event {}

    /** Entered and left in one move: gateways, none events, scripts. */
    record StepPassed(int step, String node, int scope) implements Event {}

    record StepEntered(int step, String node, int scope) implements Event {}

    record StepLeft(int step) implements Event {}

    /** The step ended because something around it did. */
    record StepTerminated(int step) implements Event {}

    // Work

    record TaskOpened(
            int step,
            @Nullable String holder,
            @Nullable String team,
            @Nullable Instant due) implements Event {}

    record TaskClaimed(int step, String person) implements Event {}

    record TaskReleased(int step) implements Event {}

    record TaskCompleted(int step) implements Event {}

    record JobOpened(int step, String type, int retries) implements Event {}

    record JobFailed(int step, int retries, String message) implements Event {}

    record JobCompleted(int step) implements Event {}

    // Waiting

    /** {@code repeat}: how often the timer fires again after this time; -1 for ever, with {@code period} between. */
    record TimerSet(
            int waitId,
            int step,
            String node,
            Instant due,
            int repeat,
            @Nullable String period) implements Event {}

    record TimerFired(int waitId) implements Event {}

    record MessageAwaited(int waitId, int step, String node, String name, String key) implements Event {}

    record MessageReceived(int waitId, @Nullable String message) implements Event {}

    record WaitEnded(int waitId) implements Event {}

    // Loops, calls, errors

    /** {@code items} null: {@code total} instances without an element. */
    record LoopStarted(int step, int total, @Nullable List<@Nullable Object> items) implements Event {}

    record LoopInstanceDone(int step, int index, @Nullable Object output) implements Event {}

    record ProcessCalled(int step, int process) implements Event {}

    /** {@code caughtBy} is the id of the boundary or start event that caught it. */
    record ErrorCaught(int step, String code, @Nullable String message, String caughtBy) implements Event {}

    // Trouble

    record IncidentRaised(int incident, int step, String node, IncidentKind kind, String message) implements Event {}

    record IncidentResolved(int incident) implements Event {}
}
