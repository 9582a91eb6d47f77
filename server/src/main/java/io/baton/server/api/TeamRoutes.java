package io.baton.server.api;

import io.baton.server.api.Views.PersonRef;
import io.baton.server.audit.Act;
import io.baton.server.audit.Audit;
import io.baton.server.directory.Directory;
import io.baton.server.directory.PersonName;
import io.baton.server.session.Caller;
import io.baton.server.web.Cursor;
import io.baton.server.web.Page;
import io.baton.server.web.PageQuery;
import io.baton.server.web.ProblemException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The parties that lanes name: teams with their members, outside organisations, systems, assistants. */
@RestController
@RequestMapping("/api/teams")
class TeamRoutes {

    private static final Cursor START = Cursor.of("", "");

    private final Directory directory;
    private final Audit audit;

    TeamRoutes(Directory directory, Audit audit) {
        this.directory = directory;
        this.audit = audit;
    }

    /** {@code kind} is {@code team}, {@code organisation}, {@code system} or {@code assistant}. */
    record Team(
            String key,
            String name,
            String kind,
            @Nullable PersonRef lead,
            @Nullable String calendar,
            @Nullable String timeZone,
            @Nullable BigDecimal costPerDay,
            @Nullable String emailDomain,
            List<PersonName> members) {

        static Team of(io.baton.server.directory.Team team, Names names) {
            return new Team(
                    team.key(),
                    team.name(),
                    team.kind().word(),
                    names.person(team.lead()),
                    team.calendar(),
                    team.timeZone(),
                    team.costPerDay(),
                    team.emailDomain(),
                    team.members());
        }
    }

    @GetMapping
    Page<Team> teams(@RequestParam(required = false) @Nullable String kind, PageQuery page) {
        Cursor after = page.after(String.class, String.class).orElse(START);
        var only = kind == null ? null : kind(kind).orElseThrow(() -> ProblemException.invalid("kind", WHICH_KINDS));
        var rows = directory.teams(only, after.string(0), after.string(1), page.rows());
        var names = Names.of(
                directory,
                rows.stream().map(io.baton.server.directory.Team::lead).toList(),
                List.of());
        return Page.of(rows, page, team -> Cursor.of(team.name(), team.key()), team -> Team.of(team, names));
    }

    private static final String WHICH_KINDS = "must be team, organisation, system or assistant";

    private static Optional<io.baton.server.directory.Team.Kind> kind(String word) {
        return Stream.of(io.baton.server.directory.Team.Kind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst();
    }

    @GetMapping("/{key}")
    Team team(@PathVariable String key) {
        var team = directory.findTeam(key).orElseThrow(() -> Writing.noSuchTeam(key));
        return Team.of(team, Names.of(directory, Stream.ofNullable(team.lead()).toList(), List.of()));
    }

    /** {@code kind} is {@code team} where none is given. {@code lead} is a person's id. */
    record TeamFields(
            @Nullable String name,
            @Nullable String kind,
            @Nullable String lead,
            @Nullable String calendar,
            @Nullable String timeZone,
            @Nullable BigDecimal costPerDay,
            @Nullable String emailDomain) {}

    /** Adds the team, or replaces all of it but its members. */
    @PutMapping("/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void put(@PathVariable String key, @RequestBody TeamFields body, Caller caller) {
        var kind = body.kind == null ? Optional.of(io.baton.server.directory.Team.Kind.TEAM) : kind(body.kind);
        var team = new io.baton.server.directory.Team(
                key,
                body.name == null ? "" : body.name.strip(),
                kind.orElseThrow(() -> ProblemException.invalid("kind", WHICH_KINDS)),
                Input.orNull(body.lead),
                Input.orNull(body.calendar),
                Input.orNull(body.timeZone),
                body.costPerDay,
                Input.orNull(body.emailDomain),
                List.of());
        audit.within(() -> {
            audit.add(caller.who(), Act.TEAM_PUT, Audit.What.subject(key));
            Writing.done(directory.put(team));
        });
    }

    @PutMapping("/{key}/members/{person}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void join(@PathVariable String key, @PathVariable String person, Caller caller) {
        if (directory.teamNames(Set.of(key)).isEmpty()) {
            throw Writing.noSuchTeam(key);
        }
        if (directory.find(person).isEmpty()) {
            throw Writing.noSuchPerson(person);
        }
        audit.within(() -> {
            audit.add(caller.who(), Act.TEAM_JOINED, new Audit.What(person, key, null));
            directory.join(person, key);
        });
    }

    @DeleteMapping("/{key}/members/{person}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void leave(@PathVariable String key, @PathVariable String person, Caller caller) {
        audit.within(() -> {
            audit.add(caller.who(), Act.TEAM_LEFT, new Audit.What(person, key, null));
            directory.leave(person, key);
        });
    }
}
