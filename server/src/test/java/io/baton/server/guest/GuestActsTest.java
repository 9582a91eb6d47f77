package io.baton.server.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Obstacle;
import io.baton.engine.Refusal;
import io.baton.server.guest.Answers.Problem;
import io.baton.server.guest.Answers.Why;
import io.baton.server.guest.GuestActs.Grade;
import io.baton.server.guest.GuestActs.NotPassedOn;
import io.baton.server.guest.GuestActs.Result;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What contacts do, as commands that they give. */
class GuestActsTest {

    private static final GuestCompany COMPANY = new GuestCompany();
    private static final GuestActs ACTS = COMPANY.node.guestActs();

    private static final Map<String, List<String>> RIGHT =
            Map.of("invoiceNumber", List.of("4712"), "amount", List.of("1 200,50"), "currency", List.of("EUR"));

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private static long started() {
        return COMPANY.started(COMPANY.vera, Map.of("margin", "SECRET"));
    }

    private static Result act(long caseId, String node, Act act) {
        return ACTS.perform(COMPANY.vera, caseId, COMPANY.step(caseId, node).id(), act, null);
    }

    private static Map<String, List<String>> with(String name, String... values) {
        var fields = new LinkedHashMap<>(RIGHT);
        fields.put(name, List.of(values));
        return fields;
    }

    @Test
    void answersWithTheFieldsOfTheFormAndNothingElse() {
        var id = started();
        var fields = new LinkedHashMap<>(with("margin", "0"));
        fields.put("final", List.of("on"));
        fields.put("changed", List.of("tax", "amount"));
        fields.put("lines.1.item", List.of("Screws"));
        fields.put("lines.1.price", List.of("3"));
        fields.put("dated", List.of("2026-11-03"));
        assertThat(act(id, "correct", new Act.Answer(fields))).isInstanceOf(Result.Performed.class);
        var variables = COMPANY.state(id).variables();
        assertThat(variables)
                .containsEntry("invoiceNumber", "4712")
                .containsEntry("amount", new BigDecimal("1200.5"))
                .containsEntry("margin", "SECRET")
                .containsEntry("final", true)
                .containsEntry("dated", "2026-11-03")
                .containsEntry("changed", List.of("tax", "amount"))
                .containsEntry("lines", List.of(Map.of("item", "Screws", "price", new BigDecimal("3"))))
                .containsEntry("note", null);
        assertThat(COMPANY.isAt(id, "agree")).isTrue();
    }

