package io.baton.server.channel.mail;

import io.baton.server.channel.Channel.Message;
import io.baton.server.channel.Letter;
import io.baton.server.channel.ReplyTokens;
import io.baton.server.directory.Brand;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.jspecify.annotations.Nullable;

/**
 * A letter as a mail: text and HTML, one thread per case, and an address for the reply that finds its step. The same
 * delivery has the same Message-ID whenever it is sent.
 */
final class Mime {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final MailSettings settings;

    Mime(MailSettings settings) {
        this.settings = settings;
    }

    /** {@code replyToken} is null where replies do not come to Baton. */
    SMTPMessage mail(
            Session session, Message message, Brand brand, String link, @Nullable String replyToken, Instant now)
            throws MessagingException {
        var letter = message.letter();
        var mail = new Identified(session, "<" + message.id().text() + "@" + settings.domain() + ">");
        mail.setFrom(from(letter.organisation()));
        mail.setRecipient(jakarta.mail.Message.RecipientType.TO, to(message));
        mail.setSubject(letter.subject(), UTF_8);
        mail.setSentDate(Date.from(now));
        if (!letter.about().isEmpty()) {
            var thread = "<baton.case." + message.id().caseId() + "@" + settings.domain() + ">";
            mail.setHeader("In-Reply-To", thread);
            mail.setHeader("References", thread);
        }
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setHeader("X-Auto-Response-Suppress", "OOF, AutoReply");
        mail.setHeader("Content-Language", letter.words().language());
        if (replyToken != null && settings.replyDomain() != null) {
            var reply = ReplyTokens.address(replyToken, settings.replyDomain());
            mail.setReplyTo(new InternetAddress[] {new InternetAddress(reply)});
            mail.setEnvelopeFrom(reply); // what comes back comes to Baton
        }
        var unsubscribe = unsubscribe(message, mail);
        mail.setContent(withDue(message, content(letter, brand, link, unsubscribe), now));
        mail.saveChanges();
        return mail;
    }

    /** RFC 2369; by one click (RFC 8058 §3.1) only where the link is https. Empty where there is nothing to leave. */
    private static String unsubscribe(Message message, SMTPMessage mail) throws MessagingException {
        var link = message.unsubscribe();
        if (link == null) {
            return "";
        }
        var url = link.get();
        mail.setHeader("List-Unsubscribe", "<" + url + ">");
        if (url.startsWith("https://")) {
            mail.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        return url;
    }

    private static MimeMultipart content(Letter letter, Brand brand, String link, String unsubscribe)
            throws MessagingException {
        var text = new MimeBodyPart();
        var leaving = unsubscribe.isEmpty() ? "" : letter.words().say("unsubscribe") + ": " + unsubscribe + "\n";
        text.setText(letter.text().replace(Letter.LINK, link) + leaving, UTF_8);
        var html = new MimeBodyPart();
        html.setContent(
                Rendering.html(letter, brand, unsubscribe).replace(Letter.LINK, link), "text/html; charset=utf-8");
        return new MimeMultipart("alternative", text, html);
    }

    private MimeMultipart withDue(Message message, MimeMultipart content, Instant now) throws MessagingException {
        var due = message.letter().due();
        if (due == null) {
            return content;
        }
        var words = new MimeBodyPart();
        words.setContent(content);
        var uid = "baton." + message.id().caseId() + "." + message.step() + "@" + settings.domain();
        var file = new MimeBodyPart();
        file.setText(CalendarFile.of(due, uid, message.id().entry(), now), UTF_8);
        file.setHeader("Content-Type", "text/calendar; charset=utf-8; method=" + CalendarFile.method(due));
        file.setFileName(due.isAppointment() ? "appointment.ics" : "due.ics");
        return new MimeMultipart("mixed", words, file);
    }

    private InternetAddress from(String organisation) throws MessagingException {
        var from = new InternetAddress(settings.from(), true);
        return from.getPersonal() == null ? named(from.getAddress(), organisation) : from;
    }

    /** One address and nothing else, whatever the directory holds. */
    private static InternetAddress to(Message message) throws AddressException {
        var address = new InternetAddress(message.address(), true);
        return named(address.getAddress(), message.to().name());
    }

    private static InternetAddress named(String address, String name) {
        try {
            return new InternetAddress(address, name.replaceAll("\\p{Cntrl}+", " "), UTF_8);
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("every JDK has UTF-8", e);
        }
    }

    /** With a Message-ID of our own, which saving would replace. */
    private static final class Identified extends SMTPMessage {

        private final String id;

        Identified(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
