package io.baton.engine;

import static io.baton.engine.Scenario.play;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Intermediate timers and messages, receive tasks, event-based gateways. */
class CatchEventTest {

    private static final String RACE = """
            start -> first
            first: race
            first -> paid
            first -> late
            paid: catch message=payment key={order}
            late: catch timer=P1D
            paid -> a
            late -> b
            """;

    @Test
    void firesATimerOnlyWhenDue() {
        assertThat(play("""
                start -> cool -> end
                cool: catch timer=PT1H
                """, """
                start
                fire cool
                wait PT1H
                fire cool
                fire 2
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>cool
                    StepEntered step=2 node=cool scope=0
                    TimerSet waitId=3 step=2 node=cool due=2030-01-01T10:00:00Z repeat=0
                > fire cool
                    ! TIMER_NOT_DUE: the timer is due at 2030-01-01T10:00:00Z, now is 2030-01-01T09:00:00Z
                > wait PT1H
                > fire cool
                    TimerFired waitId=3
                    StepLeft step=2
                    FlowTaken scope=0 flow=cool>end
                    StepPassed step=4 node=end scope=0
                    CaseCompleted
                > fire 2
                    ! NO_SUCH_TIMER: no open timer 2
                """);
    }

    @Test
    void takesTheTimeFromAnExpression() {
        assertThat(play("""
                start -> cool -> end
                cool: catch date={until}
                """, """
                start until=2030-02-01T08:00:00+02:00
                """)).isEqualTo("""
                > start until=2030-02-01T08:00:00+02:00
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={until=2030-02-01T08:00:00+02:00}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>cool
                    StepEntered step=2 node=cool scope=0
                    TimerSet waitId=3 step=2 node=cool due=2030-02-01T06:00:00Z repeat=0
                """);
    }

    @Test
    void raisesAnIncidentForATimeItCannotReadAndTriesAgain() {
        assertThat(play("""
                start -> cool -> end
                cool: catch timer={until}
                """, """
                start until=tomorrow
                set 0 until=P1M
                resolve cool
                """)).isEqualTo("""
                > start until=tomorrow
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={until=tomorrow}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>cool
                    StepEntered step=2 node=cool scope=0
                    IncidentRaised incident=3 step=2 node=cool kind=EXPRESSION message=Expected an ISO 8601 duration (P3DT12H), but got 'tomorrow'
                > set 0 until=P1M
                    VariablesSet scope=0 variables={until=P1M}
                > resolve cool
                    IncidentResolved incident=3
                    TimerSet waitId=4 step=2 node=cool due=2030-02-01T09:00:00Z repeat=0
                """);
    }

    @Test
    void correlatesAMessageByTheKeyOfThatMoment() {
        assertThat(play("""
                start -> paid -> end
                paid: catch message=payment key={order}
                """, """
                start order=47
                set 0 order=48
                message paid amount=10
                message 3
                """)).isEqualTo("""
                > start order=47
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={order=47}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>paid
                    StepEntered step=2 node=paid scope=0
                    MessageAwaited waitId=3 step=2 node=paid name=payment key=47
                > set 0 order=48
                    VariablesSet scope=0 variables={order=48}
                > message paid amount=10
                    MessageReceived waitId=3
                    VariablesSet scope=0 variables={amount=10}
                    StepLeft step=2
                    FlowTaken scope=0 flow=paid>end
                    StepPassed step=4 node=end scope=0
                    CaseCompleted
                > message 3
                    ! NO_SUCH_SUBSCRIPTION: the case no longer waits for this message
                """);
    }

    @Test
    void raisesAnIncidentForAnEmptyKey() {
        assertThat(play("""
                start -> paid -> end
                paid: catch message=payment key={order}
                """, """
                start
                set 0 order=o1
                resolve paid
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>paid
                    StepEntered step=2 node=paid scope=0
                    IncidentRaised incident=3 step=2 node=paid kind=EXPRESSION message=Expected the correlation key 'order' to have 1 to 255 characters, but it has 0
                > set 0 order=o1
                    VariablesSet scope=0 variables={order=o1}
                > resolve paid
                    IncidentResolved incident=3
                    MessageAwaited waitId=4 step=2 node=paid name=payment key=o1
                """);
    }

    @Test
    void receivesAMessageInATask() {
        assertThat(play("""
                start -> paid -> end
                paid: receive message=payment key={order} out.total={amount + 1}
                """, """
                start order=1
                message paid amount=10
                """)).isEqualTo("""
                > start order=1
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={order=1}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>paid
                    StepEntered step=2 node=paid scope=0
                    MessageAwaited waitId=3 step=2 node=paid name=payment key=1
                > message paid amount=10
                    MessageReceived waitId=3
                    WaitEnded waitId=3
                    VariablesSet scope=2 variables={amount=10}
                    VariablesSet scope=0 variables={total=11}
                    StepLeft step=2
                    FlowTaken scope=0 flow=paid>end
                    StepPassed step=4 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void goesOnWithTheEventThatComesFirst() {
        assertThat(play(RACE, """
                start order=1
                --
                message paid amount=5
                """)).isEqualTo("""
                > message paid amount=5
                    MessageReceived waitId=3
                    VariablesSet scope=0 variables={amount=5}
                    StepLeft step=2
                    FlowTaken scope=0 flow=first>paid
                    StepPassed step=5 node=paid scope=0
                    FlowTaken scope=0 flow=paid>a
                    StepEntered step=6 node=a scope=0
                    TaskOpened step=6
                """);
    }

    @Test
    void refusesTheEventThatComesSecond() {
        assertThat(play(RACE, """
                start order=1
                wait P1D
                fire late
                --
                message 3
                """)).isEqualTo("""
                > message 3
                    ! NO_SUCH_SUBSCRIPTION: the case no longer waits for this message
                """);
    }

    @Test
    void mapsTheMessageThatAReceiveTaskGotBehindTheGateway() {
        assertThat(play("""
                start -> first
                first: race
                first -> paid
                first -> late
                paid: receive message=payment key={order} out.total={amount + 1}
                late: catch timer=P1D
                paid -> end
                late -> end2
                """, """
                start order=1
                message paid
                set paid amount=5
                resolve paid
                """)).isEqualTo("""
                > start order=1
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={order=1}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>first
                    StepEntered step=2 node=first scope=0
                    MessageAwaited waitId=3 step=2 node=paid name=payment key=1
                    TimerSet waitId=4 step=2 node=late due=2030-01-02T09:00:00Z repeat=0
                > message paid
                    MessageReceived waitId=3
                    StepLeft step=2
                    FlowTaken scope=0 flow=first>paid
                    StepEntered step=5 node=paid scope=0
                    JobCompleted step=5
                    IncidentRaised incident=6 step=5 node=paid kind=EXPRESSION message='amount + 1' failed: cannot add null and 1
                > set paid amount=5
                    VariablesSet scope=5 variables={amount=5}
                > resolve paid
                    IncidentResolved incident=6
                    VariablesSet scope=0 variables={total=6}
                    StepLeft step=5
                    FlowTaken scope=0 flow=paid>end
                    StepPassed step=7 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void opensAllEventsOfTheGatewayOrNone() {
        assertThat(play(RACE, """
                start
                set 0 order=1
                resolve first
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>first
                    StepEntered step=2 node=first scope=0
                    IncidentRaised incident=3 step=2 node=first kind=EXPRESSION message=Expected the correlation key 'order' to have 1 to 255 characters, but it has 0
                > set 0 order=1
                    VariablesSet scope=0 variables={order=1}
                > resolve first
                    IncidentResolved incident=3
                    MessageAwaited waitId=4 step=2 node=paid name=payment key=1
                    TimerSet waitId=5 step=2 node=late due=2030-01-02T09:00:00Z repeat=0
                """);
    }

    @Test
    void countsInMicrosecondsAsTheStoreDoes() {
        assertThat(play("""
                start -> cool -> end
                cool: catch timer=PT1H
                """, """
                wait PT0.0000019S
                start
                wait PT59M59.999999S
                fire cool
                wait PT0.000001S
                fire cool
                """)).isEqualTo("""
                > wait PT0.0000019S
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>cool
                    StepEntered step=2 node=cool scope=0
                    TimerSet waitId=3 step=2 node=cool due=2030-01-01T10:00:00.000001Z repeat=0
                > wait PT59M59.999999S
                > fire cool
                    ! TIMER_NOT_DUE: the timer is due at 2030-01-01T10:00:00.000001Z, now is 2030-01-01T10:00:00Z
                > wait PT0.000001S
                > fire cool
                    TimerFired waitId=3
                    StepLeft step=2
                    FlowTaken scope=0 flow=cool>end
                    StepPassed step=4 node=end scope=0
                    CaseCompleted
                """);
    }
}
