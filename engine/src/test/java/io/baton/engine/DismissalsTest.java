package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Trouble that somebody resolved by hand stays resolved until something is new. */
class DismissalsTest {

    private static Office office() {
        var office = new Office().people("olga", "ann", "bob").team("ap", null, "ann", "bob");
        office.usual.put("a", Duration.ofHours(5));
        return office;
    }

    @Test
    void aLateStepComesBackWithItsNextDueDateAlone() {
        assertThat(Scenario.play("""
                start -> a
                a: user team=ap due=PT1H
                """, """
                start
                wait PT1H
                strike a
                --
                resolve a
                claim a
                promise a PT3H
                offer a bob
                wait PT1H
                due a PT1H later by olga
                wait PT1H
                strike a
                """, office())).isEqualTo("""
                > resolve a
                    IncidentDismissed incident=3
                    IncidentResolved incident=3
                > claim a
                    TaskClaimed step=2 person=ann
                    ClockSet step=2 at=2030-01-01T15:00:00Z
                > promise a PT3H
                    DatePromised step=2 person=ann at=2030-01-01T13:00:00Z
                    ClockSet step=2 at=2030-01-01T13:00:00Z
                > offer a bob
                    HandoffOffered step=2 from=ann person=bob reason=because
                > wait PT1H
                > due a PT1H later by olga
                    DueChanged step=2 due=2030-01-01T12:00:00Z reason=later
                    ClockSet step=2 at=2030-01-01T12:00:00Z
                > wait PT1H
                > strike a
                    IncidentRaised incident=4 step=2 node=a kind=OVERDUE message=The step is past its due date
                    ClockSet step=2 at=2030-01-01T13:00:00Z
                """);
    }

    @Test
    void aLateCaseComesBackWithItsNextDueDateAlone() {
        assertThat(Scenario.play("""
                process p due=PT4H
                start -> a
                a: user team=ap takes=PT5H
                """, """
                start
                --
                wait PT1S
                claim a
                resolve 3
                wait PT4H
                strike case
                resolve 4
                release a
                due case PT1H later by olga
                wait PT1H
                strike case
                """, office())).isEqualTo("""
                > wait PT1S
                > claim a
                    TaskClaimed step=2 person=ann
                    ClockSet step=2 at=2030-01-01T14:00:01Z
                > resolve 3
                    IncidentDismissed incident=3
                    IncidentResolved incident=3
                > wait PT4H
                > strike case
                    IncidentRaised incident=4 step=0 node= kind=OVERDUE message=The case is past its due date
                    ClockSet step=0
                > resolve 4
                    IncidentDismissed incident=4
                    IncidentResolved incident=4
                > release a
                    TaskReleased step=2
                    ClockSet step=2 at=2030-01-01T18:00:01Z
                > due case PT1H later by olga
                    DueChanged step=0 due=2030-01-01T14:00:01Z reason=later
                    IncidentRaised incident=5 step=0 node= kind=AT_RISK message=What is still to do should have begun at 2030-01-01T09:00:01Z to be done by 2030-01-01T14:00:01Z
                    ClockSet step=0 at=2030-01-01T14:00:01Z
                > wait PT1H
                > strike case
                    IncidentRaised incident=6 step=0 node= kind=OVERDUE message=The case is past its due date
                    IncidentResolved incident=5
                    ClockSet step=0
                """);
    }

    @Test
    void aStallComesBackAfterAsLongAgain() {
        assertThat(Scenario.play("""
                start -> a
                a: user team=ap
                """, """
                start
                claim a
                wait PT5H
                strike a
                --
                wait PT1H
                resolve a
                wait PT5H
                strike a
                """, office())).isEqualTo("""
                > wait PT1H
                > resolve a
                    IncidentDismissed incident=3
                    IncidentResolved incident=3
                    ClockSet step=2 at=2030-01-01T20:00:00Z
                > wait PT5H
                > strike a
                    IncidentRaised incident=4 step=2 node=a kind=STALLED message=Nothing has happened for longer than 95 % of these steps took
                    ClockSet step=2
                """);
    }

    @Test
    void anOrphanComesBackAtOnce() {
        assertThat(Scenario.play("""
                start -> a
                a: user
                """, """
                start
                --
                resolve a
                """, office())).isEqualTo("""
                > resolve a
                    IncidentResolved incident=3
                    IncidentRaised incident=4 step=2 node=a kind=ORPHANED message=The process names nobody for the step
                """);
    }
}
