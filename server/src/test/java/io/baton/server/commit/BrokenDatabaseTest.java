package io.baton.server.commit;

import static io.baton.server.commit.Stage.ADA;
import static io.baton.server.commit.Stage.complete;
import static io.baton.server.commit.Stage.set;
import static io.baton.server.commit.Stage.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.server.commit.Request.Idempotency;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The database goes away, or refuses: what was acknowledged is there once, what was not is said to be not. */
class BrokenDatabaseTest {

    private static final Stage STAGE = new Stage();

    /** Long enough for a reconnection, short enough for a test that waits for it to be over. */
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final FragileConnections connections = new FragileConnections(STAGE);
    private final Committer committer = STAGE.committer(connections, PATIENCE);
    private final long blocker = started(committer, STAGE.twoTasks);
    private final long id = started(committer, STAGE.twoTasks);

    @AfterEach
    void closeCommitter() {
        committer.close();
        assertThat(STAGE.verify().first()).isEmpty();
    }

    @AfterAll
    static void closeStage() {
        STAGE.close();
    }

    @Test
    void aConnectionLostBetweenBatchesIsReplaced() {
        connections.terminateLanes();

        assertThat(seq(committer.perform(Request.of(id, complete(2), ADA)))).isEqualTo(2);
        assertThat(STAGE.entries(id)).isEqualTo(2);
    }

    @Test
    void aConnectionLostInTheMiddleOfABatchIsReplacedAndTheBatchDoneOnce() throws SQLException {
        CompletableFuture<Answer> held;
        CompletableFuture<Answer> waiting;
        try (var holder = STAGE.test.database().connect()) {
            Stage.lock(holder, blocker);
            held = committer.submit(Request.of(blocker, set("in", "the middle"), ADA));
            STAGE.awaitLanesWaiting(1);
            waiting = committer.submit(Request.of(id, complete(2), ADA));
            connections.terminateLanes();
            holder.rollback();
        }

        assertThat(seq(held.join())).isEqualTo(2);
        assertThat(seq(waiting.join())).isEqualTo(2);
        assertThat(STAGE.entries(id)).isEqualTo(2);
        assertThat(STAGE.entries(blocker)).isEqualTo(2);
    }

    @Test
    void aConnectionLostJustBeforeTheCommitIsReplacedAndTheBatchDoneOnce() throws SQLException {
        var other = started(committer, STAGE.twoTasks);
        connections.aroundNextCommit((_, commit) -> {
            connections.aroundNextCommit((_, batch) -> {
                connections.terminateLanes();
                batch.run();
            });
            commit.run(); // of the blocker
        });

        var answers = STAGE.asOneBatch(
                committer, blocker, Request.of(id, complete(2), ADA), Request.of(other, complete(2), ADA));

        assertThat(answers).extracting(answer -> seq(answer.join())).containsExactly(2, 2);
        assertThat(STAGE.entries(id)).isEqualTo(2);
        assertThat(STAGE.entries(other)).isEqualTo(2);
    }

    @Test
    void aCommitWhoseAnswerIsLostIsAcknowledgedOnce() {
        connections.aroundNextCommit((_, commit) -> {
            commit.run();
            connections.terminateLanes();
            throw new SQLException("the answer to the commit is lost", "08006");
        });

        var answer = committer.perform(Request.of(id, complete(2), ADA));

        assertThat(seq(answer)).isEqualTo(2);
        assertThat(STAGE.entries(id)).isEqualTo(2);
        assertThat(seq(committer.perform(Request.of(id, set("and", "on"), ADA))))
                .isEqualTo(3);
    }

    @Test
    void aStartWhoseAnswerIsLostIsAcknowledgedOnce() {
        var newCase = committer.nextCaseId();
        connections.aroundNextCommit((_, commit) -> {
            commit.run();
            throw new SQLException("the answer to the commit is lost, though the connection lives", "08006");
        });

        assertThat(seq(committer.perform(Request.of(newCase, Stage.start(STAGE.twoTasks), ADA))))
                .isEqualTo(1);
        assertThat(STAGE.entries(newCase)).isEqualTo(1);
    }

    /** Whoever was told that nothing is known may ask again with the same key. */
    @Test
    void aCommitThatNobodyCanAskAboutIsSaidToBeUnknownAndARepetitionFindsIt() {
        var key = new Idempotency(UUID.randomUUID(), UUID.randomUUID());
        var request = new Request(id, complete(2), ADA, null, key, false);
        connections.aroundNextCommit((_, commit) -> {
            commit.run();
            connections.goAway();
            throw new SQLException("the answer to the commit is lost", "08006");
        });

        assertThatThrownBy(() -> committer.perform(request))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("is not known");
        connections.comeBack();

        assertThat(seq(committer.perform(request))).isEqualTo(2);
        assertThat(STAGE.entries(id)).isEqualTo(2);
    }

