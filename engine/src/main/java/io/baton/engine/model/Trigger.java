package io.baton.engine.model;

import io.baton.engine.expression.Expression;
import org.jspecify.annotations.Nullable;

/** What sets off an event that catches (BPMN 2.0 §10.5.5). */
public sealed interface Trigger {

    record None() implements Trigger {}

    /** {@code value} is ISO 8601: a date-time, a duration ({@code P3D}) or a repeating interval ({@code R3/PT1H}). */
    record Timer(Kind kind, Text value) implements Trigger {
        public enum Kind {
            DATE,
            DURATION,
            CYCLE
        }
    }

    /** {@code correlationKey} is null only for messages that start a case. */
    record Message(String name, @Nullable Expression correlationKey) implements Trigger {}

    /** {@code code} null catches every error. */
    record Error(@Nullable String code) implements Trigger {}
}
