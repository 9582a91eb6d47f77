package io.baton.server.replies;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no answer of a person, what is damaged, and what depends on where somebody is. */
class MailTest {

    private static final Instant NOW = Instant.parse("2026-11-25T09:30:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Auto-Submitted: auto-replied",
                "Auto-Submitted: auto-generated (rejected)",
                "Precedence: bulk",
                "Precedence: auto_reply",
                "X-Autoreply: yes",
                "X-Autorespond: vacation",
                "List-Id: <news.example.com>",
                "List-Unsubscribe: <https://example.com/u>",
                "Return-Path: <>",
                "X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent",
                "Subject: Automatic reply: Invoice 4711",
                "Subject: Automatische Antwort: Rechnung 4711",
                "Subject: =?utf-8?Q?R=C3=A9ponse_automatique_:_Facture?=",
                "Subject: Respuesta =?utf-8?Q?autom=C3=A1tica?=: Factura",
                "Subject: Out of Office",
                "Subject: Abwesenheitsnotiz",
                "Content-Type: multipart/report; report-type=disposition-notification; boundary=x"
            })
    void anAutomaticAnswerIsNeverAnAct(String header) {
        assertThat(understand(header, "approve")).isInstanceOf(Reply.Automatic.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: multipart/report; report-type=delivery-status; boundary=x",
                "X-Failed-Recipients: anna@example.com",
                "From: MAILER-DAEMON@mx.example.com (Mail Delivery System)",
                "From: postmaster@example.com\nSubject: Undeliverable: Invoice 4711"
            })
    void aReportOfUndeliveredMailIsABounce(String header) {
        assertThat(understand(header, "approve")).isInstanceOf(Reply.Bounce.class);
    }

    @Test
    void aReportSaysWhetherItIsForGoodAndWhy() {
        var report = """
                From: MAILER-DAEMON@mx.example.com
                Content-Type: multipart/report; report-type=delivery-status; boundary=b

                --b
                Content-Type: text/plain

                Sorry.
                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example.com

                Final-Recipient: rfc822; anna@example.com
                Action: %s
                Status: 5.1.1
                Diagnostic-Code: smtp; 550 5.1.1 No such user
                --b
                Content-Type: text/rfc822-headers

                References: <baton.1.1.0.ffffffffffffffff@example.com>
                Message-ID:
                 <baton.7.3.0.0123456789abcdef@example.com>

                --b--
                """;
        assertThat(understand(report.formatted("failed")))
                .isEqualTo(
                        new Reply.Bounce(true, "550 5.1.1 No such user", "<baton.7.3.0.0123456789abcdef@example.com>"));
        assertThat(understand(report.formatted("delayed")))
                .isEqualTo(new Reply.Bounce(
                        false, "550 5.1.1 No such user", "<baton.7.3.0.0123456789abcdef@example.com>"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I am out of the office until 3 December 2026.",
                "Ich bin bis zum 3.12.2026 nicht im Haus. Vertretung: jana@example.com",
                "Je suis absent jusqu'au 3 décembre 2026 inclus.",
                "Estaré fuera hasta el 3 de diciembre de 2026."
            })
    void anAbsenceNoticeSaysUntilWhen(String text) {
        assertThat(understand("Auto-Submitted: auto-replied", text))
                .isEqualTo(new Reply.Automatic(LocalDate.parse("2026-12-03")));
    }

    @Test
    void anAnswerOfACalendarIsNoAct() {
        var mail = """
                From: Anna <anna@example.com>
                Subject: Accepted: Invoice 4711
                Content-Type: multipart/alternative; boundary=b

                --b
                Content-Type: text/plain

                accepted
                --b
                Content-Type: text/calendar; method=REPLY

                BEGIN:VCALENDAR
                --b--
                """;
        assertThat(understand(mail)).isInstanceOf(Reply.Automatic.class);
    }

    @Test
    void whatIsCrossedOutIsNotSaid() {
        assertThat(understand("Content-Type: text/html", "<p><s>approved</s></p>"))
                .isInstanceOf(Reply.Message.class);
        assertThat(understand(
                        "Content-Type: text/html",
                        "<p><span style=\"text-decoration: line-through\">approved</span></p>"))
                .isInstanceOf(Reply.Message.class);
        assertThat(understand("Content-Type: text/html", "<p>approved</p><div style=\"display: none\">rejected</div>"))
                .isEqualTo(new Reply.Approve());
    }

    @Test
    void aForwardedMailIsForReadingWithAllThatIsInIt() {
        var text = "approved\n\n---------- Forwarded message ---------\nFrom: Boss <boss@example.com>\n\nPay it.";
        assertThat(understand("Subject: Fwd: Invoice", text)).isEqualTo(new Reply.Message(text));
        assertThat(understand("Subject: WG: Rechnung", "freigegeben")).isInstanceOf(Reply.Message.class);
    }

    @Test
    void answersBetweenSeveralQuestionsAreForReading() {
        var text = "> Is the amount right?\nno\n> Is it approved?\napproved\n";
        assertThat(understand("Subject: Re: Invoice", text)).isEqualTo(new Reply.Message("no\napproved"));
    }

    @Test
    void anAuthorOfWhomNothingIsSaidOrTooMuchIsNobody() {
        assertThat(Replies.read("Subject: x\n\nhi".getBytes(StandardCharsets.UTF_8))
                        .from()
                        .address())
                .isEmpty();
        assertThat(Replies.read("From: a@x.example\nFrom: b@x.example\n\nhi".getBytes(StandardCharsets.UTF_8))
                        .from()
                        .address())
                .isEmpty();
        assertThat(Replies.read("From: a@x.example, b@x.example\n\nhi".getBytes(StandardCharsets.UTF_8))
                        .from()
                        .address())
                .isEmpty();
    }

    @Test
    void damagedMailIsReadAsFarAsItGoes() {
        assertThat(understand("Content-Type: multipart/mixed", "approve")).isNotNull();
        assertThat(understand(
                        "Content-Type: text/plain; charset=nonsense\nContent-Transfer-Encoding: nonsense", "approve"))
                .isEqualTo(new Reply.Approve());
        assertThat(understand("Content-Type: nonsense", "approve")).isNotNull();
        assertThat(Replies.read(new byte[0]).content().text()).isBlank();
        assertThat(Replies.read(new byte[] {0, -1, 13, 10, 7}).from().address()).isEmpty();
    }

    @Test
    void filesAreKeptWithTheirNamesButNotSignaturesAndTheirLogos() {
        var mail = Replies.read(Client.SIGNED_WITH_FILE.send(Correspondent.of("de"), "Freigegeben"));
        assertThat(mail.attachments())
                .extracting(Mail.Attachment::name, Mail.Attachment::type)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("Rechnung Ä.pdf", "application/pdf"));
    }

    @Test
    void theOrderOfDayAndMonthIsThatOfTheCountry() {
        assertThat(dated("4/12", Locale.US)).isEqualTo(new Reply.Promise(LocalDate.parse("2027-04-12"), null));
        assertThat(dated("12/4", Locale.US)).isEqualTo(new Reply.Promise(LocalDate.parse("2026-12-04"), null));
        assertThat(dated("4/12", Locale.UK)).isEqualTo(new Reply.Promise(LocalDate.parse("2026-12-04"), null));
        assertThat(dated("4/12", Locale.ENGLISH)).isInstanceOf(Reply.Message.class);
        assertThat(dated("12/24", Locale.ENGLISH)).isEqualTo(new Reply.Promise(LocalDate.parse("2026-12-24"), null));
    }

    @Test
    void tomorrowCountsFromWhenAndWhereItWasWritten() {
        var written = "From: a@x.example\nDate: Tue, 24 Nov 2026 23:30:00 -0500\n\ntomorrow";
        assertThat(understand(written)).isEqualTo(new Reply.Promise(LocalDate.parse("2026-11-25"), null));
        assertThat(understand(written.replace("24 Nov 2026", "24 Nov 2016")))
                .isEqualTo(new Reply.Promise(LocalDate.parse("2026-11-26"), null));
        assertThat(understand("From: a@x.example\nDate: Sun, 22 Nov 2026 10:00:00 +0100\n\ntomorrow"))
                .isInstanceOf(Reply.Message.class); // it has passed
    }

    private static Reply dated(String text, Locale locale) {
        var mail = Replies.read(("From: a@x.example\n\n" + text).getBytes(StandardCharsets.UTF_8));
        return Replies.understand(
                mail, new Asked(EnumSet.allOf(Act.class), null, NOW, ZoneId.of("Europe/Berlin"), List.of(locale)));
    }

    private static Reply understand(String headers, String text) {
        return understand(
                (headers.contains("From:") ? "" : "From: Anna <anna@example.com>\n") + headers + "\n\n" + text);
    }

    private static Reply understand(String mail) {
        return Replies.understand(
                Replies.read(mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)),
                new Asked(EnumSet.of(Act.APPROVE, Act.REJECT, Act.PROMISE), null, NOW, null, List.of(Locale.ENGLISH)));
    }
}
