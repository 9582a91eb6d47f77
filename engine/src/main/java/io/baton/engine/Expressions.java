package io.baton.engine;

import io.baton.engine.calendar.WorkingCalendar;
import io.baton.engine.expression.Expression;
import io.baton.engine.expression.Expression.Result;
import io.baton.engine.model.Due;
import io.baton.engine.model.Text;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** How elements ask for values. A failed one stops its step by {@link Stuck}, which the element turns into an incident. */
final class Expressions {

    /** Carries the reason up to the one place in the element that raises the incident; holds no stack trace. */
    static final class Stuck extends Exception {
        private static final long serialVersionUID = 1L;
        final IncidentKind kind;

        Stuck(IncidentKind kind, String message) {
            super(message, null, false, false);
            this.kind = kind;
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    private Expressions() {}

    static @Nullable Object value(Expression expression, SequencedMap<String, @Nullable Object> visible, Instant now)
            throws Stuck {
        return switch (expression.evaluate(visible, now)) {
            case Result.Value(var value) -> value;
            case Result.Failed(var reason) ->
                throw new Stuck(IncidentKind.EXPRESSION, "'" + expression.source() + "' failed: " + reason);
        };
    }

    /** Conditions follow FEEL: only true is true; a value that is no boolean is a mistake in the process. */
    static boolean holds(Expression condition, SequencedMap<String, @Nullable Object> visible, Instant now)
            throws Stuck {
        var value = value(condition, visible, now);
        return switch (value) {
            case Boolean truth -> truth;
            case null -> false;
            default ->
                throw new Stuck(
                        IncidentKind.EXPRESSION,
                        "Expected '" + condition.source() + "' to be true or false, but it is " + brief(value));
        };
    }

    /** Lists and contexts by their kind only: written out, one that repeats a long text would fill the memory. */
    static String brief(@Nullable Object value) {
        return switch (value) {
            case List<?> list -> "a list of " + list.size();
            case Map<?, ?> _ -> "a context";
            case null, default -> String.valueOf(value);
        };
    }

    static @Nullable String text(@Nullable Text text, SequencedMap<String, @Nullable Object> visible, Instant now)
            throws Stuck {
        var whole = whole(text, visible, now);
        if (whole != null && whole.length() > Text.LENGTH_MAX && text instanceof Text.Computed(var expression)) {
            throw new Stuck(
                    IncidentKind.EXPRESSION,
                    "Expected '" + expression.source() + "' to have at most " + Text.LENGTH_MAX
                            + " characters, but it has " + whole.length());
        }
        return whole;
    }

    private static @Nullable String whole(
            @Nullable Text text, SequencedMap<String, @Nullable Object> visible, Instant now) throws Stuck {
        return switch (text) {
            case null -> null;
            case Text.Literal(var value) -> value;
            case Text.Computed(var expression) ->
                switch (value(expression, visible, now)) {
                    case null -> null;
                    case String value -> value;
                    case BigDecimal number -> number.toPlainString();
                    case Object other ->
                        throw new Stuck(
                                IncidentKind.EXPRESSION,
                                "Expected '" + expression.source() + "' to be text, but it is " + brief(other));
                };
        };
    }

    static String requiredText(
            @Nullable Text text, String what, SequencedMap<String, @Nullable Object> visible, Instant now)
            throws Stuck {
        var value = text(text, visible, now);
        if (value == null || value.isBlank()) {
            throw new Stuck(IncidentKind.EXPRESSION, "The " + what + " is empty");
        }
        return value;
    }

    /** A failed title must not stop a case from starting: it is no title. One that is too long is cut. */
    static @Nullable String title(@Nullable Text text, SequencedMap<String, @Nullable Object> visible, Instant now) {
        try {
            var value = whole(text, visible, now);
            return value == null || value.isBlank() ? null : Incidents.cut(value, Text.LENGTH_MAX);
        } catch (Stuck _) {
            return null;
        }
    }

    /** Nor must a failed due date: the case has none. */
    static @Nullable Instant due(
            Due.@Nullable At due,
            SequencedMap<String, @Nullable Object> visible,
            Instant now,
            WorkingCalendar calendar) {
        if (due == null) {
            return null;
        }
        try {
            var value = text(due.text(), visible, now);
            return value == null || value.isBlank()
                    ? null
                    : due.workingTime() ? Times.dueAt(value, now, calendar) : Times.dueAt(value, now);
        } catch (Stuck _) {
            return null;
        }
    }

    /** Nor must a failed owner: whoever starts the case answers for it. */
    static String ownerOr(
            @Nullable Text text, SequencedMap<String, @Nullable Object> visible, Instant now, String otherwise) {
        try {
            var value = text(text, visible, now);
            return value == null || value.isBlank() ? otherwise : value;
        } catch (Stuck _) {
            return otherwise;
        }
    }
}
