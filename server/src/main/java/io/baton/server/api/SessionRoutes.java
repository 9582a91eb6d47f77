package io.baton.server.api;

import io.baton.server.audit.Act;
import io.baton.server.audit.Audit;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.directory.PersonName;
import io.baton.server.session.Caller;
import io.baton.server.session.Sessions;
import io.baton.server.session.SignIn;
import io.baton.server.session.SignIn.Outcome;
import io.baton.server.web.ProblemException;
import io.baton.server.web.SessionCookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who is signed in: signing in by password, signing out, and in a demo acting as one of its people. */
@RestController
@RequestMapping("/api/session")
class SessionRoutes {

    private static final int EMAIL_CHARACTERS_MAX = 320;

    private final Directory directory;
    private final SignIn signIn;
    private final Sessions sessions;
    private final Audit audit;

    SessionRoutes(Directory directory, SignIn signIn, Sessions sessions, Audit audit) {
        this.directory = directory;
        this.signIn = signIn;
        this.sessions = sessions;
        this.audit = audit;
    }

    record SignedInPerson(String id, String name, @Nullable String email, List<String> teams, boolean admin) {}

    record OrganisationName(String name) {}

    /** {@code person} is who acts; {@code actingAs} is there when another one signed in, and is the one acted as. */
    record Session(SignedInPerson person, @Nullable PersonName actingAs, boolean demo, OrganisationName organisation) {}

    @GetMapping
    Session session(Caller caller) {
        return describe(caller.person(), caller.actsAsAnother());
    }

    record Credentials(@Nullable String email, @Nullable String password) {}

    @PostMapping
    Session signIn(@RequestBody Credentials credentials, HttpServletRequest request, HttpServletResponse response) {
        var input = new Input();
        String email = input.text("email", credentials.email, EMAIL_CHARACTERS_MAX);
        String password = credentials.password == null ? "" : credentials.password;
        if (password.isEmpty()) {
            input.wrong("password", "is required");
        }
        input.done();
        return switch (signIn.byPassword(email, password, request.getRemoteAddr())) {
            case Outcome.SignedIn signedIn -> {
                endPresented(request);
                SessionCookie.set(signedIn.session(), request, response);
                var caller = sessions.caller(signedIn.session()).orElseThrow();
                yield describe(caller.person(), false);
            }
            case Outcome.Wrong _ ->
                throw ProblemException.of(
                        HttpStatus.UNAUTHORIZED, "WrongCredentials", "No account has this e-mail with this password.");
            case Outcome.TooMany tooMany -> {
                long seconds = tooMany.retryAfter().toSeconds() + 1;
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
                throw ProblemException.of(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "TooManyAttempts",
                        "Too many wrong passwords. Try again in " + seconds + " seconds, or use a sign-in link.");
            }
        };
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOut(HttpServletRequest request, HttpServletResponse response) {
        endPresented(request);
        SessionCookie.clear(request, response);
    }

    private void endPresented(HttpServletRequest request) {
        SessionCookie.read(request).ifPresent(sessions::end);
    }

    record NewPassword(@Nullable String password) {}

    /** Whoever else is signed in as this person is signed out. */
    @PutMapping("/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void setPassword(@RequestBody NewPassword body, Caller caller, HttpServletRequest request) {
        refuseWhileActing(caller);
        String password = body.password == null ? "" : body.password;
        SignIn.objection(password).ifPresent(objection -> {
            throw ProblemException.invalid("password", objection);
        });
        var session = SessionCookie.read(request).orElseThrow();
        audit.within(() -> {
            audit.add(caller.who(), Act.PASSWORD_SET, Audit.What.person(caller.person()));
            signIn.changePassword(caller.person(), password, session);
        });
    }

    record ActingAs(@Nullable String person) {}

    @PutMapping("/acting-as")
    Session actAs(@RequestBody ActingAs body, Caller caller, HttpServletRequest request) {
        if (!directory.organisation().demo()) {
            throw ProblemException.forbidden("NoDemo", "Only in a demo can one act as somebody else.");
        }
        var input = new Input();
        String person = input.text("person", body.person, EMAIL_CHARACTERS_MAX);
        input.done();
        if (!sessions.actAs(SessionCookie.read(request).orElseThrow(), person)) {
            throw ProblemException.notFound("NoSuchPerson", "No member has the id " + person + ".");
        }
        return describe(person, !person.equals(caller.signedIn()));
    }

    @DeleteMapping("/acting-as")
    Session stopActing(Caller caller, HttpServletRequest request) {
        sessions.stopActing(SessionCookie.read(request).orElseThrow());
        return describe(caller.signedIn(), false);
    }

    /** What would outlast the demo's pretence is for the one who really signed in. */
    static void refuseWhileActing(Caller caller) {
        if (caller.actsAsAnother()) {
            throw ProblemException.forbidden("ActingAsAnother", "Not possible while acting as somebody else.");
        }
    }

    private Session describe(String id, boolean acting) {
        Person person = directory.find(id).orElseThrow();
        var organisation = directory.organisation();
        return new Session(
                new SignedInPerson(person.id(), person.name(), person.email(), person.teams(), person.admin()),
                acting ? person.named() : null,
                organisation.demo(),
                new OrganisationName(organisation.name()));
    }
}
