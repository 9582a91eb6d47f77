package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Policy.Act;
import io.baton.engine.Policy.To;
import io.baton.engine.Policy.What;
import io.baton.engine.calendar.QuietHours;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How work goes from hand to hand, who may decide what about it, and what happens when nobody acts. */
class CoordinationTest {

    /** olga owns, ann and bob work for accounts payable under lea, cora leads them all. */
    private static Office office() {
        return new Office()
                .people("cora", "eve")
                .person("olga", "cora")
                .person("lea", "cora")
                .person("ann", "lea", "iban")
                .person("bob", "lea")
                .team("ap", "lea", "ann", "bob")
                .team("legal", null, "eve");
    }

    private static String play(String model, String script, Office office) {
        return Scenario.play(model, script, office);
    }

    @Test
    void theGiverHasTheStepUntilTheOfferIsAccepted() {
        assertThat(play("""
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
                """, office())).isEqualTo("""
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
        assertThat(play("""
                start -> a
                a: user team=ap
                """, """
                start
                claim a
                --
                offer a bob by eve
                offer a bob by olga
                complete a by bob
                """, office())).isEqualTo("""
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
        assertThat(play("""
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
                """, office())).isEqualTo("""
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
    void theSecondPairOfEyesIsAnother() {
        assertThat(play("""
                start -> enter -> approve
                enter: user team=ap
                approve: user team=ap eyes=enter assign=load
                """, """
                start
                complete enter by ann
                --
                claim approve by ann
                offer approve ann by olga
                complete approve by bob
                """, office())).isEqualTo("""
                > claim approve by ann
                    ! NOT_ASKED: the task is offered to bob
                > offer approve ann by olga
                    ! MAY_NOT_HOLD: ann did 'enter'; the step needs another pair of eyes
                > complete approve by bob
                    HandoffAccepted step=3 person=bob
                    TaskCompleted step=3
                    StepLeft step=3
                    CaseCompleted
                """);
    }

    @Test
    void rulesSayWhomTheyChoseAndWhy() {
        var office = office();
        office.work.put("ann", 9);
        office.work.put("bob", 3);
        office.absent("olga", Instant.parse("2029-12-24T00:00:00Z"), Instant.parse("2030-01-07T00:00:00Z"), "lea");
        assertThat(play("""
                start -> fork
                fork: and
                fork -> load
                fork -> skilled
                fork -> boss
                fork -> away
                fork -> nobody
                load: user team=ap assign=load
                skilled: user team=ap skill=iban
                boss: user manager=ann
                away: user holder=olga
                nobody: user team=sales
                """, """
                start
                """, office)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>fork
                    StepPassed step=2 node=fork scope=0
                    FlowTaken scope=0 flow=fork>load
                    StepEntered step=3 node=load scope=0
                    TaskOpened step=3 team=ap
                    HandoffOffered step=3 from=olga person=bob reason=3 open, usually 10
                    FlowTaken scope=0 flow=fork>skilled
                    StepEntered step=4 node=skilled scope=0
                    TaskOpened step=4 team=ap
                    SkillRequired step=4 skill=iban
                    HandoffOffered step=4 from=olga person=ann reason=has the skill 'iban'; 9 open, usually 10
                    FlowTaken scope=0 flow=fork>boss
                    StepEntered step=5 node=boss scope=0
                    TaskOpened step=5
                    HandoffOffered step=5 from=olga person=lea reason=manager of ann
                    FlowTaken scope=0 flow=fork>away
                    StepEntered step=6 node=away scope=0
                    TaskOpened step=6
                    HandoffOffered step=6 from=olga person=lea reason=stands in for olga until 2030-01-07T00:00:00Z
                    FlowTaken scope=0 flow=fork>nobody
                    StepEntered step=7 node=nobody scope=0
                    TaskOpened step=7 team=sales
                    IncidentRaised incident=8 step=7 node=nobody kind=ORPHANED message=Nobody of 'sales' is there to take the step
                """);
    }

    @Test
    void theSkillAskedForFollowsFromTheCase() {
        var model = """
                start -> a
                a: user team=ap skill={needed}
                """;
        assertThat(play(model, "start needed=iban", office())).contains("person=ann reason=has the skill 'iban'");
        assertThat(play(model, "start needed=director", office())).doesNotContain("HandoffOffered");
    }

    @Test
    void promisesAreKeptOrBroken() {
        assertThat(play("""
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
                """, office())).isEqualTo("""
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
    void theOwnerAnswersForDatesAndMayWaive() {
        assertThat(play("""
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
                """, office())).isEqualTo("""
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
    void anObstacleGoesToWhoCanRemoveIt() {
        assertThat(play("""
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
                """, office())).isEqualTo("""
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
    void aPauseStopsTheClockAndMovesTheDates() {
        assertThat(play("""
                start -> a
                a: user team=ap due=P1D
                """, """
                start
                --
                pause P2D customer eve by ann
                pause P2D customer eve by olga
                wait P2D
                strike case
                """, office())).isEqualTo("""
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
        assertThat(play("""
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
                """, office())).isEqualTo("""
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
        var office = office();
        assertThat(play("""
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

    @Test
    void anotherPairOfEyesIsAskedForWhenTheWorkIsDone() {
        assertThat(play("""
                start -> fork
                fork: and
                fork -> enter
                fork -> approve
                enter: user team=ap
                approve: user team=ap eyes=enter
                """, """
                start
                claim approve
                complete enter
                --
                complete approve
                offer approve bob
                complete approve by bob
                """, office())).isEqualTo("""
                > complete approve
                    ! MAY_NOT_HOLD: ann did 'enter'; the step needs another pair of eyes
                > offer approve bob
                    HandoffOffered step=4 from=ann person=bob reason=because
                > complete approve by bob
                    HandoffAccepted step=4 person=bob
                    TaskCompleted step=4
                    StepLeft step=4
                    CaseCompleted
                """);
    }

    @Test
    void whoDidTheWorkIsNotWhoCouldHaveHelped() {
        assertThat(play("""
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
                """, office())).isEqualTo("""
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
    void aClockThatStrikesLateDisturbsNobody() {
        var quiet = QuietHours.of(ZoneOffset.UTC, LocalTime.of(18, 0), LocalTime.of(8, 0));
        assertThat(play("""
                start -> a
                a: user team=ap due=PT10H policy=chase
                """, """
                start
                claim a
                --
                wait PT9H
                wait PT30M
                strike a
                """, office().policy(CHASE).working("ann", Roster.ALWAYS, quiet)))
                .isEqualTo("""
                > wait PT9H
                > wait PT30M
                > strike a
                    ClockSet step=2
                    ClockSet step=2 at=2030-01-01T19:00:00Z
                """);
    }

    private static final Policy CHASE = new Policy(
            "chase",
            1,
            Duration.ofHours(4),
            List.of(
                    new Act(Duration.ofHours(-2), What.REMIND, To.HOLDER, null),
                    new Act(Duration.ZERO, What.REMIND, To.HOLDER, null),
                    new Act(Duration.ofHours(1), What.ESCALATE, To.TEAM_LEAD, null),
                    new Act(Duration.ofHours(2), What.ESCALATE, To.OWNER, null),
                    new Act(Duration.ofHours(3), What.REASSIGN, To.TEAM_LEAD, null)),
            false,
            false);

    @Test
    void aPolicyRemindsEscalatesAndReassigns() {
        assertThat(play("""
                start -> a
                a: user team=ap holder=ann due=P1D policy=chase
                """, """
                start
                wait PT4H
                strike a
                wait PT18H
                strike a
                claim a
                wait PT2H
                strike a
                wait PT1H
                strike a
                wait PT2H
                strike a
                strike a
                """, office().policy(CHASE))).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    TaskOpened step=2 team=ap due=2030-01-02T09:00:00Z
                    PolicyApplied step=2 policy=chase version=1
                    HandoffOffered step=2 from=olga person=ann reason=named by the process acceptBy=2030-01-01T13:00:00Z
                    ClockSet step=2 at=2030-01-01T13:00:00Z
                > wait PT4H
                > strike a
                    HandoffExpired step=2
                    IncidentRaised incident=3 step=2 node=a kind=NOT_ACCEPTED message=ann did not accept in time
                    ClockSet step=2 at=2030-01-02T07:00:00Z
                > wait PT18H
                > strike a
                    ReminderSent step=2 delivery=4 to=olga
                    ClockSet step=2 at=2030-01-02T09:00:00Z
                > claim a
                    TaskClaimed step=2 person=ann
                    IncidentResolved incident=3
                > wait PT2H
                > strike a
                    IncidentRaised incident=5 step=2 node=a kind=OVERDUE message=The step is past its due date
                    ReminderSent step=2 delivery=6 to=ann
                    ClockSet step=2 at=2030-01-02T10:00:00Z
                > wait PT1H
                > strike a
                    Escalated step=2 delivery=7 to=lea
                    ClockSet step=2 at=2030-01-02T11:00:00Z
                > wait PT2H
                > strike a
                    Escalated step=2 delivery=8 to=olga
                    ActSkipped step=2 reason=reassigned to lea
                    HandoffOffered step=2 from=ann person=lea reason=nobody acted acceptBy=2030-01-02T16:00:00Z
                    ClockSet step=2 at=2030-01-02T16:00:00Z
                > strike a
                    ! TIMER_NOT_DUE: the clock of step 2 stands at 2030-01-02T16:00:00Z
                """);
    }

    @Test
    void whoHasAnsweredIsNotReminded() {
        assertThat(play("""
                start -> a
                a: user team=ap due=P1D policy=chase
                """, """
                start
                promise a PT30H
                --
                wait PT22H
                strike a
                wait PT2H
                strike a
                wait PT6H
                strike a
                """, office().policy(CHASE))).isEqualTo("""
                > wait PT22H
                > strike a
                    ActSkipped step=2 reason=answered
                    ClockSet step=2 at=2030-01-02T09:00:00Z
                > wait PT2H
                > strike a
                    IncidentRaised incident=3 step=2 node=a kind=OVERDUE message=The step is past its due date
                    ActSkipped step=2 reason=answered
                    ClockSet step=2 at=2030-01-02T10:00:00Z
                > wait PT6H
                > strike a
                    Escalated step=2 delivery=4 to=lea
                    Escalated step=2 delivery=5 to=olga
                    ActSkipped step=2 reason=reassigned to lea
                    HandoffOffered step=2 from=ann person=lea reason=nobody acted acceptBy=2030-01-02T19:00:00Z
                    PromiseBroken step=2 person=ann at=2030-01-02T15:00:00Z
                    IncidentRaised incident=6 step=2 node=a kind=PROMISE_BROKEN message=ann did not keep the date that was promised
                    ClockSet step=2 at=2030-01-02T19:00:00Z
                """);
    }

    @Test
    void nobodyIsRemindedInQuietHours() {
        var quiet = QuietHours.of(ZoneOffset.UTC, LocalTime.of(18, 0), LocalTime.of(8, 0));
        assertThat(play("""
                start -> a
                a: user team=ap due=PT11H policy=chase
                """, """
                start
                claim a
                --
                wait PT9H
                strike a
                wait PT14H
                strike a
                """, office().policy(CHASE).working("ann", Roster.ALWAYS, quiet)))
                .isEqualTo("""
                > wait PT9H
                > strike a
                    ! TIMER_NOT_DUE: the clock of step 2 stands at 2030-01-01T20:00:00Z
                > wait PT14H
                > strike a
                    IncidentRaised incident=3 step=2 node=a kind=OVERDUE message=The step is past its due date
                    ActSkipped step=2 reason=another reminder is due
                    ReminderSent step=2 delivery=4 to=ann
                    Escalated step=2 delivery=5 to=lea
                    Escalated step=2 delivery=6 to=olga
                    ActSkipped step=2 reason=reassigned to lea
                    HandoffOffered step=2 from=ann person=lea reason=nobody acted acceptBy=2030-01-02T12:00:00Z
                    ClockSet step=2 at=2030-01-02T12:00:00Z
                """);
    }

    @Test
    void theSponsorHoldsWhatASystemWorksOn() {
        assertThat(play("""
                start -> a
                a: job type=match party=erp
                """, """
                start
                """, office().system("erp", "lea"))).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    JobOpened step=2 type=match retries=3
                    StepSponsored step=2 person=lea
                """);
    }

    @Test
    void theProcessSaysWhenItsCasesAreDue() {
        assertThat(play("""
                process p due={until}
                start -> a
                """, """
                start until=P2D
                wait P2D
                strike case
                """, office())).isEqualTo("""
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
}
