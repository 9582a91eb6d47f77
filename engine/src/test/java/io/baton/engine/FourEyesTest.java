package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who did the work does not check it, and who checked it does not do it, whichever was first. */
class FourEyesTest {

    private static Office office() {
        return new Office().people("olga", "ann", "bob").team("ap", null, "ann", "bob");
    }

    @Test
    void whoDidTheWorkDoesNotCheckIt() {
        assertThat(Scenario.play("""
                start -> enter -> check
                enter: user team=ap
                check: user team=ap eyes=enter
                """, """
                start
                claim enter by ann
                complete enter by ann
                --
                claim check by ann
                claim check by bob
                offer check ann by bob
                complete check by bob
                """, office())).isEqualTo("""
                > claim check by ann
                    ! MAY_NOT_HOLD: ann did 'enter'; the step needs another pair of eyes
                > claim check by bob
                    TaskClaimed step=3 person=bob
                > offer check ann by bob
                    ! MAY_NOT_HOLD: ann did 'enter'; the step needs another pair of eyes
                > complete check by bob
                    TaskCompleted step=3
                    StepLeft step=3
                    CaseCompleted
                """);
    }

    @Test
    void whoCheckedItWhileItWasOpenDoesNotDoIt() {
        assertThat(Scenario.play("""
                start -> fork
                fork: and
                fork -> enter
                fork -> check
                enter: user team=ap
                check: user team=ap eyes=enter
                """, """
                start
                claim enter by ann
                claim check by ann
                complete check by ann
                --
                complete enter by ann
                offer enter bob by ann
                claim enter by bob
                complete enter by bob
                """, office())).isEqualTo("""
                > complete enter by ann
                    ! MAY_NOT_HOLD: ann has checked this step already; it needs another pair of eyes
                > offer enter bob by ann
                    HandoffOffered step=3 from=ann person=bob reason=because
                > claim enter by bob
                    HandoffAccepted step=3 person=bob
                > complete enter by bob
                    TaskCompleted step=3
                    StepLeft step=3
                    CaseCompleted
                """);
    }
}
