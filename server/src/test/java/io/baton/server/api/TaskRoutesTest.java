package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.TestProcess;
import io.baton.server.web.TestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tasks over HTTP: two people at one task, and everything that is not allowed. */
class TaskRoutesTest {

    private static final Company COMPANY = new Company();
    private static final Map<String, ?> NOTHING = Map.of();

    static {
        COMPANY.deploy(Company.salesTask());
        COMPANY.deploy(TestProcess.twoTasks());
        COMPANY.deploy(TestProcess.of("runaway", "RUN")
                .then("startEvent", "start")
                .then("userTask", "before")
                .then(
                        "<bpmn:scriptTask id=\"endless\"><bpmn:script>sum(for i in 1..10000000, j in 1..10000000 return i * j)"
                                + "</bpmn:script></bpmn:scriptTask>")
                .then("endEvent", "end"));
    }

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    @Test
    void aTaskSaysEverywhereWhatTheCallerMayDo() {
        var key = COMPANY.start("sales-task", NOTHING);
        var id = COMPANY.task(key);
        assertThat(may(COMPANY.adaClient, key, id)).isEqualTo("claim complete");
        assertThat(may(COMPANY.chief, key, id)).isEqualTo("claim complete");
        assertThat(may(COMPANY.stranger, key, id)).isEmpty();
        COMPANY.stranger.post("/api/tasks/" + id + "/claim", NOTHING).expectProblem(403, "NotInTheTeam");

        COMPANY.adaClient.post("/api/tasks/" + id + "/claim", NOTHING).expect(200);
        assertThat(may(COMPANY.adaClient, key, id)).isEqualTo("complete release");
        assertThat(may(COMPANY.bobClient, key, id)).isEmpty();
        assertThat(may(COMPANY.chief, key, id)).isEmpty();
    }

    /** As the case, the list of its tasks and the task itself say. */
    private static String may(TestClient client, String key, String id) {
        var asTheCase = may(client.get("/api/cases/" + key).expect(200).json().at("/tasks/0"));
        assertThat(may(client.get("/api/tasks?case=" + key).expect(200).json().at("/items/0")))
                .isEqualTo(asTheCase);
        assertThat(may(client.get("/api/tasks/" + id).expect(200).json())).isEqualTo(asTheCase);
        return asTheCase;
    }

