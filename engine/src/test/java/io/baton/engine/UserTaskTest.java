package io.baton.engine;

import static io.baton.engine.Scenario.play;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tasks: offered, claimed, released, completed, and every way of doing that wrong. */
class UserTaskTest {

    @Test
    void opensForTheTeamOfItsLaneOrTheOneItNames() {
        assertThat(play("""
                start -> a -> b -> c
                a: user party=ap
                b: user party=ap team={team}
                c: user party=ap holder={boss} due=P2D
                """, """
                start team=legal boss=p7
                complete a
                complete b
                """)).isEqualTo("""
                > start team=legal boss=p7
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={team=legal, boss=p7}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    TaskOpened step=2 team=ap
                > complete a
                    TaskClaimed step=2 person=ann
                    TaskCompleted step=2
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>b
                    StepEntered step=3 node=b scope=0
                    TaskOpened step=3 team=legal
                > complete b
                    TaskClaimed step=3 person=ann
                    TaskCompleted step=3
                    StepLeft step=3
                    FlowTaken scope=0 flow=b>c
                    StepEntered step=4 node=c scope=0
                    TaskOpened step=4 team=ap due=2030-01-03T09:00:00Z
                    HandoffOffered step=4 from=olga person=p7 reason=named by the process
                    ClockSet step=4 at=2030-01-03T09:00:00Z
                """);
    }

