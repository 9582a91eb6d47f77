package io.baton.server.api;

import io.baton.engine.Values;
import io.baton.server.web.ProblemException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What callers send, checked; a mistake is a 422 that names the field. */
final class Input {

    private static final int STEP_DIGITS_MAX = 9;
    private static final int REASON_LENGTH_MAX = 1_000;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

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

    /** Whatever somebody gives as a reason: it is kept in the journal as it is. */
    static String reason(String field, @Nullable String value) {
        var text = required(field, value);
        if (text.length() > REASON_LENGTH_MAX) {
            throw ProblemException.invalid(field, "must have at most " + REASON_LENGTH_MAX + " characters");
        }
        return text;
    }

    static Instant time(String field, @Nullable Instant value) {
        if (value == null) {
            throw ProblemException.invalid(field, "is missing");
        }
        if (value.isBefore(Instant.EPOCH) || value.isAfter(LATEST)) {
            throw ProblemException.invalid(field, "must lie in the years 1970 to 9999");
        }
        return value;
    }

    static @Nullable Instant timeOrNull(String field, @Nullable Instant value) {
        return value == null ? null : time(field, value);
    }

    /** One of these names, in any case. */
    static <E extends Enum<E>> E oneOf(String field, Class<E> type, @Nullable String value) {
        var text = required(field, value);
        for (var constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text)) {
                return constant;
            }
        }
        throw ProblemException.invalid(
                field,
                "must be one of "
                        + Stream.of(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", ")));
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
