package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When nothing happens for longer than a step usually takes. */
class StallsTest {

    private static Office office() {
        var office = new Office()
                .people("olga", "ann", "bob")
                .team("ap", null, "ann", "bob")
                .system("erp", "bob");
        office.usual.put("a", Duration.ofHours(5));
        office.usual.put("match", Duration.ofSeconds(2));
        return office;
    }

    @Test
    void aTaskStallsWhenNobodyDoesAnythingAboutIt() {
        assertThat(Scenario.play("""
                start -> a
                a: user team=ap
                """, """
                start
                --
                wait PT4H
                claim a
                wait PT4H59M
                strike a
                wait PT1M
                strike a
                offer a bob
                claim a by bob
                promise a PT12H by bob
                """, office())).isEqualTo("""
                > wait PT4H
                > claim a
                    TaskClaimed step=2 person=ann
                    ClockSet step=2 at=2030-01-01T18:00:00Z
                > wait PT4H59M
                > strike a
                    ! TIMER_NOT_DUE: the clock of step 2 stands at 2030-01-01T18:00:00Z
                > wait PT1M
                > strike a
                    IncidentRaised incident=3 step=2 node=a kind=STALLED message=Nothing has happened for longer than 95 % of these steps took
                    ClockSet step=2
                > offer a bob
                    HandoffOffered step=2 from=ann person=bob reason=because
                    IncidentResolved incident=3
                    ClockSet step=2 at=2030-01-01T23:00:00Z
                > claim a by bob
                    HandoffAccepted step=2 person=bob
                > promise a PT12H by bob
                    DatePromised step=2 person=bob at=2030-01-02T06:00:00Z
                    ClockSet step=2 at=2030-01-02T06:00:00Z
                """);
    }

    @Test
    void aJobStallsThatNobodyTakes() {
        assertThat(Scenario.play("""
                start -> match
                match: job type=t party=erp
                """, """
                start
                wait PT1H
                strike match
                --
                fail match timeout retries=1 by ~erp
                fail match timeout retries=0 by ~erp
                resolve match
                job match by ~erp
                """, office())).isEqualTo("""
                > fail match timeout retries=1 by ~erp
                    JobFailed step=2 retries=1 message=timeout
                    IncidentResolved incident=3
                    ClockSet step=2 at=2030-01-01T11:00:00Z
                > fail match timeout retries=0 by ~erp
                    JobFailed step=2 retries=0 message=timeout
                    IncidentRaised incident=4 step=2 node=match kind=JOB message=timeout
                    ClockSet step=2
                > resolve match
                    IncidentResolved incident=4
                    JobOpened step=2 type=t retries=3
                    ClockSet step=2 at=2030-01-01T11:00:00Z
                > job match by ~erp
                    JobCompleted step=2
                    StepLeft step=2
                    CaseCompleted
                """);
    }
}
