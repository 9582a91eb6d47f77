package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.model.Activity.Approval.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Votes: who may give them, when they are enough, and what comes of them. */
class ApprovalTest {

    private static Office office() {
        return new Office().people("olga", "ann", "bob", "eve").team("ap", "olga", "ann", "bob", "eve");
    }

    private static String play(String model, String script) {
        return Scenario.play(model, script, office());
    }

    private static String model(String rule) {
        return """
                start -> approve -> file
                approve: user holder={approver} each=approvers as=approver approval=%s result=approval
                file: user team=ap
                """.formatted(rule);
    }

    @Test
    void theMajorityEndsTheVoteForTheRest() {
        assertThat(play(model("MAJORITY"), """
                start approvers=[ann,bob,eve]
                --
                complete approve#2 by ann
                complete approve#2 outcome=perhaps by ann
                complete approve#2 outcome=approved by ann
                complete approve#2 outcome=approved reason=fine by bob
                """)).isEqualTo("""
                > complete approve#2 by ann
                    ! NO_VOTE: an approval needs the outcome 'approved' or 'rejected'
                > complete approve#2 outcome=perhaps by ann
                    ! NO_VOTE: an approval needs the outcome 'approved' or 'rejected'
                > complete approve#2 outcome=approved by ann
                    HandoffAccepted step=3 person=ann
                    TaskCompleted step=3
                    VariablesSet scope=3 variables={outcome=approved}
                    LoopInstanceDone step=2 index=0 output={approver=ann, by=ann, outcome=approved, reason=null, at=2030-01-01T09:00:00Z}
                    StepLeft step=3
                > complete approve#2 outcome=approved reason=fine by bob
                    HandoffAccepted step=4 person=bob
                    TaskCompleted step=4
                    VariablesSet scope=4 variables={outcome=approved, reason=fine}
                    LoopInstanceDone step=2 index=1 output={approver=bob, by=bob, outcome=approved, reason=fine, at=2030-01-01T09:00:00Z}
                    StepLeft step=4
                    ApprovalSettled step=2 outcome=approved reason=2 approved and 0 rejected, of 3
                    StepTerminated step=5
                    VariablesSet scope=0 variables={approval={outcome=approved, votes=[{approver=ann, by=ann, outcome=approved, reason=null, at=2030-01-01T09:00:00Z}, {approver=bob, by=bob, outcome=approved, reason=fine, at=2030-01-01T09:00:00Z}]}}
                    StepLeft step=2
                    FlowTaken scope=0 flow=approve>file
                    StepEntered step=6 node=file scope=0
                    TaskOpened step=6 team=ap
                """);
    }

    @Test
    void oneAfterTheOtherUntilTheFirstRejection() {
        assertThat(play(model("SEQUENTIAL sequential"), """
                start approvers=[ann,bob,eve]
                --
                complete approve#2 outcome=approved by ann
                complete approve#2 outcome=rejected reason=dear by bob
                """)).isEqualTo("""
                > complete approve#2 outcome=approved by ann
                    HandoffAccepted step=3 person=ann
                    TaskCompleted step=3
                    VariablesSet scope=3 variables={outcome=approved}
                    LoopInstanceDone step=2 index=0 output={approver=ann, by=ann, outcome=approved, reason=null, at=2030-01-01T09:00:00Z}
                    StepLeft step=3
                    StepEntered step=4 node=approve scope=2
                    VariablesSet scope=4 variables={loopCounter=2, approver=bob}
                    TaskOpened step=4
                    HandoffOffered step=4 from=olga person=bob reason=named by the process
                > complete approve#2 outcome=rejected reason=dear by bob
                    HandoffAccepted step=4 person=bob
                    TaskCompleted step=4
                    VariablesSet scope=4 variables={outcome=rejected, reason=dear}
                    LoopInstanceDone step=2 index=1 output={approver=bob, by=bob, outcome=rejected, reason=dear, at=2030-01-01T09:00:00Z}
                    StepLeft step=4
                    ApprovalSettled step=2 outcome=rejected reason=1 approved and 1 rejected, of 3
                    VariablesSet scope=0 variables={approval={outcome=rejected, votes=[{approver=ann, by=ann, outcome=approved, reason=null, at=2030-01-01T09:00:00Z}, {approver=bob, by=bob, outcome=rejected, reason=dear, at=2030-01-01T09:00:00Z}]}}
                    StepLeft step=2
                    FlowTaken scope=0 flow=approve>file
                    StepEntered step=5 node=file scope=0
                    TaskOpened step=5 team=ap
                """);
    }

