package io.baton.server.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Case;
import io.baton.engine.Command;
import io.baton.engine.IncidentKind;
import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.channel.ScriptedSmtp.Received;
import io.baton.server.commit.Answer;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.TestDatabase;
import io.baton.server.directory.Person;
import io.baton.server.directory.PolicyBody;
import io.baton.server.replies.Asked;
import io.baton.server.replies.Replies;
import io.baton.server.replies.Reply;
import io.baton.server.timers.FireDueTimers;
import io.baton.server.verify.Verify;
import io.baton.server.web.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deliveries by a real SMTP server that comes, goes and refuses, on a clock that the test moves. */
class SendDeliveriesTest {

    private final TestDatabase database = TestDatabase.migrated();
    private final TestClock clock = new TestClock();
    private final ScriptedSmtp smtp = new ScriptedSmtp();
    private final ChannelSettings settings = new ChannelSettings(Map.of(
            "BATON_SMTP_URL", smtp.url(),
            "BATON_MAIL_FROM", "baton@example.com",
            "BATON_URL", "https://baton.example.com/"));
    private final Node node = new Node(database.database(), LocalWorkers.NONE, clock, settings);
    private final String owner = person(Person.member("Olga", null, List.of()));

    @BeforeEach
    void deploy() {
        smtp.start();
        deploy(TestProcess.of("asking", "ASK")
                .then("startEvent", "start")
                .then("<bpmn:userTask id=\"answer\" name=\"Answer us\">"
                        + TestProcess.extension("<baton:task holder=\"= who\" due=\"P2D\"/>") + "</bpmn:userTask>")
                .then("endEvent", "end"));
        deploy(TestProcess.of("writing", "WRI")
                .then("startEvent", "start")
                .then("<bpmn:sendTask id=\"write\" name=\"Write\">"
                        + TestProcess.extension(
                                "<baton:job type=\"mail\"/><baton:input name=\"to\" value=\"= who\"/>"
                                        + "<baton:input name=\"subject\" value='= \"About \" + what'/>"
                                        + "<baton:input name=\"text\" value=\"= {en: &quot;Good news.&quot;, de: &quot;Gute Nachricht.&quot;}\"/>")
                        + "</bpmn:sendTask>")
                .then("endEvent", "end"));
    }

    @AfterEach
    void journalAndTablesAgree() {
        try {
            assertThat(new Verify(node.jdbc(), node.transaction(), node.deployments())
                            .run(_ -> {})
                            .first())
                    .isEmpty();
        } finally {
            smtp.close();
            node.close();
            database.close();
        }
    }

    private void deploy(TestProcess process) {
        node.deployments().deploy(process.sources(), owner);
    }

    private String person(Person person) {
        return node.directory().add(person).orElseThrow();
    }

    private String contact(String name) {
        return person(Person.contact(name, name.toLowerCase(java.util.Locale.ROOT) + "@vendor.example", "Vendor"));
    }

    private long start(String process, Map<String, ? extends @Nullable Object> variables) {
        var version = node.deployments().newestVersion(process).orElseThrow().id();
        return ((Answer.Done) node.cases()
                        .start(version, null, new LinkedHashMap<>(variables), owner, Actor.person(owner), null))
                .caseId();
    }

    private long ask(String person) {
        return start("asking", Map.of("who", person));
    }

    private Answer give(long id, Command command, String by) {
        return node.cases().perform(id, command, Actor.person(by), null);
    }

    private Case state(long id) {
        return node.cases().state(node.cases().find(id).orElseThrow());
    }

    private int step(long id) {
        return state(id).steps().iterator().next().id();
    }

    private void tick() {
        tick(node);
    }

    private static void tick(Node node) {
        while (node.channels().loop().tick().isZero()) {}
    }

    private void passes(Duration time) {
        for (var left = time; left.isPositive(); left = left.minusMinutes(1)) {
            clock.advance(Duration.ofMinutes(1));
            tick();
        }
    }

    private int count(String table) {
        return node.jdbc()
                .sql("select count(*) from " + table)
                .query(Integer.class)
                .single();
    }

    private List<String> unreached(long id) {
        return state(id).incidents().stream()
                .filter(incident -> incident.kind() == IncidentKind.BOUNCED)
                .map(incident -> String.valueOf(incident.about()))
                .toList();
    }

