package io.baton.engine.expression;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A DMN decision, compiled. Its result is the decision's value, or why there is none. Never throws. */
public interface Decision {

    /** The key that processes refer to: the id of the {@code <definitions>}' decision. */
    String key();

    Expression.Result evaluate(Map<String, ? extends @Nullable Object> variables, Instant now);
}
