package io.baton.server.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.guest.GuestBrowser.Form;
import io.baton.server.web.TestClient.Response;
import io.baton.server.words.Words;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The page behind a link over real HTTP: what it shows, how it is answered, and what it takes to change something. */
class GuestPageTest {

    private static final int PAGE_BYTES_MAX = 100_000;
    private static final GuestCompany COMPANY = new GuestCompany();

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private static GuestBrowser browser() {
        return new GuestBrowser(COMPANY.server.anonymous());
    }

    private static long started() {
        return COMPANY.started(COMPANY.vera, Map.of("margin", "SECRET-MARGIN"));
    }

    private static String link(String person, long caseId, String node) {
        return COMPANY.node
                .links()
                .issue(person, caseId, COMPANY.step(caseId, node).id());
    }

    private static Form answered(Response page) {
        return GuestBrowser.form(page, "answer").with("f.invoiceNumber", "4712").with("f.amount", "12,50");
    }

    /** Sends a form and confirms it. */
    private static Response confirmed(GuestBrowser browser, Form form) {
        return browser.send(GuestBrowser.only(browser.send(form).expect(200)).with("sure", "yes"));
    }

    @Test
    void showsWhatIsAskedAndSharedAndNothingElse() {
        var id = started();
        var page = browser().get(link(COMPANY.vera, id, "correct")).expect(200);
        assertThat(page.body())
                .contains("Please correct 4711", "order <strong>PO-7</strong>", "The price is not ours")
                .contains("Please answer by Saturday, 7 November 2026")
                .contains("Correct the invoice", "Confirm your bank account", "Pay the invoice")
                .contains("Ada Owner", "INV-" + id)
                .doesNotContain("SECRET-MARGIN", "Enter the invoice", "Agree to the discount")
                .doesNotContain("<script>", "style=", "onclick")
                .containsOnlyOnce("<script src=\"/guest/page.js");
        assertThat(page.header("Content-Security-Policy"))
                .matches("default-src 'none'; style-src 'sha256-[^' ]+'; script-src 'self'; connect-src 'self'; .*");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.header("X-Robots-Tag")).contains("noindex");
    }

    @Test
    void aStatusLinkShowsWhereItStandsAndNothingCanBeDoneByIt() {
        var id = started();
        var status = COMPANY.node.links().issueStatus(COMPANY.vera, id);
        assertThat(browser().get(status).expect(200).body())
                .contains("INV-" + id, "Pay the invoice")
                .doesNotContain("<form", "It waits for your answer", "SECRET-MARGIN");
        var step = COMPANY.step(id, "correct").id();
        assertThat(browser().get(status + "/" + id + "." + step).body()).doesNotContain("<form");
        assertThat(COMPANY.isAt(id, "correct")).isTrue();
    }

    @Test
    void isAnsweredInTwoSteps() {
        var id = started();
        var path = link(COMPANY.vera, id, "correct");
        var browser = browser();
        var confirmation = browser.send(answered(browser.get(path))).expect(200);
        assertThat(confirmation.body()).contains("Is this right?", "4712", "12.5");
        assertThat(COMPANY.isAt(id, "correct")).isTrue();

        var form = GuestBrowser.only(confirmation);
        assertThat(browser.send(form).expect(422).body()).contains("Please tick the box first");
        assertThat(COMPANY.isAt(id, "correct")).isTrue();

        var done = browser.send(form.with("sure", "yes")).expect(303);
        assertThat(COMPANY.isAt(id, "agree")).isTrue();
        assertThat(COMPANY.state(id).variables()).containsEntry("invoiceNumber", "4712");
        assertThat(browser.get(done.header("Location")).expect(200).body())
                .contains("Thank you. Your answer is in.")
                .as("what the next step asks is behind another link")
                .doesNotContain("<form", "It waits for your answer");
        browser.send(form.with("sure", "yes")).expect(200);
        assertThat(COMPANY.state(id).steps()).as("a nonce is used once").hasSize(1);
        assertThat(COMPANY.node.links().ofCase(id).getFirst().lastUsedAt()).isNotNull();
    }

    @Test
    void tellsWhatIsWrongBesideTheField() {
        var id = started();
        var browser = browser();
        var form = answered(browser.get(link(COMPANY.vera, id, "correct"))).with("f.amount", "much");
        var page = browser.send(form).expect(422).body();
        assertThat(page)
                .contains("href=\"#field-amount\"", "Amount: Please enter a number.")
                .contains("value=\"much\"", "aria-invalid=\"true\"", "id=\"field-amount-error\"");
        assertThat(COMPANY.isAt(id, "correct")).isTrue();
    }

    @Test
    void asksBelowAnAnswerOnlyWhatGoesWithIt() {
        var id = started();
        COMPANY.complete(id, "correct", COMPANY.vera, Map.of());
        var browser = browser();
        var page = browser.get(link(COMPANY.vera, id, "agree")).expect(200);
        var form = GuestBrowser.form(page, "answer");
        assertThat(browser.send(form.with("f.outcome", "rejected")).expect(422).body())
                .contains("Why not?: Please fill this in.");
        assertThat(confirmed(browser, form.with("f.outcome", "approved").with("f.why", "not looked at"))
                        .status())
                .isEqualTo(303);
        assertThat(COMPANY.state(id).variables())
                .containsEntry("outcome", "approved")
                .doesNotContainKey("why");
    }

    @Test
    void withoutTheBrowsersCookieNothingIsDone() {
        var id = started();
        var path = link(COMPANY.vera, id, "correct");
        var browser = browser();
        var form = answered(browser.get(path));
        assertThat(browser().send(form).expect(422).body()).contains("Nothing was sent. This page needs a cookie");
        var confirmation = GuestBrowser.only(browser.send(form)).with("sure", "yes");
        var other = browser();
        other.get(path);
        assertThat(other.send(confirmation).expect(422).body())
                .contains("Nothing was sent: that page was used already");
        assertThat(COMPANY.isAt(id, "correct")).isTrue();
        browser.send(confirmation).expect(303);
    }

    @Test
    void bankDetailsAreConfirmedByACodeToTheKnownAddress() {
        var id = started();
        COMPANY.complete(id, "correct", COMPANY.vera, Map.of());
        COMPANY.complete(id, "agree", COMPANY.vera, Map.of());
        var browser = browser();
        var path = link(COMPANY.vera, id, "confirm");
        var asked = browser.send(GuestBrowser.form(browser.get(path), "answer").with("f.iban", "DE02 1203"));
        var form = GuestBrowser.only(asked.expect(200));
        assertThat(asked.body())
                .contains("We have sent a code to v•••@acme.example")
                .doesNotContain("name=\"sure\"");
        var code = code();
        assertThat(asked.body()).doesNotContain(code);
        assertThat(COMPANY.server
                        .sql()
                        .sql("select d::text from guest_draft d")
                        .query(String.class)
                        .list())
                .noneMatch(row -> row.contains(code));

        browser.send(form.with("sure", "yes")).expect(422);
        var wrong = code.equals("000000") ? "000001" : "000000";
        for (int i = 0; i < Drafts.CODE_TRIES_MAX; i++) {
            assertThat(browser.send(form.with("code", wrong)).expect(422).body())
                    .contains("This is not the code");
        }
        assertThat(browser.send(form.with("code", code)).expect(422).body()).contains("used up or too old");
        assertThat(COMPANY.isAt(id, "confirm")).isTrue();

        var late = GuestBrowser.only(
                browser.send(GuestBrowser.form(browser.get(path), "answer").with("f.iban", "DE02")));
        var lateCode = code();
        COMPANY.server.clock().advance(Drafts.CODE_AGE_MAX);
        assertThat(browser.send(late.with("code", lateCode)).expect(422).body()).contains("used up or too old");

        var third = GuestBrowser.only(
                browser.send(GuestBrowser.form(browser.get(path), "answer").with("f.iban", "DE02")));
        browser.send(third.with("code", " " + code().substring(0, 3) + " " + code().substring(3)))
                .expect(303);
        assertThat(COMPANY.state(id).variables()).containsEntry("iban", "DE02");

        COMPANY.server.clock().advance(Duration.ofHours(2));
        var other = started();
        COMPANY.complete(other, "correct", COMPANY.vera, Map.of());
        COMPANY.complete(other, "agree", COMPANY.vera, Map.of());
        var again = GuestBrowser.form(browser.get(link(COMPANY.vera, other, "confirm")), "answer")
                .with("f.iban", "DE02");
        for (int i = 0; i < Drafts.CODES_MAX; i++) {
            browser.send(again).expect(200);
        }
        browser.send(again).expect(429);
    }

    private static String code() {
        var sent = GuestCompany.SENT.getLast();
        assertThat(sent).startsWith("code vera@acme.example ");
        return sent.substring(sent.lastIndexOf(' ') + 1);
    }

    @Test
    void datesObstaclesAndColleaguesHaveFormsOfTheirOwn() {
        var id = started();
        var browser = browser();
        var path = link(COMPANY.vera, id, "correct");
        var page = browser.get(path);
        assertThat(browser.send(GuestBrowser.form(page, "promise").with("date", ""))
                        .expect(422)
                        .body())
                .contains("Please fill this in.")
                .contains("<details open>");
        var past = browser.send(GuestBrowser.form(page, "promise").with("date", "2020-01-01"))
                .expect(200);
        assertThat(browser.send(GuestBrowser.only(past).with("sure", "yes"))
                        .expect(422)
                        .body())
                .contains("That date is over already");
        assertThat(confirmed(browser, GuestBrowser.form(page, "promise").with("date", "2027-03-01"))
                        .status())
                .isEqualTo(303);
        var proposal =
                GuestBrowser.form(page, "propose").with("date", "2027-03-02").with("reason", "Holidays");
        assertThat(confirmed(browser, proposal).status()).isEqualTo(303);
        assertThat(browser.get(path).expect(200).body())
                .contains("You promised this for Monday, 1 March 2027")
                .contains("You asked for another date: Tuesday, 2 March 2027");
        var colleague = GuestBrowser.form(page, "pass-on")
                .with("email", "x@evil.example")
                .with("reason", "Yours");
        assertThat(confirmed(browser, colleague).expect(422).body())
                .contains("only to an address of your own organisation");
        var stuck = GuestBrowser.form(page, "stuck").with("kind", "DECISION").with("reason", "Our board decides");
        assertThat(confirmed(browser, stuck).status()).isEqualTo(303);
        assertThat(browser.get(path).body()).contains("You said that you cannot go on: Our board decides");
        assertThat(confirmed(
                                browser,
                                GuestBrowser.form(page, "pass-on")
                                        .with("email", "carl@acme.example")
                                        .with("reason", "Yours"))
                        .status())
                .isEqualTo(303);
        var passedOn = browser.get(path).expect(200);
        assertThat(passedOn.body()).contains("Correct the invoice");
        assertThat(GuestBrowser.only(passedOn).values())
                .as("only to take it back")
                .containsEntry("act", List.of("take-back"));
    }

    @Test
    void anExpiredLinkSendsANewOneToTheKnownAddressOnly() {
        var id = started();
        var path = link(COMPANY.vera, id, "correct");
        var step = COMPANY.step(id, "correct").id();
        var browser = browser();
        COMPANY.server.clock().advance(Duration.ofDays(Links.DAYS_DEFAULT));
        var before = GuestCompany.SENT.size();
        var page = browser.get(path).expect(410);
        assertThat(page.body()).contains("This link is too old").doesNotContain("4711", "PO-7");
        assertThat(GuestCompany.SENT).hasSize(before);
        browser.send(GuestBrowser.only(page)).expect(200);
        assertThat(GuestCompany.SENT.getLast()).isEqualTo("link vera@acme.example " + id + "." + step);
        for (int i = 0; i < 10; i++) {
            COMPANY.node.links().issue(COMPANY.vera, id, step);
        }
        browser.send(GuestBrowser.only(page)).expect(200);
        assertThat(GuestCompany.SENT).as("not again and again").hasSize(before + 1);
    }

    @Test
    void whatIsNoLinkAndWhatWasRevokedOpenNothing() {
        var id = started();
        var path = link(COMPANY.vera, id, "correct");
        var browser = browser();
        var form = answered(browser.get(path));
        assertThat(COMPANY.node
                        .links()
                        .revoke(id, COMPANY.node.links().ofCase(id).getFirst().id()))
                .isTrue();
        assertThat(browser.get(path).expect(410).body())
                .contains("no longer valid")
                .doesNotContain("4711", "<form");
        browser.send(form).expect(410);
        assertThat(browser.get("/g/nonsense").expect(404).body()).contains("leads nowhere");
        browser.get("/g/nonsense/1000.1").expect(404);
        browser.send(new Form("/g/nonsense/link", Map.of(), Map.of())).expect(404);
    }

    @Test
    void allThatSomebodyOwesIsOnOnePage() {
        var one = started();
        var two = started();
        var others = COMPANY.started(COMPANY.zoe, Map.of("invoiceNumber", "ZOES-OWN"));
        var browser = browser();
        var page = browser.get(COMPANY.node.links().issue(COMPANY.vera, 0, 0)).expect(200);
        assertThat(page.body()).contains("INV-" + one, "INV-" + two).doesNotContain("INV-" + others, "ZOES-OWN");
        var task = GuestBrowser.links(page.body()).stream()
                .filter(link -> link.contains("/" + one + "."))
                .findFirst()
                .orElseThrow();
        assertThat(confirmed(browser, answered(browser.get(task))).status()).isEqualTo(303);
        assertThat(COMPANY.isAt(one, "agree")).isTrue();
    }

    @Test
    void whatPeopleWriteStaysText() {
        var evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{reason}}**bold**";
        var id = COMPANY.started(COMPANY.vera, Map.of("reason", evil, "invoiceNumber", "x\" onfocus=\"alert(1)"));
        var browser = browser();
        var path = link(COMPANY.vera, id, "correct");
        var page = browser.get(path).expect(200).body();
        assertThat(page)
                .doesNotContain("<script>", "<img", "value=\"x\" onfocus", "<strong>bold")
                .contains("&lt;script&gt;");
        var form = answered(browser.get(path)).with("f.note", evil).with("f.invoiceNumber", "</textarea>{{1+1}}");
        assertThat(browser.send(form).expect(200).body())
                .doesNotContain("<script>", "<img")
                .contains("{{1+1}}");
        var lang = browser.get(path + "?lang=de%0d%0aSet-Cookie:%20x=y").expect(200);
        assertThat(lang.http().headers().map().toString()).doesNotContain("x=y");
        assertThat(lang.body()).contains("<html lang=\"en\">");
    }

    @Test
    void speaksFourLanguagesByContactAndByChoice() {
        var id = started();
        var path = link(COMPANY.vera, id, "correct");
        for (var language : Words.LANGUAGES) {
            var page = browser().get(path + "?lang=" + language).expect(200);
            assertThat(page.body())
                    .contains(
                            "<html lang=\"" + language + "\">",
                            Words.of(language).say("guest.others"));
            assertThat(page.header("Content-Language")).isEqualTo(language);
        }
        var french = COMPANY.server.anonymous().with("Accept-Language", "fr-CH, de;q=0.5");
        assertThat(french.get(path).body()).contains("<html lang=\"fr\">");
    }

    @Test
    void isLight() {
        var page = browser().get(link(COMPANY.vera, started(), "correct")).body();
        var total = page.getBytes(StandardCharsets.UTF_8).length;
        var loaded = new TreeMap<String, Integer>();
        for (var found : List.of("/guest/page.js", "/mark.svg")) {
            assertThat(page).contains(found);
            var response = COMPANY.server.anonymous().get(found);
            loaded.put(found, response.status() == 200 ? response.http().body().length : 0);
        }
        total += loaded.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(total).as("page and what it loads: %s", loaded).isLessThan(PAGE_BYTES_MAX);
        assertThat(page).doesNotContain("http://", "https://");
    }
}
