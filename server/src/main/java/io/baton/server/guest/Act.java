package io.baton.server.guest;

import io.baton.engine.Obstacle;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What somebody outside can do about a step that waits for them, by whatever channel. */
public sealed interface Act {

    /** Does the task. {@code fields} are as they were sent, by the names of the form's fields; all else is not looked at. */
    record Answer(Map<String, List<String>> fields) implements Act {
        public Answer {
            fields = Map.copyOf(fields);
        }
    }

    /** Does the task by the answer that means yes, where its form has one question that can be answered so. */
    record Approve() implements Act {}

    /** Does the task by the answer that means no. */
    record Reject(String reason) implements Act {}

    record Accept() implements Act {}

    record Decline(String reason) implements Act {}

    /** What came before is not ready. */
    record SendBack(String missing) implements Act {}

    record Promise(Instant at) implements Act {}

    record Propose(Instant due, String reason) implements Act {}

    record Stuck(Obstacle obstacle, String reason) implements Act {}

    /** None of the times that are offered suits: goes to whoever answers for the step, like a question. */
    record OtherTime(Instant at, String reason) implements Act {}

    /** Goes to whoever answers for the step; the conversation stays with it. */
    record Ask(String question) implements Act {}

    /** A decision, as long as the process lets it be taken back; or what the person said stands in the way. */
    record TakeBack() implements Act {}

    /** Asks a colleague to take the step; until that one accepts, the person has it. */
    record PassOn(String email, @Nullable String name, String reason) implements Act {}
}
