package io.baton.server.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * People, teams and who belongs to which. Nothing is kept in memory: a list of tasks asks for all its names with one
 * query by primary key. E-mail addresses are kept in lower case, so that nobody is there twice.
 */
public final class Directory {

    /** The person and the memberships are there together or not at all; no row means that the e-mail is taken. */
    private static final String ADD_PERSON = """
            with added as (
                insert into person (id, %s)
                values ('p' || nextval('person_id'), %s)
                on conflict (email) do nothing
                returning id),
            joined as (
                insert into membership (person, team)
                select distinct added.id, t.team from added, unnest(:teams::text[]) as t (team))
            select id from added""".formatted(PersonRow.WRITTEN, PersonRow.VALUES);

    private static final String UPDATE_PERSON =
            "update person set (%s) = (%s) where id = :id".formatted(PersonRow.WRITTEN, PersonRow.VALUES);

    private static final String LEAVE_TEAMS =
            "delete from membership where person = :person and team <> all(:teams::text[])";

    private static final String JOIN_TEAMS = """
            insert into membership (person, team) select distinct :person, t.team from unnest(:teams::text[]) as t (team)
            on conflict do nothing""";

    private static final String PEOPLE = """
            select %s from person p
            where (:team::text is null or exists (
                    select from membership m where m.person = p.id and m.team = :team))
                and (:text::text is null or p.name ilike :text or p.email ilike :text)
                and (p.left_at is not null) = :left
                and (p.name, p.id) > (:afterName, :afterId)
            order by p.name, p.id limit :limit""".formatted(PersonRow.COLUMNS);

    private static final String OTHER_ADMINISTRATOR = """
            select exists (select from person where admin and kind = 'member' and left_at is null and id <> ?)""";

    private static final String MARK_LEFT =
            "update person set left_at = ?, settled = false where id = ? and left_at is null";

    private static final String PASS_REPORTS_ON = """
            update person report set manager = above.id
            from person leaver left join person above on above.id = leaver.manager and above.left_at is null
            where leaver.id = ? and report.manager = leaver.id and report.id is distinct from above.id""";

    private static final String PASS_TEAMS_ON = """
            update team set lead = above.id
            from person leaver left join person above on above.id = leaver.manager and above.left_at is null
            where leaver.id = :leaver and team.lead = leaver.id
                and (team.kind in ('system', 'assistant')) = :sponsored""";

    private static final String SPONSORS =
            "select exists (select from team where lead = ? and kind in ('system', 'assistant'))";

    private static final String COME_BACK =
            "update person set left_at = null, removed = false, settled = true where id = ?";

    private static final String TEAM_COLUMNS = "key, name, kind, lead, calendar, time_zone, cost_per_day, email_domain";

    private static final String TEAMS = """
            select t.*, m.person, m.person_name
            from (%s) t
            left join (
                select m.team, p.id as person, p.name as person_name
                from membership m join person p on p.id = m.person and p.left_at is null) m on m.team = t.key
            order by t.name, t.key, m.person_name, m.person""";

    private static final String TEAMS_PAGE = TEAMS.formatted("""
            select %s from team where (name, key) > (:afterName, :afterKey) and (:kind::text is null or kind = :kind)
            order by name, key limit :limit""".formatted(TEAM_COLUMNS));

    private static final String TEAM = TEAMS.formatted("select %s from team where key = :key".formatted(TEAM_COLUMNS));

    private static final String NAME_TEAM = """
            insert into team (key, name, kind) values (:key, :name, :kind)
            on conflict (key) do update set name = excluded.name, kind = excluded.kind""";

    private static final String PUT_TEAM = """
            insert into team (%s)
            values (:key, :name, :kind, :lead, :calendar, :timeZone, :costPerDay, :emailDomain)
            on conflict (key) do update set name = excluded.name, kind = excluded.kind, lead = excluded.lead,
                calendar = excluded.calendar, time_zone = excluded.time_zone, cost_per_day = excluded.cost_per_day,
                email_domain = excluded.email_domain""".formatted(TEAM_COLUMNS);

    /** By the index of the inboxes. */
    private static final String HAS_WORK = """
            select exists (select from task t where coalesce(t.offered, t.holder, '@' || t.team, '@') = ?)""";

    private static final String USES_CALENDAR = """
            select name from (select name from team where calendar = :key
                union all select name from person where calendar = :key) who order by name limit 10""";

