package io.baton.engine;

import static io.baton.engine.Scenario.play;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Event sub-processes: set off by timers and messages; interrupting their scope or beside it. */
class EventSubProcessTest {

    @Test
    void interruptsItsScope() {
        assertThat(play("""
                start -> fork
                fork: and
                fork -> a -> join
                fork -> b -> join
                join: and
                join -> end
                stop: eventsub
                  start9: start message=stop key={k}
                  start9 -> tidy
                """, """
                start k=1
                complete a
                --
                message start9 why=fire
                complete tidy
                """)).isEqualTo("""
                > message start9 why=fire
                    MessageReceived waitId=1
                    WaitEnded waitId=1
                    VariablesSet scope=0 variables={why=fire}
                    StepTerminated step=5
                    TokensDiscarded scope=0
                    StepEntered step=6 node=stop scope=0
                    StepPassed step=7 node=start9 scope=6
                    FlowTaken scope=6 flow=start9>tidy
                    StepEntered step=8 node=tidy scope=6
                    TaskOpened step=8
                > complete tidy
                    TaskClaimed step=8 person=ann
                    TaskCompleted step=8
                    StepLeft step=8
                    StepLeft step=6
                    CaseCompleted
                """);
    }

    @Test
    void runsBesideItsScopeAsOftenAsAMessageComes() {
        assertThat(play("""
                start -> a -> end
                ask: eventsub
                  start9: start message=ask key={k} noninterrupting
                  start9 -> answer
                """, """
                start k=1
                --
                message start9
                message start9
                complete a
                complete answer#2
                complete answer
                """)).isEqualTo("""
                > message start9
                    MessageReceived waitId=1
                    StepEntered step=4 node=ask scope=0
                    StepPassed step=5 node=start9 scope=4
                    FlowTaken scope=4 flow=start9>answer
                    StepEntered step=6 node=answer scope=4
                    TaskOpened step=6
                > message start9
                    MessageReceived waitId=1
                    StepEntered step=7 node=ask scope=0
                    StepPassed step=8 node=start9 scope=7
                    FlowTaken scope=7 flow=start9>answer
                    StepEntered step=9 node=answer scope=7
                    TaskOpened step=9
                > complete a
                    TaskClaimed step=3 person=ann
                    TaskCompleted step=3
                    StepLeft step=3
                    FlowTaken scope=0 flow=a>end
                    StepPassed step=10 node=end scope=0
                > complete answer#2
                    TaskClaimed step=9 person=ann
                    TaskCompleted step=9
                    StepLeft step=9
                    StepLeft step=7
                > complete answer
                    TaskClaimed step=6 person=ann
                    TaskCompleted step=6
                    StepLeft step=6
                    StepLeft step=4
                    WaitEnded waitId=1
                    CaseCompleted
                """);
    }

