package io.baton.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Event;
import io.baton.engine.Roster;
import io.baton.engine.calendar.QuietHours;
import io.baton.engine.calendar.WorkingCalendar;
import io.baton.server.Node;
import io.baton.server.calendar.Calendar;
import io.baton.server.commit.Answer;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.TestDatabase;
import io.baton.server.web.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** What decisions know of the directory, and how soon. */
class RostersTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId LISBON = ZoneId.of("Europe/Lisbon");
    private static final WorkingCalendar OFFICE =
            WorkingCalendar.weekdays(BERLIN, LocalTime.of(9, 0), LocalTime.of(17, 0));
    private static final WorkingCalendar NEVER = WorkingCalendar.of(BERLIN, Map.of(), List.of(), Map.of());

    private final TestDatabase database = TestDatabase.migrated();
    private final TestClock clock = new TestClock();
    private final Node node = new Node(database.database(), LocalWorkers.NONE, clock);
    private final Directory directory = node.directory();
    private final Rosters rosters = node.rosters();

    @AfterEach
    void close() {
        node.close();
        database.close();
    }

    @Test
    void whereThereIsNobodyEverybodyIsTakenAtTheirWord() {
        assertThat(rosters.current()).isSameAs(Roster.NOBODY);
        directory.putTeam("sales", "Sales", Team.Kind.TEAM);
        assertThat(rosters.current()).isSameAs(Roster.NOBODY);
        add("Ada", Profile.UNKNOWN);
        assertThat(rosters.current().isComplete()).isTrue();
    }

    @Test
    void knowsPeopleAndTeamsAsTheyAre() {
        directory.putTeam("sales", "Sales", Team.Kind.TEAM);
        var ids = new java.util.ArrayList<String>();
        for (int i = 0; i < 11; i++) {
            ids.add(add("Person " + i, Profile.UNKNOWN, "sales"));
        }
        var ada = ids.getFirst();
        var bob = ids.get(1);
        done(directory.put(new Team("sales", "Sales", Team.Kind.SYSTEM, bob, null, null, null, null, List.of())));
        done(directory.change(
                ada,
                person -> person.with(
                        new Profile(null, null, null, null, bob, 3, List.of("nda"), List.of(), null, null))));
        var away = absence(ada, "2026-11-05T08:00:00Z", "2026-11-06T08:00:00Z", bob);
        var later = absence(ada, "2026-11-09T08:00:00Z", "2026-11-10T08:00:00Z", null);
        var roster = rosters.current();
        assertThat(roster.person(ada))
                .isEqualTo(new Roster.Person(
                        ada,
                        true,
                        bob,
                        List.of("sales"),
                        List.of("nda"),
                        3,
                        WorkingCalendar.always(ZoneOffset.UTC),
                        null,
                        List.of(away, later)));
        assertThat(roster.team("sales"))
                .as("members by the number in their id")
                .isEqualTo(new Roster.Team("sales", Roster.Team.Kind.SYSTEM, bob, ids));
        assertThat(roster.person("p99")).isNull();
        assertThat(roster.team("none")).isNull();
    }

    @Test
    void whatAPersonDoesNotSayTheFirstOfTheTeamsThatDoesSays() {
        put("office", OFFICE);
        put("never", NEVER);
        done(directory.put(team("a", null, null)));
        done(directory.put(team("b", "office", null)));
        done(directory.put(team("c", "never", "Europe/Lisbon")));
        var inTeams = add("In teams", quiet(null, null), "c", "b", "a");
        var own = add("Own", quiet("Asia/Tokyo", "never"), "b");
        var zoned = add("Zoned", quiet("Asia/Tokyo", null), "b");
        var lisbon = add("Lisbon", quiet(null, null), "a");
        done(directory.put(team("a", null, "Europe/Lisbon")));
        var nowhere = add("Nowhere", quiet(null, null));
        assertThat(person(inTeams).calendar())
                .isEqualTo(OFFICE)
                .isSameAs(person(zoned).calendar());
        assertThat(person(inTeams).quiet()).isEqualTo(QuietHours.of(BERLIN, at(20), at(7), OFFICE));
        assertThat(person(own).calendar()).isEqualTo(NEVER);
        assertThat(person(own).quiet())
                .as("a calendar without any work cannot make every day quiet")
                .isEqualTo(QuietHours.of(ZoneId.of("Asia/Tokyo"), at(20), at(7)));
        assertThat(person(zoned).quiet()).isEqualTo(QuietHours.of(ZoneId.of("Asia/Tokyo"), at(20), at(7), OFFICE));
        assertThat(person(lisbon).calendar()).isEqualTo(WorkingCalendar.always(LISBON));
        assertThat(person(lisbon).quiet()).isEqualTo(QuietHours.of(LISBON, at(20), at(7)));
        assertThat(person(nowhere).calendar()).isEqualTo(WorkingCalendar.always(ZoneOffset.UTC));
    }

    @Test
    void aChangedCalendarShows() {
        put("office", OFFICE);
        var ada = add("Ada", quiet(null, "office"));
        assertThat(person(ada).calendar()).isEqualTo(OFFICE);
        put("office", NEVER);
        assertThat(person(ada).calendar()).isEqualTo(NEVER);
        assertThat(directory.whoUsesCalendar("office")).containsExactly("Ada");
        assertThat(directory.whoUsesCalendar("never")).isEmpty();
    }

    private void put(String key, WorkingCalendar calendar) {
        var kept = new Calendar(key, key, calendar.zone(), calendar.week(), null, null, List.of());
        node.changes().make(() -> {
            node.calendars().put(kept);
            return kept;
        });
    }

    @Test
    void whoHasLeftIsKnownButNotThere() {
        directory.putTeam("sales", "Sales", Team.Kind.TEAM);
        var ada = add("Ada", Profile.UNKNOWN, "sales");
        var bob = add("Bob", Profile.UNKNOWN, "sales");
        done(directory.put(new Team("sales", "Sales", Team.Kind.TEAM, ada, null, null, null, null, List.of())));
        done(directory.leaveForGood(ada, clock.instant()));
        assertThat(person(ada).present()).isFalse();
        assertThat(rosters.current().team("sales"))
                .isEqualTo(new Roster.Team("sales", Roster.Team.Kind.TEAM, null, List.of(bob)));
    }

    @Test
    void ownChangesShowAtOnceAndThoseOfOtherNodesWithinThePollOrByTheirVersion() {
        var ada = add("Ada", Profile.UNKNOWN);
        var elsewhere = new Rosters(
                node.jdbc(),
                new DataSourceTransactionManager(node.pool()),
                new Changes(node.jdbc(), node.transaction()),
                node.policies(),
                _ -> null,
                (_, _) -> null,
                clock);
        assertThat(elsewhere.current().person("p2")).isNull();
        var known = elsewhere.version();
        assertThat(add("Bob", Profile.UNKNOWN)).isEqualTo("p2");
        assertThat(rosters.current().person("p2")).isNotNull();
        assertThat(elsewhere.current().person("p2")).isNull();
        assertThat(elsewhere.at(known).person("p2")).isNull();
        assertThat(elsewhere.at(rosters.version()).person("p2")).isNotNull();
        done(directory.leaveForGood(ada, clock.instant()));
        assertThat(Objects.requireNonNull(elsewhere.current().person(ada)).present())
                .isTrue();
        clock.advance(Rosters.POLL);
        assertThat(Objects.requireNonNull(elsewhere.current().person(ada)).present())
                .isFalse();
    }

    @Test
    void theSamePictureServesUntilSomethingChanges() {
        var ada = add("Ada", Profile.UNKNOWN);
        var before = rosters.current();
        clock.advance(Duration.ofDays(1));
        assertThat(rosters.current()).isSameAs(before);
        node.jdbc().sql("update person set password = 'hash'").update();
        clock.advance(Rosters.POLL);
        assertThat(rosters.current()).as("a password is no change").isSameAs(before);
        absence(ada, "2026-12-05T08:00:00Z", "2026-12-06T08:00:00Z", null);
        assertThat(rosters.current()).isNotSameAs(before);
    }

    @Test
    void aTransactionCountsOnceWhateverItChanges() {
        var before = version();
        node.transaction().executeWithoutResult(_ -> {
            directory.putTeam("a", "A", Team.Kind.TEAM);
            add("Ada", Profile.UNKNOWN, "a");
            directory.leave("p1", "a");
        });
        assertThat(version()).isEqualTo(before + 1);
        node.transaction().executeWithoutResult(transaction -> {
            directory.putTeam("b", "B", Team.Kind.TEAM);
            transaction.setRollbackOnly();
        });
        assertThat(version()).isEqualTo(before + 1);
    }

    private long version() {
        return node.jdbc()
                .sql("select version from directory_version")
                .query(Long.class)
                .single();
    }

    @Test
    void hasEachPolicyInItsNewestAndInEveryOlderVersion() {
        add("Ada", Profile.UNKNOWN);
        policy("chase", "P1D");
        var before = rosters.current();
        policy("chase", "P2D");
        var roster = rosters.current();
        for (var each : List.of(before, roster)) {
            assertThat(offset(each, 1)).isEqualTo(Duration.ofDays(1));
            assertThat(offset(each, 2)).isEqualTo(Duration.ofDays(2));
        }
        assertThat(offset(before, 0)).isEqualTo(Duration.ofDays(1));
        assertThat(offset(roster, 0)).isEqualTo(Duration.ofDays(2));
        assertThat(roster.policy("chase", 3)).isNull();
        assertThat(roster.policy("none", 0)).isNull();
    }

    private static Duration offset(Roster roster, int version) {
        return Objects.requireNonNull(roster.policy("chase", version))
                .acts()
                .getFirst()
                .offset();
    }

    private void policy(String key, String after) {
        var body = "{\"ladder\": [{\"after\": \"" + after + "\", \"to\": \"owner\"}]}";
        assertThat(node.policies().put(key, JsonMapper.shared().readValue(body, PolicyBody.class), "p1"))
                .isInstanceOf(Policies.Put.Done.class);
    }

    @Test
    void countsOpenWorkWhenAskedAtMostOnceASecondAndAddsWhatThisNodeGives() {
        var ada = add("Ada", Profile.UNKNOWN);
        var bob = add("Bob", Profile.UNKNOWN);
        task(1, ada);
        task(2, ada);
        task(3, null);
        var roster = rosters.current();
        assertThat(roster.openWork(ada)).isEqualTo(2);
        assertThat(roster.lastGiven(ada)).isEqualTo(Instant.parse("2026-11-01T00:00:02Z"));
        assertThat(roster.openWork(bob)).isZero();
        assertThat(roster.lastGiven(bob)).isEqualTo(Instant.EPOCH);

        task(4, bob);
        assertThat(rosters.current().openWork(bob))
                .as("counted less than a second ago")
                .isZero();
        var now = clock.instant();
        rosters.committed(List.of(new Answer.Done(
                5,
                1,
                now,
                List.of(
                        new Event.TaskOpened(1, bob, null, null),
                        new Event.TaskClaimed(2, bob),
                        new Event.TaskClaimed(3, "~stranger"),
                        new Event.TaskReleased(2)))));
        assertThat(roster.openWork(bob)).isEqualTo(2);
        assertThat(roster.lastGiven(bob)).isEqualTo(now);

        clock.advance(Duration.ofDays(1));
        assertThat(rosters.current().openWork(bob)).as("what is in the table").isEqualTo(1);
        assertThat(roster.lastGiven(bob))
                .as("remembered although the task is over")
                .isEqualTo(now);
        assertThat(roster.openWork("~stranger")).isZero();
    }

    private void task(int number, @Nullable String holder) {
        node.jdbc().sql("""
                        insert into task (case_id, step, process_id, node, opened_at, holder, team)
                        values (?, 2, 1, 1, '2026-11-01T00:00:00Z'::timestamptz + ? * interval '1 second', ?, 'sales')""").param(number).param(number).param(holder).update();
    }

    private Roster.Person person(String id) {
        return Objects.requireNonNull(rosters.current().person(id));
    }

    private static Profile quiet(@Nullable String timeZone, @Nullable String calendar) {
        return new Profile(timeZone, calendar, at(20), at(7), null, 1, List.of(), List.of(), null, null);
    }

    private static Team team(String key, @Nullable String calendar, @Nullable String timeZone) {
        return new Team(key, key, Team.Kind.TEAM, null, calendar, timeZone, null, null, List.of());
    }

    private static LocalTime at(int hour) {
        return LocalTime.of(hour, 0);
    }

    private String add(String name, Profile profile, String... teams) {
        return DirectoryTest.done(
                directory.create(Person.member(name, null, List.of(teams)).with(profile)));
    }

    private Roster.Absence absence(String person, String from, String until, @Nullable String substitute) {
        var absence = new Absence(0, person, Instant.parse(from), Instant.parse(until), substitute, null);
        done(node.absences().add(absence));
        return new Roster.Absence(absence.from(), absence.until(), substitute);
    }

    private static void done(Written written) {
        assertThat(written).isInstanceOf(Written.Done.class);
    }
}