    private static final String SETTING = """
            insert into setting (name, value) values (?, ?)
            on conflict (name) do update set value = excluded.value""";

    /** More are not asked for their names at once. */
    private static final int TEAMS_MAX = 10_000;

    private final JdbcClient database;
    private final Changes changes;
    private final Known known;

    /** {@code calendars} tells which keys are calendars. */
    public Directory(JdbcClient database, Changes changes, Predicate<String> calendars) {
        this.database = database;
        this.changes = changes;
        this.known = new Lookups(database, calendars);
    }

    // People

    /** Unchecked: the new person's id, or empty when somebody else has that e-mail address. The id given is ignored. */
    public Optional<String> add(Person person) {
        return changes.make(() -> insert(person));
    }

    /** Within a change. */
    Optional<String> insert(Person person) {
        return PersonRow.bind(database.sql(ADD_PERSON), person)
                .param("teams", person.teams().toArray(String[]::new))
                .query(String.class)
                .optional();
    }

    /** Adds a person if nothing is wrong; the id given is ignored. */
    public Written create(Person person) {
        return changes.make(() -> {
            var mistakes = Check.person(person, known);
            if (!mistakes.isEmpty()) {
                return new Written.Wrong(mistakes);
            }
            return insert(person)
                    .<Written>map(Written.Done::new)
                    .orElseGet(() -> new Written.EmailTaken(String.valueOf(person.email())));
        });
    }

    /** Changes a person, teams and all, if nothing is wrong with what comes out. Nothing makes the person leave or return. */
    public Written change(String id, UnaryOperator<Person> change) {
        return changes.make(() -> {
            var before = find(id).orElse(null);
            if (before == null) {
                return new Written.NoSuchPerson(id);
            }
            var after = change.apply(before).withId(id);
            var mistakes = Check.person(after, known);
            if (!mistakes.isEmpty()) {
                return new Written.Wrong(mistakes);
            }
            var email = after.email();
            if (email != null
                    && findByEmail(email).filter(p -> !p.id().equals(id)).isPresent()) {
                return new Written.EmailTaken(email);
            }
            if (administers(before) && !administers(after) && !hasOtherAdministrator(id)) {
                return new Written.LastAdministrator();
            }
            write(after);
            return new Written.Done(id);
        });
    }

    /** Within a change: all of the person, teams and all. */
    void write(Person person) {
        PersonRow.bind(database.sql(UPDATE_PERSON), person)
                .param("id", person.id())
                .update();
        var teams = person.teams().toArray(String[]::new);
        database.sql(LEAVE_TEAMS)
                .param("person", person.id())
                .param("teams", teams)
                .update();
        database.sql(JOIN_TEAMS)
                .param("person", person.id())
                .param("teams", teams)
                .update();
    }

    /** Within a change. */
    void setManager(String person, String manager) {
        database.sql("update person set manager = ? where id = ?")
                .param(manager)
                .param(person)
                .update();
    }

    private static boolean administers(Person person) {
        return person.admin() && person.kind() == Person.Kind.MEMBER && person.isPresent();
    }

    private boolean hasOtherAdministrator(String id) {
        return database.sql(OTHER_ADMINISTRATOR).param(id).query(Boolean.class).single();
    }

    /**
     * The person has left for good, from then on: nothing more is given to them. What they hold and answer for is not
     * dealt with here; see {@link #passOn} for what comes after that.
     */
    public Written leaveForGood(String id, Instant at) {
        return changes.make(() -> {
            var person = find(id).orElse(null);
            if (person == null) {
                return new Written.NoSuchPerson(id);
            }
            if (administers(person) && !hasOtherAdministrator(id)) {
                return new Written.LastAdministrator();
            }
            database.sql(MARK_LEFT).param(at.atOffset(ZoneOffset.UTC)).param(id).update();
            return new Written.Done(id);
        });
    }

    /** Who reported to a leaver reports to the leaver's manager, if that one is still here, who leads their teams too. */
    public void passOn(String leaver) {
        changes.make(() -> database.sql(PASS_REPORTS_ON).param(leaver).update() + passTeamsOn(leaver, false));
    }

    private int passTeamsOn(String leaver, boolean sponsored) {
        return database.sql(PASS_TEAMS_ON)
                .param("leaver", leaver)
                .param("sponsored", sponsored)
                .update();
    }

