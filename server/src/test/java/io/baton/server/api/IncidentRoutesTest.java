package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.cases.Cases;
import io.baton.server.commit.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What needs a person, over all cases and of one: whose it is, how urgent, what to do about it. */
class IncidentRoutesTest {

    private static final Company COMPANY = new Company();
    private static final Map<String, ?> NOTHING = Map.of();

    static {
        COMPANY.deploy(Company.salesTask());
    }

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    /** A case of Ada's in which Bob declined what she had offered him. */
    private static String declined() {
        return declined("sales-task");
    }

    private static String declined(String process) {
        var key = COMPANY.start(process, NOTHING);
        var path = "/api/tasks/" + COMPANY.task(key);
        COMPANY.adaClient.post(path + "/claim", NOTHING).expect(200);
        COMPANY.adaClient
                .post(path + "/offer", Map.of("person", COMPANY.bob, "reason", "please"))
                .expect(200);
        COMPANY.bobClient.post(path + "/decline", Map.of("reason", "busy")).expect(200);
        return key;
    }

    private static JsonNode list(String query) {
        return COMPANY.adaClient.get("/api/incidents?" + query).expect(200).json();
    }

    private static List<String> cases(JsonNode page) {
        var cases = new ArrayList<String>();
        page.get("items").forEach(item -> cases.add(item.get("caseKey").asString()));
        return cases;
    }

    @Test
    void anIncidentHasAHolderADueTimeAndASuggestion() {
        var key = declined();

        var incident = COMPANY.adaClient
                .get("/api/cases/" + key + "/incidents")
                .expect(200)
                .json()
                .get("items")
                .get(0);

        assertThat(incident.get("kind").asString()).isEqualTo("NOT_ACCEPTED");
        assertThat(incident.get("severity").asString()).isEqualTo("MEDIUM");
        assertThat(incident.get("message").asString()).isEqualTo("Bob declined: busy");
        assertThat(incident.at("/holder/name").asString()).isEqualTo("Ada");
        assertThat(incident.get("suggestion").asString()).startsWith("Offer the step to somebody else");
        assertThat(incident.get("overdue").asBoolean()).isFalse();
        assertThat(list("limit=200").get("items")).contains(incident);

        COMPANY.server.clock().advance(Duration.ofHours(8).plusSeconds(1));
        var later = COMPANY.read(key).get("incidents").get(0);
        assertThat(later.get("overdue").asBoolean()).isTrue();
        assertThat(later.get("dueAt")).isEqualTo(incident.get("dueAt"));
    }

    @Test
    void itIsGoneWhenItsCauseIs() {
        var key = declined();
        assertThat(cases(list("limit=200"))).contains(key);
        COMPANY.adaClient
                .post("/api/tasks/" + COMPANY.task(key) + "/completion", NOTHING)
                .expect(204);
        assertThat(cases(list("limit=200"))).doesNotContain(key);
        assertThat(COMPANY.adaClient
                        .get("/api/cases/" + key + "/incidents")
                        .expect(200)
                        .json()
                        .get("items"))
                .isEmpty();
    }

    @Test
    void tellsWhomAMessageDidNotReach() {
        var key = COMPANY.start("sales-task", NOTHING);
        long number = Cases.number(key).orElseThrow();
        int step = Integer.parseInt(COMPANY.task(key).split("\\.")[1]);
        var cases = COMPANY.server.bean(Node.class).cases();

        assertThat(cases.reportUndelivered(number, step, COMPANY.bob, "the mailbox is full"))
                .isInstanceOf(Answer.Done.class);
        cases.reportUndelivered(number, step, COMPANY.bob, "the mailbox is still full");

        var incidents = COMPANY.read(key).get("incidents");
        assertThat(incidents).hasSize(1);
        var incident = incidents.get(0);
        assertThat(incident.get("kind").asString()).isEqualTo("BOUNCED");
        assertThat(incident.get("about").asString()).isEqualTo(COMPANY.bob);
        assertThat(incident.get("message").asString()).isEqualTo("Bob was not reached: the mailbox is full");
        assertThat(incident.at("/holder/name").asString()).isEqualTo("Ada");
        assertThat(list("kind=BOUNCED").get("items")).contains(incident);

        cases.reportDelivered(number, step, COMPANY.bob);
        assertThat(COMPANY.read(key).get("incidents")).isEmpty();
        var journal = COMPANY.adaClient.get("/api/cases/" + key + "/journal").expect(200);
        assertThat(journal.body()).contains("The trouble at 'Call back' is over");
    }

    @Test
    void systemsThatDisagreeAreAnIncidentUntilSomebodyDecides() {
        var key = COMPANY.start("sales-task", Map.of("amount", 1200));
        var path = "/api/cases/" + key;
        var bob = COMPANY.bobClient;
        bob.post(path + "/facts", facts("erp", 1200)).expect(200);
        var disputed =
                bob.post(path + "/facts", facts("bank", 1300)).expect(200).json();
        assertThat(disputed.at("/items/0/agreed").asBoolean()).isFalse();
        assertThat(disputed.at("/items/0/systems/1/system/key").asString()).isEqualTo("bank");

        var incident = COMPANY.read(key).get("incidents").get(0);
        assertThat(incident.get("kind").asString()).isEqualTo("CONFLICT");
        assertThat(incident.get("about").asString()).isEqualTo("amount");
        assertThat(incident.get("message").asString())
                .isEqualTo("amount: erp says 1200, bank says 1300, the case says 1200");
        var resolution = path + "/incidents/" + incident.get("id").asString() + "/resolution";
        COMPANY.adaClient.post(resolution, Map.of("value", 1300)).expect(200);

        var now = bob.get(path + "/facts").expect(200).json().at("/items/0");
        assertThat(now.get("own").asInt()).isEqualTo(1300);
        assertThat(now.get("agreed").asBoolean()).isTrue();
        assertThat(now.at("/systems/0/overruled").asBoolean()).isTrue();
        assertThat(COMPANY.read(key).get("incidents")).isEmpty();
        COMPANY.adaClient.post(resolution, Map.of("value", 1)).expectProblem(404, "NoSuchIncident");
        assertThat(bob.get(path + "/journal").body()).contains("bank says: amount is 1300");
    }

