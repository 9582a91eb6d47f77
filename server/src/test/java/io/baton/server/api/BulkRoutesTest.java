package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a preview says is what happens, task by task; what is done stands in the list of what one has finished. */
class BulkRoutesTest {

    private static final Company COMPANY = new Company();

    static {
        COMPANY.deploy(Company.salesTask());
    }

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private static List<String> tasks(int count) {
        var ids = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            ids.add(COMPANY.task(COMPANY.start("sales-task", Map.of("number", i))));
        }
        return ids;
    }

    private static JsonNode bulk(String act, boolean preview, List<String> tasks, Map<String, Object> more) {
        var body = new java.util.HashMap<String, Object>(more);
        body.putAll(Map.of("act", act, "preview", preview, "tasks", tasks));
        return COMPANY.adaClient.post("/api/tasks/bulk", body).expect(200).json();
    }

    @Test
    void aPreviewChangesNothingAndSaysWhatThenHappens() {
        var ids = tasks(3);
        COMPANY.bobClient.post("/api/tasks/" + ids.get(1) + "/claim", Map.of()).expect(200);
        var all = new ArrayList<>(ids);
        all.add("999999.1");

        var preview = bulk("complete", true, all, Map.of("variables", Map.of("result", "sold")));

        assertThat(preview.get("done").asInt()).isEqualTo(2);
        assertThat(preview.get("items").get(0).get("ends").asBoolean()).isTrue();
        assertThat(preview.get("items").get(1).get("code").asString()).isEqualTo("NotTheHolder");
        assertThat(preview.get("items").get(3).get("code").asString()).isEqualTo("NoSuchTask");
        for (var id : ids) {
            COMPANY.adaClient.get("/api/tasks/" + id).expect(200);
        }

        var done = bulk("complete", false, all, Map.of("variables", Map.of("result", "sold")));

        assertThat(done.get("items").valueStream().map(item -> item.get("done").asBoolean()))
                .containsExactlyElementsOf(preview.get("items")
                        .valueStream()
                        .map(item -> item.get("done").asBoolean())
                        .toList());
        COMPANY.adaClient.get("/api/tasks/" + ids.get(0)).expect(404);
        COMPANY.adaClient.get("/api/tasks/" + ids.get(1)).expect(200);
        var finished =
                COMPANY.adaClient.get("/api/tasks/done").expect(200).json().get("items");
        assertThat(finished.valueStream().map(item -> item.get("id").asString()))
                .contains(ids.get(0), ids.get(2))
                .doesNotContain(ids.get(1));
        assertThat(finished.get(0).get("variables").get("result").asString()).isEqualTo("sold");
        assertThat(finished.get(0).get("caseState").asString()).isEqualTo("completed");
    }

    @Test
    void whatOnePassesOnOneWaitsForUntilItIsDone() {
        var ids = tasks(2);
        bulk("claim", false, ids, Map.of());
        assertThat(waiting(COMPANY.adaClient)).doesNotContainAnyElementsOf(ids);

        var offered = bulk("offer", false, ids, Map.of("person", COMPANY.bob, "reason", "yours"));

        assertThat(offered.get("done").asInt()).isEqualTo(2);
        assertThat(waiting(COMPANY.adaClient)).as("asked").containsAll(ids);
        assertThat(waiting(COMPANY.bobClient)).doesNotContainAnyElementsOf(ids);
        COMPANY.bobClient.post("/api/tasks/" + ids.get(0) + "/claim", Map.of()).expect(200);
        COMPANY.bobClient
                .post("/api/tasks/" + ids.get(1) + "/decline", Map.of("reason", "no"))
                .expect(200);
        assertThat(waiting(COMPANY.adaClient)).doesNotContain(ids.get(1));
    }

    @Test
    void whatWasDoneToManyIsTakenBackFromManyWhereNobodyHasActed() {
        var ids = tasks(2);
        bulk("claim", false, ids, Map.of());
        bulk("offer", false, ids, Map.of("person", COMPANY.bob, "reason", "yours"));
        COMPANY.bobClient.post("/api/tasks/" + ids.get(0) + "/claim", Map.of()).expect(200);

        var withdrawn = bulk("withdraw", false, ids, Map.of());

        assertThat(withdrawn
                        .get("items")
                        .valueStream()
                        .map(item -> item.get("done").asBoolean()))
                .containsExactly(false, true);
        assertThat(withdrawn.at("/items/0/code").asString()).isEqualTo("NoOffer");
        assertThat(bulk("release", false, List.of(ids.get(1)), Map.of())
                        .get("done")
                        .asInt())
                .isEqualTo(1);
    }

    private static List<String> waiting(io.baton.server.web.TestClient client) {
        return client.get("/api/tasks?view=waiting&limit=200")
                .expect(200)
                .json()
                .get("items")
                .valueStream()
                .map(item -> item.get("id").asString())
                .toList();
    }

    @Test
    void whatIsNotInOnesQueueIsRefusedForItAlone() {
        var ids = tasks(1);
        var body = Map.of("act", "claim", "tasks", ids, "preview", false);
        var item = COMPANY.stranger
                .post("/api/tasks/bulk", body)
                .expect(200)
                .json()
                .get("items")
                .get(0);
        assertThat(item.get("code").asString()).isEqualTo("NotInTheTeam");
    }

    @Test
    void moreThanTheLimitOrTheSameTwiceIsWrong() {
        for (var wrong : List.of(List.of(), List.of("1.1", "1.1"), Collections.nCopies(201, "1.1"))) {
            COMPANY.adaClient
                    .post("/api/tasks/bulk", Map.of("act", "claim", "tasks", wrong))
                    .expect(422);
        }
        COMPANY.adaClient
                .post("/api/tasks/bulk", Map.of("act", "decline", "tasks", List.of("1.1")))
                .expect(422);
    }
}
