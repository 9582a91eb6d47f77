package io.baton.engine;

import static io.baton.engine.Scenario.play;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Called processes run inside the case that calls them and see only what they are given. */
class CallActivityTest {

    @Test
    void givesAndTakesAllVariablesUnlessToldOtherwise() {
        assertThat(play("""
                start -> c -> after
                c: call process=q
                process q
                start -> b
                """, """
                start x=1
                complete b y=2
                """)).isEqualTo("""
                > start x=1
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={x=1}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>c
                    StepEntered step=2 node=c scope=0
                    VariablesSet scope=2 variables={x=1}
                    ProcessCalled step=2 process=2
                    StepPassed step=3 node=start scope=2
                    FlowTaken scope=2 flow=start>b
                    StepEntered step=4 node=b scope=2
                    TaskOpened step=4
                > complete b y=2
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    VariablesSet scope=2 variables={y=2}
                    StepLeft step=4
                    VariablesSet scope=0 variables={x=1, y=2}
                    StepLeft step=2
                    FlowTaken scope=0 flow=c>after
                    StepEntered step=5 node=after scope=0
                    TaskOpened step=5
                """);
    }

    @Test
    void givesAndTakesOnlyWhatIsMapped() {
        assertThat(play("""
                start -> c -> after
                c: call process=q in.x={y + 1} out.z={x + w}
                process q
                start -> b
                """, """
                start y=1
                complete b x=5 w=10 y=99
                """)).isEqualTo("""
                > start y=1
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={y=1}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>c
                    StepEntered step=2 node=c scope=0
                    VariablesSet scope=2 variables={x=2}
                    ProcessCalled step=2 process=2
                    StepPassed step=3 node=start scope=2
                    FlowTaken scope=2 flow=start>b
                    StepEntered step=4 node=b scope=2
                    TaskOpened step=4
                > complete b x=5 w=10 y=99
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    VariablesSet scope=2 variables={x=5, w=10, y=99}
                    StepLeft step=4
                    VariablesSet scope=0 variables={z=15}
                    StepLeft step=2
                    FlowTaken scope=0 flow=c>after
                    StepEntered step=5 node=after scope=0
                    TaskOpened step=5
                """);
    }

    @Test
    void isolatesTheVariablesOfTheCall() {
        assertThat(play("""
                start -> c -> after
                c: call process=q in.x={1}
                process q
                start -> g
                g: xor
                g -> b if y = 1
                g -> d default
                """, """
                start y=1
                """)).isEqualTo("""
                > start y=1
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={y=1}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>c
                    StepEntered step=2 node=c scope=0
                    VariablesSet scope=2 variables={x=1}
                    ProcessCalled step=2 process=2
                    StepPassed step=3 node=start scope=2
                    FlowTaken scope=2 flow=start>g
                    StepPassed step=4 node=g scope=2
                    FlowTaken scope=2 flow=g>d
                    StepEntered step=5 node=d scope=2
                    TaskOpened step=5
                """);
    }

    @Test
    void callsTheNewestVersion() {
        assertThat(play("""
                start -> c
                c: call process={which}
                process q
                start -> old
                process q
                start -> new
                """, """
                start which=q
                """)).isEqualTo("""
                > start which=q
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={which=q}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>c
                    StepEntered step=2 node=c scope=0
                    VariablesSet scope=2 variables={which=q}
                    ProcessCalled step=2 process=3
                    StepPassed step=3 node=start scope=2
                    FlowTaken scope=2 flow=start>new
                    StepEntered step=4 node=new scope=2
                    TaskOpened step=4
                """);
    }

