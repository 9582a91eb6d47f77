package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.TestProcess;
import io.baton.server.directory.Policies;
import io.baton.server.directory.PolicyBody;
import io.baton.server.web.TestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tasks over HTTP from hand to hand: offers, returns, promises, obstacles, and who may do what about them. */
class HandingOnTest {

    private static final Company COMPANY = new Company();
    private static final TestClient ADA = COMPANY.adaClient;
    private static final TestClient BOB = COMPANY.bobClient;
    private static final Map<String, ?> NOTHING = Map.of();

    static {
        COMPANY.chief.put("/api/teams/legal", Map.of("name", "Legal", "kind", "team"));
        COMPANY.deploy(Company.salesTask());
        COMPANY.deploy(TestProcess.of("two-sales-tasks", "TST")
                .then("startEvent", "start")
                .then(sales("write", ""))
                .then(sales("check", ""))
                .then("endEvent", "end"));
        var policy = JsonMapper.shared().readValue("""
                {"acceptBy": "PT8H", "reminders": [{"when": "PT4H"}], "ladder": [{"after": "P1D", "to": "owner"}]}""", PolicyBody.class);
        var put = COMPANY.server.bean(io.baton.server.Node.class).policies().put("chase", policy, COMPANY.ada);
        assertThat(put).isInstanceOf(Policies.Put.Done.class);
        COMPANY.deploy(TestProcess.of("chased", "CHA")
                .then("startEvent", "start")
                .then(sales("call", " policy=\"chase\" due=\"P2D\""))
                .then("endEvent", "end"));
    }

    private static String sales(String id, String attributes) {
        return "<bpmn:userTask id=\"" + id + "\" name=\"" + id + "\">"
                + TestProcess.extension("<baton:task team=\"sales\"" + attributes + "/>") + "</bpmn:userTask>";
    }

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private static String at(String id, String verb) {
        return "/api/tasks/" + id + "/" + verb;
    }

    /** A task of a new case, held by Ada, who owns the case as well. */
    private static String adasTask() {
        var id = COMPANY.task(COMPANY.start("sales-task", NOTHING));
        ADA.post(at(id, "claim"), NOTHING).expect(200);
        return id;
    }

    private static List<String> ids(TestClient client, String view) {
        var ids = new ArrayList<String>();
        client.get("/api/tasks?view=" + view + "&limit=200")
                .expect(200)
                .json()
                .get("items")
                .forEach(item -> ids.add(item.get("id").asString()));
        return ids;
    }

    private static JsonNode read(String id) {
        return ADA.get("/api/tasks/" + id).expect(200).json();
    }

    @Test
    void theGiverHasTheTaskUntilTheOfferIsAccepted() {
        var id = adasTask();

        var offered = ADA.post(at(id, "offer"), Map.of("person", COMPANY.bob, "reason", "you know them"))
                .expect(200)
                .json();

        assertThat(offered.at("/holder/name").asString()).isEqualTo("Ada");
        assertThat(offered.at("/offeredTo/name").asString()).isEqualTo("Bob");
        assertThat(offered.at("/given/reason").asString()).isEqualTo("you know them");
        assertThat(offered.at("/given/by/name").asString()).isEqualTo("Ada");
        assertThat(ids(BOB, "mine")).contains(id);
        assertThat(ids(ADA, "mine")).doesNotContain(id);
        assertThat(ids(ADA, "waiting")).contains(id);

        BOB.post(at(id, "claim"), NOTHING).expect(200);
        var custody = read(id).get("custody");
        assertThat(custody.get(custody.size() - 1).at("/holder/name").asString())
                .isEqualTo("Bob");
        assertThat(custody.get(custody.size() - 1).get("until").isNull()).isTrue();
        assertThat(ids(ADA, "waiting")).doesNotContain(id);
    }

    private static List<String> acts(TestClient client, String id) {
        var acts = new ArrayList<String>();
        client.get("/api/tasks/" + id).expect(200).json().get("acts").forEach(act -> acts.add(act.asString()));
        return acts;
    }

