package io.baton.server.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By real SMTP: for our own addresses only, and acknowledged once it is on disk. */
class SmtpReceiverTest {

    private static final MailCompany COMPANY = new MailCompany();
    private static final MailIn MAIL_IN = COMPANY.mailIn(new MailboxSettings(
            MailCompany.DOMAIN, new MailboxSettings.Receiver("127.0.0.1", 0, null, ""), null, null));

    static {
        MAIL_IN.start();
    }

    @AfterAll
    static void close() {
        MAIL_IN.close();
        COMPANY.close();
    }

    private static void send(String text, String... to) throws MessagingException {
        send(MAIL_IN.port(), Map.of(), text, to);
    }

    private static void send(int port, Map<String, String> more, String text, String... to) throws MessagingException {
        var properties = new Properties();
        properties.putAll(more);
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", String.valueOf(port));
        var message = new MimeMessage(Session.getInstance(properties));
        message.setFrom("vera@acme.example");
        for (var address : to) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(address));
        }
        message.setText(text);
        Transport.send(message);
    }

    private static int stored() {
        return COMPANY.node
                .jdbc()
                .sql("select count(*) from mail_seen")
                .query(Integer.class)
                .single();
    }

    @Test
    void aMailThatIsAcknowledgedIsOnDisk() throws MessagingException {
        int before = stored();
        var id = COMPANY.asked();
        send("Which discount?", COMPANY.replyTo(id, "agree"));
        assertThat(stored()).isEqualTo(before + 1);
    }

    /** With a certificate that the JDK's own tool makes for the test. */
    @Test
    void aMailComesEncryptedWhereThereIsACertificate(@TempDir Path folder) throws Exception {
        var store = folder.resolve("keys.p12");
        var keytool = new ProcessBuilder((Path.of(System.getProperty("java.home"), "bin", "keytool")
                                + " -genkeypair -alias mx -keyalg EC -dname CN=localhost -validity 2 -storetype PKCS12"
                                + " -storepass changeit -ext san=ip:127.0.0.1 -keystore " + store)
                        .split(" "))
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        var insists = Map.of("mail.smtp.starttls.required", "true", "mail.smtp.ssl.trust", "127.0.0.1");
        var to = COMPANY.replyTo(COMPANY.asked(), "agree");
        int before = stored();
        assertThatThrownBy(() -> send(MAIL_IN.port(), insists, "Which discount?", to))
                .as("without one")
                .isInstanceOf(MessagingException.class);
        var receiver = new MailboxSettings.Receiver("127.0.0.1", 0, store, "changeit");
        try (var encrypted = COMPANY.mailIn(new MailboxSettings(MailCompany.DOMAIN, receiver, null, null))) {
            encrypted.start();
            send(encrypted.port(), insists, "Which discount?", to);
        }
        assertThat(stored()).isEqualTo(before + 1);
    }

    @Test
    void nothingIsPassedOn() {
        int before = stored();
        assertThatThrownBy(() -> send("hi", "somebody@elsewhere.example")).isInstanceOf(SendFailedException.class);
        assertThatThrownBy(() -> send("hi", "nobody@baton.example")).isInstanceOf(SendFailedException.class);
        assertThatThrownBy(() -> send("hi", "reply+nonsense@baton.example")).isInstanceOf(SendFailedException.class);
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void aMailThatCannotBeStoredStaysWithTheOtherSide() throws MessagingException {
        var id = COMPANY.asked();
        var to = COMPANY.replyTo(id, "agree");
        COMPANY.node.jdbc().sql("alter table mail_in rename to mail_away").update();
        try {
            assertThatThrownBy(() -> send("Which discount?", to)).hasMessageContaining("451");
        } finally {
            COMPANY.node.jdbc().sql("alter table mail_away rename to mail_in").update();
        }
        send("Which discount?", to);
    }

    @Test
    void aMailThatIsTooLargeIsRefused() throws MessagingException {
        var id = COMPANY.asked();
        var to = COMPANY.replyTo(id, "agree");
        int before = stored();
        assertThatThrownBy(() -> send("x".repeat(70).concat("\n").repeat(400_000), to))
                .isInstanceOf(MessagingException.class);
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void tooManyMailsAMinuteAreRefusedForNow() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), MAIL_IN.port());
                var in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            var out = socket.getOutputStream();
            in.readLine();
            out.write("HELO me\r\n".getBytes(StandardCharsets.US_ASCII));
            in.readLine();
            var answer = "";
            int mails = 0;
            while (!answer.startsWith("450") && mails <= SmtpReceiver.MAILS_PER_MINUTE_MAX) {
                out.write("MAIL FROM:<a@x.example>\r\n".getBytes(StandardCharsets.US_ASCII));
                answer = in.readLine();
                out.write("RSET\r\n".getBytes(StandardCharsets.US_ASCII));
                in.readLine();
                mails++;
            }
            assertThat(answer).startsWith("450");
        }
        COMPANY.clock.advance(java.time.Duration.ofMinutes(2));
    }
}
