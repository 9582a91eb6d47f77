package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.processes.Sources;
import io.baton.server.timers.FireDueTimers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The decision packet over HTTP: what a decision rests on, its rule, what follows from it, and similar ones. */
class PacketRoutesTest {

    private static final String FORM = """
            {"id": "decide", "type": "default", "schemaVersion": 19, "components": [
                {"type": "text", "text": "{{vendor}} wants {{amount}} {{currency}}"},
                {"type": "radio", "key": "outcome", "label": "May it be paid?", "values": [
                    {"value": "approved", "label": "Yes"}, {"value": "rejected", "label": "No"},
                    {"value": "later", "label": "Ask again"}]}]}""";

    private static final Company COMPANY = new Company();

    static {
        COMPANY.chief
                .put(
                        "/api/policies/gentle",
                        Map.of(
                                "acceptBy", "PT4H",
                                "reminders", List.of(Map.of("when", "-P1D"), Map.of("when", "PT0S")),
                                "ladder", List.of(Map.of("after", "P2D", "to", "owner"))))
                .expect(200);
        COMPANY.upload(List.of(process().file(), form())).expect(201);
        COMPANY.deploy(Company.salesTask());
    }

    private static Sources.File form() {
        return new Sources.File("decide.form", FORM.getBytes(StandardCharsets.UTF_8));
    }

    private static TestProcess process() {
        return TestProcess.of("payment", "PMT")
                .then("startEvent", "start")
                .then("<bpmn:userTask id=\"enter\" name=\"Enter\">"
                        + TestProcess.extension("<baton:task team=\"sales\"/>") + "</bpmn:userTask>")
                .then("<bpmn:userTask id=\"decide\" name=\"Decide\">"
                        + TestProcess.extension(
                                "<baton:task team=\"sales\" form=\"decide\" due=\"P3D\" policy=\"gentle\" undo=\"PT5M\"/>")
                        + "</bpmn:userTask>")
                .then("<bpmn:exclusiveGateway id=\"which\"/>")
                .element("<bpmn:endEvent id=\"refused\"/>")
                .element("<bpmn:userTask id=\"pay\" name=\"Pay\">"
                        + TestProcess.extension("<baton:task holder=\"= payer\" due=\"P1D\"/>") + "</bpmn:userTask>")
                .then("endEvent", "paid")
                .element("<bpmn:userTask id=\"ask\" name=\"Ask\"/>")
                .then("endEvent", "asked")
                .flow("which", "refused", condition("outcome = &quot;rejected&quot;"))
                .flow("which", "pay", condition("outcome = &quot;approved&quot;"))
                .flow("which", "ask", condition("outcome = &quot;later&quot; and urgent"));
    }

    private static String condition(String feel) {
        return "<bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">= " + feel
                + "</bpmn:conditionExpression>";
    }

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private static void fireTimers() {
        var node = COMPANY.server.bean(Node.class);
        var _ = new FireDueTimers(node.jdbc(), node.transaction(), node.committer(), COMPANY.server.clock()).tick();
    }

    /** The key of a case that waits for the decision. */
    private static String waiting(String vendor, Object amount) {
        var key = COMPANY.start(
                "payment", Map.of("vendor", vendor, "amount", amount, "currency", "EUR", "payer", COMPANY.bob));
        COMPANY.bobClient
                .post("/api/tasks/" + COMPANY.task(key) + "/completion", Map.of("variables", Map.of("order", "O-1")))
                .expect(204);
        return key;
    }

    private static void decided(String vendor, Object amount, String outcome) {
        var key = waiting(vendor, amount);
        var task = "/api/tasks/" + COMPANY.task(key);
        COMPANY.server.clock().advance(Duration.ofHours(3));
        COMPANY.adaClient
                .post(task + "/completion", Map.of("variables", Map.of("outcome", outcome)))
                .expect(204);
        COMPANY.server.clock().advance(Duration.ofMinutes(5));
        while (COMPANY.adaClient.get(task).status() == 200) {
            fireTimers(); // the server's own loop may be at it, too
        }
        if (outcome.equals("approved")) {
            COMPANY.bobClient
                    .post("/api/tasks/" + COMPANY.task(key) + "/completion", Map.of())
                    .expect(204);
        }
    }

    private static JsonNode packet(String key) {
        return COMPANY.adaClient
                .get("/api/tasks/" + COMPANY.task(key) + "/packet")
                .expect(200)
                .json();
    }

    private static List<String> texts(JsonNode items, String field) {
        return StreamSupport.stream(items.spliterator(), false)
                .map(each -> each.get(field).asString())
                .toList();
    }

