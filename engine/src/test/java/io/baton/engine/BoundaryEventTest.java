package io.baton.engine;

import static io.baton.engine.Scenario.play;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Events on the boundary of activities: timers, messages, errors; interrupting or not (BPMN 2.0 §13.5.3). */
class BoundaryEventTest {

    @Test
    void interruptsATaskWhenItsTimeIsUp() {
        assertThat(play("""
                start -> a -> end
                late: boundary on=a timer=P1D
                late -> chase
                """, """
                start
                wait P1D
                --
                fire late
                complete a
                complete chase
                """)).isEqualTo("""
                > fire late
                    TimerFired waitId=3
                    StepTerminated step=2
                    StepPassed step=4 node=late scope=0
                    FlowTaken scope=0 flow=late>chase
                    StepEntered step=5 node=chase scope=0
                    TaskOpened step=5
                > complete a
                    ! NO_SUCH_TASK: no open task 999; it may have been completed
                > complete chase
                    TaskClaimed step=5 person=ann
                    TaskCompleted step=5
                    StepLeft step=5
                    CaseCompleted
                """);
    }

    @Test
    void isOverWhenTheTaskIsDone() {
        assertThat(play("""
                start -> a -> b
                late: boundary on=a timer=P1D
                late -> chase
                """, """
                start
                complete a
                wait P1D
                --
                fire 3
                """)).isEqualTo("""
                > fire 3
                    ! NO_SUCH_TIMER: no open timer 3
                """);
    }

    @Test
    void letsTheTaskGoOnWhenItDoesNotInterrupt() {
        assertThat(play("""
                start -> a -> end
                late: boundary on=a timer=P1D noninterrupting
                late -> chase
                """, """
                start
                wait P1D
                --
                fire late
                fire 3
                complete a
                complete chase
                """)).isEqualTo("""
                > fire late
                    TimerFired waitId=3
                    StepPassed step=4 node=late scope=0
                    FlowTaken scope=0 flow=late>chase
                    StepEntered step=5 node=chase scope=0
                    TaskOpened step=5
                > fire 3
                    ! NO_SUCH_TIMER: no open timer 3
                > complete a
                    TaskClaimed step=2 person=ann
                    TaskCompleted step=2
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>end
                    StepPassed step=6 node=end scope=0
                > complete chase
                    TaskClaimed step=5 person=ann
                    TaskCompleted step=5
                    StepLeft step=5
                    CaseCompleted
                """);
    }

