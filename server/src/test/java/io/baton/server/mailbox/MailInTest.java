package io.baton.server.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.IncidentKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A reply is an act of whom was asked, once; or it is read by whoever has the step. */
class MailInTest {

    private static final MailCompany COMPANY = new MailCompany();
    private static final MailboxSettings SETTINGS =
            new MailboxSettings(MailCompany.DOMAIN, null, null, "mx.muster.example");
    private static final MailIn MAIL_IN = COMPANY.mailIn(SETTINGS);

    @AfterAll
    static void close() {
        MAIL_IN.close();
        COMPANY.close();
    }

    private static void reply(String to, String headers, String text) {
        var mail = "From: Vera Vendor <vera@acme.example>\nTo: " + to + "\nSubject: Re: DIS\n" + headers + "\n" + text
                + "\n";
        deliver(to, mail);
    }

    private static void deliver(String to, String mail) {
        MAIL_IN.mailbox().store(mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8), to);
        deal();
    }

    private static void deal() {
        while (MAIL_IN.loop().tick().isZero()) {
            // more waits
        }
    }

    private static List<String> kept() {
        return MAIL_IN.mailbox().kept(Long.MAX_VALUE, 50).stream()
                .map(Mailbox.Kept::problem)
                .toList();
    }

    @Test
    void aReplyDoesWhatItSays() {
        var id = COMPANY.asked();
        reply(COMPANY.replyTo(id, "agree"), "", "You'll have it tomorrow.\n\nBest regards\nVera");
        assertThat(COMPANY.task(id, "agree").promise()).isNotNull();
        assertThat(COMPANY.task(id, "agree").holder()).isEqualTo(COMPANY.vera);
    }

    @Test
    void filesThatCameWithAReplyAreNotLost() {
        var id = COMPANY.asked();
        reply(
                COMPANY.replyTo(id, "agree"),
                "Content-Type: multipart/mixed; boundary=b\n",
                "--b\n\nHere it is\n--b\nContent-Type: application/pdf; name=offer.pdf\n\nx\n--b--");
        assertThat(COMPANY.comments(id)).containsExactly("Here it is");
        assertThat(kept()).contains("It is dealt with, but files came with it: offer.pdf");
    }

    @Test
    void anotherDateIsProposedToTheOwner() {
        var id = COMPANY.asked();
        reply(COMPANY.replyTo(id, "agree"), "", "Can we move it to the end of next week?");
        assertThat(COMPANY.task(id, "agree").proposal()).isNotNull();
        assertThat(COMPANY.comments(id)).isEmpty();
    }

    @Test
    void whatIsStuckCanBeTakenBackByMail() {
        var id = COMPANY.asked();
        var to = COMPANY.replyTo(id, "agree");
        reply(to, "Message-ID: <1@acme.example>\n", "stuck because the contract is missing");
        assertThat(COMPANY.task(id, "agree").blocker()).isNotNull();
        COMPANY.clock.advance(Duration.ofMinutes(3));
        reply(to, "Message-ID: <2@acme.example>\n", "undo");
        assertThat(COMPANY.task(id, "agree").blocker()).isNull();
        assertThat(COMPANY.comments(id)).isEmpty();
    }

    @Test
    void whatIsNotUnderstoodIsAComment() {
        var id = COMPANY.asked();
        reply(COMPANY.replyTo(id, "agree"), "", "Approved, but only if it is paid this week.\n\n> Please agree");
        assertThat(COMPANY.comments(id)).containsExactly("Approved, but only if it is paid this week.");
        assertThat(COMPANY.state(id).variables()).doesNotContainKey("outcome");
    }

    @Test
    void theSameMailIsTakenOnce() {
        var id = COMPANY.asked();
        var to = COMPANY.replyTo(id, "agree");
        for (int i = 0; i < 3; i++) {
            reply(to, "Received: from hop" + i + "\nMessage-ID: <same@acme.example>\n", "What is this about?");
        }
        assertThat(COMPANY.comments(id)).containsExactly("What is this about?");
    }

    @Test
    void whatItDidBeforeACrashIsNotDoneAgain() {
        var id = COMPANY.asked();
        var to = COMPANY.replyTo(id, "agree");
        reply(to, "Message-ID: <crash@acme.example>\n", "Is this right?");
        // As if the node had stopped after the act and before it was written down.
        COMPANY.node
                .jdbc()
                .sql("""
                insert into mail_in (digest, recipient, received_at, raw, due_at)
                select digest, :to, at, :raw, at from mail_seen where case_id = :case""")
                .param("to", to)
                .param(
                        "raw",
                        "From: vera@acme.example\r\nMessage-ID: <crash@acme.example>\r\n\r\nIs this right?"
                                .getBytes(StandardCharsets.UTF_8))
                .param("case", id)
                .update();
        deal();
        assertThat(COMPANY.comments(id)).containsExactly("Is this right?");
        assertThat(kept()).noneMatch(problem -> problem.contains("comment"));
    }

    @Test
    void nobodyActsInAnotherName() {
        var id = COMPANY.asked();
        var to = COMPANY.replyTo(id, "agree");
        deliver(to, "From: eve@evil.example\n\ntomorrow\n");
        deliver(to, "From: vera@acme.example\nAuthentication-Results: mx.muster.example; dmarc=fail\n\ntomorrow\n");
        deliver(
                to,
                "From: vera@acme.example\nAuthentication-Results: mx.muster.example; spf=softfail; dkim=none\n\ntomorrow\n");
        deliver(to, "From: vera@acme.example, eve@evil.example\n\ntomorrow\n");
        deliver(to, "From: vera@acme.example\nFrom: eve@evil.example\n\ntomorrow\n");
        deliver(
                to,
                "Sender: vera@acme.example\nReply-To: vera@acme.example\nFrom: \"vera@acme.example\" <eve@evil.example>\n\ntomorrow\n");
        assertThat(COMPANY.task(id, "agree").promise()).isNull();
        assertThat(COMPANY.comments(id)).hasSize(6).allMatch(text -> text.startsWith("Not verified."));
        deliver(to, """
                From: vera@acme.example
                Authentication-Results: mx.muster.example; spf=fail; dmarc=pass
                Authentication-Results: mx.muster.example; dmarc=fail

                tomorrow
                """);
        assertThat(COMPANY.task(id, "agree").promise()).isNotNull();
    }

    @Test
    void automaticAnswersAndOurOwnMailsEndHere() {
        var id = COMPANY.asked();
        var to = COMPANY.replyTo(id, "agree");
        reply(to, "Auto-Submitted: auto-replied\n", "tomorrow");
        reply(to, "Precedence: bulk\n", "tomorrow");
        deliver(to, "From: " + to + "\n\ntomorrow\n");
        deliver(to, "From: baton@baton.example\n\ntomorrow\n");
        deliver(
                to,
                "From: mailer-daemon@acme.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x--\n");
        assertThat(COMPANY.comments(id)).isEmpty();
        assertThat(COMPANY.task(id, "agree").promise()).isNull();
    }

    @Test
    void aMailThatCameBackIsAnIncident() {
        var id = COMPANY.asked();
        var to = COMPANY.replyTo(id, "agree");
        var report = """
                From: mailer-daemon@acme.example
                Content-Type: multipart/report; report-type=delivery-status; boundary=x

                --x
                Content-Type: message/delivery-status

                Action: %s
                Diagnostic-Code: smtp; 550 No such user
                --x--
                """;
        deliver(to, report.formatted("delayed"));
        assertThat(COMPANY.state(id).incidents()).isEmpty();
        deliver(to, report.formatted("failed"));
        assertThat(COMPANY.state(id).incidents())
                .singleElement()
                .satisfies(incident -> assertThat(incident.kind()).isEqualTo(IncidentKind.BOUNCED));
    }

    @Test
    void aMailForNothingIsKeptForAnAdministrator() {
        deliver("reply+" + "0".repeat(40) + "@baton.example", "From: a@x.example\n\napproved\n");
        assertThat(kept()).contains("It answers no mail of ours that is known");
        var mail = MAIL_IN.mailbox().kept(Long.MAX_VALUE, 1).getFirst();
        assertThat(new String(MAIL_IN.mailbox().raw(mail.id()).orElseThrow(), StandardCharsets.UTF_8))
                .contains("approved");
        assertThat(MAIL_IN.mailbox().tryAgain(mail.id())).isTrue();
        deal();
        assertThat(MAIL_IN.mailbox().discard(mail.id())).isTrue();
        assertThat(MAIL_IN.mailbox().discard(mail.id())).isFalse();
    }
}
