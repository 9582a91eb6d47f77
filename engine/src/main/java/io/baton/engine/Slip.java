package io.baton.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An act that its author may still take back. {@code other} made the offer that was declined, or was sent the step;
 * {@code before} is what was promised before.
 */
public record Slip(
        Kind kind,
        String person,
        Instant at,
        @Nullable String other,
        @Nullable Instant before) {

    /** The order is part of the store's encoding. */
    public enum Kind {
        PROMISED,
        DECLINED,
        SENT_BACK
    }

    public Instant until() {
        return at.plus(Slips.WITHIN);
    }
}
