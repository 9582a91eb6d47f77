package io.baton.server.directory;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * People, teams and who belongs to which. Nothing is kept in memory: a list of tasks asks for all its names with one
 * query by primary key. E-mail addresses are kept in lower case, so that nobody is there twice.
 */
public final class Directory {

    private static final String PERSON_COLUMNS = """
            p.id, p.name, p.email, p.kind, p.organisation, p.admin,
            array(select m.team from membership m where m.person = p.id order by m.team) as teams""";

    /** The person and the memberships are there together or not at all; no row means that the e-mail is taken. */
    private static final String ADD_PERSON = """
            with added as (
                insert into person (id, name, email, kind, organisation, admin)
                values ('p' || nextval('person_id'), :name, :email, :kind, :organisation, :admin)
                on conflict (email) do nothing
                returning id),
            joined as (
                insert into membership (person, team)
                select added.id, t.team from added, unnest(:teams::text[]) as t (team))
            select id from added""";

    private static final String UPDATE_PERSON = """
            update person set name = :name, email = :email, kind = :kind, organisation = :organisation, admin = :admin
            where id = :id and not exists (select from person other where other.email = :email and other.id <> :id)""";

    private static final String PEOPLE = """
            select %s from person p
            where (:team::text is null or exists (
                    select from membership m where m.person = p.id and m.team = :team))
                and (:text::text is null or p.name ilike :text or p.email ilike :text)
                and (p.name, p.id) > (:afterName, :afterId)
            order by p.name, p.id limit :limit""".formatted(PERSON_COLUMNS);

    private static final String TEAMS = """
            select t.key, t.name, t.kind, p.id as person, p.name as person_name
            from (select * from team where (name, key) > (:afterName, :afterKey)
                order by name, key limit :limit) t
            left join membership m on m.team = t.key
            left join person p on p.id = m.person
            order by t.name, t.key, p.name, p.id""";

    private static final String PUT_TEAM = """
            insert into team (key, name, kind) values (:key, :name, :kind)
            on conflict (key) do update set name = excluded.name, kind = excluded.kind""";

    private static final String SETTING = """
            insert into setting (name, value) values (?, ?)
            on conflict (name) do update set value = excluded.value""";

    private final JdbcClient database;

    public Directory(JdbcClient database) {
        this.database = database;
    }

    // People

    /** The new person's id, or empty when somebody else has that e-mail address. The id given is ignored. */
    public Optional<String> add(Person person) {
        return database.sql(ADD_PERSON)
                .param("name", person.name())
                .param("email", normalised(person.email()))
                .param("kind", word(person.kind()))
                .param("organisation", person.organisation())
                .param("admin", person.admin())
                .param("teams", person.teams().toArray(String[]::new))
                .query(String.class)
                .optional();
    }

    /** All but the teams; false when nobody has that id, or somebody else that e-mail address. */
    public boolean update(Person person) {
        return database.sql(UPDATE_PERSON)
                        .param("id", person.id())
                        .param("name", person.name())
                        .param("email", normalised(person.email()))
                        .param("kind", word(person.kind()))
                        .param("organisation", person.organisation())
                        .param("admin", person.admin())
                        .update()
                == 1;
    }

    public Optional<Person> find(String id) {
        return database.sql("select " + PERSON_COLUMNS + " from person p where p.id = ?")
                .param(id)
                .query((row, _) -> person(row))
                .optional();
    }

    public Optional<Person> findByEmail(String email) {
        return database.sql("select " + PERSON_COLUMNS + " from person p where p.email = ?")
                .param(normalised(email))
                .query((row, _) -> person(row))
                .optional();
    }

    /** The names of these people, in one query; who is not there is missing from the answer. */
    public Map<String, PersonName> names(Collection<String> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        var names = new LinkedHashMap<String, PersonName>();
        database.sql("select id, name from person where id = any(?)")
                .param(new LinkedHashSet<>(ids).toArray(String[]::new))
                .query((row, _) -> new PersonName(row.getString("id"), row.getString("name")))
                .list()
                .forEach(person -> names.put(person.id(), person));
        return names;
    }

    /** Which people to list, by name; null means any. {@code afterName} and {@code afterId} are the last one seen. */
    public record PeopleFilter(
            @Nullable String team, @Nullable String text, String afterName, String afterId, int limit) {}

