package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Roster.Team;
import io.baton.engine.calendar.WorkingCalendar;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Due dates in working time and just in time for the case, and the time that a case has left over. It is Tuesday, 09:00 UTC. */
class DeadlineTest {

    private static final WorkingCalendar BERLIN =
            WorkingCalendar.weekdays(ZoneId.of("Europe/Berlin"), LocalTime.of(9, 0), LocalTime.of(17, 0));
    private static final WorkingCalendar NEW_YORK =
            WorkingCalendar.weekdays(ZoneId.of("America/New_York"), LocalTime.of(9, 0), LocalTime.of(17, 0));

    private static Office office() {
        var office = new Office().people("olga", "ann", "bob").team("ap", null, "ann", "bob");
        office.teams.put("us", new Team("us", Team.Kind.TEAM, null, List.of("bob"), NEW_YORK));
        return office.working("olga", BERLIN, null).working("ann", BERLIN, null).working("bob", NEW_YORK, null);
    }

    private static String play(String model, String script) {
        return Scenario.play(model, script, office());
    }

    /** Two working days later at the same hour, by the calendar of whoever should act; later hands do not move it. */
    @Test
    void countsInTheWorkingTimeOfWhoeverShouldAct() {
        assertThat(play("""
                start -> ours -> theirs -> queue
                ours: user holder=ann due=P2DT2H working
                theirs: user holder=bob due=P2D working
                queue: user team=us due=PT4H working
                """, """
                start
                complete ours by ann
                claim theirs by bob
                offer theirs ann by bob
                complete theirs by ann
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>ours
                    StepEntered step=2 node=ours scope=0
                    TaskOpened step=2
                    HandoffOffered step=2 from=olga person=ann reason=named by the process
                    DueMoved step=2 due=2030-01-03T11:00:00Z
                    ClockSet step=2 at=2030-01-03T11:00:00Z
                > complete ours by ann
                    HandoffAccepted step=2 person=ann
                    TaskCompleted step=2
                    StepLeft step=2
                    FlowTaken scope=0 flow=ours>theirs
                    StepEntered step=3 node=theirs scope=0
                    TaskOpened step=3
                    HandoffOffered step=3 from=olga person=bob reason=named by the process
                    DueMoved step=3 due=2030-01-03T14:00:00Z
                    ClockSet step=3 at=2030-01-03T14:00:00Z
                > claim theirs by bob
                    HandoffAccepted step=3 person=bob
                > offer theirs ann by bob
                    HandoffOffered step=3 from=bob person=ann reason=because
                > complete theirs by ann
                    HandoffAccepted step=3 person=ann
                    TaskCompleted step=3
                    StepLeft step=3
                    FlowTaken scope=0 flow=theirs>queue
                    StepEntered step=4 node=queue scope=0
                    TaskOpened step=4 team=us
                    DueMoved step=4 due=2030-01-01T18:00:00Z
                    ClockSet step=4 at=2030-01-01T18:00:00Z
                """);
    }

    @Test
    void theDueDateOfACaseCountsInTheWorkingTimeOfItsOwner() {
        assertThat(play("""
                process p due=P3D working
                start -> a
                a: user team=ap
                """, """
                start
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    DueChanged step=0 due=2030-01-04T09:00:00Z reason=by the process
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    TaskOpened step=2 team=ap
                    ClockSet step=0 at=2030-01-04T09:00:00Z
                """);
    }

    /** The job after it takes a day, and checking it four hours of work: Monday 13:00 in Berlin, less a day. */
    @Test
    void whatIsDueJustInTimeFollowsTheCase() {
        assertThat(play("""
                process p due=P6DT8H
                start -> a -> check -> ship -> end
                a: user team=ap due=jit takes=PT1H
                check: user team=ap takes=PT4H
                ship: job type=ship takes=P1D
                """, """
                start
                due case P7D later by olga
                due a PT1H mine by olga
                due case P8D again by olga
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    DueChanged step=0 due=2030-01-07T17:00:00Z reason=by the process
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    TaskOpened step=2 team=ap due=2030-01-04T12:00:00Z
                    ClockSet step=2 at=2030-01-04T12:00:00Z
                    ClockSet step=0 at=2030-01-04T11:00:00.000001Z
                > due case P7D later by olga
                    DueChanged step=0 due=2030-01-08T09:00:00Z reason=later
                    DueMoved step=2 due=2030-01-04T13:00:00Z
                    ClockSet step=2 at=2030-01-04T13:00:00Z
                    ClockSet step=0 at=2030-01-04T12:00:00.000001Z
                > due a PT1H mine by olga
                    DueChanged step=2 due=2030-01-01T10:00:00Z reason=mine
                    ClockSet step=2 at=2030-01-01T10:00:00Z
                > due case P8D again by olga
                    DueChanged step=0 due=2030-01-09T09:00:00Z reason=again
                    ClockSet step=0 at=2030-01-07T12:00:00.000001Z
                """);
    }

    @Test
    void aCaseIsAtRiskFromWhenItsBufferIsUsedUp() {
        assertThat(play("""
                process p due=PT10H
                start -> a -> ship -> end
                a: user team=ap
                ship: job type=ship takes=PT4H
                """, """
                start
                wait PT6H
                strike case
                wait PT0.000001S
                strike case
                due case PT5H agreed by olga
                wait PT2H
                strike case
                complete a
                wait PT3H
                strike case
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    DueChanged step=0 due=2030-01-01T19:00:00Z reason=by the process
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    TaskOpened step=2 team=ap
                    ClockSet step=0 at=2030-01-01T15:00:00.000001Z
                > wait PT6H
                > strike case
                    ! TIMER_NOT_DUE: the clock of step 0 stands at 2030-01-01T15:00:00.000001Z
                > wait PT0.000001S
                > strike case
                    IncidentRaised incident=3 step=0 node= kind=AT_RISK message=What is still to do should have begun at 2030-01-01T15:00:00Z to be done by 2030-01-01T19:00:00Z
                    ClockSet step=0 at=2030-01-01T19:00:00Z
                > due case PT5H agreed by olga
                    DueChanged step=0 due=2030-01-01T20:00:00.000001Z reason=agreed
                    IncidentResolved incident=3
                    ClockSet step=0 at=2030-01-01T16:00:00.000002Z
                > wait PT2H
                > strike case
                    IncidentRaised incident=4 step=0 node= kind=AT_RISK message=What is still to do should have begun at 2030-01-01T16:00:00.000001Z to be done by 2030-01-01T20:00:00.000001Z
                    ClockSet step=0 at=2030-01-01T20:00:00.000001Z
                > complete a
                    TaskClaimed step=2 person=ann
                    TaskCompleted step=2
                    StepLeft step=2
                    FlowTaken scope=0 flow=a>ship
                    StepEntered step=5 node=ship scope=0
                    JobOpened step=5 type=ship retries=3
                > wait PT3H
                > strike case
                    IncidentRaised incident=6 step=0 node= kind=OVERDUE message=The case was due at 2030-01-01T20:00:00.000001Z
                    IncidentResolved incident=4
                    ClockSet step=0
                """);
    }

    @Test
    void aBufferSaysWhatItCounts() {
        var play = new Play(Models.of("""
                process p due=P3D
                start -> first -> fork
                first: xor
                fork: and
                fork -> short -> join
                fork -> long -> wait -> join
                short: user team=ap takes=PT1H
                long: job type=long takes=PT30H
                wait: catch timer=PT2H
                join: and
                join -> again
                again: xor
                again -> first if 1 = 2
                again -> last default
                last: sub
                  start2 -> inner -> end2
                  inner: user team=us takes=PT8H
                last -> end
                """));
        play.roster = office();
        play.send(new Command.StartCase(1, null, "olga", new LinkedHashMap<>()), Actor.person("olga"));
        var buffer = Objects.requireNonNull(Buffer.of(play.state, play.roster, play.now));

        // Due on Friday at 09:00, which is before New York works: all of Thursday's work there, 14:00 to 22:00
        assertThat(text(buffer)).isEqualTo("""
                left PT21H
                step 4 left PT52H
                  short PT1H of work from 2030-01-03T13:00:00Z until 2030-01-03T14:00:00Z
                  inner PT8H of work from 2030-01-03T14:00:00Z until 2030-01-04T09:00:00Z
                step 5 left PT21H
                  long PT30H from 2030-01-02T06:00:00Z until 2030-01-03T12:00:00Z
                  wait PT2H from 2030-01-03T12:00:00Z until 2030-01-03T14:00:00Z
                  inner PT8H of work from 2030-01-03T14:00:00Z until 2030-01-04T09:00:00Z
                """);
    }

    private static String text(Buffer buffer) {
        var text = new StringBuilder("left " + buffer.left() + "\n");
        for (var step : buffer.steps()) {
            text.append("step ")
                    .append(step.step())
                    .append(" left ")
                    .append(step.left())
                    .append('\n');
            for (var term : step.terms()) {
                text.append("  %s %s%s from %s until %s%n"
                        .formatted(
                                term.node(),
                                term.takes(),
                                term.workingTime() ? " of work" : "",
                                term.from(),
                                term.until()));
            }
        }
        return text.toString();
    }

    /** Work of four hours can begin today at 10:00 in Berlin at the earliest, and what follows goes on day and night. */
    @Test
    void whatCannotBeDoneInTimeIsKnownBeforeACaseStarts() {
        assertThat(preflight("PT21H")).containsExactly(Preflight.Kind.IMPOSSIBLE_DEADLINE);
        assertThat(preflight("PT19H")).isEmpty();
    }

    private static List<Preflight.Kind> preflight(String shipping) {
        var models = Models.of("""
                process p due=P1D
                start -> a -> ship -> end
                a: user team=ap takes=PT4H
                ship: job type=ship takes=%s
                """.formatted(shipping));
        return Preflight.of(models.all().getFirst(), new LinkedHashMap<>(), "olga", new Play(models).now, office())
                .stream()
                .map(Preflight.Finding::kind)
                .toList();
    }
}
