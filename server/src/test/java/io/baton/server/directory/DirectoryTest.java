package io.baton.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.Node;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.TestDatabase;
import io.baton.server.directory.Profile.Channel;
import io.baton.server.web.TestClock;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** People and teams: what is checked, who may not go, and what a leaver leaves to whom. */
class DirectoryTest {

    private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");

    private final TestDatabase database = TestDatabase.migrated();
    private final Node node = new Node(database.database(), LocalWorkers.NONE, new TestClock());
    private final Directory directory = node.directory();

    @AfterEach
    void close() {
        node.close();
        database.close();
    }

    @Test
    void keepsAllThatIsSaidOfAPerson() {
        directory.putTeam("legal", "Legal", Team.Kind.TEAM);
        var boss = add("Boss");
        var profile = new Profile(
                "America/Sao_Paulo",
                null,
                LocalTime.of(19, 30),
                LocalTime.of(8, 0),
                boss,
                25,
                List.of("contracts", "nda"),
                List.of(Channel.CHAT, Channel.MAIL),
                "pt-BR",
                new BigDecimal("85.50"));
        var written = directory.create(Person.member("Lia", "Lia@Example.org ".strip(), List.of("legal", "legal"))
                .with(profile));
        var lia = directory.find(done(written)).orElseThrow();
        assertThat(lia.profile()).isEqualTo(profile);
        assertThat(lia.email()).isEqualTo("lia@example.org");
        assertThat(lia.teams()).containsExactly("legal");
        assertThat(lia.isPresent()).isTrue();
    }

    @Test
    void tellsEverythingThatIsWrongWithAPerson() {
        var profile = new Profile(
                "Mars/Base",
                "nights",
                LocalTime.NOON,
                null,
                "p99",
                0,
                List.of("x".repeat(61)),
                List.of(Channel.MAIL, Channel.MAIL),
                "not a tag",
                new BigDecimal("1.001"));
        var person = new Person("", "", "nobody", Person.Kind.CONTACT, "Acme", true, List.of("none"), profile, null);
        assertThat(directory.create(person))
                .isInstanceOfSatisfying(
                        Written.Wrong.class,
                        wrong -> assertThat(wrong.mistakes())
                                .extracting(Mistake::field)
                                .containsExactly(
                                        "name",
                                        "email",
                                        "admin",
                                        "teams",
                                        "timeZone",
                                        "calendar",
                                        "manager",
                                        "usualWork",
                                        "skills",
                                        "ratePerHour",
                                        "quietUntil",
                                        "channels",
                                        "locale"));
        assertThat(directory.people(new Directory.PeopleFilter(null, null, false, "", "", 10)))
                .isEmpty();
    }

    @Test
    void changesAPersonAndTheTeamsTogetherOrNeither() {
        directory.putTeam("a", "A", Team.Kind.TEAM);
        directory.putTeam("b", "B", Team.Kind.TEAM);
        var id = directory.add(Person.member("Old", null, List.of("a"))).orElseThrow();
        assertThat(directory.change(id, in(List.of("b", "nowhere")))).isInstanceOf(Written.Wrong.class);
        assertThat(directory.teamsOf(id)).containsExactly("a");
        assertThat(done(directory.change(id, in(List.of("b"))))).isEqualTo(id);
        assertThat(directory.teamsOf(id)).containsExactly("b");
        assertThat(directory.change("p99", UnaryOperator.identity())).isEqualTo(new Written.NoSuchPerson("p99"));
    }

    private static UnaryOperator<Person> in(List<String> teams) {
        return person -> new Person(
                person.id(),
                "New",
                person.email(),
                person.kind(),
                null,
                person.admin(),
                teams,
                person.profile(),
                person.leftAt());
    }

    @Test
    void twoPeopleNeverHaveOneAddress() {
        var ada = directory
                .add(Person.member("Ada", "ada@example.org", List.of()))
                .orElseThrow();
        var bob = directory
                .add(Person.member("Bob", "bob@example.org", List.of()))
                .orElseThrow();
        assertThat(directory.create(Person.member("Eve", "ADA@example.org", List.of())))
                .isInstanceOf(Written.EmailTaken.class);
        assertThat(directory.change(bob, _ -> Person.member("Bob", "Ada@Example.org", List.of())))
                .isInstanceOf(Written.EmailTaken.class);
        assertThat(directory.change(ada, _ -> Person.member("Ada L", "ADA@example.org", List.of())))
                .isEqualTo(new Written.Done(ada));
        assertThat(directory.findByEmail("ada@example.org").map(Person::name)).contains("Ada L");
    }

    @Test
    void oneAdministratorAlwaysStays() {
        var first = directory.add(Person.administrator("First", null)).orElseThrow();
        var second = directory.add(Person.administrator("Second", null)).orElseThrow();
        assertThat(directory.leaveForGood(first, NOON)).isEqualTo(new Written.Done(first));
        assertThat(directory.leaveForGood(second, NOON)).isEqualTo(new Written.LastAdministrator());
        assertThat(directory.change(second, _ -> Person.member("Second", null, List.of())))
                .isEqualTo(new Written.LastAdministrator());
        assertThat(directory.change(second, _ -> Person.contact("Second", null, "Acme")))
                .isEqualTo(new Written.LastAdministrator());
        assertThat(directory.find(second).map(Person::admin)).contains(true);
        assertThat(directory.comeBack(first)).isEqualTo(new Written.Done(first));
        assertThat(directory.leaveForGood(second, NOON)).isEqualTo(new Written.Done(second));
    }

