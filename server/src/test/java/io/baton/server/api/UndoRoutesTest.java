package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.timers.FireDueTimers;
import io.baton.server.web.TestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
        COMPANY.deploy(TestProcess.of("write-and-check", "WAC")
                .then("startEvent", "start")
                .then(sales("write"))
                .then(sales("check"))
                .then("endEvent", "end"));
    }

    private static String sales(String id) {
        return "<bpmn:userTask id=\"" + id + "\" name=\"" + id + "\">"
                + TestProcess.extension("<baton:task team=\"sales\"/>") + "</bpmn:userTask>";
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

    private static List<String> undos(TestClient client, String key) {
        var undos = new ArrayList<String>();
        client.get("/api/cases/" + key)
                .expect(200)
                .json()
                .get("undos")
                .forEach(each -> undos.add(each.get("what").asString() + " until "
                        + each.get("until").asString("they act") + ": "
                        + each.get("undo").asString()));
        return undos;
    }

    @Test
    void aCaseSaysWhatItsReaderCanTakeBackAndOneRequestDoesSo() {
        var key = COMPANY.start("write-and-check", Map.of());
        var ada = COMPANY.adaClient;
        ada.post("/api/tasks/" + COMPANY.task(key) + "/completion", YES).expect(204);
        var path = "/api/tasks/" + COMPANY.task(key);
        var bob = COMPANY.bobClient;
        var until = COMPANY.server.clock().instant().plus(Duration.ofMinutes(15));
        assertThat(undos(ada, key))
                .as("what the process offers is nobody's act")
                .isEmpty();

        ada.post(path + "/claim", Map.of()).expect(200);
        ada.post(path + "/offer", Map.of("person", COMPANY.bob, "reason", "please"))
                .expect(200);
        assertThat(undos(ada, key)).containsExactly("OFFERED until they act: offer");
        bob.post(path + "/decline", Map.of("reason", "busy")).expect(200);
        assertThat(undos(ada, key)).isEmpty();
        assertThat(undos(bob, key)).containsExactly("DECLINED until " + until + ": slip");
        var declined = bob.get(path).expect(200).json();
        assertThat(declined.at("/slip/kind").asString()).isEqualTo("DECLINED");
        assertThat(declined.get("acts").toString()).contains("TAKE_BACK_ACT");
        ada.delete(path + "/slip").expectProblem(409, "TooLate");
        assertThat(bob.delete(path + "/slip")
                        .expect(200)
                        .json()
                        .at("/offeredTo/name")
                        .asString())
                .isEqualTo("Bob");

        bob.post(path + "/promise", Map.of("at", until.toString())).expect(200);
        assertThat(undos(bob, key)).containsExactly("PROMISED until " + until + ": slip");
        assertThat(bob.delete(path + "/slip").expect(200).json().get("promise").isNull())
                .isTrue();
        bob.post(path + "/return", Map.of("missing", "the order")).expect(200);
        assertThat(undos(bob, key)).containsExactly("SENT_BACK until " + until + ": slip");
        assertThat(bob.delete(path + "/slip")
                        .expect(200)
                        .json()
                        .at("/holder/name")
                        .asString())
                .isEqualTo("Bob");
        bob.post(path + "/obstacle", Map.of("kind", "OTHER", "reason", "no order"))
                .expect(200);
        assertThat(undos(bob, key)).containsExactly("STUCK until they act: obstacle");
        bob.delete(path + "/obstacle").expect(200);

        bob.post(path + "/promise", Map.of("at", until.toString())).expect(200);
        COMPANY.server.clock().advance(Duration.ofMinutes(15));
        assertThat(undos(bob, key)).isEmpty();
        bob.delete(path + "/slip").expectProblem(409, "TooLate");

        var decided = COMPANY.start("undo", Map.of());
        var task = "/api/tasks/" + COMPANY.task(decided);
        assertThat(bob.get(task).expect(200).json().get("undoable").asBoolean()).isTrue();
        bob.post(task + "/completion", YES).expect(204);
        assertThat(undos(bob, decided))
                .containsExactly("ANSWERED until "
                        + COMPANY.server.clock().instant().plus(Duration.ofMinutes(5)) + ": completion");
        bob.delete(task + "/completion").expect(200);
        assertThat(undos(bob, decided)).isEmpty();
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
