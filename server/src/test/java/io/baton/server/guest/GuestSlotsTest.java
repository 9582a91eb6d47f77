package io.baton.server.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.Values;
import io.baton.server.commit.Answer;
import io.baton.server.guest.GuestBrowser.Form;
import io.baton.server.room.Reader;
import io.baton.server.web.TestClient.Response;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Somebody outside chooses a time, takes another one, gives it up, or says that none suits. */
class GuestSlotsTest {

    private static final GuestCompany COMPANY = new GuestCompany();

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private final GuestBrowser browser = new GuestBrowser(COMPANY.server.anonymous());

    private static String link(String person, long caseId) {
        return COMPANY.node.links().issue(person, caseId, step(caseId));
    }

    /** It is the first step of each. */
    private static int step(long caseId) {
        return COMPANY.step(caseId, "choose").id();
    }

    private static List<Instant> free(long caseId, int step) {
        return Objects.requireNonNull(COMPANY.node.appointments().free(caseId, COMPANY.state(caseId), step))
                .starts();
    }

    private static Form choosing(Response page, Instant at) {
        var form = GuestBrowser.form(page, "answer");
        assertThat(form.boxes().get("f.visitAt")).contains(at.toString());
        return form.with("f.visitAt", at.toString());
    }

    private Response confirmed(Form form) {
        return browser.send(GuestBrowser.only(browser.send(form).expect(200)).with("sure", "yes"));
    }

    @Test
    void booksExactlyOneTimeWhichIsThenGoneForEverybody() {
        var one = COMPANY.visitFor(COMPANY.vera, COMPANY.ada);
        var other = COMPANY.visitFor(COMPANY.zoe, COMPANY.ada);
        var at = free(one, step(one)).get(1);
        var late = new GuestBrowser(COMPANY.server.anonymous());
        var lateLink = link(COMPANY.zoe, other);
        var lateForm = choosing(late.get(lateLink).expect(200), at);

        var page = browser.get(link(COMPANY.vera, one)).expect(200);
        assertThat(page.body()).contains("Which time suits you?", "120 minutes each");
        var confirmation = browser.send(choosing(page, at)).expect(200);
        assertThat(confirmation.body()).contains("Is this right?");
        assertThat(COMPANY.isAt(one, "choose"))
                .as("opening and looking books nothing")
                .isTrue();
        var done = browser.send(GuestBrowser.only(confirmation).with("sure", "yes"))
                .expect(303);
        assertThat(COMPANY.isAt(one, "visit")).isTrue();
        assertThat(COMPANY.state(one).variables()).containsEntry("visitAt", at.toString());
        assertThat(browser.get(done.header("Location")).expect(200).body())
                .contains("Your appointment", "Choose another time, or give it up");

        assertThat(late.send(lateForm).expect(422).body()).contains("This time is not free any more");
        assertThat(GuestBrowser.form(late.get(lateLink), "answer").boxes().get("f.visitAt"))
                .doesNotContain(at.toString());
    }

    @Test
    void whoConfirmsTooLateIsToldAndChoosesAnother() {
        var one = COMPANY.visitFor(COMPANY.vera, COMPANY.ada);
        var other = COMPANY.visitFor(COMPANY.zoe, COMPANY.ada);
        var at = free(one, step(one)).get(2);
        var form = GuestBrowser.only(
                browser.send(choosing(browser.get(link(COMPANY.vera, one)), at)).expect(200));
        assertThat(COMPANY.node
                        .appointments()
                        .complete(
                                other,
                                step(other),
                                Values.variables(Map.of("visitAt", at.toString())),
                                Actor.person(COMPANY.zoe),
                                null))
                .isInstanceOf(Answer.Done.class);
        assertThat(browser.send(form.with("sure", "yes")).expect(422).body())
                .contains("This time is not free any more");
        assertThat(COMPANY.isAt(one, "choose")).isTrue();
    }

    @Test
    void aTimeThatIsNotOfferedIsNotBooked() {
        var id = COMPANY.visitFor(COMPANY.vera, COMPANY.ada);
        var form = GuestBrowser.form(browser.get(link(COMPANY.vera, id)), "answer");
        assertThat(browser.send(form.with("f.visitAt", "2030-01-01T03:07:00Z"))
                        .expect(422)
                        .body())
                .contains("not free any more");
        assertThat(browser.send(form).expect(422).body()).contains("Please fill this in");
        assertThat(browser.send(form.with("f.visitAt", "<script>")).expect(422).body())
                .doesNotContain("<script>\"");
    }

