package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.channel.ChannelSettings;
import io.baton.server.replies.Replies;
import io.baton.server.web.TestServer;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** A view of the tower by a real mail server: in the morning, with its numbers and its list, until it is left. */
class ViewDigestTest {

    private static final Duration ARRIVES_WITHIN = Duration.ofMinutes(1);

    private static final GreenMail MAIL = new GreenMail(new ServerSetup[] {ServerSetupTest.SMTP.dynamicPort()});

    static {
        MAIL.start();
    }

    private static final TestServer SERVER = TestServer.start(Settings.class);

    @Configuration(proxyBeanMethods = false)
    static class Settings {

        @Bean
        @Primary
        ChannelSettings settingsOfTheTest() {
            return ChannelSettings.of(Map.of(
                    "BATON_SMTP_URL",
                    "smtp://127.0.0.1:" + MAIL.getSmtp().getPort() + "?starttls=off",
                    "BATON_MAIL_FROM",
                    "baton@baton.example",
                    "BATON_URL",
                    "https://baton.example.com"));
        }
    }

    @AfterAll
    static void close() {
        SERVER.close();
        MAIL.stop();
    }

    private static void tick() {
        while (SERVER.bean(Node.class).viewDigests().tick().isZero()) {
            // more is due
        }
    }

    /** What else is told, that cases are overdue, is told by other mails. */
    private static List<MimeMessage> digests() throws MessagingException {
        var digests = new ArrayList<MimeMessage>();
        for (var mail : MAIL.getReceivedMessages()) {
            if (mail.getSubject().startsWith("Slow ones")) {
                digests.add(mail);
            }
        }
        return digests;
    }

    /** The server's own loop may be sending it at this moment. */
    private static MimeMessage arrived(int count) throws MessagingException {
        long patience = System.nanoTime() + ARRIVES_WITHIN.toNanos();
        while (digests().size() < count && System.nanoTime() < patience) {
            Thread.onSpinWait();
        }
        assertThat(digests()).hasSize(count);
        return digests().getLast();
    }

    private static String text(MimeMessage mail) throws MessagingException, IOException {
        var bytes = new ByteArrayOutputStream();
        mail.writeTo(bytes);
        return Replies.read(bytes.toByteArray()).content().text();
    }

    @Test
    void aViewComesInTheMorningWithItsNumbersAndItsListUntilItIsLeft() throws MessagingException, IOException {
        var olga = SERVER.addMember("Olga");
        var client = SERVER.signedIn(olga);
        SERVER.signedIn(SERVER.addAdministrator("Chief"))
                .patch("/api/people/" + olga, Map.of("email", "olga@baton.example"))
                .expect(200);
        var node = SERVER.bean(Node.class);
        node.deployments()
                .deploy(
                        TestProcess.of("slow", "SLO")
                                .cases("title='= &quot;About &quot; + what' due='PT1H'")
                                .then("startEvent", "start")
                                .then("userTask", "wait")
                                .then("endEvent", "end")
                                .sources(),
                        olga);
        for (var what : new String[] {"this", "that"}) {
            client.post("/api/cases", Map.of("process", "slow", "variables", Map.of("what", what)))
                    .expect(201);
        }
        var view = "/api/views/"
                + client.post("/api/views", Map.of("name", "Slow ones", "query", "process=slow&owner=me"))
                        .expect(201)
                        .json()
                        .get("id")
                        .asString();
        client.put(view + "/digest", Map.of("every", "day")).expect(200);
        tick();
        assertThat(digests()).as("not before the morning").isEmpty();

        SERVER.clock().advance(Duration.ofDays(1));
        tick();

        var first = arrived(1);
        assertThat(first.getSubject()).isEqualTo("Slow ones: 2 open, 2 overdue");
        assertThat(text(first))
                .contains("Slow ones, as it stands now.")
                .contains("About this", "About that", "overdue", "with Olga")
                .contains("Overdue: 2")
                .contains("https://baton.example.com/tower?process=slow&owner=me");
        tick();
        assertThat(digests()).as("once a day").hasSize(1);

        SERVER.clock().advance(Duration.ofDays(1));
        tick();
        var second = arrived(2);
        assertThat(second.getMessageID()).isNotEqualTo(first.getMessageID());
        var leave = Pattern.compile("<https://baton\\.example\\.com(/unsubscribe/[A-Za-z0-9_-]{43})>")
                .matcher(String.join(" ", second.getHeader("List-Unsubscribe")));
        assertThat(leave.find()).isTrue();

        var page = SERVER.anonymous().get(leave.group(1)).expect(200).body();
        assertThat(page).contains("sends you this view of the tower regularly");
        assertThat(digest(olga)).isEqualTo("day");
        post(leave.group(1), "List-Unsubscribe=One-Click");
        assertThat(digest(olga)).isEqualTo("null");
        SERVER.clock().advance(Duration.ofDays(1));
        tick();
        assertThat(digests()).as("after it was left").hasSize(2);

        UnsubscribeTest.press(SERVER, leave.group(1), "again");
        assertThat(digest(olga)).isEqualTo("day");
        tick();
        SERVER.clock().advance(Duration.ofDays(1));
        tick();
        assertThat(arrived(3).getSubject()).startsWith("Slow ones:");
    }

    private static void post(String path, String form) {
        SERVER.anonymous()
                .send("POST", path, "application/x-www-form-urlencoded", form.getBytes(StandardCharsets.UTF_8))
                .expect(200);
    }

    private static String digest(String person) {
        return SERVER.signedIn(person)
                .get("/api/views")
                .expect(200)
                .json()
                .at("/items/0/digest")
                .asString("null");
    }
}
