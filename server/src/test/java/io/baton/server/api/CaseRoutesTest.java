package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.TestProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases over HTTP: starting, finding, reading, changing them, and what callers get wrong. */
class CaseRoutesTest {

    private static final Company COMPANY = new Company();

    static {
        COMPANY.deploy(TestProcess.twoTasks());
        COMPANY.deploy(Company.salesTask());
    }

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    @Test
    void startsACaseAndShowsItEverywhereAtOnce() {
        var key = COMPANY.start("two-tasks", Map.of("amount", 12.5));

        var detail = COMPANY.read(key);
        assertThat(key).startsWith("TWO-");
        assertThat(detail.get("state").asString()).isEqualTo("open");
        assertThat(detail.get("owner").get("id").asString()).isEqualTo(COMPANY.ada);
        assertThat(detail.get("variables").get("amount").asDouble()).isEqualTo(12.5);
        assertThat(detail.get("tokens").toString()).isEqualTo("[{\"node\":\"first\",\"count\":1}]");
        assertThat(detail.get("tasks").get(0).get("node").asString()).isEqualTo("first");
        assertThat(keys("/api/cases?process=two-tasks&state=open")).contains(key);
        assertThat(keys("/api/cases?q=" + key)).containsExactly(key);
    }

    @Test
    void pagesThroughACursorWithoutGapOrRepetition() {
        var started = new ArrayList<String>();
        for (int i = 0; i < 7; i++) {
            started.add(COMPANY.start("sales-task", Map.of()));
        }
        for (var list :
                List.of("/api/cases?process=sales-task&limit=3", "/api/cases?process=sales-task&state=open&limit=3")) {
            var seen = new ArrayList<String>();
            var page = COMPANY.adaClient.get(list).expect(200).json();
            while (true) {
                page.get("items").forEach(item -> seen.add(item.get("key").asString()));
                assertThat(page.get("items").size()).isLessThanOrEqualTo(3);
                if (page.path("next").isNull() || page.path("next").isMissingNode()) {
                    break;
                }
                page = COMPANY.adaClient
                        .get(list + "&cursor=" + page.get("next").asString())
                        .expect(200)
                        .json();
            }
            assertThat(seen).doesNotHaveDuplicates().containsAll(started);
            assertThat(seen.subList(0, 7)).isEqualTo(started.reversed());
        }
    }

    @Test
    void filtersByOwnerPartyAndState() {
        var sales = COMPANY.start("sales-task", Map.of());
        var cancelled = COMPANY.start("two-tasks", Map.of());
        COMPANY.adaClient
                .post("/api/cases/" + cancelled + "/cancellation", Map.of("reason", "not needed"))
                .expect(200);

        assertThat(keys("/api/cases?party=sales")).contains(sales).doesNotContain(cancelled);
        assertThat(keys("/api/cases?state=cancelled")).contains(cancelled).doesNotContain(sales);
        assertThat(keys("/api/cases?state=completed")).doesNotContain(cancelled, sales);
        assertThat(keys("/api/cases?owner=nobody")).isEmpty();
        assertThat(keys("/api/cases?q=%25")).as("a percent sign is no wildcard").isEmpty();
        COMPANY.adaClient.get("/api/cases?state=lost").expectProblem(422, "InvalidInput");
        COMPANY.adaClient.get("/api/cases?limit=0").expectProblem(422, "InvalidInput");
        COMPANY.adaClient.get("/api/cases?cursor=nonsense").expectProblem(422, "InvalidInput");
    }