    @Test
    void whatIsBookedMovesOnceItIsConfirmedAndMayBeGivenUp() {
        var id = COMPANY.visitFor(COMPANY.vera, COMPANY.ada);
        var step = step(id);
        var path = link(COMPANY.vera, id);
        var first = free(id, step).get(3);
        var second = free(id, step).get(4);
        confirmed(choosing(browser.get(path), first)).expect(303);

        var place = GuestBrowser.links(browser.get(path).expect(200).body()).stream()
                .filter(link -> link.contains("/appointment"))
                .findFirst()
                .orElseThrow();
        var page = browser.get(place).expect(200);
        var move = GuestBrowser.form(page, "move").with("f.slot", second.toString());
        var confirmation = browser.send(move).expect(200);
        assertThat(COMPANY.state(id).variables()).containsEntry("visitAt", first.toString());
        assertThat(browser.get(GuestBrowser.links(confirmation.body()).stream()
                                .filter(link -> link.contains("draft="))
                                .findFirst()
                                .orElseThrow())
                        .body())
                .as("what was chosen is still chosen")
                .contains("value=\"" + second + "\" checked");
        browser.send(GuestBrowser.only(confirmation).with("sure", "yes")).expect(303);
        assertThat(COMPANY.state(id).variables()).containsEntry("visitAt", second.toString());
        assertThat(free(COMPANY.visitFor(COMPANY.zoe, COMPANY.ada), 2))
                .contains(first)
                .doesNotContain(second);

        var release = GuestBrowser.form(browser.get(place).expect(200), "release");
        assertThat(browser.send(release).expect(422).body()).contains("Please fill this in");
        confirmed(release.with("reason", "We have closed that day")).expect(303);
        assertThat(COMPANY.state(id).variables()).containsEntry("visitAt", null);
        assertThat(free(COMPANY.visitFor(COMPANY.zoe, COMPANY.ada), 2)).contains(second);
        assertThat(browser.get(path).expect(200).body()).doesNotContain("Your appointment");
    }

    @Test
    void theAppointmentOfAnotherIsNobodyElsesToSeeOrMove() {
        var id = COMPANY.visitFor(COMPANY.vera, COMPANY.ada);
        var step = step(id);
        confirmed(choosing(browser.get(link(COMPANY.vera, id)), free(id, step).get(5)))
                .expect(303);
        var own = COMPANY.visitFor(COMPANY.zoe, COMPANY.ada);
        var zoe = link(COMPANY.zoe, own);
        browser.get(zoe + "/" + id + "." + step + "/appointment").expect(303);
        var form = new Form(
                zoe + "/" + id + "." + step + "/appointment/check",
                Map.of("act", List.of("release"), "reason", List.of("mine")),
                Map.of());
        browser.send(form).expect(303);
        assertThat(COMPANY.state(id).booking(step)).matches(booking -> booking != null && !booking.isReleased());
    }

    private static Answer migrated(long caseId, int version) {
        return COMPANY.node
                .cases()
                .perform(
                        caseId,
                        new Command.MigrateCase(COMPANY.state(caseId).process(), version, new LinkedHashMap<>()),
                        Actor.person(COMPANY.ada),
                        null);
    }

    @Test
    void whoIsAskedChoosesFromTheTimesOfTheVersionThatTheCaseWasMovedTo() {
        var id = COMPANY.visitFor(COMPANY.vera, COMPANY.ada);
        var path = link(COMPANY.vera, id);
        assertThat(browser.get(path).expect(200).body()).contains("120 minutes each");
        var shorter = COMPANY.otherVisit("lasts=\"PT2H\"", "lasts=\"PT1H\"");
        assertThat(migrated(id, shorter)).isInstanceOf(Answer.Done.class);

        var page = browser.get(path).expect(200);
        assertThat(page.body()).contains("60 minutes each");
        var at = free(id, step(id)).get(9);
        confirmed(choosing(page, at)).expect(303);
        assertThat(COMPANY.isAt(id, "visit")).isTrue();
        assertThat(COMPANY.state(id).booking(2))
                .matches(booking -> booking != null && booking.minutes() == 60 && booking.process() == shorter);
    }

