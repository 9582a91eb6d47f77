package io.baton.server.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Values;
import io.baton.server.TestProcess;
import io.baton.server.channel.ChannelSettings;
import io.baton.server.channel.ScriptedSmtp;
import io.baton.server.commit.Answer;
import io.baton.server.directory.PolicyBody;
import io.baton.server.directory.PolicyBody.Reminder;
import io.baton.server.guest.GuestBrowser.Form;
import io.baton.server.timers.FireDueTimers;
import io.baton.server.web.TestClient;
import java.time.Duration;
import java.time.ZoneOffset;
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
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Mail scanners open every link in every mail, and send every form that they find: nothing comes of it. */
class RobotTest {

    private static final int PAGES_MAX = 25;
    private static final int ANSWERS_MAX = 8;

    /** Drafts, and what is written meanwhile by mails that go out of themselves and by a node that says it is there. */
    private static final String[] NOT_OURS = {
        "guest_draft", "attempt", "delivered", "delivery", "outbox", "reply_token", "guest_opening", "node"
    };

    private static final String URL = "http://robot.example";
    private static final Pattern LINK = Pattern.compile("http://robot\\.example(/[\\w/?=&.-]+)");

    private static final ScriptedSmtp SMTP = new ScriptedSmtp();
    private static final GuestCompany COMPANY =
            new GuestCompany(new ChannelSettings(Map.of("BATON_SMTP_URL", SMTP.url(), "BATON_URL", URL)));

    private static final List<String> LINKS = new ArrayList<>();

    @BeforeAll
    static void writesMails() {
        SMTP.start();
        var issued = issued();
        gather();
        mails(Duration.ZERO);
        mails(Duration.ofHours(25));
        mails(Duration.ofHours(23));
        var mails = SMTP.received().stream()
                .map(mail ->
                        mail.content().replace("=\r\n", "").replace("=3D", "=").replace("\r\n ", " "))
                .toList();
        assertThat(mails).anyMatch(mail -> mail.contains("List-Unsubscribe:"));
        mails.stream()
                .flatMap(mail -> LINK.matcher(mail).results())
                .map(link -> link.group(1))
                .distinct()
                .forEach(LINKS::add);
        assertThat(LINKS).hasSizeGreaterThan(8).anyMatch(link -> link.startsWith("/unsubscribe/"));
        LINKS.addAll(issued);
    }

    @AfterAll
    static void close() {
        COMPANY.close();
        SMTP.close();
    }

    /** Of those that stand in mails later, or in none. */
    private static List<String> issued() {
        var vera = COMPANY.vera;
        var asked = COMPANY.started(vera, Map.of());
        var agreed = COMPANY.started(vera, Map.of());
        COMPANY.complete(agreed, "correct", vera, Map.of());
        var bank = COMPANY.started(vera, Map.of("iban", "DE02"));
        COMPANY.complete(bank, "correct", vera, Map.of());
        COMPANY.complete(bank, "agree", vera, Map.of());
        var _ = COMPANY.papersFor(vera, "papers");
        var signing = COMPANY.papersFor(vera, "signing");
        COMPANY.complete(signing, "send", vera, Map.of());
        var _ = COMPANY.visitFor(vera, COMPANY.ada);
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
                links.issue(vera, chosen, choose),
                links.issue(vera, chosen, 0),
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
        var before = everything();
        var seen = LINKS.stream()
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
        var before = everything();
        var kept = COMPANY.server.anonymous();
        LINKS.forEach(link -> crawl(() -> kept, link, false));
        assertThat(everything()).isEqualTo(before);
    }

    /** A reminder that waits for the others of its day. */
    private static void gather() {
        var gathered = new PolicyBody(null, false, true, List.of(new Reminder("PT0S", null, null)), List.of(), null);
        var _ = COMPANY.node.policies().put("gathered", gathered, COMPANY.ada);
        COMPANY.node
                .deployments()
                .deploy(
                        TestProcess.of("gathered", "GAT")
                                .then("startEvent", "start")
                                .then("<bpmn:userTask id=\"answer\" name=\"Answer us\">"
                                        + TestProcess.extension(
                                                "<baton:task holder=\"= who\" due=\"P1D\" policy=\"gathered\"/>")
                                        + "</bpmn:userTask>")
                                .then("endEvent", "end")
                                .sources(),
                        COMPANY.ada);
        var version = COMPANY.node
                .deployments()
                .newestVersion("gathered")
                .orElseThrow()
                .id();
        var variables = Values.variables(Map.of("who", COMPANY.vera));
        assertThat(COMPANY.node.cases().start(version, null, variables, COMPANY.ada, Actor.person(COMPANY.ada), null))
                .isInstanceOf(Answer.Done.class);
    }

    /** All that goes out after that time. */
    private static void mails(Duration later) {
        COMPANY.server.clock().advance(later);
        new FireDueTimers(
                        COMPANY.node.jdbc(),
                        COMPANY.node.transaction(),
                        COMPANY.node.committer(),
                        COMPANY.server.clock())
                .tick();
        do {
            COMPANY.node.channels().loop().tick();
        } while (isOnItsWay()); // the server's own loop may have it
    }

    private static boolean isOnItsWay() {
        return COMPANY.server
                .sql()
                .sql("select exists (select from delivery where due_at <= ?)")
                .param(COMPANY.server.clock().instant().atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
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
