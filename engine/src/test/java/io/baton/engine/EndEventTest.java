package io.baton.engine;

import static io.baton.engine.Scenario.play;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** End events: terminate and error (none is everywhere, message with the jobs). */
class EndEventTest {

    @Test
    void terminatesTheCase() {
        assertThat(play("""
                start -> fork
                fork: and
                fork -> a -> stop
                stop: terminate
                fork -> s
                s: sub
                  start1 -> b
                fork -> join
                fork -> c -> join
                join: and
                """, """
                start
                --
                complete a
                """)).isEqualTo("""
                > complete a
                    TaskClaimed step=3 person=ann
                    TaskCompleted step=3
                    StepLeft step=3
                    FlowTaken scope=0 flow=a>stop
                    StepPassed step=8 node=stop scope=0
                    StepTerminated step=6
                    StepTerminated step=7
                    StepTerminated step=4
                    TokensDiscarded scope=0
                    CaseCompleted
                """);
    }

    @Test
    void terminatesTheSubProcessAlone() {
        assertThat(play("""
                start -> s -> after
                s: sub
                  start1 -> a -> stop
                  start1 -> b
                  stop: terminate
                start -> d
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
                    FlowTaken scope=0 flow=s>after
                    StepEntered step=8 node=after scope=0
                    TaskOpened step=8
                """);
    }

    @Test
    void terminatesTokensOnTheirWay() {
        assertThat(play("""
                start -> fork
                fork: and
                fork -> stop
                fork -> a
                stop: terminate
                """, """
                start
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>fork
                    StepPassed step=2 node=fork scope=0
                    FlowTaken scope=0 flow=fork>stop
                    StepPassed step=3 node=stop scope=0
                    CaseCompleted
                """);
    }

    @Test
    void terminatesOneInstanceOfALoop() {
        assertThat(play("""
                start -> s -> after
                s: sub times={2}
                  start1 -> a -> stop
                  start1 -> b
                  stop: terminate
                """, """
                start
                --
                complete a
                """)).isEqualTo("""
                > complete a
                    TaskClaimed step=7 person=ann
                    TaskCompleted step=7
                    StepLeft step=7
                    FlowTaken scope=3 flow=a>stop
                    StepPassed step=11 node=stop scope=3
                    StepTerminated step=8
                    LoopInstanceDone step=2 index=0
                    StepLeft step=3
                """);
    }

    @Test
    void raisesAnIncidentForAnErrorThatNobodyCatches() {
        assertThat(play("""
                start -> a -> bad
                start -> b
                bad: errorend code=E1
                """, """
                start
                complete a
                resolve bad
                complete b
                cancel end
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    TaskOpened step=2
                    FlowTaken scope=0 flow=start>b
                    StepEntered step=3 node=b scope=0
                    TaskOpened step=3
                > complete a
                    TaskClaimed step=2 person=ann
                    TaskCompleted step=2
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>bad
                    StepEntered step=4 node=bad scope=0
                    IncidentRaised incident=5 step=4 node=bad kind=UNCAUGHT_ERROR message=Error 'E1' is not caught
                > resolve bad
                    IncidentResolved incident=5
                    IncidentRaised incident=6 step=4 node=bad kind=UNCAUGHT_ERROR message=Error 'E1' is not caught
                > complete b
                    TaskClaimed step=3 person=ann
                    TaskCompleted step=3
                    StepLeft step=3
                > cancel end
                    StepTerminated step=4
                    CaseCancelled reason=end
                """);
    }

    @Test
    void throwsItsErrorToTheBoundary() {
        assertThat(play("""
                start -> s -> end
                s: sub
                  start1 -> a -> bad
                  start1 -> b
                  bad: errorend code=E1
                caught: boundary on=s error
                caught -> fix
                """, """
                start
                --
                complete a
                """)).isEqualTo("""
                > complete a
                    TaskClaimed step=4 person=ann
                    TaskCompleted step=4
                    StepLeft step=4
                    FlowTaken scope=2 flow=a>bad
                    StepEntered step=6 node=bad scope=2
                    ErrorCaught step=6 code=E1 caughtBy=caught
                    StepTerminated step=6
                    StepTerminated step=5
                    StepTerminated step=2
                    StepPassed step=7 node=caught scope=0
                    FlowTaken scope=0 flow=caught>fix
                    StepEntered step=8 node=fix scope=0
                    TaskOpened step=8
                """);
    }
}