    @Test
    void whatIsBookedMovesAndIsGivenUpAfterTheCaseWasMovedToAnotherVersion() {
        var id = COMPANY.visitFor(COMPANY.vera, COMPANY.ada);
        var step = step(id);
        var path = link(COMPANY.vera, id);
        var first = free(id, step).get(11);
        confirmed(choosing(browser.get(path), first)).expect(303);
        var without = COMPANY.otherVisit(
                "<baton:slots with=\"= host\" lasts=\"PT2H\" notice=\"PT12H\" within=\"P8D\" into=\"visitAt\"/>", "");
        assertThat(migrated(id, without)).isInstanceOf(Answer.Done.class);

        var place = GuestBrowser.links(browser.get(path).expect(200).body()).stream()
                .filter(link -> link.contains("/appointment"))
                .findFirst()
                .orElseThrow();
        var second = free(id, step).get(12);
        confirmed(GuestBrowser.form(browser.get(place).expect(200), "move").with("f.slot", second.toString()))
                .expect(303);
        assertThat(COMPANY.state(id).variables()).containsEntry("visitAt", second.toString());
        confirmed(GuestBrowser.form(browser.get(place), "release").with("reason", "We are closed"))
                .expect(303);
        assertThat(COMPANY.state(id).variables()).containsEntry("visitAt", null);
    }

    @Test
    void aCaseIsNotMovedToWhereNobodyCanSayWhoseTimesAreOffered() {
        var id = COMPANY.visitFor(COMPANY.vera, COMPANY.ada);
        var nobody = COMPANY.otherVisit("with=\"= host\"", "with=\"= technician\"");
        assertThat(migrated(id, nobody))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.message())
                                .contains("'choose': it offers times there, but whose cannot be said"));
        assertThat(browser.get(link(COMPANY.vera, id)).expect(200).body()).contains("120 minutes each");
    }

    @Test
    void whenTheCaseIsOverThePageSaysThatTheTimeCanNoLongerBeChanged() {
        var id = COMPANY.visitFor(COMPANY.vera, COMPANY.ada);
        var path = COMPANY.node.links().issue(COMPANY.vera, id, 0);
        confirmed(choosing(
                        browser.get(path + "/" + id + "." + step(id)).expect(200),
                        free(id, step(id)).get(13)))
                .expect(303);
        assertThat(browser.get(path).expect(200).body()).contains("Choose another time, or give it up");
        COMPANY.complete(id, "visit", COMPANY.ada, Map.of());
        assertThat(browser.get(path).expect(200).body())
                .contains("Your appointment", "It cannot be changed here any more.")
                .doesNotContain("Choose another time, or give it up");
    }

    @Test
    void whoFindsNoTimeProposesAnotherAndTheOwnerBooksItForThem() {
        var id = COMPANY.visitFor(COMPANY.vera, COMPANY.ada);
        var step = step(id);
        var form = GuestBrowser.form(browser.get(link(COMPANY.vera, id)), "other-time");
        assertThat(browser.send(form).expect(422).body()).contains("Please fill this in");
        var at = free(id, step).get(6).plusSeconds(1800);
        confirmed(form.with("moment", at.toString().substring(0, 16)).with("reason", "We open at half past"))
                .expect(303);
        assertThat(COMPANY.node.comments().list(id, Reader.member(COMPANY.ada)).stream()
                        .map(comment -> String.valueOf(comment.text())))
                .anyMatch(text -> text.startsWith("None of the times suits. Proposed: ")
                        && text.endsWith("We open at half past"));

        assertThat(COMPANY.node
                        .appointments()
                        .complete(
                                id,
                                step,
                                Values.variables(Map.of("visitAt", at.toString())),
                                Actor.person(COMPANY.ada),
                                null))
                .isInstanceOf(Answer.Done.class);
        assertThat(COMPANY.state(id).booking(step))
                .matches(booking -> booking != null && booking.person().equals(COMPANY.vera));
        assertThat(browser.get(COMPANY.node.links().issue(COMPANY.vera, id, 0))
                        .expect(200)
                        .body())
                .contains("Your appointment");
    }
}
