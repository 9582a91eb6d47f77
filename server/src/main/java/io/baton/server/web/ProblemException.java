package io.baton.server.web;

import io.baton.engine.Refusal;
import io.baton.server.commit.Answer;
import java.util.List;
import org.springframework.http.HttpStatus;

/** Ends a request with a {@link Problem}. It is an answer, not a fault: it has no stack trace and is not logged. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    public static ProblemException of(HttpStatus status, String code, String detail) {
        return new ProblemException(Problem.of(status, code, detail));
    }

    /** 404; the code says what is not there: {@code NoSuchCase}. */
    public static ProblemException notFound(String code, String detail) {
        return of(HttpStatus.NOT_FOUND, code, detail);
    }

    public static ProblemException forbidden(String code, String detail) {
        return of(HttpStatus.FORBIDDEN, code, detail);
    }

    public static ProblemException refused(Refusal reason, String detail) {
        return new ProblemException(Problem.refused(reason, detail));
    }

    /** 422 for one field. */
    public static ProblemException invalid(String field, String message) {
        return invalid(List.of(new Problem.FieldError(field, message)));
    }

    /** 422 for these fields. */
    public static ProblemException invalid(List<Problem.FieldError> errors) {
        var first = errors.getFirst();
        var detail = errors.size() == 1
                ? first.field() + " " + first.message()
                : errors.size() + " fields are invalid, the first: " + first.field() + " " + first.message();
        return new ProblemException(Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "InvalidInput", detail)
                .withErrors(errors));
    }

    /** What was done, or the problem that says why not. */
    public static Answer.Done done(Answer answer) {
        return switch (answer) {
            case Answer.Done done -> done;
            case Answer.Refused refused -> throw refused(refused.reason(), refused.message());
            case Answer.KeyReused _ ->
                throw of(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "IdempotencyKeyReused",
                        "This Idempotency-Key was used before, for another request.");
        };
    }
}
