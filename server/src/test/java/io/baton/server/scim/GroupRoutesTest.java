package io.baton.server.scim;

import static io.baton.server.scim.Provider.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.directory.PersonName;
import io.baton.server.directory.Team;
import io.baton.server.web.TestServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Teams as an identity provider keeps them. */
class GroupRoutesTest {

    private static final TestServer SERVER = TestServer.start();
    private static final Directory DIRECTORY = SERVER.directory();
    private static final Provider PROVIDER = new Provider(SERVER);
    private static final String ADA = PROVIDER.user("ada@group.example", "Ada");
    private static final String BOB = PROVIDER.user("bob@group.example", "Bob");
    private static final String EVE = PROVIDER.user("eve@group.example", "Eve");

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void addsATeamUnderTheKeyThatALaneOfThatNameHas() {
        var response = PROVIDER.send("POST", "/Groups", """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "Ünit 7 / Accounts payable",
                 "externalId": "g1", "members": [{"value": "%s"}, {"value": "%s"}]}""".formatted(BOB, ADA));
        var group = response.expect(201).json();
        assertThat(group.get("id").asString()).isEqualTo("unit-7-accounts-payable");
        assertThat(response.header("Location")).endsWith("/scim/v2/Groups/unit-7-accounts-payable");
        assertThat(group.get("members").findValuesAsString("value")).containsExactly(ADA, BOB);
        assertThat(group.get("externalId").asString()).isEqualTo("g1");
        assertThat(PROVIDER.get("/Groups/unit-7-accounts-payable").expect(200).json())
                .isEqualTo(group);
        assertThat(DIRECTORY.findTeam("unit-7-accounts-payable").orElseThrow().members())
                .containsExactly(new PersonName(ADA, "Ada"), new PersonName(BOB, "Bob"));
        assertThat(PROVIDER.get("/Users/" + ADA).json().get("groups").findValuesAsString("display"))
                .contains("Ünit 7 / Accounts payable");
        error(PROVIDER.send("POST", "/Groups", "{\"displayName\": \"unit 7: accounts-payable\"}"), 409, "uniqueness");
        error(PROVIDER.send("POST", "/Groups", "{\"displayName\": \"财务\"}"), 400, "invalidValue");
        error(PROVIDER.send("POST", "/Groups", "{}"), 400, "invalidValue");
        error(
                PROVIDER.send("POST", "/Groups", "{\"displayName\": \"Ghosts\", \"members\": [{\"value\": \"p0\"}]}"),
                400,
                "invalidValue");
        assertThat(DIRECTORY.findTeam("ghosts")).isEmpty();
    }

    @Test
    void membersComeAndGo() {
        var group = "/Groups/" + PROVIDER.group("Coming and going");
        PROVIDER.patch(
                        group,
                        "{\"op\": \"Add\", \"path\": \"members\", \"value\": [{\"value\": \"%s\"}, {\"value\": \"%s\"}]}"
                                .formatted(ADA, BOB))
                .expect(200);
        assertThat(members(group)).containsExactly(ADA, BOB);
        PROVIDER.patch(group, "{\"op\": \"remove\", \"path\": \"members[value eq \\\"%s\\\"]\"}".formatted(ADA))
                .expect(200);
        assertThat(members(group)).containsExactly(BOB);
        PROVIDER.patch(group, "{\"op\": \"add\", \"value\": {\"members\": [{\"value\": \"%s\"}]}}".formatted(EVE))
                .expect(200);
        assertThat(members(group)).containsExactly(BOB, EVE);
        PROVIDER.patch(
                        group,
                        "{\"op\": \"Remove\", \"path\": \"members\", \"value\": [{\"value\": \"%s\"}]}".formatted(BOB))
                .expect(200);
        assertThat(members(group)).containsExactly(EVE);
        PROVIDER.patch(
                        group,
                        "{\"op\": \"replace\", \"path\": \"members\", \"value\": [{\"value\": \"%s\"}]}".formatted(ADA))
                .expect(200);
        assertThat(members(group)).containsExactly(ADA);
        PROVIDER.patch(group, "{\"op\": \"replace\", \"value\": {\"members\": [{\"value\": \"%s\"}]}}".formatted(BOB))
                .expect(200);
        assertThat(members(group)).containsExactly(BOB);
        PROVIDER.patch(group, """
                        {"op": "add", "path": "members", "value": [{"value": "%s"}]},
                        {"op": "remove", "path": "members[value eq \\"%s\\"]"},
                        {"op": "replace", "path": "displayName", "value": "Gone and come"}""".formatted(ADA, ADA)).expect(200);
        assertThat(members(group)).containsExactly(BOB);
        assertThat(PROVIDER.get(group).json().get("displayName").asString()).isEqualTo("Gone and come");
        error(PROVIDER.patch(group, """
                        {"op": "remove", "path": "members"},
                        {"op": "add", "path": "members", "value": [{"value": "p0"}]}"""), 400, "invalidValue");
        assertThat(members(group)).as("nothing of a patch that fails").containsExactly(BOB);
        PROVIDER.patch(group, "{\"op\": \"remove\", \"path\": \"members\"}").expect(200);
        assertThat(members(group)).isEmpty();
    }

