package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.calendar.WorkingCalendar;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Times that a task offers: whoever does it books one, and may move it or give it up afterwards. */
class SlotsTest {

    private static final String PROCESS = """
            start -> choose -> until -> meet
            choose: user holder=p7 books=ann takes=PT1H
            until: catch date={at}
            """;

    /** Ann works in Berlin from ten to two. Play begins on a Tuesday at nine, which is ten in Berlin. */
    private static Office office() {
        return new Office()
                .people("olga", "p7", "bob")
                .person("ann", null)
                .working(
                        "ann",
                        WorkingCalendar.weekdays(ZoneId.of("Europe/Berlin"), LocalTime.of(10, 0), LocalTime.of(14, 0)),
                        null);
    }

    @Test
    void offersTheWorkingHoursOfWhoseTimeItIsButNotAbsences() {
        var play = started(office().absent(
                        "ann", Instant.parse("2030-01-02T00:00:00Z"), Instant.parse("2030-01-02T10:30:00Z"), null));
        var offer = Objects.requireNonNull(Slots.offer(play.state, step(play), play.roster, play.now));
        assertThat(offer.book()).isEqualTo("ann");
        assertThat(offer.starts())
                .startsWith(
                        // an hour's notice: not 09:00; the clock of Berlin is an hour ahead
                        Instant.parse("2030-01-01T10:00:00Z"),
                        Instant.parse("2030-01-01T11:00:00Z"),
                        Instant.parse("2030-01-01T12:00:00Z"),
                        // absent until half past ten
                        Instant.parse("2030-01-02T11:00:00Z"))
                .hasSize(3 + 2 + 2 * 4 + 1 * 4 + 1);
    }

    private static Play started(Roster roster) {
        var play = new Play(Models.of(PROCESS));
        play.roster = roster;
        var _ = play.send(new Command.StartCase(1, null, "olga", Run.variables()), Actor.person("olga"));
        return play;
    }

    private static int step(Play play) {
        return play.state.steps().iterator().next().id();
    }

    @Test
    void choosingATimeDoesTheTaskAndTheTimeIsTheResult() {
        assertThat(Scenario.play(PROCESS, """
                start
                --
                complete choose by p7
                book choose PT30M by p7
                book choose -PT1H by p7
                book choose PT2H seat=1 by p7
                book choose PT2H by bob
                book choose PT2H by p7
                """, office())).isEqualTo("""
                > complete choose by p7
                    ! NO_SLOT: choose a time: 'at' is empty
                > book choose PT30M by p7
                    ! NO_SLOT: 2030-01-01T09:30:00Z is none of the times that are offered
                > book choose -PT1H by p7
                    ! IN_THE_PAST: the date is over already
                > book choose PT2H seat=1 by p7
                    ! SLOT_TAKEN: at most 1 have the same time
                > book choose PT2H by bob
                    ! NOT_ASKED: the task is offered to p7
                > book choose PT2H by p7
                    HandoffAccepted step=2 person=p7
                    SlotBooked step=2 process=1 node=choose scope=0 book=ann person=p7 at=2030-01-01T11:00:00Z minutes=60 seat=0
                    TaskCompleted step=2
                    VariablesSet scope=0 variables={at=2030-01-01T11:00:00Z}
                    StepLeft step=2
                    FlowTaken scope=0 flow=choose>until
                    StepEntered step=3 node=until scope=0
                    TimerSet waitId=4 step=3 node=until due=2030-01-01T11:00:00Z repeat=0
                """);
    }

    @Test
    void whatWasBookedMovesAndWhatWaitsForItMovesWithIt() {
        assertThat(Scenario.play(PROCESS, """
                start
                book choose PT2H by p7
                --
                book 2 PT1H by bob
                book 2 PT3H by p7
                give-up 2 ill by p7
                give-up 2 ill by p7
                book 2 PT25H by ann
                wait PT26H
                book 2 PT25H by p7
                """, office())).isEqualTo("""
                > book 2 PT1H by bob
                    ! NOT_THE_HOLDER: the appointment is p7's
                > book 2 PT3H by p7
                    SlotBooked step=2 process=1 node=choose scope=0 book=ann person=p7 at=2030-01-01T12:00:00Z minutes=60 seat=0
                    VariablesSet scope=0 variables={at=2030-01-01T12:00:00Z}
                    WaitEnded waitId=4
                    TimerSet waitId=5 step=3 node=until due=2030-01-01T12:00:00Z repeat=0
                > give-up 2 ill by p7
                    SlotReleased step=2 by=p7 reason=ill
                    VariablesSet scope=0 variables={at=null}
                > give-up 2 ill by p7
                > book 2 PT25H by ann
                    SlotBooked step=2 process=1 node=choose scope=0 book=ann person=p7 at=2030-01-02T10:00:00Z minutes=60 seat=0
                    VariablesSet scope=0 variables={at=2030-01-02T10:00:00Z}
                    WaitEnded waitId=5
                    TimerSet waitId=6 step=3 node=until due=2030-01-02T10:00:00Z repeat=0
                > wait PT26H
                > book 2 PT25H by p7
                    ! TOO_LATE: the appointment was at 2030-01-02T10:00:00Z
                """);
    }

