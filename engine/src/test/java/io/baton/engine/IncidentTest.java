package io.baton.engine;

import static io.baton.engine.Scenario.play;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What stops a token, and how it goes on: nothing is lost and nothing is done twice. */
class IncidentTest {

    @Test
    void repeatsNoOutputThatHasBeenMapped() {
        assertThat(play("""
                start -> a -> end
                a: job type=x out.z={x + y}
                """, """
                start
                job a x=1
                job a x=2
                set a y=1
                resolve a
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    JobOpened step=2 type=x retries=3
                > job a x=1
                    JobCompleted step=2
                    VariablesSet scope=2 variables={x=1}
                    IncidentRaised incident=3 step=2 node=a kind=EXPRESSION message='x + y' failed: cannot add 1 and null
                > job a x=2
                    ! NO_SUCH_JOB: no open job 2; it may have been completed
                > set a y=1
                    VariablesSet scope=2 variables={y=1}
                > resolve a
                    IncidentResolved incident=3
                    VariablesSet scope=0 variables={z=2}
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>end
                    StepPassed step=4 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void repeatsOnlyTheOutputOfATask() {
        assertThat(play("""
                start -> a -> end
                a: user out.z={x + y}
                late: boundary on=a cycle=R/PT1H noninterrupting
                late -> endLate
                """, """
                start
                complete a x=1
                complete a
                claim a
                wait PT1H
                fire late
                set a y=1
                resolve a
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    TimerSet waitId=3 step=2 node=late due=2030-01-01T10:00:00Z repeat=-1 period=PT1H
                    TaskOpened step=2
                > complete a x=1
                    TaskClaimed step=2 person=ann
                    TaskCompleted step=2
                    VariablesSet scope=2 variables={x=1}
                    IncidentRaised incident=4 step=2 node=a kind=EXPRESSION message='x + y' failed: cannot add 1 and null
                > complete a
                    ! NO_SUCH_TASK: no open task 2; it may have been completed
                > claim a
                    ! NO_SUCH_TASK: no open task 2; it may have been completed
                > wait PT1H
                > fire late
                    TimerFired waitId=3
                    TimerSet waitId=5 step=2 node=late due=2030-01-01T11:00:00Z repeat=-1 period=PT1H
                    StepPassed step=6 node=late scope=0
                    FlowTaken scope=0 flow=late>endLate
                    StepPassed step=7 node=endLate scope=0
                > set a y=1
                    VariablesSet scope=2 variables={y=1}
                > resolve a
                    IncidentResolved incident=4
                    VariablesSet scope=0 variables={z=2}
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>end
                    StepPassed step=8 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void repeatsOnlyTheOutputOfAMessage() {
        assertThat(play("""
                start -> a -> end
                a: receive message=m key={k} out.z={x + y}
                """, """
                start k=1
                message a x=1
                set a y=1
                resolve a
                """)).isEqualTo("""
                > start k=1
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={k=1}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    MessageAwaited waitId=3 step=2 node=a name=m key=1
                > message a x=1
                    MessageReceived waitId=3
                    WaitEnded waitId=3
                    VariablesSet scope=2 variables={x=1}
                    IncidentRaised incident=4 step=2 node=a kind=EXPRESSION message='x + y' failed: cannot add 1 and null
                > set a y=1
                    VariablesSet scope=2 variables={y=1}
                > resolve a
                    IncidentResolved incident=4
                    VariablesSet scope=0 variables={z=2}
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>end
                    StepPassed step=5 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void refusesAnIncidentThatIsNotOpen() {
        assertThat(play("""
                start -> a
                """, """
                start
                resolve 7
                resolve a
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    TaskOpened step=2
                > resolve 7
                    ! NO_SUCH_INCIDENT: no open incident 7
                > resolve a
                    ! NO_SUCH_INCIDENT: no open incident 999
                """);
    }

    @Test
    void goesAwayWithItsStep() {
        assertThat(play("""
                start -> s
                s: sub
                  start1 -> a
                  a: job type=x
                late: boundary on=s timer=PT1H
                late -> b
                """, """
                start
                fail a broken 0
                wait PT1H
                --
                fire late
                resolve a
                """)).isEqualTo("""
                > fire late
                    TimerFired waitId=3
                    StepTerminated step=5
                    StepTerminated step=2
                    StepPassed step=7 node=late scope=0
                    FlowTaken scope=0 flow=late>b
                    StepEntered step=8 node=b scope=0
                    TaskOpened step=8
                > resolve a
                    ! NO_SUCH_INCIDENT: no open incident 999
                """);
    }

    @Test
    void cutsALongMessageBetweenCharacters() {
        // 1,999 letters, and one that takes two places: cutting at 2,000 would split it.
        assertThat(play("""
                start -> a
                a: job type=x
                """, "start\n--\nfail a " + "x".repeat(1_999) + "😀 0"))
                .isEqualTo("""
                > fail a %1$s😀 0
                    JobFailed step=2 retries=0 message=%1$s…
                    IncidentRaised incident=3 step=2 node=a kind=JOB message=%1$s…
                """.formatted("x".repeat(1_999)));
    }

    @Test
    void isRaisedOnceForAFailedCase() {
        assertThat(play("""
                start -> g
                g: xor
                g -> a if x + 1 > 1
                g -> b default
                """, """
                start
                resolve g
                set 0 x=1
                resolve g
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>g
                    StepEntered step=2 node=g scope=0
                    IncidentRaised incident=3 step=2 node=g kind=EXPRESSION message='x + 1 > 1' failed: cannot add null and 1
                > resolve g
                    IncidentResolved incident=3
                    IncidentRaised incident=4 step=2 node=g kind=EXPRESSION message='x + 1 > 1' failed: cannot add null and 1
                > set 0 x=1
                    VariablesSet scope=0 variables={x=1}
                > resolve g
                    IncidentResolved incident=4
                    StepLeft step=2
                    FlowTaken scope=0 flow=g>a
                    StepEntered step=5 node=a scope=0
                    TaskOpened step=5
                """);
    }
}
