package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.TestProcess;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Jobs over HTTP: leases, long polls, failures and errors. Every test has a job type of its own. */
class JobRoutesTest {

    private static final Company COMPANY = new Company();
    private static final Map<String, ?> NOTHING = Map.of();

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private static String caseWithJob(String type) {
        COMPANY.deploy(TestProcess.of(type, "JOB")
                .then("startEvent", "start")
                .job("work", type)
                .then("userTask", "after")
                .element("<bpmn:boundaryEvent id=\"caught\" attachedToRef=\"work\"><bpmn:errorEventDefinition/>"
                        + "</bpmn:boundaryEvent>")
                .then("endEvent", "refused")
                .flow("after", "end", "")
                .element("<bpmn:endEvent id=\"end\"/>"));
        return COMPANY.start(type, Map.of("amount", 7));
    }

    @Test
    void aWorkerFetchesAJobAndCompletesIt() {
        var key = caseWithJob("complete");

        var job = fetch("complete", 0).get(0);
        assertThat(job.get("caseKey").asString()).isEqualTo(key);
        assertThat(job.get("variables").get("amount").asInt()).isEqualTo(7);
        assertThat(job.get("retries").asInt()).isEqualTo(3);
        act(job, "completion", Map.of("variables", Map.of("result", "ok")), 204);

        assertThat(COMPANY.read(key).get("variables").get("result").asString()).isEqualTo("ok");
        assertThat(COMPANY.read(key).get("tasks").get(0).get("node").asString()).isEqualTo("after");
        COMPANY.adaClient
                .post("/api/jobs/" + job.get("id").asString() + "/completion", NOTHING)
                .expectProblem(404, "NoSuchJob");
        assertThat(fetch("complete", 0)).isEmpty();
    }

    @Test
    void aLeasedJobIsNobodyElsesUntilTheLeaseIsOver() {
        var _ = caseWithJob("lease");
        assertThat(fetch("lease", 0)).hasSize(1);
        assertThat(fetch("lease", 0)).isEmpty();

        COMPANY.server.clock().advance(Duration.ofSeconds(59));
        assertThat(fetch("lease", 0)).isEmpty();
        COMPANY.server.clock().advance(Duration.ofSeconds(2));
        assertThat(fetch("lease", 0)).hasSize(1);
    }

    @Test
    void aJobIsLeasedToOneOfManyWorkers() {
        for (int i = 0; i < 10; i++) {
            var _ = caseWithJob("share");
        }
        var fetched = java.util.stream.IntStream.range(0, 8)
                .mapToObj(_ -> CompletableFuture.supplyAsync(
                        () -> fetch("share", 0), task -> Thread.ofVirtual().start(task)))
                .toList()
                .stream()
                .flatMap(each -> each.join().stream())
                .map(job -> job.get("id").asString())
                .toList();

        assertThat(fetched).doesNotHaveDuplicates().hasSize(10);
    }

    /** The wait is a minute; the job that opens meanwhile ends it. */
    @Test
    void aWaitingWorkerGetsAJobThatOpensLater() {
        var waiting = CompletableFuture.supplyAsync(
                () -> fetch("later", 60), task -> Thread.ofVirtual().start(task));
        var key = caseWithJob("later");

        assertThat(waiting.join().get(0).get("caseKey").asString()).isEqualTo(key);
    }

    @Test
    void aFailedJobComesBackUntilItIsAnIncidentThatSomebodyResolves() {
        var key = caseWithJob("fail");
        for (int left = 2; left >= 0; left--) {
            var job = fetch("fail", 0).get(0);
            assertThat(job.get("retries").asInt()).isEqualTo(left + 1);
            act(job, "failure", Map.of("message", "the other system is down"), 204);
        }
        assertThat(fetch("fail", 0)).isEmpty();
        var incident = COMPANY.read(key).get("incidents").get(0);
        assertThat(incident.get("message").asString()).isEqualTo("the other system is down");

        COMPANY.adaClient
                .post("/api/cases/" + key + "/incidents/" + incident.get("id").asString() + "/resolution", NOTHING)
                .expect(200);
        assertThat(COMPANY.read(key).get("incidents").size()).isZero();
        assertThat(fetch("fail", 0)).hasSize(1);
    }