    @Test
    void aTaskSaysWhatWhoLooksAtItCanDoWithIt() {
        var id = COMPANY.task(COMPANY.start("sales-task", NOTHING));
        assertThat(acts(ADA, id)).contains("ACCEPT", "PROMISE", "WAIVE").doesNotContain("PUT_BACK", "DECLINE");
        assertThat(acts(COMPANY.chief, id)).doesNotContain("WAIVE", "CHANGE_DUE"); // the case is Ada's

        ADA.post(at(id, "claim"), NOTHING).expect(200);
        assertThat(acts(ADA, id)).contains("PUT_BACK", "OFFER", "REPORT_STUCK").doesNotContain("ACCEPT", "WITHDRAW");
        assertThat(acts(BOB, id)).isEmpty();

        ADA.post(at(id, "offer"), Map.of("person", COMPANY.bob, "reason", "you know them"))
                .expect(200);
        assertThat(acts(ADA, id)).contains("WITHDRAW").doesNotContain("PROMISE");
        assertThat(acts(BOB, id)).contains("ACCEPT", "DECLINE", "PROMISE").doesNotContain("WITHDRAW");
    }

    @Test
    void anOfferIsDeclinedWithAReasonOrTakenBack() {
        var id = adasTask();
        ADA.post(at(id, "offer"), Map.of("person", COMPANY.bob, "reason", "please"))
                .expect(200);

        BOB.delete(at(id, "offer")).expectProblem(409, "NotTheHolder");
        ADA.post(at(id, "decline"), Map.of("reason", "no")).expectProblem(409, "NoOffer");
        BOB.post(at(id, "decline"), NOTHING).expectProblem(422, "InvalidInput");
        var declined = BOB.post(at(id, "decline"), Map.of("reason", "busy"))
                .expect(200)
                .json();
        assertThat(declined.get("offeredTo").isNull()).isTrue();
        assertThat(ids(ADA, "mine")).contains(id);

        ADA.post(at(id, "offer"), Map.of("person", COMPANY.bob, "reason", "really"))
                .expect(200);
        ADA.delete(at(id, "offer")).expect(200);
        BOB.post(at(id, "claim"), NOTHING).expectProblem(409, "AlreadyClaimed");
        ADA.delete(at(id, "offer")).expectProblem(409, "NoOffer");
    }

    @Test
    void anOfferToATeamLiesInItsQueueAndOnlyItsMembersAnswerIt() {
        var lex = COMPANY.server.signedIn(COMPANY.server.addMember("Lex", "legal"));
        var id = adasTask();

        var offered = ADA.post(at(id, "offer"), Map.of("team", "legal", "reason", "a contract"))
                .expect(200)
                .json();

        assertThat(offered.at("/offeredToTeam/name").asString()).isEqualTo("Legal");
        assertThat(offered.get("offeredTo").isNull()).isTrue();
        assertThat(ids(lex, "team")).contains(id);
        assertThat(ids(BOB, "team")).doesNotContain(id);
        assertThat(ids(ADA, "waiting")).contains(id);
        BOB.post(at(id, "claim"), NOTHING).expectProblem(409, "NotAsked");
        BOB.post(at(id, "decline"), Map.of("reason", "no")).expectProblem(403, "NotInTheTeam");
        assertThat(lex.get("/api/tasks/" + id).json().get("mayClaim").asBoolean())
                .isTrue();
        lex.post(at(id, "claim"), NOTHING).expect(200);
        assertThat(read(id).at("/holder/name").asString()).isEqualTo("Lex");
    }

    @Test
    void whoDoesNotHaveATaskDoesNotOfferIt() {
        var id = adasTask();
        var to = Map.of("person", COMPANY.bob, "reason", "mine!");
        BOB.post(at(id, "offer"), to).expectProblem(409, "NotTheHolder");
        ADA.post(at(id, "offer"), Map.of("person", "p999999", "reason", "?")).expectProblem(409, "NobodyToAsk");
        ADA.post(at(id, "offer"), Map.of("team", "nobody", "reason", "?")).expectProblem(422, "InvalidInput");
        ADA.post(at(id, "offer"), Map.of("reason", "?")).expectProblem(422, "InvalidInput");
        ADA.post(at(id, "offer"), Map.of("person", COMPANY.bob, "team", "sales", "reason", "?"))
                .expectProblem(422, "InvalidInput");
        ADA.post(at(id, "offer"), Map.of("person", COMPANY.bob)).expectProblem(422, "InvalidInput");
        ADA.post(at(id, "offer"), Map.of("person", COMPANY.bob, "reason", "x".repeat(1001)))
                .expectProblem(422, "InvalidInput");
        assertThat(read(id).get("offeredTo").isNull()).isTrue();
    }

    @Test
    void theOwnerTakesATaskAwayToGiveItToSomebodyElse() {
        var id = COMPANY.task(COMPANY.start("sales-task", NOTHING));
        BOB.post(at(id, "claim"), NOTHING).expect(200);
        var third = COMPANY.server.addMember("Third", "sales");

        ADA.post(at(id, "offer"), Map.of("person", third, "reason", "Bob is ill"))
                .expect(200);

        assertThat(read(id).at("/holder/name").asString()).isEqualTo("Ada");
        assertThat(read(id).at("/offeredTo/id").asString()).isEqualTo(third);
    }

