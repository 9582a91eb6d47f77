package io.baton.server.commit;

import static io.baton.server.commit.Stage.ADA;
import static io.baton.server.commit.Stage.complete;
import static io.baton.server.commit.Stage.set;
import static io.baton.server.commit.Stage.start;
import static io.baton.server.commit.Stage.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.engine.Command;
import io.baton.engine.Event;
import io.baton.engine.IncidentKind;
import io.baton.engine.Refusal;
import io.baton.server.TestProcess;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Batches on a real database: what goes together, what fails alone, and two nodes at once. */
class CommitterTest {

    private static final Stage STAGE = new Stage();

    private final Committer committer = STAGE.committer();
    private final long blocker = started(committer, STAGE.twoTasks);

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
    void writesWhatWaitsInOneTransaction() throws SQLException {
        var one = started(committer, STAGE.twoTasks);
        var other = started(committer, STAGE.twoTasks);
        var batches = committer.counters().batches();

        var answers = STAGE.asOneBatch(
                committer,
                blocker,
                Request.of(one, new Command.ClaimTask(2), ADA),
                Request.of(other, set("a", "1"), ADA),
                Request.of(one, complete(2), ADA),
                Request.of(one, set("b", "2"), ADA));

        assertThat(answers).extracting(answer -> done(answer).seq()).containsExactly(2, 2, 3, 4);
        assertThat(committer.counters().batches() - batches).isEqualTo(2); // the one held up, and these
        assertThat(STAGE.sql
                        .sql("select count(distinct xmin::text) from journal where case_id = any(?) and seq > 1")
                        .param(new Long[] {one, other})
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThat(STAGE.sql
                        .sql("select entries from cases where id = ?")
                        .param(one)
                        .query(Integer.class)
                        .single())
                .isEqualTo(4);
    }

    @Test
    void aCommandThatFailsLeavesTheOthersOfItsBatchAsTheyAre() throws SQLException {
        var good = started(committer, STAGE.twoTasks);
        var bad = started(committer, STAGE.calling);

        var answers = STAGE.asOneBatch(
                committer,
                blocker,
                Request.of(good, complete(2), ADA),
                Request.of(bad, set("before", "it"), ADA),
                Request.of(bad, complete(2, "next", "explode"), ADA),
                Request.of(bad, set("after", "it"), ADA),
                Request.of(good, set("still", "there"), ADA));

        assertThatThrownBy(answers.get(2)::join)
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("a bug");
        assertThat(done(answers.get(0)).seq()).isEqualTo(2);
        assertThat(done(answers.get(4)).seq()).isEqualTo(3);
        assertThat(done(answers.get(3)).seq()).isEqualTo(3);
        assertThat(STAGE.entries(bad)).isEqualTo(3);
        assertThat(STAGE.taskOf(bad)).as("the task is still open").isEqualTo(2);
    }

    @Test
    void aCaseGoesOnAfterACommandThatFailed() {
        var id = started(committer, STAGE.calling);
        assertThatThrownBy(() -> committer.perform(Request.of(id, complete(2, "next", "explode"), ADA)))
                .hasMessage("a bug");

        var done = (Answer.Done) committer.perform(Request.of(id, complete(2, "next", "two-tasks"), ADA));

        assertThat(done.events()).hasAtLeastOneElementOfType(Event.ProcessCalled.class);
        assertThat(done.seq()).isEqualTo(2);
    }

    @Test
    void aRefusedCommandWritesNothing() {
        var id = started(committer, STAGE.twoTasks);

        assertThat(refusal(committer, id, complete(99))).isEqualTo(Refusal.NO_SUCH_TASK);
        assertThat(refusal(committer, id, new Command.FireTimer(1))).isEqualTo(Refusal.NO_SUCH_TIMER);
        assertThat(refusal(committer, 999_999_999L, set("no", "case"))).isEqualTo(Refusal.NO_SUCH_CASE);
        assertThat(refusal(committer, committer.nextCaseId(), start(4711))).isEqualTo(Refusal.NO_SUCH_PROCESS);

        assertThat(STAGE.entries(id)).isEqualTo(1);
        assertThat(STAGE.entries(999_999_999L)).isZero();
    }

    @Test
    void aCompletedTaskIsNotCompletedAgain() throws SQLException {
        var id = started(committer, STAGE.twoTasks);

        var answers = STAGE.asOneBatch(
                committer, blocker, Request.of(id, complete(2), ADA), Request.of(id, complete(2), ADA));

        assertThat(done(answers.get(0)).seq()).isEqualTo(2);
        assertThat(answers.get(1).join())
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Refusal.NO_SUCH_TASK));
    }

    /** Each node remembers the case as it left it itself, which is not as the other left it. */
    @Test
    void decidesOnWhatTheOtherNodeMadeOfTheCase() {
        try (var other = STAGE.committer()) {
            var id = started(committer, STAGE.twoTasks);

            assertThat(other.perform(Request.of(id, complete(2), ADA))).isInstanceOf(Answer.Done.class);
            assertThat(committer.perform(Request.of(id, complete(2), ADA))).isInstanceOf(Answer.Refused.class);
            assertThat(other.perform(Request.of(id, set("a", "b"), ADA))).isInstanceOf(Answer.Done.class);
            assertThat(committer.perform(Request.of(id, set("c", "d"), ADA)))
                    .extracting(answer -> ((Answer.Done) answer).seq())
                    .isEqualTo(4);
        }
    }

    @Test
    void timeNeverRunsBackwardsWithinACase() {
        var id = started(committer, STAGE.twoTasks);
        var later = Instant.parse("2033-01-01T00:00:00.123456Z");

        var future = (Answer.Done) committer.perform(at(id, set("a", "1"), later));
        var past = (Answer.Done) committer.perform(at(id, set("a", "2"), Instant.parse("2001-01-01T00:00:00Z")));

        assertThat(future.at()).isEqualTo(later);
        assertThat(past.at()).isEqualTo(later);
    }

    @Test
    void aCaseEndsWhenItEndedWhateverIsObservedLaterInTheBatch() throws SQLException {
        var id = started(committer, STAGE.twoTasks);
        var end = Instant.parse("2034-05-06T07:08:09Z");

        var answers = STAGE.asOneBatch(
                committer,
                blocker,
                at(id, new Command.CancelCase("enough"), end),
                at(id, new Command.ObserveDeviation("late", "after the end"), end.plusSeconds(3600)));

        assertThat(answers).allSatisfy(answer -> done(answer));
        assertThat(STAGE.sql
                        .sql("select ended_at = ?::timestamptz and changed_at = ended_at + interval '1 hour' from cases"
                                + " where id = ?")
                        .param(end.toString())
                        .param(id)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    /** The row alone still knows whose the case was and what it was called. */
    @Test
    void whatIsObservedAfterTheEndLeavesTheRestOfTheRowAsItIs() {
        var id = started(committer, STAGE.twoTasks);
        var end = Instant.parse("2034-05-06T07:08:09Z");
        var _ = (Answer.Done) committer.perform(at(id, new Command.CancelCase("enough"), end));

        var late =
                committer.perform(at(id, new Command.ObserveDeviation("late", "after the end"), end.plusSeconds(3600)));

        assertThat(late).isInstanceOf(Answer.Done.class);
        assertThat(STAGE.sql
                        .sql("select owner = 'p1' and ended_at = ?::timestamptz and changed_at > ended_at from cases"
                                + " where id = ?")
                        .param(end.toString())
                        .param(id)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void aBatchIsDecidedOnWhatTheOtherNodeMadeOfItsCases() throws SQLException {
        var cases = new ArrayList<Long>();
        for (int i = 0; i < 6; i++) {
            cases.add(started(committer, STAGE.twoTasks)); // remembered here
        }
        List<CompletableFuture<Answer>> answers;
        try (var other = STAGE.committer()) {
            for (var id : cases.subList(0, 3)) {
                done(other.submit(Request.of(id, complete(2), ADA)));
            }
            answers = STAGE.asOneBatch(committer, blocker, forEach(cases, complete(2)));
        }
        assertThat(answers.subList(0, 3))
                .allSatisfy(answer -> assertThat(answer.join()).isInstanceOf(Answer.Refused.class));
        assertThat(answers.subList(3, 6))
                .allSatisfy(answer -> assertThat(done(answer).seq()).isEqualTo(2));
        assertThat(cases).allSatisfy(id -> assertThat(STAGE.entries(id)).isEqualTo(2));
    }

    /** Two lanes or nodes that write the same cases in opposite order must not wait for each other. */
    @Test
    void theCasesOfABatchAreLockedInTheOrderOfTheirNumbers() throws SQLException {
        var low = started(committer, STAGE.twoTasks);
        var high = started(committer, STAGE.twoTasks);
        CompletableFuture<Answer> first;
        try (var holder = STAGE.test.database().connect();
                var probe = STAGE.test.database().connect()) {
            Stage.lock(holder, low);
            first = committer.submit(Request.of(blocker, set("a", "b"), ADA));
            var batch = List.of(Request.of(high, complete(2), ADA), Request.of(low, complete(2), ADA));
            var answers = batch.stream().map(committer::submit).toList();
            STAGE.awaitLanesWaiting(1);
            Stage.lock(probe, high); // would wait for ever if the batch had it already
            probe.rollback();
            holder.rollback();
            assertThat(answers).allSatisfy(answer -> done(answer));
        }
        done(first);
    }

    @Test
    void aBatchTakesNoMoreThanItCanHold() throws SQLException {
        int count = (int) (Batch.BYTES_MAX / 900_000) + 4;
        var cases = new ArrayList<Long>();
        for (int i = 0; i < count; i++) {
            cases.add(started(committer, STAGE.twoTasks));
        }
        var ids = cases.toArray(Long[]::new);
        var large = "x".repeat(900_000);

        assertThat(STAGE.asOneBatch(committer, blocker, forEach(cases, set("large", large))))
                .allSatisfy(answer -> assertThat(done(answer).seq()).isEqualTo(2));
        assertThat(STAGE.transactions(ids)).isEqualTo(count + 2);

        // Their states are too large to be read together, or to be remembered.
        assertThat(STAGE.asOneBatch(committer, blocker, forEach(cases, complete(2))))
                .allSatisfy(answer -> assertThat(done(answer).seq()).isEqualTo(3));
        assertThat(STAGE.transactions(ids)).isEqualTo(count + 4);
    }

    private static Request[] forEach(List<Long> cases, Command command) {
        return cases.stream().map(id -> Request.of(id, command, ADA)).toArray(Request[]::new);
    }

    @Test
    void theExpressionsOfOneCommandShareABudget() {
        var process = TestProcess.of("many-scripts", "SCR").then("startEvent", "start");
        for (int i = 0; i < 40; i++) {
            process.then("<bpmn:scriptTask id=\"script" + i + "\"><bpmn:script>count(for i in 1..60000 return i)"
                    + "</bpmn:script></bpmn:scriptTask>");
        }
        var id = committer.nextCaseId();

        var started = (Answer.Done)
                committer.perform(Request.of(id, start(STAGE.deploy(process.then("endEvent", "end"))), ADA));

        assertThat(started.events()).hasAtLeastOneElementOfType(Event.StepLeft.class);
        assertThat(started.events().getLast()).isInstanceOfSatisfying(Event.IncidentRaised.class, raised -> {
            assertThat(raised.kind()).isEqualTo(IncidentKind.EXPRESSION);
            assertThat(raised.message()).contains("the expressions of one command");
        });
        var again = committer.perform(Request.of(
                id,
                new Command.ResolveIncident(
                        ((Event.IncidentRaised) started.events().getLast()).incident()),
                ADA));
        assertThat(((Answer.Done) again).events().size())
                .as("with a budget of its own")
                .isGreaterThan(20);
    }

    @Test
    void whatIsObservedAfterTheEndIsNoted() throws SQLException {
        var id = started(committer, STAGE.twoTasks);
        var end = at(id, new Command.CancelCase("enough"), Instant.parse("2034-05-06T07:08:09Z"));
        assertThat(committer.perform(end)).isInstanceOf(Answer.Done.class);

        var late = new Command.ObserveDeviation("late", "after the end");
        var answer = (Answer.Done) committer.perform(at(id, late, Instant.parse("2034-05-07T07:08:09Z")));

        assertThat(STAGE.sql
                        .sql("select entries = ? and owner is not null and status = 3 from cases where id = ?")
                        .param(answer.seq())
                        .param(id)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void twoNodesLoseNothingOnTheSameCases() {
        var cases = new ArrayList<Long>();
        for (int i = 0; i < 4; i++) {
            cases.add(started(committer, STAGE.twoTasks));
        }
        int callers = 8;
        int commandsEach = 60;
        var answers = new ArrayList<CompletableFuture<List<Answer>>>();
        try (var other = STAGE.committer();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < callers; caller++) {
                var node = caller % 2 == 0 ? committer : other;
                var name = "caller" + caller;
                answers.add(CompletableFuture.supplyAsync(
                        () -> {
                            var mine = new ArrayList<Answer>();
                            for (int i = 0; i < commandsEach; i++) {
                                var id = cases.get(i % cases.size());
                                mine.add(node.perform(Request.of(id, set(name + "-" + i, "done"), ADA)));
                            }
                            return mine;
                        },
                        threads));
            }
            assertThat(answers).allSatisfy(all -> assertThat(all.join()).hasOnlyElementsOfType(Answer.Done.class));
        }
        for (var id : cases) {
            assertThat(seqs(id)).isEqualTo(upTo(1 + callers * commandsEach / cases.size()));
        }
        assertThat(answers.stream().flatMap(all -> all.join().stream()).map(answer -> {
                    var done = (Answer.Done) answer;
                    return Map.entry(done.caseId(), done.seq());
                }))
                .as("every answer names an entry of its own")
                .doesNotHaveDuplicates();
    }

    @Test
    void tellsListenersWhatWasDone() {
        var told = new ArrayList<Answer.Done>();
        committer.onCommit(told::addAll);
        var id = started(committer, STAGE.twoTasks);
        var _ = committer.perform(Request.of(id, complete(99), ADA));
        var _ = committer.perform(Request.of(id, complete(2), ADA));
        committer.close(); // what listeners are told follows the answer; after this nothing follows any more

        assertThat(told)
                .filteredOn(done -> done.caseId() == id)
                .extracting(Answer.Done::seq)
                .containsExactly(1, 2);
    }

    @Test
    void refusesCommandsBeyondTheQueue() throws SQLException {
        var id = started(committer, STAGE.twoTasks);
        var waiting = STAGE.whileHeldUp(committer, blocker, () -> {
            var all = new ArrayList<CompletableFuture<Answer>>();
            for (int i = 0; i < Lane.QUEUE_MAX; i++) {
                all.add(committer.submit(Request.of(id, set("i", "" + i), ADA)));
            }
            assertThatThrownBy(() -> committer.submit(Request.of(id, set("one", "more"), ADA)))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("commands are waiting");
            return all;
        });

        assertThat(waiting).allSatisfy(answer -> done(answer));
        assertThat(STAGE.entries(id)).isEqualTo(1 + Lane.QUEUE_MAX);
    }

    @Test
    void answersWhatWasSubmittedBeforeItClosedAndNothingAfter() throws SQLException {
        var id = started(committer, STAGE.twoTasks);
        var last = STAGE.whileHeldUp(committer, blocker, () -> {
            var answer = committer.submit(Request.of(id, set("last", "word"), ADA));
            Thread.ofVirtual().start(committer::close);
            return answer;
        });
        assertThat(done(last).seq()).isEqualTo(2);

        committer.close();
        assertThatThrownBy(() -> committer.submit(Request.of(id, set("too", "late"), ADA)))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("shutting down");
    }

    private static Answer.Done done(CompletableFuture<Answer> answer) {
        assertThat(answer.join()).isInstanceOf(Answer.Done.class);
        return (Answer.Done) answer.join();
    }

    private static Refusal refusal(Committer committer, long id, Command command) {
        var answer = committer.perform(Request.of(id, command, ADA));
        assertThat(answer).isInstanceOf(Answer.Refused.class);
        return ((Answer.Refused) answer).reason();
    }

    private static Request at(long id, Command command, Instant at) {
        return new Request(id, command, ADA, at, null, false);
    }

    private static List<Integer> seqs(long id) {
        return STAGE.sql
                .sql("select seq from journal where case_id = ? order by seq")
                .param(id)
                .query((row, _) -> row.getInt(1))
                .list();
    }

    private static List<Integer> upTo(int last) {
        return java.util.stream.IntStream.rangeClosed(1, last).boxed().toList();
    }
}
