package io.baton.server.channel;

import io.baton.engine.Notice;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A message of Baton to somebody about a case, and what became of it.
 *
 * @param step the number of the step that it was about; 0 for the case itself
 * @param entry the entry of the journal that led to it
 * @param at of the last attempt
 * @param problem what the other side said, where it was not accepted
 */
public record Dispatch(
        int entry,
        int step,
        Notice.Reason why,
        @Nullable String person,
        String channel,
        Instant at,
        Became became,
        @Nullable String problem) {

    public enum Became {
        ACCEPTED,
        NOT_NOW,
        NOT_AT_ALL,
        CAME_BACK;

        /** By the code of {@link Deliveries.Attempted}. */
        static Became of(int code) {
            return Stream.of(Deliveries.Attempted.values())
                    .filter(each -> each.code() == code)
                    .map(each -> valueOf(each.name()))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