    @Test
    void whoIsAskedGetsAMailWithALinkOfTheirOwn() {
        var vera = contact("Vera");
        var id = ask(vera);

        tick();

        assertThat(smtp.received()).hasSize(1);
        var mail = smtp.received().getFirst();
        assertThat(mail.to()).isEqualTo("vera@vendor.example");
        assertThat(mail.content())
                .contains("Subject: Please: Answer us")
                .contains("https://baton.example.com/g/")
                .contains("References: <baton.case." + id + "@example.com>")
                .contains("multipart/alternative");
        assertThat(MessageId.in(mail.messageId())).isPresent();
        assertThat(count("attempt where outcome = 1")).isEqualTo(1);
        assertThat(count("delivery")).isZero();

        tick();
        assertThat(smtp.received()).hasSize(1);
    }

    @Test
    void whoWasToldHearsWhenItIsNotNeededAnyMore_andWhoWasNotDoesNot() {
        var vera = contact("Vera");
        var told = ask(vera);
        tick();
        var untold = ask(vera);
        give(told, new Command.WaiveTask(step(told), "found it"), owner);
        give(untold, new Command.WaiveTask(step(untold), "found it"), owner);

        tick();

        assertThat(smtp.received())
                .extracting(mail -> subject(mail))
                .containsExactly("Please: Answer us", "Not needed any more: Answer us");
    }

    private static String subject(Received mail) {
        return mail.content()
                .lines()
                .filter(line -> line.startsWith("Subject: "))
                .findFirst()
                .orElseThrow()
                .substring("Subject: ".length());
    }

    @Test
    void anHourWithoutTheServerLosesNothingAndSendsNothingTwice() {
        var people =
                Stream.of("Vera", "Wim", "Xenia", "Yuri").map(this::contact).toList();
        smtp.stop();
        for (int i = 0; i < 20; i++) {
            ask(people.get(i % people.size()));
        }
        passes(Duration.ofMinutes(60));
        assertThat(smtp.received()).isEmpty();
        assertThat(count("attempt where outcome = 2")).isBetween(10, 240);
        assertThat(count("incident")).isZero();

        smtp.start();
        passes(Duration.ofMinutes(70));

        assertThat(smtp.received()).hasSize(20);
        assertThat(smtp.received().stream().map(Received::messageId).distinct()).hasSize(20);
        assertThat(count("delivery")).isZero();
        assertThat(count("incident")).isZero();
    }

    @Test
    void aServerThatRefusesHalfOfThemReachesTheOthers_andTheIncidentSaysWhoWasNot() {
        var cases = new LinkedHashMap<String, Long>();
        for (int i = 0; i < 10; i++) {
            var person = contact("Vera" + i);
            cases.put(person, ask(person));
        }
        smtp.answers(to -> to.matches("vera[02468]@.*") ? "550 5.1.1 no such user" : "250 ok");

        tick();

        assertThat(smtp.received()).extracting(Received::to).allMatch(to -> to.matches("vera[13579]@.*"));
        assertThat(smtp.received()).hasSize(5);
        int number = 0;
        for (var each : cases.entrySet()) {
            assertThat(unreached(each.getValue())).isEqualTo(number++ % 2 == 0 ? List.of(each.getKey()) : List.of());
        }
        assertThat(count("delivered where outcome = 4")).isEqualTo(5);
    }

    @Test
    void whoIsRefusedForNowIsTriedForAboutADay_andALaterMailEndsTheIncident() {
        var id = ask(contact("Vera"));
        var answer = new String[] {"450 4.2.1 mailbox busy"};
        smtp.answers(_ -> answer[0]);

        passes(Duration.ofHours(12));
        assertThat(unreached(id)).isEmpty();
        passes(Duration.ofHours(18));
        assertThat(unreached(id)).hasSize(1);
        assertThat(count("attempt")).isEqualTo(SendDeliveries.ATTEMPTS_MAX);

        answer[0] = "250 ok";
        give(id, new Command.ChangeDue(step(id), clock.instant().plus(Duration.ofDays(9)), "later"), owner);
        tick();
        assertThat(smtp.received()).hasSize(1);
        assertThat(unreached(id)).isEmpty();
    }

    @Test
    void aCrashBetweenSendingAndRecordingSendsTheSameMessageAgain() {
        ask(contact("Vera"));
        var crashes = new ArrayList<>(List.of("once"));
        smtp.afterAccepting(() -> {
            if (!crashes.isEmpty()) {
                crashes.removeFirst();
                cutTransactions(); // the connection that would record it, as if the node had died
            }
        });
        try {
            tick();
        } catch (RuntimeException e) {
            // what a node that died would not have said either
        }
        assertThat(count("delivered")).isZero();

        tick();

        assertThat(smtp.received()).hasSize(2);
        assertThat(smtp.received().stream().map(Received::messageId).distinct()).hasSize(1);
        assertThat(count("delivered where outcome = 1")).isEqualTo(1);
    }

