package io.baton.engine;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What goes with an act: {@link TaskAct} and {@link CaseAct} say which of it they need. */
public record Said(
        @Nullable String person,
        @Nullable String team,
        String reason,
        @Nullable Instant at,
        @Nullable Obstacle obstacle,
        boolean agreed) {

    /** What nothing is refused for, where an act is only tried. */
    static final Said ANYTHING =
            new Said(null, "", "", Instant.EPOCH.plus(Duration.ofDays(365L * 200)), Obstacle.OTHER, true);

    /** {@code MAY_…} can be left out. */
    public enum Need {
        REASON,
        PERSON,
        MAY_PERSON,
        /** One of them. */
        PERSON_OR_TEAM,
        AT,
        MAY_AT,
        OBSTACLE,
        AGREED
    }

    Instant requireAt() {
        if (at == null) {
            throw new IllegalArgumentException("the act needs a time");
        }
        return at;
    }

    String requirePerson() {
        if (person == null) {
            throw new IllegalArgumentException("the act needs a person");
        }
        return person;
    }

    Obstacle requireObstacle() {
        if (obstacle == null) {
            throw new IllegalArgumentException("the act needs an obstacle");
        }
        return obstacle;
    }
}