    @Test
    void refusesEverythingWhileTheDatabaseIsAwayAndServesAgainAfterwards() throws SQLException {
        var held = STAGE.whileHeldUp(committer, blocker, () -> {
            var first = committer.submit(Request.of(id, complete(2), ADA));
            var second = committer.submit(Request.of(id, set("a", "b"), ADA));
            connections.aroundNextCommit((_, commit) -> {
                connections.goAway();
                commit.run();
            });
            return List.of(first, second);
        });

        assertThat(held)
                .allSatisfy(answer -> assertThatThrownBy(answer::join)
                        .hasCauseInstanceOf(UnavailableException.class)
                        .hasMessageContaining("is not known"));
        assertThatThrownBy(() -> committer.perform(Request.of(id, complete(2), ADA)))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("nothing was written");
        assertThat(connections.refused()).isPositive();
        assertThat(STAGE.entries(id)).isEqualTo(1);

        connections.comeBack();
        assertThat(seq(committer.perform(Request.of(id, complete(2), ADA)))).isEqualTo(2);
    }

    /** PostgreSQL says so with its own code when it cannot extend a file; here a trigger does. */
    @Test
    void aFullDiskIsNamedAndLeavesNothingHalfWritten() throws SQLException {
        var unlucky = started(committer, STAGE.twoTasks);
        STAGE.sql.sql("""
                create or replace function full_disk() returns trigger language plpgsql as $$
                begin
                    if new.case_id = %d then
                        raise exception 'could not extend file' using errcode = '53100';
                    end if;
                    return new;
                end $$""".formatted(unlucky)).update();
        STAGE.sql
                .sql("create trigger full_disk before insert on journal for each row execute function full_disk()")
                .update();
        try {
            var answers = STAGE.asOneBatch(
                    committer,
                    blocker,
                    Request.of(id, complete(2), ADA),
                    Request.of(unlucky, complete(2), ADA),
                    Request.of(id, set("a", "b"), ADA));

            assertThat(seq(answers.get(0).join())).isEqualTo(2);
            assertThat(seq(answers.get(2).join())).isEqualTo(3);
            assertThatThrownBy(answers.get(1)::join)
                    .hasCauseInstanceOf(UnavailableException.class)
                    .hasMessageContaining("disk is full; nothing was written");
            assertThat(STAGE.entries(unlucky)).isEqualTo(1);
            assertThat(STAGE.taskOf(unlucky)).isEqualTo(2);
        } finally {
            STAGE.sql.sql("drop trigger full_disk on journal").update();
        }
        assertThat(seq(committer.perform(Request.of(unlucky, complete(2), ADA))))
                .isEqualTo(2);
    }

    /** A row that another hand has taken away: the batch must not go on as if nothing were. */
    @Test
    void aTableThatDisagreesWithTheJournalStopsOnlyItsCase() throws SQLException {
        var damaged = started(committer, STAGE.twoTasks);
        STAGE.sql
                .sql("create table kept as select * from task where case_id = ?")
                .param(damaged)
                .update();
        STAGE.sql.sql("delete from task where case_id = ?").param(damaged).update();

        var answers = STAGE.asOneBatch(
                committer, blocker, Request.of(damaged, complete(2), ADA), Request.of(id, complete(2), ADA));

        assertThatThrownBy(answers.get(0)::join).hasMessageContaining("not what the journal led to");
        assertThat(seq(answers.get(1).join())).isEqualTo(2);
        assertThat(STAGE.entries(damaged)).isEqualTo(1);
        STAGE.sql.sql("insert into task select * from kept").update();
        STAGE.sql.sql("drop table kept").update();
    }

    /** Bytes that no engine wrote: the case cannot be loaded, the others can. */
    @Test
    void aCaseWhoseStateIsDamagedStopsAlone() throws SQLException {
        long damaged;
        try (var another = STAGE.committer()) {
            damaged = started(another, STAGE.twoTasks); // this one does not remember it
        }
        var state = STAGE.sql
                .sql("select state from cases where id = ?")
                .param(damaged)
                .query((row, _) -> row.getBytes(1))
                .single();
        STAGE.sql
                .sql("update cases set state = '\\xff' where id = ?")
                .param(damaged)
                .update();

        var answers = STAGE.asOneBatch(
                committer, blocker, Request.of(damaged, complete(2), ADA), Request.of(id, complete(2), ADA));

        assertThat(answers.get(0)).failsWithin(Duration.ofMinutes(1));
        assertThat(seq(answers.get(1).join())).isEqualTo(2);
        STAGE.sql
                .sql("update cases set state = ? where id = ?")
                .param(state)
                .param(damaged)
                .update();
        assertThat(seq(committer.perform(Request.of(damaged, complete(2), ADA))))
                .isEqualTo(2);
    }

    private static int seq(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Done.class);
        return ((Answer.Done) answer).seq();
    }
}
