package io.baton.server.api;

import io.baton.server.directory.Directory;
import io.baton.server.directory.PersonName;
import io.baton.server.web.Cursor;
import io.baton.server.web.Page;
import io.baton.server.web.PageQuery;
import io.baton.server.web.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The parties that lanes name: teams with their members, outside organisations, systems. */
@RestController
@RequestMapping("/api/teams")
class TeamRoutes {

    static final Pattern KEY = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    static final int KEY_CHARACTERS_MAX = 100;
    private static final Cursor START = Cursor.of("", "");

    private final Directory directory;

    TeamRoutes(Directory directory) {
        this.directory = directory;
    }

    /** {@code kind} is {@code team}, {@code organisation} or {@code system}. */
    record Team(String key, String name, String kind, List<PersonName> members) {

        static Team of(io.baton.server.directory.Team team) {
            return new Team(team.key(), team.name(), team.kind().name().toLowerCase(Locale.ROOT), team.members());
        }
    }

    @GetMapping
    Page<Team> teams(PageQuery page) {
        Cursor after = page.after(String.class, String.class).orElse(START);
        var rows = directory.teams(null, after.string(0), after.string(1), page.rows());
        return Page.of(rows, page, team -> Cursor.of(team.name(), team.key()), Team::of);
    }

    record TeamChange(@Nullable String name, @Nullable String kind) {}

    /** Adds the team or renames it. */
    @PutMapping("/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void put(@PathVariable String key, @RequestBody TeamChange body) {
        var check = new InputCheck();
        if (key.length() > KEY_CHARACTERS_MAX || !KEY.matcher(key).matches()) {
            check.wrong("key", "must be small letters and digits with single dashes between");
        }
        String name = check.text("name", body.name, PeopleRoutes.NAME_CHARACTERS_MAX);
        String kind = body.kind == null ? "team" : body.kind;
        if (!Set.of("team", "organisation", "system").contains(kind)) {
            check.wrong("kind", "must be team, organisation or system");
        }
        check.done();
        directory.putTeam(key, name, io.baton.server.directory.Team.Kind.valueOf(kind.toUpperCase(Locale.ROOT)));
    }

    @PutMapping("/{key}/members/{person}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void join(@PathVariable String key, @PathVariable String person) {
        if (directory.teamNames(Set.of(key)).isEmpty()) {
            throw ProblemException.notFound("NoSuchTeam", "No team has the key " + key + ".");
        }
        if (directory.find(person).isEmpty()) {
            throw ProblemException.notFound("NoSuchPerson", "Nobody has the id " + person + ".");
        }
        directory.join(person, key);
    }

    @DeleteMapping("/{key}/members/{person}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void leave(@PathVariable String key, @PathVariable String person) {
        directory.leave(person, key);
    }
}
