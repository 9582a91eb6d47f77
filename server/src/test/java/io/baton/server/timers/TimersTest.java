package io.baton.server.timers;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Case;
import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.commit.Answer;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.TestDatabase;
import io.baton.server.processes.StartTimers;
import io.baton.server.verify.Verify;
import io.baton.server.web.TestClock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Timers of steps and of starts, on a clock that the test moves and loops that it turns. */
class TimersTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final TestClock CLOCK = new TestClock();
    private static final Node NODE = new Node(DATABASE.database(), LocalWorkers.NONE, CLOCK);
    private static final Node OTHER = new Node(DATABASE.database(), LocalWorkers.NONE, CLOCK);
    private static final FireDueTimers TIMERS = timers(NODE);

    private static FireDueTimers timers(Node node) {
        return new FireDueTimers(node.jdbc(), node.transaction(), node.committer(), CLOCK);
    }

    private static StartTimers starts(Node node) {
        return new StartTimers(node.jdbc(), node.committer(), node.deployments(), CLOCK);
    }

    @AfterEach
    void journalAndTablesAgree() {
        assertThat(new Verify(NODE.jdbc(), NODE.transaction(), NODE.deployments())
                        .run(_ -> {})
                        .first())
                .isEmpty();
    }

    @AfterAll
    static void close() {
        NODE.close();
        OTHER.close();
        DATABASE.close();
    }

    @Test
    void aTimerFiresWhenItIsDueAndNotBefore() {
        var id = started("wait-an-hour", "PT1H");

        CLOCK.advance(Duration.ofMinutes(59));
        TIMERS.tick();
        assertThat(status(id)).isEqualTo(Case.Status.OPEN);

        CLOCK.advance(Duration.ofMinutes(1));
        TIMERS.tick();
        assertThat(status(id)).isEqualTo(Case.Status.COMPLETED);
    }

    @Test
    void theLoopRestsUntilTheNextTimerIsDue() {
        var _ = started("wait-a-moment", "PT0.4S");

        assertThat(TIMERS.tick()).isEqualTo(Duration.ofMillis(400));
        CLOCK.advance(Duration.ofMillis(400));
        TIMERS.tick();
    }

    @Test
    void everyDueTimerFiresOnceThoughTwoNodesSeeIt() {
        var process = deploy("wait-a-day", "P1D");
        var cases = Stream.generate(() -> start(process)).limit(40).toList();
        CLOCK.advance(Duration.ofDays(1));

        var ticks = Stream.of(TIMERS, timers(OTHER))
                .map(timers -> CompletableFuture.runAsync(
                        timers::tick, task -> Thread.ofVirtual().start(task)))
                .toList();
        ticks.forEach(CompletableFuture::join);

        assertThat(cases).allSatisfy(id -> {
            assertThat(status(id)).isEqualTo(Case.Status.COMPLETED);
            assertThat(entries(id)).isEqualTo(2);
        });
    }

    @Test
    void aCaseThatCannotFireDoesNotHoldUpTheOthers() {
        var damaged = start(OTHER, deploy("wait-damaged", "PT1H")); // this node does not remember it
        var good = started("wait-good", "PT1H");
        var state = NODE.jdbc()
                .sql("select state from cases where id = ?")
                .param(damaged)
                .query((row, _) -> row.getBytes(1))
                .single();
        NODE.jdbc()
                .sql("update cases set state = '\\xff' where id = ?")
                .param(damaged)
                .update();
        CLOCK.advance(Duration.ofHours(1));

        TIMERS.tick();
        assertThat(status(good)).isEqualTo(Case.Status.COMPLETED);

        NODE.jdbc()
                .sql("update cases set state = ? where id = ?")
                .param(state)
                .param(damaged)
                .update();
        TIMERS.tick();
        assertThat(status(damaged)).isEqualTo(Case.Status.COMPLETED);
    }

    @Test
    void aProcessStartsByItsTimerOnceAndMakesUpForWhatWasMissedOnce() {
        var process = deployed(TestProcess.of("nightly", "NIG")
                .then(
                        "<bpmn:startEvent id=\"start\"><bpmn:timerEventDefinition><bpmn:timeCycle>R/PT24H</bpmn:timeCycle>"
                                + "</bpmn:timerEventDefinition></bpmn:startEvent>")
                .then("userTask", "look")
                .then("endEvent", "end"));
        var here = starts(NODE);
        var there = starts(OTHER);
        here.tick();
        int before = cases(process);

        CLOCK.advance(Duration.ofHours(24));
        Stream.of(here, there)
                .map(starts -> CompletableFuture.runAsync(
                        starts::tick, task -> Thread.ofVirtual().start(task)))
                .toList()
                .forEach(CompletableFuture::join);
        assertThat(cases(process)).isEqualTo(before + 1);

        CLOCK.advance(Duration.ofDays(10));
        here.tick();
        there.tick();
        assertThat(cases(process)).isEqualTo(before + 2);
    }

    @Test
    void onlyTheNewestVersionStartsByItself() {
        var old = deployed(hourly("userTask"));
        var newer = deployed(hourly("manualTask"));
        CLOCK.advance(Duration.ofHours(1));

        starts(NODE).tick();

        assertThat(cases(old)).isZero();
        assertThat(cases(newer)).isEqualTo(1);
    }

    @Test
    void anotherNodeLearnsOfADeployment() {
        var process = deployed(
                TestProcess.of("news", "NEW").then("startEvent", "start").then("endEvent", "end"));

        assertThat(OTHER.deployments().newestVersion("news").orElseThrow().id()).isEqualTo(process);
        var newer = deployed(TestProcess.of("news", "NEW")
                .then("startEvent", "start")
                .then("userTask", "more")
                .then("endEvent", "end"));
        starts(OTHER).tick();
        assertThat(OTHER.deployments().newestVersion("news").orElseThrow().id()).isEqualTo(newer);
    }

    private static TestProcess hourly(String task) {
        return TestProcess.of("hourly", "HOU")
                .then("<bpmn:startEvent id=\"start\"><bpmn:timerEventDefinition><bpmn:timeCycle>R/PT1H</bpmn:timeCycle>"
                        + "</bpmn:timerEventDefinition></bpmn:startEvent>")
                .then(task, "look")
                .then("endEvent", "end");
    }

    private static int deploy(String key, String duration) {
        return deployed(TestProcess.of(key, "TIM")
                .then("startEvent", "start")
                .then("<bpmn:intermediateCatchEvent id=\"wait\"><bpmn:timerEventDefinition><bpmn:timeDuration>"
                        + duration + "</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>")
                .then("endEvent", "end"));
    }

    private static int deployed(TestProcess process) {
        return NODE.deployments()
                .deploy(process.sources(), "p1")
                .getFirst()
                .version()
                .id();
    }

    private static long started(String key, String duration) {
        return start(deploy(key, duration));
    }

    private static long start(int process) {
        return start(NODE, process);
    }

    private static long start(Node node, int process) {
        return ((Answer.Done) node.cases().start(process, null, new LinkedHashMap<>(), "p1", Actor.person("p1"), null))
                .caseId();
    }

    private static Case.Status status(long id) {
        return NODE.cases().find(id).orElseThrow().status();
    }

    private static int entries(long id) {
        return count("select count(*) from journal where case_id = ?", id);
    }

    private static int cases(int process) {
        return count("select count(*) from cases where process_id = ?", process);
    }

    private static int count(String sql, long parameter) {
        return NODE.jdbc()
                .sql(sql)
                .param(parameter)
                .query((row, _) -> row.getInt(1))
                .single();
    }
}
