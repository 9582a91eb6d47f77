package io.baton.server.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.Step;
import io.baton.server.commit.Answer;
import io.baton.server.guest.GuestBrowser.Form;
import io.baton.server.web.TestClient.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What somebody outside did by a slip is taken back by their link, in two steps like everything, while nobody has acted on it. */
class GuestUndoTest {

    private static final GuestCompany COMPANY = new GuestCompany();

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private final GuestBrowser browser = new GuestBrowser(COMPANY.server.anonymous());
    private final long id = COMPANY.started(COMPANY.vera, Map.of());
    private final String path = COMPANY.node
            .links()
            .issue(COMPANY.vera, id, COMPANY.step(id, "correct").id());

    private Step.Task task() {
        return Objects.requireNonNull(COMPANY.step(id, "correct").task());
    }

    private Response done(Form form) {
        var confirmation = browser.send(form).expect(200);
        return browser.send(GuestBrowser.only(confirmation).with("sure", "yes"));
    }

    private Form act(String act) {
        return GuestBrowser.form(browser.get(path).expect(200), act);
    }

    @Test
    void passingOn() {
        done(act("pass-on").with("email", "bob@acme.example").with("reason", "Yours"))
                .expect(303);
        assertThat(Objects.requireNonNull(task().offer()).person()).isNotEqualTo(COMPANY.vera);
        var page = browser.get(path).expect(200);
        assertThat(page.body()).contains("You have asked a colleague to do this: Correct the invoice.");
        assertThat(GuestBrowser.forms(page.body())).as("nothing else").hasSize(1);
        done(act("take-back")).expect(303);
        assertThat(task().offer()).isNull();
        assertThat(task().holder()).isEqualTo(COMPANY.vera);
        assertThat(browser.get(path).body()).contains("Please correct 4711");
    }

    @Test
    void aNoToWhatWasAsked() {
        done(act("decline").with("reason", "Not us")).expect(303);
        assertThat(task().offer()).isNull();
        var page = browser.get(path).expect(200);
        assertThat(page.body())
                .contains("You have declined this: Correct the invoice.")
                .doesNotContain("Please correct 4711", "purchaseOrder");
        done(act("take-back")).expect(303);
        assertThat(Objects.requireNonNull(task().offer()).person()).isEqualTo(COMPANY.vera);
        assertThat(browser.get(path).body()).contains("Please correct 4711");
    }

    @Test
    void sendingBack() {
        done(act("send-back").with("reason", "The order is missing")).expect(303);
        assertThat(task().holder()).isEqualTo(COMPANY.ada);
        assertThat(browser.get(path).body()).contains("You have sent this back: Correct the invoice.");
        done(act("take-back")).expect(303);
        assertThat(task().holder()).isEqualTo(COMPANY.vera);
    }

    @Test
    void aPromise() {
        done(act("promise").with("date", "2026-11-06")).expect(303);
        assertThat(task().promise()).isNotNull();
        done(act("take-back")).expect(303);
        assertThat(task().promise()).isNull();
    }

    @Test
    void anObstacle() {
        done(act("stuck").with("kind", "QUESTION").with("reason", "Which order?"))
                .expect(303);
        assertThat(task().blocker()).isNotNull();
        assertThat(browser.get(path).body()).contains("You said that you cannot go on: Which order?");
        done(act("take-back")).expect(303);
        assertThat(task().blocker()).isNull();
        assertThat(browser.get(path).body()).doesNotContain("You said that you cannot go on");
    }

    @Test
    void ofTwoActsTheLaterOneFirst() {
        done(act("stuck").with("kind", "OTHER").with("reason", "Which order?")).expect(303);
        done(act("promise").with("date", "2026-11-06")).expect(303);
        done(act("take-back")).expect(303);
        assertThat(task().promise()).isNull();
        assertThat(task().blocker()).isNotNull();
    }

    @Test
    void notOnceSomebodyHasActedOnItNorAfterAWhile() {
        done(act("decline").with("reason", "Not us")).expect(303);
        var form = act("take-back");
        var offer = new Command.OfferTask(COMPANY.step(id, "correct").id(), COMPANY.zoe, null, "then you");
        assertThat(COMPANY.node.tasks().perform(id, offer, Actor.person(COMPANY.ada), null))
                .isInstanceOf(Answer.Done.class);
        assertThat(browser.send(form).body())
                .contains("Nothing waits for you here")
                .doesNotContain("<form");
        assertThat(Objects.requireNonNull(task().offer()).person()).isEqualTo(COMPANY.zoe);

        var other = COMPANY.started(COMPANY.vera, Map.of());
        var link = COMPANY.node
                .links()
                .issue(COMPANY.vera, other, COMPANY.step(other, "correct").id());
        done(GuestBrowser.form(browser.get(link), "decline").with("reason", "Not us"))
                .expect(303);
        COMPANY.server.clock().advance(Duration.ofMinutes(15));
        assertThat(browser.get(link).body()).doesNotContain("You have declined");
    }

    @Test
    void whatIsTypedStaysWhenItsAuthorGoesBackToChangeSomething() {
        var form = act("answer")
                .with("f.invoiceNumber", "4712")
                .with("f.amount", "12,50")
                .with("f.note", "As \"agreed\" <yesterday>")
                .with("f.currency", "USD");
        var confirmation = browser.send(form).expect(200);
        var back = GuestBrowser.links(confirmation.body()).stream()
                .filter(link -> link.contains("draft="))
                .findFirst()
                .orElseThrow();
        var again = GuestBrowser.form(browser.get(back).expect(200), "answer");
        assertThat(again.values())
                .containsEntry("f.invoiceNumber", List.of("4712"))
                .containsEntry("f.amount", List.of("12,50"))
                .containsEntry("f.note", List.of("As \"agreed\" <yesterday>"));
        assertThat(browser.get(back).body()).contains("value=\"USD\" selected");
        var another = new GuestBrowser(COMPANY.server.anonymous());
        assertThat(another.get(back).expect(200).body())
                .as("only the browser that typed it")
                .doesNotContain("4712");
    }
}
