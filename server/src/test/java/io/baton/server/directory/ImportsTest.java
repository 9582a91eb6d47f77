package io.baton.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.Node;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.TestDatabase;
import io.baton.server.directory.Imports.Line;
import io.baton.server.directory.Imports.LineMistake;
import io.baton.server.directory.Imports.Report;
import io.baton.server.directory.Imports.What;
import io.baton.server.directory.Profile.Channel;
import io.baton.server.web.TestClock;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** People and teams from CSV: all lines or none, and each mistake with its line and column. */
class ImportsTest {

    private final TestDatabase database = TestDatabase.migrated();
    private final Node node = new Node(database.database(), LocalWorkers.NONE, new TestClock());
    private final Directory directory = node.directory();

    @AfterEach
    void close() {
        node.close();
        database.close();
    }

    @Test
    void addsPeopleWithAllThatTheFileSays() {
        directory.putTeam("sales", "Sales", Team.Kind.TEAM);
        directory.putTeam("legal", "Legal", Team.Kind.TEAM);
        var report = run("""
                email,name,organisation,admin,teams,timeZone,quietFrom,quietUntil,manager,usualWork,skills,channels,locale,ratePerHour
                Ada@Example.org,"Lovelace, Ada",,true,sales; legal,Europe/London,19:00,07:30,bob@example.org,12,nda;maths,chat;mail,en-GB,85.50
                bob@example.org,Bob,,,,,,,,,,,,
                carl@acme.example,Carl,Acme,,,,,,,,,,,
                """);
        assertThat(report.mistakes()).isEmpty();
        assertThat(report.lines())
                .containsExactly(
                        new Line(2, "ada@example.org", What.ADDED, List.of()),
                        new Line(3, "bob@example.org", What.ADDED, List.of()),
                        new Line(4, "carl@acme.example", What.ADDED, List.of()));
        var ada = directory.findByEmail("ada@example.org").orElseThrow();
        var bob = directory.findByEmail("bob@example.org").orElseThrow();
        assertThat(ada.name()).isEqualTo("Lovelace, Ada");
        assertThat(ada.admin()).isTrue();
        assertThat(ada.teams()).containsExactly("legal", "sales");
        assertThat(ada.profile())
                .isEqualTo(new Profile(
                        "Europe/London",
                        null,
                        LocalTime.of(19, 0),
                        LocalTime.of(7, 30),
                        bob.id(),
                        12,
                        List.of("nda", "maths"),
                        List.of(Channel.CHAT, Channel.MAIL),
                        "en-GB",
                        new BigDecimal("85.50")));
        assertThat(bob.profile()).isEqualTo(Profile.UNKNOWN);
        assertThat(directory.findByEmail("carl@acme.example").map(Person::kind)).contains(Person.Kind.CONTACT);
    }

    @Test
    void theSameFileAgainChangesNothing() {
        directory.putTeam("sales", "Sales", Team.Kind.TEAM);
        var file = """
                name;email;teams;manager;ratePerHour;channels
                Ada;ada@example.org;sales;bob@example.org;85.5;mail
                Bob;bob@example.org;;;;
                """;
        run(file);
        var before = node.rosters().current();
        var again = run(file);
        assertThat(again.lines()).extracting(Line::what).containsOnly(What.UNCHANGED);
        assertThat(node.rosters().current()).isSameAs(before);
    }

    @Test
    void changesWhatDiffersLeavesMissingColumnsAndClearsEmptyCells() {
        directory.putTeam("sales", "Sales", Team.Kind.TEAM);
        run("email,name,teams,usualWork,locale,manager\na@x.org,Ada,sales,5,fi,b@x.org\nb@x.org,Bob,,,,\n");
        var report = run("NAME,Email,usualwork,teams,manager\nAda L,A@x.org,,,\nBob,b@x.org,,,a@x.org\n");
        assertThat(report.lines())
                .containsExactly(
                        new Line(2, "a@x.org", What.CHANGED, List.of("name", "teams", "manager", "usualWork")),
                        new Line(3, "b@x.org", What.CHANGED, List.of("manager")));
        var ada = directory.findByEmail("a@x.org").orElseThrow();
        assertThat(ada.name()).isEqualTo("Ada L");
        assertThat(ada.teams()).isEmpty();
        assertThat(ada.profile().usualWork()).isEqualTo(Profile.USUAL_WORK_DEFAULT);
        assertThat(ada.profile().locale()).isEqualTo("fi");
        assertThat(ada.profile().manager()).isNull();
        assertThat(directory.findByEmail("b@x.org").orElseThrow().profile().manager())
                .isEqualTo(ada.id());
    }

