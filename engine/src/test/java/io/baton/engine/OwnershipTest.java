package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the owner alone decides: dates, pauses, waiving; and how owners and leavers are succeeded. */
class OwnershipTest {

    @Test
    void theOwnerAnswersForDatesAndMayWaive() {
        assertThat(Scenario.play("""
                start -> a -> b
                a: user team=ap due=P1D
                b: user team=ap
                """, """
                start
                --
                propose a P3D waiting
                answer a yes by ann
                answer a yes by olga
                wait P3D
                strike a
                due a P1D later by olga
                waive a needless by ann
                waive a needless by olga
                """, Office.ofTwoTeams())).isEqualTo("""
                > propose a P3D waiting
                    TaskClaimed step=2 person=ann
                    DateProposed step=2 person=ann due=2030-01-04T09:00:00Z reason=waiting
                > answer a yes by ann
                    ! NOT_THE_OWNER: the case is olga's to decide
                > answer a yes by olga
                    DueChanged step=2 due=2030-01-04T09:00:00Z reason=waiting
                    ClockSet step=2 at=2030-01-04T09:00:00Z
                > wait P3D
                > strike a
                    IncidentRaised incident=3 step=2 node=a kind=OVERDUE message=The step is past its due date
                    ClockSet step=2
                > due a P1D later by olga
                    DueChanged step=2 due=2030-01-05T09:00:00Z reason=later
                    IncidentResolved incident=3
                    ClockSet step=2 at=2030-01-05T09:00:00Z
                > waive a needless by ann
                    ! NOT_THE_OWNER: the case is olga's to decide
                > waive a needless by olga
                    TaskWaived step=2 by=olga reason=needless
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>b
                    StepEntered step=4 node=b scope=0
                    TaskOpened step=4 team=ap
                """);
    }

    @Test
    void theProcessSaysWhenItsCasesAreDue() {
        assertThat(Scenario.play("""
                process p due={until}
                start -> a
                """, """
                start until=P2D
                wait P2D
                strike case
                """, Office.ofTwoTeams())).isEqualTo("""
                > start until=P2D
                    CaseStarted process=1 owner=olga
                    DueChanged step=0 due=2030-01-03T09:00:00Z reason=by the process
                    VariablesSet scope=0 variables={until=P2D}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    TaskOpened step=2
                    IncidentRaised incident=3 step=2 node=a kind=ORPHANED message=The process names nobody for the step
                    ClockSet step=0 at=2030-01-03T09:00:00Z
                > wait P2D
                > strike case
                    IncidentRaised incident=4 step=0 node= kind=OVERDUE message=The case is past its due date
                    ClockSet step=0
                """);
    }

    @Test
    void aPauseStopsTheClockAndMovesTheDates() {
        assertThat(Scenario.play("""
                start -> a
                a: user team=ap due=P1D
                """, """
                start
                --
                pause P2D customer eve by ann
                pause P2D customer eve by olga
                wait P2D
                strike case
                """, Office.ofTwoTeams())).isEqualTo("""
                > pause P2D customer eve by ann
                    ! NOT_THE_OWNER: the case is olga's to decide
                > pause P2D customer eve by olga
                    CasePaused until=2030-01-03T09:00:00Z reason=customer charged=eve
                    ClockSet step=2
                    ClockSet step=0 at=2030-01-03T09:00:00Z
                > wait P2D
                > strike case
                    CaseResumed
                    ClockSet step=2 at=2030-01-04T09:00:00Z
                    ClockSet step=0
                """);
    }

    @Test
    void ownershipIsHandedOverLikeWork() {
        assertThat(Scenario.play("""
                start -> a
                """, """
                start
                --
                hand-over bob promotion by olga
                decline-case busy by bob
                hand-over ann promotion by olga
                accept-case by bob
                accept-case by ann
                waive a needless by olga
                """, Office.ofTwoTeams())).isEqualTo("""
                > hand-over bob promotion by olga
                    OwnershipOffered person=bob reason=promotion
                > decline-case busy by bob
                    OwnershipDeclined person=bob reason=busy
                > hand-over ann promotion by olga
                    OwnershipOffered person=ann reason=promotion
                > accept-case by bob
                    ! NOT_ASKED: the case is not offered to bob
                > accept-case by ann
                    OwnerChanged owner=ann reason=accepted
                > waive a needless by olga
                    ! NOT_THE_OWNER: the case is ann's to decide
                """);
    }

    @Test
    void nothingOfALeaverIsOrphanedSilently() {
        var office = Office.ofTwoTeams();
        assertThat(Scenario.play("""
                start -> fork
                fork: and
                fork -> a
                fork -> b
                fork -> c
                a: user team=ap
                b: user team=ap
                c: user holder=ann
                """, """
                start
                claim a
                leaves ann
                --
                claim b
                replace ann by ~directory
                replace olga by ~directory
                replace cora by ~directory
                """, office.leaves("olga"))).isEqualTo("""
                > claim b
                    ! MAY_NOT_HOLD: ann has left
                > replace ann by ~directory
                    TaskReleased step=3
                    HandoffDeclined step=5 person=ann reason=has left
                    IncidentRaised incident=6 step=5 node=c kind=ORPHANED message=ann, who was asked, has left
                > replace olga by ~directory
                    OwnerChanged owner=cora reason=olga has left
                > replace cora by ~directory
                    IncidentRaised incident=7 step=0 node= kind=ORPHANED message=The owner has left, and nobody is named to follow
                """);
    }
}
