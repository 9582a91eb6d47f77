package io.baton.server;

import io.baton.server.channel.Channel;
import io.baton.server.channel.ChannelSettings;
import io.baton.server.channel.ReplyTokens;
import io.baton.server.channel.mail.MailSettings;
import io.baton.server.channel.mail.Outbox;
import io.baton.server.channel.mail.SmtpChannel;
import io.baton.server.directory.Brand;
import io.baton.server.directory.Directory;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The channels that the settings ask for. Mails go to the outbox page where there is no mail server. */
record ChosenChannels(List<Channel> all, Outbox outbox, ReplyTokens replyTokens, MailSettings mail) {

    static ChosenChannels of(ChannelSettings settings, JdbcClient database, Directory directory, Clock clock) {
        Supplier<Brand> brand = directory::brand;
        var mail = MailSettings.of(settings);
        var tokens = new ReplyTokens(database, clock);
        var outbox = new Outbox(database, brand, clock);
        var server = mail.server();
        return new ChosenChannels(
                List.of(server == null ? outbox.channel() : new SmtpChannel(mail, server, tokens, brand, clock)),
                outbox,
                tokens,
                mail);
    }

    /** By mail, or onto the outbox page. */
    Channel byMail() {
        return all.stream()
                .filter(channel -> channel.name().equals(SmtpChannel.NAME))
                .findFirst()
                .orElseThrow();
    }

    /** Whether the reply to a message comes to Baton. */
    boolean canReply() {
        return mail.replyDomain() != null;
    }
}
