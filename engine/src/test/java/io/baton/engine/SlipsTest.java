package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What was done by a slip is taken back for some minutes, unless somebody has acted on it. */
class SlipsTest {

    private static final String PROCESS = """
            start -> a -> b
            a: user team=ap
            """;

    private static Office office() {
        return new Office().people("ann", "bob", "olga", "p7", "p8").team("ap", "bob", "ann", "bob");
    }

    @Test
    void aPromiseIsTakenBackAndTheOneBeforeHoldsAgain() {
        assertThat(Scenario.play(PROCESS, """
                start
                claim a by ann
                promise a PT48H by ann
                wait PT1H
                promise a PT72H by ann
                --
                slip a by bob
                slip a by ann
                slip a by ann
                promise a PT96H by ann
                wait PT15M
                slip a by ann
                """, office())).isEqualTo("""
                > slip a by bob
                    ! TOO_LATE: bob did nothing here within 15 minutes that could be taken back, or something happened since
                > slip a by ann
                    PromiseWithdrawn step=2 by=ann before=2030-01-03T09:00:00Z
                    ClockSet step=2 at=2030-01-03T09:00:00Z
                > slip a by ann
                    ! TOO_LATE: ann did nothing here within 15 minutes that could be taken back, or something happened since
                > promise a PT96H by ann
                    DatePromised step=2 person=ann at=2030-01-05T10:00:00Z
                    ClockSet step=2 at=2030-01-05T10:00:00Z
                > wait PT15M
                > slip a by ann
                    ! TOO_LATE: ann did nothing here within 15 minutes that could be taken back, or something happened since
                """);
    }

    @Test
    void aNoToAnOfferIsTakenBackUnlessAnotherIsAsked() {
        assertThat(Scenario.play(PROCESS, """
                start
                claim a by ann
                offer a p7 by ann
                decline a busy by p7
                --
                slip a by p7
                decline a busy by p7
                offer a p8 by ann
                slip a by p7
                """, office())).isEqualTo("""
                > slip a by p7
                    HandoffOffered step=2 from=ann person=p7 reason=declined by a slip
                    IncidentResolved incident=3
                > decline a busy by p7
                    HandoffDeclined step=2 person=p7 reason=busy
                    IncidentRaised incident=4 step=2 node=a kind=NOT_ACCEPTED message=p7 declined: busy
                > offer a p8 by ann
                    HandoffOffered step=2 from=ann person=p8 reason=because
                    IncidentResolved incident=4
                > slip a by p7
                    ! TOO_LATE: p7 did nothing here within 15 minutes that could be taken back, or something happened since
                """);
    }

    @Test
    void whatWasSentBackIsTakenBackUnlessTheOtherHasActed() {
        assertThat(Scenario.play(PROCESS, """
                start
                wait PT1H
                claim a by ann
                wait PT1H
                offer a p7 by ann
                claim a by p7
                wait PT1H
                send-back a contract by p7
                --
                slip a by p7
                send-back a contract by p7
                promise a PT48H by ann
                slip a by p7
                """, office())).isEqualTo("""
                > slip a by p7
                    TaskTaken step=2 person=p7 reason=sent back by a slip
                > send-back a contract by p7
                    TaskSentBack step=2 from=p7 to=ann missing=contract
                > promise a PT48H by ann
                    DatePromised step=2 person=ann at=2030-01-03T12:00:00Z
                    ClockSet step=2 at=2030-01-03T12:00:00Z
                > slip a by p7
                    ! TOO_LATE: p7 did nothing here within 15 minutes that could be taken back, or something happened since
                """);
    }
}
