package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.web.TestClient;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Cases over HTTP: what only the owner decides, how one owner follows another, and whose time it all was. */
class OwnershipTest {

    private static final Company COMPANY = new Company();
    private static final TestClient ADA = COMPANY.adaClient;
    private static final TestClient BOB = COMPANY.bobClient;
    private static final Map<String, ?> NOTHING = Map.of();
    private static final Map<String, ?> LATER = Map.of("until", "2026-12-24T00:00:00Z", "reason", "strike");

    static {
        COMPANY.deploy(Company.salesTask());
    }

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private static String start() {
        return COMPANY.start("sales-task", NOTHING);
    }

    private static String at(String key, String verb) {
        return "/api/cases/" + key + "/" + verb;
    }

    @Test
    void theOwnerAloneChangesTheDueDate() {
        var key = start();
        var due = Map.of("due", "2026-12-01T12:00:00Z", "reason", "the customer waits");
        BOB.put(at(key, "due"), due).expectProblem(409, "NotTheOwner");

        var changed = ADA.put(at(key, "due"), due).expect(200).json();

        assertThat(changed.get("dueAt").asString()).isEqualTo("2026-12-01T12:00:00Z");
        assertThat(changed.get("overdue").asBoolean()).isFalse();
        assertThat(changed.get("mayDecide").asBoolean()).isTrue();
        assertThat(BOB.get("/api/cases/" + key).json().get("mayDecide").asBoolean())
                .isFalse();
        var listed =
                ADA.get("/api/cases?q=" + key).expect(200).json().get("items").get(0);
        assertThat(listed.get("dueAt").asString()).isEqualTo("2026-12-01T12:00:00Z");
        ADA.put(at(key, "due"), Map.of("due", "2026-12-01T12:00:00Z")).expectProblem(422, "InvalidInput");
        ADA.put(at(key, "due"), Map.of("due", "1960-12-01T12:00:00Z", "reason", "r"))
                .expectProblem(422, "InvalidInput");
        assertThat(ADA.put(at(key, "due"), Map.of("reason", "no hurry"))
                        .expect(200)
                        .json()
                        .get("dueAt")
                        .isNull())
                .isTrue();
    }

    @Test
    void aPausedCaseIsSomebodysTimeUntilItGoesOn() {
        var key = start();
        BOB.post(at(key, "pause"), LATER).expectProblem(409, "NotTheOwner");
        ADA.post(at(key, "pause"), Map.of("reason", "r")).expectProblem(422, "InvalidInput");
        ADA.post(at(key, "pause"), Map.of("until", "2020-01-01T00:00:00Z", "reason", "r"))
                .expectProblem(409, "InThePast");

        var paused = ADA.post(
                        at(key, "pause"),
                        Map.of("until", "2026-12-24T00:00:00Z", "reason", "strike", "charged", COMPANY.bob))
                .expect(200)
                .json();

        assertThat(paused.at("/pause/charged/name").asString()).isEqualTo("Bob");
        assertThat(paused.at("/pause/until").asString()).isEqualTo("2026-12-24T00:00:00Z");
        assertThat(ADA.get("/api/cases?q=" + key)
                        .json()
                        .get("items")
                        .get(0)
                        .get("paused")
                        .asBoolean())
                .isTrue();
        ADA.post(at(key, "pause"), LATER).expectProblem(409, "AlreadyPaused");
        BOB.delete(at(key, "pause")).expectProblem(409, "NotTheOwner");
        assertThat(ADA.delete(at(key, "pause")).expect(200).json().get("pause").isNull())
                .isTrue();
        ADA.delete(at(key, "pause")).expectProblem(409, "NotPaused");
    }

