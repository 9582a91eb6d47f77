package io.baton.engine;

import static io.baton.engine.Scenario.play;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Embedded sub-processes: scopes, their variables, mappings. */
class SubProcessTest {

    @Test
    void isLeftWhenItsLastTokenEnds() {
        assertThat(play("""
                start -> s -> end
                s: sub
                  start1 -> a -> endA
                  a -> b
                """, """
                start
                complete a
                complete b
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>s
                    StepEntered step=2 node=s scope=0
                    StepPassed step=3 node=start1 scope=2
                    FlowTaken scope=2 flow=start1>a
                    StepEntered step=4 node=a scope=2
                    TaskOpened step=4
                > complete a
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    StepLeft step=4
                    FlowTaken scope=2 flow=a>endA
                    StepPassed step=5 node=endA scope=2
                    FlowTaken scope=2 flow=a>b
                    StepEntered step=6 node=b scope=2
                    TaskOpened step=6
                > complete b
                    TaskClaimed step=6 person=ann
                    TaskCompleted step=6
                    StepLeft step=6
                    StepLeft step=2
                    FlowTaken scope=0 flow=s>end
                    StepPassed step=7 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void keepsItsInputsToItselfAndGivesItsOutputs() {
        assertThat(play("""
                start -> s -> after
                s: sub in.x={y + 1} out.z={x + w}
                  start1 -> a
                """, """
                start y=1
                complete a x=5 w=10
                --
                complete after
                """)).isEqualTo("""
                > complete after
                    TaskClaimed step=5 person=ann
                    TaskCompleted step=5
                    StepLeft step=5
                    CaseCompleted
                """);
    }

    @Test
    void letsUnknownVariablesThroughToTheCase() {
        assertThat(play("""
                start -> s -> after
                s: sub in.x={1}
                  start1 -> a
                """, """
                start
                --
                complete a x=5 w=10
                """)).isEqualTo("""
                > complete a x=5 w=10
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    VariablesSet scope=2 variables={x=5}
                    VariablesSet scope=0 variables={w=10}
                    StepLeft step=4
                    StepLeft step=2
                    FlowTaken scope=0 flow=s>after
                    StepEntered step=5 node=after scope=0
                    TaskOpened step=5
                """);
    }

    @Test
    void setsAVariableWhereItIsDeclared() {
        assertThat(play("""
                start -> s
                s: sub in.x={1}
                  start1 -> t
                  t: sub in.y={2}
                    start2 -> a
                """, """
                start z=3
                --
                complete a x=10 y=20 z=30
                """)).isEqualTo("""
                > complete a x=10 y=20 z=30
                    TaskClaimed step=6 person=ann
                    TaskCompleted step=6
                    VariablesSet scope=2 variables={x=10}
                    VariablesSet scope=4 variables={y=20}
                    VariablesSet scope=0 variables={z=30}
                    StepLeft step=6
                    StepLeft step=4
                    StepLeft step=2
                    CaseCompleted
                """);
    }

    @Test
    void setsVariablesInAScopeOnDemand() {
        assertThat(play("""
                start -> s
                s: sub
                  start1 -> a
                """, """
                start
                set s x=1
                set a x=2
                set 99 x=3
                complete a x=4
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>s
                    StepEntered step=2 node=s scope=0
                    StepPassed step=3 node=start1 scope=2
                    FlowTaken scope=2 flow=start1>a
                    StepEntered step=4 node=a scope=2
                    TaskOpened step=4
                > set s x=1
                    VariablesSet scope=2 variables={x=1}
                > set a x=2
                    VariablesSet scope=4 variables={x=2}
                > set 99 x=3
                    ! NO_SUCH_STEP: no open step 99
                > complete a x=4
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    VariablesSet scope=2 variables={x=4}
                    StepLeft step=4
                    StepLeft step=2
                    CaseCompleted
                """);
    }

    @Test
    void raisesAnIncidentWhenItsOutputFailsAndRepeatsOnlyThat() {
        assertThat(play("""
                start -> s -> end
                s: sub out.z={x + w}
                  start1 -> a
                """, """
                start x=1
                complete a
                set s w=1
                resolve s
                """)).isEqualTo("""
                > start x=1
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={x=1}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>s
                    StepEntered step=2 node=s scope=0
                    StepPassed step=3 node=start1 scope=2
                    FlowTaken scope=2 flow=start1>a
                    StepEntered step=4 node=a scope=2
                    TaskOpened step=4
                > complete a
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    StepLeft step=4
                    IncidentRaised incident=5 step=2 node=s kind=EXPRESSION message='x + w' failed: cannot add 1 and null
                > set s w=1
                    VariablesSet scope=2 variables={w=1}
                > resolve s
                    IncidentResolved incident=5
                    VariablesSet scope=0 variables={z=2}
                    StepLeft step=2
                    FlowTaken scope=0 flow=s>end
                    StepPassed step=6 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void raisesAnIncidentWhenItsInputFailsAndBeginsOnce() {
        assertThat(play("""
                start -> s -> end
                s: sub in.x={y + 1}
                  start1 -> a
                late: boundary on=s timer=PT1H
                """, """
                start
                set 0 y=1
                resolve s
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>s
                    StepEntered step=2 node=s scope=0
                    IncidentRaised incident=3 step=2 node=s kind=EXPRESSION message='y + 1' failed: cannot add null and 1
                > set 0 y=1
                    VariablesSet scope=0 variables={y=1}
                > resolve s
                    IncidentResolved incident=3
                    VariablesSet scope=2 variables={x=2}
                    TimerSet waitId=4 step=2 node=late due=2030-01-01T10:00:00Z repeat=0
                    StepPassed step=5 node=start1 scope=2
                    FlowTaken scope=2 flow=start1>a
                    StepEntered step=6 node=a scope=2
                    TaskOpened step=6
                """);
    }

    @Test
    void nests() {
        assertThat(play("""
                start -> s -> end
                s: sub
                  start1 -> t -> b
                  t: sub
                    start2 -> end2
                """, """
                start
                complete b
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>s
                    StepEntered step=2 node=s scope=0
                    StepPassed step=3 node=start1 scope=2
                    FlowTaken scope=2 flow=start1>t
                    StepEntered step=4 node=t scope=2
                    StepPassed step=5 node=start2 scope=4
                    FlowTaken scope=4 flow=start2>end2
                    StepPassed step=6 node=end2 scope=4
                    StepLeft step=4
                    FlowTaken scope=2 flow=t>b
                    StepEntered step=7 node=b scope=2
                    TaskOpened step=7
                > complete b
                    TaskClaimed step=7 person=ann
                    TaskCompleted step=7
                    StepLeft step=7
                    StepLeft step=2
                    FlowTaken scope=0 flow=s>end
                    StepPassed step=8 node=end scope=0
                    CaseCompleted
                """);
    }
}
