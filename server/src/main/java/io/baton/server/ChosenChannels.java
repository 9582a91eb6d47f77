package io.baton.server;

import io.baton.server.channel.Channel;
import io.baton.server.channel.ChannelSettings;
import io.baton.server.channel.ChatWebhook;
import io.baton.server.channel.ChatWebhook.Product;
import io.baton.server.channel.ReplyTokens;
import io.baton.server.channel.Way;
import io.baton.server.channel.mail.MailSettings;
import io.baton.server.channel.mail.Outbox;
import io.baton.server.channel.mail.SmtpChannel;
import io.baton.server.channel.slack.SlackChannel;
import io.baton.server.channel.sms.SmsChannel;
import io.baton.server.channel.teams.TeamsChannel;
import io.baton.server.directory.Addresses;
import io.baton.server.directory.Brand;
import io.baton.server.directory.Directory;
import io.baton.server.outbound.Allowed;
import io.baton.server.outbound.Outbound;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The channels that the settings ask for. Mails go to the outbox page where there is no mail server. */
record ChosenChannels(List<Way> ways, Outbox outbox, ReplyTokens replyTokens, MailSettings mail, Outbound outbound) {

    static ChosenChannels of(
            ChannelSettings settings,
            JdbcClient database,
            JdbcClient apart,
            Directory directory,
            Addresses addresses,
            Clock clock) {
        Supplier<Brand> brand = directory::brand;
        var mail = MailSettings.of(settings);
        var tokens = new ReplyTokens(apart, clock);
        var outbox = new Outbox(database, brand, clock);
        var outbound = new Outbound(Allowed.of(settings.get("BATON_OUTBOUND_ALLOW")));
        return new ChosenChannels(
                List.of(
                        mail(mail, outbox, tokens, brand, clock),
                        slack(settings, outbound, addresses, clock),
                        teams(settings, outbound, addresses, clock),
                        sms(settings, outbound, addresses, clock)),
                outbox,
                tokens,
                mail,
                outbound);
    }

    private static Way mail(MailSettings mail, Outbox outbox, ReplyTokens tokens, Supplier<Brand> brand, Clock clock) {
        var server = mail.server();
        var names = List.of("BATON_SMTP_URL", "BATON_MAIL_FROM", "BATON_MAIL_REPLY_DOMAIN");
        return server == null
                ? way(outbox.channel(), null, null, names)
                : way(
                        new SmtpChannel(mail, server, tokens, brand, clock),
                        server.host() + ":" + server.port(),
                        null,
                        names);
    }

    private static Way slack(ChannelSettings settings, Outbound outbound, Addresses addresses, Clock clock) {
        var hears = settings.get("BATON_SLACK_SIGNING_SECRET") != null;
        var names = List.of("BATON_SLACK_WEBHOOK_URL", "BATON_SLACK_SIGNING_SECRET", "BATON_SLACK_COMMAND");
        var product = SlackChannel.product(hears, settings.get("BATON_SLACK_COMMAND"));
        return chat(product, hears, names, settings, outbound, addresses, clock);
    }

    private static Way teams(ChannelSettings settings, Outbound outbound, Addresses addresses, Clock clock) {
        var hears = settings.get("BATON_TEAMS_SECRET") != null;
        var names = List.of("BATON_TEAMS_WEBHOOK_URL", "BATON_TEAMS_SECRET", "BATON_TEAMS_NAME");
        var product = TeamsChannel.product(hears ? ChosenListeners.teamsName(settings) : null);
        return chat(product, hears, names, settings, outbound, addresses, clock);
    }

    private static Way chat(
            Product product,
            boolean hears,
            List<String> names,
            ChannelSettings settings,
            Outbound outbound,
            Addresses addresses,
            Clock clock) {
        var url = settings.get(names.getFirst());
        if (url == null) {
            return new Way(product.name(), "chat", null, null, hears, names);
        }
        var webhook = webhook(names.getFirst(), url, outbound);
        return way(new ChatWebhook(product, webhook, outbound, addresses, clock), webhook.getHost(), hears, names);
    }

    private static Way sms(ChannelSettings settings, Outbound outbound, Addresses addresses, Clock clock) {
        var names = List.of(
                "BATON_SMS_URL",
                "BATON_SMS_BODY",
                "BATON_SMS_METHOD",
                "BATON_SMS_HEADERS",
                "BATON_SMS_FROM",
                "BATON_SMS_CALLBACK_SECRET");
        var hears = settings.get(names.getLast()) != null;
        var url = settings.get(names.getFirst());
        if (url == null) {
            return new Way(SmsChannel.NAME, SmsChannel.NAME, null, null, hears, names);
        }
        var host = webhook(names.getFirst(), url.replaceAll("\\{[a-z]+}", "x"), outbound)
                .getHost();
        return way(new SmsChannel(url, settings, outbound, addresses, clock), host, hears, names);
    }

    private static Way way(Channel channel, @Nullable String where, @Nullable Boolean hears, List<String> settings) {
        return new Way(channel.name(), channel.preference(), channel, where, hears, settings);
    }

    /** Without the address in what it says: often its path is a secret. */
    private static URI webhook(String name, String text, Outbound outbound) {
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " is no address");
        }
        var objection = outbound.objection(url);
        if (objection != null) {
            throw new IllegalArgumentException(name + ": " + objection);
        }
        return url;
    }
}
