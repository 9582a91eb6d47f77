package io.baton.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An open incident: what keeps a token of the step from going on, or what is wrong with its work. {@code about} is there
 * where the kind {@link IncidentKind#isAboutSomething}: the person who was not reached, the name on
 * which systems disagree.
 */
public record Incident(
        int id,
        int step,
        String node,
        IncidentKind kind,
        String message,
        Instant raisedAt,
        @Nullable String about) {

    Incident at(String node) {
        return new Incident(id, step, node, kind, message, raisedAt, about);
    }

    Incident about(String about) {
        return new Incident(id, step, node, kind, message, raisedAt, about);
    }
}
