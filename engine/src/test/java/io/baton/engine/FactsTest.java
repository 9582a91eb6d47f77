package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What systems say of a case: where they disagree a person is told, and what ends it. */
class FactsTest {

    private static String play(String script) {
        return Scenario.play("""
                start -> a
                a: user team=ap
                """, script, new Office().people("olga", "ann").team("ap", null, "ann"));
    }

    @Test
    void oneIncidentForANameUntilTheyAgree() {
        assertThat(play("""
                start amount=1200
                --
                facts erp amount=1200 by ~erp
                facts bank amount=1300 iban=DE1 by ~bank
                facts bank amount=1300 by ~bank
                facts bank amount=1250 by ~bank
                facts bank amount=1200 by ~bank
                """)).isEqualTo("""
                > facts erp amount=1200 by ~erp
                    FactsStated system=erp facts={amount=1200}
                > facts bank amount=1300 iban=DE1 by ~bank
                    FactsStated system=bank facts={amount=1300, iban=DE1}
                    IncidentRaised incident=3 step=0 node= kind=CONFLICT message=amount: erp says 1200, bank says 1300, the case says 1200
                    IncidentNamed incident=3 about=amount
                > facts bank amount=1300 by ~bank
                > facts bank amount=1250 by ~bank
                    FactsStated system=bank facts={amount=1250}
                    IncidentResolved incident=3
                    IncidentRaised incident=4 step=0 node= kind=CONFLICT message=amount: erp says 1200, bank says 1250, the case says 1200
                    IncidentNamed incident=4 about=amount
                > facts bank amount=1200 by ~bank
                    FactsStated system=bank facts={amount=1200}
                    IncidentResolved incident=4
                """);
    }

    @Test
    void whatAPersonDecidesHoldsUntilASystemSaysSomethingElse() {
        assertThat(play("""
                start
                facts erp amount=1 by ~erp
                facts bank amount=2 by ~bank
                --
                decide 7 3
                decide 3 3
                facts bank amount=2 by ~bank
                facts bank amount=4 by ~bank
                resolve 4
                set 0 amount=5
                """)).isEqualTo("""
                > decide 7 3
                    ! NO_SUCH_INCIDENT: no open conflict 7
                > decide 3 3
                    IncidentResolved incident=3
                    FactDecided name=amount
                    VariablesSet scope=0 variables={amount=3}
                > facts bank amount=2 by ~bank
                > facts bank amount=4 by ~bank
                    FactsStated system=bank facts={amount=4}
                    IncidentRaised incident=4 step=0 node= kind=CONFLICT message=amount: bank says 4, the case says 3
                    IncidentNamed incident=4 about=amount
                > resolve 4
                    IncidentResolved incident=4
                    FactDecided name=amount
                > set 0 amount=5
                    VariablesSet scope=0 variables={amount=5}
                """);
    }

    @Test
    void aCaseKeepsOnlySoMuch() {
        var play = new Play(Models.of("start -> a\na: user"));
        play.send(new Command.StartCase(1, null, "olga", Run.variables()), Actor.person("ann"));
        for (int i = 0; i < Facts.SYSTEMS_MAX; i++) {
            assertThat(play.send(facts("s" + i, 1, 1), Actor.system("s"))).isInstanceOf(Outcome.Accepted.class);
        }
        isTooLarge(play, facts("another", 1, 1));
        isTooLarge(play, facts("s1", Facts.NAMES_MAX + 1, 1));
        assertThat(play.send(facts("s1", Facts.NAMES_MAX, 1), Actor.system("s")))
                .isInstanceOf(Outcome.Accepted.class);
        isTooLarge(play, facts("s1", 1, Facts.LENGTH_MAX + 1));
        isTooLarge(play, facts("s".repeat(Facts.LENGTH_MAX + 1), 1, 1));
    }

    private static Command facts(String system, int names, int length) {
        var facts = Run.variables();
        IntStream.range(0, names).forEach(i -> facts.put("n" + i, length == 1 ? BigDecimal.ONE : "x".repeat(length)));
        return new Command.ReportFacts(system, facts);
    }

    private static void isTooLarge(Play play, Command command) {
        assertThat(play.send(command, Actor.system("s")))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Refusal.TOO_LARGE));
    }
}
