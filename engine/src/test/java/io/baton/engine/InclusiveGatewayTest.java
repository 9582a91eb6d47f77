package io.baton.engine;

import static io.baton.engine.Scenario.play;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Inclusive gateways: the join waits for exactly those tokens that can still come (BPMN 2.0 §13.4.3). */
class InclusiveGatewayTest {

    private static final String DIAMOND = """
            start -> split
            split: or
            split -> a if x > 1
            split -> b if y > 1
            split -> c default
            a -> join
            b -> join
            c -> join
            join: or
            join -> end
            """;

    @Test
    void takesEveryFlowWhoseConditionHolds() {
        assertThat(play(DIAMOND, """
                start x=3 y=3
                """)).isEqualTo("""
                > start x=3 y=3
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={x=3, y=3}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>split
                    StepPassed step=2 node=split scope=0
                    FlowTaken scope=0 flow=split>a
                    StepEntered step=3 node=a scope=0
                    TaskOpened step=3
                    FlowTaken scope=0 flow=split>b
                    StepEntered step=4 node=b scope=0
                    TaskOpened step=4
                """);
    }

    @Test
    void takesTheDefaultFlowOnlyWhenNoConditionHolds() {
        assertThat(play(DIAMOND, """
                start x=0 y=0
                complete c
                """)).isEqualTo("""
                > start x=0 y=0
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={x=0, y=0}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>split
                    StepPassed step=2 node=split scope=0
                    FlowTaken scope=0 flow=split>c
                    StepEntered step=3 node=c scope=0
                    TaskOpened step=3
                > complete c
                    TaskClaimed step=3 person=ann
                    TaskCompleted step=3
                    StepLeft step=3
                    FlowTaken scope=0 flow=c>join
                    TokenArrived scope=0 flow=c>join
                    TokensJoined scope=0 flows=[c>join]
                    StepPassed step=4 node=join scope=0
                    FlowTaken scope=0 flow=join>end
                    StepPassed step=5 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void waitsForThoseThatCanComeAndNoOthers() {
        assertThat(play(DIAMOND, """
                start x=3 y=3
                --
                complete a
                complete b
                """)).isEqualTo("""
                > complete a
                    TaskClaimed step=3 person=ann
                    TaskCompleted step=3
                    StepLeft step=3
                    FlowTaken scope=0 flow=a>join
                    TokenArrived scope=0 flow=a>join
                > complete b
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    StepLeft step=4
                    FlowTaken scope=0 flow=b>join
                    TokenArrived scope=0 flow=b>join
                    TokensJoined scope=0 flows=[a>join, b>join]
                    StepPassed step=5 node=join scope=0
                    FlowTaken scope=0 flow=join>end
                    StepPassed step=6 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void doesNotWaitForATokenThatWentElsewhere() {
        assertThat(play("""
                start -> split
                split: or
                split -> a if true
                split -> b if true
                a -> join
                b -> off
                off: xor
                off -> join if back
                off -> endElsewhere default
                join: or
                join -> last
                """, """
                start
                complete a
                --
                complete b
                """)).isEqualTo("""
                > complete b
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    StepLeft step=4
                    FlowTaken scope=0 flow=b>off
                    StepPassed step=5 node=off scope=0
                    FlowTaken scope=0 flow=off>endElsewhere
                    StepPassed step=6 node=endElsewhere scope=0
                    TokensJoined scope=0 flows=[a>join]
                    StepPassed step=7 node=join scope=0
                    FlowTaken scope=0 flow=join>last
                    StepEntered step=8 node=last scope=0
                    TaskOpened step=8
                """);
    }

    @Test
    void doesNotWaitForATokenWhoseWayComesBackThroughTheJoinItself() {
        assertThat(play("""
                start -> join
                join: or
                join -> a -> again
                again: xor
                again -> join if more
                again -> end default
                """, """
                start
                --
                complete a more=true
                complete a more=false
                """)).isEqualTo("""
                > complete a more=true
                    TaskClaimed step=3 person=ann
                    TaskCompleted step=3
                    VariablesSet scope=0 variables={more=true}
                    StepLeft step=3
                    FlowTaken scope=0 flow=a>again
                    StepPassed step=4 node=again scope=0
                    FlowTaken scope=0 flow=again>join
                    TokenArrived scope=0 flow=again>join
                    TokensJoined scope=0 flows=[again>join]
                    StepPassed step=5 node=join scope=0
                    FlowTaken scope=0 flow=join>a
                    StepEntered step=6 node=a scope=0
                    TaskOpened step=6
                > complete a more=false
                    TaskClaimed step=6 person=ann
                    TaskCompleted step=6
                    VariablesSet scope=0 variables={more=false}
                    StepLeft step=6
                    FlowTaken scope=0 flow=a>again
                    StepPassed step=7 node=again scope=0
                    FlowTaken scope=0 flow=again>end
                    StepPassed step=8 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void waitsForATokenInALoopBeforeTheJoin() {
        assertThat(play("""
                start -> fork
                fork: and
                fork -> a -> join
                fork -> b -> again
                again: xor
                again -> b if more
                again -> join default
                join: or
                join -> end
                """, """
                start
                complete a
                --
                complete b more=true
                complete b more=false
                """)).isEqualTo("""
                > complete b more=true
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    VariablesSet scope=0 variables={more=true}
                    StepLeft step=4
                    FlowTaken scope=0 flow=b>again
                    StepPassed step=5 node=again scope=0
                    FlowTaken scope=0 flow=again>b
                    StepEntered step=6 node=b scope=0
                    TaskOpened step=6
                > complete b more=false
                    TaskClaimed step=6 person=ann
                    TaskCompleted step=6
                    VariablesSet scope=0 variables={more=false}
                    StepLeft step=6
                    FlowTaken scope=0 flow=b>again
                    StepPassed step=7 node=again scope=0
                    FlowTaken scope=0 flow=again>join
                    TokenArrived scope=0 flow=again>join
                    TokensJoined scope=0 flows=[a>join, again>join]
                    StepPassed step=8 node=join scope=0
                    FlowTaken scope=0 flow=join>end
                    StepPassed step=9 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void waitsForATokenThatStandsAtAnotherJoin() {
        assertThat(play("""
                start -> fork
                fork: and
                fork -> a -> late
                fork -> b -> early
                fork -> c -> early
                early: and
                early -> late
                late: or
                late -> end
                """, """
                start
                complete a
                complete b
                --
                complete c
                """)).isEqualTo("""
                > complete c
                    TaskClaimed step=5 person=ann
                    TaskCompleted step=5
                    StepLeft step=5
                    FlowTaken scope=0 flow=c>early
                    TokenArrived scope=0 flow=c>early
                    TokensJoined scope=0 flows=[b>early, c>early]
                    StepPassed step=6 node=early scope=0
                    FlowTaken scope=0 flow=early>late
                    TokenArrived scope=0 flow=early>late
                    TokensJoined scope=0 flows=[a>late, early>late]
                    StepPassed step=7 node=late scope=0
                    FlowTaken scope=0 flow=late>end
                    StepPassed step=8 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void firesTheJoinBeforeAnother() {
        assertThat(play("""
                start -> fork
                fork: and
                fork -> a -> one
                fork -> b -> one
                one: or
                one -> two
                fork -> c -> two
                two: or
                two -> end
                """, """
                start
                complete c
                complete b
                --
                complete a
                """)).isEqualTo("""
                > complete a
                    TaskClaimed step=3 person=ann
                    TaskCompleted step=3
                    StepLeft step=3
                    FlowTaken scope=0 flow=a>one
                    TokenArrived scope=0 flow=a>one
                    TokensJoined scope=0 flows=[a>one, b>one]
                    StepPassed step=6 node=one scope=0
                    FlowTaken scope=0 flow=one>two
                    TokenArrived scope=0 flow=one>two
                    TokensJoined scope=0 flows=[one>two, c>two]
                    StepPassed step=7 node=two scope=0
                    FlowTaken scope=0 flow=two>end
                    StepPassed step=8 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void saysSoWhenTwoJoinsWaitForEachOther() {
        assertThat(play("""
                start -> fork
                fork: and
                fork -> a -> one
                fork -> b -> two
                one: or
                one -> split1
                split1: xor
                split1 -> two if x = 1
                split1 -> end1 default
                two: or
                two -> split2
                split2: xor
                split2 -> one if x = 1
                split2 -> end2 default
                """, """
                start
                --
                complete a
                complete b
                """)).isEqualTo("""
                > complete a
                    TaskClaimed step=3 person=ann
                    TaskCompleted step=3
                    StepLeft step=3
                    FlowTaken scope=0 flow=a>one
                    TokenArrived scope=0 flow=a>one
                > complete b
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    StepLeft step=4
                    FlowTaken scope=0 flow=b>two
                    TokenArrived scope=0 flow=b>two
                    IncidentRaised incident=5 step=0 node=one kind=DEADLOCK message=A token waits at 'one' for others that can no longer come
                    IncidentRaised incident=6 step=0 node=two kind=DEADLOCK message=A token waits at 'two' for others that can no longer come
                """);
    }

    @Test
    void takesATokenThatCouldFillAFlowThatIsFilledAlreadyForNoReasonToWait() {
        assertThat(play("""
                start -> fork
                fork: and
                fork -> a -> g
                fork -> b -> h
                h: xor
                h -> g default
                h -> join if x = 1
                g: xor
                g -> join
                join: or
                join -> c
                """, """
                start
                --
                complete a
                complete b x=0
                """)).isEqualTo("""
                > complete a
                    TaskClaimed step=3 person=ann
                    TaskCompleted step=3
                    StepLeft step=3
                    FlowTaken scope=0 flow=a>g
                    StepPassed step=5 node=g scope=0
                    FlowTaken scope=0 flow=g>join
                    TokenArrived scope=0 flow=g>join
                    TokensJoined scope=0 flows=[g>join]
                    StepPassed step=6 node=join scope=0
                    FlowTaken scope=0 flow=join>c
                    StepEntered step=7 node=c scope=0
                    TaskOpened step=7
                > complete b x=0
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    VariablesSet scope=0 variables={x=0}
                    StepLeft step=4
                    FlowTaken scope=0 flow=b>h
                    StepPassed step=8 node=h scope=0
                    FlowTaken scope=0 flow=h>g
                    StepPassed step=9 node=g scope=0
                    FlowTaken scope=0 flow=g>join
                    TokenArrived scope=0 flow=g>join
                    TokensJoined scope=0 flows=[g>join]
                    StepPassed step=10 node=join scope=0
                    FlowTaken scope=0 flow=join>c
                    StepEntered step=11 node=c scope=0
                    TaskOpened step=11
                """);
    }

    @Test
    void countsAnActivityAsStandingOnItsBoundaryEventsToo() {
        assertThat(play("""
                start -> fork
                fork: and
                fork -> a -> join
                fork -> b -> endB
                late: boundary on=b timer=PT1H
                late -> join
                join: or
                join -> c
                """, """
                start
                --
                complete a
                complete b
                """)).isEqualTo("""
                > complete a
                    TaskClaimed step=3 person=ann
                    TaskCompleted step=3
                    StepLeft step=3
                    FlowTaken scope=0 flow=a>join
                    TokenArrived scope=0 flow=a>join
                > complete b
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    StepLeft step=4
                    FlowTaken scope=0 flow=b>endB
                    StepPassed step=6 node=endB scope=0
                    TokensJoined scope=0 flows=[a>join]
                    StepPassed step=7 node=join scope=0
                    FlowTaken scope=0 flow=join>c
                    StepEntered step=8 node=c scope=0
                    TaskOpened step=8
                """);
    }

    @Test
    void waitsForASubProcessThatIsOpenBeforeIt() {
        assertThat(play("""
                start -> fork
                fork: and
                fork -> a -> join
                fork -> s -> join
                s: sub
                  start1 -> b
                join: or
                join -> end
                """, """
                start
                complete a
                --
                complete b
                """)).isEqualTo("""
                > complete b
                    TaskClaimed step=6 person=ann
                    TaskCompleted step=6
                    StepLeft step=6
                    StepLeft step=4
                    FlowTaken scope=0 flow=s>join
                    TokenArrived scope=0 flow=s>join
                    TokensJoined scope=0 flows=[a>join, s>join]
                    StepPassed step=7 node=join scope=0
                    FlowTaken scope=0 flow=join>end
                    StepPassed step=8 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void retriesItsChoiceOnceOneCanBeMade() {
        assertThat(play("""
                start -> split
                split: or
                split -> a if x > 1
                split -> b if x > 2
                """, """
                start x=0
                --
                set 0 x=3
                resolve split
                """)).isEqualTo("""
                > set 0 x=3
                    VariablesSet scope=0 variables={x=3}
                > resolve split
                    IncidentResolved incident=3
                    StepLeft step=2
                    FlowTaken scope=0 flow=split>a
                    StepEntered step=4 node=a scope=0
                    TaskOpened step=4
                    FlowTaken scope=0 flow=split>b
                    StepEntered step=5 node=b scope=0
                    TaskOpened step=5
                """);
    }

    @Test
    void waitsForATokenThatAnIncidentHolds() {
        assertThat(play("""
                start -> fork
                fork: and
                fork -> a -> join
                fork -> g
                g: xor
                g -> join if ready
                join: or
                join -> end
                """, """
                start
                --
                complete a
                set 0 ready=true
                resolve g
                """)).isEqualTo("""
                > complete a
                    TaskClaimed step=3 person=ann
                    TaskCompleted step=3
                    StepLeft step=3
                    FlowTaken scope=0 flow=a>join
                    TokenArrived scope=0 flow=a>join
                > set 0 ready=true
                    VariablesSet scope=0 variables={ready=true}
                > resolve g
                    IncidentResolved incident=5
                    StepLeft step=4
                    FlowTaken scope=0 flow=g>join
                    TokenArrived scope=0 flow=g>join
                    TokensJoined scope=0 flows=[a>join, g>join]
                    StepPassed step=6 node=join scope=0
                    FlowTaken scope=0 flow=join>end
                    StepPassed step=7 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void asksWhatATokenCanReachWithoutGoingThroughTheJoin() {
        assertThat(play("""
                start -> join
                join: or
                join -> fork
                fork: and
                fork -> a -> join
                fork -> b -> join
                """, """
                start
                --
                complete a
                complete b
                """)).isEqualTo("""
                > complete a
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    StepLeft step=4
                    FlowTaken scope=0 flow=a>join
                    TokenArrived scope=0 flow=a>join
                > complete b
                    TaskClaimed step=5 person=ann
                    TaskCompleted step=5
                    StepLeft step=5
                    FlowTaken scope=0 flow=b>join
                    TokenArrived scope=0 flow=b>join
                    TokensJoined scope=0 flows=[a>join, b>join]
                    StepPassed step=6 node=join scope=0
                    FlowTaken scope=0 flow=join>fork
                    StepPassed step=7 node=fork scope=0
                    FlowTaken scope=0 flow=fork>a
                    StepEntered step=8 node=a scope=0
                    TaskOpened step=8
                    FlowTaken scope=0 flow=fork>b
                    StepEntered step=9 node=b scope=0
                    TaskOpened step=9
                """);
    }
}
