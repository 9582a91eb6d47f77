package io.baton.server.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Case;
import io.baton.engine.Step;
import io.baton.server.DiscountProcess;
import io.baton.server.TestProcess;
import io.baton.server.directory.Profile;
import io.baton.server.timers.FireDueTimers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A line in chat does what the same words do by mail, for what waits for whoever wrote it, and nothing else. */
class ChatActsTest {

    private static final ChatCompany COMPANY = new ChatCompany();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int DISCOUNT = DiscountProcess.deploy(COMPANY.node, COMPANY.owner);

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    /** No two requests of a test are the same one. */
    @BeforeEach
    void anotherTime() {
        COMPANY.server.clock().advance(Duration.ofMinutes(1));
    }

    private static long asked(String person) {
        long id = DiscountProcess.asking(COMPANY.node, DISCOUNT, COMPANY.owner, person);
        COMPANY.tick();
        return id;
    }

    private static Step step(long id) {
        return COMPANY.state(id).steps().iterator().next();
    }

    private static Step.Task task(long id) {
        return Objects.requireNonNull(step(id).task());
    }

    private static String name(long id) {
        return "DIS-" + COMPANY.step(id);
    }

    /** What Tim is answered to a line in Teams. */
    private static String say(String line) {
        COMPANY.server.clock().advance(Duration.ofSeconds(1));
        var said = ChatCompany.said(ChatCompany.TIM_IN_TEAMS, "<at>Baton</at>&nbsp;" + line + "\\n", COMPANY.now());
        return ChatCompany.text(COMPANY.inTeams(said, ChatCompany.TEAMS_SECRET));
    }

    /** What Ada is answered to a slash command in Slack. */
    private static String command(String line) {
        COMPANY.server.clock().advance(Duration.ofSeconds(1));
        var answer = COMPANY.inSlack(
                        ChatCompany.commanded(ChatCompany.ADA_IN_SLACK, line), COMPANY.now(), ChatCompany.SLACK_SECRET)
                .expect(200)
                .json();
        assertThat(answer.get("response_type").asString()).isEqualTo("ephemeral");
        return answer.get("text").asString();
    }

    private static String nextCard() {
        COMPANY.tick();
        return JSON.readTree(COMPANY.teams.next().body()).toString();
    }

    @Test
    void aDecisionIsMade_takenBackAsLongAsItMayBe_andMadeAgain() {
        long id = asked(COMPANY.tim);
        assertThat(nextCard()).contains("@Baton approve DIS\\\\-" + COMPANY.step(id));
        var approved = say("approve " + name(id));
        var rate = name(id);
        assertThat(approved)
                .isEqualTo("Noted: you have approved it. Thank you. There is more for you in this case: " + rate);
        assertThat(COMPANY.state(id).variables()).containsEntry("outcome", "approved");

        assertThat(say("approve " + rate)).contains("take it back: @Baton undo " + rate);
        assertThat(task(id).decision()).isNotNull();
        assertThat(say("approve " + rate)).startsWith("Nothing is done");
        assertThat(say("undo " + rate)).isEqualTo("Taken back.");
        assertThat(task(id).decision()).isNull();
        assertThat(say("reject " + rate + " because the rate is too high"))
                .startsWith("Noted: you have rejected it. Thank you.");
        COMPANY.server.clock().advance(Duration.ofMinutes(16));
        new FireDueTimers(
                        COMPANY.node.jdbc(),
                        COMPANY.node.transaction(),
                        COMPANY.node.committer(),
                        COMPANY.server.clock())
                .tick();
        assertThat(COMPANY.state(id).variables())
                .containsEntry("outcome", "rejected")
                .containsEntry("why", "the rate is too high");

        assertThat(nextCard())
                .as("what needs a code is not to be approved by a word")
                .doesNotContain("@Baton approve");
        var confirm = name(id);
        assertThat(say("approve " + confirm))
                .startsWith("Nothing is done yet")
                .contains("https://baton.example.com/inbox?task=" + COMPANY.step(id));
        assertThat(name(id)).isEqualTo(confirm);
    }

    @Test
    void aDateIsPromised_anObstacleReported_andBothTakenBack() {
        long id = COMPANY.ask(COMPANY.tim);
        nextCard();
        assertThat(say("CHA-" + id + " tomorrow")).startsWith("Noted: you have promised it for");
        assertThat(task(id).promise()).isNotNull();
        assertThat(say("undo CHA-" + id)).isEqualTo("Taken back.");
        assertThat(task(id).promise()).isNull();
        assertThat(say("Stuck #" + COMPANY.step(id) + " because the contract is missing"))
                .contains("@Baton undo CHA-" + COMPANY.step(id));
        assertThat(Objects.requireNonNull(task(id).blocker()).reason()).isEqualTo("the contract is missing");
        assertThat(say("undo cha-" + id + ".")).isEqualTo("Taken back.");
        assertThat(task(id).blocker()).isNull();
        assertThat(say("CHA-" + id + ": in two weeks")).startsWith("Noted: you have asked for");
    }

