package io.baton.server.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Case;
import io.baton.engine.Command;
import io.baton.engine.IncidentKind;
import io.baton.engine.Notice;
import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.channel.ScriptedSmtp.Received;
import io.baton.server.commit.Answer;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.directory.Person;
import io.baton.server.directory.PolicyBody;
import io.baton.server.replies.Asked;
import io.baton.server.replies.Replies;
import io.baton.server.replies.Reply;
import io.baton.server.timers.FireDueTimers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deliveries by a real SMTP server that comes, goes and refuses, on a clock that the test moves. */
class SendDeliveriesTest {

    private final AskingCompany company = new AskingCompany(Map.of("BATON_MAIL_FROM", "baton@example.com"));

    @BeforeEach
    void deploy() {
        company.deploy(TestProcess.of("writing", "WRI")
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
        company.close();
    }

    private Answer give(long id, Command command, String by) {
        return company.node.cases().perform(id, command, Actor.person(by), null);
    }

    @Test
    void whoIsAskedGetsAMailWithALinkOfTheirOwn() {
        var vera = company.contact("Vera");
        var id = company.ask(vera);

        company.tick();

        assertThat(company.smtp.received()).hasSize(1);
        var mail = company.smtp.received().getFirst();
        assertThat(mail.to()).isEqualTo("vera@vendor.example");
        assertThat(mail.content())
                .contains("Subject: Please: Answer us")
                .contains("https://baton.example.com/g/")
                .contains("References: <baton.case." + id + "@example.com>")
                .contains("multipart/alternative");
        assertThat(MessageId.in(mail.messageId())).isPresent();
        assertThat(company.count("attempt where outcome = 1")).isEqualTo(1);
        assertThat(company.count("delivery")).isZero();
        assertThat(company.node.channels().dispatches(id, 10)).singleElement().satisfies(sent -> {
            assertThat(sent.person()).isEqualTo(vera);
            assertThat(sent.why()).isEqualTo(Notice.Reason.OFFERED);
            assertThat(sent.channel()).isEqualTo("mail");
            assertThat(sent.became()).isEqualTo(Dispatch.Became.ACCEPTED);
            assertThat(sent.at()).isEqualTo(company.clock.instant());
        });

        company.tick();
        assertThat(company.smtp.received()).hasSize(1);
    }

    @Test
    void ofAMessageThatIsTriedAgainTheTimeLineHasTheLastAttempt() {
        var id = company.ask(company.contact("Vera"));
        company.smtp.stop();
        company.passes(Duration.ofMinutes(20));
        assertThat(company.node.channels().dispatches(id, 10)).singleElement().satisfies(sent -> {
            assertThat(sent.became()).isEqualTo(Dispatch.Became.NOT_NOW);
            assertThat(sent.problem()).isNotNull();
        });
        company.smtp.start();
        company.passes(Duration.ofMinutes(70));
        assertThat(company.node.channels().dispatches(id, 10))
                .singleElement()
                .extracting(Dispatch::became)
                .isEqualTo(Dispatch.Became.ACCEPTED);
    }

    @Test
    void whoWasToldHearsWhenItIsNotNeededAnyMore_andWhoWasNotDoesNot() {
        var vera = company.contact("Vera");
        var told = company.ask(vera);
        company.tick();
        var untold = company.ask(vera);
        give(told, new Command.WaiveTask(company.step(told), "found it"), company.owner);
        give(untold, new Command.WaiveTask(company.step(untold), "found it"), company.owner);

        company.tick();

        assertThat(company.smtp.received())
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
                Stream.of("Vera", "Wim", "Xenia", "Yuri").map(company::contact).toList();
        company.smtp.stop();
        for (int i = 0; i < 20; i++) {
            company.ask(people.get(i % people.size()));
        }
        company.passes(Duration.ofMinutes(60));
        assertThat(company.smtp.received()).isEmpty();
        assertThat(company.count("attempt where outcome = 2")).isBetween(10, 240);
        assertThat(company.count("incident")).isZero();

        company.smtp.start();
        company.passes(Duration.ofMinutes(70));

        assertThat(company.smtp.received()).hasSize(20);
        assertThat(company.smtp.received().stream().map(Received::messageId).distinct())
                .hasSize(20);
        assertThat(company.count("delivery")).isZero();
        assertThat(company.count("incident")).isZero();
    }

    @Test
    void aServerThatRefusesHalfOfThemReachesTheOthers_andTheIncidentSaysWhoWasNot() {
        var cases = new LinkedHashMap<String, Long>();
        for (int i = 0; i < 10; i++) {
            var person = company.contact("Vera" + i);
            cases.put(person, company.ask(person));
        }
        company.smtp.answers(to -> to.matches("vera[02468]@.*") ? "550 5.1.1 no such user" : "250 ok");

        company.tick();

        assertThat(company.smtp.received()).extracting(Received::to).allMatch(to -> to.matches("vera[13579]@.*"));
        assertThat(company.smtp.received()).hasSize(5);
        int number = 0;
        for (var each : cases.entrySet()) {
            assertThat(company.unreached(each.getValue()))
                    .isEqualTo(number++ % 2 == 0 ? List.of(each.getKey()) : List.of());
        }
        assertThat(company.count("delivered where outcome = 4")).isEqualTo(5);
    }

    @Test
    void whoIsRefusedForNowIsTriedForAboutADay_andALaterMailEndsTheIncident() {
        var id = company.ask(company.contact("Vera"));
        var answer = new String[] {"450 4.2.1 mailbox busy"};
        company.smtp.answers(_ -> answer[0]);

        company.passes(Duration.ofHours(12));
        assertThat(company.unreached(id)).isEmpty();
        company.passes(Duration.ofHours(18));
        assertThat(company.unreached(id)).hasSize(1);
        assertThat(company.count("attempt")).isEqualTo(SendDeliveries.ATTEMPTS_MAX);

        answer[0] = "250 ok";
        give(
                id,
                new Command.ChangeDue(company.step(id), company.clock.instant().plus(Duration.ofDays(9)), "later"),
                company.owner);
        company.tick();
        assertThat(company.smtp.received()).hasSize(1);
        assertThat(company.unreached(id)).isEmpty();
    }

    @Test
    void aCrashBetweenSendingAndRecordingSendsTheSameMessageAgain() {
        company.ask(company.contact("Vera"));
        var crashes = new ArrayList<>(List.of("once"));
        company.smtp.afterAccepting(() -> {
            if (!crashes.isEmpty()) {
                crashes.removeFirst();
                cutTransactions(); // the connection that would record it, as if the node had died
            }
        });
        try {
            company.tick();
        } catch (RuntimeException e) {
            // what a node that died would not have said either
        }
        assertThat(company.count("delivered")).isZero();

        company.tick();

        assertThat(company.smtp.received()).hasSize(2);
        assertThat(company.smtp.received().stream().map(Received::messageId).distinct())
                .hasSize(1);
        assertThat(company.count("delivered where outcome = 1")).isEqualTo(1);
    }

    private void cutTransactions() {
        try (var connection = company.database.database().connect();
                var statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and state = 'idle in transaction'");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void twoNodesSendEverythingOnce() {
        var people = Stream.of("Vera", "Wim", "Xenia").map(company::contact).toList();
        for (int i = 0; i < 30; i++) {
            company.ask(people.get(i % people.size()));
        }
        try (var other = new Node(company.database.database(), LocalWorkers.NONE, company.clock, company.settings)) {
            Stream.of(company.node, other)
                    .map(each -> CompletableFuture.runAsync(
                            () -> AskingCompany.tick(each),
                            task -> Thread.ofVirtual().start(task)))
                    .toList()
                    .forEach(CompletableFuture::join);
            company.tick();
        }
        assertThat(company.smtp.received()).hasSize(30);
        assertThat(company.count("delivered where outcome = 1")).isEqualTo(30);
    }

    @Test
    void nobodyWritesAHeaderOrMarkupThroughANameOrATitle() {
        var eve = company.person(Person.contact(
                "Eve <script>alert(1)</script>\r\nBcc: victim@example.com", "eve@vendor.example", "Vendor"));
        company.ask(eve);
        company.start(
                "writing",
                Map.of("who", "eve@vendor.example", "what", "it\r\nBcc: victim@example.com\r\n\r\n<img src=x>"));

        company.tick();

        assertThat(company.smtp.received()).hasSize(2).allSatisfy(mail -> {
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
        var vera = company.contact("Vera");
        company.node.directory().change(vera, person -> person.with(german()));
        var id = company.start("writing", Map.of("who", "vera@vendor.example", "what", "your invoice"));
        assertThat(company.state(id).status()).isEqualTo(Case.Status.OPEN);

        company.tick();

        assertThat(company.smtp.received()).hasSize(1);
        assertThat(company.smtp.received().getFirst().content())
                .contains("Subject: About your invoice")
                .contains("Gute Nachricht.")
                .contains("Guten Tag Vera");
        assertThat(company.node.cases().find(id).orElseThrow().status()).isEqualTo(Case.Status.COMPLETED);
    }

    private static io.baton.server.directory.Profile german() {
        return new io.baton.server.directory.Profile(
                "Europe/Berlin", null, null, null, null, 10, List.of(), List.of(), "de-AT", null);
    }

    @Test
    void aProcessThatWritesToNobodyKnownWaitsForSomebodyToSeeToIt() {
        var id = company.start("writing", Map.of("who", "nobody@vendor.example", "what", "nothing"));
        company.tick();
        assertThat(company.state(id).incidents())
                .extracting(incident -> incident.kind())
                .containsExactly(IncidentKind.JOB);

        company.person(Person.contact("Nobody", "nobody@vendor.example", "Vendor"));
        var incident = company.state(id).incidents().iterator().next().id();
        give(id, new Command.ResolveIncident(incident), company.owner);
        company.tick();

        assertThat(company.smtp.received()).hasSize(1);
        assertThat(company.node.cases().find(id).orElseThrow().status()).isEqualTo(Case.Status.COMPLETED);
    }

    @Test
    void aDueDateComesWithAFileForTheCalendar() {
        company.ask(company.contact("Vera"));
        company.tick();
        assertThat(company.smtp.received().getFirst().content())
                .contains("text/calendar; charset=utf-8; method=PUBLISH")
                .contains("BEGIN:VEVENT\r\n")
                .contains("DTEND:20261104T080000Z\r\n")
                .contains("SUMMARY:Due: Answer us\r\n");
    }

    @Test
    void remindersOfADigestPolicyComeTogetherInTheMorning_theMostUrgentFirst() {
        var _ = company.node
                .policies()
                .put(
                        "gathered",
                        new PolicyBody(
                                null,
                                false,
                                true,
                                List.of(new PolicyBody.Reminder("PT0S", null, null)),
                                List.of(),
                                null),
                        company.owner);
        for (var days : List.of("P2D", "P1D")) {
            company.deploy(TestProcess.of("gathered-" + days.toLowerCase(java.util.Locale.ROOT), "GAT")
                    .then("startEvent", "start")
                    .then("<bpmn:userTask id=\"answer\" name=\"Within " + days + "\">"
                            + TestProcess.extension(
                                    "<baton:task holder=\"= who\" due=\"" + days + "\" policy=\"gathered\"/>")
                            + "</bpmn:userTask>")
                    .then("endEvent", "end"));
        }
        var vera = company.contact("Vera");
        company.start("gathered-p2d", Map.of("who", vera));
        company.start("gathered-p1d", Map.of("who", vera));
        company.tick();
        assertThat(company.smtp.received()).hasSize(2); // asked for each

        var timers = new FireDueTimers(
                company.node.jdbc(), company.node.transaction(), company.node.committer(), company.clock);
        company.clock.advance(Duration.ofHours(49)); // two days later at nine, past the morning
        timers.tick();
        company.tick();
        assertThat(company.smtp.received()).hasSize(2);
        assertThat(company.count("delivery where digest")).isEqualTo(2);

        company.clock.advance(Duration.ofHours(23));
        company.tick();
        assertThat(company.smtp.received()).hasSize(3);
        var digest = company.smtp.received().getLast();
        assertThat(subject(digest)).isEqualTo("What waits for you: 2");
        assertThat(digest.content())
                .containsSubsequence("- Within P1D", "- Within P2D")
                .contains("/g/");
        assertThat(company.count("delivered where outcome = 1 and kind = 1")).isEqualTo(2);
        company.tick();
        assertThat(company.smtp.received()).hasSize(3);
    }

    @Test
    void aMailThatComesBackIsAnIncident_butNobodyCanMakeOneUp() throws Exception {
        var vera = company.contact("Vera");
        var id = company.ask(vera);
        company.tick();
        var messageId = company.smtp.received().getFirst().messageId();

        assertThat(company.node
                        .channels()
                        .bounces()
                        .report(bounce(messageId.replaceAll("[0-9a-f]{16}@", "0123456789abcdef@"), "failed"), null))
                .isFalse();
        assertThat(company.node.channels().bounces().report(bounce(messageId, "delayed"), null))
                .isTrue();
        assertThat(company.unreached(id)).isEmpty();

        company.clock.advance(Duration.ofMinutes(1));
        assertThat(company.node.channels().bounces().report(bounce(messageId, "failed"), null))
                .isTrue();
        assertThat(company.unreached(id)).containsExactly(vera);
        assertThat(company.state(id).incidents())
                .anySatisfy(incident -> assertThat(incident.message()).contains("550 5.1.1 no such user"));
        assertThat(company.count("attempt where outcome = 4")).isEqualTo(1);
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
        var found = (Reply.Bounce)
                Replies.understand(mail, new Asked(Set.of(), null, company.clock.instant(), null, List.of()));
        return new Bounces.Bounce(found.returned(), found.lasting(), found.reason());
    }

    @Test
    void aMemberWithoutAnAddressFindsItInTheWebApp() {
        var id = company.ask(company.person(Person.member("Max", null, List.of())));
        company.tick();
        assertThat(company.smtp.received()).isEmpty();
        assertThat(company.count("delivered where outcome = 3")).isEqualTo(1);
        assertThat(company.unreached(id)).isEmpty();
    }

    @Test
    void aContactWithoutAnAddressIsAnIncident() {
        var nora = company.person(Person.contact("Nora", null, "Vendor"));
        var id = company.ask(nora);
        company.tick();
        assertThat(company.unreached(id)).containsExactly(nora);
    }
}