    private static Map<String, ?> facts(String system, int amount) {
        return Map.of("system", system, "facts", Map.of("amount", amount));
    }

    @Test
    void refusesFactsThatAreNone() {
        var path = "/api/cases/" + COMPANY.start("sales-task", NOTHING) + "/facts";
        COMPANY.bobClient.post(path, NOTHING).expectProblem(422, "InvalidInput");
        COMPANY.bobClient.post(path, Map.of("system", "erp", "facts", NOTHING)).expectProblem(422, "InvalidInput");
        COMPANY.bobClient
                .post(path, Map.of("system", "erp", "facts", Map.of("lines", List.of(1, 2))))
                .expectProblem(422, "InvalidInput");
        COMPANY.bobClient
                .post(path, Map.of("system", "erp", "facts", Map.of("text", "x".repeat(201))))
                .expectProblem(422, "InvalidInput");
    }

    @Test
    void measuresHowMuchTroubleThereWasAndHowLongItTook() {
        COMPANY.deploy(TestProcess.of("measured", "MEA")
                .then("startEvent", "start")
                .then("<bpmn:userTask id=\"call\">" + TestProcess.extension("<baton:task team=\"sales\"/>")
                        + "</bpmn:userTask>")
                .then("endEvent", "end"));
        var from = COMPANY.server.clock().instant();
        var path = "/api/tasks/" + COMPANY.task(declined("measured"));
        COMPANY.server.clock().advance(Duration.ofHours(2));
        COMPANY.adaClient
                .post(path + "/offer", Map.of("person", COMPANY.bob, "reason", "please do"))
                .expect(200);
        COMPANY.server.clock().advance(Duration.ofHours(1));
        COMPANY.bobClient.post(path + "/decline", Map.of("reason", "no")).expect(200);
        COMPANY.server.clock().advance(Duration.ofHours(4));
        COMPANY.adaClient.post(path + "/completion", NOTHING).expect(204);
        declined("measured");

        var measured = COMPANY.adaClient
                .get("/api/incidents/measures?process=measured&from=" + from)
                .expect(200)
                .json()
                .get("kinds")
                .valueStream()
                .filter(kind -> kind.get("kind").asString().equals("NOT_ACCEPTED"))
                .findFirst()
                .orElseThrow();

        assertThat(measured.get("raised").asInt()).isEqualTo(3);
        assertThat(measured.get("closed").asInt()).isEqualTo(2);
        assertThat(measured.get("open").asInt()).isEqualTo(1);
        assertThat(measured.get("repeated").asInt()).isEqualTo(1);
        assertThat(measured.at("/median/duration").asString()).isEqualTo("PT3H");
        assertThat(measured.at("/p85/duration").asString()).isEqualTo("PT3H42M");
        assertThat(measured.at("/causes/OfferTask").asInt()).isEqualTo(1);
        assertThat(measured.at("/causes/CompleteTask").asInt()).isEqualTo(1);
        COMPANY.adaClient
                .get("/api/incidents/measures?from=2031-01-01T00:00:00Z&to=2030-01-01T00:00:00Z")
                .expectProblem(422, "InvalidInput");
        assertThat(COMPANY.adaClient
                        .get("/api/incidents/measures?process=none")
                        .json()
                        .get("kinds"))
                .isEmpty();
    }

    @Test
    void listsThoseOfAPersonOrOfAKind() {
        var notAccepted = declined();
        var stuck = COMPANY.start("sales-task", NOTHING);
        var obstacle = Map.of("kind", "QUESTION", "reason", "which one?", "blocker", COMPANY.bob);
        COMPANY.adaClient
                .post("/api/tasks/" + COMPANY.task(stuck) + "/obstacle", obstacle)
                .expect(200);

        assertThat(cases(list("holder=me&limit=200"))).contains(notAccepted).doesNotContain(stuck);
        assertThat(cases(list("limit=200&holder=" + COMPANY.bob)))
                .contains(stuck)
                .doesNotContain(notAccepted);
        assertThat(cases(list("kind=stuck&limit=200"))).contains(stuck).doesNotContain(notAccepted);
        assertThat(cases(list("kind=STUCK&holder=me"))).isEmpty();
        COMPANY.adaClient.get("/api/incidents?kind=weather").expectProblem(422, "InvalidInput");
    }

    @Test
    void pagesThroughThemTheMostUrgentFirst() {
        for (int i = 0; i < 5; i++) {
            declined();
            COMPANY.server.clock().advance(Duration.ofMinutes(1));
        }
        var whole = list("limit=200").get("items");
        var ids = new ArrayList<String>();
        var page = list("limit=2");
        while (true) {
            page.get("items").forEach(item -> ids.add(item.get("id").asString()));
            if (page.get("next").isNull()) {
                break;
            }
            page = list("limit=2&cursor=" + page.get("next").asString());
        }
        assertThat(ids)
                .hasSizeGreaterThanOrEqualTo(5)
                .isEqualTo(whole.findValuesAsString("id").stream()
                        .filter(id -> id.contains("."))
                        .toList());
        assertThat(whole.findValuesAsString("dueAt")).isSorted();
    }
}
