package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Policy.Act;
import io.baton.engine.Policy.To;
import io.baton.engine.Policy.What;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A completion that can be taken back for a while, and what may happen meanwhile. */
class UndoTest {

    private static final String TWO_STEPS = """
            start -> a -> b
            a: user team=ap undo=PT5M
            b: user team=ap
            """;

    private static Office office() {
        return new Office()
                .people("cora", "eve")
                .person("olga", "cora")
                .person("lea", "cora")
                .person("ann", "lea")
                .person("bob", "lea")
                .team("ap", "lea", "ann", "bob");
    }

    private static String play(String model, String script) {
        return Scenario.play(model, script, office());
    }

    @Test
    void theClockBringsADecisionIntoEffect() {
        assertThat(play(TWO_STEPS, """
                start
                --
                complete a ok=true
                complete a ok=false
                strike a
                wait PT5M
                strike a
                """)).isEqualTo("""
                > complete a ok=true
                    TaskClaimed step=2 person=ann
                    DecisionMade step=2 by=ann variables={ok=true} effectiveAt=2030-01-01T09:05:00Z
                    ClockSet step=2 at=2030-01-01T09:05:00Z
                > complete a ok=false
                    ! DECIDED: ann has decided, and it takes effect at 2030-01-01T09:05:00Z; until then the decision can only be taken back
                > strike a
                    ! TIMER_NOT_DUE: the clock of step 2 stands at 2030-01-01T09:05:00Z
                > wait PT5M
                > strike a
                    TaskCompleted step=2
                    VariablesSet scope=0 variables={ok=true}
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>b
                    StepEntered step=3 node=b scope=0
                    TaskOpened step=3 team=ap
                """);
    }

    @Test
    void whoDecidedTakesItBackInTimeAndSoDoesTheOwner() {
        assertThat(play(TWO_STEPS, """
                start
                complete a ok=true
                --
                take-back a by bob
                wait PT4M59S
                take-back a
                complete a ok=false
                take-back a by olga
                complete a ok=true
                wait PT5M
                take-back a
                strike a
                take-back b
                """)).isEqualTo("""
                > take-back a by bob
                    ! NOT_THE_HOLDER: the decision is ann's
                > wait PT4M59S
                > take-back a
                    DecisionTakenBack step=2 by=ann
                    ClockSet step=2
                > complete a ok=false
                    DecisionMade step=2 by=ann variables={ok=false} effectiveAt=2030-01-01T09:09:59Z
                    ClockSet step=2 at=2030-01-01T09:09:59Z
                > take-back a by olga
                    DecisionTakenBack step=2 by=olga
                    ClockSet step=2
                > complete a ok=true
                    DecisionMade step=2 by=ann variables={ok=true} effectiveAt=2030-01-01T09:09:59Z
                    ClockSet step=2 at=2030-01-01T09:09:59Z
                > wait PT5M
                > take-back a
                    ! TOO_LATE: the decision took effect at 2030-01-01T09:09:59Z
                > strike a
                    TaskCompleted step=2
                    VariablesSet scope=0 variables={ok=true}
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>b
                    StepEntered step=3 node=b scope=0
                    TaskOpened step=3 team=ap
                > take-back b
                    ! NOT_DECIDED: nobody has decided the task
                """);
    }

    @Test
    void aDecidedTaskTakesNothingElse() {
        assertThat(play(TWO_STEPS, """
                start
                complete a
                --
                claim a by bob
                offer a bob
                promise a PT1H
                waive a needless by olga
                """)).isEqualTo("""
                > claim a by bob
                    ! DECIDED: ann has decided, and it takes effect at 2030-01-01T09:05:00Z; until then the decision can only be taken back
                > offer a bob
                    ! DECIDED: ann has decided, and it takes effect at 2030-01-01T09:05:00Z; until then the decision can only be taken back
                > promise a PT1H
                    ! DECIDED: ann has decided, and it takes effect at 2030-01-01T09:05:00Z; until then the decision can only be taken back
                > waive a needless by olga
                    ! DECIDED: ann has decided, and it takes effect at 2030-01-01T09:05:00Z; until then the decision can only be taken back
                """);
    }