    @Test
    void ownershipIsHandedOverOnlyToWhoAcceptsIt() {
        var key = start();
        var offer = Map.of("person", COMPANY.bob, "reason", "I am leaving");
        BOB.post(at(key, "owner"), offer).expectProblem(409, "NotTheOwner");
        ADA.post(at(key, "owner"), Map.of("person", "p999999", "reason", "r")).expectProblem(409, "NobodyToAsk");
        BOB.post(at(key, "owner/acceptance"), NOTHING).expectProblem(409, "NotAsked");

        var offered = ADA.post(at(key, "owner"), offer).expect(200).json();
        assertThat(offered.at("/heir/name").asString()).isEqualTo("Bob");
        assertThat(offered.at("/owner/name").asString()).isEqualTo("Ada");
        BOB.post(at(key, "owner/refusal"), NOTHING).expectProblem(422, "InvalidInput");
        var refused = BOB.post(at(key, "owner/refusal"), Map.of("reason", "no time"))
                .expect(200)
                .json();
        assertThat(refused.get("heir").isNull()).isTrue();

        ADA.post(at(key, "owner"), offer).expect(200);
        COMPANY.stranger.post(at(key, "owner/acceptance"), NOTHING).expectProblem(409, "NotAsked");
        var accepted =
                BOB.post(at(key, "owner/acceptance"), NOTHING).expect(200).json();
        assertThat(accepted.at("/owner/name").asString()).isEqualTo("Bob");
        assertThat(accepted.get("heir").isNull()).isTrue();
        ADA.put(at(key, "due"), Map.of("reason", "r")).expectProblem(409, "NotTheOwner");
    }

    @Test
    void whatIsOverIsNotDecidedAnyMore() {
        var key = start();
        ADA.post("/api/tasks/" + COMPANY.task(key) + "/completion", NOTHING).expect(204);
        ADA.put(at(key, "due"), Map.of("reason", "r")).expectProblem(409, "CaseNotOpen");
        ADA.post(at(key, "pause"), LATER).expectProblem(409, "CaseNotOpen");
        ADA.delete(at(key, "pause")).expectProblem(409, "CaseNotOpen");
        ADA.post(at(key, "owner"), Map.of("person", COMPANY.bob, "reason", "r")).expectProblem(409, "CaseNotOpen");
        ADA.post(at("SAL-1", "pause"), LATER).expectProblem(404, "NoSuchCase");
        ADA.get(at("SAL-1", "ledger")).expectProblem(404, "NoSuchCase");
        ADA.get(at("SAL-1", "incidents")).expectProblem(404, "NoSuchCase");
    }

    @Test
    void theLedgerChargesAllTimeToSomebodyAndAddsUp() {
        var key = start();
        var id = COMPANY.task(key);
        pass(Duration.ofHours(1));
        BOB.post("/api/tasks/" + id + "/claim", NOTHING).expect(200);
        pass(Duration.ofMinutes(90).plusNanos(1_000));
        ADA.post(at(key, "pause"), LATER).expect(200);
        pass(Duration.ofMinutes(30));

        var answer = ADA.get(at(key, "ledger")).expect(200);

        var ledger = answer.json();
        assertThat(answer.body()).contains("{\"seconds\":10800.000001,\"duration\":\"PT3H0.000001S\"}");
        assertThat(lines(ledger)).isEqualTo("""
                Ada Sales 3600.0 PT1H 33.33
                Bob Sales 5400.000001 PT1H30M0.000001S 50.0
                Ada - 1800.0 PT30M 16.67
                """);
        assertThat(sum(ledger, "/elapsed/seconds")).isEqualByComparingTo("10800.000001");
        assertThat(sum(ledger, "/share")).isEqualByComparingTo("100");

        ADA.delete(at(key, "pause")).expect(200);
        BOB.post("/api/tasks/" + id + "/completion", NOTHING).expect(204);
        pass(Duration.ofHours(5));
        assertThat(ADA.get(at(key, "ledger")).json().at("/elapsed/duration").asString())
                .as("what is over costs nobody anything any more")
                .isEqualTo("PT3H0.000001S");
    }

    private static void pass(Duration time) {
        COMPANY.server.clock().advance(time);
    }

    private static String lines(JsonNode ledger) {
        var lines = new StringBuilder();
        for (var charge : ledger.get("charges")) {
            lines.append(charge.at("/holder/name").asString())
                    .append(' ')
                    .append(
                            charge.get("party").isNull()
                                    ? "-"
                                    : charge.at("/party/name").asString())
                    .append(' ')
                    .append(charge.at("/elapsed/seconds").asString())
                    .append(' ')
                    .append(charge.at("/elapsed/duration").asString())
                    .append(' ')
                    .append(charge.get("share").asString())
                    .append('\n');
        }
        return lines.toString();
    }

    private static BigDecimal sum(JsonNode ledger, String path) {
        var sum = BigDecimal.ZERO;
        for (var charge : ledger.get("charges")) {
            sum = sum.add(new BigDecimal(charge.at(path).asString()));
        }
        return sum;
    }
}
