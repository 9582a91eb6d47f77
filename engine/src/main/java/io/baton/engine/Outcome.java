package io.baton.engine;

import java.util.List;

/** The engine's answer to a command: facts to append, or the reason why there are none. */
public sealed interface Outcome {

    /** May be empty: what was asked was true already. */
    record Accepted(List<Event> events) implements Outcome {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    record Refused(Refusal reason, String message) implements Outcome {}
}
