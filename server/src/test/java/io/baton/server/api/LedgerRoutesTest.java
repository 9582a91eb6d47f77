package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.server.TestProcess;
import io.baton.server.web.TestClient;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the time of cases cost, by whom, and who may see it. */
class LedgerRoutesTest {

    private static final Company COMPANY = new Company();
    private static final Map<String, ?> NOTHING = Map.of();
    private static final String LEAD = COMPANY.server.addMember("Lea");

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

    /** Signed in anew: the tests' clock outlives a session. */
    private static TestClient as(String person) {
        return COMPANY.server.signedIn(person);
    }

    private static TestClient chief() {
        return COMPANY.server.signedIn(COMPANY.server.addAdministrator("Boss"));
    }

    /** Ada has it for six hours, then Bob for a day and a half; a day of waiting costs ten. */
    private static String done() {
        return done("priced");
    }

    private static String done(String process) {
        var key = as(COMPANY.ada)
                .post("/api/cases", Map.of("process", process, "variables", Map.of("amount", 1000)))
                .expect(201)
                .json()
                .get("key")
                .asString();
        var read = as(COMPANY.ada).get("/api/cases/" + key).expect(200).json();
        var task = "/api/tasks/" + read.at("/tasks/0/id").asString();
        COMPANY.server.clock().advance(Duration.ofHours(6));
        as(COMPANY.bob).post(task + "/claim", NOTHING).expect(200);
        COMPANY.server.clock().advance(Duration.ofHours(36));
        as(COMPANY.bob).post(task + "/completion", NOTHING).expect(204);
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
        var key = done();
        var ledger = ledger(as(COMPANY.ada), key);

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
        assertThat(amount(ledger(chief(), key), "total")).isPositive();
        assertThat(amount(ledger(as(COMPANY.ada), key), "total")).isPositive();

        var led = ledger(as(LEAD), key);
        assertThat(amount(chargeOf(led, COMPANY.bob), "total")).isPositive();
        assertThat(led.get("cost").isNull()).isTrue();
        assertThat(led.get("waitingPerDay").isNull()).isTrue();

        for (var client : new TestClient[] {as(COMPANY.bob), as(COMPANY.server.addMember("Passer-by"))}) {
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
        var first = done("summed");
        var second = done("summed");
        var one = ledger(as(COMPANY.ada), first);
        var other = ledger(as(COMPANY.ada), second);

        var sums = chief().get("/api/ledger?process=summed&from=" + from)
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
        for (var sum : List.of(sums, chargeOf(sums, COMPANY.bob), sales, sums.at("/processes/0"))) {
            var listed = chief().get("/api/" + sum.get("list").asString())
                    .expect(200)
                    .json()
                    .get("items");
            assertThat(listed.size()).isEqualTo(sum.get("cases").asInt());
        }
        var behind = chief().get(
                        "/api/" + chargeOf(sums, COMPANY.bob).get("list").asString())
                .json()
                .get("items");
        assertThat(behind.valueStream().map(each -> each.get("key").asString()).toList())
                .containsExactlyInAnyOrder(first, second);
        assertThat(amount(sums.at("/processes/0"), "total")).isEqualByComparingTo(amount(sales, "total"));
        assertThat(as(COMPANY.bob)
                        .get("/api/ledger/cases?process=summed&from=" + from)
                        .expect(200)
                        .json()
                        .at("/items/0/cost")
                        .isNull())
                .isTrue();
        assertThat(chief().get("/api/ledger?process=sales-task&from=" + from)
                        .json()
                        .get("cases")
                        .asInt())
                .isZero();
        var seen = as(COMPANY.bob).get("/api/ledger?from=" + from).expect(200).json();
        assertThat(chargeOf(seen, COMPANY.bob).get("cost").isNull()).isTrue();
        var led = as(LEAD).get("/api/ledger?from=" + from).expect(200).json();
        assertThat(amount(chargeOf(led, COMPANY.bob), "total")).isPositive();
        chief().get("/api/ledger?from=2031-01-01T00:00:00Z&to=2030-01-01T00:00:00Z")
                .expectProblem(422, "InvalidInput");
    }

    @Test
    void theProcessSaysWhatWaitingCostsInACurrencyThatIsOne() {
        var odd = TestProcess.of("odd", "ODD")
                .cases("waiting-cost=\"much\" currency=\"euro\"")
                .then("startEvent", "start")
                .then("endEvent", "end");
        assertThatThrownBy(odd::sources)
                .hasMessageContaining("'much' is no cost per day")
                .hasMessageContaining("a currency has three capital letters: 'euro'");
    }
}
