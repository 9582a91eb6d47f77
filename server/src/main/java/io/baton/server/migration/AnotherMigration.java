package io.baton.server.migration;

import java.time.Duration;
import java.time.Instant;

/** Somebody else is moving the cases of this version; nothing was moved. */
public final class AnotherMigration extends RuntimeException {

    /** After so long without a portion it counts as given up. */
    public static final Duration SILENCE_MAX = UnderWay.SILENCE_MAX;

    private static final long serialVersionUID = 1L;

    private final int to;
    private final String person;
    private final Instant beganAt;

    AnotherMigration(int to, String person, Instant beganAt) {
        super(person + " moves the cases since " + beganAt, null, false, false);
        this.to = to;
        this.person = person;
        this.beganAt = beganAt;
    }

    public int to() {
        return to;
    }

    public String person() {
        return person;
    }

    public Instant beganAt() {
        return beganAt;
    }
}