    @Test
    void decidingEndsWhatWasOpenAboutTheTask() {
        assertThat(play(TWO_STEPS, """
                start
                claim a
                offer a bob
                --
                complete a
                take-back a
                stuck a QUESTION why eve
                complete a
                """)).isEqualTo("""
                > complete a
                    HandoffWithdrawn step=2 by=ann
                    DecisionMade step=2 by=ann variables={} effectiveAt=2030-01-01T09:05:00Z
                    ClockSet step=2 at=2030-01-01T09:05:00Z
                > take-back a
                    DecisionTakenBack step=2 by=ann
                    ClockSet step=2
                > stuck a QUESTION why eve
                    StepBlocked step=2 by=ann obstacle=QUESTION reason=why blocker=eve
                    IncidentRaised incident=3 step=2 node=a kind=STUCK message=why
                > complete a
                    StepUnblocked step=2
                    IncidentResolved incident=3
                    DecisionMade step=2 by=ann variables={} effectiveAt=2030-01-01T09:05:00Z
                    ClockSet step=2 at=2030-01-01T09:05:00Z
                """);
    }

    @Test
    void nobodyIsRemindedOfWhatIsDecided() {
        var office = office().policy(new Policy(
                "nag",
                1,
                null,
                List.of(
                        new Act(Duration.ofMinutes(2), What.REMIND, To.HOLDER, null),
                        new Act(Duration.ofMinutes(3), What.ESCALATE, To.OWNER, null)),
                false,
                false));
        assertThat(Scenario.play("""
                start -> a
                a: user team=ap undo=PT1H policy=nag due=PT1M
                """, """
                start
                complete a
                --
                wait PT10M
                strike a
                take-back a
                strike a
                """, office)).isEqualTo("""
                > wait PT10M
                > strike a
                    ! TIMER_NOT_DUE: the clock of step 2 stands at 2030-01-01T10:00:00Z
                > take-back a
                    DecisionTakenBack step=2 by=ann
                    ClockSet step=2 at=2030-01-01T09:01:00Z
                > strike a
                    IncidentRaised incident=3 step=2 node=a kind=OVERDUE message=The step was due at 2030-01-01T09:01:00Z
                    ReminderSent step=2 delivery=4 to=ann
                    Escalated step=2 delivery=5 to=olga
                    ClockSet step=2
                """);
    }

    @Test
    void aPauseStopsTheTimeToTakeItBack() {
        assertThat(play(TWO_STEPS, """
                start
                complete a
                wait PT3M
                --
                pause PT10H holidays by olga
                wait PT1H
                take-back a
                complete a
                wait PT1H
                strike a
                resume-case by olga
                wait PT4M
                strike a
                wait PT1M
                strike a
                """)).isEqualTo("""
                > pause PT10H holidays by olga
                    CasePaused until=2030-01-01T19:03:00Z reason=holidays charged=olga
                    ClockSet step=2
                    ClockSet step=0 at=2030-01-01T19:03:00Z
                > wait PT1H
                > take-back a
                    DecisionTakenBack step=2 by=ann
                > complete a
                    DecisionMade step=2 by=ann variables={} effectiveAt=2030-01-01T10:08:00Z
                > wait PT1H
                > strike a
                    ! NO_SUCH_TIMER: no clock runs for step 2
                > resume-case by olga
                    CaseResumed
                    ClockSet step=2 at=2030-01-01T11:08:00Z
                    ClockSet step=0
                > wait PT4M
                > strike a
                    ! TIMER_NOT_DUE: the clock of step 2 stands at 2030-01-01T11:08:00Z
                > wait PT1M
                > strike a
                    TaskCompleted step=2
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>b
                    StepEntered step=3 node=b scope=0
                    TaskOpened step=3 team=ap
                """);
    }