    private void cutTransactions() {
        try (var connection = database.database().connect();
                var statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and state = 'idle in transaction'");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void twoNodesSendEverythingOnce() {
        var people = Stream.of("Vera", "Wim", "Xenia").map(this::contact).toList();
        for (int i = 0; i < 30; i++) {
            ask(people.get(i % people.size()));
        }
        try (var other = new Node(database.database(), LocalWorkers.NONE, clock, settings)) {
            Stream.of(node, other)
                    .map(each -> CompletableFuture.runAsync(
                            () -> tick(each), task -> Thread.ofVirtual().start(task)))
                    .toList()
                    .forEach(CompletableFuture::join);
            tick();
        }
        assertThat(smtp.received()).hasSize(30);
        assertThat(count("delivered where outcome = 1")).isEqualTo(30);
    }

    @Test
    void nobodyWritesAHeaderOrMarkupThroughANameOrATitle() {
        var eve = person(Person.contact(
                "Eve <script>alert(1)</script>\r\nBcc: victim@example.com", "eve@vendor.example", "Vendor"));
        ask(eve);
        start(
                "writing",
                Map.of("who", "eve@vendor.example", "what", "it\r\nBcc: victim@example.com\r\n\r\n<img src=x>"));

        tick();

        assertThat(smtp.received()).hasSize(2).allSatisfy(mail -> {
            assertThat(mail.to()).isEqualTo("eve@vendor.example");
            assertThat(headers(mail).lines()).noneMatch(line -> line.startsWith("Bcc:"));
            assertThat(html(mail)).doesNotContain("<script>").doesNotContain("<img");
        });
    }

    private static String headers(Received mail) {
        return mail.content().substring(0, mail.content().indexOf("\r\n\r\n"));
    }

    private static String html(Received mail) {
        var part = mail.content().substring(mail.content().indexOf("text/html"));
        return part.replace("=\r\n", "");
    }

    @Test
    void aProcessWritesToAKnownContactInTheirLanguage_andGoesOnWhenTheMailIsOut() {
        var vera = contact("Vera");
        node.directory().change(vera, person -> person.with(german()));
        var id = start("writing", Map.of("who", "vera@vendor.example", "what", "your invoice"));
        assertThat(state(id).status()).isEqualTo(Case.Status.OPEN);

        tick();

        assertThat(smtp.received()).hasSize(1);
        assertThat(smtp.received().getFirst().content())
                .contains("Subject: About your invoice")
                .contains("Gute Nachricht.")
                .contains("Guten Tag Vera");
        assertThat(node.cases().find(id).orElseThrow().status()).isEqualTo(Case.Status.COMPLETED);
    }

    private static io.baton.server.directory.Profile german() {
        return new io.baton.server.directory.Profile(
                "Europe/Berlin", null, null, null, null, 10, List.of(), List.of(), "de-AT", null);
    }

    @Test
    void aProcessThatWritesToNobodyKnownWaitsForSomebodyToSeeToIt() {
        var id = start("writing", Map.of("who", "nobody@vendor.example", "what", "nothing"));
        tick();
        assertThat(state(id).incidents())
                .extracting(incident -> incident.kind())
                .containsExactly(IncidentKind.JOB);

        person(Person.contact("Nobody", "nobody@vendor.example", "Vendor"));
        var incident = state(id).incidents().iterator().next().id();
        give(id, new Command.ResolveIncident(incident), owner);
        tick();

        assertThat(smtp.received()).hasSize(1);
        assertThat(node.cases().find(id).orElseThrow().status()).isEqualTo(Case.Status.COMPLETED);
    }

    @Test
    void aDueDateComesWithAFileForTheCalendar() {
        ask(contact("Vera"));
        tick();
        assertThat(smtp.received().getFirst().content())
                .contains("text/calendar; charset=utf-8; method=PUBLISH")
                .contains("BEGIN:VEVENT\r\n")
                .contains("DTEND:20261104T080000Z\r\n")
                .contains("SUMMARY:Due: Answer us\r\n");
    }

    @Test
    void remindersOfADigestPolicyComeTogetherInTheMorning_theMostUrgentFirst() {
        var _ = node.policies()
                .put(
                        "gathered",
                        new PolicyBody(
                                null,
                                false,
                                true,
                                List.of(new PolicyBody.Reminder("PT0S", null, null)),
                                List.of(),
                                null),
                        owner);
        for (var days : List.of("P2D", "P1D")) {
            deploy(TestProcess.of("gathered-" + days.toLowerCase(java.util.Locale.ROOT), "GAT")
                    .then("startEvent", "start")
                    .then("<bpmn:userTask id=\"answer\" name=\"Within " + days + "\">"
                            + TestProcess.extension(
                                    "<baton:task holder=\"= who\" due=\"" + days + "\" policy=\"gathered\"/>")
                            + "</bpmn:userTask>")
                    .then("endEvent", "end"));
        }
        var vera = contact("Vera");
        start("gathered-p2d", Map.of("who", vera));
        start("gathered-p1d", Map.of("who", vera));
        tick();
        assertThat(smtp.received()).hasSize(2); // asked for each

        var timers = new FireDueTimers(node.jdbc(), node.transaction(), node.committer(), clock);
        clock.advance(Duration.ofHours(49)); // two days later at nine, past the morning
        timers.tick();
        tick();
        assertThat(smtp.received()).hasSize(2);
        assertThat(count("delivery where digest")).isEqualTo(2);

        clock.advance(Duration.ofHours(23));
        tick();
        assertThat(smtp.received()).hasSize(3);
        var digest = smtp.received().getLast();
        assertThat(subject(digest)).isEqualTo("What waits for you: 2");
        assertThat(digest.content())
                .containsSubsequence("- Within P1D", "- Within P2D")
                .contains("/g/");
        assertThat(count("delivered where outcome = 1 and kind = 1")).isEqualTo(2);
        tick();
        assertThat(smtp.received()).hasSize(3);
    }

    @Test
    void aMailThatComesBackIsAnIncident_butNobodyCanMakeOneUp() throws Exception {
        var vera = contact("Vera");
        var id = ask(vera);
        tick();
        var messageId = smtp.received().getFirst().messageId();

        assertThat(node.channels()
                        .bounces()
                        .report(bounce(messageId.replaceAll("[0-9a-f]{16}@", "0123456789abcdef@"), "failed"), null))
                .isFalse();
        assertThat(node.channels().bounces().report(bounce(messageId, "delayed"), null))
                .isTrue();
        assertThat(unreached(id)).isEmpty();

        clock.advance(Duration.ofMinutes(1));
        assertThat(node.channels().bounces().report(bounce(messageId, "failed"), null))
                .isTrue();
        assertThat(unreached(id)).containsExactly(vera);
        assertThat(state(id).incidents())
                .anySatisfy(incident -> assertThat(incident.message()).contains("550 5.1.1 no such user"));
        assertThat(count("attempt where outcome = 4")).isEqualTo(1);
    }

    private Bounces.Bounce bounce(String messageId, String action) {
        var report = """
                From: MAILER-DAEMON@mx.example
                Subject: Undelivered Mail Returned to Sender
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="b"

                --b
                Content-Type: text/plain

                Sorry.
                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example

                Final-Recipient: rfc822; vera@vendor.example
                Action: %s
                Status: 5.1.1
                Diagnostic-Code: smtp;
                 550 5.1.1 no such user

                --b
                Content-Type: text/rfc822-headers

                References: <baton.1.1.1.ffffffffffffffff@example.com>
                Message-ID: %s
                Subject: Please

                --b--
                """.formatted(action, messageId).replace("\n", "\r\n");
        var mail = Replies.read(report.getBytes(StandardCharsets.UTF_8));
        var found =
                (Reply.Bounce) Replies.understand(mail, new Asked(Set.of(), null, clock.instant(), null, List.of()));
        return new Bounces.Bounce(found.returned(), found.lasting(), found.reason());
    }

    @Test
    void aMemberWithoutAnAddressFindsItInTheWebApp() {
        var id = ask(person(Person.member("Max", null, List.of())));
        tick();
        assertThat(smtp.received()).isEmpty();
        assertThat(count("delivered where outcome = 3")).isEqualTo(1);
        assertThat(unreached(id)).isEmpty();
    }

    @Test
    void aContactWithoutAnAddressIsAnIncident() {
        var nora = person(Person.contact("Nora", null, "Vendor"));
        var id = ask(nora);
        tick();
        assertThat(unreached(id)).containsExactly(nora);
    }
}
