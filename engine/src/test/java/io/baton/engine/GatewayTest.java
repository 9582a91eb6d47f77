package io.baton.engine;

import static io.baton.engine.Scenario.play;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Exclusive and parallel gateways (BPMN 2.0 §13.4.1, §13.4.2). */
class GatewayTest {

    private static final String APPROVAL = """
            start -> review -> ok
            ok: xor
            ok -> endPaid if approved
            ok -> endVip if vip
            ok -> review default
            """;

    private static final String FORK = """
            start -> fork
            fork: and
            fork -> a -> join
            fork -> b -> join
            join: and
            join -> end
            """;

    @Test
    void takesTheFirstFlowWhoseConditionHolds() {
        assertThat(play(APPROVAL, """
                start
                --
                complete review approved=true vip=true
                """)).isEqualTo("""
                > complete review approved=true vip=true
                    TaskClaimed step=2 person=ann
                    TaskCompleted step=2
                    VariablesSet scope=0 variables={approved=true, vip=true}
                    StepLeft step=2
                    FlowTaken scope=0 flow=review>ok
                    StepPassed step=3 node=ok scope=0
                    FlowTaken scope=0 flow=ok>endPaid
                    StepPassed step=4 node=endPaid scope=0
                    CaseCompleted
                """);
    }

    @Test
    void takesTheDefaultFlowWhenNoConditionHolds() {
        assertThat(play(APPROVAL, """
                start
                --
                complete review approved=false
                """)).isEqualTo("""
                > complete review approved=false
                    TaskClaimed step=2 person=ann
                    TaskCompleted step=2
                    VariablesSet scope=0 variables={approved=false}
                    StepLeft step=2
                    FlowTaken scope=0 flow=review>ok
                    StepPassed step=3 node=ok scope=0
                    FlowTaken scope=0 flow=ok>review
                    StepEntered step=4 node=review scope=0
                    TaskOpened step=4
                """);
    }

    @Test
    void asksTheDefaultFlowLastWhereverItStands() {
        assertThat(play("""
                start -> g
                g: xor
                g -> a default
                g -> b if x = 1
                """, """
                start x=1
                """)).isEqualTo("""
                > start x=1
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={x=1}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>g
                    StepPassed step=2 node=g scope=0
                    FlowTaken scope=0 flow=g>b
                    StepEntered step=3 node=b scope=0
                    TaskOpened step=3
                """);
    }

