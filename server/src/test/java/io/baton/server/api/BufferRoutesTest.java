package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.TestProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Due dates over HTTP that follow from something, and the time that a case has left over. */
class BufferRoutesTest {

    private static final Company COMPANY = new Company();

    static {
        COMPANY.deploy(TestProcess.of("timed", "TIM")
                .then("startEvent", "start")
                .then(task("call", "due=\"just-in-time\" takes=\"PT2H\""))
                .then(task("check", "takes=\"PT4H\""))
                .then("endEvent", "end"));
        COMPANY.deploy(TestProcess.of("conditional", "CON")
                .then("startEvent", "start")
                .then(task("text", "due='= if amount > 10000 then \"P2D\" else \"P5D\"'"))
                .then(
                        task(
                                "value",
                                "due-in=\"working-time\" due='= if amount > 10000 then duration(\"P2D\") else duration(\"P5D\")'"))
                .then("endEvent", "end"));
    }

    private static String task(String id, String attributes) {
        return "<bpmn:userTask id=\"" + id + "\" name=\"" + id + "\">"
                + TestProcess.extension("<baton:task team=\"sales\" " + attributes.replace(">", "&gt;") + "/>")
                + "</bpmn:userTask>";
    }

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private static void changeDue(String key, Instant due) {
        COMPANY.adaClient
                .put("/api/cases/" + key + "/due", Map.of("due", due.toString(), "reason", "as agreed"))
                .expect(200);
    }

    @Test
    void aBufferListsWhatItCounts() {
        var key = COMPANY.start("timed", Map.of());
        assertThat(COMPANY.read(key).at("/tasks/0/dueAt").isNull()).isTrue();
        var due = COMPANY.server.clock().instant().plus(Duration.ofDays(3));
        changeDue(key, due);
        COMPANY.server.clock().advance(Duration.ofHours(1));

        var buffer = COMPANY.adaClient
                .get("/api/cases/" + key + "/buffer")
                .expect(200)
                .json();

        assertThat(buffer.at("/left/duration").asString()).isEqualTo("PT65H");
        assertThat(buffer.get("negative").asBoolean()).isFalse();
        assertThat(buffer.at("/steps/0/terms")).hasSize(2);
        assertThat(buffer.at("/steps/0/terms/0/node").asString()).isEqualTo("call");
        assertThat(buffer.at("/steps/0/terms/1/elapsed/duration").asString()).isEqualTo("PT4H");
        assertThat(buffer.at("/steps/0/terms/1/until").asString()).isEqualTo(due.toString());
        assertThat(COMPANY.read(key).at("/buffer/left/duration").asString()).isEqualTo("PT65H");
        assertThat(COMPANY.read(key).at("/tasks/0/dueAt").asString())
                .isEqualTo(due.minus(Duration.ofHours(4)).toString());

        var later = due.plus(Duration.ofDays(1));
        changeDue(key, later);
        assertThat(COMPANY.read(key).at("/tasks/0/dueAt").asString())
                .isEqualTo(later.minus(Duration.ofHours(4)).toString());

        var soon = COMPANY.server.clock().instant().plus(Duration.ofHours(5));
        changeDue(key, soon);
        var late = COMPANY.read(key);
        assertThat(late.at("/buffer/left/duration").asString()).isEqualTo("PT-1H");
        assertThat(late.at("/incidents/0/kind").asString()).isEqualTo("AT_RISK");
        assertThat(late.at("/incidents/0/holder/name").asString()).isEqualTo("Ada");
    }

    @Test
    void aCaseWithoutADueDateHasNoBuffer() {
        var key = COMPANY.start("conditional", Map.of("amount", 1));
        COMPANY.adaClient.get("/api/cases/" + key + "/buffer").expectProblem(404, "NoBuffer");
        assertThat(COMPANY.read(key).get("buffer").isNull()).isTrue();
    }

    @Test
    void aDueDateDependsOnACondition() {
        for (var amount : Map.of(10_000, 5, 10_001, 2).entrySet()) {
            var key = COMPANY.start("conditional", Map.of("amount", amount.getKey()));
            var due = COMPANY.server
                    .clock()
                    .instant()
                    .plus(Duration.ofDays(amount.getValue()))
                    .toString();
            assertThat(COMPANY.read(key).at("/tasks/0/dueAt").asString()).isEqualTo(due);
            COMPANY.adaClient
                    .post("/api/tasks/" + COMPANY.task(key) + "/completion", Map.of())
                    .expect(204);
            assertThat(COMPANY.read(key).at("/tasks/0/dueAt").asString()).isEqualTo(due);
        }
    }
}
