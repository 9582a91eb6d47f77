package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How work goes from hand to hand, and what its holder says of it. */
class HandoffTest {

    @Test
    void theGiverHasTheStepUntilTheOfferIsAccepted() {
        assertThat(Scenario.play("""
                start -> a
                a: user team=ap
                """, """
                start
                claim a
                --
                offer a bob
                complete a by eve
                decline a busy by bob
                offer a bob
                withdraw a by bob
                withdraw a
                offer a bob
                claim a by bob
                offer a @legal by bob
                claim a by eve
                """, Office.ofTwoTeams())).isEqualTo("""
                > offer a bob
                    HandoffOffered step=2 from=ann person=bob reason=because
                > complete a by eve
                    ! NOT_ASKED: the task is offered to bob
                > decline a busy by bob
                    HandoffDeclined step=2 person=bob reason=busy
                    IncidentRaised incident=3 step=2 node=a kind=NOT_ACCEPTED message=bob declined: busy
                > offer a bob
                    HandoffOffered step=2 from=ann person=bob reason=because
                    IncidentResolved incident=3
                > withdraw a by bob
                    ! NOT_THE_HOLDER: the offer was made by ann
                > withdraw a
                    HandoffWithdrawn step=2 by=ann
                > offer a bob
                    HandoffOffered step=2 from=ann person=bob reason=because
                > claim a by bob
                    HandoffAccepted step=2 person=bob
                > offer a @legal by bob
                    HandoffOffered step=2 from=bob team=legal reason=because
                > claim a by eve
                    HandoffAccepted step=2 person=eve
                """);
    }

    @Test
    void theOwnerTakesAStepAwayToGiveItToSomebodyElse() {
        assertThat(Scenario.play("""
                start -> a
                a: user team=ap
                """, """
                start
                claim a
                --
                offer a bob by eve
                offer a bob by olga
                complete a by bob
                """, Office.ofTwoTeams())).isEqualTo("""
                > offer a bob by eve
                    ! NOT_THE_HOLDER: the task is held by ann
                > offer a bob by olga
                    TaskTaken step=2 person=olga reason=because
                    HandoffOffered step=2 from=olga person=bob reason=because
                > complete a by bob
                    HandoffAccepted step=2 person=bob
                    TaskCompleted step=2
                    StepLeft step=2
                    CaseCompleted
                """);
    }

    @Test
    void workThatIsNotReadyGoesBackToWhoGaveIt() {
        assertThat(Scenario.play("""
                start -> a -> b
                a: user team=ap
                b: user team=ap
                """, """
                start
                complete a by bob
                --
                send-back b contract by ann
                offer b ann by bob
                send-back b contract by ann
                """, Office.ofTwoTeams())).isEqualTo("""
                > send-back b contract by ann
                    TaskClaimed step=3 person=ann
                    TaskSentBack step=3 from=ann to=bob missing=contract
                > offer b ann by bob
                    HandoffOffered step=3 from=bob person=ann reason=because
                > send-back b contract by ann
                    HandoffAccepted step=3 person=ann
                    TaskSentBack step=3 from=ann to=bob missing=contract
                """);
    }

    @Test
    void promisesAreKeptOrBroken() {
        assertThat(Scenario.play("""
                start -> a
                a: user team=ap
                """, """
                start
                --
                promise a PT2H
                promise a PT4H
                strike a
                wait PT4H
                strike a
                promise a PT1H
                complete a
                """, Office.ofTwoTeams())).isEqualTo("""
                > promise a PT2H
                    TaskClaimed step=2 person=ann
                    DatePromised step=2 person=ann at=2030-01-01T11:00:00Z
                    ClockSet step=2 at=2030-01-01T11:00:00Z
                > promise a PT4H
                    DatePromised step=2 person=ann at=2030-01-01T13:00:00Z
                    ClockSet step=2 at=2030-01-01T13:00:00Z
                > strike a
                    ! TIMER_NOT_DUE: the clock of step 2 stands at 2030-01-01T13:00:00Z
                > wait PT4H
                > strike a
                    PromiseBroken step=2 person=ann at=2030-01-01T13:00:00Z
                    IncidentRaised incident=3 step=2 node=a kind=PROMISE_BROKEN message=ann did not keep the date that was promised
                    ClockSet step=2
                > promise a PT1H
                    DatePromised step=2 person=ann at=2030-01-01T14:00:00Z
                    IncidentResolved incident=3
                    ClockSet step=2 at=2030-01-01T14:00:00Z
                > complete a
                    TaskCompleted step=2
                    StepLeft step=2
                    CaseCompleted
                """);
    }

    @Test
    void anObstacleGoesToWhoCanRemoveIt() {
        assertThat(Scenario.play("""
                start -> a -> b
                a: user team=ap
                b: user team=ap
                """, """
                start
                complete a by bob
                --
                stuck b MISSING_INPUT invoice by ann
                stuck b RESOURCES budget by ann
                unstuck b by eve
                unstuck b by lea
                stuck b OTHER access eve
                complete b
                """, Office.ofTwoTeams())).isEqualTo("""
                > stuck b MISSING_INPUT invoice by ann
                    TaskClaimed step=3 person=ann
                    StepBlocked step=3 by=ann obstacle=MISSING_INPUT reason=invoice blocker=bob
                    IncidentRaised incident=4 step=3 node=b kind=STUCK message=invoice
                > stuck b RESOURCES budget by ann
                    StepBlocked step=3 by=ann obstacle=RESOURCES reason=budget blocker=lea
                    IncidentResolved incident=4
                    IncidentRaised incident=5 step=3 node=b kind=STUCK message=budget
                > unstuck b by eve
                    ! NOT_THE_HOLDER: the obstacle is with lea
                > unstuck b by lea
                    StepUnblocked step=3
                    IncidentResolved incident=5
                > stuck b OTHER access eve
                    StepBlocked step=3 by=ann obstacle=OTHER reason=access blocker=eve
                    IncidentRaised incident=6 step=3 node=b kind=STUCK message=access
                > complete b
                    TaskCompleted step=3
                    IncidentResolved incident=6
                    StepLeft step=3
                    CaseCompleted
                """);
    }

    @Test
    void whoDidTheWorkIsNotWhoCouldHaveHelped() {
        assertThat(Scenario.play("""
                start -> enter -> approve
                enter: user team=ap
                approve: user team=ap eyes=enter
                """, """
                start
                stuck enter OTHER access bob
                complete enter
                --
                claim approve
                complete approve by bob
                """, Office.ofTwoTeams())).isEqualTo("""
                > claim approve
                    ! MAY_NOT_HOLD: ann did 'enter'; the step needs another pair of eyes
                > complete approve by bob
                    TaskClaimed step=4 person=bob
                    TaskCompleted step=4
                    StepLeft step=4
                    CaseCompleted
                """);
    }

    @Test
    void theSponsorHoldsWhatASystemWorksOn() {
        assertThat(Scenario.play("""
                start -> a
                a: job type=match party=erp
                """, """
                start
                """, Office.ofTwoTeams().system("erp", "lea")))
                .isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    JobOpened step=2 type=match retries=3
                    StepSponsored step=2 person=lea
                """);
    }
}
