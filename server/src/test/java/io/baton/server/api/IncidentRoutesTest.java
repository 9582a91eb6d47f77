package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.Node;
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
        var key = COMPANY.start("sales-task", NOTHING);
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
