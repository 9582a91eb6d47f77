package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.timers.FireDueTimers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A completion over HTTP that can be taken back for five minutes. */
class UndoRoutesTest {

    private static final Company COMPANY = new Company();
    private static final Map<String, ?> YES = Map.of("variables", Map.of("agreed", true));

    static {
        COMPANY.deploy(TestProcess.of("undo", "UND")
                .then("startEvent", "start")
                .then("<bpmn:userTask id=\"decide\" name=\"Decide\">"
                        + TestProcess.extension("<baton:task team=\"sales\" undo=\"PT5M\"/>") + "</bpmn:userTask>")
                .then("endEvent", "end"));
    }

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private static void fireTimers() {
        var node = COMPANY.server.bean(Node.class);
        var _ = new FireDueTimers(node.jdbc(), node.transaction(), node.committer(), COMPANY.server.clock()).tick();
    }

    @Test
    void aCompletionIsTakenBackInTimeAndTakesEffectLater() {
        var key = COMPANY.start("undo", Map.of());
        var path = "/api/tasks/" + COMPANY.task(key);
        var now = COMPANY.server.clock().instant();

        COMPANY.bobClient.post(path + "/completion", YES).expect(204);

        var task = COMPANY.adaClient.get(path).expect(200).json();
        assertThat(task.at("/decided/by/name").asString()).isEqualTo("Bob");
        assertThat(task.at("/decided/at").asString()).isEqualTo(now.toString());
        assertThat(task.at("/decided/effectiveAt").asString())
                .isEqualTo(now.plus(Duration.ofMinutes(5)).toString());
        assertThat(task.get("mayComplete").asBoolean()).isFalse();
        assertThat(task.at("/ifNobodyActs/0/what").asString()).isEqualTo("DECISION_TAKES_EFFECT");
        assertThat(task.at("/ifNobodyActs/0/text").asString()).isEqualTo("What Bob decided takes effect");
        assertThat(COMPANY.read(key).at("/tasks/0/decided/by/name").asString()).isEqualTo("Bob");
        COMPANY.bobClient.post(path + "/completion", YES).expectProblem(409, "Decided");
        COMPANY.bobClient.post(path + "/claim", Map.of()).expectProblem(409, "Decided");
        COMPANY.stranger.delete(path + "/completion").expectProblem(409, "NotTheHolder");

        var back = COMPANY.bobClient.delete(path + "/completion").expect(200).json();
        assertThat(back.get("decided").isNull()).isTrue();
        assertThat(back.get("mayComplete").asBoolean()).isTrue();
        COMPANY.bobClient.delete(path + "/completion").expectProblem(409, "NotDecided");

        COMPANY.bobClient.post(path + "/completion", YES).expect(204);
        COMPANY.server.clock().advance(Duration.ofMinutes(5));
        COMPANY.bobClient.delete(path + "/completion").expectProblem(409, "TooLate");
        fireTimers();

        COMPANY.adaClient.get(path).expectProblem(404, "NoSuchTask");
        assertThat(COMPANY.read(key).at("/variables/agreed").asBoolean()).isTrue();
        assertThat(COMPANY.read(key).get("state").asString()).isEqualTo("completed");
        var journal = COMPANY.adaClient
                .get("/api/cases/" + key + "/journal")
                .expect(200)
                .json()
                .toString();
        assertThat(journal)
                .contains("Bob decided 'Decide'; it takes effect at", "Bob took back the decision of 'Decide'");
    }

    @Test
    void aPromiseIsKeptByWhoDecidesInTime() {
        var path = "/api/tasks/" + COMPANY.task(COMPANY.start("undo", Map.of()));
        var soon = COMPANY.server.clock().instant().plus(Duration.ofMinutes(2));
        COMPANY.adaClient.post(path + "/promise", Map.of("at", soon.toString())).expect(200);
        COMPANY.adaClient.post(path + "/completion", YES).expect(204);
        COMPANY.server.clock().advance(Duration.ofMinutes(6));
        fireTimers();

        var people =
                COMPANY.adaClient.get("/api/reliability").expect(200).json().get("people");
        for (var line : people) {
            if (line.at("/person/name").asString().equals("Ada")) {
                assertThat(line.get("kept").asInt()).isEqualTo(1);
                assertThat(line.get("broken").asInt()).isZero();
                return;
            }
        }
        throw new AssertionError("Ada is not in " + people);
    }
}
