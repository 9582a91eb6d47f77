package io.baton.server.scim;

import io.baton.server.directory.Written;
import io.baton.server.web.ProblemException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.node.ObjectNode;

/** What SCIM answers. */
final class Answers {

    static final MediaType SCIM = MediaType.parseMediaType(Json.MEDIA_TYPE);

    private Answers() {}

    static ResponseEntity<ObjectNode> ok(ObjectNode body) {
        return ResponseEntity.ok().contentType(SCIM).body(body);
    }

    static ResponseEntity<ObjectNode> created(ObjectNode body, String location) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .header("Location", location)
                .contentType(SCIM)
                .body(body);
    }

    static ProblemException notFound(String type, String id) {
        return ProblemException.notFound("NoSuch" + type, "There is no " + type + " " + id + ".");
    }

    /** The id of what was written; a person that a write refers to and who is not there is a wrong value. */
    static String done(Written written) {
        return switch (written) {
            case Written.Done(var id) -> id;
            case Written.Wrong(var mistakes) ->
                throw Json.refusal(
                        "invalidValue",
                        mistakes.stream()
                                .map(mistake -> mistake.field() + " " + mistake.message())
                                .collect(Collectors.joining("; ")));
            case Written.NoSuchPerson(var id) -> throw Json.refusal("invalidValue", "There is no User " + id + ".");
            case Written.NoSuchTeam(var key) -> throw notFound("Group", key);
            case Written.EmailTaken(var email) -> throw taken("Somebody else has the address " + email + ".");
            case Written.UserNameTaken(var name) -> throw taken("Somebody else has the userName " + name + ".");
            case Written.TeamTaken(var key) -> throw taken("There is a Group " + key + " already.");
            case Written.HasWork(var key) ->
                throw ProblemException.of(
                        HttpStatus.CONFLICT, "HasWork", "Tasks wait in the queue of " + key + "; empty it first.");
            case Written.LastAdministrator _ ->
                throw ProblemException.of(
                        HttpStatus.CONFLICT, "LastAdministrator", "Nobody could administer Baton any more.");
            case Written.Overlaps _ -> throw new IllegalStateException("absences are no part of SCIM");
        };
    }

    private static ProblemException taken(String detail) {
        return ProblemException.of(HttpStatus.CONFLICT, "uniqueness", detail);
    }

    /** Which part of a list: from 1 on, and how many at most (RFC 7644 §3.4.2.4). */
    record Range(long start, int count) {

        static final int COUNT_MAX = 200;

        private static final int DIGITS_MAX = 9;

        static Range of(@Nullable String startIndex, @Nullable String count) {
            var start = Math.max(1, number("startIndex", startIndex, 1));
            var wanted = Math.clamp(number("count", count, COUNT_MAX), 0, COUNT_MAX);
            return new Range(start, wanted);
        }

        private static long number(String name, @Nullable String text, long otherwise) {
            if (text == null || text.isBlank()) {
                return otherwise;
            }
            if (!text.matches("-?\\d{1," + DIGITS_MAX + "}")) {
                throw Json.refusal("invalidValue", name + " must be a whole number.");
            }
            return Long.parseLong(text);
        }

        long offset() {
            return start - 1;
        }
    }
}