    @Test
    void nobodyVotesTwice() {
        assertThat(play(model("ALL"), """
                start approvers=[ann,ann,bob,eve]
                --
                claim approve#3 by bob
                offer approve#3 ann by bob
                complete approve#2 outcome=approved by ann
                offer approve#2 ann by bob
                offer approve#2 eve by bob
                waive approve#3 away by olga
                offer approve#2 eve by bob
                complete approve#2 outcome=approved by eve
                """)).isEqualTo("""
                > claim approve#3 by bob
                    HandoffAccepted step=4 person=bob
                > offer approve#3 ann by bob
                    ! MAY_NOT_HOLD: ann has another vote of the same approval to give
                > complete approve#2 outcome=approved by ann
                    HandoffAccepted step=3 person=ann
                    TaskCompleted step=3
                    VariablesSet scope=3 variables={outcome=approved}
                    LoopInstanceDone step=2 index=0 output={approver=ann, by=ann, outcome=approved, reason=null, at=2030-01-01T09:00:00Z}
                    StepLeft step=3
                > offer approve#2 ann by bob
                    ! MAY_NOT_HOLD: ann has voted already
                > offer approve#2 eve by bob
                    ! MAY_NOT_HOLD: eve has another vote of the same approval to give
                > waive approve#3 away by olga
                    TaskWaived step=5 by=olga reason=away
                    LoopInstanceDone step=2 index=2
                    StepLeft step=5
                > offer approve#2 eve by bob
                    HandoffOffered step=4 from=bob person=eve reason=because
                > complete approve#2 outcome=approved by eve
                    HandoffAccepted step=4 person=eve
                    TaskCompleted step=4
                    VariablesSet scope=4 variables={outcome=approved}
                    LoopInstanceDone step=2 index=1 output={approver=bob, by=eve, outcome=approved, reason=null, at=2030-01-01T09:00:00Z}
                    StepLeft step=4
                    ApprovalSettled step=2 outcome=approved reason=2 approved and 0 rejected, of 3
                    VariablesSet scope=0 variables={approval={outcome=approved, votes=[{approver=ann, by=ann, outcome=approved, reason=null, at=2030-01-01T09:00:00Z}, {approver=bob, by=eve, outcome=approved, reason=null, at=2030-01-01T09:00:00Z}]}}
                    StepLeft step=2
                    FlowTaken scope=0 flow=approve>file
                    StepEntered step=6 node=file scope=0
                    TaskOpened step=6 team=ap
                """);
    }

    @Test
    void whereNobodyHasToApproveItIsApproved() {
        assertThat(play(model("ANY"), """
                start approvers=[]
                """)).isEqualTo("""
                > start approvers=[]
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={approvers=[]}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>approve
                    StepEntered step=2 node=approve scope=0
                    LoopStarted step=2 total=0 items=[]
                    VariablesSet scope=0 variables={approval={outcome=approved, votes=[]}}
                    StepLeft step=2
                    FlowTaken scope=0 flow=approve>file
                    StepEntered step=3 node=file scope=0
                    TaskOpened step=3 team=ap
                """);
    }

    @Test
    void whoIsToApproveMustBeSaid() {
        assertThat(play(model("ANY"), """
                start
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>approve
                    StepEntered step=2 node=approve scope=0
                    IncidentRaised incident=3 step=2 node=approve kind=EXPRESSION message=The process does not say who is to approve: the list is null
                """);
    }

    static LongStream seeds() {
        var seed = Long.getLong("seed");
        return seed != null ? LongStream.of(seed) : LongStream.range(0, Long.getLong("runs", 500));
    }

    /** Random votes, some of them waived, against all ways in which the others could still vote. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void itIsOverExactlyWhenTheOutcomeIsCertain(long seed) {
        var random = new Random(seed);
        var rule = RandomAct.oneOf(random, List.of(Rule.values()));
        var names = List.of("ann", "bob", "eve", "dan", "ida", "tom").subList(0, 1 + random.nextInt(6));
        var office = new Office().people("olga", "ann", "bob", "eve", "dan", "ida", "tom");
        var play = new Play(Models.of(model(rule + (rule == Rule.SEQUENTIAL ? " sequential" : ""))));
        play.roster = office;
        var variables = new LinkedHashMap<String, @Nullable Object>();
        variables.put("approvers", names);
        play.send(new Command.StartCase(1, null, "olga", variables), Actor.person("olga"));
        var votes = new ArrayList<Boolean>();
        int left = names.size();
        while (true) {
            var open = play.state.steps().stream()
                    .filter(step -> step.task() != null && step.isLoopInstance())
                    .toList();
            var possible = outcomes(rule, votes, left);
            assertThat(open.isEmpty())
                    .as("seed %d: over after %s, %d left", seed, votes, left)
                    .isEqualTo(possible.size() == 1 && left < names.size());
            if (open.isEmpty()) {
                var result = (Map<?, ?>)
                        Objects.requireNonNull(play.state.variables().get("approval"));
                assertThat(result.get("outcome")).isEqualTo(possible.getFirst() ? "approved" : "rejected");
                assertThat((List<?>) result.get("votes")).hasSize(votes.size());
                return;
            }
            var step = RandomAct.oneOf(random, open);
            left--;
            if (random.nextInt(6) == 0) {
                play.send(new Command.WaiveTask(step.id(), "away"), Actor.person("olga"));
            } else {
                var vote = random.nextBoolean();
                votes.add(vote);
                var results = new LinkedHashMap<String, @Nullable Object>();
                results.put("outcome", vote ? "approved" : "rejected");
                play.send(new Command.CompleteTask(step.id(), results), Actor.person(play.state.addressee(step)));
            }
        }
    }

    private static List<Boolean> outcomes(Rule rule, List<Boolean> votes, int left) {
        if (left == 0) {
            var yes = votes.stream().filter(vote -> vote).count();
            return List.of(
                    switch (rule) {
                        case ANY -> yes > 0;
                        case SEQUENTIAL, ALL -> yes > 0 && yes == votes.size();
                        case MAJORITY -> 2 * yes > votes.size();
                    });
        }
        var outcomes = new LinkedHashSet<Boolean>();
        for (var vote : List.of(true, false)) {
            var more = new ArrayList<>(votes);
            more.add(vote);
            outcomes.addAll(outcomes(rule, more, left - 1));
        }
        return List.copyOf(outcomes);
    }
}
