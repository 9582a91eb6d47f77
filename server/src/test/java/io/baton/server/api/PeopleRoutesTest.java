package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.directory.PersonName;
import io.baton.server.directory.Team;
import io.baton.server.directory.Written;
import io.baton.server.web.TestClient;
import io.baton.server.web.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** People and teams: page by page, by team, by text, and how an administrator adds them. */
class PeopleRoutesTest {

    private static final TestServer SERVER = TestServer.start();
    private static final Directory DIRECTORY = SERVER.directory();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void readsEverybodyPageByPageEachOnce() {
        DIRECTORY.putTeam("choir", "Choir", Team.Kind.TEAM);
        var added = new TreeSet<String>();
        for (int i = 0; i < 23; i++) {
            added.add(SERVER.addMember(i % 3 == 0 ? "Same Name" : "Singer " + i, "choir"));
        }
        TestClient reader = SERVER.signedIn(SERVER.addMember("Reader"));
        var seen = new ArrayList<String>();
        var names = new ArrayList<String>();
        String cursor = "";
        while (cursor != null) {
            var page = reader.get("/api/people?team=choir&limit=5" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .expect(200)
                    .json();
            page.get("items").forEach(person -> seen.add(person.get("id").asString()));
            page.get("items").forEach(person -> names.add(person.get("name").asString()));
            cursor = page.get("next").isNull() ? null : page.get("next").asString();
        }
        assertThat(seen).hasSize(23).containsExactlyInAnyOrderElementsOf(added);
        assertThat(names).isSorted();
    }

    @Test
    void aFullLastPageHasNoNext() {
        DIRECTORY.putTeam("duo", "Duo", Team.Kind.TEAM);
        SERVER.addMember("One", "duo");
        SERVER.addMember("Two", "duo");
        TestClient reader = SERVER.signedIn(SERVER.addMember("Reader"));
        var page = reader.get("/api/people?team=duo&limit=2").expect(200).json();
        assertThat(page.get("items")).hasSize(2);
        assertThat(page.get("next").isNull()).isTrue();
    }

    @Test
    void findsPeopleByNameOrEMailAndTakesWildcardsLiterally() {
        assertThat(DIRECTORY.add(Person.member("Percy 100%", "percy@find.example", List.of())))
                .isPresent();
        assertThat(DIRECTORY.add(Person.contact("Under_score", "u@find.example", "Vendor & Co")))
                .isPresent();
        TestClient reader = SERVER.signedIn(SERVER.addMember("Reader"));
        assertThat(reader.get("/api/people?q=100%25").json().get("items")).hasSize(1);
        assertThat(reader.get("/api/people?q=r_s").json().get("items")).hasSize(1);
        assertThat(reader.get("/api/people?q=FIND.EXAMPLE").json().get("items")).hasSize(2);
        var contact = reader.get("/api/people?q=under").json().at("/items/0");
        assertThat(contact.get("kind").asString()).isEqualTo("contact");
        assertThat(contact.get("organisation").asString()).isEqualTo("Vendor & Co");
    }

    @Test
    void refusesLimitsAndCursorsThatAreNone() {
        TestClient reader = SERVER.signedIn(SERVER.addMember("Reader"));
        for (String limit : List.of("0", "201", "-1", "x", "1e1", "99999999999", "")) {
            reader.get("/api/people?limit=" + limit).expectProblem(422, "InvalidInput");
        }
        for (String cursor : List.of("x", "%00", "AAAA", "cwAB", "bAAAAAAAAAAB", "a".repeat(5000))) {
            reader.get("/api/people?cursor=" + cursor).expectProblem(422, "InvalidInput");
        }
    }

    @Test
    void listsTeamsWithTheirMembers() {
        DIRECTORY.putTeam("a-system", "A system", Team.Kind.SYSTEM);
        DIRECTORY.putTeam("a-team", "A team", Team.Kind.TEAM);
        String zoe = SERVER.addMember("Zoe", "a-team");
        String abe = SERVER.addMember("Abe", "a-team");
        TestClient reader = SERVER.signedIn(SERVER.addMember("Reader"));
        var first = reader.get("/api/teams?limit=1").expect(200).json();
        assertThat(first.at("/items/0/key").asString()).isEqualTo("a-system");
        assertThat(first.at("/items/0/kind").asString()).isEqualTo("system");
        assertThat(first.at("/items/0/members")).isEmpty();
        var second = reader.get("/api/teams?limit=1&cursor=" + first.get("next").asString())
                .expect(200)
                .json();
        assertThat(second.at("/items/0/members").findValuesAsString("id")).containsExactly(abe, zoe);
    }

    @Test
    void anAdministratorAddsTeamsAndPeopleAndLetsThemIn() {
        TestClient administrator = SERVER.signedIn(SERVER.addAdministrator("Root"));
        administrator.put("/api/teams/legal", Map.of("name", "Legal")).expect(204);
        var added = administrator
                .post("/api/people", Map.of("name", "Lex", "email", "Lex@Example.com", "teams", List.of("legal")))
                .expect(201)
                .json();
        String id = added.get("id").asString();
        assertThat(added.get("email").asString()).isEqualTo("lex@example.com");
        assertThat(DIRECTORY.teamsOf(id)).containsExactly("legal");
        assertThat(DIRECTORY.membersOf("legal")).containsExactly(new PersonName(id, "Lex"));
        administrator
                .post("/api/people", Map.of("name", "Other", "email", "lex@example.com"))
                .expectProblem(409, "EmailTaken");
        administrator
                .post("/api/people", Map.of("name", "Other", "teams", List.of("nowhere")))
                .expectProblem(422, "InvalidInput");

        String path = administrator
                .post("/api/people/" + id + "/sign-in-link", Map.of())
                .expect(201)
                .json()
                .get("path")
                .asString();
        TestClient lex = SERVER.anonymous().withCsrfToken();
        lex.send("POST", path, null, null).expect(303);
        assertThat(lex.get("/api/session").json().at("/person/teams/0").asString())
                .isEqualTo("legal");
        administrator.delete("/api/teams/legal/members/" + id).expect(204);
        assertThat(lex.get("/api/session").json().at("/person/teams")).isEmpty();
        administrator.put("/api/teams/legal/members/" + id, Map.of()).expect(204);
        administrator.put("/api/teams/none/members/" + id, Map.of()).expectProblem(404, "NoSuchTeam");
        administrator.put("/api/teams/legal/members/p0", Map.of()).expectProblem(404, "NoSuchPerson");
        administrator.post("/api/people/p0/sign-in-link", Map.of()).expectProblem(404, "NoSuchPerson");
    }

    @Test
    void teamKeysAreSlugs() {
        TestClient administrator = SERVER.signedIn(SERVER.addAdministrator("Root"));
        for (String key : List.of("Legal", "a--b", "-a", "a_b", "%C3%BC", "x".repeat(101))) {
            administrator.put("/api/teams/" + key, Map.of("name", "x")).expectProblem(422, "InvalidInput");
        }
    }

    @Test
    void namesManyInOneQuery() {
        String ada = SERVER.addMember("Ada");
        String bob = SERVER.addMember("Bob");
        assertThat(DIRECTORY.names(List.of(bob, ada, bob, "p0")))
                .isEqualTo(Map.of(ada, new PersonName(ada, "Ada"), bob, new PersonName(bob, "Bob")));
        assertThat(DIRECTORY.names(List.of())).isEmpty();
        DIRECTORY.putTeam("named", "Named", Team.Kind.TEAM);
        assertThat(DIRECTORY.teamNames(List.of("named", "nowhere"))).isEqualTo(Map.of("named", "Named"));
    }

    @Test
    void aPersonIsChangedUnlessTheEMailIsTaken() {
        String id = DIRECTORY
                .add(Person.member("Old", "old@example.org", List.of()))
                .orElseThrow();
        assertThat(DIRECTORY.add(Person.member("Taken", "taken@example.org", List.of())))
                .isPresent();
        assertThat(DIRECTORY.change(id, _ -> Person.member("New", "Taken@example.org", List.of())))
                .isInstanceOf(Written.EmailTaken.class);
        assertThat(DIRECTORY.change(id, _ -> Person.administrator("New", "New@example.org")))
                .isEqualTo(new Written.Done(id));
        assertThat(DIRECTORY.findByEmail("NEW@example.org ").map(Person::name)).contains("New");
        assertThat(DIRECTORY.find("p0")).isEmpty();
    }

    @Test
    void anAdministratorSaysHowSomebodyWorksAndClearsWhatIsNull() {
        TestClient administrator = SERVER.signedIn(SERVER.addAdministrator("Root"));
        String boss = SERVER.addMember("Boss");
        DIRECTORY.putTeam("desk", "Desk", Team.Kind.TEAM);
        var added = administrator
                .post(
                        "/api/people",
                        Map.of(
                                "name",
                                "Noa",
                                "teams",
                                List.of("desk"),
                                "timeZone",
                                "Asia/Tokyo",
                                "quietFrom",
                                "19:00",
                                "quietUntil",
                                "07:30",
                                "manager",
                                boss,
                                "usualWork",
                                7,
                                "skills",
                                List.of("nda"),
                                "channels",
                                List.of("chat", "mail"),
                                "ratePerHour",
                                95.5))
                .expect(201)
                .json();
        String path = "/api/people/" + added.get("id").asString();
        assertThat(administrator.get(path).expect(200).json()).isEqualTo(added);
        assertThat(added.at("/manager/name").asString()).isEqualTo("Boss");
        assertThat(added.get("ratePerHour").decimalValue()).isEqualByComparingTo("95.5");
        assertThat(added.get("quietUntil").asString()).isEqualTo("07:30");
        var changes = new HashMap<String, @Nullable Object>();
        changes.put("usualWork", 9);
        changes.put("manager", null);
        changes.put("teams", List.of());
        var changed = administrator.patch(path, changes).expect(200).json();
        assertThat(changed.get("usualWork").asInt()).isEqualTo(9);
        assertThat(changed.get("manager").isNull()).isTrue();
        assertThat(changed.get("teams")).isEmpty();
        assertThat(changed.get("name").asString()).isEqualTo("Noa");
        assertThat(changed.get("timeZone").asString()).isEqualTo("Asia/Tokyo");
        var contact = administrator
                .patch(path, Map.of("organisation", "Acme"))
                .expect(200)
                .json();
        assertThat(contact.get("kind").asString()).isEqualTo("contact");
    }

    @Test
    void tellsEachFieldThatIsWrong() {
        TestClient administrator = SERVER.signedIn(SERVER.addAdministrator("Root"));
        String path = "/api/people/" + SERVER.addMember("Nils");
        var wrong = administrator
                .patch(path, Map.of("timeZone", "Nowhere", "usualWork", 1001, "manager", "p0"))
                .expectProblem(422, "InvalidInput");
        assertThat(wrong.json().get("errors").findValuesAsString("field"))
                .containsExactlyInAnyOrder("timeZone", "usualWork", "manager");
        wrong = administrator
                .patch(path, Map.of("channels", List.of("pigeon"), "quietFrom", "late"))
                .expectProblem(422, "InvalidInput");
        assertThat(wrong.json().get("errors").findValuesAsString("field"))
                .containsExactlyInAnyOrder("channels", "quietFrom");
        for (var body : List.of(
                Map.of("surname", "x"),
                Map.of("usualWork", "many"),
                Map.of("teams", "desk"),
                List.of(),
                Map.of("skills", List.of("")),
                Map.of("skills", List.of("approve <= a lot")))) {
            administrator.patch(path, body).expectProblem(422, "InvalidInput");
        }
        administrator.patch("/api/people/p0", Map.of("name", "x")).expectProblem(404, "NoSuchPerson");
        administrator.get("/api/people/p0").expectProblem(404, "NoSuchPerson");
    }

    @Test
    void everybodySaysHowTheyAreReachedAndNoMore() {
        String ada = SERVER.addMember("Ada");
        TestClient herself = SERVER.signedIn(ada);
        herself.patch("/api/people/" + ada, Map.of("quietFrom", "20:00", "quietUntil", "06:00", "locale", "fi"))
                .expect(200);
        herself.patch("/api/people/" + ada, Map.of("locale", "fi", "ratePerHour", 500))
                .expectProblem(403, "NotAllowed");
        herself.patch("/api/people/" + SERVER.addMember("Bob"), Map.of("locale", "fi"))
                .expectProblem(403, "NotAllowed");
    }

    @Test
    void whatSomebodyCostsIsNobodyElsesBusiness() {
        TestClient administrator = SERVER.signedIn(SERVER.addAdministrator("Root"));
        String ada = SERVER.addMember("Ada");
        String path = "/api/people/" + ada;
        administrator.patch(path, Map.of("ratePerHour", 70)).expect(200);
        assertThat(SERVER.signedIn(ada).get(path).json().get("ratePerHour").asInt())
                .isEqualTo(70);
        assertThat(SERVER.signedIn(SERVER.addMember("Bob"))
                        .get(path)
                        .json()
                        .get("ratePerHour")
                        .isNull())
                .isTrue();
    }

    @Test
    void aTeamHasALeadAKindAndACost() {
        TestClient administrator = SERVER.signedIn(SERVER.addAdministrator("Root"));
        String lead = SERVER.addMember("Lead");
        administrator
                .put(
                        "/api/teams/drafting-bot",
                        Map.of(
                                "name", "Drafting bot",
                                "kind", "assistant",
                                "lead", lead,
                                "timeZone", "UTC",
                                "costPerDay", 12.5,
                                "emailDomain", "bots.example"))
                .expect(204);
        var team = administrator.get("/api/teams/drafting-bot").expect(200).json();
        assertThat(team.at("/lead/id").asString()).isEqualTo(lead);
        assertThat(team.get("kind").asString()).isEqualTo("assistant");
        assertThat(team.get("costPerDay").decimalValue()).isEqualByComparingTo("12.5");
        assertThat(administrator
                        .get("/api/teams?kind=assistant")
                        .json()
                        .get("items")
                        .findValuesAsString("key"))
                .containsExactly("drafting-bot");
        administrator.get("/api/teams?kind=robot").expectProblem(422, "InvalidInput");
        administrator.get("/api/teams/nowhere").expectProblem(404, "NoSuchTeam");
        administrator
                .put("/api/teams/drafting-bot", Map.of("name", "x", "lead", "p0"))
                .expectProblem(422, "InvalidInput");
    }

    @Test
    void aCalendarThatSomebodyWorksByStays() {
        TestClient administrator = SERVER.signedIn(SERVER.addAdministrator("Root"));
        var office = Map.of("name", "Office", "zone", "UTC", "hours", Map.of("monday", List.of("09:00-17:00")));
        administrator.put("/api/calendars/office", office).expect(204);
        String path = "/api/people/" + SERVER.addMember("Olga");
        administrator.patch(path, Map.of("calendar", "nowhere")).expectProblem(422, "InvalidInput");
        administrator.patch(path, Map.of("calendar", "office")).expect(200);
        administrator.delete("/api/calendars/office").expectProblem(409, "CalendarInUse");
        assertThat(administrator.delete("/api/calendars/office").body()).contains("By the calendar office work Olga.");
        administrator
                .send("PATCH", path, "application/json", "{\"calendar\": null}".getBytes(StandardCharsets.UTF_8))
                .expect(200);
        administrator.delete("/api/calendars/office").expect(204);
    }
}
