package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.TestProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Times over HTTP: members choose one of those that are free, and what was booked is moved or called off. */
class AppointmentRoutesTest {

    private static final Company COMPANY = new Company();

    static {
        COMPANY.deploy(TestProcess.of("visits", "VIS")
                .then("startEvent", "start")
                .then("<bpmn:userTask id=\"choose\" name=\"Choose a time\">"
                        + TestProcess.extension("<baton:task team=\"sales\"/>"
                                + "<baton:slots with=\"= host\" lasts=\"PT1H\" into=\"at\"/>")
                        + "</bpmn:userTask>")
                .then("userTask", "visit")
                .then("endEvent", "end"));
    }

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private static JsonNode slots(String task) {
        return COMPANY.bobClient
                .get("/api/tasks/" + task + "/slots")
                .expect(200)
                .json();
    }

    @Test
    void aMemberChoosesAFreeTimeWhichIsThenMovedAndCalledOff() {
        var key = COMPANY.start("visits", Map.of("host", COMPANY.ada));
        var task = COMPANY.task(key);
        var free = slots(task);
        assertThat(free.get("minutes").asInt()).isEqualTo(60);
        assertThat(free.get("variable").asString()).isEqualTo("at");
        var first = free.at("/starts/0").asString();
        var second = free.at("/starts/1").asString();
        var form =
                COMPANY.bobClient.get("/api/tasks/" + task).expect(200).json().at("/formSchema/components/0");
        assertThat(form.get("type").asString()).isEqualTo("select");
        assertThat(form.at("/values/0/value").asString()).isEqualTo(first);
        assertThat(COMPANY.adaClient
                        .get("/api/tasks/" + task)
                        .expect(200)
                        .json()
                        .at("/formSchema/components/1/type")
                        .asString())
                .as("the owner may name any time")
                .isEqualTo("datetime");

        var path = "/api/tasks/" + task + "/completion";
        COMPANY.bobClient.post(path, Map.of("variables", Map.of())).expectProblem(409, "NoSlot");
        COMPANY.bobClient
                .post(path, Map.of("variables", Map.of("at", "2031-01-01T00:07:00Z")))
                .expectProblem(409, "NoSlot");
        COMPANY.bobClient.post(path, Map.of("variables", Map.of("at", first))).expect(204);
        COMPANY.bobClient.get("/api/tasks/" + task + "/slots").expect(200);
        COMPANY.bobClient.get("/api/tasks/999999.7/slots").expectProblem(404, "NoSlots");

        var other = COMPANY.task(COMPANY.start("visits", Map.of("host", COMPANY.ada)));
        assertThat(texts(slots(other).get("starts"))).doesNotContain(first).contains(second);
        COMPANY.adaClient
                .post("/api/tasks/" + other + "/completion", Map.of("variables", Map.of("at", first)))
                .expectProblem(409, "SlotTaken");

        var appointment = COMPANY.read(key).at("/appointments/0");
        assertThat(appointment.at("/person/name").asString()).isEqualTo("Bob");
        assertThat(appointment.at("/with/name").asString()).isEqualTo("Ada");
        var appointments = "/api/cases/" + key + "/appointments";
        var one = appointments + "/" + appointment.get("step").asInt();
        COMPANY.stranger.put(one, Map.of("at", second)).expectProblem(409, "NotTheHolder");
        var odd = Instant.parse(first).plus(Duration.ofMinutes(70)).toString();
        COMPANY.bobClient.put(one, Map.of("at", odd)).expectProblem(409, "NoSlot");
        assertThat(COMPANY.adaClient
                        .put(one, Map.of("at", odd))
                        .expect(200)
                        .json()
                        .at("/0/at")
                        .asString())
                .isEqualTo(odd);
        assertThat(COMPANY.read(key).at("/variables/at").asString()).isEqualTo(odd);
        COMPANY.bobClient.post(one + "/cancellation", Map.of()).expect(422);
        COMPANY.bobClient.post(one + "/cancellation", Map.of("reason", "ill")).expect(200);
        assertThat(COMPANY.bobClient.get(appointments).expect(200).json()).isEmpty();
        assertThat(COMPANY.adaClient
                        .get("/api/cases/" + key + "/journal")
                        .expect(200)
                        .json()
                        .toString())
                .contains("Bob has the time of", "Bob gave up the time for 'Choose a time': ill");
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }
}