    @Test
    void theNearestDecisionsComeWithTheirAnswersAndWhatBecameOfThem() {
        decided("Acme", 4_000, "approved");
        decided("Acme", 90_000, "rejected");
        decided("Bolt", 4_200, "approved");
        var open = waiting("Acme", 4_100);

        var similar = packet(open).get("similar");

        assertThat(similar.get("compared").asInt()).isEqualTo(3);
        assertThat(texts(similar.get("items"), "why"))
                .containsExactly(
                        "Same vendor and currency; amount 4000 instead of 4100",
                        "Same vendor and currency",
                        "Same currency; amount 4200 instead of 4100");
        var nearest = similar.at("/items/0");
        assertThat(nearest.get("answer").asString()).isEqualTo("approved");
        assertThat(nearest.get("answerLabel").asString()).isEqualTo("Yes");
        assertThat(nearest.get("caseState").asString()).isEqualTo("completed");
        assertThat(nearest.at("/person/name").asString()).isEqualTo("Ada");
        assertThat(nearest.at("/took/duration").asString()).isEqualTo("PT3H");
        assertThat(nearest.get("onTime").asBoolean()).isTrue();
        assertThat(texts(similar.get("items"), "answerLabel")).containsExactly("Yes", "No", "Yes");
    }

    @Test
    void eachAnswerSaysWhatFollowsAndWhatIsNotKnown() {
        var open = waiting("Acme", 1);
        var before = COMPANY.read(open).toString();

        var answers = packet(open).get("answers");

        assertThat(texts(answers, "label")).containsExactly("Yes", "No", "Ask again");
        var yes = answers.get(0);
        assertThat(yes.get("caseState").asString()).isEqualTo("open");
        assertThat(yes.at("/next/0/name").asString()).isEqualTo("Pay");
        assertThat(yes.at("/next/0/person/name").asString()).isEqualTo("Bob");
        assertThat(yes.at("/next/0/text").asString()).isEqualTo("Bob is asked");
        var effective = COMPANY.server.clock().instant().plus(Duration.ofMinutes(5));
        assertThat(yes.get("effectiveAt").asString()).isEqualTo(effective.toString());
        assertThat(yes.at("/next/0/due").asString())
                .isEqualTo(effective.plus(Duration.ofDays(1)).toString());
        assertThat(answers.at("/1/caseState").asString()).isEqualTo("completed");
        assertThat(answers.at("/1/next")).isEmpty();
        assertThat(answers.at("/2/unknown/0").asString())
                .startsWith("Which way it goes depends on what is not known yet:");
        assertThat(COMPANY.read(open).toString()).as("nothing has happened").isEqualTo(before);
    }

    @Test
    void theEvidenceTheRuleAndWhatWasDoneBeforeStandBeside() {
        var open = waiting("Acme", 77);

        var packet = packet(open);

        assertThat(packet.at("/question/label").asString()).isEqualTo("May it be paid?");
        assertThat(texts(packet.get("evidence"), "name")).containsExactly("vendor", "amount", "currency");
        assertThat(packet.at("/evidence/1/value").asInt()).isEqualTo(77);
        assertThat(packet.at("/evidence/1/setBy/name").asString()).isEqualTo("Ada");
        assertThat(packet.at("/evidence/1/setIn").isNull()).isTrue();
        assertThat(packet.at("/rule/policy/key").asString()).isEqualTo("gentle");
        assertThat(StreamSupport.stream(packet.at("/rule/sentences").spliterator(), false)
                        .map(JsonNode::asString))
                .containsExactly(
                        "The decision can be taken back for 5 minutes.",
                        "Whoever is asked has 4 working hours to accept.",
                        "Whoever should act is reminded 1 day before it is due and when it is due.",
                        "If nobody acts, 2 days after it is due the owner of the case is told.");
        assertThat(packet.at("/before/0/name").asString()).isEqualTo("Enter");
        assertThat(packet.at("/before/0/person/name").asString()).isEqualTo("Bob");
        assertThat(packet.at("/before/0/answer").asString()).isEqualTo("order: O-1");
    }

    @Test
    void aTaskThatAsksNothingHasNoAnswersAndAClosedOneNoPacket() {
        var key = COMPANY.start("sales-task", Map.of());
        var packet = packet(key);
        assertThat(packet.get("question").isNull()).isTrue();
        assertThat(packet.get("similar").isNull()).isTrue();
        assertThat(packet.get("answers")).isEmpty();
        var task = COMPANY.task(key);
        COMPANY.adaClient.post("/api/tasks/" + task + "/completion", Map.of()).expect(204);
        COMPANY.adaClient.get("/api/tasks/" + task + "/packet").expectProblem(404, "NoSuchTask");
        COMPANY.adaClient.get("/api/tasks/nonsense/packet").expectProblem(404, "NoSuchTask");
    }
}
