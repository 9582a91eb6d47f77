package io.baton.server.mailbox;

import io.baton.server.answers.ShortAnswers;
import io.baton.server.cases.Cases;
import io.baton.server.channel.Channels;
import io.baton.server.channel.ReplyTokens;
import io.baton.server.directory.Directory;
import io.baton.server.processes.Deployments;
import io.baton.server.pumps.Pump;
import io.baton.server.room.Comments;
import io.baton.server.room.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Mail in: the ways it comes, and the loop that deals with it. Without a domain to receive for, nothing comes. */
public final class MailIn implements AutoCloseable {

    private final MailboxSettings settings;
    private final Mailbox mailbox;
    private final OurAddresses addresses;
    private final ReadMail loop;
    private final Clock clock;
    private final List<Pump> pumps = new ArrayList<>();
    private @Nullable SmtpReceiver receiver;

    /** {@code from}: the address that our own mails come from, to which bounces go. */
    public MailIn(
            JdbcClient database,
            Directory directory,
            Deployments deployments,
            Cases cases,
            ShortAnswers answers,
            Comments comments,
            Files files,
            Channels channels,
            String from,
            MailboxSettings settings,
            Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.mailbox = new Mailbox(database, clock);
        this.addresses = new OurAddresses(settings.domain() == null ? "localhost" : settings.domain(), from);
        var attachments = new FileAttachments(files);
        var acknowledgements =
                new Acknowledgements(database, cases, directory, channels, mailbox, attachments, answers);
        var starts = new StartByMail(deployments, cases, directory, mailbox, attachments, acknowledgements);
        var correspondence = new Correspondence(
                new ReplyTokens(database, clock),
                directory,
                answers,
                mailbox,
                starts,
                acknowledgements,
                attachments,
                comments,
                channels.bounces(),
                addresses,
                settings.authenticatedBy());
        this.loop = new ReadMail(mailbox, correspondence, clock);
    }

    public MailboxSettings settings() {
        return settings;
    }

    public Mailbox mailbox() {
        return mailbox;
    }

    public void start() {
        if (settings.comesIn()) {
            pumps.add(new Pump("mail-in", loop, loop.wakeup()));
        }
        if (settings.imap() != null) {
            pumps.add(new Pump("imap", fetch(settings.imap()), new io.baton.server.commit.Wakeup()));
        }
        if (settings.receiver() != null) {
            receiver = new SmtpReceiver(settings.receiver(), addresses, mailbox, clock);
        }
    }

    private FetchMail fetch(MailboxSettings.Imap imap) {
        return new FetchMail(imap, addresses, mailbox);
    }

    /** How its loops are. */
    public List<Pump.State> states() {
        return pumps.stream().map(Pump::state).toList();
    }

    /** Deals with what came in, by hand. */
    Pump.Work loop() {
        return loop;
    }

    /** Fetches what is new, by hand. */
    Pump.Work fetching() {
        return fetch(java.util.Objects.requireNonNull(settings.imap()));
    }

    /** Where mail is received by SMTP; 0 where it is not. */
    public int port() {
        return receiver == null ? 0 : receiver.port();
    }

    /** First nothing more comes in. */
    @Override
    public void close() {
        if (receiver != null) {
            receiver.close();
        }
        pumps.forEach(Pump::close);
    }
}
