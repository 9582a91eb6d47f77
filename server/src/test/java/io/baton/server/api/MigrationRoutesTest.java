package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.verify.Verify;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Running cases to another version: tried, done in portions, undone; the history before it can still be read. */
class MigrationRoutesTest {

    private static final Company COMPANY = new Company();

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private static TestProcess first(String key) {
        return TestProcess.of(key, "MIG")
                .then("startEvent", "start")
                .then(task("call", "Call back"))
                .then(task("file", "File it"))
                .then("endEvent", "end");
    }

    /** One step more in front, and another id for the last one. */
    private static TestProcess second(String key) {
        return TestProcess.of(key, "MIG")
                .then("startEvent", "start")
                .then(task("greet", "Greet"))
                .then(task("call", "Call back"))
                .then(task("archive", "File it"))
                .then("endEvent", "end");
    }

    private static String task(String id, String name) {
        return "<bpmn:userTask id=\"" + id + "\" name=\"" + name + "\">"
                + TestProcess.extension("<baton:task team=\"sales\"/>") + "</bpmn:userTask>";
    }

    private static JsonNode migrate(String key, int version, String query, Map<String, ?> body) {
        return COMPANY.chief
                .post("/api/processes/" + key + "/versions/" + version + "/migrations" + query, body)
                .expect(200)
                .json();
    }

    private static void complete(String caseKey) {
        var task = COMPANY.task(caseKey);
        COMPANY.adaClient.post("/api/tasks/" + task + "/claim", Map.of()).expect(200);
        COMPANY.adaClient
                .post("/api/tasks/" + task + "/completion", Map.of("variables", Map.of()))
                .expect(204);
    }

    private static void assertClean() {
        var node = COMPANY.server.bean(Node.class);
        assertThat(new Verify(node.jdbc(), node.transaction(), node.deployments())
                        .run(_ -> {})
                        .first())
                .isEmpty();
    }

    @Test
    void movesWhatCanBeMovedInPortionsAndSaysWhyTheRestStays() {
        COMPANY.deploy(first("moved"));
        var calling = COMPANY.start("moved", Map.of());
        var filing = COMPANY.start("moved", Map.of());
        complete(filing);
        var claimed = COMPANY.start("moved", Map.of());
        COMPANY.adaClient
                .post("/api/tasks/" + COMPANY.task(claimed) + "/claim", Map.of())
                .expect(200);
        COMPANY.deploy(second("moved"));

        var tried = migrate("moved", 1, "", Map.of("to", 2));
        assertThat(tried.at("/counts/POSSIBLE").asInt()).isEqualTo(2);
        assertThat(tried.at("/counts/HINDERED").asInt()).isEqualTo(1);
        var hindrance = tried.get("items").get(1).get("hindrances").get(0);
        assertThat(hindrance.get("element").asString()).isEqualTo("file");
        assertThat(hindrance.get("name").asString()).isEqualTo("File it");
        assertThat(hindrance.get("reason").asString()).isEqualTo("it is open and the other version does not have it");
        assertThat(hindrance.get("suggestion").asString()).isEqualTo("map it to another user task");
        assertThat(tried.get("next").isNull()).isTrue();

        var one = migrate("moved", 1, "?dryRun=false&limit=1", Map.of("to", 2));
        assertThat(one.at("/items/0/caseKey").asString()).isEqualTo(calling);
        assertThat(one.at("/items/0/outcome").asString()).isEqualTo("MIGRATED");
        assertThat(one.get("left").asInt()).isEqualTo(2);
        var rest = migrate(
                "moved",
                1,
                "?dryRun=false&cursor=" + one.get("next").asString(),
                Map.of("to", 2, "moves", Map.of("file", "archive")));
        assertThat(rest.at("/counts/MIGRATED").asInt()).isEqualTo(2);
        assertThat(migrate("moved", 1, "?dryRun=false", Map.of("to", 2)).get("items"))
                .isEmpty();

        assertThat(COMPANY.adaClient
                        .get("/api/tasks/" + COMPANY.task(claimed))
                        .json()
                        .at("/holder/id")
                        .asString())
                .isEqualTo(COMPANY.ada);
        assertThat(COMPANY.adaClient
                        .get("/api/cases/" + filing + "/journal")
                        .expect(200)
                        .body())
                .contains("Call back", "The case goes on in another version of its process");
        COMPANY.adaClient.get("/api/cases/" + filing + "/ledger").expect(200);
        assertClean();
        complete(filing);
        complete(calling);
        complete(calling);
        assertThat(COMPANY.read(filing).get("state").asString()).isEqualTo("completed");
        assertThat(COMPANY.read(calling).get("state").asString()).isEqualTo("completed");
        assertClean();
    }

    @Test
    void movesChosenCasesBack() {
        COMPANY.deploy(first("undone"));
        COMPANY.deploy(second("undone"));
        var one = COMPANY.start("undone", Map.of());
        complete(one);
        var other = COMPANY.start("undone", Map.of());
        complete(other);

        var back = migrate("undone", 2, "?dryRun=false", Map.of("to", 1, "cases", List.of(one)));
        assertThat(back.get("items")).hasSize(1);
        assertThat(back.at("/items/0/outcome").asString()).isEqualTo("MIGRATED");
        assertThat(migrate("undone", 2, "?dryRun=false", Map.of("to", 1, "cases", List.of(one)))
                        .at("/items/0/outcome")
                        .asString())
                .isEqualTo("GONE");
        migrate("undone", 1, "?dryRun=false", Map.of("to", 2, "cases", List.of(one)));
        complete(one);
        complete(one);
        assertThat(COMPANY.read(one).get("state").asString()).isEqualTo("completed");
        assertThat(COMPANY.read(other).get("state").asString()).isEqualTo("open");
        assertClean();
    }

    @Test
    void refusesWhatItCannotRead() {
        COMPANY.deploy(first("refused"));
        var path = "/api/processes/refused/versions/1/migrations";
        COMPANY.chief.post(path, Map.of()).expect(422);
        COMPANY.chief.post(path, Map.of("to", 1)).expect(422);
        COMPANY.chief.post(path, Map.of("to", 7)).expect(404);
        COMPANY.chief.post(path + "?limit=201", Map.of("to", 2)).expect(422);
        COMPANY.chief.post(path, Map.of("to", 2, "cases", List.of("nothing"))).expect(422);
        COMPANY.adaClient.post(path, Map.of("to", 2)).expect(403);
    }
}
