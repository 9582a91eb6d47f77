package io.baton.server.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.baton.server.channel.ChannelSettings;
import io.baton.server.replies.Replies;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Out by a real mail server, answered by what is in the mailbox, in by Baton's own receiver, and out again. */
class MailConversationTest {

    private static final int ARRIVES_WITHIN_MS = 60_000;
    private static final String VERA = "vera@acme.example";

    private static final GreenMail SERVER = new GreenMail(new ServerSetup[] {ServerSetupTest.SMTP.dynamicPort()});

    static {
        SERVER.start();
    }

    private static final MailCompany COMPANY = new MailCompany(ChannelSettings.of(Map.of(
            "BATON_SMTP_URL",
            "smtp://127.0.0.1:" + SERVER.getSmtp().getPort() + "?starttls=off",
            "BATON_MAIL_FROM",
            "baton@baton.example",
            "BATON_MAIL_REPLY_DOMAIN",
            MailCompany.DOMAIN,
            "BATON_SMTP_IN_HOST",
            "127.0.0.1",
            "BATON_SMTP_IN_PORT",
            "0")));

    static {
        COMPANY.node.mailIn().start();
    }

    @AfterAll
    static void close() {
        COMPANY.close();
        SERVER.stop();
    }

    @Test
    void whoIsAskedByMailAnswersByMailAndHearsOfIt() throws MessagingException, FolderException {
        SERVER.purgeEmailFromAllMailboxes();
        var id = COMPANY.asked();
        while (COMPANY.node.channels().loop().tick().isZero()) {
            // more waits
        }
        var asked = arrived(1);
        var first = answer(asked, "Approved.\n\nBest regards\nVera", 2);
        assertThat(text(first)).contains("you have approved it");
        assertThat(first.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(first.getHeader("References")).isEqualTo(asked.getHeader("References"));
        assertThat(COMPANY.state(id).variables()).containsEntry("outcome", "approved");
    }

    @Test
    void whatWasSaidByASlipIsTakenBackByMail() throws MessagingException, FolderException {
        SERVER.purgeEmailFromAllMailboxes();
        var id = COMPANY.asked();
        while (COMPANY.node.channels().loop().tick().isZero()) {
            // more waits
        }
        var asked = arrived(1);
        var promised = answer(asked, "You'll have it tomorrow.", 2);
        assertThat(text(promised)).contains("you have promised it", "replying with the word undo");
        assertThat(COMPANY.task(id, "agree").promise()).isNotNull();
        assertThat(text(answer(promised, "undo", 3))).contains("Taken back.");
        assertThat(COMPANY.task(id, "agree").promise()).isNull();

        var passed = answer(asked, "Please pass it to bob@acme.example", 4);
        assertThat(text(passed)).contains("your colleague is asked", "by the link");
        assertThat(COMPANY.task(id, "agree").offer()).isNotNull();
        assertThat(text(answer(passed, "undo", 5))).contains("Taken back.");
        assertThat(COMPANY.task(id, "agree").offer()).isNull();
        assertThat(COMPANY.task(id, "agree").holder()).isEqualTo(COMPANY.vera);

        var again = answer(passed, "undo", 6);
        assertThat(text(again)).contains("could not be done");
    }

    /** The last of so many mails to the vendor. */
    private static MimeMessage arrived(int count) {
        assertThat(SERVER.waitForIncomingEmail(ARRIVES_WITHIN_MS, count)).isTrue();
        var all = SERVER.getReceivedMessagesForDomain(VERA);
        assertThat(all).hasSize(count);
        return all[count - 1];
    }

    /** As a mail program does: above what it answers, to where the mail says. Returns what comes back. */
    private static MimeMessage answer(MimeMessage asked, String text, int count) throws MessagingException {
        var properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty(
                "mail.smtp.port", String.valueOf(COMPANY.node.mailIn().port()));
        var reply = new MimeMessage(Session.getInstance(properties));
        reply.setFrom("Vera Vendor <" + VERA + ">");
        reply.setRecipients(jakarta.mail.Message.RecipientType.TO, asked.getReplyTo());
        reply.setSubject("Re: " + asked.getSubject());
        var quote = text(asked).lines().map(line -> "> " + line).toList();
        reply.setText(
                text + "\n\nOn Mon, 2 Nov 2026 at 09:00, Baton <baton@baton.example> wrote:\n"
                        + String.join("\n", quote),
                StandardCharsets.UTF_8.name());
        Transport.send(reply);
        return arrived(count);
    }

    private static String text(MimeMessage mail) {
        return Replies.read(GreenMailUtil.getWholeMessage(mail).getBytes(StandardCharsets.ISO_8859_1))
                .content()
                .text();
    }
}
