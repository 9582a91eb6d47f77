package io.baton.engine;

import java.time.Instant;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Something that is asked of one case, by a person, a timer, a worker or a message. May be refused. Steps, waits and
 * incidents are named by their number within the case.
 */
public sealed interface Command {

    /** Changes how it stands with an open task; refused once somebody has decided it. */
    sealed interface OnTask extends Command {
        int step();
    }

    /**
     * {@code start} names a start event that a timer or message set off; null takes the plain one. {@code owner} is
     * accountable for the case unless the process computes another.
     */
    record StartCase(
            int process, @Nullable String start, String owner, SequencedMap<String, @Nullable Object> variables)
            implements Command {}

    record ClaimTask(int step) implements OnTask {}

    /** Puts a claimed task back into its team's queue. */
    record ReleaseTask(int step) implements OnTask {}

    record CompleteTask(int step, SequencedMap<String, @Nullable Object> variables) implements OnTask {}

    /** Takes back what the person did at the step by a slip: see {@link Slip}. */
    record TakeBackAct(int step) implements OnTask {}

    /** Undoes a completion that has not taken effect yet. */
    record TakeBackDecision(int step) implements Command {}

    // Handing on

    /** Offers the step to a person, or to a team's queue: by who has it, or by the owner of the case. */
    record OfferTask(
            int step, @Nullable String person, @Nullable String team, String reason) implements OnTask {}

    /** Whoever was asked says no; the one who offered keeps the step. */
    record DeclineTask(int step, String reason) implements OnTask {}

    /** Takes an offer back before it is accepted. */
    record WithdrawOffer(int step) implements OnTask {}

    /** The work before was not ready; {@code missing} says what it lacks. */
    record SendBack(int step, String missing) implements OnTask {}

    /** The owner ends a step without its work. */
    record WaiveTask(int step, String reason) implements OnTask {}

    /** "I'll have it Thursday." A later date for the same step is a slip. */
    record PromiseDate(int step, Instant at) implements OnTask {}

    /** Asks the owner for another due date. */
    record ProposeDate(int step, Instant due, String reason) implements OnTask {}

    record AnswerProposal(int step, boolean agreed) implements OnTask {}

    /** {@code blocker} can remove the obstacle; null routes it by the kind. */
    record ReportStuck(
            int step,
            Obstacle obstacle,
            String reason,
            @Nullable String blocker) implements OnTask {}

    record RemoveObstacle(int step) implements OnTask {}

    // The owner's acts

    record OfferOwnership(String person, String reason) implements Command {}

    record AcceptOwnership() implements Command {}

    record DeclineOwnership(String reason) implements Command {}

    /** {@code charged} answers for the time until the case goes on; null is the owner. */
    record PauseCase(Instant until, String reason, @Nullable String charged) implements Command {}

    record ResumeCase() implements Command {}

    /** {@code step} 0 is the case itself; no {@code due} takes the date away. */
    record ChangeDue(int step, @Nullable Instant due, String reason) implements Command {}

    /** Offers on whatever a person who leaves holds or answers for in this case. */
    record ReplacePerson(String person) implements Command {}

    // Systems

    /** What a system says of the case, by name: texts, numbers, booleans; null takes back what it said. */
    record ReportFacts(String system, SequencedMap<String, @Nullable Object> facts) implements Command {}

    /** Ends a conflict between systems: the case's variable is this from now on. */
    record DecideConflict(int incident, @Nullable Object value) implements Command {}

    /** A message about the step, or the case (0), did not reach the person; {@code reason} is for people to read. */
    record ReportUndelivered(int step, String person, String reason) implements Command {}

    /** A later message did. */
    record ReportDelivered(int step, String person) implements Command {}

    record CompleteJob(int step, SequencedMap<String, @Nullable Object> variables) implements Command {}

    /** An attempt failed; at no {@code retries} left the step becomes an incident. Null counts one down. */
    record FailJob(int step, String message, @Nullable Integer retries) implements Command {}

    /** The work ended with a BPMN error, which the process may catch. */
    record ThrowError(int step, String code, @Nullable String message, SequencedMap<String, @Nullable Object> variables)
            implements Command {}

    /** {@code waitId} 0 or below is the clock of the case, or of the step with that number negated. */
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

    // The case room: what is said and kept stands beside the journal, which knows it by id and digest

    /** {@code audience} are the outsiders it is shared with; a {@code question} goes to whoever has the step. */
    record PostComment(int step, String comment, String digest, List<String> audience, boolean question)
            implements Command {
        public PostComment {
            audience = List.copyOf(audience);
        }
    }

    record EraseComment(String comment) implements Command {}

    record AttachFile(int step, String file, String digest, String type, int size, List<String> audience)
            implements Command {
        public AttachFile {
            audience = List.copyOf(audience);
        }
    }

    record EraseFile(String file) implements Command {}

    /** Who gives it has been given the bytes. */
    record OpenFile(int step, String file) implements Command {}

    /** {@code evidence} is the digest of what shows that it was they; {@code sealed} the file that holds both. */
    record SignFile(int step, String file, String digest, String evidence, String sealed) implements Command {}

    // Versions

    /** The case goes on in another version of its process; elements that are not in {@code moves} keep their id. */
    record MigrateCase(int from, int to, SequencedMap<String, String> moves) implements Command {}

    // Appointments

    /**
     * Does a task that offers times by choosing one, or moves what was booked at a step that is done. {@code seat} counts
     * those who may have the same time from 0; {@code variables} are what else the task asks for.
     */
    record BookSlot(int step, Instant at, int seat, SequencedMap<String, @Nullable Object> variables)
            implements OnTask {}

    /** Gives up what was booked. */
    record ReleaseSlot(int step, String reason) implements OnTask {}
}
