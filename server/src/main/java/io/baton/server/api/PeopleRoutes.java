package io.baton.server.api;

import io.baton.server.directory.Directory;
import io.baton.server.directory.Directory.PeopleFilter;
import io.baton.server.session.SignIn;
import io.baton.server.web.Cursor;
import io.baton.server.web.Page;
import io.baton.server.web.PageQuery;
import io.baton.server.web.ProblemException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** People: members and contacts, by name. */
@RestController
@RequestMapping("/api/people")
class PeopleRoutes {

    static final int NAME_CHARACTERS_MAX = 200;
    private static final int EMAIL_CHARACTERS_MAX = 320;
    private static final Cursor START = Cursor.of("", "");

    private final Directory directory;
    private final SignIn signIn;

    PeopleRoutes(Directory directory, SignIn signIn) {
        this.directory = directory;
        this.signIn = signIn;
    }

    /** {@code kind} is {@code member} or {@code contact}. */
    record Person(
            String id,
            String name,
            @Nullable String email,
            String kind,
            List<String> teams,
            @Nullable String organisation) {

        static Person of(io.baton.server.directory.Person person) {
            return new Person(
                    person.id(),
                    person.name(),
                    person.email(),
                    person.kind().name().toLowerCase(Locale.ROOT),
                    person.teams(),
                    person.organisation());
        }
    }

    @GetMapping
    Page<Person> people(
            @RequestParam(required = false) @Nullable String team,
            @RequestParam(required = false) @Nullable String q,
            PageQuery page) {
        Cursor after = page.after(String.class, String.class).orElse(START);
        String text = q == null || q.isBlank() ? null : q.strip();
        var rows = directory.people(new PeopleFilter(team, text, false, after.string(0), after.string(1), page.rows()));
        return Page.of(rows, page, person -> Cursor.of(person.name(), person.id()), Person::of);
    }

    /** A member, unless an outside {@code organisation} is given: then a contact. */
    record NewPerson(
            @Nullable String name,
            @Nullable String email,
            @Nullable String organisation,
            @Nullable Boolean admin,
            @Nullable List<String> teams) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Person add(@RequestBody NewPerson body) {
        var check = new InputCheck();
        String name = check.text("name", body.name, NAME_CHARACTERS_MAX);
        String email = check.optionalText("email", body.email, EMAIL_CHARACTERS_MAX);
        String organisation = check.optionalText("organisation", body.organisation, NAME_CHARACTERS_MAX);
        List<String> teams = body.teams == null ? List.of() : List.copyOf(body.teams);
        boolean admin = Boolean.TRUE.equals(body.admin);
        if (organisation != null && admin) {
            check.wrong("admin", "must be a member");
        }
        var known = directory.teamNames(teams);
        teams.stream()
                .filter(team -> !known.containsKey(team))
                .forEach(team -> check.wrong("teams", "has no team " + team));
        check.done();
        var kind = organisation == null
                ? io.baton.server.directory.Person.Kind.MEMBER
                : io.baton.server.directory.Person.Kind.CONTACT;
        var person = new io.baton.server.directory.Person("", name, email, kind, organisation, admin, teams);
        String id = directory
                .add(person)
                .orElseThrow(() ->
                        ProblemException.of(HttpStatus.CONFLICT, "EmailTaken", "Somebody has this e-mail address."));
        return directory.find(id).map(Person::of).orElseThrow();
    }

    /** {@code path} is below this server's address; whoever opens it first is signed in. */
    record SignInLink(String path) {}

    @PostMapping("/{id}/sign-in-link")
    @ResponseStatus(HttpStatus.CREATED)
    SignInLink signInLink(@PathVariable String id) {
        boolean member = directory
                .find(id)
                .filter(person -> person.kind() == io.baton.server.directory.Person.Kind.MEMBER)
                .isPresent();
        if (!member) {
            throw ProblemException.notFound("NoSuchPerson", "No member has the id " + id + ".");
        }
        return new SignInLink("/sign-in/" + signIn.issueLink(id));
    }
}