    @Test
    void tellsWhatIsWrongFieldByField() {
        var id = started();
        var fields = new LinkedHashMap<String, List<String>>();
        fields.put("invoiceNumber", List.of("123456789012345678901"));
        fields.put("amount", List.of("0.001"));
        fields.put("currency", List.of("GBP"));
        fields.put("dated", List.of("tomorrow"));
        fields.put("changed", List.of("tax", "nothing"));
        fields.put("lines.0.price", List.of("x"));
        var wrong = (Result.Wrong) act(id, "correct", new Act.Answer(fields));
        assertThat(wrong.problems().entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue().why()))
                .containsExactly(
                        "invoiceNumber " + Why.TOO_LONG,
                        "amount " + Why.TOO_SMALL,
                        "dated " + Why.NOT_A_DATE,
                        "currency " + Why.NOT_A_CHOICE,
                        "changed " + Why.NOT_A_CHOICE,
                        "lines.0.item " + Why.REQUIRED,
                        "lines.0.price " + Why.NOT_A_NUMBER);
        assertThat(COMPANY.isAt(id, "correct")).isTrue();
        assertThat(((Result.Wrong) act(id, "correct", new Act.Answer(with("amount", "12.345")))).problems())
                .containsOnlyKeys("amount");
    }

    @Test
    void nobodyElseSeesOrDoesAnythingThere() {
        var id = started();
        var step = COMPANY.step(id, "correct").id();
        for (var act : List.of(new Act.Answer(RIGHT), new Act.Accept(), new Act.Decline("no"))) {
            assertThat(ACTS.perform(COMPANY.zoe, id, step, act, null)).isEqualTo(new Result.NotTheirs());
            assertThat(ACTS.grade(COMPANY.zoe, id, step, act)).isEmpty();
        }
        assertThat(ACTS.see(COMPANY.zoe, id)).isEmpty();
        assertThat(ACTS.perform(COMPANY.vera, id, step + 1, new Act.Accept(), null))
                .isEqualTo(new Result.NotTheirs());
        assertThat(ACTS.perform(COMPANY.vera, 1, 1, new Act.Accept(), null)).isEqualTo(new Result.NotTheirs());
    }

    @Test
    void seesWhatIsSharedAndTheFieldsOfItsForm() {
        var id = started();
        var seen = ACTS.see(COMPANY.vera, id).orElseThrow();
        var task = seen.tasks().getFirst();
        assertThat(seen.shared()).containsOnlyKeys("invoiceNumber", "purchaseOrder", "reason");
        assertThat(seen.seen(task, ACTS.form(seen, task))).containsOnlyKeys("invoiceNumber", "purchaseOrder", "reason");
        assertThat(COMPANY.node.cases().find(id).orElseThrow().title()).contains("SECRET");
        assertThat(seen.title()).isNull();
    }

    @Test
    void approvesAndRejectsWithTheReasonWhereTheFormAsksForIt() {
        var id = started();
        assertThat(act(id, "correct", new Act.Approve())).isEqualTo(new Result.NotThatSimple());
        act(id, "correct", new Act.Answer(RIGHT));
        assertThat(((Result.Wrong) act(id, "agree", new Act.Reject(""))).problems())
                .containsOnlyKeys("why");
        assertThat(act(id, "agree", new Act.Reject("too much"))).isInstanceOf(Result.Performed.class);
        assertThat(COMPANY.state(id).variables())
                .containsEntry("outcome", "rejected")
                .containsEntry("why", "too much");

        var other = started();
        act(other, "correct", new Act.Answer(RIGHT));
        assertThat(act(other, "agree", new Act.Approve())).isInstanceOf(Result.Performed.class);
        assertThat(COMPANY.state(other).variables())
                .containsEntry("outcome", "approved")
                .doesNotContainKey("why");
    }

    @Test
    void bankDetailsNeedACode() {
        var id = started();
        var answer = new Act.Answer(RIGHT);
        assertThat(ACTS.grade(COMPANY.vera, id, COMPANY.step(id, "correct").id(), answer))
                .contains(Grade.CONFIRM);
        act(id, "correct", answer);
        act(id, "agree", new Act.Approve());
        var step = COMPANY.step(id, "confirm").id();
        assertThat(ACTS.grade(COMPANY.vera, id, step, answer)).contains(Grade.CODE);
        assertThat(ACTS.grade(
                        COMPANY.vera,
                        id,
                        step,
                        new Act.Promise(COMPANY.server.clock().instant())))
                .contains(Grade.CONFIRM);
        var wrong = (Result.Wrong) act(id, "confirm", new Act.Answer(Map.of("iban", List.of("none"))));
        assertThat(wrong.problems()).containsExactly(Map.entry("iban", new Problem(Why.WRONG_FORM, null)));
    }

    @Test
    void namesDatesObstaclesAndWhatIsMissing() {
        var id = started();
        var later = COMPANY.server.clock().instant().plus(Duration.ofDays(2));
        assertThat(act(id, "correct", new Act.Promise(later))).isInstanceOf(Result.Performed.class);
        assertThat(act(id, "correct", new Act.Propose(later, "holidays"))).isInstanceOf(Result.Performed.class);
        var task = Objects.requireNonNull(COMPANY.step(id, "correct").task());
        assertThat(task.holder()).isEqualTo(COMPANY.vera);
        assertThat(Objects.requireNonNull(task.promise()).at()).isEqualTo(later);
        assertThat(act(id, "correct", new Act.Promise(COMPANY.server.clock().instant())))
                .isEqualTo(new Result.Refused(Refusal.IN_THE_PAST, "the date is over already"));
        COMPANY.server.clock().advance(Duration.ofHours(1));
        assertThat(act(id, "correct", new Act.Stuck(Obstacle.QUESTION, "Which order?")))
                .isInstanceOf(Result.Performed.class);
        assertThat(act(id, "correct", new Act.SendBack("the order is missing"))).isInstanceOf(Result.Performed.class);
        assertThat(act(id, "correct", new Act.Accept())).isEqualTo(new Result.NotTheirs());
        assertThat(ACTS.see(COMPANY.vera, id))
                .as("they had it, so they may look")
                .isPresent();
    }

    @Test
    void whoDeclinesHasNoMorePartInIt() {
        var id = started();
        assertThat(act(id, "correct", new Act.Decline("not ours"))).isInstanceOf(Result.Performed.class);
        assertThat(ACTS.see(COMPANY.vera, id)).hasValueSatisfying(seen -> {
            assertThat(seen.tasks()).isEmpty();
            assertThat(seen.shared()).as("all but taking it back is over").isEmpty();
        });
        COMPANY.server.clock().advance(Duration.ofMinutes(15));
        assertThat(ACTS.see(COMPANY.vera, id)).isEmpty();
    }

    @Test
    void passesOnToAColleagueOfTheSameDomainWhoBecomesAContact() {
        var id = started();
        for (var address : List.of("zoe@other.example", "x@sub.acme.example", "acme.example", "a b@acme.example")) {
            assertThat(act(id, "correct", new Act.PassOn(address, null, "yours")))
                    .isInstanceOf(Result.MayNotPassOn.class);
        }
        assertThat(act(id, "correct", new Act.PassOn("Vera@acme.example", null, "mine")))
                .isEqualTo(new Result.MayNotPassOn(NotPassedOn.IS_THEMSELVES));
        assertThat(act(id, "correct", new Act.PassOn("Carl@Acme.example", "Carl", "he knows")))
                .isInstanceOf(Result.Performed.class);
        var carl = COMPANY.server.directory().findByEmail("carl@acme.example").orElseThrow();
        assertThat(carl.organisation()).isEqualTo("Acme");
        assertThat(act(id, "correct", new Act.Answer(RIGHT)))
                .as("it is Carl's to answer")
                .isEqualTo(new Result.NotTheirs());
        assertThat(COMPANY.state(id).holder(COMPANY.step(id, "correct")))
                .as("until he accepts")
                .isEqualTo(COMPANY.vera);
        var step = COMPANY.step(id, "correct").id();
        assertThat(ACTS.perform(carl.id(), id, step, new Act.Answer(RIGHT), null))
                .isInstanceOf(Result.Performed.class);
    }
}
