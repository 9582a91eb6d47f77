package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** One search over everything: whatever is known of a case finds it the moment its command has returned. */
class SearchRoutesTest {

    private static final Company COMPANY = new Company();

    static {
        COMPANY.deploy(Company.salesTask());
    }

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private static JsonNode search(String text) {
        return COMPANY.bobClient
                .get("/api/search?q=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
                .expect(200)
                .json();
    }

    private static List<String> cases(String text) {
        return search(text)
                .get("cases")
                .valueStream()
                .map(found -> found.get("item").get("key").asString())
                .toList();
    }

    @Test
    void saysByWhichVariableACaseIsFoundWhetherItIsOpenOrOver() {
        var key = COMPANY.start("sales-task", Map.of("colour", "Turquoise", "other", "nothing"));
        for (boolean open : new boolean[] {true, false}) {
            var found = search("turq").get("cases").get(0);
            assertThat(found.at("/item/key").asString()).isEqualTo(key);
            assertThat(found.at("/match/variable").asString())
                    .as("open %s", open)
                    .isEqualTo("colour");
            assertThat(found.at("/match/value").asString()).isEqualTo("Turquoise");
            if (open) {
                COMPANY.adaClient
                        .post("/api/tasks/" + COMPANY.task(key) + "/completion", Map.of())
                        .expect(204);
            }
        }
    }

    @Test
    void findsACaseByKeyValueTaskPartyPersonAndProcessWhetherItIsOpenOrOver() {
        var key = COMPANY.start(
                "sales-task",
                Map.of("vendor", Map.of("name", "Søndergård & Señor"), "lines", List.of("Blue pump", 1250.50)));
        for (boolean open : new boolean[] {true, false}) {
            for (var text :
                    List.of(key, "sondergard", "señ", "pump blu", "1250.5", "sales pump", "ada senor", "sal pump")) {
                assertThat(cases(text)).as(text).contains(key);
            }
            assertThat(cases("pump red")).isEmpty();
            assertThat(cases("ump")).as("not the beginning of a word").isEmpty();
            if (open) {
                assertThat(cases("callback call back pump")).isEmpty();
                assertThat(cases("call back pump")).containsExactly(key);
                assertThat(search("call pump")
                                .get("tasks")
                                .get(0)
                                .get("caseKey")
                                .asString())
                        .isEqualTo(key);
                var task = COMPANY.task(key);
                COMPANY.bobClient
                        .post("/api/tasks/" + task + "/claim", Map.of())
                        .expect(200);
                COMPANY.bobClient
                        .post("/api/tasks/" + task + "/completion", Map.of("variables", Map.of("result", "tulips")))
                        .expect(204);
            }
        }
        assertThat(cases("tulips")).containsExactly(key);
        assertThat(cases("bob pump")).as("who did its step").containsExactly(key);
    }

    @Test
    void findsPeoplePartiesAndProcesses() {
        assertThat(search("bo").get("people").get(0).get("name").asString()).isEqualTo("Bob");
        assertThat(search("sal").get("parties").get(0).get("key").asString()).isEqualTo("sales");
        assertThat(search("sales-t").get("processes").get(0).get("key").asString())
                .isEqualTo("sales-task");
        assertThat(search("zzzz").get("cases")).isEmpty();
    }

    @Test
    void whatIsNoWordFindsNothingAndQuotesAreText() {
        COMPANY.start("sales-task", Map.of("note", "it's 'quoted' | & ! :* \\ text"));
        assertThat(search("&|!'").get("cases")).isEmpty();
        assertThat(cases("quoted' text")).hasSize(1);
        COMPANY.bobClient.get("/api/search").expect(422);
        COMPANY.bobClient.get("/api/search?q=" + "x".repeat(201)).expect(422);
    }

    @Test
    void ofMoreThanFitItSaysSo() {
        for (int i = 0; i < 21; i++) {
            COMPANY.start("sales-task", Map.of("colour", "turquoise"));
        }
        assertThat(search("turq").get("cases")).hasSize(20);
        assertThat(search("turq").get("more").asBoolean()).isTrue();
    }
}
