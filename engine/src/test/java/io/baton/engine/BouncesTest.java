package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is known of messages that did not arrive, and what ends the trouble. */
class BouncesTest {

    private static String play(String model, String script) {
        var office = new Office()
                .people("olga", "ann", "bob")
                .team("ap", null, "ann", "bob")
                .system("erp", "bob");
        return Scenario.play(model, script, office);
    }

    @Test
    void oneIncidentForAPersonUntilALaterMessageArrives() {
        assertThat(play("""
                start -> a
                a: user team=ap
                """, """
                start
                claim a
                --
                bounce a ann full by ~mail
                bounce a ann still-full by ~mail
                bounce a olga unknown by ~mail
                reach a bob by ~mail
                reach a ann by ~mail
                bounce b ann full by ~mail
                complete a
                bounce case olga full by ~mail
                """)).isEqualTo("""
                > bounce a ann full by ~mail
                    IncidentRaised incident=3 step=2 node=a kind=BOUNCED message=ann was not reached: full
                    IncidentNamed incident=3 about=ann
                > bounce a ann still-full by ~mail
                > bounce a olga unknown by ~mail
                    IncidentRaised incident=4 step=2 node=a kind=BOUNCED message=olga was not reached: unknown
                    IncidentNamed incident=4 about=olga
                > reach a bob by ~mail
                > reach a ann by ~mail
                    IncidentResolved incident=3
                > bounce b ann full by ~mail
                    ! NO_SUCH_STEP: no open step 999
                > complete a
                    TaskCompleted step=2
                    IncidentResolved incident=4
                    StepLeft step=2
                    CaseCompleted
                > bounce case olga full by ~mail
                    ! CASE_NOT_OPEN: the case is completed
                """);
    }

    @Test
    void passingAStepOnEndsThem() {
        assertThat(play("""
                start -> a
                a: user team=ap
                """, """
                start
                offer a bob by olga
                --
                bounce a bob full by ~mail
                offer a bob by olga
                offer a ann by olga
                """)).isEqualTo("""
                > bounce a bob full by ~mail
                    IncidentRaised incident=3 step=2 node=a kind=BOUNCED message=bob was not reached: full
                    IncidentNamed incident=3 about=bob
                > offer a bob by olga
                    HandoffWithdrawn step=2 by=olga
                    HandoffOffered step=2 from=olga person=bob reason=because
                    IncidentResolved incident=3
                > offer a ann by olga
                    HandoffWithdrawn step=2 by=olga
                    HandoffOffered step=2 from=olga person=ann reason=because
                """);
    }

    @Test
    void anotherOwnerEndsThoseOfTheCaseThatWereAboutTheOldOne() {
        assertThat(play("""
                start -> a
                a: job type=t party=erp
                """, """
                start
                bounce case olga full by ~mail
                bounce case bob gone by ~mail
                bounce a bob full by ~mail
                hand-over ann holiday by olga
                --
                accept-case by ann
                job a by ~erp
                """)).isEqualTo("""
                > accept-case by ann
                    OwnerChanged owner=ann reason=accepted
                    IncidentResolved incident=3
                > job a by ~erp
                    IncidentResolved incident=5
                    JobCompleted step=2
                    StepLeft step=2
                    CaseCompleted
                """);
    }
}
