package io.baton.server.channel.mail;

import io.baton.server.channel.ChannelSettings;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * {@code BATON_SMTP_URL} is {@code smtp://user:password@host:587}, encrypted by STARTTLS where the server offers it ({@code
 * ?starttls=required} insists, {@code ?starttls=off} does not ask), or {@code smtps://…}, encrypted from the start. A
 * password goes over an encrypted connection only, unless STARTTLS is off. {@code BATON_MAIL_FROM} is the sender; {@code
 * BATON_MAIL_REPLY_DOMAIN} a domain whose mail for {@code reply+…} comes to Baton; {@code timeMax} what one mail may take.
 */
public record MailSettings(
        @Nullable Server server, String from, @Nullable String replyDomain, Duration timeMax) {

    /** For each thing that the server says. */
    private static final Duration READ_TIME_MAX = Duration.ofSeconds(20);

    private static final int SECONDS_DEFAULT = 30;
    private static final int SECONDS_MAX = 300;

    public record Server(
            String host,
            int port,
            boolean tls,
            String starttls,
            @Nullable String user,
            @Nullable String password) {

        /** The password stays out of logs. */
        @Override
        public String toString() {
            return (tls ? "smtps://" : "smtp://") + host + ":" + port;
        }
    }

    public static MailSettings of(ChannelSettings settings) {
        var url = settings.get("BATON_SMTP_URL");
        var server = url == null ? null : server(url);
        return new MailSettings(
                server,
                settings.get("BATON_MAIL_FROM", "baton@localhost"),
                settings.get("BATON_MAIL_REPLY_DOMAIN"),
                Duration.ofSeconds(settings.number("BATON_SMTP_SECONDS", SECONDS_DEFAULT, 1, SECONDS_MAX)));
    }

    private static Server server(String text) {
        try {
            var url = URI.create(text);
            var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            var tls = scheme.equals("smtps");
            var query = url.getQuery() == null ? "" : url.getQuery();
            var starttls = query.startsWith("starttls=") ? query.substring("starttls=".length()) : "offered";
            if (url.getHost() == null || !(tls || scheme.equals("smtp")) || !starttls.matches("offered|required|off")) {
                throw new IllegalArgumentException();
            }
            var user = url.getRawUserInfo() == null
                    ? new String[0]
                    : url.getRawUserInfo().split(":", 2);
            return new Server(
                    url.getHost(),
                    url.getPort() > 0 ? url.getPort() : tls ? 465 : 587,
                    tls,
                    starttls,
                    user.length > 0 ? decoded(user[0]) : null,
                    user.length > 1 ? decoded(user[1]) : null);
        } catch (IllegalArgumentException e) {
            // Without the text: there may be a password in it.
            throw new IllegalArgumentException("BATON_SMTP_URL must be like smtp://user:password@host:587");
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** For one connection, which the deadline may cut. */
    static Properties with(Properties properties, Deadline deadline) {
        var protocol = properties.getProperty("mail.transport.protocol");
        var all = new Properties();
        all.putAll(properties);
        all.put("mail." + protocol + ".socketFactory", deadline);
        all.setProperty("mail." + protocol + ".socketFactory.fallback", "false");
        return all;
    }

    static Properties properties(Server server, Duration timeMax) {
        var timeout = timeMax.compareTo(READ_TIME_MAX) < 0 ? timeMax : READ_TIME_MAX;
        var protocol = server.tls() ? "smtps" : "smtp";
        var properties = new Properties();
        properties.setProperty("mail.transport.protocol", protocol);
        var prefix = "mail." + protocol + ".";
        properties.setProperty(prefix + "host", server.host());
        properties.setProperty(prefix + "port", String.valueOf(server.port()));
        properties.setProperty(prefix + "auth", String.valueOf(server.user() != null));
        for (var each : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            properties.setProperty(prefix + each, String.valueOf(timeout.toMillis()));
        }
        properties.setProperty(
                prefix + "starttls.enable", String.valueOf(!server.starttls().equals("off")));
        var insists = server.starttls().equals("required")
                || (server.user() != null && !server.starttls().equals("off"));
        properties.setProperty(prefix + "starttls.required", String.valueOf(insists && !server.tls()));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        properties.setProperty(prefix + "dsn.notify", "FAILURE,DELAY");
        properties.setProperty(prefix + "dsn.ret", "HDRS");
        return properties;
    }

    /** The part of the sender's address after the @. */
    public String domain() {
        return from.replaceAll("^.*@|[> ]+$", "");
    }
}
