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

    /** About who has the work, until when, and what happens if nobody acts; applied by {@link io.baton.engine.Coordination}. */
    sealed interface Coordination extends Event {}

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
            @Nullable Instant due) implements Coordination {}

    record TaskClaimed(int step, String person) implements Coordination {}

    record TaskReleased(int step) implements Coordination {}

    record TaskCompleted(int step) implements Coordination {}

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

    /** Somebody resolves it by hand although its cause is there: it is not raised again before something is new. */
    record IncidentDismissed(int incident) implements Event {}

    /** Whom or what an incident that was just raised is about. */
    record IncidentNamed(int incident, String about) implements Event {}

    /** What a system says of the case; null takes back what it said. */
    record FactsStated(String system, SequencedMap<String, @Nullable Object> facts) implements Event {}

    /** What was said under the name up to now does not count any more. */
    record FactDecided(String name) implements Event {}

    // Handing on. Until an offer is accepted, who made it has the step.

    /** To a person or to a team's queue; {@code reason} says why to them. */
    record HandoffOffered(
            int step,
            String from,
            @Nullable String person,
            @Nullable String team,
            String reason,
            @Nullable Instant acceptBy)
            implements Coordination {}

    record HandoffAccepted(int step, String person) implements Coordination {}

    record HandoffDeclined(int step, String person, String reason) implements Coordination {}

    record HandoffWithdrawn(int step, String by) implements Coordination {}

    /** Nobody accepted in time. */
    record HandoffExpired(int step) implements Coordination {}

    /** Not ready: {@code to}, who had given it, has it again. */
    record TaskSentBack(int step, String from, String to, String missing) implements Coordination {}

    /** Somebody has the step without having been asked: the owner who reassigns it, or who was left with it. */
    record TaskTaken(int step, String person, String reason) implements Coordination {}

    /** Ended without its work, in place of {@link TaskCompleted}. */
    record TaskWaived(int step, String by, String reason) implements Coordination {}

    // Dates

    record DatePromised(int step, String person, Instant at) implements Coordination {}

    record PromiseBroken(int step, String person, Instant at) implements Coordination {}

    record DateProposed(int step, String person, Instant due, String reason) implements Coordination {}

    record ProposalDeclined(int step, String by) implements Coordination {}

    /** {@code step} 0 is the case itself. */
    record DueChanged(int step, @Nullable Instant due, String reason) implements Coordination {}

    // Obstacles, pauses, owners

    /** From now on the time is the {@code blocker}'s. */
    record StepBlocked(int step, String by, Obstacle obstacle, String reason, String blocker) implements Coordination {}

    record StepUnblocked(int step) implements Coordination {}

    /** A system's or assistant's step is held by its sponsor. */
    record StepSponsored(int step, String person) implements Coordination {}

    record CasePaused(Instant until, String reason, String charged) implements Coordination {}

    /** Open due dates move by as long as the pause was. */
    record CaseResumed() implements Coordination {}

    record OwnershipOffered(String person, String reason) implements Coordination {}

    record OwnershipDeclined(String person, String reason) implements Coordination {}

    record OwnerChanged(String owner, String reason) implements Coordination {}

    // If nobody acts

    record PolicyApplied(int step, String policy, int version) implements Coordination {}

    /** When something will next happen by itself at the step, or at the case (0); null for never. */
    record ClockSet(int step, @Nullable Instant at) implements Coordination {}

    /** The next act of the policy: {@code delivery} numbers what is sent. */
    record ReminderSent(int step, int delivery, String to) implements Coordination {}

    /** The next act of the policy: the next rung is told. */
    record Escalated(int step, int delivery, String to) implements Coordination {}

    /** The next act of the policy needs nothing to be sent. */
    record ActSkipped(int step, String reason) implements Coordination {}

    // Undo

    /** The task will be completed with this at that time, unless the decision is taken back before. */
    record DecisionMade(int step, String by, SequencedMap<String, @Nullable Object> variables, Instant effectiveAt)
            implements Coordination {}

    record DecisionTakenBack(int step, String by) implements Coordination {}

    // The case room

    /**
     * {@code digest} is the SHA-256 of its text, in hex. {@code audience} names people by id and organisations with {@code
     * @} before the name; nobody named, it is internal. {@code asked} is whose answer is wanted.
     */
    record CommentPosted(
            int step,
            String comment,
            String author,
            String digest,
            List<String> audience,
            @Nullable String asked) implements Event {}

    record CommentErased(String comment, String by) implements Event {}

    /** {@code digest} is the SHA-256 of its bytes, in hex; {@code size} counts them; {@code audience} as of a comment. */
    record FileAttached(int step, String file, String by, String digest, String type, int size, List<String> audience)
            implements Event {}

    record FileErased(String file, String by) implements Event {}

    record FileOpened(int step, String file, String person) implements Event {}

    /** {@code digest} is that of the file they saw; {@code sealed} is a file with both, which was attached before. */
    record FileSigned(int step, String file, String digest, String person, String evidence, String sealed)
            implements Event {}

    /** An approval is over, with {@code outcome} approved or rejected; whoever has not voted need not any more. */
    record ApprovalSettled(int step, String outcome, String reason) implements Coordination {}

    // Due dates that follow from something else

    /** By the working time of whoever should act, or with the due date of the case. */
    record DueMoved(int step, @Nullable Instant due) implements Coordination {}

    /** Only who has the skill, with a limit of at least {@code amount} where there is one, may have the step. */
    record SkillRequired(int step, String skill, @Nullable String amount) implements Coordination {}

    /**
     * From here on the case runs in another version of its process, whose words the journal uses from this very entry on.
     * {@code moves}: the old and the new id of each element that is called otherwise there, in turn.
     */
    record CaseMigrated(int process, List<String> moves) implements Event {
        public CaseMigrated {
            moves = List.copyOf(moves);
        }
    }
    // Appointments

    /**
     * {@code person} has the time from {@code at} on with {@code book}, a person's id or {@code @} and a team's key; it takes
     * the place of what was booked at the step before. {@code process}, {@code node} and {@code scope} are the step's, which
     * may be over when the appointment moves.
     */
    record SlotBooked(
            int step,
            int process,
            String node,
            int scope,
            String book,
            String person,
            Instant at,
            int minutes,
            int seat)
            implements Event {}

    record SlotReleased(int step, String by, String reason) implements Event {}

    /** It was a slip: what was promised {@code before} holds again. */
    record PromiseWithdrawn(int step, String by, @Nullable Instant before) implements Coordination {}
}
