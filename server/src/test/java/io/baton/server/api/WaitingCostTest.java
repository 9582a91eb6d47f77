package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.TestProcess;
import io.baton.server.web.TestClient;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What waiting costs is what adding up by hand gives, and has just these cases behind it, for who may see amounts. */
class WaitingCostTest {

    private static final long SEED = Long.getLong("seed", 20_261_129L);
    private static final BigDecimal DAY_MICROS = BigDecimal.valueOf(86_400_000_000L);
    private static final Company COMPANY = new Company();

    static {
        COMPANY.deploy(costing("francs", "FRA", " currency='CHF'"));
        COMPANY.deploy(costing("euros", "EUO", " currency='EUR'"));
        COMPANY.deploy(costing("plain", "PLA", ""));
    }

    private static TestProcess costing(String key, String prefix, String currency) {
        return TestProcess.of(key, prefix)
                .cases("waiting-cost='= price * 0.01'" + currency)
                .then("startEvent", "start")
                .then("userTask", "wait")
                .then("endEvent", "end");
    }

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    /** Comes after the others. */
    private static final String NONE = "none";

    private record Started(String key, String currency, String owner, BigDecimal perDay, java.time.Instant at) {}

    private static Started start(TestClient client, String owner, String process, String currency, BigDecimal price) {
        var variables = new LinkedHashMap<String, Object>();
        variables.put("price", price);
        var key = client.post("/api/cases", Map.of("process", process, "variables", variables))
                .expect(201)
                .json()
                .get("key")
                .asString();
        var at = COMPANY.server.clock().instant();
        COMPANY.server.clock().advance(Duration.ofMinutes(7).plusNanos(1_000));
        return new Started(key, currency, owner, price.multiply(new BigDecimal("0.01")), at);
    }

    @Test
    void isAddedUpExactlyAndShownToWhoMaySeeAmounts() {
        var random = new Random(SEED);
        var started = new ArrayList<Started>();
        for (int i = 0; i < 30; i++) {
            boolean ada = random.nextBoolean();
            var client = ada ? COMPANY.adaClient : COMPANY.bobClient;
            var currency = List.of("CHF", "EUR", NONE).get(random.nextInt(3));
            var process = Map.of("CHF", "francs", "EUR", "euros", NONE, "plain").getOrDefault(currency, "");
            var price = BigDecimal.valueOf(random.nextLong(10_000_000_000L), random.nextInt(4));
            started.add(start(client, ada ? COMPANY.ada : COMPANY.bob, process, currency, price));
        }
        var done = started.removeFirst();
        var _ = COMPANY.adaClient.post("/api/tasks/" + COMPANY.task(done.key()) + "/completion", Map.of());
        // A case that says nothing of what it costs is in no sum.
        var _ = COMPANY.start("plain", Map.of("price", "much"));

        check(COMPANY.chief, started);
        check(
                COMPANY.adaClient,
                started.stream()
                        .filter(each -> each.owner().equals(COMPANY.ada))
                        .toList());
        check(COMPANY.stranger, List.of());
    }

    private static void check(TestClient client, List<Started> visible) {
        var now = COMPANY.server.clock().instant();
        var waiting = client.get("/api/tower").expect(200).json().get("waiting");
        assertThat(waiting.valueStream().map(WaitingCostTest::currency))
                .containsExactlyElementsOf(visible.stream()
                        .map(Started::currency)
                        .distinct()
                        .sorted()
                        .toList());
        for (var each : waiting) {
            var those = visible.stream()
                    .filter(one -> one.currency().equals(currency(each)))
                    .toList();
            assertThat(each.get("count").asInt()).isEqualTo(those.size());
            assertThat(keys(client.get("/api/" + each.get("list").asString() + "&limit=200")
                            .expect(200)
                            .json()))
                    .containsExactlyInAnyOrderElementsOf(
                            those.stream().map(Started::key).toList());
            var perDay = those.stream()
                    .map(one -> one.perDay().setScale(6, RoundingMode.HALF_UP))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(each.get("perDay").decimalValue())
                    .isEqualByComparingTo(perDay.setScale(2, RoundingMode.HALF_UP));
            var soFar = those.stream()
                    .map(one -> one.perDay()
                            .setScale(6, RoundingMode.HALF_UP)
                            .multiply(BigDecimal.valueOf(
                                    Duration.between(one.at(), now).toNanos() / 1_000)))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(each.get("soFar").decimalValue())
                    .isEqualByComparingTo(soFar.divide(DAY_MICROS, 2, RoundingMode.HALF_UP));
            assertThat(each.at("/dearest/0/caseKey").asString())
                    .isIn(those.stream().map(Started::key).toList());
        }
    }

    private static String currency(JsonNode costs) {
        return costs.get("currency").isNull() ? NONE : costs.get("currency").asString();
    }

    private static List<String> keys(JsonNode page) {
        return page.get("items")
                .valueStream()
                .map(item -> item.get("key").asString())
                .toList();
    }
}
