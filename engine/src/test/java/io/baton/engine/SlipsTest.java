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
                """, office())).isEqualTo("");
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
                """, office())).isEqualTo("");
    }

    @Test
    void whatWasSentBackIsTakenBackUnlessTheOtherHasActed() {
        assertThat(Scenario.play(PROCESS, """
                start
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
                """, office())).isEqualTo("");
    }
}