    public List<Person> people(PeopleFilter filter) {
        return database.sql(PEOPLE)
                .param("team", filter.team())
                .param("text", filter.text() == null ? null : "%" + escapeLike(filter.text()) + "%")
                .param("afterName", filter.afterName())
                .param("afterId", filter.afterId())
                .param("limit", filter.limit())
                .query((row, _) -> person(row))
                .list();
    }

    // Teams

    /** Adds the team or renames it. */
    public void putTeam(String key, String name, Team.Kind kind) {
        database.sql(PUT_TEAM)
                .param("key", key)
                .param("name", name)
                .param("kind", word(kind))
                .update();
    }

    public void join(String person, String team) {
        database.sql("insert into membership (person, team) values (?, ?) on conflict do nothing")
                .param(person)
                .param(team)
                .update();
    }

    public void leave(String person, String team) {
        database.sql("delete from membership where person = ? and team = ?")
                .param(person)
                .param(team)
                .update();
    }

    public List<String> teamsOf(String person) {
        return database.sql("select team from membership where person = ? order by team")
                .param(person)
                .query((row, _) -> row.getString("team"))
                .list();
    }

    public List<PersonName> membersOf(String team) {
        return database.sql("""
                        select p.id, p.name from membership m join person p on p.id = m.person
                        where m.team = ? order by p.name, p.id""")
                .param(team)
                .query((row, _) -> new PersonName(row.getString("id"), row.getString("name")))
                .list();
    }

    /** The names of these teams, in one query; what is not there is missing from the answer. */
    public Map<String, String> teamNames(Collection<String> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        var names = new LinkedHashMap<String, String>();
        database.sql("select key, name from team where key = any(?)")
                .param(new LinkedHashSet<>(keys).toArray(String[]::new))
                .query(row -> {
                    names.put(row.getString("key"), row.getString("name"));
                });
        return names;
    }

    /** So many teams with all their members, by name, after the last one seen. */
    public List<Team> teams(String afterName, String afterKey, int limit) {
        SequencedMap<String, Team> teams = new LinkedHashMap<>();
        SequencedMap<String, List<PersonName>> members = new LinkedHashMap<>();
        database.sql(TEAMS)
                .param("afterName", afterName)
                .param("afterKey", afterKey)
                .param("limit", limit)
                .query(row -> {
                    var key = row.getString("key");
                    teams.putIfAbsent(
                            key, new Team(key, row.getString("name"), teamKind(row.getString("kind")), List.of()));
                    var of = members.computeIfAbsent(key, _ -> new ArrayList<>());
                    if (row.getString("person") != null) {
                        of.add(new PersonName(row.getString("person"), row.getString("person_name")));
                    }
                });
        return teams.values().stream()
                .map(team ->
                        new Team(team.key(), team.name(), team.kind(), members.getOrDefault(team.key(), List.of())))
                .toList();
    }

    // Whose Baton this is

    public Organisation organisation() {
        var settings = new LinkedHashMap<String, String>();
        database.sql("select name, value from setting where name in ('organisation', 'demo')")
                .query(row -> {
                    settings.put(row.getString("name"), row.getString("value"));
                });
        return new Organisation(
                settings.getOrDefault("organisation", "Baton"), "true".equals(settings.getOrDefault("demo", "false")));
    }

    public void setOrganisation(Organisation organisation) {
        database.sql(SETTING).param("organisation").param(organisation.name()).update();
        database.sql(SETTING)
                .param("demo")
                .param(Boolean.toString(organisation.demo()))
                .update();
    }

    /** The form in which an address is kept and looked for. */
    static @Nullable String normalised(@Nullable String email) {
        return email == null || email.isBlank() ? null : email.strip().toLowerCase(Locale.ROOT);
    }

    private static Person person(ResultSet row) throws SQLException {
        Array teams = row.getArray("teams");
        return new Person(
                row.getString("id"),
                row.getString("name"),
                row.getString("email"),
                Person.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("organisation"),
                row.getBoolean("admin"),
                List.of((String[]) teams.getArray()));
    }

    private static Team.Kind teamKind(String word) {
        return Team.Kind.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String escapeLike(String text) {
        return text.replaceAll("([\\\\%_])", "\\\\$1");
    }
}
