package io.baton.server.api;

import io.baton.engine.Facts;
import io.baton.engine.Values;
import io.baton.server.web.Problem.FieldError;
import io.baton.server.web.ProblemException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a caller sent, checked field by field. Mistakes are collected, so that he learns of all of them at once: {@link
 * #done} ends the request with 422 if there were any, and what was read before it may not be used.
 */
final class Input {

    private static final int STEP_DIGITS_MAX = 9;
    private static final int REASON_LENGTH_MAX = 1_000;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final List<FieldError> errors = new ArrayList<>();

    /** For a request with one thing to check. */
    static <T extends @Nullable Object> T only(Function<Input, T> check) {
        var input = new Input();
        T checked = check.apply(input);
        input.done();
        return checked;
    }

    /** What a person typed, without the blanks around it. */
    String text(String field, @Nullable String value, int charactersMax) {
        return exact(field, value == null ? null : value.strip(), charactersMax);
    }

    @Nullable
    String optionalText(String field, @Nullable String value, int charactersMax) {
        return orNull(value) == null ? null : text(field, value, charactersMax);
    }

    /** What a program sent and others compare: as it is. */
    String exact(String field, @Nullable String value, int charactersMax) {
        if (value == null || value.isBlank()) {
            wrong(field, "is required");
            return "";
        }
        if (value.length() > charactersMax) {
            wrong(field, "must have at most " + charactersMax + " characters");
            return "";
        }
        return value;
    }

    @Nullable
    String optionalExact(String field, @Nullable String value, int charactersMax) {
        return orNull(value) == null ? null : exact(field, value, charactersMax);
    }

    /** Whatever somebody gives as a reason: it is kept in the journal as it is. */
    String reason(String field, @Nullable String value) {
        return exact(field, value, REASON_LENGTH_MAX);
    }

    Instant time(String field, @Nullable Instant value) {
        if (value == null) {
            wrong(field, "is required");
            return Instant.EPOCH;
        }
        if (value.isBefore(Instant.EPOCH) || value.isAfter(LATEST)) {
            wrong(field, "must lie in the years 1970 to 9999");
        }
        return value;
    }

    /** A time as text; null stays null. */
    @Nullable
    Instant optionalTime(String field, @Nullable String value) {
        if (orNull(value) == null) {
            return null;
        }
        try {
            return time(field, Instant.parse(value));
        } catch (DateTimeParseException e) {
            wrong(field, "must be a time like 2026-12-24T17:00:00Z");
            return null;
        }
    }

    <E extends Enum<E>> @Nullable E optionalOneOf(String field, Class<E> type, @Nullable String value) {
        return orNull(value) == null ? null : oneOf(field, type, value);
    }

    @Nullable
    Instant optionalTime(String field, @Nullable Instant value) {
        return value == null ? null : time(field, value);
    }

    /** One of these names, in any case. */
    <E extends Enum<E>> E oneOf(String field, Class<E> type, @Nullable String value) {
        var constants = type.getEnumConstants();
        for (var constant : constants) {
            if (constant.name().equalsIgnoreCase(value)) {
                return constant;
            }
        }
        wrong(
                field,
                orNull(value) == null
                        ? "is required"
                        : "must be one of "
                                + Stream.of(constants).map(Enum::name).collect(Collectors.joining(", ")));
        return constants[0];
    }

    int number(String field, @Nullable Integer value, int min, int max) {
        if (value == null) {
            wrong(field, "is required");
            return min;
        }
        if (value < min || value > max) {
            wrong(field, "must be a whole number from " + min + " to " + max);
        }
        return value;
    }

    int number(String field, @Nullable Integer value, int min, int max, int otherwise) {
        return value == null ? otherwise : number(field, value, min, max);
    }

    SequencedMap<String, @Nullable Object> variables(@Nullable Map<String, @Nullable Object> given) {
        try {
            return given == null ? new LinkedHashMap<>() : Values.variables(given);
        } catch (Values.Unfit e) {
            wrong("variables", String.valueOf(e.getMessage()));
            return new LinkedHashMap<>();
        }
    }

    /** Texts, numbers and booleans by name; null takes back what was said. */
    SequencedMap<String, @Nullable Object> facts(String field, @Nullable Map<String, @Nullable Object> given) {
        var facts = variables(given);
        if (facts.isEmpty()) {
            wrong(field, "is required");
        } else if (facts.size() > Facts.NAMES_MAX) {
            wrong(field, "must name at most " + Facts.NAMES_MAX + " things");
        }
        facts.forEach((name, value) -> {
            if (name.isBlank() || name.length() > Facts.LENGTH_MAX) {
                wrong(field, "must have names of 1 to " + Facts.LENGTH_MAX + " characters");
            } else if (value instanceof List || value instanceof Map) {
                wrong(field, "must have a text, a number or a boolean for " + name);
            } else if (value instanceof String text && text.length() > Facts.LENGTH_MAX) {
                wrong(field, "must have at most " + Facts.LENGTH_MAX + " characters for " + name);
            }
        });
        return facts;
    }

    /** The end of a period up to now takes in what has just happened. */
    static Instant end(@Nullable Instant asked, Instant until) {
        return asked == null ? until.plus(1, ChronoUnit.MICROS) : until;
    }

    void period(Instant from, Instant to) {
        var _ = time("from", from);
        var _ = time("to", to);
        if (from.isAfter(to)) {
            wrong("from", "must not be after 'to'");
        }
    }

    void wrong(String field, String message) {
        errors.add(new FieldError(field, message));
    }

    void done() {
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    static @Nullable String orNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }

    // What a path names

    /** {@code 1042.3}: step 3 of case 1042. */
    record Id(long caseId, int number) {}

    static Id id(String what, String text) {
        var dot = text.indexOf('.');
        if (dot > 0 && text.matches("[1-9]\\d{0,17}\\.\\d{1," + STEP_DIGITS_MAX + "}")) {
            return new Id(Long.parseLong(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
        }
        throw ProblemException.notFound(
                "NoSuch" + what,
                "There is no " + what.toLowerCase(Locale.ROOT) + " "
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
