package io.baton.server.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Values;
import io.baton.server.commit.Answer;
import io.baton.server.guest.GuestBrowser.Form;
import io.baton.server.web.TestClient;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Mail scanners open every link, and send every form that they find: nothing comes of it. */
class RobotTest {

    private static final int PAGES_MAX = 25;
    private static final int ANSWERS_MAX = 8;

    /** Drafts, and what is written meanwhile by mails that go out of themselves and by a node that says it is there. */
    private static final String[] NOT_OURS = {
        "guest_draft", "attempt", "delivered", "delivery", "outbox", "reply_token", "guest_opening", "node"
    };

    private static final GuestCompany COMPANY = new GuestCompany();

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private static List<String> links() {
        var vera = COMPANY.vera;
        var asked = COMPANY.started(vera, Map.of());
        var agreed = COMPANY.started(vera, Map.of());
        COMPANY.complete(agreed, "correct", vera, Map.of());
        var bank = COMPANY.started(vera, Map.of("iban", "DE02"));
        COMPANY.complete(bank, "correct", vera, Map.of());
        COMPANY.complete(bank, "agree", vera, Map.of());
        var papers = COMPANY.papersFor(vera, "papers");
        var signing = COMPANY.papersFor(vera, "signing");
        COMPANY.complete(signing, "send", vera, Map.of());
        var choosing = COMPANY.visitFor(vera, COMPANY.ada);
        var chosen = COMPANY.visitFor(vera, COMPANY.ada);
        var choose = COMPANY.step(chosen, "choose").id();
        var at = Objects.requireNonNull(COMPANY.node.appointments().free(chosen, COMPANY.state(chosen), choose))
                .starts()
                .getFirst();
        assertThat(COMPANY.node
                        .appointments()
                        .complete(
                                chosen,
                                choose,
                                Values.variables(Map.of("visitAt", at.toString())),
                                Actor.person(vera),
                                null))
                .isInstanceOf(Answer.Done.class);
        var links = COMPANY.node.links();
        return List.of(
                links.issue(vera, choosing, COMPANY.step(choosing, "choose").id()),
                links.issue(vera, chosen, choose),
                links.issue(vera, chosen, 0),
                links.issue(vera, asked, COMPANY.step(asked, "correct").id()),
                links.issue(vera, agreed, COMPANY.step(agreed, "agree").id()),
                links.issue(vera, bank, COMPANY.step(bank, "confirm").id()),
                links.issue(vera, papers, COMPANY.step(papers, "send").id()),
                links.issue(vera, signing, COMPANY.step(signing, "sign").id()),
                links.issue(vera, signing, 0),
                links.issue(vera, asked, 0),
                links.issue(vera, 0, 0));
    }

    /** Of every table, how its rows look; drafts are none of it, and say so themselves. */
    private static Map<String, String> everything() {
        var tables = COMPANY.server
                .sql()
                .sql("select tablename from pg_tables where schemaname = 'public' and tablename <> all (?)")
                .param(NOT_OURS)
                .query(String.class)
                .list();
        var all = new TreeMap<String, String>();
        for (var table : tables) {
            all.put(
                    table,
                    COMPANY.server
                            .sql()
                            .sql("select coalesce(md5(string_agg(t::text, '' order by t::text)), '') from \"" + table
                                    + "\" t")
                            .query(String.class)
                            .single());
        }
        return all;
    }

    @Test
    void whatFetchesAndSendsEverythingWithoutCookiesChangesNothing() {
        var links = links();
        var before = everything();
        var seen = links.stream()
                .mapToInt(link -> crawl(() -> COMPANY.server.anonymous(), link, true))
                .sum();
        assertThat(everything()).isEqualTo(before);
        assertThat(seen).as("forms sent").isGreaterThan(50);
        assertThat(COMPANY.server
                        .sql()
                        .sql("select (select count(*) from guest_draft) + (select count(*) from guest_opening)")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void whatKeepsCookiesButDecidesNothingChangesNothing() {
        var links = links();
        var before = everything();
        var kept = COMPANY.server.anonymous();
        links.forEach(link -> crawl(() -> kept, link, false));
        assertThat(everything()).isEqualTo(before);
    }

    /** {@code fill}: ticks every box and writes into every field. Each form is sent twice. */
    private static int crawl(Supplier<TestClient> client, String start, boolean fill) {
        var queue = new ArrayDeque<String>(List.of(start));
        Set<String> visited = new LinkedHashSet<>();
        int sent = 0;
        while (!queue.isEmpty() && visited.size() < PAGES_MAX) {
            var path = queue.remove();
            if (!visited.add(path)) {
                continue;
            }
            client.get().send("HEAD", path, null, null);
            var pages = new ArrayList<String>();
            pages.add(client.get().get(path).body());
            pages.add(client.get().send("POST", path, null, null).body());
            for (int i = 0; i < pages.size() && i < ANSWERS_MAX; i++) {
                GuestBrowser.links(pages.get(i)).forEach(queue::add);
                for (var form : GuestBrowser.forms(pages.get(i))) {
                    var filled = fill ? filled(form) : form;
                    for (int twice = 0; twice < 2; twice++) {
                        pages.add(new GuestBrowser(client.get()).send(filled).body());
                        sent++;
                    }
                }
            }
        }
        return sent;
    }

    private static Form filled(Form form) {
        var values = new LinkedHashMap<>(form.values());
        values.replaceAll((name, texts) -> texts.getFirst().isEmpty()
                ? List.of(name.contains("date") ? "2027-01-01" : name.contains("mail") ? "x@acme.example" : "1")
                : texts);
        form.boxes().forEach((name, all) -> values.put(name, List.of(all.getFirst())));
        return new Form(form.action(), values, form.boxes());
    }
}