    @Test
    void aTimerAtTheBoundaryComesTooLateForADecisionInTime() {
        assertThat(play("""
                start -> a -> b
                a: user team=ap undo=PT5M
                late: boundary on=a timer=PT1H
                late -> end2
                """, """
                start
                wait PT58M
                --
                complete a
                wait PT2M
                fire late
                """)).isEqualTo("""
                > complete a
                    TaskClaimed step=2 person=ann
                    DecisionMade step=2 by=ann variables={} effectiveAt=2030-01-01T10:00:00Z
                    ClockSet step=2 at=2030-01-01T10:00:00Z
                > wait PT2M
                > fire late
                    TaskCompleted step=2
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>b
                    StepEntered step=4 node=b scope=0
                    TaskOpened step=4
                    IncidentRaised incident=5 step=4 node=b kind=ORPHANED message=The process names nobody for the step
                """);
    }

    @Test
    void whatInterruptsTheTaskEndsTheDecisionWithIt() {
        assertThat(play("""
                start -> a -> b
                a: user team=ap undo=PT5M
                revoked: boundary on=a message=revoked
                revoked -> end2
                """, """
                start
                complete a ok=true
                --
                message revoked
                """)).isEqualTo("""
                > message revoked
                    MessageReceived waitId=3
                    StepTerminated step=2
                    StepPassed step=4 node=revoked scope=0
                    FlowTaken scope=0 flow=revoked>end2
                    StepPassed step=5 node=end2 scope=0
                    CaseCompleted
                """);
    }

    @Test
    void aDecisionStandsWhenWhoMadeItLeaves() {
        assertThat(play("""
                start -> a -> b
                a: user team=ap undo=PT5M
                b: user team=ap eyes=a
                """, """
                start
                complete a
                --
                leaves ann
                replace ann by ~directory
                wait PT5M
                strike a
                complete b by bob
                """)).isEqualTo("""
                > leaves ann
                > replace ann by ~directory
                    TaskTaken step=2 person=olga reason=ann, who decided, has left
                > wait PT5M
                > strike a
                    TaskCompleted step=2
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>b
                    StepEntered step=3 node=b scope=0
                    TaskOpened step=3 team=ap
                > complete b by bob
                    TaskClaimed step=3 person=bob
                    TaskCompleted step=3
                    StepLeft step=3
                    CaseCompleted
                """);
    }

    @Test
    void aDecisionCountsForTheSecondPairOfEyes() {
        assertThat(play("""
                start -> fork
                fork: and
                fork -> enter -> join
                fork -> check -> join
                join: and
                enter: user team=ap undo=PT5M
                check: user team=ap eyes=enter
                """, """
                start
                complete enter
                --
                complete check
                take-back enter
                complete check
                """)).isEqualTo("""
                > complete check
                    ! MAY_NOT_HOLD: ann did 'enter'; the step needs another pair of eyes
                > take-back enter
                    DecisionTakenBack step=3 by=ann
                    ClockSet step=3
                > complete check
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    StepLeft step=4
                    FlowTaken scope=0 flow=check>join
                    TokenArrived scope=0 flow=check>join
                """);
    }

    @Test
    void nothingButTheEffectIsForeseen() {
        var play = new Play(Models.of(TWO_STEPS));
        play.roster = office();
        play.send(new Command.StartCase(1, null, "olga", new LinkedHashMap<>()), Actor.person("olga"));
        play.send(new Command.CompleteTask(2, new LinkedHashMap<>()), Actor.person("ann"));
        assertThat(play.state.ifNobodyActs(play.state.open(2), play.roster, play.now))
                .containsExactly(
                        new Foreseen(play.now.plus(Duration.ofMinutes(5)), Foreseen.What.DECISION_TAKES_EFFECT, "ann"));
    }
}
