package io.baton.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baton.engine.Refusal;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * The answer to a request that did not succeed (RFC 9457). {@code code} is for programs and stays as it is; {@code
 * detail} is for people. {@code id} is there when the fault is ours, and stands in the log beside the cause.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = {"type", "title", "status", "detail", "code"})
public record Problem(
        @Schema(example = "urn:baton:problem:AlreadyClaimed")
        String type,

        @Schema(example = "Conflict") String title,
        @Schema(example = "409") int status,
        String detail,
        @Nullable String instance,
        @Schema(example = "AlreadyClaimed") String code,
        @Nullable List<FieldError> errors,
        @Nullable String id) {

    public static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");
    private static final String TYPE_PREFIX = "urn:baton:problem:";

    /** What is wrong with one field of the input, named by its path ({@code variables.amount}). */
    public record FieldError(String field, String message) {}

    public static Problem of(HttpStatus status, String code, String detail) {
        return new Problem(
                TYPE_PREFIX + code, status.getReasonPhrase(), status.value(), detail, null, code, null, null);
    }

    /** One of the engine's reasons: unknown is 404, too large is 413, and the rest is the state of the case, 409. */
    public static Problem refused(Refusal reason, String detail) {
        HttpStatus status = switch (reason) {
            case NO_SUCH_CASE,
                    NO_SUCH_PROCESS,
                    NO_SUCH_START,
                    NO_SUCH_STEP,
                    NO_SUCH_TASK,
                    NO_SUCH_JOB,
                    NO_SUCH_TIMER,
                    NO_SUCH_SUBSCRIPTION,
                    NO_SUCH_INCIDENT -> HttpStatus.NOT_FOUND;
            case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case CASE_NOT_OPEN,
                    CASE_ALREADY_STARTED,
                    ALREADY_CLAIMED,
                    NOT_CLAIMED,
                    NOT_THE_HOLDER,
                    TIMER_NOT_DUE,
                    NOT_THE_OWNER,
                    MAY_NOT_HOLD,
                    NOT_ASKED,
                    NO_OFFER,
                    NOBODY_TO_ASK,
                    NO_GIVER,
                    NO_PROPOSAL,
                    NOT_STUCK,
                    ALREADY_PAUSED,
                    NOT_PAUSED,
                    IN_THE_PAST,
                    TOO_MANY_HANDOFFS,
                    DECIDED,
                    NOT_DECIDED,
                    TOO_LATE,
                    NO_VOTE,
                    NOT_OPENED,
                    NOT_SIGNED,
                    NOT_MIGRATABLE,
                    NO_SLOT,
                    SLOT_TAKEN,
                    OTHER_VERSION -> HttpStatus.CONFLICT;
        };
        return of(status, code(reason), detail);
    }

    /** {@code NOT_THE_HOLDER} is {@code NotTheHolder} to callers. */
    private static String code(Refusal reason) {
        var code = new StringBuilder();
        for (String word : reason.name().split("_")) {
            code.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return code.toString();
    }

    Problem withErrors(List<FieldError> found) {
        return new Problem(type, title, status, detail, instance, code, List.copyOf(found), id);
    }

    Problem withId(String logged) {
        return new Problem(type, title, status, detail, instance, code, errors, logged);
    }

    Problem at(String path) {
        return new Problem(type, title, status, detail, path, code, errors, id);
    }
}
