package io.baton.server.journal;

import io.baton.engine.Actor;
import io.baton.engine.Event;
import java.time.Instant;
import java.util.List;

/** One accepted command in the journal of a case: who gave it, when, and what it caused. {@code seq} counts from 1. */
public record Entry(long caseId, int seq, Instant at, Actor actor, String command, List<Event> events) {
    public Entry {
        events = List.copyOf(events);
    }
}
