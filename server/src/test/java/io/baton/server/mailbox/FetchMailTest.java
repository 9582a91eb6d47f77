package io.baton.server.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** From a real mailbox by IMAP. */
class FetchMailTest {

    private static final MailCompany COMPANY = new MailCompany();
    private static final GreenMail SERVER =
            new GreenMail(new ServerSetup[] {ServerSetupTest.SMTP.dynamicPort(), ServerSetupTest.IMAP.dynamicPort()});

    static {
        SERVER.start();
        SERVER.setUser("baton@baton.example", "baton", "secret");
    }

    @AfterAll
    static void close() {
        SERVER.stop();
        COMPANY.close();
    }

    private static MailIn mailIn(@Nullable String done) {
        return COMPANY.mailIn(new MailboxSettings(
                MailCompany.DOMAIN,
                null,
                new MailboxSettings.Imap(
                        "imap", "127.0.0.1", SERVER.getImap().getPort(), "baton", "secret", "INBOX", done),
                null));
    }

    /** As a catch-all mailbox gets it. */
    private static void arrive(String to, String text) {
        var mail = "From: vera@acme.example\r\nTo: " + to + "\r\nSubject: Re: DIS\r\nMessage-ID: <" + text.hashCode()
                + "@acme.example>\r\n\r\n" + text + "\r\n";
        var user = SERVER.getUserManager().getUserByEmail("baton@baton.example");
        user.deliver(GreenMailUtil.newMimeMessage(mail));
    }

    private static void fetchAndDeal(MailIn mailIn) {
        mailIn.fetching().tick();
        while (mailIn.loop().tick().isZero()) {
            // more waits
        }
    }

    @Test
    void aReplyIsFetchedAndDoneOnce() {
        var id = COMPANY.asked();
        var mailIn = mailIn(null);
        arrive(COMPANY.replyTo(id, "agree"), "Which discount?");
        fetchAndDeal(mailIn);
        fetchAndDeal(mailIn);
        arrive(COMPANY.replyTo(id, "agree"), "tomorrow");
        fetchAndDeal(mailIn(null));
        assertThat(COMPANY.comments(id)).containsExactly("Which discount?");
        assertThat(COMPANY.task(id, "agree").promise()).isNotNull();
    }

    @Test
    void whatWasFetchedIsMovedAwayIfSoWanted() throws Exception {
        var id = COMPANY.asked();
        arrive(COMPANY.replyTo(id, "agree"), "What about the old one?");
        fetchAndDeal(mailIn("Done"));
        assertThat(COMPANY.comments(id)).containsExactly("What about the old one?");
        var store = SERVER.getManagers().getImapHostManager();
        var user = SERVER.getUserManager().getUserByEmail("baton@baton.example");
        assertThat(store.getFolder(user, "Done").getMessageCount()).isEqualTo(1);
    }

    @Test
    void aMailToNoneOfOursIsKept() {
        arrive("info@baton.example", "Buy now");
        var mailIn = mailIn(null);
        fetchAndDeal(mailIn);
        assertThat(mailIn.mailbox().kept(Long.MAX_VALUE, 10)).hasSize(1);
    }

    @Test
    void aServerThatIsAwayIsTriedAgain() {
        var away = COMPANY.mailIn(new MailboxSettings(
                MailCompany.DOMAIN,
                null,
                new MailboxSettings.Imap("imap", "127.0.0.1", 1, "baton", "secret", "INBOX", null),
                null));
        assertThat(away.fetching().tick()).isPositive();
    }
}