    @Test
    void workThatIsNotReadyGoesBackToWhoGaveIt() {
        var key = COMPANY.start("two-sales-tasks", NOTHING);
        BOB.post(at(COMPANY.task(key), "completion"), NOTHING).expect(204);
        var id = COMPANY.task(key);
        assertThat(read(id).at("/giver/name").asString()).isEqualTo("Bob");

        ADA.post(at(id, "return"), NOTHING).expectProblem(422, "InvalidInput");
        COMPANY.stranger.post(at(id, "return"), Map.of("missing", "all")).expectProblem(403, "NotInTheTeam");
        var back = ADA.post(at(id, "return"), Map.of("missing", "the contract"))
                .expect(200)
                .json();

        assertThat(back.at("/holder/name").asString()).isEqualTo("Bob");
        assertThat(back.get("returns").asInt()).isEqualTo(1);
        BOB.post(at(COMPANY.task(COMPANY.start("sales-task", NOTHING)), "return"), Map.of("missing", "everything"))
                .expectProblem(409, "NoGiver");
    }

    @Test
    void theOwnerAloneWaivesAStepAndOnce() {
        var key = COMPANY.start("sales-task", NOTHING);
        var id = COMPANY.task(key);
        BOB.post(at(id, "waiver"), Map.of("reason", "not needed")).expectProblem(409, "NotTheOwner");
        var owner = COMPANY.server
                .signedIn(COMPANY.ada)
                .with("Idempotency-Key", UUID.randomUUID().toString());

        owner.post(at(id, "waiver"), Map.of("reason", "not needed")).expect(204);
        owner.post(at(id, "waiver"), Map.of("reason", "not needed")).expect(204);

        ADA.post(at(id, "waiver"), Map.of("reason", "again")).expectProblem(404, "NoSuchTask");
        assertThat(COMPANY.read(key).get("state").asString()).isEqualTo("completed");
    }

    @Test
    void aPromiseIsMadeMovedAndCounted() {
        var id = COMPANY.task(COMPANY.start("sales-task", NOTHING));
        COMPANY.stranger
                .post(at(id, "promise"), Map.of("at", "2030-01-01T12:00:00Z"))
                .expectProblem(403, "NotInTheTeam");
        BOB.post(at(id, "promise"), Map.of("at", "2030-01-01T12:00:00Z")).expect(200);

        var moved = BOB.post(at(id, "promise"), Map.of("at", "2030-01-02T12:00:00Z"))
                .expect(200)
                .json();

        assertThat(moved.at("/holder/name").asString())
                .as("who promises has it")
                .isEqualTo("Bob");
        assertThat(moved.get("promise").toString())
                .isEqualTo("{\"at\":\"2030-01-02T12:00:00Z\",\"slips\":1,\"broken\":false}");
        assertThat(moved.get("ifNobodyActs").get(0).get("what").asString()).isEqualTo("PROMISE_IS_BROKEN");
        BOB.post(at(id, "promise"), Map.of("at", "2020-01-02T12:00:00Z")).expectProblem(409, "InThePast");
        BOB.post(at(id, "promise"), Map.of("at", "+99999-01-02T12:00:00Z")).expectProblem(422, "InvalidInput");
        BOB.post(at(id, "promise"), Map.of("at", "soon")).expectProblem(422, "InvalidInput");
        ADA.post(at(id, "promise"), Map.of("at", "2030-01-02T12:00:00Z")).expectProblem(409, "NotTheHolder");
    }

    @Test
    void anotherDateIsProposedAndTheOwnerAnswers() {
        var id = COMPANY.task(COMPANY.start("sales-task", NOTHING));
        var other = Map.of("due", "2030-03-01T00:00:00Z", "reason", "holidays");
        BOB.post(at(id, "proposal"), other).expect(200);
        BOB.post(at(id, "proposal/answer"), Map.of("agreed", true)).expectProblem(409, "NotTheOwner");
        assertThat(read(id).at("/proposal/reason").asString()).isEqualTo("holidays");

        ADA.post(at(id, "proposal/answer"), NOTHING).expectProblem(422, "InvalidInput");
        ADA.post(at(id, "proposal/answer"), Map.of("agreed", false)).expect(200);
        assertThat(read(id).get("proposal").isNull()).isTrue();
        ADA.post(at(id, "proposal/answer"), Map.of("agreed", true)).expectProblem(409, "NoProposal");

        BOB.post(at(id, "proposal"), other).expect(200);
        var agreed = ADA.post(at(id, "proposal/answer"), Map.of("agreed", true))
                .expect(200)
                .json();
        assertThat(agreed.get("dueAt").asString()).isEqualTo("2030-03-01T00:00:00Z");
    }