    @Test
    void aDryRunTellsTheSameAndWritesNothing() {
        run("email,name\na@x.org,Ada\n");
        var file = "email,name,usualWork\na@x.org,Ada,7\nb@x.org,Bob,\n";
        var dry = node.imports().run(stream(file, StandardCharsets.UTF_8), true);
        assertThat(directory.findByEmail("b@x.org")).isEmpty();
        assertThat(directory.findByEmail("a@x.org").orElseThrow().profile().usualWork())
                .isEqualTo(Profile.USUAL_WORK_DEFAULT);
        assertThat(run(file)).isEqualTo(dry);
        assertThat(directory.findByEmail("b@x.org")).isPresent();
    }

    @Test
    void namesLineAndColumnOfEachMistakeAndThenWritesNothing() {
        var gone = directory.add(Person.member("Gone", "gone@x.org", List.of())).orElseThrow();
        DirectoryTest.done(directory.leaveForGood(gone, java.time.Instant.EPOCH));
        var report = run("""
                email,name,teams,usualWork,quietFrom,admin,manager,channels
                ok@x.org,Ok,,,,,,
                ,Nobody,,,,,,
                no address,Name,,,,,,
                OK@x.org,Twice,,,,,,
                a@x.org,"",none,many,late,yes,nobody@x.org,pigeon
                gone@x.org,Gone,,,,,,
                self@x.org,Self,,,,,self@x.org,
                """);
        assertThat(report.lines()).isEmpty();
        assertThat(report.mistakes())
                .extracting(mistake -> mistake.line() + " " + mistake.column())
                .containsExactlyInAnyOrder(
                        "3 email",
                        "4 email",
                        "5 email",
                        "6 name",
                        "6 teams",
                        "6 usualWork",
                        "6 quietFrom",
                        "6 admin",
                        "6 manager",
                        "6 channels",
                        "7 email",
                        "8 manager");
        assertThat(report.mistakes())
                .contains(new LineMistake(5, "email", "is in line 2 already: ok@x.org"))
                .contains(new LineMistake(6, "usualWork", "must be a whole number, not many"));
        assertThat(directory.findByEmail("ok@x.org")).isEmpty();
    }

    @Test
    void someoneStaysToAdministerBaton() {
        run("email,name,admin\na@x.org,Ada,true\nb@x.org,Bob,false\n");
        assertThat(run("email,name,admin\na@x.org,Ada,\n").mistakes())
                .containsExactly(new LineMistake(2, "admin", "would leave nobody to administer Baton"));
        assertThat(run("email,name,admin\na@x.org,Ada,false\nb@x.org,Bob,true\n")
                        .mistakes())
                .isEmpty();
        assertThat(directory.findByEmail("a@x.org").map(Person::admin)).contains(false);
    }

    @Test
    void addsAndChangesTeamsOfEveryKind() {
        run("email,name\nlead@x.org,Lead\n");
        var lead = directory.findByEmail("lead@x.org").orElseThrow().id();
        var file = """
                key,name,kind,lead,timeZone,costPerDay,emailDomain
                sales,Sales,,lead@x.org,Europe/Berlin,1200,
                acme,Acme,organisation,,,,acme.example
                bot,Bot,assistant,%s,,,
                """.formatted(lead);
        assertThat(run(file).lines()).extracting(Line::what).containsOnly(What.ADDED);
        assertThat(directory.findTeam("sales"))
                .contains(new Team(
                        "sales",
                        "Sales",
                        Team.Kind.TEAM,
                        lead,
                        null,
                        "Europe/Berlin",
                        new BigDecimal("1200.00"),
                        null,
                        List.of()));
        assertThat(run(file).lines()).extracting(Line::what).containsOnly(What.UNCHANGED);
        assertThat(run("key,name\nsales,Sales team\nacme,Acme\n").lines())
                .containsExactly(
                        new Line(2, "sales", What.CHANGED, List.of("name")),
                        new Line(3, "acme", What.UNCHANGED, List.of()));
        assertThat(run("key,name,kind,lead\nSales,x,robot,p99\nsales,,,\nsales,y,,\n")
                        .mistakes())
                .extracting(mistake -> mistake.line() + " " + mistake.column())
                .containsExactlyInAnyOrder("2 key", "2 kind", "2 lead", "3 name", "4 key");
    }

