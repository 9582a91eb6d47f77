package io.baton.engine;

import static io.baton.engine.Scenario.play;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Script tasks and DMN decisions. */
class ScriptTest {

    @Test
    void computesAndGoesOn() {
        assertThat(play("""
                start -> a -> b
                a: script does={x + 1} result=y
                """, """
                start x=1
                """)).isEqualTo("""
                > start x=1
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={x=1}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    VariablesSet scope=0 variables={y=2}
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>b
                    StepEntered step=3 node=b scope=0
                    TaskOpened step=3
                """);
    }

    @Test
    void computesForNothingWithoutAResultVariable() {
        assertThat(play("""
                start -> a -> b
                a: script does={x + 1}
                """, """
                start x=1
                """)).isEqualTo("""
                > start x=1
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={x=1}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>b
                    StepEntered step=3 node=b scope=0
                    TaskOpened step=3
                """);
    }

    @Test
    void raisesAnIncidentAndComputesAgain() {
        assertThat(play("""
                start -> a -> b
                a: script does={x + 1} result=y in.x={z}
                """, """
                start
                set 0 z=4
                resolve a
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    VariablesSet scope=2 variables={x=null}
                    IncidentRaised incident=3 step=2 node=a kind=EXPRESSION message='x + 1' failed: cannot add null and 1
                > set 0 z=4
                    VariablesSet scope=0 variables={z=4}
                > resolve a
                    IncidentResolved incident=3
                    VariablesSet scope=2 variables={x=4}
                    VariablesSet scope=0 variables={y=5}
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>b
                    StepEntered step=4 node=b scope=0
                    TaskOpened step=4
                """);
    }

    @Test
    void asksADecision() {
        assertThat(play("""
                start -> a -> b
                a: decide asks=rates result=r
                """, """
                start
                set 0 rate=4
                resolve a
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    IncidentRaised incident=3 step=2 node=a kind=EXPRESSION message=decision 'rates' failed: no rule matches
                > set 0 rate=4
                    VariablesSet scope=0 variables={rate=4}
                > resolve a
                    IncidentResolved incident=3
                    VariablesSet scope=0 variables={r=4}
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>b
                    StepEntered step=4 node=b scope=0
                    TaskOpened step=4
                """);
    }

    @Test
    void saysWhichDecisionIsMissing() {
        assertThat(play("""
                start -> a -> b
                a: decide asks=nowhere result=r
                """, """
                start
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    IncidentRaised incident=3 step=2 node=a kind=EXPRESSION message=decision 'nowhere' is not deployed
                """);
    }

    @Test
    void doesNotComputeTwiceWhenItsWayOutFails() {
        assertThat(play("""
                start -> a -> b
                a: script does={n + 1} result=n out.sum={n + m}
                """, """
                start n=1
                set 0 m=10
                resolve a
                """)).isEqualTo("""
                > start n=1
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={n=1}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    VariablesSet scope=2 variables={n=2}
                    JobCompleted step=2
                    IncidentRaised incident=3 step=2 node=a kind=EXPRESSION message='n + m' failed: cannot add 2 and null
                > set 0 m=10
                    VariablesSet scope=0 variables={m=10}
                > resolve a
                    IncidentResolved incident=3
                    VariablesSet scope=0 variables={sum=12}
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>b
                    StepEntered step=4 node=b scope=0
                    TaskOpened step=4
                """);
    }

    @Test
    void doesNotComputeTwiceWhenCollectingFails() {
        assertThat(play("""
                start -> a -> b
                a: script does={loopCounter + 1} result=n times={2} sequential collect={n + m} into=sums
                """, """
                start
                set 0 m=10
                resolve a
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    LoopStarted step=2 total=2
                    StepEntered step=3 node=a scope=2
                    VariablesSet scope=3 variables={loopCounter=1}
                    VariablesSet scope=3 variables={n=2}
                    JobCompleted step=3
                    IncidentRaised incident=4 step=3 node=a kind=EXPRESSION message='n + m' failed: cannot add 2 and null
                > set 0 m=10
                    VariablesSet scope=0 variables={m=10}
                > resolve a
                    IncidentResolved incident=4
                    LoopInstanceDone step=2 index=0 output=12
                    StepLeft step=3
                    StepEntered step=5 node=a scope=2
                    VariablesSet scope=5 variables={loopCounter=2}
                    VariablesSet scope=5 variables={n=3}
                    LoopInstanceDone step=2 index=1 output=13
                    StepLeft step=5
                    VariablesSet scope=0 variables={sums=[12, 13]}
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>b
                    StepEntered step=6 node=b scope=0
                    TaskOpened step=6
                """);
    }
}
