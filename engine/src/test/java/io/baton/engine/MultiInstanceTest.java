package io.baton.engine;

import static io.baton.engine.Scenario.play;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Activities done once for each element (BPMN 2.0 §13.3.7). */
class MultiInstanceTest {

    @Test
    void opensAllInstancesAndCollectsInTheOrderOfTheList() {
        assertThat(play("""
                start -> ask -> end
                ask: user each={who} as=person holder={person} collect={answer} into=answers
                """, """
                start who=[ann,bob]
                complete ask#3 answer=no by bob
                complete ask#2 answer=yes
                """)).isEqualTo("""
                > start who=[ann,bob]
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={who=[ann, bob]}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>ask
                    StepEntered step=2 node=ask scope=0
                    LoopStarted step=2 total=2 items=[ann, bob]
                    StepEntered step=3 node=ask scope=2
                    VariablesSet scope=3 variables={loopCounter=1, person=ann}
                    StepEntered step=4 node=ask scope=2
                    VariablesSet scope=4 variables={loopCounter=2, person=bob}
                    TaskOpened step=3
                    HandoffOffered step=3 from=olga person=ann reason=named by the process
                    TaskOpened step=4
                    HandoffOffered step=4 from=olga person=bob reason=named by the process
                > complete ask#3 answer=no by bob
                    HandoffAccepted step=4 person=bob
                    TaskCompleted step=4
                    VariablesSet scope=4 variables={answer=no}
                    LoopInstanceDone step=2 index=1 output=no
                    StepLeft step=4
                > complete ask#2 answer=yes
                    HandoffAccepted step=3 person=ann
                    TaskCompleted step=3
                    VariablesSet scope=3 variables={answer=yes}
                    LoopInstanceDone step=2 index=0 output=yes
                    StepLeft step=3
                    VariablesSet scope=0 variables={answers=[yes, no]}
                    StepLeft step=2
                    FlowTaken scope=0 flow=ask>end
                    StepPassed step=5 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void opensOneAfterTheOther() {
        assertThat(play("""
                start -> ask -> end
                ask: user each={who} as=person sequential collect={answer} into=answers
                """, """
                start who=[p1,p2]
                complete ask#2 answer=yes
                complete ask#2 answer=no
                """)).isEqualTo("""
                > start who=[p1,p2]
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={who=[p1, p2]}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>ask
                    StepEntered step=2 node=ask scope=0
                    LoopStarted step=2 total=2 items=[p1, p2]
                    StepEntered step=3 node=ask scope=2
                    VariablesSet scope=3 variables={loopCounter=1, person=p1}
                    TaskOpened step=3
                > complete ask#2 answer=yes
                    TaskClaimed step=3 person=ann
                    TaskCompleted step=3
                    VariablesSet scope=3 variables={answer=yes}
                    LoopInstanceDone step=2 index=0 output=yes
                    StepLeft step=3
                    StepEntered step=4 node=ask scope=2
                    VariablesSet scope=4 variables={loopCounter=2, person=p2}
                    TaskOpened step=4
                > complete ask#2 answer=no
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    VariablesSet scope=4 variables={answer=no}
                    LoopInstanceDone step=2 index=1 output=no
                    StepLeft step=4
                    VariablesSet scope=0 variables={answers=[yes, no]}
                    StepLeft step=2
                    FlowTaken scope=0 flow=ask>end
                    StepPassed step=5 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void repeatsAsOftenAsTheNumberSays() {
        assertThat(play("""
                start -> a -> end
                a: user times={n}
                """, """
                start n=2
                complete a#2
                complete a#2
                """)).isEqualTo("""
                > start n=2
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={n=2}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    LoopStarted step=2 total=2
                    StepEntered step=3 node=a scope=2
                    VariablesSet scope=3 variables={loopCounter=1}
                    StepEntered step=4 node=a scope=2
                    VariablesSet scope=4 variables={loopCounter=2}
                    TaskOpened step=3
                    TaskOpened step=4
                > complete a#2
                    TaskClaimed step=3 person=ann
                    TaskCompleted step=3
                    LoopInstanceDone step=2 index=0
                    StepLeft step=3
                > complete a#2
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    LoopInstanceDone step=2 index=1
                    StepLeft step=4
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>end
                    StepPassed step=5 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void goesOnAtOnceWithNothingToDo() {
        assertThat(play("""
                start -> a -> end
                a: user each={list} collect={x} into=xs
                late: boundary on=a timer=PT1H
                """, """
                start list=[]
                """)).isEqualTo("""
                > start list=[]
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={list=[]}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    TimerSet waitId=3 step=2 node=late due=2030-01-01T10:00:00Z repeat=0
                    LoopStarted step=2 total=0 items=[]
                    VariablesSet scope=0 variables={xs=[]}
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>end
                    StepPassed step=4 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void takesNoListForAnEmptyOne() {
        assertThat(play("""
                start -> a -> end
                a: user each={list}
                """, """
                start
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    LoopStarted step=2 total=0 items=[]
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>end
                    StepPassed step=3 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void raisesAnIncidentForWhatIsNoListOrNumber() {
        assertThat(play("""
                start -> a -> b -> end
                a: user each={list}
                b: user times={n}
                """, """
                start list=7 n=2.5
                set 0 list=[]
                resolve a
                set 0 n=1.0
                resolve b
                """)).isEqualTo("""
                > start list=7 n=2.5
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={list=7, n=2.5}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    IncidentRaised incident=3 step=2 node=a kind=EXPRESSION message=Expected 'list' to be a list, but it is 7
                > set 0 list=[]
                    VariablesSet scope=0 variables={list=[]}
                > resolve a
                    IncidentResolved incident=3
                    LoopStarted step=2 total=0 items=[]
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>b
                    StepEntered step=4 node=b scope=0
                    IncidentRaised incident=5 step=4 node=b kind=EXPRESSION message=Expected 'n' to be a whole number of instances, but it is 2.5
                > set 0 n=1.0
                    VariablesSet scope=0 variables={n=1.0}
                > resolve b
                    IncidentResolved incident=5
                    LoopStarted step=4 total=1
                    StepEntered step=6 node=b scope=4
                    VariablesSet scope=6 variables={loopCounter=1}
                    TaskOpened step=6
                """);
    }

    @Test
    void endsTheOthersWhenTheConditionHolds() {
        assertThat(play("""
                start -> ask -> end
                ask: user times={3} collect={answer} into=answers until={numberOfCompletedInstances >= 2 and numberOfActiveInstances = 1 and numberOfInstances = 3}
                """, """
                start
                --
                complete ask#4 answer=c
                complete ask#2 answer=a
                """)).isEqualTo("""
                > complete ask#4 answer=c
                    TaskClaimed step=5 person=ann
                    TaskCompleted step=5
                    VariablesSet scope=5 variables={answer=c}
                    LoopInstanceDone step=2 index=2 output=c
                    StepLeft step=5
                > complete ask#2 answer=a
                    TaskClaimed step=3 person=ann
                    TaskCompleted step=3
                    VariablesSet scope=3 variables={answer=a}
                    LoopInstanceDone step=2 index=0 output=a
                    StepLeft step=3
                    StepTerminated step=4
                    VariablesSet scope=0 variables={answers=[a, null, c]}
                    StepLeft step=2
                    FlowTaken scope=0 flow=ask>end
                    StepPassed step=6 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void stopsASequenceWhenTheConditionHolds() {
        assertThat(play("""
                start -> ask -> end
                ask: user times={3} sequential until={answer = "no"}
                """, """
                start
                --
                complete ask#2 answer=yes
                complete ask#2 answer=no
                """)).isEqualTo("""
                > complete ask#2 answer=yes
                    TaskClaimed step=3 person=ann
                    TaskCompleted step=3
                    VariablesSet scope=3 variables={answer=yes}
                    LoopInstanceDone step=2 index=0
                    StepLeft step=3
                    StepEntered step=4 node=ask scope=2
                    VariablesSet scope=4 variables={loopCounter=2}
                    TaskOpened step=4
                > complete ask#2 answer=no
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    VariablesSet scope=4 variables={answer=no}
                    LoopInstanceDone step=2 index=1
                    StepLeft step=4
                    StepLeft step=2
                    FlowTaken scope=0 flow=ask>end
                    StepPassed step=5 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void keepsTheVariablesOfASubProcessApart() {
        assertThat(play("""
                start -> s -> end
                s: sub each={who} as=person collect={answer} into=answers
                  start1 -> a -> b
                """, """
                start who=[p1,p2]
                --
                complete a#1 answer=one
                complete a#1 answer=two
                complete b#1
                complete b#1
                """)).isEqualTo("""
                > complete a#1 answer=one
                    TaskClaimed step=7 person=ann
                    TaskCompleted step=7
                    VariablesSet scope=3 variables={answer=one}
                    StepLeft step=7
                    FlowTaken scope=3 flow=a>b
                    StepEntered step=9 node=b scope=3
                    TaskOpened step=9
                > complete a#1 answer=two
                    TaskClaimed step=8 person=ann
                    TaskCompleted step=8
                    VariablesSet scope=4 variables={answer=two}
                    StepLeft step=8
                    FlowTaken scope=4 flow=a>b
                    StepEntered step=10 node=b scope=4
                    TaskOpened step=10
                > complete b#1
                    TaskClaimed step=9 person=ann
                    TaskCompleted step=9
                    StepLeft step=9
                    LoopInstanceDone step=2 index=0 output=one
                    StepLeft step=3
                > complete b#1
                    TaskClaimed step=10 person=ann
                    TaskCompleted step=10
                    StepLeft step=10
                    LoopInstanceDone step=2 index=1 output=two
                    StepLeft step=4
                    VariablesSet scope=0 variables={answers=[one, two]}
                    StepLeft step=2
                    FlowTaken scope=0 flow=s>end
                    StepPassed step=11 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void mapsOutOfEachInstanceOnce() {
        assertThat(play("""
                start -> a -> end
                a: user times={2} sequential out.sum={sum + x} collect={y + 1} into=ys
                """, """
                start sum=0
                complete a#2 x=5
                set a#2 y=1
                resolve a
                complete a#2 x=7 y=2
                """)).isEqualTo("""
                > start sum=0
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={sum=0}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    LoopStarted step=2 total=2
                    StepEntered step=3 node=a scope=2
                    VariablesSet scope=3 variables={loopCounter=1}
                    TaskOpened step=3
                > complete a#2 x=5
                    TaskClaimed step=3 person=ann
                    TaskCompleted step=3
                    VariablesSet scope=3 variables={x=5}
                    IncidentRaised incident=4 step=3 node=a kind=EXPRESSION message='y + 1' failed: cannot add null and 1
                > set a#2 y=1
                    VariablesSet scope=3 variables={y=1}
                > resolve a
                    IncidentResolved incident=4
                    VariablesSet scope=0 variables={sum=5}
                    LoopInstanceDone step=2 index=0 output=2
                    StepLeft step=3
                    StepEntered step=5 node=a scope=2
                    VariablesSet scope=5 variables={loopCounter=2}
                    TaskOpened step=5
                > complete a#2 x=7 y=2
                    TaskClaimed step=5 person=ann
                    TaskCompleted step=5
                    VariablesSet scope=5 variables={x=7, y=2}
                    VariablesSet scope=0 variables={sum=12}
                    LoopInstanceDone step=2 index=1 output=3
                    StepLeft step=5
                    VariablesSet scope=0 variables={ys=[2, 3]}
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>end
                    StepPassed step=6 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void asksTheConditionWithWhatTheInstanceMappedOut() {
        assertThat(play("""
                start -> a -> end
                a: user times={3} out.stop={x = 1} until={stop}
                """, """
                start stop=false
                --
                complete a#2 x=0
                complete a#2 x=1
                """)).isEqualTo("""
                > complete a#2 x=0
                    TaskClaimed step=3 person=ann
                    TaskCompleted step=3
                    VariablesSet scope=3 variables={x=0}
                    VariablesSet scope=0 variables={stop=false}
                    LoopInstanceDone step=2 index=0
                    StepLeft step=3
                > complete a#2 x=1
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    VariablesSet scope=4 variables={x=1}
                    VariablesSet scope=0 variables={stop=true}
                    LoopInstanceDone step=2 index=1
                    StepLeft step=4
                    StepTerminated step=5
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>end
                    StepPassed step=6 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void hasOneBoundaryForAllInstances() {
        assertThat(play("""
                start -> a -> end
                a: user times={2}
                late: boundary on=a timer=PT1H
                late -> b
                """, """
                start
                complete a#2
                wait PT1H
                --
                fire late
                """)).isEqualTo("""
                > fire late
                    TimerFired waitId=3
                    StepTerminated step=5
                    StepTerminated step=2
                    StepPassed step=6 node=late scope=0
                    FlowTaken scope=0 flow=late>b
                    StepEntered step=7 node=b scope=0
                    TaskOpened step=7
                """);
    }

    @Test
    void takesAnErrorOfOneInstanceToItsBoundary() {
        assertThat(play("""
                start -> a -> end
                a: job type=x times={2}
                bad: boundary on=a error=E1
                bad -> fix
                """, """
                start
                --
                throw a#2 E1 why=w
                """)).isEqualTo("""
                > throw a#2 E1 why=w
                    ErrorCaught step=3 code=E1 caughtBy=bad
                    VariablesSet scope=0 variables={why=w}
                    StepTerminated step=4
                    StepTerminated step=3
                    StepTerminated step=2
                    StepPassed step=5 node=bad scope=0
                    FlowTaken scope=0 flow=bad>fix
                    StepEntered step=6 node=fix scope=0
                    TaskOpened step=6
                """);
    }

    @Test
    void runsScriptsOneAfterTheOtherWithoutEnd() {
        assertThat(play("""
                start -> a -> b
                a: script does={loopCounter} times={3} sequential result=x collect={x} into=xs
                """, """
                start
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    LoopStarted step=2 total=3
                    StepEntered step=3 node=a scope=2
                    VariablesSet scope=3 variables={loopCounter=1}
                    VariablesSet scope=3 variables={x=1}
                    LoopInstanceDone step=2 index=0 output=1
                    StepLeft step=3
                    StepEntered step=4 node=a scope=2
                    VariablesSet scope=4 variables={loopCounter=2}
                    VariablesSet scope=4 variables={x=2}
                    LoopInstanceDone step=2 index=1 output=2
                    StepLeft step=4
                    StepEntered step=5 node=a scope=2
                    VariablesSet scope=5 variables={loopCounter=3}
                    VariablesSet scope=5 variables={x=3}
                    LoopInstanceDone step=2 index=2 output=3
                    StepLeft step=5
                    VariablesSet scope=0 variables={xs=[1, 2, 3]}
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>b
                    StepEntered step=6 node=b scope=0
                    TaskOpened step=6
                """);
    }

    @Test
    void calls() {
        assertThat(play("""
                start -> c -> end
                c: call process=q each={list} as=item collect={item + z} into=sums until={z > limit}
                process q
                start -> a
                """, """
                start list=[1,2] limit=10
                --
                complete a z=5
                complete a z=6
                """)).isEqualTo("""
                > complete a z=5
                    TaskClaimed step=7 person=ann
                    TaskCompleted step=7
                    VariablesSet scope=3 variables={z=5}
                    StepLeft step=7
                    LoopInstanceDone step=2 index=0 output=6
                    StepLeft step=3
                > complete a z=6
                    TaskClaimed step=8 person=ann
                    TaskCompleted step=8
                    VariablesSet scope=4 variables={z=6}
                    StepLeft step=8
                    LoopInstanceDone step=2 index=1 output=8
                    StepLeft step=4
                    VariablesSet scope=0 variables={sums=[6, 8]}
                    StepLeft step=2
                    FlowTaken scope=0 flow=c>end
                    StepPassed step=9 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void repeatsOnlyTheInstanceThatFailed() {
        assertThat(play("""
                start -> a -> end
                a: user each={list} as=x holder={x + y}
                """, """
                start list=[1,2]
                set 0 y=1
                resolve a#2
                resolve a
                """)).isEqualTo("""
                > start list=[1,2]
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={list=[1, 2]}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    LoopStarted step=2 total=2 items=[1, 2]
                    StepEntered step=3 node=a scope=2
                    VariablesSet scope=3 variables={loopCounter=1, x=1}
                    StepEntered step=4 node=a scope=2
                    VariablesSet scope=4 variables={loopCounter=2, x=2}
                    IncidentRaised incident=5 step=3 node=a kind=EXPRESSION message='x + y' failed: cannot add 1 and null
                    IncidentRaised incident=6 step=4 node=a kind=EXPRESSION message='x + y' failed: cannot add 2 and null
                > set 0 y=1
                    VariablesSet scope=0 variables={y=1}
                > resolve a#2
                    IncidentResolved incident=6
                    TaskOpened step=4
                    HandoffOffered step=4 from=olga person=3 reason=named by the process
                > resolve a
                    IncidentResolved incident=5
                    TaskOpened step=3
                    HandoffOffered step=3 from=olga person=2 reason=named by the process
                """);
    }

    @Test
    void limitsTheNumberOfInstances() {
        assertThat(play("""
                start -> a -> end
                a: user times={1001}
                """, """
                start
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    IncidentRaised incident=3 step=2 node=a kind=EXPRESSION message=Expected at most 1000 instances, but got 1001
                """);
    }
}