    /** Leavers for whom {@link #settle} is still to come, longest gone first. */
    public List<Person> unsettled() {
        return database.sql("select %s from person p where not p.settled order by p.left_at, p.id"
                        .formatted(PersonRow.COLUMNS))
                .query((row, _) -> PersonRow.read(row))
                .list();
    }

    /**
     * All that a leaver had has gone on. Systems and assistants come last: by whom they are sponsored shows in which cases
     * the leaver still has a part.
     */
    public void settle(String leaver) {
        changes.make(() -> passTeamsOn(leaver, true)
                + database.sql("update person set settled = true where id = ?")
                        .param(leaver)
                        .update());
    }

    /** Whether the person is the sponsor of a system or an assistant. */
    public boolean sponsors(String person) {
        return database.sql(SPONSORS).param(person).query(Boolean.class).single();
    }

    /** The teams of members that the person leads, by key. */
    public List<String> ledBy(String person) {
        return database.sql("select key from team where lead = ? and kind = 'team' order by key")
                .param(person)
                .query((row, _) -> row.getString("key"))
                .list();
    }

    /** Somebody who had left is here again. Reports and teams that went to others stay with them. */
    public Written comeBack(String id) {
        return changes.make(() ->
                database.sql(COME_BACK).param(id).update() == 1 ? new Written.Done(id) : new Written.NoSuchPerson(id));
    }

    public Optional<Person> find(String id) {
        return database.sql("select " + PersonRow.COLUMNS + " from person p where p.id = ?")
                .param(id)
                .query((row, _) -> PersonRow.read(row))
                .optional();
    }

