package io.baton.engine;

import static io.baton.engine.Scenario.play;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Conditions on the flows that leave an activity (BPMN 2.0 §13.2.1): it splits like an inclusive gateway. */
class ConditionalFlowTest {

    private static final String CHOICE = """
            start -> a
            a: user
            a -> b if n > 0
            a -> c if n > 1
            a -> d default
            """;

    @Test
    void takesEveryFlowWhoseConditionHolds() {
        assertThat(play(CHOICE, """
                start
                --
                complete a n=2
                """)).isEqualTo("""
                > complete a n=2
                    TaskClaimed step=2 person=ann
                    TaskCompleted step=2
                    VariablesSet scope=0 variables={n=2}
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>b
                    StepEntered step=3 node=b scope=0
                    TaskOpened step=3
                    FlowTaken scope=0 flow=a>c
                    StepEntered step=4 node=c scope=0
                    TaskOpened step=4
                """);
    }

    @Test
    void takesTheDefaultWhenNoneHolds() {
        assertThat(play(CHOICE, """
                start
                --
                complete a n=0
                """)).isEqualTo("""
                > complete a n=0
                    TaskClaimed step=2 person=ann
                    TaskCompleted step=2
                    VariablesSet scope=0 variables={n=0}
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>d
                    StepEntered step=3 node=d scope=0
                    TaskOpened step=3
                """);
    }

    @Test
    void takesAFlowWithoutAConditionInAnyCase() {
        assertThat(play("""
                start -> a
                a: user
                a -> b if n > 0
                a -> c
                """, """
                start
                --
                complete a n=0
                """)).isEqualTo("""
                > complete a n=0
                    TaskClaimed step=2 person=ann
                    TaskCompleted step=2
                    VariablesSet scope=0 variables={n=0}
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>c
                    StepEntered step=3 node=c scope=0
                    TaskOpened step=3
                """);
    }

    @Test
    void stopsWhenNoFlowIsLeftAndChoosesAgainOnRetry() {
        assertThat(play("""
                start -> a
                a: user
                a -> b if n > 0
                a -> c if n > 1
                """, """
                start
                --
                complete a
                set 0 n=1
                resolve a
                """)).isEqualTo("""
                > complete a
                    TaskClaimed step=2 person=ann
                    TaskCompleted step=2
                    IncidentRaised incident=3 step=2 node=a kind=NO_FLOW message=No condition holds at 'a' and it has no default flow
                > set 0 n=1
                    VariablesSet scope=0 variables={n=1}
                > resolve a
                    IncidentResolved incident=3
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>b
                    StepEntered step=4 node=b scope=0
                    TaskOpened step=4
                """);
    }

