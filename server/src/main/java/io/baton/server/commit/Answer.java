package io.baton.server.commit;

import io.baton.engine.Event;
import io.baton.engine.Refusal;
import java.time.Instant;
import java.util.List;

/** What became of a command. A {@link Done} is durable: it is in the journal, on disk. */
public sealed interface Answer {

    /** {@code events} is empty where nothing had to change, or where a repeated command was answered from memory. */
    record Done(long caseId, int seq, Instant at, List<Event> events) implements Answer {
        public Done {
            events = List.copyOf(events);
        }
    }

    record Refused(Refusal reason, String message) implements Answer {}

    /** The idempotency key was used before, for something else. */
    record KeyReused() implements Answer {}
}
