package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.api.Views.PersonRef;
import io.baton.server.audit.Act;
import io.baton.server.audit.Audit;
import io.baton.server.directory.Absences;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Directory.PeopleFilter;
import io.baton.server.directory.Person.Kind;
import io.baton.server.directory.Profile.Channel;
import io.baton.server.session.Caller;
import io.baton.server.session.SignIn;
import io.baton.server.web.Cursor;
import io.baton.server.web.Page;
import io.baton.server.web.PageQuery;
import io.baton.server.web.ProblemException;
import io.baton.server.web.Problems;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * People: members and contacts, by name, and all there is to know of one. What somebody costs is shown to themselves and
 * to administrators, why somebody is away to their manager too.
 */
@RestController
@RequestMapping("/api/people")
class PeopleRoutes {

    private static final Cursor START = Cursor.of("", "");
    private static final io.baton.server.directory.Person NOBODY =
            io.baton.server.directory.Person.member("", null, List.of());

    private final Directory directory;
    private final Absences absences;
    private final SignIn signIn;
    private final Audit audit;
    private final JsonMapper json;

    PeopleRoutes(Node node, SignIn signIn, JsonMapper json) {
        this.directory = node.directory();
        this.absences = node.absences();
        this.signIn = signIn;
        this.audit = node.audit();
        this.json = json;
    }

    /** {@code kind} is {@code member} or {@code contact}. */
    record Person(
            String id,
            String name,
            @Nullable String email,
            String kind,
            List<String> teams,
            @Nullable String organisation,
            @Nullable Instant leftAt) {

        static Person of(io.baton.server.directory.Person person) {
            return new Person(
                    person.id(),
                    person.name(),
                    person.email(),
                    person.kind().word(),
                    person.teams(),
                    person.organisation(),
                    person.leftAt());
        }
    }

    /** Those who are here, or with {@code left=true} those who have left. */
    @GetMapping
    Page<Person> people(
            @RequestParam(required = false) @Nullable String team,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false, defaultValue = "false") boolean left,
            PageQuery page) {
        Cursor after = page.after(String.class, String.class).orElse(START);
        String text = q == null || q.isBlank() ? null : q.strip();
        var rows = directory.people(new PeopleFilter(team, text, left, after.string(0), after.string(1), page.rows()));
        return Page.of(rows, page, person -> Cursor.of(person.name(), person.id()), Person::of);
    }

    record PersonDetail(
            String id,
            String name,
            @Nullable String email,
            String kind,
            @Nullable String organisation,
            boolean admin,
            List<String> teams,
            @Nullable String timeZone,
            @Nullable String calendar,
            @Nullable String quietFrom,
            @Nullable String quietUntil,
            @Nullable PersonRef manager,
            int usualWork,
            List<String> skills,
            List<String> channels,
            @Nullable String locale,
            @Nullable BigDecimal ratePerHour,
            @Nullable Instant leftAt,
            List<AbsenceRoutes.AbsenceView> absences) {}

    @GetMapping("/{id}")
    PersonDetail person(@PathVariable String id, Caller caller) {
        return detail(find(id), caller);
    }

    private io.baton.server.directory.Person find(String id) {
        return directory.find(id).orElseThrow(() -> Writing.noSuchPerson(id));
    }

    private PersonDetail detail(io.baton.server.directory.Person person, Caller caller) {
        var profile = person.profile();
        var away = absences.of(person.id());
        var named = new ArrayList<@Nullable String>();
        named.add(profile.manager());
        away.forEach(absence -> named.add(absence.substitute()));
        var names = Names.of(directory, named, List.of());
        var seesReasons = AbsenceRoutes.mayManage(caller, person);
        var seesRate = caller.admin() || caller.person().equals(person.id());
        return new PersonDetail(
                person.id(),
                person.name(),
                person.email(),
                person.kind().word(),
                person.organisation(),
                person.admin(),
                person.teams(),
                profile.timeZone(),
                profile.calendar(),
                PersonFields.text(profile.quietFrom()),
                PersonFields.text(profile.quietUntil()),
                names.person(profile.manager()),
                profile.usualWork(),
                profile.skills(),
                profile.channels().stream().map(Channel::word).toList(),
                profile.locale(),
                seesRate ? profile.ratePerHour() : null,
                person.leftAt(),
                away.stream()
                        .map(absence -> AbsenceRoutes.AbsenceView.of(absence, names, seesReasons))
                        .toList());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    PersonDetail add(@RequestBody PersonFields body, Caller caller) {
        var input = new Input();
        var person = body.person(NOBODY, input);
        input.done();
        return audit.within(() -> {
            var id = Writing.done(directory.create(person));
            audit.add(caller.who(), Act.PERSON_ADDED, Audit.What.person(id));
            return detail(find(id), caller);
        });
    }

    /** Changes the fields that are there. Everybody may set how they themselves are reached; the rest is for administrators. */
    @PatchMapping("/{id}")
    PersonDetail change(
            @PathVariable String id,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = PersonFields.class)))
                    @RequestBody
                    JsonNode body,
            Caller caller) {
        if (!(body instanceof ObjectNode fields)) {
            throw ProblemException.invalid("body", "is not what this route takes");
        }
        if (!caller.admin()
                && !(caller.person().equals(id) && PersonFields.ONES_OWN.containsAll(fields.propertyNames()))) {
            throw ProblemException.forbidden(
                    "NotAllowed",
                    "Only an administrator may change this; of yourself you may change "
                            + String.join(", ", PersonFields.ONES_OWN) + ".");
        }
        return audit.within(() -> {
            var written = directory.change(id, before -> {
                var input = new Input();
                var person = merged(before, fields).person(before, input);
                input.done();
                return person;
            });
            Writing.done(written);
            if (!caller.person().equals(id) || !PersonFields.ONES_OWN.containsAll(fields.propertyNames())) {
                var names = String.join(", ", fields.propertyNames());
                audit.add(
                        caller.who(), Act.PERSON_CHANGED, Audit.What.person(id).with(names));
            }
            return detail(find(id), caller);
        });
    }

    private PersonFields merged(io.baton.server.directory.Person before, ObjectNode fields) {
        ObjectNode all = json.valueToTree(PersonFields.of(before));
        all.setAll(fields);
        try {
            return json.treeToValue(all, PersonFields.class);
        } catch (DatabindException e) {
            throw Problems.wrongBody(e);
        }
    }

    /** {@code path} is below this server's address; whoever opens it first is signed in. */
    record SignInLink(String path) {}

    @PostMapping("/{id}/sign-in-link")
    @ResponseStatus(HttpStatus.CREATED)
    SignInLink signInLink(@PathVariable String id, Caller caller) {
        boolean member = directory
                .find(id)
                .filter(person -> person.kind() == Kind.MEMBER && person.isPresent())
                .isPresent();
        if (!member) {
            throw ProblemException.notFound("NoSuchPerson", "No member has the id " + id + ".");
        }
        return audit.within(() -> {
            audit.add(caller.who(), Act.SIGN_IN_LINK_MADE, Audit.What.person(id));
            return new SignInLink("/sign-in/" + signIn.issueLink(id));
        });
    }
}