    private static List<String> members(String group) {
        return PROVIDER.get(group).expect(200).json().get("members").findValuesAsString("value");
    }

    @Test
    void replacingKeepsTheIdAndOutsidersInTheTeam() {
        var group = PROVIDER.group("Before");
        var contact = DIRECTORY.add(Person.contact("Carl", null, "Acme")).orElseThrow();
        DIRECTORY.join(contact, group);
        DIRECTORY.join(ADA, group);
        var replaced = PROVIDER.send(
                        "PUT",
                        "/Groups/" + group,
                        "{\"displayName\": \"After\", \"members\": [{\"value\": \"%s\"}]}".formatted(BOB))
                .expect(200)
                .json();
        assertThat(replaced.get("id").asString()).isEqualTo("before");
        assertThat(members("/Groups/" + group)).containsExactly(BOB);
        assertThat(DIRECTORY.teamsOf(contact)).containsExactly("before");
        PROVIDER.send("PUT", "/Groups/" + group, "{\"displayName\": \"After all\"}")
                .expect(200);
        assertThat(members("/Groups/" + group)).as("a document without members").containsExactly(BOB);
    }

    @Test
    void findsGroupsAndWhetherSomebodyIsInOne() {
        var group = PROVIDER.group("Findable");
        DIRECTORY.join(ADA, group);
        DIRECTORY.putTeam("some-system", "Some system", Team.Kind.SYSTEM);
        assertThat(ids("displayName eq \"FINDABLE\"")).containsExactly("findable");
        assertThat(ids("id eq \"findable\" and members eq \"" + ADA + "\"")).containsExactly("findable");
        assertThat(ids("id eq \"findable\" and members.value eq \"" + BOB + "\""))
                .isEmpty();
        assertThat(ids("displayName eq \"Some system\"")).isEmpty();
        error(PROVIDER.get("/Groups/some-system"), 404, "");
        var bare = PROVIDER.get("/Groups/findable?excludedAttributes=members").json();
        assertThat(bare.has("members")).isFalse();
    }

    private static List<String> ids(String filter) {
        return PROVIDER.get("/Groups?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8))
                .expect(200)
                .json()
                .get("Resources")
                .findValuesAsString("id");
    }

    @Test
    void aTeamIsRemovedUnlessWorkWaitsForIt() {
        var group = PROVIDER.group("Short lived");
        SERVER.sql().sql("""
                        insert into task (case_id, step, process_id, node, opened_at, team)
                        values (1, 2, 1, 1, now(), 'short-lived')""").update();
        error(PROVIDER.delete("/Groups/" + group), 409, "");
        SERVER.sql().sql("delete from task").update();
        PROVIDER.delete("/Groups/" + group).expect(204);
        error(PROVIDER.get("/Groups/" + group), 404, "");
        error(PROVIDER.delete("/Groups/" + group), 404, "");
    }
}