    @Test
    void remindsAsOftenAsItsCycleSays() {
        assertThat(play("""
                start -> a -> end
                remind: boundary on=a cycle=R3/P1D noninterrupting
                remind -> endReminded
                """, """
                start
                wait P1D
                fire remind
                wait P1D
                fire remind
                wait P1D
                fire remind
                fire remind
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    TimerSet waitId=3 step=2 node=remind due=2030-01-02T09:00:00Z repeat=2 period=P1D
                    TaskOpened step=2
                > wait P1D
                > fire remind
                    TimerFired waitId=3
                    TimerSet waitId=4 step=2 node=remind due=2030-01-03T09:00:00Z repeat=1 period=P1D
                    StepPassed step=5 node=remind scope=0
                    FlowTaken scope=0 flow=remind>endReminded
                    StepPassed step=6 node=endReminded scope=0
                > wait P1D
                > fire remind
                    TimerFired waitId=4
                    TimerSet waitId=7 step=2 node=remind due=2030-01-04T09:00:00Z repeat=0 period=P1D
                    StepPassed step=8 node=remind scope=0
                    FlowTaken scope=0 flow=remind>endReminded
                    StepPassed step=9 node=endReminded scope=0
                > wait P1D
                > fire remind
                    TimerFired waitId=7
                    StepPassed step=10 node=remind scope=0
                    FlowTaken scope=0 flow=remind>endReminded
                    StepPassed step=11 node=endReminded scope=0
                > fire remind
                    ! NO_SUCH_TIMER: no open timer 999
                """);
    }

    @Test
    void remindsForEver() {
        assertThat(play("""
                start -> a -> end
                remind: boundary on=a cycle=R/PT8H noninterrupting
                remind -> endReminded
                """, """
                start
                wait PT8H
                --
                fire remind
                wait PT8H
                fire remind
                complete a
                """)).isEqualTo("""
                > fire remind
                    TimerFired waitId=3
                    TimerSet waitId=4 step=2 node=remind due=2030-01-02T01:00:00Z repeat=-1 period=PT8H
                    StepPassed step=5 node=remind scope=0
                    FlowTaken scope=0 flow=remind>endReminded
                    StepPassed step=6 node=endReminded scope=0
                > wait PT8H
                > fire remind
                    TimerFired waitId=4
                    TimerSet waitId=7 step=2 node=remind due=2030-01-02T09:00:00Z repeat=-1 period=PT8H
                    StepPassed step=8 node=remind scope=0
                    FlowTaken scope=0 flow=remind>endReminded
                    StepPassed step=9 node=endReminded scope=0
                > complete a
                    TaskClaimed step=2 person=ann
                    TaskCompleted step=2
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>end
                    StepPassed step=10 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void keepsToItsScheduleAndLeavesOutWhatWasMissed() {
        assertThat(play("""
                start -> a -> end
                remind: boundary on=a cycle=R/2030-01-02T09:00:00Z/P1D noninterrupting
                remind -> endReminded
                """, """
                start
                wait P3DT5H
                --
                fire remind
                """)).isEqualTo("""
                > fire remind
                    TimerFired waitId=3
                    TimerSet waitId=4 step=2 node=remind due=2030-01-05T09:00:00Z repeat=-1 period=P1D
                    StepPassed step=5 node=remind scope=0
                    FlowTaken scope=0 flow=remind>endReminded
                    StepPassed step=6 node=endReminded scope=0
                """);
    }

    @Test
    void isReachedByAMessageAsOftenAsOneComes() {
        assertThat(play("""
                start -> a -> end
                ask: boundary on=a message=question key={k} noninterrupting
                ask -> answer
                """, """
                start k=1
                message ask text=why
                message ask text=when
                complete a
                message 3
                """)).isEqualTo("""
                > start k=1
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={k=1}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    MessageAwaited waitId=3 step=2 node=ask name=question key=1
                    TaskOpened step=2
                > message ask text=why
                    MessageReceived waitId=3
                    VariablesSet scope=0 variables={text=why}
                    StepPassed step=4 node=ask scope=0
                    FlowTaken scope=0 flow=ask>answer
                    StepEntered step=5 node=answer scope=0
                    TaskOpened step=5
                > message ask text=when
                    MessageReceived waitId=3
                    VariablesSet scope=0 variables={text=when}
                    StepPassed step=6 node=ask scope=0
                    FlowTaken scope=0 flow=ask>answer
                    StepEntered step=7 node=answer scope=0
                    TaskOpened step=7
                > complete a
                    TaskClaimed step=2 person=ann
                    TaskCompleted step=2
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>end
                    StepPassed step=8 node=end scope=0
                > message 3
                    ! NO_SUCH_SUBSCRIPTION: the case no longer waits for this message
                """);
    }

    @Test
    void isInterruptedByAMessage() {
        assertThat(play("""
                start -> a -> end
                stop: boundary on=a message=stop key={k}
                stop -> b
                """, """
                start k=1
                --
                message stop reason=bored
                """)).isEqualTo("""
                > message stop reason=bored
                    MessageReceived waitId=3
                    VariablesSet scope=0 variables={reason=bored}
                    StepTerminated step=2
                    StepPassed step=4 node=stop scope=0
                    FlowTaken scope=0 flow=stop>b
                    StepEntered step=5 node=b scope=0
                    TaskOpened step=5
                """);
    }

    @Test
    void opensBeforeTheWorkOfEveryKindOfActivity() {
        assertThat(play("""
                start -> a -> b -> c -> d
                a: job type=x
                late1: boundary on=a timer=P1D
                b: receive message=m key={k}
                late2: boundary on=b timer=P1D
                c: sub
                  start1 -> c1
                late3: boundary on=c timer=P1D
                d: call process=q
                late4: boundary on=d timer=P1D
                process q
                start -> q1
                """, """
                start k=1
                job a
                message b
                complete c1
                complete q1
                """)).isEqualTo("""
                > start k=1
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={k=1}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    TimerSet waitId=3 step=2 node=late1 due=2030-01-02T09:00:00Z repeat=0
                    JobOpened step=2 type=x retries=3
                > job a
                    JobCompleted step=2
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>b
                    StepEntered step=4 node=b scope=0
                    TimerSet waitId=5 step=4 node=late2 due=2030-01-02T09:00:00Z repeat=0
                    MessageAwaited waitId=6 step=4 node=b name=m key=1
                > message b
                    MessageReceived waitId=6
                    WaitEnded waitId=6
                    StepLeft step=4
                    FlowTaken scope=0 flow=b>c
                    StepEntered step=7 node=c scope=0
                    TimerSet waitId=8 step=7 node=late3 due=2030-01-02T09:00:00Z repeat=0
                    StepPassed step=9 node=start1 scope=7
                    FlowTaken scope=7 flow=start1>c1
                    StepEntered step=10 node=c1 scope=7
                    TaskOpened step=10
                > complete c1
                    TaskClaimed step=10 person=ann
                    TaskCompleted step=10
                    StepLeft step=10
                    StepLeft step=7
                    FlowTaken scope=0 flow=c>d
                    StepEntered step=11 node=d scope=0
                    TimerSet waitId=12 step=11 node=late4 due=2030-01-02T09:00:00Z repeat=0
                    VariablesSet scope=11 variables={k=1}
                    ProcessCalled step=11 process=2
                    StepPassed step=13 node=start scope=11
                    FlowTaken scope=11 flow=start>q1
                    StepEntered step=14 node=q1 scope=11
                    TaskOpened step=14
                > complete q1
                    TaskClaimed step=14 person=ann
                    TaskCompleted step=14
                    StepLeft step=14
                    VariablesSet scope=0 variables={k=1}
                    StepLeft step=11
                    CaseCompleted
                """);
    }

    @Test
    void endsEverythingInsideASubProcess() {
        assertThat(play("""
                start -> s -> end
                s: sub
                  start1 -> fork
                  fork: and
                  fork -> a -> join
                  fork -> inner -> join
                  inner: sub
                    start2 -> b
                  join: and
                late: boundary on=s timer=P1D
                late -> chase
                """, """
                start
                complete a
                wait P1D
                --
                fire late
                complete b
                complete chase
                """)).isEqualTo("""
                > fire late
                    TimerFired waitId=3
                    StepTerminated step=9
                    StepTerminated step=7
                    TokensDiscarded scope=2
                    StepTerminated step=2
                    StepPassed step=10 node=late scope=0
                    FlowTaken scope=0 flow=late>chase
                    StepEntered step=11 node=chase scope=0
                    TaskOpened step=11
                > complete b
                    ! NO_SUCH_TASK: no open task 999; it may have been completed
                > complete chase
                    TaskClaimed step=11 person=ann
                    TaskCompleted step=11
                    StepLeft step=11
                    CaseCompleted
                """);
    }

    @Test
    void leavesASubProcessRunningWhenItDoesNotInterrupt() {
        assertThat(play("""
                start -> s -> end
                s: sub
                  start1 -> a
                late: boundary on=s timer=P1D noninterrupting
                late -> chase
                """, """
                start
                wait P1D
                --
                fire late
                complete a
                complete chase
                """)).isEqualTo("""
                > fire late
                    TimerFired waitId=3
                    StepPassed step=6 node=late scope=0
                    FlowTaken scope=0 flow=late>chase
                    StepEntered step=7 node=chase scope=0
                    TaskOpened step=7
                > complete a
                    TaskClaimed step=5 person=ann
                    TaskCompleted step=5
                    StepLeft step=5
                    StepLeft step=2
                    FlowTaken scope=0 flow=s>end
                    StepPassed step=8 node=end scope=0
                > complete chase
                    TaskClaimed step=7 person=ann
                    TaskCompleted step=7
                    StepLeft step=7
                    CaseCompleted
                """);
    }

    @Test
    void catchesTheNearestErrorAndNoOther() {
        assertThat(play("""
                start -> outer -> end
                outer: sub
                  start1 -> inner
                  inner: sub
                    start2 -> a -> bad
                    bad: errorend code=E1
                  other: boundary on=inner error=E2
                caught: boundary on=outer error=E1
                caught -> fix
                """, """
                start
                --
                complete a
                """)).isEqualTo("""
                > complete a
                    TaskClaimed step=6 person=ann
                    TaskCompleted step=6
                    StepLeft step=6
                    FlowTaken scope=4 flow=a>bad
                    StepEntered step=7 node=bad scope=4
                    ErrorCaught step=7 code=E1 caughtBy=caught
                    StepTerminated step=7
                    StepTerminated step=4
                    StepTerminated step=2
                    StepPassed step=8 node=caught scope=0
                    FlowTaken scope=0 flow=caught>fix
                    StepEntered step=9 node=fix scope=0
                    TaskOpened step=9
                """);
    }

    @Test
    void isReachedByNoErrorOfAnotherCode() {
        assertThat(play("""
                start -> s -> end
                s: sub
                  start1 -> bad
                  bad: errorend code=E1
                caught: boundary on=s error=E2
                caught -> fix
                """, """
                start
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>s
                    StepEntered step=2 node=s scope=0
                    StepPassed step=3 node=start1 scope=2
                    FlowTaken scope=2 flow=start1>bad
                    StepEntered step=4 node=bad scope=2
                    IncidentRaised incident=5 step=4 node=bad kind=UNCAUGHT_ERROR message=Error 'E1' is not caught
                """);
    }

    @Test
    void takesItsTimeFromTheInputsOfItsActivity() {
        assertThat(play("""
                start -> a
                a: user in.days={wish}
                late: boundary on=a timer={days}
                late -> b
                """, """
                start wish=P5D
                """)).isEqualTo("""
                > start wish=P5D
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={wish=P5D}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    VariablesSet scope=2 variables={days=P5D}
                    TimerSet waitId=3 step=2 node=late due=2030-01-06T09:00:00Z repeat=0
                    TaskOpened step=2
                """);
    }
}
