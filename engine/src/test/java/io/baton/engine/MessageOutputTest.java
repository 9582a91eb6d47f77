package io.baton.engine;

import static io.baton.engine.Scenario.play;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What an event makes of the message that it catches; and that a message is not lost when its mapping fails. */
class MessageOutputTest {

    @Test
    void anIntermediateEventLetsOutOnlyWhatItMaps() {
        assertThat(play("""
                start -> paid -> end
                paid: catch message=payment key={order} out.total={amount + fee}
                """, """
                start order=o1 fee=2
                --
                message paid amount=40 iban=secret
                """)).isEqualTo("""
                > message paid amount=40 iban=secret
                    MessageReceived waitId=3
                    VariablesSet scope=0 variables={total=42}
                    StepLeft step=2
                    FlowTaken scope=0 flow=paid>end
                    StepPassed step=4 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void aMessageIsHeldUntilItCanBeMapped() {
        assertThat(play("""
                start -> paid -> end
                paid: catch message=payment key={order} out.total={amount + fee}
                """, """
                start order=o1
                --
                message paid amount=40
                message paid amount=50
                resolve paid
                set 0 fee=2
                resolve paid
                """)).isEqualTo("""
                > message paid amount=40
                    MessageReceived waitId=3
                    WaitEnded waitId=3
                    VariablesSet scope=2 variables={amount=40}
                    JobCompleted step=2
                    IncidentRaised incident=4 step=2 node=paid kind=EXPRESSION message='amount + fee' failed: cannot add 40 and null
                > message paid amount=50
                    ! NO_SUCH_SUBSCRIPTION: the case no longer waits for this message
                > resolve paid
                    IncidentResolved incident=4
                    IncidentRaised incident=5 step=2 node=paid kind=EXPRESSION message='amount + fee' failed: cannot add 40 and null
                > set 0 fee=2
                    VariablesSet scope=0 variables={fee=2}
                > resolve paid
                    IncidentResolved incident=5
                    VariablesSet scope=0 variables={total=42}
                    StepLeft step=2
                    FlowTaken scope=0 flow=paid>end
                    StepPassed step=6 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void behindAnEventBasedGatewayItIsHeldAtTheEventThatWon() {
        assertThat(play("""
                start -> first
                first: race
                first -> paid
                first -> late
                paid: catch message=payment key={order} out.total={amount + fee}
                late: catch timer=P1D
                paid -> a
                late -> b
                """, """
                start order=o1
                --
                message paid amount=40
                set paid fee=2
                resolve paid
                """)).isEqualTo("""
                > message paid amount=40
                    MessageReceived waitId=3
                    StepLeft step=2
                    FlowTaken scope=0 flow=first>paid
                    StepEntered step=5 node=paid scope=0
                    VariablesSet scope=5 variables={amount=40}
                    JobCompleted step=5
                    IncidentRaised incident=6 step=5 node=paid kind=EXPRESSION message='amount + fee' failed: cannot add 40 and null
                > set paid fee=2
                    VariablesSet scope=5 variables={fee=2}
                > resolve paid
                    IncidentResolved incident=6
                    VariablesSet scope=0 variables={total=42}
                    StepLeft step=5
                    FlowTaken scope=0 flow=paid>a
                    StepEntered step=7 node=a scope=0
                    TaskOpened step=7
                """);
    }

    @Test
    void aBoundaryEventMapsWhatItsScopeGets() {
        assertThat(play("""
                start -> a -> end
                a: user in.amount={1}
                news: boundary on=a message=news key={order} noninterrupting out.total={amount + fee}
                news -> b -> end
                """, """
                start order=o1 fee=2
                --
                message news amount=40
                message news amount=50
                """)).isEqualTo("""
                > message news amount=40
                    MessageReceived waitId=3
                    VariablesSet scope=0 variables={total=42}
                    StepPassed step=4 node=news scope=0
                    FlowTaken scope=0 flow=news>b
                    StepEntered step=5 node=b scope=0
                    TaskOpened step=5
                > message news amount=50
                    MessageReceived waitId=3
                    VariablesSet scope=0 variables={total=52}
                    StepPassed step=6 node=news scope=0
                    FlowTaken scope=0 flow=news>b
                    StepEntered step=7 node=b scope=0
                    TaskOpened step=7
                """);
    }

    @Test
    void anInterruptingBoundaryEventEndsItsActivityThoughItsMappingFails() {
        assertThat(play("""
                start -> a -> end
                a: user
                stop: boundary on=a message=stop key={order} out.total={amount + fee}
                stop -> b -> end
                """, """
                start order=o1
                --
                message stop amount=40
                set stop fee=2
                resolve stop
                """)).isEqualTo("""
                > message stop amount=40
                    MessageReceived waitId=3
                    StepTerminated step=2
                    StepEntered step=4 node=stop scope=0
                    VariablesSet scope=4 variables={amount=40}
                    JobCompleted step=4
                    IncidentRaised incident=5 step=4 node=stop kind=EXPRESSION message='amount + fee' failed: cannot add 40 and null
                > set stop fee=2
                    VariablesSet scope=4 variables={fee=2}
                > resolve stop
                    IncidentResolved incident=5
                    VariablesSet scope=0 variables={total=42}
                    StepLeft step=4
                    FlowTaken scope=0 flow=stop>b
                    StepEntered step=6 node=b scope=0
                    TaskOpened step=6
                """);
    }

    @Test
    void anEventSubProcessMapsForTheScopeAroundIt() {
        assertThat(play("""
                start -> a -> end
                s: eventsub
                  start1 -> b -> end1
                  start1: start message=news key={order} noninterrupting out.total={amount + fee}
                """, """
                start order=o1
                --
                message start1 amount=40
                set start1 fee=2
                resolve start1
                message start1 amount=50 fee=3
                """)).isEqualTo("""
                > message start1 amount=40
                    MessageReceived waitId=1
                    StepEntered step=4 node=s scope=0
                    StepEntered step=5 node=start1 scope=4
                    VariablesSet scope=5 variables={amount=40}
                    JobCompleted step=5
                    IncidentRaised incident=6 step=5 node=start1 kind=EXPRESSION message='amount + fee' failed: cannot add 40 and null
                > set start1 fee=2
                    VariablesSet scope=5 variables={fee=2}
                > resolve start1
                    IncidentResolved incident=6
                    VariablesSet scope=0 variables={total=42}
                    StepLeft step=5
                    FlowTaken scope=4 flow=start1>b
                    StepEntered step=7 node=b scope=4
                    TaskOpened step=7
                > message start1 amount=50 fee=3
                    MessageReceived waitId=1
                    VariablesSet scope=0 variables={total=53}
                    StepEntered step=8 node=s scope=0
                    StepPassed step=9 node=start1 scope=8
                    FlowTaken scope=8 flow=start1>b
                    StepEntered step=10 node=b scope=8
                    TaskOpened step=10
                """);
    }

    @Test
    void aProcessThatAMessageStartsMapsIt() {
        assertThat(play("""
                process p title={total}
                begin -> a -> end
                begin: start message=ordered out.total={amount + fee}
                """, """
                start-at begin amount=40 fee=2
                """)).isEqualTo("""
                > start-at begin amount=40 fee=2
                    CaseStarted process=1 owner=olga title=42
                    VariablesSet scope=0 variables={total=42}
                    StepPassed step=1 node=begin scope=0
                    FlowTaken scope=0 flow=begin>a
                    StepEntered step=2 node=a scope=0
                    TaskOpened step=2
                """);
    }

    @Test
    void aProcessThatAMessageStartsHoldsWhatItCannotMap() {
        assertThat(play("""
                process p title={total}
                begin -> a -> end
                begin: start message=ordered out.total={amount + fee}
                """, """
                start-at begin amount=40
                set begin fee=2
                resolve begin
                """)).isEqualTo("""
                > start-at begin amount=40
                    CaseStarted process=1 owner=olga
                    StepEntered step=1 node=begin scope=0
                    VariablesSet scope=1 variables={amount=40}
                    JobCompleted step=1
                    IncidentRaised incident=2 step=1 node=begin kind=EXPRESSION message='amount + fee' failed: cannot add 40 and null
                > set begin fee=2
                    VariablesSet scope=1 variables={fee=2}
                > resolve begin
                    IncidentResolved incident=2
                    VariablesSet scope=0 variables={total=42}
                    StepLeft step=1
                    FlowTaken scope=0 flow=begin>a
                    StepEntered step=3 node=a scope=0
                    TaskOpened step=3
                """);
    }
}