    @Test
    void aLineInSlackDoesTheSame_asWhoeverWroteIt() {
        long id = asked(COMPANY.ada);
        COMPANY.tick();
        var message = JSON.readTree(COMPANY.slack.next().body()).toString();
        assertThat(message).contains("/baton approve " + name(id), "baton_accept");
        assertThat(command("reject " + name(id) + " because <b>we & they</b> disagree"))
                .startsWith("Noted: you have rejected it. Thank you.");
        assertThat(COMPANY.state(id).variables()).containsEntry("why", "<b>we & they</b> disagree");

        var now = COMPANY.now();
        var stranger = ChatCompany.commanded("U0EVE", "approve " + name(id));
        assertThat(COMPANY.inSlack(stranger, now, ChatCompany.SLACK_SECRET)
                        .expect(200)
                        .json()
                        .get("text")
                        .asString())
                .contains("does not know who you are", "U0EVE");
        var again = ChatCompany.commanded(ChatCompany.ADA_IN_SLACK, "what");
        COMPANY.inSlack(again, now, "another secret").expectProblem(401, "WrongSignature");
        COMPANY.inSlack(again, now.minusSeconds(301), ChatCompany.SLACK_SECRET).expectProblem(401, "NotTimely");
        COMPANY.inSlack(again, now, ChatCompany.SLACK_SECRET).expect(200);
        COMPANY.inSlack(again, now, ChatCompany.SLACK_SECRET).expectProblem(409, "HeardBefore");
    }

    /** "Accept" takes the offer, as the button does; in other words it could be the answer yes as well. */
    @Test
    void whatCouldMeanTwoThingsMeansNone() {
        long id = asked(COMPANY.tim);
        nextCard();
        for (var line :
                List.of("akzeptiert " + name(id), name(id) + " I accept", name(id) + " ok", name(id) + " approve?")) {
            assertThat(say(line)).as(line).startsWith("Nothing is done").contains("@Baton approve " + name(id));
        }
        assertThat(task(id).offer()).isNotNull();
        assertThat(say("accept " + name(id))).isEqualTo("It is yours now.");
        assertThat(say("accept " + name(id))).isEqualTo("You are not asked for that, or not any more.");
        assertThat(COMPANY.state(id).variables()).doesNotContainKey("outcome");
        assertThat(say("I approve it")).startsWith("Write what you mean");
        assertThat(say("reject because DIS-" + id + " is wrong")).startsWith("Write what you mean");
        assertThat(say("approve " + name(id) + " " + "x".repeat(ChatActs.LINE_CHARACTERS_MAX)))
                .startsWith("Write what you mean");
        assertThat(say("freigegeben " + name(id))).startsWith("Noted: you have approved it.");
    }

    @Test
    void whoeverWritesIsAnsweredInTheirLanguage() {
        COMPANY.prefers(COMPANY.tim, "de", Profile.Channel.CHAT);
        try {
            long id = asked(COMPANY.tim);
            assertThat(nextCard()).contains("@Baton freigegeben DIS\\\\-" + COMPANY.step(id));
            assertThat(say("abgelehnt " + name(id) + ", weil der Preis nicht stimmt"))
                    .startsWith("Notiert");
            assertThat(COMPANY.state(id).variables()).containsEntry("why", "der Preis nicht stimmt");
        } finally {
            COMPANY.prefers(COMPANY.tim, null, Profile.Channel.CHAT);
        }
    }

    /** Whatever Tim writes about what is not his, nothing happens to it, and he is told nothing of it. */
    @Test
    void nobodyActsOnWhatIsNotTheirs() {
        var random = new Random(2026);
        long hers = asked(COMPANY.ada);
        COMPANY.slack.next();
        long his = asked(COMPANY.tim);
        nextCard();
        int herStep = step(hers).id();
        var before = List.of(journal(hers), journal(his));
        var words = List.of("approve", "reject", "stuck", "undo", "accept", "decline", "übernehme", "pass", "");
        var tails = List.of("because it is wrong", "to x@y.example", "Friday", "tomorrow", "", ": nein", "4711", "x");
        var references = List.of(
                "DIS-" + hers,
                "DIS-" + hers + "." + herStep,
                hers + "." + herStep,
                "PAY-" + his,
                "XX-" + his + "." + step(his).id(),
                "DIS-" + his + ".999",
                "DIS-999999",
                "999999999999999999.999999999",
                "0.0");
        var answers = new HashSet<String>();
        for (int i = 0; i < 150; i++) {
            var line = one(random, words) + " " + one(random, references) + " " + one(random, tails);
            answers.add(say(line.strip()).replaceAll(":.*|-.*", ""));
        }
        assertThat(answers)
                .containsExactlyInAnyOrder(
                        "You are not asked for that, or not any more.",
                        "Write what you mean with the number of the message, first or behind the first word");
        assertThat(List.of(journal(hers), journal(his))).isEqualTo(before);
    }

    private static String one(Random random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static int journal(long id) {
        assertThat(COMPANY.state(id).status()).isEqualTo(Case.Status.OPEN);
        return COMPANY.node
                .jdbc()
                .sql("select count(*) from journal where case_id = ?")
                .param(id)
                .query(Integer.class)
                .single();
    }

    @Test
    void ofACaseWithTwoStepsItIsAskedWhich() {
        COMPANY.node
                .deployments()
                .deploy(
                        TestProcess.of("pair", "TWO")
                                .then("startEvent", "start")
                                .then("<bpmn:userTask id=\"answer\" name=\"Answer\">"
                                        + TestProcess.extension("<baton:task holder=\"= who\"/>")
                                        + "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>2</bpmn:loopCardinality>"
                                        + "</bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>")
                                .then("endEvent", "end")
                                .sources(),
                        COMPANY.owner);
        long id = COMPANY.ask("pair", COMPANY.tim);
        COMPANY.teams.next();
        COMPANY.teams.next();
        var answer = say("accept TWO-" + id);
        assertThat(answer).startsWith("Which of them? TWO-" + id + ".").contains(", TWO-" + id + ".");
        var first = answer.replaceAll(".*\\? |,.*", "");
        assertThat(say("accept " + first)).isEqualTo("It is yours now.");
    }
}