    @Test
    void raisesAnIncidentForAProcessThatIsNotThere() {
        assertThat(play("""
                start -> c -> end
                c: call process={which} in.x={1} out.which={which}
                late: boundary on=c timer=PT1H
                process q
                start -> b
                """, """
                start which=nowhere
                set 0 which=q
                resolve c
                """)).isEqualTo("""
                > start which=nowhere
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={which=nowhere}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>c
                    StepEntered step=2 node=c scope=0
                    VariablesSet scope=2 variables={x=1}
                    IncidentRaised incident=3 step=2 node=c kind=CALL message=The called process 'nowhere' is not deployed
                > set 0 which=q
                    VariablesSet scope=0 variables={which=q}
                > resolve c
                    IncidentResolved incident=3
                    VariablesSet scope=2 variables={x=1}
                    TimerSet waitId=4 step=2 node=late due=2030-01-01T10:00:00Z repeat=0
                    ProcessCalled step=2 process=2
                    StepPassed step=5 node=start scope=2
                    FlowTaken scope=2 flow=start>b
                    StepEntered step=6 node=b scope=2
                    TaskOpened step=6
                """);
    }

    @Test
    void raisesAnIncidentForAProcessWithoutAPlainStart() {
        assertThat(play("""
                start -> c -> end
                c: call process=q
                process q
                start: start message=m
                start -> b
                """, """
                start
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>c
                    StepEntered step=2 node=c scope=0
                    IncidentRaised incident=3 step=2 node=c kind=CALL message=The called process 'q' has no start event without a trigger
                """);
    }

    @Test
    void raisesAnIncidentWhenAProcessCallsItselfForEver() {
        assertThat(play("""
                start -> c
                c: call process=p
                """, """
                start
                --
                cancel enough
                """)).isEqualTo("""
                > cancel enough
                    StepTerminated step=34
                    StepTerminated step=32
                    StepTerminated step=30
                    StepTerminated step=28
                    StepTerminated step=26
                    StepTerminated step=24
                    StepTerminated step=22
                    StepTerminated step=20
                    StepTerminated step=18
                    StepTerminated step=16
                    StepTerminated step=14
                    StepTerminated step=12
                    StepTerminated step=10
                    StepTerminated step=8
                    StepTerminated step=6
                    StepTerminated step=4
                    StepTerminated step=2
                    CaseCancelled reason=enough
                """);
    }

    @Test
    void letsErrorsOutToItsCaller() {
        assertThat(play("""
                start -> c -> end
                c: call process=q
                caught: boundary on=c error=E1
                caught -> fix
                process q
                start -> s
                s: sub
                  start1 -> b -> bad
                  bad: errorend code=E1
                """, """
                start
                --
                complete b
                """)).isEqualTo("""
                > complete b
                    TaskClaimed step=6 person=ann
                    TaskCompleted step=6
                    StepLeft step=6
                    FlowTaken scope=4 flow=b>bad
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
    void raisesAnIncidentInTheCalledProcessWhenNobodyCatches() {
        assertThat(play("""
                start -> c -> end
                c: call process=q
                process q
                start -> bad
                bad: errorend code=E1
                """, """
                start
                resolve bad
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>c
                    StepEntered step=2 node=c scope=0
                    ProcessCalled step=2 process=2
                    StepPassed step=3 node=start scope=2
                    FlowTaken scope=2 flow=start>bad
                    StepEntered step=4 node=bad scope=2
                    IncidentRaised incident=5 step=4 node=bad kind=UNCAUGHT_ERROR message=Error 'E1' is not caught
                > resolve bad
                    IncidentResolved incident=5
                    IncidentRaised incident=6 step=4 node=bad kind=UNCAUGHT_ERROR message=Error 'E1' is not caught
                """);
    }

    @Test
    void keepsApartTheEventsOfBothProcessesThatAreCalledTheSame() {
        assertThat(play("""
                start -> c -> end
                c: call process=q in.k={1}
                tick: boundary on=c cycle=R/PT1H noninterrupting
                tick -> outside
                process q
                start -> a
                inner: eventsub
                  tick: start cycle=R/PT2H noninterrupting
                  tick -> inside
                """, """
                start
                wait PT1H
                --
                fire tick
                wait PT1H
                fire tick
                fire tick
                """)).isEqualTo("""
                > fire tick
                    TimerFired waitId=3
                    TimerSet waitId=7 step=2 node=tick due=2030-01-01T11:00:00Z repeat=-1 period=PT1H
                    StepPassed step=8 node=tick scope=0
                    FlowTaken scope=0 flow=tick>outside
                    StepEntered step=9 node=outside scope=0
                    TaskOpened step=9
                > wait PT1H
                > fire tick
                    TimerFired waitId=4
                    TimerSet waitId=10 step=2 node=tick due=2030-01-01T13:00:00Z repeat=-1 period=PT2H
                    StepEntered step=11 node=inner scope=2
                    StepPassed step=12 node=tick scope=11
                    FlowTaken scope=11 flow=tick>inside
                    StepEntered step=13 node=inside scope=11
                    TaskOpened step=13
                > fire tick
                    TimerFired waitId=7
                    TimerSet waitId=14 step=2 node=tick due=2030-01-01T12:00:00Z repeat=-1 period=PT1H
                    StepPassed step=15 node=tick scope=0
                    FlowTaken scope=0 flow=tick>outside
                    StepEntered step=16 node=outside scope=0
                    TaskOpened step=16
                """);
    }

    @Test
    void endsWithItsCaller() {
        assertThat(play("""
                start -> c -> end
                c: call process=q
                late: boundary on=c timer=PT1H
                late -> fix
                process q
                start -> a -> join
                start -> b -> join
                join: and
                """, """
                start
                complete a
                wait PT1H
                --
                fire late
                """)).isEqualTo("""
                > fire late
                    TimerFired waitId=3
                    StepTerminated step=6
                    TokensDiscarded scope=2
                    StepTerminated step=2
                    StepPassed step=7 node=late scope=0
                    FlowTaken scope=0 flow=late>fix
                    StepEntered step=8 node=fix scope=0
                    TaskOpened step=8
                """);
    }

    @Test
    void terminatesOnlyItself() {
        assertThat(play("""
                start -> c -> after
                start -> d
                c: call process=q
                process q
                start -> a -> stop
                start -> b
                stop: terminate
                """, """
                start
                --
                complete a
                """)).isEqualTo("""
                > complete a
                    TaskClaimed step=5 person=ann
                    TaskCompleted step=5
                    StepLeft step=5
                    FlowTaken scope=2 flow=a>stop
                    StepPassed step=7 node=stop scope=2
                    StepTerminated step=6
                    StepLeft step=2
                    FlowTaken scope=0 flow=c>after
                    StepEntered step=8 node=after scope=0
                    TaskOpened step=8
                """);
    }

    @Test
    void repeatsOnlyItsOutputWhenThatFails() {
        assertThat(play("""
                start -> c -> after
                c: call process=q out.z={x + w}
                process q
                start -> a
                """, """
                start x=1
                complete a
                set c w=1
                resolve c
                """)).isEqualTo("""
                > start x=1
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={x=1}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>c
                    StepEntered step=2 node=c scope=0
                    VariablesSet scope=2 variables={x=1}
                    ProcessCalled step=2 process=2
                    StepPassed step=3 node=start scope=2
                    FlowTaken scope=2 flow=start>a
                    StepEntered step=4 node=a scope=2
                    TaskOpened step=4
                > complete a
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    StepLeft step=4
                    IncidentRaised incident=5 step=2 node=c kind=EXPRESSION message='x + w' failed: cannot add 1 and null
                > set c w=1
                    VariablesSet scope=2 variables={w=1}
                > resolve c
                    IncidentResolved incident=5
                    VariablesSet scope=0 variables={z=2}
                    StepLeft step=2
                    FlowTaken scope=0 flow=c>after
                    StepEntered step=6 node=after scope=0
                    TaskOpened step=6
                """);
    }
}
