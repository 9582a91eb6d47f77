package io.baton.server.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Case;
import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.commit.Answer;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.TestDatabase;
import io.baton.server.messages.Messages.Message;
import io.baton.server.messages.Messages.Outcome;
import io.baton.server.verify.Verify;
import io.baton.server.web.TestClock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages find the case that waits, start one, or are kept; each is taken once. The loop is driven by hand. */
class MessagesTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final TestClock CLOCK = new TestClock();
    private static final Node NODE = new Node(DATABASE.database(), LocalWorkers.NONE, CLOCK);
    private static final Node OTHER = new Node(DATABASE.database(), LocalWorkers.NONE, CLOCK);
    private static final Messages MESSAGES = NODE.messages();
    private static final Actor SHOP = Actor.person("p9");
    private static final Duration HOUR = Duration.ofHours(1);

    private static final int WAITING = deploy(TestProcess.of("waiting", "WAI")
            .message("paid", "paid", "= order")
            .then("startEvent", "start")
            .then("userTask", "before")
            .then("<bpmn:intermediateCatchEvent id=\"catch\"><bpmn:messageEventDefinition messageRef=\"paid\"/>"
                    + "</bpmn:intermediateCatchEvent>")
            .then("userTask", "after")
            .then("endEvent", "end"));

    private static int deploy(TestProcess process) {
        return NODE.deployments()
                .deploy(process.sources(), "p1")
                .getFirst()
                .version()
                .id();
    }

    static {
        var _ = deploy(TestProcess.of("ordered", "ORD")
                .message("order", "ordered", "")
                .then("<bpmn:startEvent id=\"start\"><bpmn:messageEventDefinition messageRef=\"order\"/>"
                        + "</bpmn:startEvent>")
                .then("userTask", "handle")
                .then("endEvent", "end"));
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
    void reachesTheCaseThatWaitsForItsKey() {
        var mine = waiting("o-1");
        var other = waiting("o-2");

        var outcome = MESSAGES.publish(message("o-1", null, Duration.ZERO), SHOP, null);

        assertThat(outcome).isEqualTo(new Outcome.Delivered(mine));
        assertThat(openNode(mine)).isEqualTo("after");
        assertThat(state(mine).variables()).containsEntry("by", "card");
        assertThat(openNode(other)).isEqualTo("catch");
        assertThat(MESSAGES.publish(message("o-1", null, Duration.ZERO), SHOP, null))
                .isInstanceOf(Outcome.NobodyWaits.class);
    }

    @Test
    void isTakenOnceHoweverOftenItComes() {
        var first = waiting("twice");
        var message = message("twice", "payment-7", Duration.ZERO);
        assertThat(MESSAGES.publish(message, SHOP, null)).isEqualTo(new Outcome.Delivered(first));

        assertThat(MESSAGES.publish(message, SHOP, null)).isEqualTo(new Outcome.Delivered(first));
        var second = waiting("twice");
        assertThat(OTHER.messages().publish(message, SHOP, null)).isEqualTo(new Outcome.Delivered(first));

        assertThat(openNode(second)).as("it waits for a message of its own").isEqualTo("catch");
        assertThat(MESSAGES.publish(message("another", "payment-7", Duration.ZERO), SHOP, null))
                .isEqualTo(new Outcome.Refused(new Answer.KeyReused()));
    }

    @Test
    void startsACaseOnceHoweverOftenItComes() {
        var message = new Message("ordered", "", new LinkedHashMap<>(), "order-9", Duration.ZERO);
        var started = (Outcome.Started) MESSAGES.publish(message, SHOP, null);

        assertThat(openNode(started.caseId())).isEqualTo("handle");
        assertThat(MESSAGES.publish(message, SHOP, null)).isEqualTo(started);
        assertThat(MESSAGES.publish(new Message("ordered", "", new LinkedHashMap<>(), null, Duration.ZERO), SHOP, null))
                .isInstanceOfSatisfying(
                        Outcome.Started.class,
                        another -> assertThat(another.caseId()).isNotEqualTo(started.caseId()));
    }

    @Test
    void waitsForTheCaseThatWillWaitForIt() {
        assertThat(MESSAGES.publish(message("early", null, HOUR), SHOP, null)).isEqualTo(new Outcome.Kept());
        MESSAGES.tick();
        var id = waiting("early");
        assertThat(openNode(id)).isEqualTo("catch");

        MESSAGES.tick();

        assertThat(openNode(id)).isEqualTo("after");
        assertThat(kept()).isZero();
    }

    @Test
    void isForgottenWhenItsTimeIsOver() {
        MESSAGES.publish(message("stale", null, HOUR), SHOP, null);
        CLOCK.advance(HOUR);
        var id = waiting("stale");

        MESSAGES.tick();

        assertThat(openNode(id)).isEqualTo("catch");
        assertThat(kept()).isZero();
    }

    @Test
    void keptAndPublishedAgainIsStillTakenOnce() {
        var message = message("kept", "payment-8", HOUR);
        assertThat(MESSAGES.publish(message, SHOP, null)).isEqualTo(new Outcome.Kept());
        assertThat(MESSAGES.publish(message, SHOP, null)).isEqualTo(new Outcome.Kept());
        assertThat(kept()).isEqualTo(1);
        var first = waiting("kept");
        MESSAGES.tick();
        assertThat(openNode(first)).isEqualTo("after");

        var second = waiting("kept");
        assertThat(MESSAGES.publish(message, SHOP, null)).isEqualTo(new Outcome.Delivered(first));
        MESSAGES.tick();

        assertThat(openNode(second)).isEqualTo("catch");
        assertThat(kept()).isZero();
    }

    @Test
    void twoNodesDeliverAKeptMessageToOneCase() {
        for (int round = 0; round < 5; round++) {
            var key = "race-" + round;
            MESSAGES.publish(message(key, null, HOUR), SHOP, null);
            var cases = List.of(waiting(key), waiting(key));

            var ticks = List.of(NODE, OTHER).stream()
                    .map(node -> CompletableFuture.runAsync(
                            () -> node.messages().tick(),
                            task -> Thread.ofVirtual().start(task)))
                    .toList();
            ticks.forEach(CompletableFuture::join);

            assertThat(cases.stream().map(MessagesTest::openNode)).containsExactlyInAnyOrder("after", "catch");
            assertThat(kept()).isZero();
        }
    }

    /** Another node delivered it between this node's look and its keeping. */
    @Test
    void keptAfterItWasDeliveredIsDroppedWhenItsTurnComes() {
        var first = waiting("late");
        var _ = MESSAGES.publish(message("late", "payment-9", HOUR), SHOP, null);
        NODE.jdbc()
                .sql("insert into message select key, 'paid', 'late', '\\x00', now() + interval '100 years'"
                        + " from idempotency where case_id = ?")
                .param(first)
                .update();
        var second = waiting("late");

        MESSAGES.tick();

        assertThat(openNode(second)).isEqualTo("catch");
        assertThat(kept()).isZero();
    }

    /** Its variables are bytes that no Baton wrote. */
    @Test
    void oneThatCannotBeDeliveredDoesNotHoldUpTheOthers() {
        MESSAGES.publish(message("good", null, HOUR.plusMinutes(1)), SHOP, null);
        MESSAGES.publish(message("damaged", null, HOUR), SHOP, null);
        NODE.jdbc()
                .sql("update message set variables = '\\xffff' where key = 'damaged'")
                .update();
        var damaged = waiting("damaged");
        var good = waiting("good");

        MESSAGES.tick();

        assertThat(openNode(good)).isEqualTo("after");
        assertThat(openNode(damaged)).isEqualTo("catch");
        NODE.jdbc().sql("delete from message").update();
    }

    private static Message message(String key, @Nullable String id, Duration timeToLive) {
        var variables = new LinkedHashMap<String, @Nullable Object>();
        variables.put("by", "card");
        return new Message("paid", key, variables, id, timeToLive);
    }

    /** A case that waits for the message with this key. */
    private static long waiting(String key) {
        var variables = new LinkedHashMap<String, @Nullable Object>();
        variables.put("order", key);
        var done = (Answer.Done) NODE.cases().start(WAITING, null, variables, "p1", Actor.person("p1"), null);
        var task = NODE.tasks().ofCase(done.caseId()).getFirst();
        var _ = NODE.tasks().complete(done.caseId(), task.step(), new LinkedHashMap<>(), Actor.person("p1"), null);
        return done.caseId();
    }

    private static String openNode(long id) {
        return NODE.cases().find(id).orElseThrow().open().getFirst().node();
    }

    private static Case state(long id) {
        return NODE.cases().state(NODE.cases().find(id).orElseThrow());
    }

    private static int kept() {
        return NODE.jdbc()
                .sql("select count(*) from message")
                .query((row, _) -> row.getInt(1))
                .single();
    }
}