    private static String may(JsonNode task) {
        return Stream.of("Claim", "Complete", "Release")
                .filter(act -> task.get("may" + act).asBoolean())
                .map(act -> act.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }

    @Test
    void aTaskGoesFromTheTeamsQueueToTheOneWhoClaimedIt() {
        var id = COMPANY.task(COMPANY.start("sales-task", NOTHING));
        assertThat(ids(COMPANY.adaClient, "team")).contains(id);
        assertThat(ids(COMPANY.bobClient, "team")).contains(id);
        assertThat(ids(COMPANY.stranger, "team")).doesNotContain(id);

        var claimed = COMPANY.adaClient
                .post("/api/tasks/" + id + "/claim", NOTHING)
                .expect(200)
                .json();

        assertThat(claimed.get("claimed").asBoolean()).isTrue();
        assertThat(claimed.get("mayComplete").asBoolean()).isTrue();
        assertThat(claimed.get("holder").get("id").asString()).isEqualTo(COMPANY.ada);
        assertThat(ids(COMPANY.adaClient, "mine")).contains(id);
        assertThat(ids(COMPANY.bobClient, "team")).doesNotContain(id);
        COMPANY.bobClient.post("/api/tasks/" + id + "/claim", NOTHING).expectProblem(409, "AlreadyClaimed");
        COMPANY.bobClient.post("/api/tasks/" + id + "/completion", NOTHING).expectProblem(409, "NotTheHolder");
        COMPANY.bobClient.delete("/api/tasks/" + id + "/claim").expectProblem(409, "NotTheHolder");

        COMPANY.adaClient.delete("/api/tasks/" + id + "/claim").expect(200);
        assertThat(ids(COMPANY.bobClient, "team")).contains(id);
        COMPANY.adaClient.delete("/api/tasks/" + id + "/claim").expectProblem(409, "NotClaimed");
    }

    @Test
    void whoIsNotInTheTeamMayNeitherClaimNorComplete() {
        var id = COMPANY.task(COMPANY.start("sales-task", NOTHING));

        COMPANY.stranger.post("/api/tasks/" + id + "/claim", NOTHING).expectProblem(403, "NotInTheTeam");
        COMPANY.stranger.post("/api/tasks/" + id + "/completion", NOTHING).expectProblem(403, "NotInTheTeam");
        assertThat(COMPANY.stranger
                        .get("/api/tasks/" + id)
                        .expect(200)
                        .json()
                        .get("mayClaim")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void oneOfTwoWhoClaimAtOnceHasTheTask() {
        for (int round = 0; round < 10; round++) {
            var id = COMPANY.task(COMPANY.start("sales-task", NOTHING));

            var statuses = atOnce(
                    () -> COMPANY.adaClient
                            .post("/api/tasks/" + id + "/claim", NOTHING)
                            .status(),
                    () -> COMPANY.bobClient
                            .post("/api/tasks/" + id + "/claim", NOTHING)
                            .status());

            assertThat(statuses).containsExactlyInAnyOrder(200, 409);
        }
    }

    @Test
    void oneOfTwoWhoCompleteAtOnceHasDoneIt() {
        for (int round = 0; round < 10; round++) {
            var id = COMPANY.task(COMPANY.start("sales-task", NOTHING));

            var statuses = atOnce(
                    () -> COMPANY.adaClient
                            .post("/api/tasks/" + id + "/completion", NOTHING)
                            .status(),
                    () -> COMPANY.bobClient
                            .post("/api/tasks/" + id + "/completion", NOTHING)
                            .status());

            assertThat(statuses).containsExactlyInAnyOrder(204, 404);
        }
    }

    @Test
    void aRepeatedCompletionWithItsKeyIsAnsweredLikeTheFirst() {
        var key = COMPANY.start("two-tasks", NOTHING);
        var id = COMPANY.task(key);
        var client = COMPANY.server
                .signedIn(COMPANY.ada)
                .with("Idempotency-Key", UUID.randomUUID().toString());
        client.post("/api/tasks/" + id + "/completion", NOTHING).expect(204);

        client.post("/api/tasks/" + id + "/completion", NOTHING).expect(204);
        client.post("/api/tasks/" + id + "/completion", Map.of("variables", Map.of("other", 1)))
                .expectProblem(422, "IdempotencyKeyReused");
        COMPANY.adaClient.post("/api/tasks/" + id + "/completion", NOTHING).expectProblem(404, "NoSuchTask");

        assertThat(COMPANY.adaClient
                        .get("/api/cases/" + key + "/journal")
                        .json()
                        .get("items")
                        .size())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1",
                "999999999.2",
                "x",
                "1042",
                "1042.",
                "-1.2",
                "1.99999999999",
                "1.2.3",
                "99999999999999999999.1"
            })
    void unknownTasksAreNotFound(String id) {
        COMPANY.adaClient.get("/api/tasks/" + id).expectProblem(404, "NoSuchTask");
        COMPANY.adaClient.post("/api/tasks/" + id + "/claim", NOTHING).expectProblem(404, "NoSuchTask");
        COMPANY.adaClient.post("/api/tasks/" + id + "/completion", NOTHING).expectProblem(404, "NoSuchTask");
    }

    @Test
    void aStepThatIsNoTaskIsNotCompletedAsOne() {
        var id = COMPANY.task(COMPANY.start("sales-task", NOTHING));
        var caseNumber = id.substring(0, id.indexOf('.'));

        COMPANY.adaClient
                .post("/api/tasks/" + caseNumber + ".0/completion", NOTHING)
                .expectProblem(404, "NoSuchTask");
        COMPANY.adaClient
                .post("/api/tasks/" + caseNumber + ".1/completion", NOTHING)
                .expectProblem(404, "NoSuchTask");
    }

    @Test
    void pagesThroughAnInbox() {
        var started = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            started.add(COMPANY.task(COMPANY.start("sales-task", NOTHING)));
        }
        var seen = new ArrayList<String>();
        var page = COMPANY.adaClient
                .get("/api/tasks?view=team&limit=2")
                .expect(200)
                .json();
        while (true) {
            page.get("items").forEach(item -> seen.add(item.get("id").asString()));
            if (page.path("next").isNull() || page.path("next").isMissingNode()) {
                break;
            }
            page = COMPANY.adaClient
                    .get("/api/tasks?view=team&limit=2&cursor="
                            + page.get("next").asString())
                    .expect(200)
                    .json();
        }
        assertThat(seen).doesNotHaveDuplicates().containsAll(started);
        COMPANY.adaClient.get("/api/tasks?view=everything").expectProblem(422, "InvalidInput");
    }

    @Test
    void aRunawayExpressionIsAnIncidentWhileOtherCasesGoOn() {
        var runaway = COMPANY.start("runaway", NOTHING);
        var other = COMPANY.start("two-tasks", NOTHING);
        var statuses = atOnce(
                () -> COMPANY.adaClient
                        .post("/api/tasks/" + COMPANY.task(runaway) + "/completion", NOTHING)
                        .status(),
                () -> COMPANY.adaClient
                        .post("/api/tasks/" + COMPANY.task(other) + "/completion", NOTHING)
                        .status());

        assertThat(statuses).containsExactly(204, 204);
        var incident = COMPANY.read(runaway).get("incidents").get(0);
        assertThat(incident.get("node").asString()).isEqualTo("endless");
        assertThat(COMPANY.read(runaway).get("state").asString()).isEqualTo("open");
        assertThat(COMPANY.read(other).get("tasks").get(0).get("node").asString())
                .isEqualTo("second");
        var listed = COMPANY.adaClient
                .get("/api/cases?state=incident")
                .expect(200)
                .json()
                .get("items");
        assertThat(listed.findValuesAsString("key")).contains(runaway);
    }

    private static List<Integer> atOnce(Act one, Act other) {
        var barrier = new CyclicBarrier(2);
        var both = List.of(one, other).stream()
                .map(act -> CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                barrier.await();
                                return act.status();
                            } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        task -> Thread.ofVirtual().start(task)))
                .toList();
        return both.stream().map(CompletableFuture::join).toList();
    }

    private interface Act {
        int status();
    }

    private static List<String> ids(TestClient client, String view) {
        var ids = new ArrayList<String>();
        client.get("/api/tasks?view=" + view + "&limit=200")
                .expect(200)
                .json()
                .get("items")
                .forEach(item -> ids.add(item.get("id").asString()));
        return ids;
    }
}