    @Test
    void whoLeavesPassesReportsAndTeamsOnToTheManager() {
        var top = add("Top");
        var middle = add("Middle", top);
        var report = add("Report", middle);
        done(directory.put(team("sales", middle)));
        done(directory.leaveForGood(middle, NOON));
        directory.passOn(middle);
        assertThat(manager(report)).contains(top);
        assertThat(directory.findTeam("sales").map(Team::lead)).contains(top);
        assertThat(directory.find(middle).map(Person::leftAt)).contains(NOON);
        assertThat(manager(middle)).as("whom the leaver's cases go to").contains(top);
        done(directory.leaveForGood(middle, NOON.plusSeconds(60)));
        assertThat(directory.find(middle).map(Person::leftAt))
                .as("leaving twice is leaving once")
                .contains(NOON);
    }

    @Test
    void whoseManagerHasLeftTooLeavesReportsToNobody() {
        var top = add("Top");
        var middle = add("Middle", top);
        var report = add("Report", middle);
        done(directory.put(team("sales", middle)));
        node.jdbc()
                .sql("update person set left_at = now() where id = ?")
                .param(top)
                .update();
        done(directory.leaveForGood(middle, NOON));
        directory.passOn(middle);
        assertThat(manager(report)).isEmpty();
        assertThat(directory.findTeam("sales").orElseThrow().lead()).isNull();
    }

    @Test
    void whoHasLeftIsListedApart() {
        directory.putTeam("sales", "Sales", Team.Kind.TEAM);
        var gone = directory.add(Person.member("Gone", null, List.of("sales"))).orElseThrow();
        var here = directory.add(Person.member("Here", null, List.of("sales"))).orElseThrow();
        done(directory.leaveForGood(gone, NOON));
        assertThat(directory.people(new Directory.PeopleFilter(null, null, false, "", "", 10)))
                .extracting(Person::id)
                .containsExactly(here);
        assertThat(directory.people(new Directory.PeopleFilter(null, null, true, "", "", 10)))
                .extracting(Person::id)
                .containsExactly(gone);
        assertThat(directory.membersOf("sales")).containsExactly(new PersonName(here, "Here"));
        assertThat(directory.findTeam("sales").orElseThrow().members()).containsExactly(new PersonName(here, "Here"));
        assertThat(directory.names(List.of(gone))).containsKey(gone);
    }

    @Test
    void aTeamKeepsItsMembersAndASystemHasAMemberForSponsor() {
        var sponsor = add("Sponsor");
        var contact = directory.add(Person.contact("Carl", null, "Acme")).orElseThrow();
        done(directory.put(team("sales", sponsor)));
        directory.join(sponsor, "sales");
        var robot = new Team(
                "robot",
                "Robot",
                Team.Kind.ASSISTANT,
                sponsor,
                null,
                "Europe/Berlin",
                new BigDecimal("12.00"),
                null,
                List.of());
        done(directory.put(robot));
        assertThat(directory.findTeam("robot")).contains(robot);
        done(directory.put(Team.of("sales", "Sales and service", Team.Kind.TEAM)));
        assertThat(directory.findTeam("sales").orElseThrow())
                .satisfies(team -> assertThat(team.name()).isEqualTo("Sales and service"))
                .satisfies(team -> assertThat(team.lead()).isNull())
                .satisfies(team ->
                        assertThat(team.members()).extracting(PersonName::id).containsExactly(sponsor));
        assertThat(directory.teams(Team.Kind.ASSISTANT, "", "", 10))
                .extracting(Team::key)
                .containsExactly("robot");
        assertThat(directory.put(team("erp", contact))).isInstanceOf(Written.Wrong.class);
        var acme =
                new Team("acme", "Acme", Team.Kind.ORGANISATION, contact, null, null, null, "acme.example", List.of());
        done(directory.put(acme));
        assertThat(directory.findTeam("acme")).contains(acme);
        var wrong = new Team("-X", " ", Team.Kind.SYSTEM, "p99", "c", "z", new BigDecimal("-1"), "ACME", List.of());
        assertThat(directory.put(wrong))
                .isInstanceOfSatisfying(
                        Written.Wrong.class,
                        it -> assertThat(it.mistakes())
                                .extracting(Mistake::field)
                                .containsExactly(
                                        "key", "name", "lead", "calendar", "timeZone", "costPerDay", "emailDomain"));
    }

    private String add(String name) {
        return directory.add(Person.member(name, null, List.of())).orElseThrow();
    }

    private String add(String name, String manager) {
        var unknown = Profile.UNKNOWN;
        var profile =
                new Profile(null, null, null, null, manager, unknown.usualWork(), List.of(), List.of(), null, null);
        return directory.add(Person.member(name, null, List.of()).with(profile)).orElseThrow();
    }

    private Optional<String> manager(String person) {
        return directory.find(person).map(found -> found.profile().manager());
    }

    private static Team team(String key, String lead) {
        return new Team(key, "Team " + key, Team.Kind.TEAM, lead, null, null, null, null, List.of());
    }

    static String done(Written written) {
        assertThat(written).isInstanceOf(Written.Done.class);
        return ((Written.Done) written).id();
    }
}
