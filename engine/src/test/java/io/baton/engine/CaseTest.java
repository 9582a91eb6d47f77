package io.baton.engine;

import static io.baton.engine.Scenario.play;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A case as a whole: how it starts, ends, is cancelled, and what it refuses. */
class CaseTest {

    @Test
    void startsOnce() {
        assertThat(play("""
                start -> a
                """, """
                start
                start
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    TaskOpened step=2
                > start
                    ! CASE_ALREADY_STARTED: the case has started already
                """);
    }

    @Test
    void refusesAProcessThatIsNotDeployed() {
        assertThat(play("""
                start -> a
                """, """
                start-version 7
                """)).isEqualTo("""
                > start-version 7
                    ! NO_SUCH_PROCESS: no process version 7 is deployed
                """);
    }

    @Test
    void refusesEverythingBeforeItStarts() {
        assertThat(play("""
                start -> a
                """, """
                claim 1
                release 1
                complete 1
                job 1
                fail 1 x
                throw 1 x
                fire 1
                message 1
                resolve 1
                set 0 x=1
                cancel x
                deviate a b
                """)).isEqualTo("""
                > claim 1
                    ! NO_SUCH_TASK: no open task 1; it may have been completed
                > release 1
                    ! NO_SUCH_TASK: no open task 1; it may have been completed
                > complete 1
                    ! NO_SUCH_TASK: no open task 1; it may have been completed
                > job 1
                    ! NO_SUCH_JOB: no open job 1; it may have been completed
                > fail 1 x
                    ! NO_SUCH_JOB: no open job 1; it may have been completed
                > throw 1 x
                    ! NO_SUCH_JOB: no open job 1; it may have been completed
                > fire 1
                    ! NO_SUCH_TIMER: no open timer 1
                > message 1
                    ! NO_SUCH_SUBSCRIPTION: the case no longer waits for this message
                > resolve 1
                    ! NO_SUCH_INCIDENT: no open incident 1
                > set 0 x=1
                    ! NO_SUCH_CASE: there is no such case
                > cancel x
                    ! NO_SUCH_CASE: there is no such case
                > deviate a b
                    ! NO_SUCH_CASE: the case has not started
                """);
    }

    @Test
    void startsAtTheEventThatAMessageOrTimerSetOff() {
        assertThat(play("""
                start: start message=m
                start -> a
                """, """
                start
                start-at nowhere
                start-at start x=1
                """)).isEqualTo("""
                > start
                    ! NO_SUCH_START: process p starts by a message or timer only
                > start-at nowhere
                    ! NO_SUCH_START: process p has no start event 'nowhere'
                > start-at start x=1
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={x=1}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    TaskOpened step=2
                """);
    }

    @Test
    void startsAtNoPlainEventByName() {
        assertThat(play("""
                start -> a
                """, """
                start-at start
                """)).isEqualTo("""
                > start-at start
                    ! NO_SUCH_START: process p has no start event 'start'
                """);
    }

    @Test
    void computesItsTitleAndOwner() {
        assertThat(play("""
                process p title={"Payment to " + vendor} owner={boss}
                start -> a
                """, """
                start vendor=ACME boss=p7
                """)).isEqualTo("""
                > start vendor=ACME boss=p7
                    CaseStarted process=1 owner=p7 title=Payment to ACME
                    VariablesSet scope=0 variables={vendor=ACME, boss=p7}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    TaskOpened step=2
                """);
    }

    @Test
    void startsWithoutATitleRatherThanNotAtAll() {
        assertThat(play("""
                process p title={"Payment to " + vendor} owner={boss}
                start -> a
                """, """
                start
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    TaskOpened step=2
                """);
    }

    @Test
    void completesAtOnceWhenNothingWaits() {
        assertThat(play("""
                start -> end
                """, """
                start
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>end
                    StepPassed step=2 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void endsAllThatIsOpenWhenItIsCancelled() {
        assertThat(play("""
                start -> a -> end
                late: boundary on=a timer=PT1H
                start -> s
                s: sub
                  start1 -> b
                stop: eventsub
                  start9: start message=m key={k}
                  start9 -> c
                """, """
                start k=1
                --
                cancel mistake
                """)).isEqualTo("""
                > cancel mistake
                    StepTerminated step=7
                    StepTerminated step=5
                    StepTerminated step=3
                    CaseCancelled reason=mistake
                """);
    }

    @Test
    void refusesEverythingOnceItIsOver() {
        assertThat(play("""
                start -> a -> end
                """, """
                start
                complete a
                --
                claim 2
                release 2
                complete 2
                job 2
                fail 2 x
                throw 2 x
                fire 1
                message 1
                resolve 1
                set 0 x=1
                cancel x
                start
                """)).isEqualTo("""
                > claim 2
                    ! NO_SUCH_TASK: no open task 2; it may have been completed
                > release 2
                    ! NO_SUCH_TASK: no open task 2; it may have been completed
                > complete 2
                    ! NO_SUCH_TASK: no open task 2; it may have been completed
                > job 2
                    ! NO_SUCH_JOB: no open job 2; it may have been completed
                > fail 2 x
                    ! NO_SUCH_JOB: no open job 2; it may have been completed
                > throw 2 x
                    ! NO_SUCH_JOB: no open job 2; it may have been completed
                > fire 1
                    ! NO_SUCH_TIMER: no open timer 1
                > message 1
                    ! NO_SUCH_SUBSCRIPTION: the case no longer waits for this message
                > resolve 1
                    ! NO_SUCH_INCIDENT: no open incident 1
                > set 0 x=1
                    ! CASE_NOT_OPEN: the case is completed
                > cancel x
                    ! CASE_NOT_OPEN: the case is completed
                > start
                    ! CASE_ALREADY_STARTED: the case has started already
                """);
    }

    @Test
    void refusesEverythingOnceItIsCancelled() {
        assertThat(play("""
                start -> a -> end
                """, """
                start
                cancel x
                --
                claim 2
                complete 2
                set 0 x=1
                cancel x
                start
                """)).isEqualTo("""
                > claim 2
                    ! NO_SUCH_TASK: no open task 2; it may have been completed
                > complete 2
                    ! NO_SUCH_TASK: no open task 2; it may have been completed
                > set 0 x=1
                    ! CASE_NOT_OPEN: the case was cancelled
                > cancel x
                    ! CASE_NOT_OPEN: the case was cancelled
                > start
                    ! CASE_ALREADY_STARTED: the case has started already
                """);
    }

    @Test
    void recordsADeviationAlsoAfterItsEnd() {
        assertThat(play("""
                start -> a -> end
                """, """
                start
                deviate a early
                complete a
                deviate b late
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    TaskOpened step=2
                > deviate a early
                    DeviationObserved activity=a reason=early
                > complete a
                    TaskClaimed step=2 person=ann
                    TaskCompleted step=2
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>end
                    StepPassed step=3 node=end scope=0
                    CaseCompleted
                > deviate b late
                    DeviationObserved activity=b reason=late
                """);
    }

    @Test
    void setsNoVariablesWithoutAny() {
        assertThat(play("""
                start -> a
                """, """
                start
                --
                set 0
                """)).isEqualTo("""
                > set 0
                """);
    }
}
