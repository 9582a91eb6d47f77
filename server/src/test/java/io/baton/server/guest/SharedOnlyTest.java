package io.baton.server.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Values;
import io.baton.server.commit.Answer;
import io.baton.server.guest.GuestBrowser.Form;
import io.baton.server.room.Audience;
import io.baton.server.web.TestClient.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random cases of random contacts, and random requests by one contact's links: nothing comes back that was not shared with
 * them, and no case changes in which they have no part. What must not be seen carries a canary.
 */
class SharedOnlyTest {

    private static final int CASES = 12;
    private static final int REQUESTS = 90;
    private static final GuestCompany COMPANY = new GuestCompany();

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private static final List<String> ACTS = List.of(
            "answer",
            "accept",
            "decline",
            "promise",
            "ask",
            "take-back",
            "pass-on",
            "stuck",
            "other-time",
            "move",
            "release",
            "nonsense");

    private record Played(long id, String contact, String canary) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noRequestReturnsOrChangesWhatIsNotSharedWithItsContact(long seed) {
        var random = new Random(seed);
        var contacts = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            contacts.add(COMPANY.contact("Guest" + seed + i, "guest" + seed + i + "@firm" + i + ".example"));
        }
        var cases = new ArrayList<Played>();
        for (int i = 0; i < CASES; i++) {
            cases.add(played(seed, i, contacts.get(random.nextInt(contacts.size())), random));
        }
        for (int i = CASES; i < 2 * CASES; i++) {
            cases.add(papers(seed, i, contacts.get(random.nextInt(contacts.size())), random));
        }
        for (int i = 2 * CASES; i < 3 * CASES; i++) {
            cases.add(visit(seed, i, contacts.get(random.nextInt(contacts.size())), random));
        }
        for (var contact : contacts) {
            var before = journals(cases, contact);
            var browser = new GuestBrowser(COMPANY.server.anonymous());
            for (int i = 0; i < REQUESTS; i++) {
                check(request(browser, cases, contact, random), cases, contact, seed);
            }
            cases.stream()
                    .filter(each -> each.contact().equals(contact))
                    .forEach(each -> assertThat(browser.get(COMPANY.node.links().issue(contact, each.id(), 0))
                                    .body())
                            .contains("SAID-" + each.canary(), "ASKED-" + each.canary()));
            assertThat(journals(cases, contact))
                    .as("seed %d, contact %s", seed, contact)
                    .isEqualTo(before);
        }
    }

    /** All that is shared in a case names it too, so that it is found wherever it should not be. */
    private static Played played(long seed, int number, String contact, Random random) {
        var canary = "Q" + seed + "X" + number + "Z";
        var id = COMPANY.started(
                contact,
                Map.of(
                        "margin", "HIDDEN-" + canary,
                        "invoiceNumber", "OPEN-" + canary,
                        "purchaseOrder", "OPEN-PO-" + canary,
                        "reason", "OPEN-REASON-" + canary));
        for (var node : List.of("correct", "agree", "confirm")) {
            if (random.nextBoolean()) {
                break;
            }
            COMPANY.complete(id, node, contact, Map.of());
        }
        talkedAbout(id, contact, canary, random);
        return new Played(id, contact, canary);
    }

    /** What members say among themselves, to the contact, to their organisation, and what the contact asks. */
    private static void talkedAbout(long id, String contact, String canary, Random random) {
        var step = random.nextBoolean()
                ? 0
                : COMPANY.state(id).steps().iterator().next().id();
        var comments = COMPANY.node.comments();
        var ada = Actor.person(COMPANY.ada);
        var _ = comments.post(id, step, ada, "HIDDEN-" + canary, Audience.INTERNAL, false, null);
        var _ = comments.post(id, step, ada, "SAID-" + canary, Audience.people(List.of(contact)), false, null);
        var another = COMPANY.contact("Other " + canary, "other" + id + "@elsewhere.example");
        var _ = comments.post(
                id, step, ada, "HIDDEN-" + canary + " too", Audience.people(List.of(another)), false, null);
        var _ = comments.ask(id, step, contact, "ASKED-" + canary, Audience.people(List.of(contact)));
    }

    private static Played papers(long seed, int number, String contact, Random random) {
        var canary = "Q" + seed + "X" + number + "Z";
        var id = COMPANY.papersFor(contact, canary);
        if (random.nextBoolean()) {
            COMPANY.complete(id, "send", contact, Map.of());
        }
        talkedAbout(id, contact, canary, random);
        return new Played(id, contact, canary);
    }

    /** Of which a time may be booked already. */
    private static Played visit(long seed, int number, String contact, Random random) {
        var canary = "Q" + seed + "X" + number + "Z";
        var id = COMPANY.visitFor(contact, COMPANY.ada, "OPEN-" + canary);
        if (random.nextBoolean()) {
            var step = COMPANY.step(id, "choose").id();
            var appointments = COMPANY.node.appointments();
            var free = Objects.requireNonNull(appointments.free(id, COMPANY.state(id), step))
                    .starts();
            var chosen = Values.variables(
                    Map.of("visitAt", free.get(random.nextInt(free.size())).toString()));
            assertThat(appointments.complete(id, step, chosen, Actor.person(contact), null))
                    .isInstanceOf(Answer.Done.class);
        }
        talkedAbout(id, contact, canary, random);
        return new Played(id, contact, canary);
    }

    /** What is booked in any case, looked at, moved or given up by whoever's link it is. */
    private static Response appointment(GuestBrowser browser, String path, Played target, Random random) {
        var at = path + "/" + target.id() + "." + random.nextInt(9) + "/appointment";
        if (random.nextBoolean()) {
            return browser.get(at);
        }
        var values = random.nextBoolean()
                ? Map.of("act", List.of("release"), "reason", List.of("because"))
                : Map.of("act", List.of("move"), "f.slot", List.of("2026-11-05T10:00:00Z"));
        return browser.send(new Form(at + (random.nextBoolean() ? "/check" : "/act"), values, Map.of()));
    }

    /** Files, shared and not, receipts and uploads of any case, by whoever's link it is. */
    private static Response file(GuestBrowser browser, String path, Played target, Random random) {
        var variables = COMPANY.state(target.id()).variables();
        var file = variables.get(List.of("terms", "contract", "inside").get(random.nextInt(3)));
        var task = path + "/" + target.id() + "." + random.nextInt(9);
        return switch (random.nextInt(5)) {
            case 0 -> browser.get(task + (random.nextBoolean() ? "/receipt" : "/receipt.json"));
            case 1 -> browser.client.send("POST", task + "/files/" + file, null, null);
            case 2 -> browser.client.send("GET", task + "/uploads/" + file, null, null);
            case 3 -> browser.client.send("DELETE", task + "/uploads/" + file, null, null);
            default -> browser.get(task + "/files/" + file);
        };
    }

    private static Response request(GuestBrowser browser, List<Played> cases, String contact, Random random) {
        var target = cases.get(random.nextInt(cases.size()));
        var own = cases.stream().filter(each -> each.contact().equals(contact)).toList();
        var links = COMPANY.node.links();
        var scope = own.isEmpty() || random.nextInt(4) == 0 ? null : own.get(random.nextInt(own.size()));
        // Also a link for a case that is not theirs: a mistake of ours must not open it either.
        var path = random.nextInt(5) == 0
                ? links.issue(contact, target.id(), random.nextInt(8))
                : links.issue(
                        contact,
                        scope == null ? 0 : scope.id(),
                        scope == null ? 0 : random.nextInt(2) * random.nextInt(8));
        var page = browser.get(path);
        var task = "/" + target.id() + "." + random.nextInt(9);
        return switch (random.nextInt(11)) {
            case 9, 10 -> appointment(browser, path, target, random);
            case 0 -> page;
            case 1 -> browser.get(path + task);
            case 6, 7, 8 -> file(browser, path, target, random);
            case 2 ->
                browser.get(path + "/"
                        + List.of("0.0", "-1.2", "1000", "1e3.1", "..%2f..", "1000.3%00")
                                .get(random.nextInt(6)));
            default -> send(browser, path, task, page, random);
        };
    }

    /** A form of the page or one that we make up, sent to a step of another case, with fields that it does not have. */
    private static Response send(GuestBrowser browser, String path, String task, Response page, Random random) {
        var forms = GuestBrowser.forms(page.body());
        var form = forms.isEmpty()
                ? new Form(path, Map.of("act", List.of("accept")), Map.of())
                : forms.get(random.nextInt(forms.size()));
        var values = new LinkedHashMap<>(form.values());
        values.put("f.margin", List.of("0"));
        values.put("f.vendor", List.of("somebody"));
        values.put("act", List.of(ACTS.get(random.nextInt(ACTS.size()))));
        values.put("reason", List.of("because"));
        values.put("date", List.of("2030-01-01"));
        values.put("case", List.of(task));
        var checked = browser.send(new Form(path + task + "/check", values, Map.of()));
        var confirmation = GuestBrowser.forms(checked.body()).stream()
                .filter(each -> each.action().endsWith("/act"))
                .findFirst();
        if (confirmation.isEmpty()) {
            return checked;
        }
        // Confirmed, but for another step.
        var other = path + "/" + (1000 + random.nextInt(150)) + "." + random.nextInt(9) + "/act";
        return browser.send(
                new Form(other, confirmation.get().with("sure", "yes").values(), Map.of()));
    }

    private static void check(Response response, List<Played> cases, String contact, long seed) {
        var body = response.body() + response.http().headers().map();
        for (var each : cases) {
            assertThat(body).as("seed %d, %s", seed, response.request()).doesNotContain("HIDDEN-" + each.canary());
            if (!each.contact().equals(contact)) {
                assertThat(body)
                        .as("seed %d, %s as %s", seed, response.request(), contact)
                        .doesNotContain(each.canary(), "INV-" + each.id() + "<");
            }
        }
        assertThat(response.status()).as(response.request() + response.body()).isLessThan(500);
    }

    /** How often something happened in the cases of others. */
    private static Map<Long, Integer> journals(List<Played> cases, String contact) {
        var entries = new TreeMap<Long, Integer>();
        cases.stream()
                .filter(each -> !each.contact().equals(contact))
                .forEach(each -> entries.put(
                        each.id(),
                        COMPANY.node
                                .cases()
                                .journal(COMPANY.node.cases().find(each.id()).orElseThrow(), 0, 1_000)
                                .size()));
        return entries;
    }
}
