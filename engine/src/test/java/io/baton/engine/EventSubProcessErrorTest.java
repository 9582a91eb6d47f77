package io.baton.engine;

import static io.baton.engine.Scenario.play;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Event sub-processes that are set off by an error of their scope. */
class EventSubProcessErrorTest {

    @Test
    void catchesAnErrorOfItsScope() {
        assertThat(play("""
                start -> a -> bad
                bad: errorend code=E1
                any: eventsub
                  start8: start error
                  start8 -> end8
                oops: eventsub
                  start9: start error=E1
                  start9 -> fix
                """, """
                start
                --
                complete a
                complete fix
                """)).isEqualTo("""
                > complete a
                    TaskClaimed step=2 person=ann
                    TaskCompleted step=2
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>bad
                    StepEntered step=3 node=bad scope=0
                    ErrorCaught step=3 code=E1 caughtBy=start9
                    StepTerminated step=3
                    StepEntered step=4 node=oops scope=0
                    StepPassed step=5 node=start9 scope=4
                    FlowTaken scope=4 flow=start9>fix
                    StepEntered step=6 node=fix scope=4
                    TaskOpened step=6
                > complete fix
                    TaskClaimed step=6 person=ann
                    TaskCompleted step=6
                    StepLeft step=6
                    StepLeft step=4
                    CaseCompleted
                """);
    }

    @Test
    void catchesAJobsErrorWithItsVariables() {
        assertThat(play("""
                start -> s -> end
                s: sub
                  start1 -> a
                  a: job type=x
                  oops: eventsub
                    start9: start error=E1
                    start9 -> fix
                """, """
                start
                --
                throw a E1 why=price
                complete fix
                """)).isEqualTo("""
                > throw a E1 why=price
                    ErrorCaught step=4 code=E1 caughtBy=start9
                    VariablesSet scope=2 variables={why=price}
                    StepTerminated step=4
                    StepEntered step=5 node=oops scope=2
                    StepPassed step=6 node=start9 scope=5
                    FlowTaken scope=5 flow=start9>fix
                    StepEntered step=7 node=fix scope=5
                    TaskOpened step=7
                > complete fix
                    TaskClaimed step=7 person=ann
                    TaskCompleted step=7
                    StepLeft step=7
                    StepLeft step=5
                    StepLeft step=2
                    FlowTaken scope=0 flow=s>end
                    StepPassed step=8 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void doesNotCatchItsOwnErrorAgain() {
        assertThat(play("""
                start -> s -> end
                s: sub
                  start1 -> bad
                  bad: errorend code=E1
                  oops: eventsub
                    start9: start error=E1
                    start9 -> worse
                    worse: errorend code=E1
                caught: boundary on=s error=E1
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
                    ErrorCaught step=4 code=E1 caughtBy=start9
                    StepTerminated step=4
                    StepEntered step=5 node=oops scope=2
                    StepPassed step=6 node=start9 scope=5
                    FlowTaken scope=5 flow=start9>worse
                    StepEntered step=7 node=worse scope=5
                    ErrorCaught step=7 code=E1 caughtBy=caught
                    StepTerminated step=7
                    StepTerminated step=5
                    StepTerminated step=2
                    StepPassed step=8 node=caught scope=0
                    FlowTaken scope=0 flow=caught>fix
                    StepEntered step=9 node=fix scope=0
                    TaskOpened step=9
                """);
    }

    @Test
    void doesNotCatchItsOwnErrorAgainInALoop() {
        assertThat(play("""
                start -> s -> end
                s: sub times={2}
                  start1 -> bad
                  bad: errorend code=E1
                  oops: eventsub
                    start9: start error=E1
                    start9 -> worse
                    worse: errorend code=E1
                caught: boundary on=s error=E1
                caught -> fix
                """, """
                start
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>s
                    StepEntered step=2 node=s scope=0
                    LoopStarted step=2 total=2
                    StepEntered step=3 node=s scope=2
                    VariablesSet scope=3 variables={loopCounter=1}
                    StepEntered step=4 node=s scope=2
                    VariablesSet scope=4 variables={loopCounter=2}
                    StepPassed step=5 node=start1 scope=3
                    StepPassed step=6 node=start1 scope=4
                    FlowTaken scope=3 flow=start1>bad
                    StepEntered step=7 node=bad scope=3
                    ErrorCaught step=7 code=E1 caughtBy=start9
                    StepTerminated step=7
                    StepEntered step=8 node=oops scope=3
                    StepPassed step=9 node=start9 scope=8
                    FlowTaken scope=4 flow=start1>bad
                    StepEntered step=10 node=bad scope=4
                    ErrorCaught step=10 code=E1 caughtBy=start9
                    StepTerminated step=10
                    StepEntered step=11 node=oops scope=4
                    StepPassed step=12 node=start9 scope=11
                    FlowTaken scope=8 flow=start9>worse
                    StepEntered step=13 node=worse scope=8
                    ErrorCaught step=13 code=E1 caughtBy=caught
                    StepTerminated step=11
                    StepTerminated step=4
                    StepTerminated step=13
                    StepTerminated step=8
                    StepTerminated step=3
                    StepTerminated step=2
                    StepPassed step=14 node=caught scope=0
                    FlowTaken scope=0 flow=caught>fix
                    StepEntered step=15 node=fix scope=0
                    TaskOpened step=15
                """);
    }
}