    @Test
    void tellsTheStoryOfACase() {
        var key = COMPANY.start("two-tasks", Map.of());
        COMPANY.adaClient
                .post("/api/tasks/" + COMPANY.task(key) + "/completion", Map.of("variables", Map.of("fine", true)))
                .expect(204);

        var journal = COMPANY.adaClient
                .get("/api/cases/" + key + "/journal?limit=1")
                .expect(200)
                .json();
        var rest = COMPANY.adaClient
                .get("/api/cases/" + key + "/journal?after=1")
                .expect(200)
                .json();
        assertThat(journal.get("items").get(0).get("command").asString()).isEqualTo("StartCase");
        assertThat(journal.get("next").asInt()).isEqualTo(1);
        assertThat(rest.get("items").get(0).get("seq").asInt()).isEqualTo(2);
        assertThat(rest.get("items").get(0).get("actor").get("name").asString()).isEqualTo("Ada");
        assertThat(rest.path("next").isNull() || rest.path("next").isMissingNode())
                .isTrue();

        var steps = COMPANY.adaClient
                .get("/api/cases/" + key + "/steps")
                .expect(200)
                .json()
                .get("items");
        assertThat(steps.toString()).contains("\"passed\"", "\"completed\"", "\"open\"");

        var scopes = COMPANY.adaClient
                .get("/api/cases/" + key + "/variables")
                .expect(200)
                .json()
                .get("scopes");
        assertThat(scopes.get(0).get("variables").get("fine").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"after=-1", "after=2147483647", "after=x", "limit=0", "limit=501", "limit=-5"})
    void refusesOddPagesOfTheJournal(String query) {
        var key = COMPANY.start("two-tasks", Map.of());

        COMPANY.adaClient.get("/api/cases/" + key + "/journal?" + query).expectProblem(422, "InvalidInput");
    }

    @Test
    void setsVariablesOfACase() {
        var key = COMPANY.start("two-tasks", Map.of("a", 1));

        var scopes = COMPANY.adaClient
                .patch("/api/cases/" + key + "/variables", Map.of("variables", Map.of("a", 2, "b", List.of(1, "x"))))
                .expect(200)
                .json()
                .get("scopes");

        assertThat(scopes.get(0).get("variables").toString()).isEqualTo("{\"a\":2,\"b\":[1,\"x\"]}");
        COMPANY.adaClient
                .patch("/api/cases/" + key + "/variables", Map.of("step", 4711, "variables", Map.of("a", 2)))
                .expectProblem(404, "NoSuchStep");
    }

    @Test
    void aCaseThatHasEndedIsReadAndRefusesCommands() {
        var key = COMPANY.start("two-tasks", Map.of("kept", "here"));
        COMPANY.adaClient
                .post("/api/cases/" + key + "/cancellation", Map.of("reason", "enough"))
                .expect(200);

        var detail = COMPANY.read(key);
        assertThat(detail.get("state").asString()).isEqualTo("cancelled");
        assertThat(detail.get("variables").get("kept").asString()).isEqualTo("here");
        assertThat(detail.get("tasks").size()).isZero();
        COMPANY.adaClient
                .post("/api/cases/" + key + "/cancellation", Map.of("reason", "again"))
                .expectProblem(409, "CaseNotOpen");
        COMPANY.adaClient
                .patch("/api/cases/" + key + "/variables", Map.of("variables", Map.of("a", 2)))
                .expectProblem(409, "CaseNotOpen");
    }

    @Test
    void startsOneCaseForOneIdempotencyKey() {
        var key = UUID.randomUUID().toString();
        var client = COMPANY.server.signedIn(COMPANY.ada).with("Idempotency-Key", key);
        var body = Map.of("process", "two-tasks", "variables", Map.of("once", true));

        var first = client.post("/api/cases", body).expect(201).json();
        var again = client.post("/api/cases", body).expect(201).json();

        assertThat(again).isEqualTo(first);
        client.post("/api/cases", Map.of("process", "sales-task")).expectProblem(422, "IdempotencyKeyReused");
        COMPANY.server
                .signedIn(COMPANY.bob)
                .with("Idempotency-Key", key)
                .post("/api/cases", body)
                .expect(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/cases/TWO-999999999",
                "/api/cases/ABC-1000",
                "/api/cases/nonsense",
                "/api/cases/TWO-99999999999999999999",
                "/api/cases/TWO--1",
                "/api/cases/TWO-999999999/journal",
                "/api/cases/TWO-999999999/steps",
                "/api/cases/TWO-999999999/variables"
            })
    void unknownKeysAreNotFound(String path) {
        COMPANY.adaClient.get(path).expectProblem(404, "NoSuchCase");
    }

