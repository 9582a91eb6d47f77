package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who keeps promises, and whose work is ready the first time: counted from what was really done. */
class ReliabilityRoutesTest {

    private static final Company COMPANY = new Company();
    private static final Map<String, ?> NOTHING = Map.of();

    static {
        COMPANY.deploy(Company.salesTask());
    }

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private static Instant in(Duration time) {
        return COMPANY.server.clock().instant().plus(time);
    }

    private static void promise(String path, Duration time) {
        COMPANY.bobClient
                .post(path + "/promise", Map.of("at", in(time).toString()))
                .expect(200);
    }

    private static String task() {
        return "/api/tasks/" + COMPANY.task(COMPANY.start("sales-task", NOTHING));
    }

    private static void complete(String path) {
        COMPANY.bobClient.post(path + "/completion", NOTHING).expect(204);
    }

    @Test
    void countsPromisesKeptAndBrokenAndWhatWasSentBack() {
        var kept = task();
        promise(kept, Duration.ofDays(1));
        promise(kept, Duration.ofDays(2)); // a slip
        var broken = task();
        promise(broken, Duration.ofHours(1));
        var returned = task();
        COMPANY.server.clock().advance(Duration.ofMinutes(1)); // who has it for no time is nobody's giver
        COMPANY.bobClient.post(returned + "/claim", NOTHING).expect(200);
        COMPANY.bobClient
                .post(returned + "/offer", Map.of("person", COMPANY.ada, "reason", "r"))
                .expect(200);
        COMPANY.adaClient
                .post(returned + "/return", Map.of("missing", "the price"))
                .expect(200);
        var cancelled = task();
        promise(cancelled, Duration.ofHours(1));
        COMPANY.server.clock().advance(Duration.ofHours(2));
        complete(kept);
        complete(broken);
        complete(returned);
        var key = COMPANY.adaClient.get(cancelled).json().get("caseKey").asString();
        COMPANY.adaClient
                .post("/api/cases/" + key + "/cancellation", Map.of("reason", "over"))
                .expect(200);

        var page = COMPANY.adaClient.get("/api/reliability").expect(200).json();

        assertThat(page.get("people")).hasSize(1);
        assertThat(text(page.get("people").get(0))).isEqualTo("Bob 3 2 1 1 0.5 1 1 0.6667");
        assertThat(page.get("parties")).hasSize(1);
        assertThat(text(page.get("parties").get(0))).isEqualTo("Sales 3 2 1 1 0.5 1 1 0.6667");

        COMPANY.server.clock().advance(Duration.ofDays(10).plusSeconds(1));
        var later = COMPANY.server.signedIn(COMPANY.ada); // the session of ten days ago is over
        assertThat(later.get("/api/reliability?days=10").expect(200).json().get("people"))
                .isEmpty();
        assertThat(later.get("/api/reliability?days=11").expect(200).json().get("people"))
                .hasSize(1);
        later.get("/api/reliability?days=0").expectProblem(422, "InvalidInput");
        later.get("/api/reliability?days=x").expectProblem(422, "InvalidInput");
    }

    private static String text(JsonNode line) {
        var who = line.get("person").isNull() ? line.at("/party/name") : line.at("/person/name");
        return String.join(
                " ",
                who.asString(),
                line.get("done").asString(),
                line.get("promised").asString(),
                line.get("kept").asString(),
                line.get("broken").asString(),
                line.get("keptRate").asString(),
                line.get("slips").asString(),
                line.get("returns").asString(),
                line.get("firstTimeRightRate").asString());
    }
}