    @Test
    void isClaimedReleasedAndClaimedByAnother() {
        assertThat(play("""
                start -> a
                """, """
                start
                claim a by ann
                claim a by ann
                claim a by bob
                release a by bob
                release a by ann
                release a by ann
                claim a by bob
                complete a by ann
                complete a by bob
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    TaskOpened step=2
                > claim a by ann
                    TaskClaimed step=2 person=ann
                > claim a by ann
                > claim a by bob
                    ! ALREADY_CLAIMED: the task is held by ann
                > release a by bob
                    ! NOT_THE_HOLDER: the task is held by ann
                > release a by ann
                    TaskReleased step=2
                > release a by ann
                    ! NOT_CLAIMED: nobody has claimed the task
                > claim a by bob
                    TaskClaimed step=2 person=bob
                > complete a by ann
                    ! NOT_THE_HOLDER: the task is held by bob
                > complete a by bob
                    TaskCompleted step=2
                    StepLeft step=2
                    CaseCompleted
                """);
    }

    @Test
    void isCompletedByASystemForItsHolder() {
        assertThat(play("""
                start -> a -> b
                """, """
                start
                claim a by ann
                complete a by ~import
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    TaskOpened step=2
                > claim a by ann
                    TaskClaimed step=2 person=ann
                > complete a by ~import
                    TaskCompleted step=2
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>b
                    StepEntered step=3 node=b scope=0
                    TaskOpened step=3
                """);
    }

    @Test
    void isReleasedByASystem() {
        assertThat(play("""
                start -> a
                """, """
                start
                claim a by ann
                release a by ~absence
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    TaskOpened step=2
                > claim a by ann
                    TaskClaimed step=2 person=ann
                > release a by ~absence
                    TaskReleased step=2
                """);
    }

    @Test
    void refusesATaskThatIsNotOpen() {
        assertThat(play("""
                start -> a -> end
                """, """
                start
                claim 7
                release 7
                complete 7
                job a
                fail a broken
                throw a E1
                complete a
                complete 2
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    TaskOpened step=2
                > claim 7
                    ! NO_SUCH_TASK: no open task 7; it may have been completed
                > release 7
                    ! NO_SUCH_TASK: no open task 7; it may have been completed
                > complete 7
                    ! NO_SUCH_TASK: no open task 7; it may have been completed
                > job a
                    ! NO_SUCH_JOB: no open job 2; it may have been completed
                > fail a broken
                    ! NO_SUCH_JOB: no open job 2; it may have been completed
                > throw a E1
                    ! NO_SUCH_JOB: no open job 2; it may have been completed
                > complete a
                    TaskClaimed step=2 person=ann
                    TaskCompleted step=2
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>end
                    StepPassed step=3 node=end scope=0
                    CaseCompleted
                > complete 2
                    ! NO_SUCH_TASK: no open task 2; it may have been completed
                """);
    }

    @Test
    void refusesATaskThatIsAScope() {
        assertThat(play("""
                start -> s
                s: sub
                  start1 -> a
                """, """
                start
                complete s
                claim 0
                complete 0
                job 0
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>s
                    StepEntered step=2 node=s scope=0
                    StepPassed step=3 node=start1 scope=2
                    FlowTaken scope=2 flow=start1>a
                    StepEntered step=4 node=a scope=2
                    TaskOpened step=4
                > complete s
                    ! NO_SUCH_TASK: no open task 2; it may have been completed
                > claim 0
                    ! NO_SUCH_TASK: no open task 0; it may have been completed
                > complete 0
                    ! NO_SUCH_TASK: no open task 0; it may have been completed
                > job 0
                    ! NO_SUCH_JOB: no open job 0; it may have been completed
                """);
    }

    @Test
    void raisesAnIncidentWhenItsDueDateCannotBeRead() {
        assertThat(play("""
                start -> a
                a: user due={by}
                """, """
                start by=soon
                set 0 by=2030-01-05
                resolve a
                """)).isEqualTo("""
                > start by=soon
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={by=soon}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    IncidentRaised incident=3 step=2 node=a kind=EXPRESSION message=Expected an ISO 8601 date-time (2030-01-31T09:00:00Z), but got 'soon'
                > set 0 by=2030-01-05
                    VariablesSet scope=0 variables={by=2030-01-05}
                > resolve a
                    IncidentResolved incident=3
                    TaskOpened step=2 due=2030-01-05T00:00:00Z
                    ClockSet step=2 at=2030-01-05T00:00:00Z
                """);
    }

    @Test
    void opensItsBoundaryTimersOnlyTogetherWithTheTask() {
        assertThat(play("""
                start -> a
                a: user holder={boss + 1}
                late: boundary on=a timer=PT1H
                late -> end
                """, """
                start
                set 0 boss=1
                resolve a
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    IncidentRaised incident=3 step=2 node=a kind=EXPRESSION message='boss + 1' failed: cannot add null and 1
                > set 0 boss=1
                    VariablesSet scope=0 variables={boss=1}
                > resolve a
                    IncidentResolved incident=3
                    TimerSet waitId=4 step=2 node=late due=2030-01-01T10:00:00Z repeat=0
                    TaskOpened step=2
                    HandoffOffered step=2 from=olga person=2 reason=named by the process
                """);
    }

    @Test
    void mapsInAndOut() {
        assertThat(play("""
                start -> a -> b
                a: user in.x={y + 1} out.z={x + answer}
                """, """
                start y=1
                complete a answer=10
                set 0 done=true
                """)).isEqualTo("""
                > start y=1
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={y=1}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    VariablesSet scope=2 variables={x=2}
                    TaskOpened step=2
                > complete a answer=10
                    TaskClaimed step=2 person=ann
                    TaskCompleted step=2
                    VariablesSet scope=2 variables={answer=10}
                    VariablesSet scope=0 variables={z=12}
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>b
                    StepEntered step=3 node=b scope=0
                    TaskOpened step=3
                > set 0 done=true
                    VariablesSet scope=0 variables={done=true}
                """);
    }

    @Test
    void bringsItsVariablesToTheCase() {
        assertThat(play("""
                start -> a -> b
                """, """
                start x=1
                complete a x=2 y=[1,2]
                """)).isEqualTo("""
                > start x=1
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={x=1}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    TaskOpened step=2
                > complete a x=2 y=[1,2]
                    TaskClaimed step=2 person=ann
                    TaskCompleted step=2
                    VariablesSet scope=0 variables={x=2, y=[1, 2]}
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>b
                    StepEntered step=3 node=b scope=0
                    TaskOpened step=3
                """);
    }
}
