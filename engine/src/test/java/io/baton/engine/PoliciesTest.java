package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Policy.Act;
import io.baton.engine.Policy.To;
import io.baton.engine.Policy.What;
import io.baton.engine.calendar.QuietHours;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens by a policy when nobody acts. */
class PoliciesTest {

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
        assertThat(Scenario.play("""
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
                """, Office.ofTwoTeams().policy(CHASE))).isEqualTo("""
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
        assertThat(Scenario.play("""
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
                """, Office.ofTwoTeams().policy(CHASE))).isEqualTo("""
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
        assertThat(Scenario.play("""
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
                """, Office.ofTwoTeams().policy(CHASE).working("ann", Roster.ALWAYS, quiet)))
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
    void aClockThatStrikesLateDisturbsNobody() {
        var quiet = QuietHours.of(ZoneOffset.UTC, LocalTime.of(18, 0), LocalTime.of(8, 0));
        assertThat(Scenario.play("""
                start -> a
                a: user team=ap due=PT10H policy=chase
                """, """
                start
                claim a
                --
                wait PT9H
                wait PT30M
                strike a
                """, Office.ofTwoTeams().policy(CHASE).working("ann", Roster.ALWAYS, quiet)))
                .isEqualTo("""
                > wait PT9H
                > wait PT30M
                > strike a
                    ClockSet step=2
                    ClockSet step=2 at=2030-01-01T19:00:00Z
                """);
    }
}
