package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.TestProcess;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Variables beyond what a case keeps: told to whoever sends them, an incident when the process makes them. */
class LargeVariablesTest {

    private static final Company COMPANY = new Company();
    private static final String LARGE = "x".repeat(900_000);

    @BeforeAll
    static void deploy() {
        COMPANY.deploy(Company.salesTask());
        COMPANY.deploy(TestProcess.of("copies", "CPY")
                .then("startEvent", "start")
                .then("<bpmn:scriptTask id=\"copy\"><bpmn:extensionElements><baton:result variable=\"copies\"/>"
                        + "</bpmn:extensionElements><bpmn:script>for i in 1..3 return document</bpmn:script>"
                        + "</bpmn:scriptTask>")
                .then("userTask", "read")
                .then("endEvent", "end"));
    }

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private static Map<String, Object> variables(String name, Object value) {
        return Map.of("variables", Map.of(name, value));
    }

    @Test
    void isToldToWhoeverSendsThem() {
        var key = COMPANY.start("sales-task", Map.of("first", LARGE));
        var variables = "/api/cases/" + key + "/variables";
        COMPANY.adaClient.patch(variables, variables("second", LARGE)).expect(200);
        var problem = COMPANY.adaClient
                .patch(variables, variables("third", LARGE))
                .expectProblem(413, "TooLarge")
                .json();
        assertThat(problem.get("detail").asString())
                .isEqualTo(
                        "the case keeps variables of at most 2000000 characters and values; it has 1800013, and these"
                                + " are 900006 more");
        COMPANY.adaClient
                .post("/api/tasks/" + COMPANY.task(key) + "/completion", variables("third", LARGE))
                .expectProblem(413, "TooLarge");
        COMPANY.adaClient.patch(variables, variables("first", "small")).expect(200);
        COMPANY.adaClient
                .post("/api/tasks/" + COMPANY.task(key) + "/completion", variables("third", LARGE))
                .expect(204);
        assertThat(COMPANY.read(key).get("state").asString()).isEqualTo("completed");
    }

    @Test
    void isAnIncidentWhenTheProcessMakesThemAndTheOtherCasesGoOn() {
        var key = COMPANY.start("copies", Map.of("document", LARGE));
        JsonNode incident = COMPANY.read(key).get("incidents").get(0);
        assertThat(incident.get("kind").asString()).isEqualTo("TOO_LARGE");
        assertThat(incident.get("message").asString())
                .isEqualTo("The variables of the case would be larger than 2000000 characters and values in all");
        COMPANY.task(COMPANY.start("sales-task", Map.of()));

        COMPANY.adaClient
                .patch("/api/cases/" + key + "/variables", variables("document", "small"))
                .expect(200);
        COMPANY.adaClient
                .post("/api/cases/" + key + "/incidents/" + incident.get("id").asString() + "/resolution", Map.of())
                .expect(200);
        COMPANY.task(key);
    }
}