    @Test
    void stopsAtAConditionThatIsNeitherTrueNorFalse() {
        assertThat(play("""
                start -> a
                a: script does={1} result=n
                a -> b if n
                a -> c
                """, """
                start
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    VariablesSet scope=0 variables={n=1}
                    JobCompleted step=2
                    IncidentRaised incident=3 step=2 node=a kind=EXPRESSION message=Expected 'n' to be true or false, but it is 1
                """);
    }

    @Test
    void seesWhatTheOutputsSet() {
        assertThat(play("""
                start -> a
                a: user out.n={m + 1}
                a -> b if n = 3
                a -> c default
                """, """
                start n=1
                --
                complete a m=2
                """)).isEqualTo("""
                > complete a m=2
                    TaskClaimed step=2 person=ann
                    TaskCompleted step=2
                    VariablesSet scope=2 variables={m=2}
                    VariablesSet scope=0 variables={n=3}
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>b
                    StepEntered step=3 node=b scope=0
                    TaskOpened step=3
                """);
    }

    @Test
    void isAskedOnceWhenALoopIsOver() {
        assertThat(play("""
                start -> a
                a: user each={[1,2]} collect={ok} into=all
                a -> b if all = [true,true]
                a -> c default
                """, """
                start
                --
                complete a#2 ok=true
                complete a#2 ok=true
                """)).isEqualTo("""
                > complete a#2 ok=true
                    TaskClaimed step=3 person=ann
                    TaskCompleted step=3
                    VariablesSet scope=3 variables={ok=true}
                    LoopInstanceDone step=2 index=0 output=true
                    StepLeft step=3
                > complete a#2 ok=true
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    VariablesSet scope=4 variables={ok=true}
                    LoopInstanceDone step=2 index=1 output=true
                    StepLeft step=4
                    VariablesSet scope=0 variables={all=[true, true]}
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>b
                    StepEntered step=5 node=b scope=0
                    TaskOpened step=5
                """);
    }

    @Test
    void aLoopWithoutInstancesIsLeftByCondition() {
        assertThat(play("""
                start -> a
                a: user each={[]} collect={ok} into=all
                a -> b if all = []
                a -> c default
                """, """
                start
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    LoopStarted step=2 total=0 items=[]
                    VariablesSet scope=0 variables={all=[]}
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>b
                    StepEntered step=3 node=b scope=0
                    TaskOpened step=3
                """);
    }

    @Test
    void theLastInstanceOfALoopWaitsWhenThereIsNoWayOut() {
        assertThat(play("""
                start -> a
                a: user times={2} collect={ok} into=all
                a -> b if all = [true,true]
                a -> c if fix
                """, """
                start
                complete a#2 ok=true
                --
                complete a#2 ok=false
                set 0 fix=true
                resolve a
                """)).isEqualTo("""
                > complete a#2 ok=false
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    VariablesSet scope=4 variables={ok=false}
                    IncidentRaised incident=5 step=4 node=a kind=NO_FLOW message=No condition holds at 'a' and it has no default flow
                > set 0 fix=true
                    VariablesSet scope=0 variables={fix=true}
                > resolve a
                    IncidentResolved incident=5
                    LoopInstanceDone step=2 index=1 output=false
                    StepLeft step=4
                    VariablesSet scope=0 variables={all=[true, false]}
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>c
                    StepEntered step=6 node=c scope=0
                    TaskOpened step=6
                """);
    }

    @Test
    void anInclusiveJoinWaitsForTheFlowsThatWereTaken() {
        assertThat(play("""
                start -> a
                a: user
                a -> b if n > 0
                a -> c if n > 1
                a -> d default
                b -> join
                c -> join
                d -> join
                join: or
                join -> end
                """, """
                start
                complete a n=2
                --
                complete b
                complete c
                """)).isEqualTo("""
                > complete b
                    TaskClaimed step=3 person=ann
                    TaskCompleted step=3
                    StepLeft step=3
                    FlowTaken scope=0 flow=b>join
                    TokenArrived scope=0 flow=b>join
                > complete c
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    StepLeft step=4
                    FlowTaken scope=0 flow=c>join
                    TokenArrived scope=0 flow=c>join
                    TokensJoined scope=0 flows=[b>join, c>join]
                    StepPassed step=5 node=join scope=0
                    FlowTaken scope=0 flow=join>end
                    StepPassed step=6 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void aSubProcessAndACallAreLeftByConditionToo() {
        assertThat(play("""
                process p
                start -> s
                s: sub
                  start1 -> x -> end1
                  x: script does={2} result=n
                s -> q if n = 2
                s -> c default
                q: call process=q out.m={k}
                q -> b if m = 3
                q -> c
                process q
                start -> y -> end
                y: script does={3} result=k
                """, """
                start
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>s
                    StepEntered step=2 node=s scope=0
                    StepPassed step=3 node=start1 scope=2
                    FlowTaken scope=2 flow=start1>x
                    StepEntered step=4 node=x scope=2
                    VariablesSet scope=0 variables={n=2}
                    StepLeft step=4
                    FlowTaken scope=2 flow=x>end1
                    StepPassed step=5 node=end1 scope=2
                    StepLeft step=2
                    FlowTaken scope=0 flow=s>q
                    StepEntered step=6 node=q scope=0
                    VariablesSet scope=6 variables={n=2}
                    ProcessCalled step=6 process=2
                    StepPassed step=7 node=start scope=6
                    FlowTaken scope=6 flow=start>y
                    StepEntered step=8 node=y scope=6
                    VariablesSet scope=6 variables={k=3}
                    StepLeft step=8
                    FlowTaken scope=6 flow=y>end
                    StepPassed step=9 node=end scope=6
                    VariablesSet scope=0 variables={m=3}
                    StepLeft step=6
                    FlowTaken scope=0 flow=q>b
                    StepEntered step=10 node=b scope=0
                    TaskOpened step=10
                    FlowTaken scope=0 flow=q>c
                    StepEntered step=11 node=c scope=0
                    TaskOpened step=11
                """);
    }
}