    @Test
    void theOwnerAgreesOnAnyTimeInTheNameOfWhoIsAsked() {
        assertThat(Scenario.play(PROCESS, """
                start
                claim choose by p7
                --
                book choose PT17M by olga
                cancel no-deal by olga
                """, office())).isEqualTo("""
                > book choose PT17M by olga
                    TaskTaken step=2 person=olga reason=to settle the time
                    SlotBooked step=2 process=1 node=choose scope=0 book=ann person=p7 at=2030-01-01T09:17:00Z minutes=60 seat=0
                    TaskCompleted step=2
                    VariablesSet scope=0 variables={at=2030-01-01T09:17:00Z}
                    StepLeft step=2
                    FlowTaken scope=0 flow=choose>until
                    StepEntered step=3 node=until scope=0
                    TimerSet waitId=4 step=3 node=until due=2030-01-01T09:17:00Z repeat=0
                > cancel no-deal by olga
                    SlotReleased step=2 by=olga reason=no-deal
                    StepTerminated step=3
                    CaseCancelled reason=no-deal
                """);
    }

    @Test
    void aDecisionThatIsTakenBackGivesTheTimeUp() {
        assertThat(Scenario.play("""
                start -> choose -> meet
                choose: user holder=p7 books=ann takes=PT1H undo=PT5M
                """, """
                start
                book choose PT2H by p7
                --
                book choose PT3H by p7
                take-back choose by p7
                book choose PT3H by p7
                """, office())).isEqualTo("""
                > book choose PT3H by p7
                    ! DECIDED: p7 has decided, and it takes effect at 2030-01-01T09:05:00Z; until then the decision can only be taken back
                > take-back choose by p7
                    DecisionTakenBack step=2 by=p7
                    SlotReleased step=2 by=p7 reason=the decision was taken back
                    ClockSet step=2
                > book choose PT3H by p7
                    SlotBooked step=2 process=1 node=choose scope=0 book=ann person=p7 at=2030-01-01T12:00:00Z minutes=60 seat=0
                    DecisionMade step=2 by=p7 variables={at=2030-01-01T12:00:00Z} effectiveAt=2030-01-01T09:05:00Z
                    ClockSet step=2 at=2030-01-01T09:05:00Z
                """);
    }

    @Test
    void whereNobodyIsKnownWhoseTimeItCouldBeItIsStuck() {
        assertThat(Scenario.play("""
                start -> choose
                choose: user books=nobody takes=PT1H
                """, "start", office())).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>choose
                    StepEntered step=2 node=choose scope=0
                    IncidentRaised incident=3 step=2 node=choose kind=EXPRESSION message=The directory knows nobody 'nobody' whose time could be booked
                """);
    }

    /** Berlin, 2030-03-31: after two comes three. What would begin at two would be offered twice. */
    @Test
    void noTimeIsOfferedTwiceWhenTheClockGoesForward() {
        var office = office().working("ann", WorkingCalendar.always(ZoneId.of("Europe/Berlin")), null);
        var play = new Play(Models.of(PROCESS));
        play.roster = office;
        play.now = Instant.parse("2030-03-30T23:00:00Z");
        var _ = play.send(new Command.StartCase(1, null, "olga", Run.variables()), Actor.person("olga"));
        var offer = Objects.requireNonNull(Slots.offer(play.state, step(play), play.roster, play.now));
        assertThat(offer.starts())
                .doesNotHaveDuplicates()
                .isSorted()
                .startsWith(
                        Instant.parse("2030-03-31T00:00:00Z"), // one in the morning
                        Instant.parse("2030-03-31T01:00:00Z"), // three
                        Instant.parse("2030-03-31T02:00:00Z"));
    }

    /** The boundary event lies around the call, and what it calls has a node of the same name. */
    @Test
    void whatWaitsAroundACallMovesToo() {
        assertThat(Scenario.play("""
                process p
                start -> choose -> visit -> end
                choose: user holder=p7 books=ann takes=PT1H
                visit: call process=q
                late: boundary on=visit date={at}
                late -> end2
                process q
                start -> a -> late
                late: user
                a: user
                """, """
                start
                book choose PT2H by p7
                --
                book 2 PT3H by p7
                wait PT3H
                fire late
                """, office())).isEqualTo("""
                > book 2 PT3H by p7
                    SlotBooked step=2 process=1 node=choose scope=0 book=ann person=p7 at=2030-01-01T12:00:00Z minutes=60 seat=0
                    VariablesSet scope=0 variables={at=2030-01-01T12:00:00Z}
                    WaitEnded waitId=4
                    TimerSet waitId=8 step=3 node=late due=2030-01-01T12:00:00Z repeat=0
                > wait PT3H
                > fire late
                    TimerFired waitId=8
                    StepTerminated step=6
                    StepTerminated step=3
                    StepPassed step=9 node=late scope=0
                    FlowTaken scope=0 flow=late>end2
                    StepPassed step=10 node=end2 scope=0
                    CaseCompleted
                """);
    }
}
