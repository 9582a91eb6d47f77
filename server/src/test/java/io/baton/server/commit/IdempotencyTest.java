package io.baton.server.commit;

import static io.baton.server.commit.Stage.ADA;
import static io.baton.server.commit.Stage.complete;
import static io.baton.server.commit.Stage.set;
import static io.baton.server.commit.Stage.start;
import static io.baton.server.commit.Stage.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Command;
import io.baton.server.commit.Request.Idempotency;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A command given again with its key is answered as the first time and done once, wherever and whenever it comes. */
class IdempotencyTest {

    private static final Stage STAGE = new Stage();
    private static final UUID WHAT = UUID.randomUUID();

    private final Committer committer = STAGE.committer();
    private final Committer other = STAGE.committer();
    private final long blocker = started(committer, STAGE.twoTasks);

    @AfterEach
    void closeCommitters() {
        committer.close();
        other.close();
        assertThat(STAGE.verify().first()).isEmpty();
    }

    @AfterAll
    static void closeStage() {
        STAGE.close();
    }

    @Test
    void answersARepetitionInTheSameBatchLikeTheFirst() throws SQLException {
        var id = started(committer, STAGE.twoTasks);
        var key = key();

        var answers = STAGE.asOneBatch(
                committer,
                blocker,
                keyed(id, complete(2), key),
                keyed(id, complete(2), key),
                keyed(id, set("a", "b"), key));

        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(((Answer.Done) answer.join()).seq()).isEqualTo(2));
        assertThat(STAGE.entries(id)).isEqualTo(2);
    }

    @Test
    void answersALaterRepetitionLikeTheFirst() {
        var id = started(committer, STAGE.twoTasks);
        var key = key();
        var first = (Answer.Done) committer.perform(keyed(id, complete(2), key));

        var again = (Answer.Done) committer.perform(keyed(id, complete(2), key));
        var elsewhere = (Answer.Done) other.perform(keyed(id, complete(2), key));

        assertThat(again).isEqualTo(new Answer.Done(id, 2, first.at(), java.util.List.of()));
        assertThat(elsewhere).isEqualTo(again);
        assertThat(STAGE.entries(id)).isEqualTo(2);
    }

    @Test
    void refusesAKeyThatWasUsedForSomethingElse() throws SQLException {
        var id = started(committer, STAGE.twoTasks);
        var key = key();
        var different = new Idempotency(key.key(), UUID.randomUUID());

        var answers =
                STAGE.asOneBatch(committer, blocker, keyed(id, complete(2), key), keyed(id, set("a", "b"), different));

        assertThat(answers.get(1).join()).isInstanceOf(Answer.KeyReused.class);
        assertThat(committer.perform(keyed(id, set("a", "b"), different))).isInstanceOf(Answer.KeyReused.class);
        assertThat(STAGE.entries(id)).isEqualTo(2);
    }

    @Test
    void aRefusedCommandDoesNotUseItsKeyUp() {
        var id = started(committer, STAGE.twoTasks);
        var key = key();
        assertThat(committer.perform(keyed(id, complete(99), key))).isInstanceOf(Answer.Refused.class);

        assertThat(committer.perform(keyed(id, complete(2), key))).isInstanceOf(Answer.Done.class);
    }

    /** Both nodes have looked before either has written: the one that comes second sees the first one's key. */
    @Test
    void answersTheSameKeyOnTwoNodesAtOnceAlike() throws SQLException {
        var id = started(committer, STAGE.twoTasks);
        var key = key();
        CompletableFuture<Answer> here;
        CompletableFuture<Answer> there;
        try (var holder = STAGE.test.database().connect()) {
            Stage.lock(holder, id);
            here = committer.submit(keyed(id, complete(2), key));
            there = other.submit(keyed(id, complete(2), key));
            STAGE.awaitLanesWaiting(2);
            holder.rollback();
        }

        assertThat(here.join())
                .isInstanceOfSatisfying(
                        Answer.Done.class, done -> assertThat(done.seq()).isEqualTo(2));
        assertThat(there.join())
                .isInstanceOfSatisfying(
                        Answer.Done.class, done -> assertThat(done.seq()).isEqualTo(2));
        assertThat(STAGE.entries(id)).isEqualTo(2);
    }

    @Test
    void startsOneCaseForEachKeyHoweverManyAsk() {
        int keys = 25;
        int askers = 4;
        var cases = new ArrayList<CompletableFuture<Long>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < keys; i++) {
                var key = key();
                for (int asker = 0; asker < askers; asker++) {
                    var node = asker % 2 == 0 ? committer : other;
                    cases.add(CompletableFuture.supplyAsync(
                            () -> ((Answer.Done) node.perform(keyed(node.nextCaseId(), start(STAGE.twoTasks), key)))
                                    .caseId(),
                            threads));
                }
            }
        }
        for (int i = 0; i < keys; i++) {
            assertThat(cases.subList(i * askers, (i + 1) * askers).stream()
                            .map(CompletableFuture::join)
                            .distinct())
                    .hasSize(1);
        }
        assertThat(cases.stream().map(CompletableFuture::join).distinct()).hasSize(keys);
    }

    private static Idempotency key() {
        return new Idempotency(UUID.randomUUID(), WHAT);
    }

    private static Request keyed(long id, Command command, Idempotency key) {
        return new Request(id, command, ADA, null, key, false);
    }
}
