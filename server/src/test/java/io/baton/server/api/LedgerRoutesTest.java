package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.TestProcess;
import io.baton.server.web.TestClient;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the time of cases cost, by whom, and who may see it. */
class LedgerRoutesTest {

    private static final Company COMPANY = new Company();
    private static final Map<String, ?> NOTHING = Map.of();
    private static final String LEAD = COMPANY.server.addMember("Lea");
    private static final TestClient LEA = COMPANY.server.signedIn(LEAD);

    static {
        COMPANY.chief
                .put("/api/teams/sales", Map.of("name", "Sales", "kind", "team", "lead", LEAD, "costPerDay", 24))
                .expect(204);
        COMPANY.chief
                .patch("/api/people/" + COMPANY.bob, Map.of("ratePerHour", 60))
                .expect(200);
        COMPANY.deploy(priced("priced", "PRI"));
        COMPANY.deploy(priced("summed", "SUM"));
        COMPANY.deploy(Company.salesTask());
    }

    private static TestProcess priced(String key, String prefix) {
        return TestProcess.of(key, prefix)
                .cases("waiting-cost=\"= amount * 0.01\" currency=\"EUR\"")
                .then("startEvent", "start")
                .then("<bpmn:userTask id=\"call\" name=\"Call back\">"
                        + TestProcess.extension("<baton:task team=\"sales\"/>") + "</bpmn:userTask>")
                .then("endEvent", "end");
    }

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    /** Ada has it for six hours, then Bob for a day and a half; a day of waiting costs ten. */
    private static String done() {
        return done("priced");
    }

    private static String done(String process) {
        var key = COMPANY.start(process, Map.of("amount", 1000));
        var task = "/api/tasks/" + COMPANY.task(key);
        COMPANY.server.clock().advance(Duration.ofHours(6));
        COMPANY.bobClient.post(task + "/claim", NOTHING).expect(200);
        COMPANY.server.clock().advance(Duration.ofHours(36));
        COMPANY.bobClient.post(task + "/completion", NOTHING).expect(204);
        return key;
    }

    private static JsonNode ledger(TestClient client, String key) {
        return client.get("/api/cases/" + key + "/ledger").expect(200).json();
    }

    private static JsonNode chargeOf(JsonNode ledger, String person) {
        return ledger.get("charges")
                .valueStream()
                .filter(charge -> charge.at("/holder/id").asString().equals(person))
                .findFirst()
                .orElseThrow();
    }

    private static BigDecimal amount(JsonNode cost, String name) {
        return cost.get("cost").get(name).decimalValue();
    }

    @Test
    void pricesEachChargeAndAddsUp() {
        var ledger = ledger(COMPANY.adaClient, done());

        assertThat(ledger.get("currency").asString()).isEqualTo("EUR");
        assertThat(ledger.get("waitingPerDay").decimalValue()).isEqualByComparingTo("10");
        var bob = chargeOf(ledger, COMPANY.bob);
        assertThat(amount(bob, "work")).isEqualByComparingTo("2160.00"); // 36 h × 60, for he works round the clock
        assertThat(amount(bob, "party")).isEqualByComparingTo("36.00");
        assertThat(amount(bob, "waiting")).isEqualByComparingTo("15.00");
        assertThat(amount(bob, "total")).isEqualByComparingTo("2211.00");
        var ada = chargeOf(ledger, COMPANY.ada);
        assertThat(amount(ada, "work")).isEqualByComparingTo("0");
        assertThat(amount(ada, "waiting")).isEqualByComparingTo("2.50");
        assertThat(amount(ledger, "total"))
                .isEqualByComparingTo(amount(bob, "total").add(amount(ada, "total")));
    }

    @Test
    void amountsAreForTheOwnerAdministratorsAndTheLeadOfTheTeam() {
        var key = done();
        assertThat(amount(ledger(COMPANY.chief, key), "total")).isPositive();
        assertThat(amount(ledger(COMPANY.adaClient, key), "total")).isPositive();

        var led = ledger(LEA, key);
        assertThat(amount(chargeOf(led, COMPANY.bob), "total")).isPositive();
        assertThat(led.get("cost").isNull()).isTrue();
        assertThat(led.get("waitingPerDay").isNull()).isTrue();

        for (var client : new TestClient[] {COMPANY.bobClient, COMPANY.stranger}) {
            var seen = ledger(client, key);
            assertThat(seen.get("cost").isNull()).isTrue();
            assertThat(chargeOf(seen, COMPANY.bob).get("cost").isNull()).isTrue();
            assertThat(chargeOf(seen, COMPANY.bob).at("/elapsed/duration").asString())
                    .isEqualTo("PT36H");
        }
    }

    @Test
    void addsUpTheCasesThatEndedInAPeriod() {
        var from = COMPANY.server.clock().instant();
        var one = ledger(COMPANY.adaClient, done("summed"));
        var other = ledger(COMPANY.adaClient, done("summed"));

        var sums = COMPANY.chief
                .get("/api/ledger?process=summed&from=" + from)
                .expect(200)
                .json();

        assertThat(sums.get("cases").asInt()).isEqualTo(2);
        assertThat(amount(chargeOf(sums, COMPANY.bob), "total"))
                .isEqualByComparingTo(
                        amount(chargeOf(one, COMPANY.bob), "total").add(amount(chargeOf(other, COMPANY.bob), "total")));
        assertThat(chargeOf(sums, COMPANY.bob).at("/elapsed/duration").asString())
                .isEqualTo("PT72H");
        var sales = sums.get("parties").get(0);
        assertThat(sales.at("/party/key").asString()).isEqualTo("sales");
        assertThat(sales.get("cases").asInt()).isEqualTo(2);
        assertThat(amount(sales, "total"))
                .isEqualByComparingTo(amount(one, "total").add(amount(other, "total")));
        assertThat(COMPANY.chief
                        .get("/api/ledger?process=sales-task&from=" + from)
                        .json()
                        .get("cases")
                        .asInt())
                .isZero();
        var seen = COMPANY.bobClient.get("/api/ledger?from=" + from).expect(200).json();
        assertThat(chargeOf(seen, COMPANY.bob).get("cost").isNull()).isTrue();
        var led = LEA.get("/api/ledger?from=" + from).expect(200).json();
        assertThat(amount(chargeOf(led, COMPANY.bob), "total")).isPositive();
        COMPANY.chief
                .get("/api/ledger?from=2031-01-01T00:00:00Z&to=2030-01-01T00:00:00Z")
                .expectProblem(422, "InvalidInput");
    }

    @Test
    void theProcessSaysWhatWaitingCostsInACurrencyThatIsOne() {
        COMPANY.upload(java.util.List.of(TestProcess.of("odd", "ODD")
                        .cases("waiting-cost=\"much\" currency=\"euro\"")
                        .then("startEvent", "start")
                        .then("endEvent", "end")
                        .file()))
                .expect(422);
    }
}
