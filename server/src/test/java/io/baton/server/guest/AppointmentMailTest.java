package io.baton.server.guest;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.baton.engine.Actor;
import io.baton.engine.Values;
import io.baton.server.channel.ChannelSettings;
import io.baton.server.commit.Answer;
import io.baton.server.directory.Person;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What is booked goes to both sides by a real mail server, as an appointment for their calendars that moves and goes. */
class AppointmentMailTest {

    private static final long WITHIN_MS = Duration.ofSeconds(30).toMillis();
    private static final Pattern SEQUENCE = Pattern.compile("SEQUENCE:(\\d+)");
    private static final Pattern UID = Pattern.compile("UID:(\\S+)");
    private static final GreenMail MAIL = new GreenMail(new ServerSetup[] {ServerSetupTest.SMTP.dynamicPort()});

    static {
        MAIL.start();
    }

    private static final GuestCompany COMPANY = new GuestCompany(new ChannelSettings(Map.of(
            "BATON_SMTP_URL",
            "smtp://127.0.0.1:" + MAIL.getSmtp().getPort() + "?starttls=off",
            "BATON_MAIL_FROM",
            "baton@baton.example")));

    private static final String HOST = COMPANY.server
            .directory()
            .add(Person.member("Tom Technician", "tom@muster.example", List.of("accounts-payable")))
            .orElseThrow();

    @AfterAll
    static void close() {
        COMPANY.close();
        MAIL.stop();
    }

    @Test
    void aBookingItsMoveAndItsEndReachBothCalendars() throws Exception {
        var id = COMPANY.visitFor(COMPANY.vera, HOST);
        var step = COMPANY.step(id, "choose").id();
        var free = Objects.requireNonNull(COMPANY.node.appointments().free(id, COMPANY.state(id), step))
                .starts();
        var vera = Actor.person(COMPANY.vera);
        var _ = last("vera@acme.example", 1);
        book(id, step, free.getFirst());
        var booked = file(last("vera@acme.example", 2));
        var hosts = file(last("tom@muster.example", 1));
        assertThat(booked)
                .contains("METHOD:PUBLISH", "STATUS:CONFIRMED", "TRANSP:OPAQUE", "DTSTART:" + basic(free.getFirst()))
                .contains("DTEND:" + basic(free.getFirst().plus(Duration.ofHours(2))))
                .contains("SUMMARY:Choose when we come");
        assertThat(found(UID, hosts)).isEqualTo(found(UID, booked));

        assertThat(COMPANY.node.appointments().move(id, step, free.getLast(), vera, null))
                .isInstanceOf(Answer.Done.class);
        var moved = file(last("vera@acme.example", 3));
        assertThat(moved).contains("METHOD:PUBLISH", "DTSTART:" + basic(free.getLast()));
        assertThat(found(UID, moved)).isEqualTo(found(UID, booked));
        assertThat(file(last("tom@muster.example", 2))).isEqualTo(moved);
        assertThat(Integer.parseInt(found(SEQUENCE, moved))).isGreaterThan(Integer.parseInt(found(SEQUENCE, booked)));

        assertThat(COMPANY.node.appointments().release(id, step, "Closed that day", vera, null))
                .isInstanceOf(Answer.Done.class);
        var off = last("tom@muster.example", 3);
        assertThat(GreenMailUtil.getWholeMessage(off)).contains("method=CANCEL");
        assertThat(off.getSubject()).isEqualTo("Cancelled: Choose when we come");
        assertThat(file(off)).contains("METHOD:CANCEL", "STATUS:CANCELLED", "DTSTART:" + basic(free.getLast()));
        assertThat(found(UID, file(off))).isEqualTo(found(UID, booked));
        assertThat(Integer.parseInt(found(SEQUENCE, file(off))))
                .isGreaterThan(Integer.parseInt(found(SEQUENCE, moved)));
    }

    private static void book(long id, int step, Instant at) {
        var variables = Values.variables(Map.of("visitAt", at.toString()));
        assertThat(COMPANY.node.appointments().complete(id, step, variables, Actor.person(COMPANY.vera), null))
                .isInstanceOf(Answer.Done.class);
    }

    private static String basic(Instant at) {
        return at.toString().replaceAll("[-:]", "");
    }

    private static String found(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return found.group(1);
    }

    /** The last of so many mails to the address. */
    private static MimeMessage last(String address, int count) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofMillis(WITHIN_MS).toNanos();
        while (MAIL.getReceivedMessagesForDomain(address).length < count && System.nanoTime() < until) {
            MAIL.waitForIncomingEmail(250, MAIL.getReceivedMessages().length + 1);
        }
        var all = MAIL.getReceivedMessagesForDomain(address);
        assertThat(all).as(Arrays.toString(subjects())).hasSize(count);
        return all[count - 1];
    }

    private static String[] subjects() {
        return Arrays.stream(MAIL.getReceivedMessages())
                .map(each -> {
                    try {
                        return each.getSubject() + " to " + Arrays.toString(each.getAllRecipients());
                    } catch (MessagingException e) {
                        return e.toString();
                    }
                })
                .toArray(String[]::new);
    }

    /** The calendar file of a mail, unfolded. */
    private static String file(MimeMessage mail) throws MessagingException, IOException {
        var parts = (MimeMultipart) mail.getContent();
        var file = parts.getBodyPart(parts.getCount() - 1);
        assertThat(file.getFileName()).isEqualTo("appointment.ics");
        return new String(file.getInputStream().readAllBytes(), StandardCharsets.UTF_8).replace("\r\n ", "");
    }
}