    @Test
    void aFailedJobWaitsAsLongAsTheWorkerSays() {
        var _ = caseWithJob("pause");
        act(fetch("pause", 0).get(0), "failure", Map.of("message", "later", "retryInSeconds", 120), 204);

        assertThat(fetch("pause", 0)).isEmpty();
        COMPANY.server.clock().advance(Duration.ofSeconds(121));
        assertThat(fetch("pause", 0)).hasSize(1);
    }

    /** Somebody has mended the cause: he need not wait for what the worker asked for before. */
    @Test
    void aResolvedJobIsOfferedAtOnce() {
        var key = caseWithJob("mended");
        act(
                fetch("mended", 0).get(0),
                "failure",
                Map.of("message", "broken", "retries", 0, "retryInSeconds", 86_400),
                204);
        var incident = COMPANY.read(key).get("incidents").get(0).get("id").asString();
        COMPANY.adaClient
                .post("/api/cases/" + key + "/incidents/" + incident + "/resolution", NOTHING)
                .expect(200);

        assertThat(fetch("mended", 0)).hasSize(1);
    }

    @Test
    void aRepeatedFailureDoesNotTakeTheJobFromItsNextWorker() {
        var _ = caseWithJob("repeat");
        var job = fetch("repeat", 0).get(0);
        var client = COMPANY.server.signedIn(COMPANY.ada).with("Idempotency-Key", "repeat-1");
        var path = "/api/jobs/" + job.get("id").asString() + "/failure";
        client.post(path, Map.of("message", "no")).expect(204);
        assertThat(fetch("repeat", 0)).hasSize(1);

        client.post(path, Map.of("message", "no")).expect(204);

        assertThat(fetch("repeat", 0)).isEmpty();
    }

    @Test
    void anErrorGoesTheWayTheProcessCatchesIt() {
        var key = caseWithJob("error");
        act(fetch("error", 0).get(0), "error", Map.of("code", "OUT_OF_STOCK", "message", "none left"), 204);

        assertThat(COMPANY.read(key).get("state").asString()).isEqualTo("completed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"worker\":\"w\"}",
                "{\"types\":[],\"worker\":\"w\"}",
                "{\"types\":[\"x\"]}",
                "{\"types\":[\"x\"],\"worker\":\"\"}",
                "{\"types\":[\"x\"],\"worker\":\"w\",\"max\":0}",
                "{\"types\":[\"x\"],\"worker\":\"w\",\"max\":100000}",
                "{\"types\":[\"x\"],\"worker\":\"w\",\"leaseSeconds\":-1}",
                "{\"types\":[\"x\"],\"worker\":\"w\",\"waitSeconds\":3600}",
                "{\"types\":[null],\"worker\":\"w\"}",
                "{\"types\":[\"\\u0000\"],\"worker\":\"w\"}"
            })
    void refusesOddRequests(String body) {
        COMPANY.adaClient
                .send(
                        "POST",
                        "/api/jobs/activation",
                        "application/json",
                        body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .expectProblem(422, "InvalidInput");
    }

    private static void act(JsonNode job, String what, Map<String, ?> body, int status) {
        COMPANY.adaClient
                .post("/api/jobs/" + job.get("id").asString() + "/" + what, body)
                .expect(status);
    }

    private static List<JsonNode> fetch(String type, int waitSeconds) {
        var body = new LinkedHashMap<String, Object>();
        body.put("types", List.of(type));
        body.put("worker", "test");
        body.put("leaseSeconds", 60);
        body.put("waitSeconds", waitSeconds);
        var jobs = COMPANY.adaClient
                .post("/api/jobs/activation", body)
                .expect(200)
                .json()
                .get("jobs");
        return java.util.stream.StreamSupport.stream(jobs.spliterator(), false).toList();
    }
}