    @Test
    void raisesAnIncidentWhenNoFlowCanBeTakenAndGoesOnOnceOneCan() {
        assertThat(play("""
                start -> ok
                ok: xor
                ok -> end if approved
                """, """
                start
                resolve ok
                set 0 approved=true
                resolve ok
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>ok
                    StepEntered step=2 node=ok scope=0
                    IncidentRaised incident=3 step=2 node=ok kind=NO_FLOW message=No condition holds at 'ok' and it has no default flow
                > resolve ok
                    IncidentResolved incident=3
                    IncidentRaised incident=4 step=2 node=ok kind=NO_FLOW message=No condition holds at 'ok' and it has no default flow
                > set 0 approved=true
                    VariablesSet scope=0 variables={approved=true}
                > resolve ok
                    IncidentResolved incident=4
                    StepLeft step=2
                    FlowTaken scope=0 flow=ok>end
                    StepPassed step=5 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void takesAConditionThatIsNoBooleanForAMistake() {
        assertThat(play("""
                start -> ok
                ok: xor
                ok -> end if approved
                ok -> end2 default
                """, """
                start approved=yes
                """)).isEqualTo("""
                > start approved=yes
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={approved=yes}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>ok
                    StepEntered step=2 node=ok scope=0
                    IncidentRaised incident=3 step=2 node=ok kind=EXPRESSION message=Expected 'approved' to be true or false, but it is yes
                """);
    }

    @Test
    void passesWhereExclusivePathsMerge() {
        assertThat(play("""
                start -> fork
                fork: and
                fork -> a -> merge
                fork -> b -> merge
                merge: xor
                merge -> c
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
                    FlowTaken scope=0 flow=a>merge
                    StepPassed step=5 node=merge scope=0
                    FlowTaken scope=0 flow=merge>c
                    StepEntered step=6 node=c scope=0
                    TaskOpened step=6
                > complete b
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    StepLeft step=4
                    FlowTaken scope=0 flow=b>merge
                    StepPassed step=7 node=merge scope=0
                    FlowTaken scope=0 flow=merge>c
                    StepEntered step=8 node=c scope=0
                    TaskOpened step=8
                """);
    }

    @Test
    void forksAndJoins() {
        assertThat(play(FORK, """
                start
                complete b
                complete a
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>fork
                    StepPassed step=2 node=fork scope=0
                    FlowTaken scope=0 flow=fork>a
                    StepEntered step=3 node=a scope=0
                    TaskOpened step=3
                    FlowTaken scope=0 flow=fork>b
                    StepEntered step=4 node=b scope=0
                    TaskOpened step=4
                > complete b
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    StepLeft step=4
                    FlowTaken scope=0 flow=b>join
                    TokenArrived scope=0 flow=b>join
                > complete a
                    TaskClaimed step=3 person=ann
                    TaskCompleted step=3
                    StepLeft step=3
                    FlowTaken scope=0 flow=a>join
                    TokenArrived scope=0 flow=a>join
                    TokensJoined scope=0 flows=[a>join, b>join]
                    StepPassed step=5 node=join scope=0
                    FlowTaken scope=0 flow=join>end
                    StepPassed step=6 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void countsATokenPerFlowNotPerArrival() {
        assertThat(play("""
                start -> fork
                fork: and
                fork -> a -> merge
                fork -> b -> merge
                merge: xor
                fork -> c -> join
                merge -> join
                join: and
                join -> d
                """, """
                start
                complete a
                complete b
                --
                complete c
                complete d
                """)).isEqualTo("""
                > complete c
                    TaskClaimed step=5 person=ann
                    TaskCompleted step=5
                    StepLeft step=5
                    FlowTaken scope=0 flow=c>join
                    TokenArrived scope=0 flow=c>join
                    TokensJoined scope=0 flows=[c>join, merge>join]
                    StepPassed step=8 node=join scope=0
                    FlowTaken scope=0 flow=join>d
                    StepEntered step=9 node=d scope=0
                    TaskOpened step=9
                > complete d
                    TaskClaimed step=9 person=ann
                    TaskCompleted step=9
                    StepLeft step=9
                    IncidentRaised incident=10 step=0 node=join kind=DEADLOCK message=A token waits at 'join' for others that can no longer come
                """);
    }

    @Test
    void forksAlsoWithoutAGateway() {
        assertThat(play("""
                start -> a -> b
                a -> c
                """, """
                start
                --
                complete a
                complete b
                complete c
                """)).isEqualTo("""
                > complete a
                    TaskClaimed step=2 person=ann
                    TaskCompleted step=2
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>b
                    StepEntered step=3 node=b scope=0
                    TaskOpened step=3
                    FlowTaken scope=0 flow=a>c
                    StepEntered step=4 node=c scope=0
                    TaskOpened step=4
                > complete b
                    TaskClaimed step=3 person=ann
                    TaskCompleted step=3
                    StepLeft step=3
                > complete c
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    StepLeft step=4
                    CaseCompleted
                """);
    }

    @Test
    void joinsAndForksAtOneGateway() {
        assertThat(play("""
                start -> a -> x
                start -> b -> x
                x: and
                x -> c
                x -> d
                """, """
                start
                complete a
                --
                complete b
                """)).isEqualTo("""
                > complete b
                    TaskClaimed step=3 person=ann
                    TaskCompleted step=3
                    StepLeft step=3
                    FlowTaken scope=0 flow=b>x
                    TokenArrived scope=0 flow=b>x
                    TokensJoined scope=0 flows=[a>x, b>x]
                    StepPassed step=4 node=x scope=0
                    FlowTaken scope=0 flow=x>c
                    StepEntered step=5 node=c scope=0
                    TaskOpened step=5
                    FlowTaken scope=0 flow=x>d
                    StepEntered step=6 node=d scope=0
                    TaskOpened step=6
                """);
    }

    @Test
    void saysSoWhenATokenWaitsForOthersThatCannotCome() {
        assertThat(play("""
                start -> g
                g: xor
                g -> a if x = 1
                g -> b default
                a -> join
                b -> join
                join: and
                join -> end
                """, """
                start
                complete b
                resolve join
                cancel stuck
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>g
                    StepPassed step=2 node=g scope=0
                    FlowTaken scope=0 flow=g>b
                    StepEntered step=3 node=b scope=0
                    TaskOpened step=3
                > complete b
                    TaskClaimed step=3 person=ann
                    TaskCompleted step=3
                    StepLeft step=3
                    FlowTaken scope=0 flow=b>join
                    TokenArrived scope=0 flow=b>join
                    IncidentRaised incident=4 step=0 node=join kind=DEADLOCK message=A token waits at 'join' for others that can no longer come
                > resolve join
                    IncidentResolved incident=4
                    IncidentRaised incident=5 step=0 node=join kind=DEADLOCK message=A token waits at 'join' for others that can no longer come
                > cancel stuck
                    TokensDiscarded scope=0
                    CaseCancelled reason=stuck
                """);
    }

    @Test
    void joinsInASubProcessApartFromItsTwin() {
        assertThat(play("""
                start -> s -> end
                s: sub each={items}
                  start1 -> fork
                  fork: and
                  fork -> a -> join
                  fork -> b -> join
                  join: and
                """, """
                start items=[1,2]
                --
                complete a
                complete b#2
                complete b#1
                complete a
                """)).isEqualTo("""
                > complete a
                    TaskClaimed step=9 person=ann
                    TaskCompleted step=9
                    StepLeft step=9
                    FlowTaken scope=3 flow=a>join
                    TokenArrived scope=3 flow=a>join
                > complete b#2
                    TaskClaimed step=12 person=ann
                    TaskCompleted step=12
                    StepLeft step=12
                    FlowTaken scope=4 flow=b>join
                    TokenArrived scope=4 flow=b>join
                > complete b#1
                    TaskClaimed step=10 person=ann
                    TaskCompleted step=10
                    StepLeft step=10
                    FlowTaken scope=3 flow=b>join
                    TokenArrived scope=3 flow=b>join
                    TokensJoined scope=3 flows=[a>join, b>join]
                    StepPassed step=13 node=join scope=3
                    LoopInstanceDone step=2 index=0
                    StepLeft step=3
                > complete a
                    TaskClaimed step=11 person=ann
                    TaskCompleted step=11
                    StepLeft step=11
                    FlowTaken scope=4 flow=a>join
                    TokenArrived scope=4 flow=a>join
                    TokensJoined scope=4 flows=[a>join, b>join]
                    StepPassed step=14 node=join scope=4
                    LoopInstanceDone step=2 index=1
                    StepLeft step=4
                    StepLeft step=2
                    FlowTaken scope=0 flow=s>end
                    StepPassed step=15 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void ignoresAConditionOnTheDefaultFlow() {
        assertThat(play("""
                start -> g
                g: xor
                g -> a if true default
                g -> b if x = 1
                """, """
                start x=1
                """)).isEqualTo("""
                > start x=1
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={x=1}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>g
                    StepPassed step=2 node=g scope=0
                    FlowTaken scope=0 flow=g>b
                    StepEntered step=3 node=b scope=0
                    TaskOpened step=3
                """);
    }
}
