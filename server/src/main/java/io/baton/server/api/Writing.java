package io.baton.server.api;

import io.baton.server.directory.Mistake;
import io.baton.server.directory.Written;
import io.baton.server.web.Problem.FieldError;
import io.baton.server.web.ProblemException;
import java.util.List;
import org.springframework.http.HttpStatus;

/** What became of a change to the directory, as an answer: the id of what was written, or the problem. */
final class Writing {

    private Writing() {}

    static String done(Written written) {
        return switch (written) {
            case Written.Done(var id) -> id;
            case Written.Wrong(var mistakes) -> throw wrong(mistakes);
            case Written.NoSuchPerson(var id) -> throw noSuchPerson(id);
            case Written.NoSuchTeam(var key) -> throw noSuchTeam(key);
            case Written.EmailTaken _ ->
                throw ProblemException.of(HttpStatus.CONFLICT, "EmailTaken", "Somebody has this e-mail address.");
            case Written.UserNameTaken _ ->
                throw ProblemException.of(HttpStatus.CONFLICT, "UserNameTaken", "Somebody has this user name.");
            case Written.TeamTaken(var key) ->
                throw ProblemException.of(HttpStatus.CONFLICT, "TeamTaken", "There is a team " + key + " already.");
            case Written.HasWork(var team) ->
                throw ProblemException.of(HttpStatus.CONFLICT, "HasWork", "Tasks wait in the queue of " + team + ".");
            case Written.LastAdministrator _ ->
                throw ProblemException.of(
                        HttpStatus.CONFLICT,
                        "LastAdministrator",
                        "Nobody could administer Baton any more. Make somebody else an administrator first.");
            case Written.Overlaps(var other) ->
                throw ProblemException.of(
                        HttpStatus.CONFLICT,
                        "AwayAlready",
                        "They are away from " + other.from() + " until " + other.until() + " already.");
        };
    }

    static ProblemException wrong(List<Mistake> mistakes) {
        return ProblemException.invalid(mistakes.stream()
                .map(mistake -> new FieldError(mistake.field(), mistake.message()))
                .toList());
    }

    static ProblemException noSuchPerson(String id) {
        return ProblemException.notFound("NoSuchPerson", "Nobody has the id " + id + ".");
    }

    static ProblemException noSuchTeam(String key) {
        return ProblemException.notFound("NoSuchTeam", "No team has the key " + key + ".");
    }
}
