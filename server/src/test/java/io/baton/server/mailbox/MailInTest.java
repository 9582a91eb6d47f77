package io.baton.server.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.IncidentKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reply is an act of whom was asked, once; or it is read by whoever has the step. */
class MailInTest {

    private static final MailCompany COMPANY = new MailCompany();
    private static final MailboxSettings SETTINGS =
            new MailboxSettings(MailCompany.DOMAIN, null, null, "mx.muster.example");
    private static final MailIn MAIL_IN = COMPANY.mailIn(SETTINGS);

    /** Nobody has been answered within the last hour. */
    @BeforeEach
    void begin() {
        COMPANY.node.jdbc().sql("update mail_seen set answered = false").update();
    }

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
                "--b\n\nHere it is\n--b\nContent-Type: application/pdf; name=offer.pdf\n\n%PDF-1.7\n--b--");
        assertThat(COMPANY.comments(id)).containsExactly("Here it is\n\nFiles received: offer.pdf");
        assertThat(COMPANY.files(id)).containsExactly("offer.pdf");
        assertThat(COMPANY.answers(id)).singleElement().asString().contains("Files received: offer.pdf");
        assertThat(kept()).isEmpty();
    }

    @Test
    void aFileThatMayNotBeAttachedIsNamedInTheAnswer() {
        var id = COMPANY.asked();
        reply(
                COMPANY.replyTo(id, "agree"),
                "Content-Type: multipart/mixed; boundary=b\n",
                "--b\n\napproved\n--b\nContent-Type: text/plain; name=run.txt\n\n#!/bin/sh\nrm -rf /\n--b"
                        + "\nContent-Type: application/pdf; name=offer.pdf\n\n%PDF-1.7\n--b--");
        assertThat(COMPANY.state(id).variables()).containsEntry("outcome", "approved");
        assertThat(COMPANY.files(id)).containsExactly("offer.pdf");
        assertThat(COMPANY.answers(id))
                .singleElement()
                .asString()
                .contains("you have approved it", "Not taken: run.txt", "Files received: offer.pdf");
    }

    @Test
    void filesOfAStrangerAreNotFiled() {
        var id = COMPANY.asked();
        var to = COMPANY.replyTo(id, "agree");
        deliver(
                to,
                "From: eve@evil.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nLook\n--b"
                        + "\nContent-Type: application/pdf; name=offer.pdf\n\n%PDF-1.7\n--b--");
        assertThat(COMPANY.files(id)).isEmpty();
        assertThat(kept()).containsExactly("It is not verified, and files came with it: offer.pdf");
        MAIL_IN.mailbox()
                .discard(MAIL_IN.mailbox().kept(Long.MAX_VALUE, 1).getFirst().id());
    }

    @Test
    void anApprovalIsDone() {
        var id = COMPANY.asked();
        reply(COMPANY.replyTo(id, "agree"), "", "Approved.\n\nBest regards\nVera");
        assertThat(COMPANY.state(id).variables()).containsEntry("outcome", "approved");
        assertThat(COMPANY.step(id, "rate").task()).isNotNull();
        assertThat(COMPANY.comments(id)).isEmpty();
        assertThat(COMPANY.answers(id)).singleElement().asString().contains("you have approved it");
    }

    /** A member who does a step in the web app sees the next there; one who does it by mail reads of it. */
    @Test
    void aMemberHearsInTheAnswerWhatElseWaits() {
        var id = COMPANY.asked(COMPANY.ada);
        var to = COMPANY.replyTo(COMPANY.ada, id, "agree");
        deliver(to, "From: ada@muster.example\nTo: " + to + "\nSubject: Re: DIS\n\nApproved.\n");
        assertThat(COMPANY.answers(COMPANY.ada, id))
                .first()
                .asString()
                .contains("you have approved it", "There is more for you in this case: Agree to the rate");
        var other = COMPANY.asked();
        reply(COMPANY.replyTo(other, "agree"), "", "Approved.");
        assertThat(COMPANY.answers(other))
                .singleElement()
                .asString()
                .as("somebody outside is asked by a mail of its own")
                .doesNotContain("There is more for you");
    }

    @Test
    void aReasonGoesWhereTheFormAsksForIt() {
        var id = COMPANY.asked();
        reply(COMPANY.replyTo(id, "agree"), "", "Abgelehnt, weil der Rabatt zu hoch ist.");
        assertThat(COMPANY.state(id).variables())
                .containsEntry("outcome", "rejected")
                .containsEntry("why", "der Rabatt zu hoch ist");
    }

    @Test
    void aRejectionWithoutTheReasonThatTheFormWantsIsDoneByTheLink() {
        var id = COMPANY.asked();
        reply(COMPANY.replyTo(id, "agree"), "", "rejected");
        assertThat(COMPANY.state(id).variables()).doesNotContainKey("outcome");
        assertThat(COMPANY.answers(id)).singleElement().asString().contains("Nothing is done yet");
    }

    @Test
    void whatNeedsACodeIsNotDoneByMail() {
        var id = COMPANY.asked();
        reply(COMPANY.replyTo(id, "agree"), "", "approve");
        reply(COMPANY.replyTo(id, "rate"), "", "approve");
        COMPANY.clock.advance(Duration.ofMinutes(16));
        COMPANY.becomesDue();
        reply(COMPANY.replyTo(id, "confirm"), "", "approve");
        assertThat(COMPANY.step(id, "confirm").task()).isNotNull();
        assertThat(COMPANY.comments(id)).containsExactly("approve");
        assertThat(COMPANY.answers(id).getFirst()).contains("this needs your confirmation");
    }

    @Test
    void aDecisionIsTakenBackWhileTheProcessLetsIt() {
        var id = COMPANY.asked();
        reply(COMPANY.replyTo(id, "agree"), "", "approve");
        var to = COMPANY.replyTo(id, "rate");
        reply(to, "Message-ID: <rate1@acme.example>\n", "approve");
        assertThat(COMPANY.task(id, "rate").decision()).isNotNull();
        assertThat(COMPANY.answers(id).getFirst()).contains("Was it a slip?", "by the link");
        COMPANY.clock.advance(Duration.ofMinutes(3));
        reply(to, "Message-ID: <rate2@acme.example>\n", "undo");
        assertThat(COMPANY.task(id, "rate").decision()).isNull();
        reply(to, "Message-ID: <rate3@acme.example>\n", "approve");
        COMPANY.clock.advance(Duration.ofMinutes(16));
        COMPANY.becomesDue();
        reply(to, "Message-ID: <rate4@acme.example>\n", "undo");
        assertThat(COMPANY.step(id, "confirm").task()).isNotNull();
        assertThat(COMPANY.comments(id)).containsExactly("undo");
    }

    @Test
    void aStepIsPassedOnWithinTheOwnOrganisation() {
        var id = COMPANY.asked();
        var to = COMPANY.replyTo(id, "agree");
        reply(to, "Message-ID: <pass1@acme.example>\n", "pass to joe@evil.example");
        assertThat(offeredTo(id)).isEqualTo(COMPANY.vera);
        reply(to, "Message-ID: <pass2@acme.example>\n", "pass to colin@acme.example because he knows the prices");
        var colin = COMPANY.node.directory().findByEmail("colin@acme.example").orElseThrow();
        assertThat(offeredTo(id)).isEqualTo(colin.id());
        assertThat(COMPANY.answers(id).getFirst()).contains("your colleague is asked", "the word undo");
        COMPANY.clock.advance(Duration.ofMinutes(3));
        reply(to, "Message-ID: <pass3@acme.example>\n", "undo");
        assertThat(COMPANY.task(id, "agree").offer()).isNull();
    }

    private static String offeredTo(long caseId) {
        return String.valueOf(
                Objects.requireNonNull(COMPANY.task(caseId, "agree").offer()).person());
    }

    @Test
    void aReplyToAStepThatIsOverIsAComment() {
        var id = COMPANY.asked();
        var to = COMPANY.replyTo(id, "agree");
        reply(to, "Message-ID: <a@acme.example>\n", "approve");
        reply(to, "Message-ID: <b@acme.example>\n", "reject because it is late");
        assertThat(COMPANY.state(id).variables()).containsEntry("outcome", "approved");
        assertThat(COMPANY.comments(id)).containsExactly("reject because it is late");
    }

    @Test
    void mailsThatOvertookEachOtherCountFromWhenTheyWereWritten() {
        var id = COMPANY.asked();
        var to = COMPANY.replyTo(id, "agree");
        reply(to, "Message-ID: <later@acme.example>\nDate: Mon, 2 Nov 2026 07:00:00 +0000\n", "by 5 November");
        reply(to, "Message-ID: <first@acme.example>\nDate: Mon, 2 Nov 2026 06:00:00 +0000\n", "undo");
        assertThat(COMPANY.task(id, "agree").promise()).isNotNull();
        assertThat(COMPANY.comments(id)).containsExactly("undo");
    }

    @Test
    void everyReplyIsAcknowledgedOnce() {
        var id = COMPANY.asked();
        var to = COMPANY.replyTo(id, "agree");
        reply(to, "Message-ID: <ack1@acme.example>\n", "stuck because the contract is missing");
        reply(to, "Message-ID: <ack1@acme.example>\n", "stuck because the contract is missing");
        assertThat(COMPANY.answers(id))
                .singleElement()
                .asString()
                .contains("Noted: you cannot go on.", "replying with the word undo");
        reply(to, "Message-ID: <ack2@acme.example>\n", "Who has the contract?");
        assertThat(COMPANY.answers(id)).hasSize(2);
        assertThat(COMPANY.answers(id).getFirst()).contains("Your message is with whoever has this step.");
    }

    @Test
    void nobodyIsAnsweredWithoutEnd() {
        var id = COMPANY.asked();
        var to = COMPANY.replyTo(id, "agree");
        COMPANY.clock.advance(Duration.ofHours(2));
        for (int i = 0; i < Acknowledgements.PER_HOUR_MAX + 5; i++) {
            reply(to, "Message-ID: <loop" + i + "@acme.example>\n", "Again " + i + "?");
        }
        assertThat(COMPANY.comments(id)).hasSize(Acknowledgements.PER_HOUR_MAX + 5);
        assertThat(COMPANY.answers(id)).hasSize(Acknowledgements.PER_HOUR_MAX);
        COMPANY.clock.advance(Duration.ofHours(2));
    }

    @Test
    void aMailThatIsNoMimeIsStillRead() {
        var id = COMPANY.asked();
        reply(
                COMPANY.replyTo(id, "agree"),
                "Content-Type: multipart/mixed; boundary=\nContent-Transfer-Encoding: nonsense\n",
                "--x\nWhat is\u0001 this?\n--");
        assertThat(COMPANY.comments(id)).singleElement().asString().contains("What is");
        var raw = new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, 2, 3, '\n', '\n', 0};
        MAIL_IN.mailbox().store(raw, COMPANY.replyTo(id, "agree"));
        deal();
        assertThat(COMPANY.comments(id)).hasSize(2).last().asString().startsWith("Not verified.");
    }

    @Test
    void aLongTextIsCutAndSaysSo() {
        var id = COMPANY.asked();
        reply(COMPANY.replyTo(id, "agree"), "", "Why is this so? ".repeat(100_000));
        assertThat(COMPANY.comments(id))
                .singleElement()
                .asString()
                .hasSize(10_000)
                .endsWith("…");
    }

    @Test
    void aMailOfSomebodyKnownStartsACase() {
        var before = cases();
        var to = "start+discount@baton.example";
        var mail = "To: " + to + "\nSubject: A discount please\nMessage-ID: <start@acme.example>\n"
                + "Content-Type: multipart/mixed; boundary=b\n%s\n--b\n\nWe offer two percent.\n--b\n"
                + "Content-Type: application/pdf; name=offer.pdf\n\n%%PDF-1.7\n--b--\n";
        var from = "From: Vera <vera@acme.example>\n";
        deliver(to, from + mail.formatted(""));
        deliver(to, from + mail.formatted(""));
        assertThat(cases()).isEqualTo(before + 1);
        deliver(to, "From: eve@evil.example\n" + mail.formatted("").replace("start@", "start2@"));
        deliver(
                to,
                from
                        + mail.formatted("Authentication-Results: mx.muster.example; dmarc=fail\n")
                                .replace("start@", "s3@"));
        deliver(to, from + mail.formatted("Auto-Submitted: auto-replied\n").replace("start@", "start4@"));
        deliver("start+nothing@baton.example", from + mail.formatted(""));
        assertThat(cases()).isEqualTo(before + 1);
        var id = COMPANY.node
                .jdbc()
                .sql("select max(id) from cases")
                .query(Long.class)
                .single();
        assertThat(COMPANY.state(id).variables().get("mail"))
                .isEqualTo(Map.of(
                        "from", "vera@acme.example",
                        "name", "Vera",
                        "subject", "A discount please",
                        "text", "We offer two percent."));
        assertThat(COMPANY.files(id)).containsExactly("offer.pdf");
        assertThat(COMPANY.answers(id)).singleElement().asString().contains("has become DIS-" + id, "offer.pdf");
        // The stranger and the forger hear nothing; who is known hears that this address starts nothing.
        assertThat(COMPANY.answers(0)).singleElement().asString().contains("nothing can be started");
        assertThat(kept())
                .filteredOn(problem -> problem.startsWith("It may not start a case"))
                .hasSize(3);
        MAIL_IN.mailbox()
                .kept(Long.MAX_VALUE, 50)
                .forEach(mailKept -> MAIL_IN.mailbox().discard(mailKept.id()));
    }

    @Test
    void whoStartsTooManyCasesIsToldSo() {
        var before = cases();
        COMPANY.clock.advance(Duration.ofDays(2));
        for (int i = 0; i <= StartByMail.STARTS_OF_ONE_MAX; i++) {
            deliver(
                    "start+discount@baton.example",
                    "From: ada@muster.example\nMessage-ID: <many" + i + "@muster.example>\n\nAnother\n");
        }
        assertThat(cases()).isEqualTo(before + StartByMail.STARTS_OF_ONE_MAX);
        COMPANY.clock.advance(Duration.ofDays(2));
        MAIL_IN.mailbox()
                .kept(Long.MAX_VALUE, 50)
                .forEach(mailKept -> MAIL_IN.mailbox().discard(mailKept.id()));
    }

    private static int cases() {
        return COMPANY.node
                .jdbc()
                .sql("select count(*) from cases")
                .query(Integer.class)
                .single();
    }

    @Test
    void anApprovalBeforeACrashIsNotDoneAgain() {
        var id = COMPANY.asked();
        var to = COMPANY.replyTo(id, "agree");
        reply(to, "Message-ID: <crash2@acme.example>\n", "approve");
        again(id, to, "From: vera@acme.example\r\nMessage-ID: <crash2@acme.example>\r\n\r\napprove");
        assertThat(COMPANY.comments(id)).isEmpty();
        assertThat(COMPANY.step(id, "rate").task()).isNotNull();
        assertThat(COMPANY.answers(id)).hasSize(1);
    }

    /** As if the node had stopped after the act and before it was written down. */
    private static void again(long caseId, String to, String raw) {
        COMPANY.node
                .jdbc()
                .sql("""
                insert into mail_in (digest, recipient, received_at, raw, due_at, attempts)
                select digest, :to, at, :raw, at, 1 from mail_seen where case_id = :case""")
                .param("to", to)
                .param("raw", raw.getBytes(StandardCharsets.UTF_8))
                .param("case", caseId)
                .update();
        deal();
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
        again(id, to, "From: vera@acme.example\r\nMessage-ID: <crash@acme.example>\r\n\r\nIs this right?");
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