    public Optional<Person> findByEmail(String email) {
        return database.sql("select " + PersonRow.COLUMNS + " from person p where p.email = ?")
                .param(normalised(email))
                .query((row, _) -> PersonRow.read(row))
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

    /** These people, as far as they are known, by name; those who have left too. */
    public List<Person> people(Collection<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : database.sql("select " + PersonRow.COLUMNS
                                + " from person p where p.id = any(?) order by p.name, p.id")
                        .param(new LinkedHashSet<>(ids).toArray(String[]::new))
                        .query((row, _) -> PersonRow.read(row))
                        .list();
    }

    /** Whether somebody is known there. */
    public boolean hasContactsAt(String organisation) {
        return database.sql("select exists (select from person where kind = 'contact' and organisation = ?)")
                .param(organisation)
                .query(Boolean.class)
                .single();
    }

    /**
     * Which people to list, by name; null means any. {@code left} lists those who have left instead of those who are here.
     * {@code afterName} and {@code afterId} are the last one seen.
     */
    public record PeopleFilter(
            @Nullable String team, @Nullable String text, boolean left, String afterName, String afterId, int limit) {}

    public List<Person> people(PeopleFilter filter) {
        return database.sql(PEOPLE)
                .param("team", filter.team())
                .param("text", filter.text() == null ? null : "%" + escapeLike(filter.text()) + "%")
                .param("left", filter.left())
                .param("afterName", filter.afterName())
                .param("afterId", filter.afterId())
                .param("limit", filter.limit())
                .query((row, _) -> PersonRow.read(row))
                .list();
    }

    // Teams

    /** Unchecked: adds the team, or changes its name and kind. */
    public void putTeam(String key, String name, Team.Kind kind) {
        changes.make(() -> database.sql(NAME_TEAM)
                .param("key", key)
                .param("name", name)
                .param("kind", kind.word())
                .update());
    }

    /** Adds or replaces the team, but for its members, if nothing is wrong with it. */
    public Written put(Team team) {
        return changes.make(() -> {
            var mistakes = Check.team(team, known);
            if (!mistakes.isEmpty()) {
                return new Written.Wrong(mistakes);
            }
            write(team);
            return new Written.Done(team.key());
        });
    }

    /** Within a change: all of the team but its members. */
    void write(Team team) {
        database.sql(PUT_TEAM)
                .param("key", team.key())
                .param("name", team.name())
                .param("kind", team.kind().word())
                .param("lead", team.lead())
                .param("calendar", team.calendar())
                .param("timeZone", team.timeZone())
                .param("costPerDay", team.costPerDay())
                .param("emailDomain", team.emailDomain())
                .update();
    }

    /** Removes the team, unless tasks wait in its queue. Where a lane still names it, new work is nobody's. */
    public Written remove(String key) {
        return changes.make(() -> {
            if (database.sql(HAS_WORK).param("@" + key).query(Boolean.class).single()) {
                return new Written.HasWork(key);
            }
            return database.sql("delete from team where key = ?").param(key).update() == 1
                    ? new Written.Done(key)
                    : new Written.NoSuchTeam(key);
        });
    }

    public void join(String person, String team) {
        changes.make(() -> database.sql("insert into membership (person, team) values (?, ?) on conflict do nothing")
                .param(person)
                .param(team)
                .update());
    }

    public void leave(String person, String team) {
        changes.make(() -> database.sql("delete from membership where person = ? and team = ?")
                .param(person)
                .param(team)
                .update());
    }

    /** Whether one of these teams has the person; no teams stand for every member. */
    public boolean mayStart(List<String> teams, String person) {
        return teams.isEmpty() || teamsOf(person).stream().anyMatch(teams::contains);
    }

    public List<String> teamsOf(String person) {
        return database.sql("select team from membership where person = ? order by team")
                .param(person)
                .query((row, _) -> row.getString("team"))
                .list();
    }

    public List<PersonName> membersOf(String team) {
        return database.sql("""
                        select p.id, p.name from membership m join person p on p.id = m.person and p.left_at is null
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

    /** Of all teams, by key. */
    public Map<String, String> teamNames() {
        var names = new LinkedHashMap<String, String>();
        database.sql("select key, name from team limit ?").param(TEAMS_MAX).query(row -> {
            names.put(row.getString(1), row.getString(2));
        });
        return names;
    }

    public Optional<Team> findTeam(String key) {
        return read(database.sql(TEAM).param("key", key)).stream().findFirst();
    }

    /** So many teams with all their members, by name, after the last one seen; of one kind, or of any where it is null. */
    public List<Team> teams(Team.@Nullable Kind kind, String afterName, String afterKey, int limit) {
        return read(database.sql(TEAMS_PAGE)
                .param("kind", kind == null ? null : kind.word())
                .param("afterName", afterName)
                .param("afterKey", afterKey)
                .param("limit", limit));
    }

    /** One row a member, the rows of a team together. */
    private static List<Team> read(JdbcClient.StatementSpec statement) {
        SequencedMap<String, Team> teams = new LinkedHashMap<>();
        SequencedMap<String, List<PersonName>> members = new LinkedHashMap<>();
        statement.query(row -> {
            var key = row.getString("key");
            if (!teams.containsKey(key)) {
                teams.put(key, team(row));
            }
            var of = members.computeIfAbsent(key, _ -> new ArrayList<>());
            if (row.getString("person") != null) {
                of.add(new PersonName(row.getString("person"), row.getString("person_name")));
            }
        });
        return teams.values().stream()
                .map(team -> team.with(members.getOrDefault(team.key(), List.of())))
                .toList();
    }

    private static Team team(ResultSet row) throws SQLException {
        return new Team(
                row.getString("key"),
                row.getString("name"),
                Team.Kind.of(row.getString("kind")),
                row.getString("lead"),
                row.getString("calendar"),
                row.getString("time_zone"),
                row.getBigDecimal("cost_per_day"),
                row.getString("email_domain"),
                List.of());
    }

    /** Some of the teams and people who work by this calendar, by name. */
    public List<String> whoUsesCalendar(String key) {
        return database.sql(USES_CALENDAR)
                .param("key", key)
                .query((row, _) -> row.getString("name"))
                .list();
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

    /** How the organisation looks to people outside: the settings {@code brand-colour} and {@code brand-logo}. */
    public Brand brand() {
        var settings = new LinkedHashMap<String, String>();
        database.sql("select name, value from setting where name in ('organisation', 'brand-colour', 'brand-logo')")
                .query(row -> {
                    settings.put(row.getString("name"), row.getString("value"));
                });
        return new Brand(
                settings.getOrDefault("organisation", "Baton"),
                settings.get("brand-colour"),
                settings.get("brand-logo"));
    }

    public void setBrand(Brand brand) {
        database.sql(SETTING).param("organisation").param(brand.name()).update();
        database.sql(SETTING).param("brand-colour").param(brand.colour()).update();
        if (brand.logo() == null) {
            database.sql("delete from setting where name = 'brand-logo'").update();
        } else {
            database.sql(SETTING).param("brand-logo").param(brand.logo()).update();
        }
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

    private static String escapeLike(String text) {
        return text.replaceAll("([\\\\%_])", "\\\\$1");
    }
}
