package io.baton.engine.expression;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compiled FEEL expression. Evaluating never throws: a failing or runaway expression is a {@link Result.Failed}
 * that the engine turns into an incident on the step.
 *
 * <p>Values are plain Java in JSON's shapes: {@code null}, {@link Boolean}, {@link String}, {@link java.math.BigDecimal},
 * {@link List} and {@link java.util.SequencedMap} with string keys. FEEL's dates, times and durations leave as their
 * ISO 8601 strings.
 */
public interface Expression {

    /** The text as the modeller wrote it, without the leading {@code =}. */
    String source();

    /** {@code now} is what the functions {@code now()} and {@code today()} answer. */
    Result evaluate(Map<String, ? extends @Nullable Object> variables, Instant now);

    sealed interface Result {
        record Value(@Nullable Object value) implements Result {}

        record Failed(String reason) implements Result {}
    }
}
