package io.baton.server.web;

import io.baton.server.commit.UnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.BindException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What becomes of everything that goes wrong: {@link #problem} is the one table from exceptions to answers. Filters and
 * the servlet container write their errors here too, so that a caller sees one shape only.
 */
@RestControllerAdvice
public class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Characters that PostgreSQL cannot keep in text, above all U+0000. */
    private static final List<String> UNSTORABLE_TEXT = List.of("22021", "22P05");

    private static final List<String> DISK_FULL = List.of("53100");

    @ExceptionHandler(Exception.class)
    void answer(Exception e, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (e instanceof ClientAbortException || response.isCommitted()) {
            return; // nobody is listening any more
        }
        if (e instanceof ErrorResponse withHeaders) {
            withHeaders.getHeaders().forEach((name, values) -> values.forEach(v -> response.addHeader(name, v)));
        }
        write(problem(e), request, response);
    }

    /** The table. What is not in it is our fault: it is logged, and the caller learns the id of the log line only. */
    static Problem problem(Throwable e) {
        return switch (e) {
            case ProblemException known -> known.problem();
            case UnavailableException known -> unavailable(known, known.getMessage() + ".");
            case NonTransientDataAccessResourceException _ -> unavailable(e);
            case TransientDataAccessException _ -> unavailable(e);
            case RecoverableDataAccessException _ -> unavailable(e);
            case CannotCreateTransactionException _ -> unavailable(e);
            case DataAccessException _
            when hasState(e, UNSTORABLE_TEXT) ->
                Problem.of(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "InvalidInput",
                        "The input contains a character that cannot be stored, such as U+0000.");
            case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
            case MethodArgumentTypeMismatchException mismatch -> invalid(mismatch.getName(), "is of the wrong type");
            case MissingServletRequestParameterException missing -> invalid(missing.getParameterName(), "is required");
            case MissingServletRequestPartException missing -> invalid(missing.getRequestPartName(), "is required");
            case MissingRequestHeaderException missing -> invalid(missing.getHeaderName(), "is required");
            case BindException binding ->
                ProblemException.invalid(binding.getFieldErrors().stream()
                                .map(error -> new Problem.FieldError(error.getField(), "is of the wrong type"))
                                .toList())
                        .problem();
            case MaxUploadSizeExceededException _ -> tooLarge("An upload may have at most 10 MB.");
            case InvalidParameterException form
            when form.getErrorCode() == HttpStatus.CONTENT_TOO_LARGE.value() -> tooLarge("The form is too large.");
            case InvalidParameterException _ -> malformed("The form cannot be read.");
            case MultipartException _ ->
                Problem.of(HttpStatus.BAD_REQUEST, "MalformedUpload", "The multipart body cannot be read.");
            case AuthenticationException _ -> notSignedIn();
            case AccessDeniedException _ ->
                Problem.of(HttpStatus.FORBIDDEN, "NotAllowed", "You are not allowed to do this.");
            case NoResourceFoundException _ -> noSuchRoute();
            case ErrorResponse other -> status(other.getStatusCode().value());
            default -> fault(e);
        };
    }

    private static Problem unavailable(Throwable e) {
        return unavailable(
                e,
                hasState(e, DISK_FULL)
                        ? "The database's disk is full; nothing was written."
                        : "Baton cannot reach its database at the moment. Try again in a little while.");
    }

    private static Problem unavailable(Throwable e, String detail) {
        LOG.warn("A request is answered with 503, the database is not available: {}", rootMessage(e));
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "Unavailable", detail);
    }

    private static Problem fault(Throwable e) {
        String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        LOG.error("A request failed and is answered with 500, id {}", id, e);
        return Problem.of(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "Fault",
                        "Something went wrong on our side. The log has the cause under " + id + ".")
                .withId(id);
    }

    private static Problem invalid(String field, String message) {
        return ProblemException.invalid(field, message).problem();
    }

    /** Malformed is 400 and says where; well-formed but not what the route takes is 422 and names the field. */
    private static Problem unreadable(HttpMessageNotReadableException e) {
        return switch (e.getCause()) {
            case DatabindException wrong -> wrongBody(wrong).problem();
            case InputCoercionException wrong -> invalid(path(wrong), "is out of range");
            case JacksonException malformed
            when malformed.getLocation() == null ->
                malformed("The body cannot be read: it nests too deeply or holds too long a name, number or text.");
            case JacksonException malformed ->
                malformed("The body is not well-formed JSON: line "
                        + malformed.getLocation().getLineNr()
                        + ", column " + malformed.getLocation().getColumnNr() + ".");
            case null -> malformed("A JSON body is required.");
            default -> malformed("The body cannot be read.");
        };
    }

    /** For a route that binds a body itself. */
    public static ProblemException wrongBody(DatabindException wrong) {
        return wrong.getPath().isEmpty()
                ? ProblemException.invalid("body", "is not what this route takes")
                : ProblemException.invalid(path(wrong), "is unknown or of the wrong type");
    }

    private static Problem malformed(String detail) {
        return Problem.of(HttpStatus.BAD_REQUEST, "MalformedBody", detail);
    }

    private static String path(JacksonException e) {
        String path = e.getPath().stream()
                .map(part ->
                        part.getPropertyName() == null ? "[" + part.getIndex() + "]" : "." + part.getPropertyName())
                .collect(Collectors.joining());
        return path.startsWith(".") ? path.substring(1) : path;
    }

    private static boolean hasState(Throwable e, List<String> states) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && states.contains(String.valueOf(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }

    static Problem tooLarge(String detail) {
        return Problem.of(HttpStatus.CONTENT_TOO_LARGE, "TooLarge", detail);
    }

    static Problem notSignedIn() {
        return Problem.of(HttpStatus.UNAUTHORIZED, "NotSignedIn", "Sign in, or send a valid API token.");
    }

    static Problem noSuchRoute() {
        return Problem.of(HttpStatus.NOT_FOUND, "NoSuchRoute", "There is nothing here.");
    }

    /** A problem of which no more is known than its status. */
    static Problem status(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        if (known == null) {
            return Problem.of(HttpStatus.BAD_REQUEST, "BadRequest", "The request cannot be served.");
        }
        String code = known.getReasonPhrase().replaceAll("[^A-Za-z]", "");
        return Problem.of(known, code, known.getReasonPhrase() + ".");
    }

    /** Programs get JSON; a browser that asks for a page gets the sentence. */
    static void write(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(problem.status());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        if (request.getServletPath().startsWith(ScimError.PATH)) {
            var error = ScimError.of(problem);
            response.setStatus(Integer.parseInt(error.status()));
            response.setContentType(ScimError.MEDIA_TYPE.toString());
            response.getOutputStream().write(JSON.writeValueAsBytes(error));
        } else if (wantsPage(request)) {
            response.setContentType(MediaType.TEXT_PLAIN_VALUE);
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            response.getOutputStream().write((problem.detail() + "\n").getBytes(StandardCharsets.UTF_8));
        } else {
            response.setContentType(Problem.MEDIA_TYPE.toString());
            response.getOutputStream().write(json(problem, request.getRequestURI()));
        }
    }

    static byte[] json(Problem problem, @Nullable String path) {
        return JSON.writeValueAsBytes(path == null ? problem : problem.at(path));
    }

    static boolean wantsPage(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return !request.getServletPath().startsWith("/api/")
                && !request.getServletPath().startsWith(ScimError.PATH)
                && accept != null
                && accept.toLowerCase(Locale.ROOT).contains(MediaType.TEXT_HTML_VALUE);
    }
}