    @Test
    void theOwnerChangesADueDateOrTakesItAway() {
        var id = COMPANY.task(COMPANY.start("sales-task", NOTHING));
        var due = Map.of("due", "2030-03-01T00:00:00Z", "reason", "agreed with the customer");
        BOB.put(at(id, "due"), due).expectProblem(409, "NotTheOwner");
        assertThat(ADA.put(at(id, "due"), due).expect(200).json().get("dueAt").asString())
                .isEqualTo("2030-03-01T00:00:00Z");
        assertThat(ADA.put(at(id, "due"), Map.of("reason", "no hurry"))
                        .expect(200)
                        .json()
                        .get("dueAt")
                        .isNull())
                .isTrue();
        var caseItself = id.substring(0, id.indexOf('.')) + ".0";
        ADA.put(at(caseItself, "due"), due).expectProblem(404, "NoSuchTask");
    }

    @Test
    void whoIsStuckSaysWhyAndTheTimeIsWhoeverCanHelps() {
        var id = COMPANY.task(COMPANY.start("sales-task", NOTHING));
        BOB.post(at(id, "obstacle"), Map.of("kind", "WEATHER", "reason", "snow"))
                .expectProblem(422, "InvalidInput");

        var stuck = BOB.post(at(id, "obstacle"), Map.of("kind", "DECISION", "reason", "which price?"))
                .expect(200)
                .json();

        assertThat(stuck.at("/obstacle/kind").asString()).isEqualTo("DECISION");
        assertThat(stuck.at("/obstacle/blocker/name").asString())
                .as("the owner decides")
                .isEqualTo("Ada");
        assertThat(stuck.at("/holder/name").asString()).isEqualTo("Ada");
        assertThat(stuck.at("/claimedBy/name").asString()).isEqualTo("Bob");
        assertThat(ids(BOB, "waiting")).contains(id);
        COMPANY.stranger.delete(at(id, "obstacle")).expectProblem(409, "NotTheHolder");
        var freed = ADA.delete(at(id, "obstacle")).expect(200).json();
        assertThat(freed.get("obstacle").isNull()).isTrue();
        assertThat(freed.at("/holder/name").asString()).isEqualTo("Bob");
        ADA.delete(at(id, "obstacle")).expectProblem(409, "NotStuck");
        assertThat(ids(BOB, "waiting")).doesNotContain(id);
    }

    @Test
    void ifNobodyActsSaysWhatHappensWhenAndToWhom() {
        var id = COMPANY.task(COMPANY.start("chased", NOTHING));
        BOB.post(at(id, "claim"), NOTHING).expect(200);
        var task = read(id);

        assertThat(task.get("policy").toString()).isEqualTo("{\"key\":\"chase\",\"version\":1,\"overridden\":[]}");
        var foreseen = new ArrayList<String>();
        task.get("ifNobodyActs")
                .forEach(each -> foreseen.add(each.get("what").asString() + " "
                        + each.at("/person/name").asString()));
        assertThat(foreseen).containsExactly("OVERDUE Ada", "REMINDER Bob", "ESCALATION Ada");
        assertThat(task.get("ifNobodyActs").get(1).get("text").asString()).isEqualTo("Bob is reminded");
        assertThat(task.get("ifNobodyActs").get(0).get("at").asString())
                .isEqualTo(task.get("dueAt").asString());
    }

    @Test
    void thereIsNothingToDoWithATaskThatIsNotThere() {
        for (var verb : List.of("offer", "obstacle")) {
            ADA.delete(at("1.1", verb)).expectProblem(404, "NoSuchTask");
        }
        ADA.post(at("1.1", "offer"), Map.of("person", COMPANY.bob, "reason", "r"))
                .expectProblem(404, "NoSuchTask");
        ADA.post(at("1.1", "decline"), Map.of("reason", "r")).expectProblem(404, "NoSuchTask");
        ADA.post(at("1.1", "return"), Map.of("missing", "m")).expectProblem(404, "NoSuchTask");
        ADA.post(at("1.1", "promise"), Map.of("at", "2030-01-01T00:00:00Z")).expectProblem(404, "NoSuchTask");
    }
}
