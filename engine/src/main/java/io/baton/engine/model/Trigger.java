package io.baton.engine.model;

import io.baton.engine.expression.Expression;
import io.baton.engine.model.Activity.Mapping;
import java.util.List;
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

    /**
     * {@code correlationKey} is null only for messages that start a case. {@code outputs} see the message's variables and
     * all around the event, and only what they name leaves it; without any, the message's variables do. A receive task
     * has those of its activity instead.
     */
    record Message(String name, @Nullable Expression correlationKey, List<Mapping> outputs) implements Trigger {
        public Message {
            outputs = List.copyOf(outputs);
        }
    }

    /** {@code code} null catches every error. */
    record Error(@Nullable String code) implements Trigger {}

    /** What its outputs make of the message; none for what brings no variables. */
    default List<Mapping> mappings() {
        return this instanceof Message message ? message.outputs() : List.of();
    }
}
