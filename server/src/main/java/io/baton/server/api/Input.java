package io.baton.server.api;

import io.baton.engine.Values;
import io.baton.server.web.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What callers send, checked; a mistake is a 422 that names the field. */
final class Input {

    private static final int STEP_DIGITS_MAX = 9;

    private Input() {}

    static String required(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw ProblemException.invalid(field, "is missing");
        }
        return value;
    }

    static @Nullable String orNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }

    static @Nullable String atMost(String field, @Nullable String value, int length) {
        if (value != null && value.length() > length) {
            throw ProblemException.invalid(field, "must have at most " + length + " characters");
        }
        return value;
    }

    static int within(String field, @Nullable Integer value, int min, int max, int otherwise) {
        if (value == null) {
            return otherwise;
        }
        if (value < min || value > max) {
            throw ProblemException.invalid(field, "must be a whole number from " + min + " to " + max);
        }
        return value;
    }

    static SequencedMap<String, @Nullable Object> variables(@Nullable Map<String, @Nullable Object> given) {
        if (given == null) {
            return new LinkedHashMap<>();
        }
        try {
            return Values.variables(given);
        } catch (Values.Unfit e) {
            throw ProblemException.invalid("variables", String.valueOf(e.getMessage()));
        }
    }

    /** {@code 1042.3}: step 3 of case 1042. */
    record Id(long caseId, int number) {}

    static Id id(String what, String text) {
        var dot = text.indexOf('.');
        if (dot > 0 && text.matches("[1-9]\\d{0,17}\\.\\d{1," + STEP_DIGITS_MAX + "}")) {
            return new Id(Long.parseLong(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
        }
        throw ProblemException.notFound(
                "NoSuch" + what,
                "There is no " + what.toLowerCase(java.util.Locale.ROOT) + " "
                        + (text.length() > 50 ? text.substring(0, 50) + "…" : text) + ".");
    }

    /** The number within the case, with or without the case's number before it. */
    static int part(String text) {
        var number = text.substring(text.indexOf('.') + 1);
        if (!number.matches("\\d{1," + STEP_DIGITS_MAX + "}")) {
            throw ProblemException.notFound("NoSuchIncident", "There is no such incident.");
        }
        return Integer.parseInt(number);
    }
}
