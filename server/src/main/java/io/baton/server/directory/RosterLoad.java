package io.baton.server.directory;

import io.baton.engine.Policy;
import io.baton.engine.Roster;
import io.baton.engine.calendar.QuietHours;
import io.baton.engine.calendar.WorkingCalendar;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the whole directory in a handful of statements, for one roster; it is used once, in a transaction that sees one
 * moment. People share what is equal: calendars are large.
 */
final class RosterLoad {

    /** An absence is of no interest to decisions this long after its end. */
    private static final Duration ABSENCES_KEPT = Duration.ofDays(31);

    private static final String TEAMS = """
            select t.key, t.kind, t.calendar, t.time_zone,
                (select p.id from person p where p.id = t.lead and p.left_at is null) as lead,
                array(
                    select p.id from membership m join person p on p.id = m.person and p.left_at is null
                    where m.team = t.key order by length(p.id), p.id) as members
            from team t order by t.key""";

    private static final String ABSENCES =
            "select person, from_at, until_at, substitute from absence where until_at > ? order by person, from_at";

    private static final String PEOPLE = """
            select p.id, p.left_at is null as present, p.manager, p.skills, p.usual_work, p.time_zone, p.calendar,
                p.quiet_from, p.quiet_until,
                array(select m.team from membership m where m.person = p.id order by m.team) as teams
            from person p""";

    private final JdbcClient database;
    private final Policies policies;
    private final Function<String, @Nullable WorkingCalendar> calendars;
    private final Clock clock;

    private final Map<String, TeamRow> teams = new HashMap<>();
    private final Map<String, List<Roster.Absence>> absences = new HashMap<>();
    private final Map<String, WorkingCalendar> loaded = new HashMap<>();
    private final Map<ZoneId, WorkingCalendar> always = new HashMap<>();
    private final Map<Quiet, QuietHours> quiet = new HashMap<>();

    RosterLoad(
            JdbcClient database,
            Policies policies,
            Function<String, @Nullable WorkingCalendar> calendars,
            Clock clock) {
        this.database = database;
        this.policies = policies;
        this.calendars = calendars;
        this.clock = clock;
    }

    private record TeamRow(
            Roster.Team team,
            @Nullable String calendar,
            @Nullable String timeZone) {}

    private record Quiet(
            ZoneId zone,
            LocalTime from,
            LocalTime until,
            @Nullable String calendar) {}

    /** Null where there is nobody. */
    @Nullable
    DirectoryRoster load(Workload workload) {
        readTeams();
        readAbsences();
        var people = new HashMap<String, Roster.Person>();
        database.sql(PEOPLE).query(row -> {
            people.put(row.getString("id"), person(row));
        });
        if (people.isEmpty()) {
            return null;
        }
        var newest = new HashMap<String, Policy>();
        policies.list("", Policies.KEYS_MAX).forEach(each -> newest.put(each.key(), policies.compile(each)));
        var parties = new HashMap<String, Roster.Team>();
        teams.forEach((key, row) -> parties.put(key, row.team));
        return new DirectoryRoster(people, parties, newest, policies, workload);
    }

    private void readTeams() {
        database.sql(TEAMS).query(row -> {
            var key = row.getString("key");
            var kind =
                    Roster.Team.Kind.valueOf(Team.Kind.of(row.getString("kind")).name());
            var team = new Roster.Team(
                    key,
                    kind,
                    row.getString("lead"),
                    PersonRow.texts(row, "members"),
                    calendar(row.getString("calendar")));
            teams.put(key, new TeamRow(team, row.getString("calendar"), row.getString("time_zone")));
        });
    }

    private void readAbsences() {
        var since = clock.instant().minus(ABSENCES_KEPT).atOffset(ZoneOffset.UTC);
        database.sql(ABSENCES).param(since).query(row -> {
            absences.computeIfAbsent(row.getString("person"), _ -> new ArrayList<>())
                    .add(new Roster.Absence(
                            instant(row, "from_at"), instant(row, "until_at"), row.getString("substitute")));
        });
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private Roster.Person person(ResultSet row) throws SQLException {
        var id = row.getString("id");
        var in = PersonRow.texts(row, "teams");
        var key = own(row.getString("calendar"), in, TeamRow::calendar);
        var calendar = calendar(key);
        var zone = zone(row.getString("time_zone"), calendar, in);
        return new Roster.Person(
                id,
                row.getBoolean("present"),
                row.getString("manager"),
                in,
                PersonRow.texts(row, "skills"),
                row.getInt("usual_work"),
                calendar == null ? always.computeIfAbsent(zone, WorkingCalendar::always) : calendar,
                quiet(
                        zone,
                        row.getObject("quiet_from", LocalTime.class),
                        row.getObject("quiet_until", LocalTime.class),
                        key),
                absences.getOrDefault(id, List.of()));
    }

    /** What a person does not say, the first of their teams that says it does. */
    private @Nullable String own(@Nullable String own, List<String> in, Function<TeamRow, @Nullable String> said) {
        return own != null
                ? own
                : in.stream()
                        .map(teams::get)
                        .filter(Objects::nonNull)
                        .map(said)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    private @Nullable WorkingCalendar calendar(@Nullable String key) {
        if (key == null) {
            return null;
        }
        var found = loaded.containsKey(key) ? loaded.get(key) : calendars.apply(key);
        if (found != null) {
            loaded.put(key, found);
        }
        return found;
    }

    private ZoneId zone(@Nullable String own, @Nullable WorkingCalendar calendar, List<String> in) {
        if (own == null && calendar != null) {
            return calendar.zone();
        }
        var name = own(own, in, TeamRow::timeZone);
        return name == null ? ZoneOffset.UTC : ZoneId.of(name);
    }

    private @Nullable QuietHours quiet(
            ZoneId zone, @Nullable LocalTime from, @Nullable LocalTime until, @Nullable String calendar) {
        return from == null || until == null
                ? null
                : quiet.computeIfAbsent(new Quiet(zone, from, until, calendar), this::quietHours);
    }

    /** On a calendar without work on any weekday every day is off, which cannot mean that nobody may ever be told. */
    private QuietHours quietHours(Quiet quiet) {
        var calendar = calendar(quiet.calendar);
        var hasWork = calendar != null && calendar.week().values().stream().anyMatch(hours -> !hours.isEmpty());
        return calendar == null || !hasWork
                ? QuietHours.of(quiet.zone, quiet.from, quiet.until)
                : QuietHours.of(quiet.zone, quiet.from, quiet.until, calendar);
    }
}