    @Test
    void aNumberUnderAnotherPrefixIsAnotherKey() {
        var key = COMPANY.start("two-tasks", Map.of());

        COMPANY.adaClient.get("/api/cases/" + key.replace("TWO", "SAL")).expectProblem(404, "NoSuchCase");
        COMPANY.adaClient
                .post("/api/cases/" + key + "/incidents/77/resolution", Map.of())
                .expectProblem(404, "NoSuchIncident");
        COMPANY.adaClient
                .post("/api/cases/" + key + "/incidents/x/resolution", Map.of())
                .expectProblem(404, "NoSuchIncident");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"process\":\"two-tasks\",\"variables\":{\"n\":1E999999999}}",
                "{\"process\":\"two-tasks\",\"variables\":{\"n\":-1E-999999999}}",
                "{\"process\":\"two-tasks\",\"variables\":{\"\":1}}",
                "{\"process\":\"two-tasks\",\"variables\":{\"text\":\"\\u0000\"}}",
                "{\"process\":\"two-tasks\",\"variables\":[1]}",
                "{\"process\":\"two-tasks\",\"variables\":\"text\"}",
                "{\"process\":7.5,\"surprise\":1}",
                "{\"variables\":{}}",
                "{\"process\":\"\"}"
            })
    void refusesWhatNoVariableCanHold(String body) {
        var problem = post(body).expectProblem(422, "InvalidInput");

        assertThat(problem.json().get("errors").size()).isEqualTo(1);
    }

    @Test
    void refusesValuesThatNestTooDeeply() {
        var deep = "[".repeat(100) + "]".repeat(100);
        post("{\"process\":\"two-tasks\",\"variables\":{\"deep\":" + deep + "}}")
                .expectProblem(422, "InvalidInput");

        var deeper = "[".repeat(100_000) + "]".repeat(100_000);
        post("{\"process\":\"two-tasks\",\"variables\":{\"deep\":" + deeper + "}}")
                .expectProblem(400, "MalformedBody");
        var _ = COMPANY.start("two-tasks", Map.of());
    }

    @Test
    void refusesBodiesThatAreNoJsonOrTooLarge() {
        post("{\"process\":").expectProblem(400, "MalformedBody");
        post("").expectProblem(400, "MalformedBody");
        post("{\"process\":\"two-tasks\",\"variables\":{\"x\":\"" + "x".repeat(2 << 20) + "\"}}")
                .expectProblem(413, "TooLarge");
        post("{\"process\":\"nowhere\"}").expectProblem(404, "NoSuchProcess");
    }

    @Test
    void amountsKeepEveryDigit() {
        var answer = post("{\"process\":\"two-tasks\",\"variables\":{\"n\":12345678901234567.89, \"m\":0.10}}")
                .expect(201);

        var body = COMPANY.adaClient
                .get("/api/cases/" + answer.json().get("key").asString() + "/variables")
                .body();
        assertThat(body).contains("12345678901234567.89").contains("0.1");
    }

    @Test
    void textOfAnyLanguageComesBackAsItWas() {
        var text = "Zoë 😀 \u202e \ud83d żółć \" \\ </script>";
        var key = COMPANY.start("two-tasks", Map.of("text", text, "name \u00e9", 1));

        var variables = COMPANY.read(key).get("variables");
        assertThat(variables.get("text").asString().replace('?', '\ud83d')).isEqualTo(text);
        assertThat(variables.get("name \u00e9").asInt()).isEqualTo(1);
    }

    private static io.baton.server.web.TestClient.Response post(String body) {
        return COMPANY.adaClient.send(
                "POST", "/api/cases", "application/json", body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static List<String> keys(String path) {
        var keys = new ArrayList<String>();
        COMPANY.adaClient
                .get(path)
                .expect(200)
                .json()
                .get("items")
                .forEach(item -> keys.add(item.get("key").asString()));
        return keys;
    }
}
