package io.baton.engine;

import java.time.Instant;

/** Something that will happen to an open task by itself if nobody acts; {@code person} is told, or gets the step. */
public record Foreseen(Instant at, What what, String person) {

    public enum What {
        OFFER_EXPIRES,
        PROMISE_IS_BROKEN,
        OVERDUE,
        REMINDER,
        ESCALATION,
        REASSIGNMENT,
        DECISION_TAKES_EFFECT
    }
}