    @Test
    void refusesWhatIsNoTable() {
        assertThat(mistakes("")).containsExactly(new LineMistake(1, null, "the file is empty"));
        assertThat(mistakes("email,name,shoe size\na@x.org,Ada,38\n"))
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.column()).isEqualTo("shoe size"));
        assertThat(mistakes("email,email,name\n")).containsExactly(new LineMistake(1, "email", "is there twice"));
        assertThat(mistakes("email\na@x.org\n")).containsExactly(new LineMistake(1, "name", "is missing"));
        assertThat(mistakes("key,name,email\n"))
                .containsExactly(new LineMistake(1, "email", "does not belong to the other columns"));
        assertThat(mistakes("email,name\na@x.org\nb@x.org,Bob,Bob\n"))
                .containsExactly(
                        new LineMistake(2, null, "has 1 cells where the first line has 2"),
                        new LineMistake(3, null, "has 3 cells where the first line has 2"));
        assertThat(mistakes("email,name\na@x.org,\"Ada\nb@x.org,Bob\n"))
                .containsExactly(new LineMistake(2, "name", "must be on one line; a quote may be missing"));
        assertThat(mistakes("email,name\na@x.org,\"Ada\" L\n"))
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.line()).isEqualTo(2));
        for (var length : new int[] {10_001, 1 << 17}) {
            assertThat(mistakes("email,name\na@x.org," + "x".repeat(length) + "\n"))
                    .singleElement()
                    .satisfies(mistake -> assertThat(mistake.line()).isEqualTo(2));
        }
        assertThat(node.imports()
                        .run(stream("email,name\na@x.org,Zoë\n", StandardCharsets.ISO_8859_1), true)
                        .mistakes())
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.message()).contains("UTF-8"));
    }

    @Test
    void readsWhatSpreadsheetsWrite() {
        run("\uFEFFemail;name;skills\r\na@x.org;Zoë;\"a;b\"\r\n");
        var ada = directory.findByEmail("a@x.org").orElseThrow();
        assertThat(ada.name()).isEqualTo("Zoë");
        assertThat(ada.profile().skills()).containsExactly("a", "b");
    }

    @Test
    void hasLimits() {
        var many = new StringBuilder("email,name\n");
        IntStream.rangeClosed(1, Imports.ROWS_MAX + 1)
                .forEach(i -> many.append("p").append(i).append("@x.org,P\n"));
        assertThat(mistakes(many.toString()))
                .containsExactly(new LineMistake(
                        Imports.ROWS_MAX + 2, null, "there are more than " + Imports.ROWS_MAX + " lines"));
        var large = "email,name\n" + ("a@x.org," + "x".repeat(10_000) + "\n").repeat(Imports.BYTES_MAX / 10_000 + 1);
        assertThat(mistakes(large))
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.message())
                        .isEqualTo("the file has more than " + Imports.BYTES_MAX + " bytes"));
        var wrong = new StringBuilder("email,name\n");
        IntStream.rangeClosed(1, 1000).forEach(_ -> wrong.append("nothing,x\n"));
        assertThat(mistakes(wrong.toString())).hasSize(Imports.MISTAKES_MAX);
    }

    private List<LineMistake> mistakes(String file) {
        var report = run(file);
        assertThat(report.lines()).isEmpty();
        assertThat(directory.people(new Directory.PeopleFilter(null, null, false, "", "", 10)))
                .isEmpty();
        return new ArrayList<>(report.mistakes());
    }

    private Report run(String file) {
        return node.imports().run(stream(file, StandardCharsets.UTF_8), false);
    }

    private static ByteArrayInputStream stream(String file, Charset charset) {
        return new ByteArrayInputStream(file.getBytes(charset));
    }
}
