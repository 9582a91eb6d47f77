package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A step that asks for a skill, or for a limit, is in no other hands, whichever way it goes. */
class SkillTest {

    /** ann may approve up to 10,000, bob as much as there is, cy nothing; lea leads them and may up to 50,000. */
    private static Office office() {
        return new Office()
                .people("olga", "cy")
                .person("lea", null, "approve <= 50000")
                .person("ann", "lea", "iban", "approve <= 10000")
                .person("bob", "lea", "approve")
                .team("ap", "lea", "ann", "bob", "cy");
    }

    private static final String APPROVAL = """
            start -> a
            a: user team=ap assign=turns skill=approve amount={amount}
            """;

    private static String play(String model, String script, Office office) {
        return Scenario.play(model, script, office);
    }

    @Test
    void whoHasNotTheSkillGetsTheStepInNoWay() {
        assertThat(play(APPROVAL, """
                start amount=12000
                decline a busy by bob
                --
                claim a by ann
                claim a by cy
                offer a ann by olga
                complete a by cy
                claim a by bob
                offer a cy by bob
                offer a lea by bob
                claim a by lea
                complete a by lea
                """, office())).isEqualTo("""
                > claim a by ann
                    ! MAY_NOT_HOLD: the step needs the skill 'approve' up to 12000, which ann has not
                > claim a by cy
                    ! MAY_NOT_HOLD: the step needs the skill 'approve' up to 12000, which cy has not
                > offer a ann by olga
                    ! MAY_NOT_HOLD: the step needs the skill 'approve' up to 12000, which ann has not
                > complete a by cy
                    ! MAY_NOT_HOLD: the step needs the skill 'approve' up to 12000, which cy has not
                > claim a by bob
                    TaskClaimed step=2 person=bob
                    IncidentResolved incident=3
                > offer a cy by bob
                    ! MAY_NOT_HOLD: the step needs the skill 'approve' up to 12000, which cy has not
                > offer a lea by bob
                    HandoffOffered step=2 from=bob person=lea reason=because
                > claim a by lea
                    HandoffAccepted step=2 person=lea
                > complete a by lea
                    TaskCompleted step=2
                    StepLeft step=2
                    CaseCompleted
                """);
    }

    @ParameterizedTest
    @CsvSource({"9999.99,ann", "10000,ann", "10000.01,bob", "-5,ann", "1000000,bob"})
    void theLimitIncludesItsAmount(String amount, String asked) {
        var office = office();
        office.given.put("bob", Instant.parse("2029-01-01T00:00:00Z")); // ann is before him wherever she may
        assertThat(play(APPROVAL, "start amount=" + amount, office)).contains("person=" + asked + " ");
    }

    @Test
    void aSubstituteNeedsItToo() {
        var model = """
                start -> a
                a: user team=ap holder=bob skill=approve amount={amount}
                """;
        var office = office().absent(
                        "bob", Instant.parse("2029-12-24T00:00:00Z"), Instant.parse("2030-01-07T00:00:00Z"), "ann");
        assertThat(play(model, "start amount=500", office)).contains("person=ann reason=stands in for bob");
        assertThat(play(model, "start amount=20000", office))
                .doesNotContain("HandoffOffered")
                .contains("kind=ORPHANED");
    }

    @Test
    void whoLosesItCannotCompleteAnyMore() {
        assertThat(play(APPROVAL, """
                start amount=500
                claim a by ann
                skills ann iban
                --
                complete a by ann
                offer a bob by ann
                """, office())).isEqualTo("""
                > complete a by ann
                    ! MAY_NOT_HOLD: the step needs the skill 'approve' up to 500, which ann has not
                > offer a bob by ann
                    HandoffOffered step=2 from=ann person=bob reason=because
                """);
    }

    @Test
    void anAmountThatIsNoNumberIsAnIncident() {
        assertThat(play(APPROVAL, "start amount=much", office()))
                .contains("kind=EXPRESSION message=Expected the amount to be a number, but it is 'much'")
                .doesNotContain("HandoffOffered");
    }

    @Test
    void aSkillWithoutAnAmountAsksForNoLimit() {
        assertThat(play("""
                start -> a
                a: user team=ap skill=approve
                """, "start\nclaim a by ann\ncomplete a by ann", office()))
                .contains("CaseCompleted");
    }

    @ParameterizedTest
    @CsvSource({"approve <= 10000,", "approve ≤ 10000.50,", "iban,", "approve <= a lot,a skill with a limit", "a <=,"})
    void aLimitIsANumber(String skill, String complaint) {
        if (complaint == null) {
            assertThat(Roster.Skill.complaint(skill)).isNull();
        } else {
            assertThat(Roster.Skill.complaint(skill)).startsWith(complaint);
        }
    }
}
