package io.baton.server.api;

import io.baton.server.web.Problem.FieldError;
import io.baton.server.web.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with the fields of a request, so that a caller learns of all of it at once. */
final class InputCheck {

    private final List<FieldError> errors = new ArrayList<>();

    /** The text without blanks around it; with an error noted it is empty when it may not be used. */
    String text(String field, @Nullable String value, int charactersMax) {
        String text = value == null ? "" : value.strip();
        if (text.isEmpty()) {
            wrong(field, "is required");
        } else if (text.length() > charactersMax) {
            wrong(field, "must have at most " + charactersMax + " characters");
            return "";
        }
        return text;
    }

    @Nullable
    String optionalText(String field, @Nullable String value, int charactersMax) {
        return value == null || value.isBlank() ? null : text(field, value, charactersMax);
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

    void wrong(String field, String message) {
        errors.add(new FieldError(field, message));
    }

    /** Ends the request with 422 if anything was wrong. */
    void done() {
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }
}
