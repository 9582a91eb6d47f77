package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.TestProcess;
import io.baton.server.play.Plays;
import io.baton.server.processes.Sources;
import io.baton.server.web.TestClient.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Trying a draft over HTTP: what an answer says, which act ends a play, and that no draft can hold the server. */
class PlayRoutesTest {

    private static final Company COMPANY = new Company();

    @BeforeAll
    static void aPolicy() {
        COMPANY.chief
                .put(
                        "/api/policies/nudge",
                        Map.of(
                                "acceptBy", "PT4H",
                                "reminders", List.of(Map.of("when", "-PT2H")),
                                "ladder", List.of(Map.of("after", "PT3H", "to", "owner"))))
                .expect(200);
    }

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private static Map<String, ? extends @Nullable Object> act(String act, Object... fields) {
        var all = new java.util.LinkedHashMap<String, Object>();
        all.put("act", act);
        for (int i = 0; i < fields.length; i += 2) {
            all.put(String.valueOf(fields[i]), fields[i + 1]);
        }
        return all;
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // the acts are only read
    private static JsonNode play(TestProcess process, Map<String, ? extends @Nullable Object>... acts) {
        return COMPANY.play(List.of(process.file()), List.of(acts)).expect(200).json();
    }

    private static List<String> all(JsonNode items, String field) {
        var values = new ArrayList<String>();
        items.forEach(item -> values.add(item.at(field).asString()));
        return values;
    }

    /** One task for sales by turns, due in eight hours, then a system. */
    private static TestProcess nudged() {
        return TestProcess.of("nudged", "NDG")
                .then("startEvent", "start")
                .then("<bpmn:userTask id=\"call\" name=\"Call back\">"
                        + TestProcess.extension(
                                "<baton:task team=\"sales\" assign=\"round-robin\" due=\"PT8H\" policy=\"nudge\"/>")
                        + "</bpmn:userTask>")
                .job("book", "booking")
                .then("endEvent", "end");
    }

    @Test
    void playsACaseToItsEndAndKeepsNothing() {
        var begin = play(TestProcess.twoTasks());
        assertThat(begin.get("detail").isNull()).isTrue();
        assertThat(all(begin.get("beginnings"), "/kind")).containsExactly("PLAIN");

        var middle = play(
                TestProcess.twoTasks(),
                act("START", "variables", Map.of("amount", 3)),
                act("COMPLETE", "step", "first", "variables", Map.of("ok", true)));
        assertThat(middle.get("done").asInt()).isEqualTo(2);
        assertThat(middle.get("stopped").isNull()).isTrue();
        assertThat(all(middle.at("/detail/tokens"), "/node")).containsExactly("second");
        assertThat(middle.at("/detail/travelled").size()).isEqualTo(2);
        assertThat(middle.at("/detail/variables/amount").asInt()).isEqualTo(3);
        assertThat(all(middle.get("tasks"), "/step")).containsExactly("second");
        assertThat(middle.get("journal").size()).isEqualTo(2);

        var over = play(
                TestProcess.twoTasks(),
                act("START"),
                act("COMPLETE", "step", "first"),
                act("WAIT", "duration", "PT1H"),
                act("COMPLETE", "step", "second"));
        assertThat(over.at("/detail/state").asString()).isEqualTo("completed");
        assertThat(over.get("transcript").asString())
                .contains("> start by ", "> complete first by ", "> wait PT1H\n> complete second by ");

        COMPANY.chief.get("/api/processes/two-tasks").expectProblem(404, "NoSuchProcess");
        assertThat(COMPANY.chief
                        .get("/api/cases")
                        .expect(200)
                        .json()
                        .get("items")
                        .size())
                .isZero();
    }

    @Test
    void saysWhoWouldHaveItWhyAndWhatThePolicyWouldSend() {
        var opened = play(nudged(), act("START"));
        var task = opened.at("/tasks/0");
        assertThat(task.at("/task/given/reason").asString()).isNotBlank();
        assertThat(all(task.at("/task/ifNobodyActs"), "/what")).contains("OFFER_EXPIRES");
        assertThat(all(task.get("actors"), "/as")).contains("ASKED", "OWNER");
        assertThat(all(task.at("/actors/0/acts"), "")).contains("ACCEPT", "DECLINE");
        assertThat(all(opened.get("told"), "/reason")).containsExactly("OFFERED");

        var asked = task.at("/actors/0/person/id").asString();
        var late = play(
                nudged(),
                act("START"),
                act("ACCEPT", "step", "call", "by", asked),
                act("WAIT"),
                act("WAIT"),
                act("WAIT"));
        assertThat(all(late.get("told"), "/reason")).contains("REMINDER", "ESCALATION");
        assertThat(late.at("/tasks/0/task/overdue").asBoolean()).isTrue();
    }

    @Test
    void givesTwoTasksInARowToTwoPeopleByTurns() {
        var twice = TestProcess.of("by-turns", "TRN")
                .then("startEvent", "start")
                .then(byTurns("one"))
                .then(byTurns("two"))
                .then("endEvent", "end");
        var first = play(twice, act("START")).at("/tasks/0/actors/0/person/id").asString();
        var second = play(twice, act("START"), act("COMPLETE", "step", "one", "by", first))
                .at("/tasks/0/actors/0/person/id")
                .asString();
        assertThat(List.of(first, second)).containsExactlyInAnyOrder(COMPANY.ada, COMPANY.bob);
    }

    private static String byTurns(String id) {
        return "<bpmn:userTask id=\"" + id + "\">"
                + TestProcess.extension("<baton:task team=\"sales\" assign=\"round-robin\"/>") + "</bpmn:userTask>";
    }

    @Test
    void systemsAnswerFailAndSendMessagesByHand() {
        var process = TestProcess.of("systems", "SYS")
                .then("startEvent", "start")
                .job("book", "booking")
                .then("endEvent", "end");
        var open = play(process, act("START"));
        assertThat(all(open.get("jobs"), "/type")).containsExactly("booking");

        var failed = play(process, act("START"), act("FAIL_JOB", "step", "book", "reason", "down", "retries", 0));
        assertThat(all(failed.get("incidents"), "/step")).containsExactly("book");
        assertThat(failed.at("/incidents/0/message").asString()).contains("down");

        var mended = play(
                process,
                act("START"),
                act("FAIL_JOB", "step", "book", "reason", "down", "retries", 0),
                act("RETRY", "step", "book"),
                act("COMPLETE_JOB", "step", "book", "variables", Map.of("booked", true)));
        assertThat(mended.at("/detail/state").asString()).isEqualTo("completed");
        assertThat(mended.at("/detail/variables/booked").asBoolean()).isTrue();
    }

    @Test
    void theOwnerPausesTheCaseHandsItOverWaivesAStepAndCancels() {
        var opened = play(TestProcess.twoTasks(), act("START"));
        var owner = opened.at("/caseActors/0/person/id").asString();
        assertThat(all(opened.at("/caseActors/0/acts"), ""))
                .containsExactly("PAUSE", "CHANGE_CASE_DUE", "HAND_OVER", "CANCEL");

        var until = Instant.parse(opened.get("now").asString()).plus(Duration.ofDays(3));
        var paused = play(
                TestProcess.twoTasks(),
                act("START"),
                act("PAUSE", "at", until.toString(), "reason", "holidays", "by", owner));
        assertThat(paused.at("/detail/pause/until").asString()).isEqualTo(until.toString());
        assertThat(all(paused.at("/caseActors/0/acts"), "")).contains("RESUME").doesNotContain("PAUSE");

        var handedOver = play(
                TestProcess.twoTasks(),
                act("START"),
                act("PAUSE", "at", until.toString(), "reason", "holidays"),
                act("RESUME"),
                act("CHANGE_CASE_DUE", "at", until.toString(), "reason", "agreed"),
                act("HAND_OVER", "person", COMPANY.ada, "reason", "holidays"));
        assertThat(all(handedOver.get("caseActors"), "/person/id")).containsExactly(owner, COMPANY.ada);
        assertThat(all(handedOver.at("/caseActors/1/acts"), "")).containsExactly("ACCEPT_CASE", "DECLINE_CASE");
        assertThat(handedOver.at("/detail/dueAt").asString()).isEqualTo(until.toString());

        var over = play(
                TestProcess.twoTasks(),
                act("START"),
                act("HAND_OVER", "person", COMPANY.ada, "reason", "holidays"),
                act("ACCEPT_CASE", "by", COMPANY.ada),
                act("WAIVE", "step", "first", "reason", "done by phone", "by", COMPANY.ada),
                act("PAUSE", "at", until.toString(), "reason", "not mine", "by", owner));
        assertThat(all(over.at("/detail/tokens"), "/node"))
                .as("the step is waived")
                .containsExactly("second");
        assertThat(over.at("/stopped/code").asString())
                .as("it is another's case now")
                .isEqualTo("NotTheOwner");

        var cancelled = play(TestProcess.twoTasks(), act("START"), act("CANCEL", "reason", "not needed"));
        assertThat(cancelled.at("/detail/state").asString()).isEqualTo("cancelled");
        assertThat(cancelled.get("caseActors").isEmpty()).isTrue();
    }

    @Test
    void endsBeforeTheActThatNoLongerApplies() {
        var acts = List.<Map<String, ? extends @Nullable Object>>of(
                act("START"), act("COMPLETE", "step", "first"), act("COMPLETE", "step", "second"));
        var changed = TestProcess.of("two-tasks", "TWO")
                .then("startEvent", "start")
                .then("userTask", "first")
                .then("<bpmn:userTask id=\"other\" name=\"Another step\"/>")
                .then("endEvent", "end");
        var played = COMPANY.play(List.of(changed.file()), acts).expect(200).json();
        assertThat(played.get("done").asInt()).isEqualTo(2);
        assertThat(played.at("/stopped/act").asInt()).isEqualTo(2);
        assertThat(played.at("/stopped/node").asString()).isEqualTo("second");
        assertThat(all(played.get("tasks"), "/step")).containsExactly("other");
    }

    @Test
    void whatLiesInATeamsQueueIsForItsMembers() {
        var stopped = play(Company.salesTask(), act("START"), act("COMPLETE", "step", "call", "by", "p999"))
                .get("stopped");
        assertThat(stopped.get("code").asString()).isEqualTo("NotInTheTeam");
        assertThat(play(Company.salesTask(), act("START"), act("COMPLETE", "step", "call", "by", COMPANY.ada))
                        .at("/detail/state")
                        .asString())
                .isEqualTo("completed");
    }

    @Test
    void saysWhatKeepsADraftFromBeingPlayed() {
        var bad = TestProcess.of("bad-draft", "BAD")
                .then("startEvent", "start")
                .then("<bpmn:serviceTask id=\"no-job\"/>")
                .then("endEvent", "end");
        var problem = play(bad, act("START")).at("/problems/0");
        assertThat(problem.get("element").asString()).isEqualTo("no-job");
        assertThat(problem.get("reason").asString()).isNotBlank();
        assertThat(problem.get("line").asInt()).isPositive();
    }

    static List<Map<String, ? extends @Nullable Object>> malformed() {
        return List.of(
                act("FLY"),
                act("CANCEL"),
                act("PAUSE", "reason", "why"),
                act("HAND_OVER", "reason", "why"),
                act("COMPLETE"),
                act("DECLINE", "step", "first"),
                act("OFFER", "step", "first", "reason", "why"),
                act("START", "by", "~timer"),
                act("WAIT", "duration", "tomorrow"),
                act("WAIT", "duration", "-PT1H"),
                act("FAIL_JOB", "step", "first", "reason", "why", "retries", -1));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesAnActThatIsNone(Map<String, ? extends @Nullable Object> act) {
        var errors = COMPANY.play(List.of(TestProcess.twoTasks().file()), List.of(act))
                .expectProblem(422, "InvalidInput")
                .json()
                .get("errors");
        assertThat(errors.at("/0/field").asString()).startsWith("acts[0].");
    }

    @Test
    void onlyAnAdministratorMayTryADraft() {
        assertThat(COMPANY.adaClient
                        .post("/api/processes/play", Map.of("acts", List.of()))
                        .status())
                .isEqualTo(403);
    }

    // Drafts that would hold the server

    @Test
    void refusesMoreActsThanOneCanDo() {
        var acts = Collections.<Map<String, ? extends @Nullable Object>>nCopies(Plays.ACTS_MAX + 1, act("WAIT"));
        COMPANY.play(List.of(TestProcess.twoTasks().file()), acts).expectProblem(422, "InvalidInput");
    }

    @Test
    void endsAPlayWhoseTimerFiresEverySecondOfAYear() {
        var ticking = TestProcess.of("ticking", "TIC")
                .then("startEvent", "start")
                .then("<bpmn:userTask id=\"work\"/>")
                .then("endEvent", "end")
                .element("<bpmn:boundaryEvent id=\"tick\" attachedToRef=\"work\" cancelActivity=\"false\">"
                        + "<bpmn:timerEventDefinition><bpmn:timeCycle xsi:type=\"bpmn:tFormalExpression\">R/PT1S"
                        + "</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:boundaryEvent>")
                .then("<bpmn:endEvent id=\"ticked\"/>");
        var stopped =
                play(ticking, act("START"), act("WAIT", "duration", "P365D")).get("stopped");
        assertThat(stopped.get("code").asString()).isEqualTo("TooLong");
        assertThat(stopped.get("act").asInt()).isEqualTo(1);
    }

    @Test
    void endsAPlayThatWritesMoreThanItMay() {
        var growing = TestProcess.of("growing", "GRW")
                .then("startEvent", "start")
                .then("<bpmn:userTask id=\"work\"/>")
                .then("endEvent", "end")
                .element("<bpmn:boundaryEvent id=\"tick\" attachedToRef=\"work\" cancelActivity=\"false\">"
                        + "<bpmn:timerEventDefinition><bpmn:timeCycle xsi:type=\"bpmn:tFormalExpression\">R/PT1M"
                        + "</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:boundaryEvent>")
                .then("<bpmn:scriptTask id=\"grow\" scriptFormat=\"feel\">"
                        + TestProcess.extension("<baton:result variable=\"large\"/>")
                        + "<bpmn:script>seed + seed + seed + seed + seed</bpmn:script></bpmn:scriptTask>")
                .then("<bpmn:endEvent id=\"grown\"/>");
        var played = play(
                growing,
                act("START", "variables", Map.of("seed", "x".repeat(180_000))),
                act("WAIT", "duration", "PT10M"),
                act("WAIT", "duration", "PT2H"));
        assertThat(played.get("done").asInt()).isEqualTo(2);
        assertThat(played.at("/stopped/code").asString()).isEqualTo("TooLong");
        assertThat(played.at("/stopped/reason").asString()).contains("variables");
    }

    @Test
    void aProcessThatGoesRoundHasAnIncidentAndNotTheServer() {
        var round = TestProcess.of("round", "RND")
                .then("startEvent", "start")
                .then("<bpmn:exclusiveGateway id=\"again\"/>")
                .then("<bpmn:scriptTask id=\"count\" scriptFormat=\"feel\">"
                        + TestProcess.extension("<baton:result variable=\"n\"/>")
                        + "<bpmn:script>1</bpmn:script></bpmn:scriptTask>")
                .flow("count", "again", "");
        var played = play(round, act("START"));
        assertThat(all(played.get("incidents"), "/kind")).containsExactly("RUNAWAY");
        assertThat(played.get("journal").toString().length()).isLessThan(100_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count(for a in 1..1000000, b in 1..1000000 return a)",
                "string join(for a in 1..1000000 return \"xxxxxxxxxxxxxxxxxxxx\")",
            })
    void anExpressionThatIsTooMuchIsAnIncident(String expression) {
        var process = TestProcess.of("much", "MUC")
                .then("startEvent", "start")
                .then("<bpmn:scriptTask id=\"too-much\" scriptFormat=\"feel\">"
                        + TestProcess.extension("<baton:result variable=\"n\"/>") + "<bpmn:script>" + expression
                        + "</bpmn:script></bpmn:scriptTask>")
                .then("endEvent", "end");
        var played = play(process, act("START"));
        assertThat(all(played.get("incidents"), "/step")).as(played.toString()).containsExactly("too-much");
    }

    @Test
    void showsTheFirstOfAThousandTasks() {
        var crowd = TestProcess.of("crowd", "CRD")
                .then("startEvent", "start")
                .then("<bpmn:userTask id=\"each\">"
                        + TestProcess.extension("<baton:task team=\"sales\" due=\"P1D\" policy=\"nudge\"/>")
                        + "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>= 1000</bpmn:loopCardinality>"
                        + "</bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>")
                .then("endEvent", "end");
        var played = play(crowd, act("START"), act("COMPLETE", "step", "each#1000", "by", COMPANY.ada));
        assertThat(played.get("stopped").isNull()).isTrue();
        assertThat(played.at("/detail/tasks").size()).isEqualTo(999);
        assertThat(all(played.get("tasks"), "/step")).hasSize(20).startsWith("each", "each#2");
    }

    @Test
    void goesNoFurtherThanTimeIsKept() {
        for (var until : List.of("9999-12-31T00:00:00Z", "2500-01-01T00:00:00Z")) {
            assertThat(play(nudged(), act("START"), act("WAIT", "until", until))
                            .at("/stopped/code")
                            .asString())
                    .isEqualTo("TooFar");
        }
        assertThat(play(nudged(), act("START"), act("WAIT", "duration", "P9999999999D"))
                        .at("/stopped/code")
                        .asString())
                .isEqualTo("TooFar");
        assertThat(play(nudged(), act("START", "at", "2500-01-01T00:00:00Z"))
                        .at("/stopped/code")
                        .asString())
                .isEqualTo("TooFar");
        assertThat(play(nudged(), act("START"), act("WAIT", "until", "2001-01-01T00:00:00Z"))
                        .at("/stopped/code")
                        .asString())
                .isEqualTo("InThePast");
    }

    @Test
    void filesThatAreNoneAreToldAsProblems() {
        for (var body : List.of("", "<", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "\0")) {
            var file = new Sources.File("x.bpmn", body.getBytes(StandardCharsets.UTF_8));
            Response answer = COMPANY.play(List.of(file), List.of(act("START"))).expect(200);
            assertThat(answer.json().get("problems").size()).as(body).isPositive();
            assertThat(answer.body()).doesNotContain("root:");
        }
    }
}