    @Test
    void runsBesideItsScopeOnceForATimerAndAgainForACycle() {
        assertThat(play("""
                start -> a -> end
                once: eventsub
                  start8: start timer=PT1H noninterrupting
                  start8 -> end8
                often: eventsub
                  start9: start cycle=R2/PT1H noninterrupting
                  start9 -> end9
                """, """
                start
                wait PT1H
                --
                fire start8
                fire start8
                fire start9
                wait PT1H
                fire start9
                fire start9
                complete a
                """)).isEqualTo("""
                > fire start8
                    TimerFired waitId=1
                    StepEntered step=5 node=once scope=0
                    StepPassed step=6 node=start8 scope=5
                    FlowTaken scope=5 flow=start8>end8
                    StepPassed step=7 node=end8 scope=5
                    StepLeft step=5
                > fire start8
                    ! NO_SUCH_TIMER: no open timer 999
                > fire start9
                    TimerFired waitId=2
                    TimerSet waitId=8 step=0 node=start9 due=2030-01-01T11:00:00Z repeat=0 period=PT1H
                    StepEntered step=9 node=often scope=0
                    StepPassed step=10 node=start9 scope=9
                    FlowTaken scope=9 flow=start9>end9
                    StepPassed step=11 node=end9 scope=9
                    StepLeft step=9
                > wait PT1H
                > fire start9
                    TimerFired waitId=8
                    StepEntered step=12 node=often scope=0
                    StepPassed step=13 node=start9 scope=12
                    FlowTaken scope=12 flow=start9>end9
                    StepPassed step=14 node=end9 scope=12
                    StepLeft step=12
                > fire start9
                    ! NO_SUCH_TIMER: no open timer 999
                > complete a
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    StepLeft step=4
                    FlowTaken scope=0 flow=a>end
                    StepPassed step=15 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void endsTheOtherEventSubProcessesOfItsScopeWhenItInterrupts() {
        assertThat(play("""
                start -> s -> end
                s: sub
                  start1 -> a
                  ask: eventsub
                    start8: start message=ask key={k} noninterrupting
                    start8 -> answer
                  stop: eventsub
                    start9: start timer=PT1H
                    start9 -> tidy
                late: boundary on=s timer=PT9H
                """, """
                start k=1
                message start8
                wait PT1H
                --
                fire start9
                message start8
                complete tidy
                """)).isEqualTo("""
                > fire start9
                    TimerFired waitId=5
                    StepTerminated step=10
                    StepTerminated step=8
                    StepTerminated step=7
                    WaitEnded waitId=4
                    StepEntered step=11 node=stop scope=2
                    StepPassed step=12 node=start9 scope=11
                    FlowTaken scope=11 flow=start9>tidy
                    StepEntered step=13 node=tidy scope=11
                    TaskOpened step=13
                > message start8
                    ! NO_SUCH_SUBSCRIPTION: the case no longer waits for this message
                > complete tidy
                    TaskClaimed step=13 person=ann
                    TaskCompleted step=13
                    StepLeft step=13
                    StepLeft step=11
                    StepLeft step=2
                    FlowTaken scope=0 flow=s>end
                    StepPassed step=14 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void listensInACalledProcess() {
        assertThat(play("""
                start -> c -> end
                c: call process=q
                process q
                start -> a
                stop: eventsub
                  start9: start message=stop key={k}
                  start9 -> tidy
                ask: eventsub
                  start8: start message=ask key={k} noninterrupting
                  start8 -> answer
                """, """
                start k=1
                message start8
                message start9
                complete tidy
                """)).isEqualTo("""
                > start k=1
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={k=1}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>c
                    StepEntered step=2 node=c scope=0
                    VariablesSet scope=2 variables={k=1}
                    ProcessCalled step=2 process=2
                    MessageAwaited waitId=3 step=2 node=start9 name=stop key=1
                    MessageAwaited waitId=4 step=2 node=start8 name=ask key=1
                    StepPassed step=5 node=start scope=2
                    FlowTaken scope=2 flow=start>a
                    StepEntered step=6 node=a scope=2
                    TaskOpened step=6
                > message start8
                    MessageReceived waitId=4
                    StepEntered step=7 node=ask scope=2
                    StepPassed step=8 node=start8 scope=7
                    FlowTaken scope=7 flow=start8>answer
                    StepEntered step=9 node=answer scope=7
                    TaskOpened step=9
                > message start9
                    MessageReceived waitId=3
                    WaitEnded waitId=3
                    StepTerminated step=9
                    StepTerminated step=7
                    StepTerminated step=6
                    WaitEnded waitId=4
                    StepEntered step=10 node=stop scope=2
                    StepPassed step=11 node=start9 scope=10
                    FlowTaken scope=10 flow=start9>tidy
                    StepEntered step=12 node=tidy scope=10
                    TaskOpened step=12
                > complete tidy
                    TaskClaimed step=12 person=ann
                    TaskCompleted step=12
                    StepLeft step=12
                    StepLeft step=10
                    VariablesSet scope=0 variables={k=1}
                    StepLeft step=2
                    FlowTaken scope=0 flow=c>end
                    StepPassed step=13 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void listensInsideAnotherEventSubProcess() {
        assertThat(play("""
                start -> a
                stop: eventsub
                  start8: start message=stop key={k}
                  start8 -> b
                  again: eventsub
                    start9: start timer=PT1H noninterrupting
                    start9 -> c
                """, """
                start k=1
                message start8
                wait PT1H
                --
                fire start9
                complete b
                complete c
                """)).isEqualTo("""
                > fire start9
                    TimerFired waitId=5
                    StepEntered step=8 node=again scope=4
                    StepPassed step=9 node=start9 scope=8
                    FlowTaken scope=8 flow=start9>c
                    StepEntered step=10 node=c scope=8
                    TaskOpened step=10
                > complete b
                    TaskClaimed step=7 person=ann
                    TaskCompleted step=7
                    StepLeft step=7
                > complete c
                    TaskClaimed step=10 person=ann
                    TaskCompleted step=10
                    StepLeft step=10
                    StepLeft step=8
                    StepLeft step=4
                    CaseCompleted
                """);
    }

    @Test
    void isListenedForAgainAfterAnIncidentOfTheCase() {
        assertThat(play("""
                start -> a -> end
                stop: eventsub
                  start9: start message=stop key={k}
                  start9 -> tidy
                """, """
                start
                set 0 k=1
                resolve start9
                message start9
                complete tidy
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    IncidentRaised incident=1 step=0 node=start9 kind=EXPRESSION message=Expected the correlation key 'k' to have 1 to 255 characters, but it has 0
                    StepPassed step=2 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=3 node=a scope=0
                    TaskOpened step=3
                > set 0 k=1
                    VariablesSet scope=0 variables={k=1}
                > resolve start9
                    IncidentResolved incident=1
                    MessageAwaited waitId=4 step=0 node=start9 name=stop key=1
                > message start9
                    MessageReceived waitId=4
                    WaitEnded waitId=4
                    StepTerminated step=3
                    StepEntered step=5 node=stop scope=0
                    StepPassed step=6 node=start9 scope=5
                    FlowTaken scope=5 flow=start9>tidy
                    StepEntered step=7 node=tidy scope=5
                    TaskOpened step=7
                > complete tidy
                    TaskClaimed step=7 person=ann
                    TaskCompleted step=7
                    StepLeft step=7
                    StepLeft step=5
                    CaseCompleted
                """);
    }

    @Test
    void isListenedForAgainAfterAnIncidentOfACall() {
        assertThat(play("""
                start -> c
                c: call process=q in.x={1}
                process q
                start -> a -> end
                stop: eventsub
                  start9: start message=stop key={k} noninterrupting
                  start9 -> tidy
                """, """
                start
                set c k=1
                resolve start9
                message start9
                complete a
                complete tidy
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>c
                    StepEntered step=2 node=c scope=0
                    VariablesSet scope=2 variables={x=1}
                    ProcessCalled step=2 process=2
                    IncidentRaised incident=3 step=2 node=start9 kind=EXPRESSION message=Expected the correlation key 'k' to have 1 to 255 characters, but it has 0
                    StepPassed step=4 node=start scope=2
                    FlowTaken scope=2 flow=start>a
                    StepEntered step=5 node=a scope=2
                    TaskOpened step=5
                > set c k=1
                    VariablesSet scope=2 variables={k=1}
                > resolve start9
                    IncidentResolved incident=3
                    MessageAwaited waitId=6 step=2 node=start9 name=stop key=1
                > message start9
                    MessageReceived waitId=6
                    StepEntered step=7 node=stop scope=2
                    StepPassed step=8 node=start9 scope=7
                    FlowTaken scope=7 flow=start9>tidy
                    StepEntered step=9 node=tidy scope=7
                    TaskOpened step=9
                > complete a
                    TaskClaimed step=5 person=ann
                    TaskCompleted step=5
                    StepLeft step=5
                    FlowTaken scope=2 flow=a>end
                    StepPassed step=10 node=end scope=2
                > complete tidy
                    TaskClaimed step=9 person=ann
                    TaskCompleted step=9
                    StepLeft step=9
                    StepLeft step=7
                    VariablesSet scope=0 variables={x=1, k=1}
                    StepLeft step=2
                    CaseCompleted
                """);
    }

    @Test
    void endsADeadlockWhenItInterrupts() {
        assertThat(play("""
                start -> g
                g: xor
                g -> a if x = 1
                g -> join default
                a -> join
                join: and
                join -> end
                stop: eventsub
                  start9: start timer=PT1H
                  start9 -> tidy
                """, """
                start
                wait PT1H
                --
                fire start9
                complete tidy
                """)).isEqualTo("""
                > fire start9
                    TimerFired waitId=1
                    TokensDiscarded scope=0
                    IncidentResolved incident=4
                    StepEntered step=5 node=stop scope=0
                    StepPassed step=6 node=start9 scope=5
                    FlowTaken scope=5 flow=start9>tidy
                    StepEntered step=7 node=tidy scope=5
                    TaskOpened step=7
                > complete tidy
                    TaskClaimed step=7 person=ann
                    TaskCompleted step=7
                    StepLeft step=7
                    StepLeft step=5
                    CaseCompleted
                """);
    }
}
