package io.baton.server.mailbox;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How mail comes in, from the environment. {@code BATON_MAIL_REPLY_DOMAIN} is the domain of {@code reply+…} and {@code
 * start+…}; {@code BATON_SMTP_IN_PORT} opens the SMTP receiver, with STARTTLS if {@code BATON_SMTP_IN_KEYSTORE} is a
 * PKCS#12 file; {@code BATON_IMAP_URL} is a mailbox to fetch from; {@code BATON_MAIL_AUTHENTICATED_BY} the name that the
 * trusted mail server in front of Baton writes into Authentication-Results.
 */
public record MailboxSettings(
        @Nullable String domain,
        @Nullable Receiver receiver,
        @Nullable Imap imap,
        @Nullable String authenticatedBy) {

    public static final MailboxSettings NONE = new MailboxSettings(null, null, null, null);

    /** {@code port} 0 takes a free one. */
    public record Receiver(String host, int port, @Nullable Path keystore, String password) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** {@code done} is the folder that fetched mails are moved to; null leaves them, marked as seen. */
    public record Imap(
            String protocol,
            String host,
            int port,
            String user,
            String password,
            String folder,
            @Nullable String done) {
        /** The password stays out of logs. */
        @Override
        public String toString() {
            return protocol + "://" + host + ":" + port + "/" + folder;
        }
    }

    public static MailboxSettings of(Map<String, String> environment) {
        var domain = environment.get("BATON_MAIL_REPLY_DOMAIN");
        var port = environment.get("BATON_SMTP_IN_PORT");
        var imap = environment.get("BATON_IMAP_URL");
        if (domain == null && (port != null || imap != null)) {
            throw new IllegalArgumentException("BATON_MAIL_REPLY_DOMAIN must say for which domain mail comes in");
        }
        return new MailboxSettings(
                domain == null ? null : domain.strip().toLowerCase(Locale.ROOT),
                port == null ? null : receiver(port, environment),
                imap == null ? null : imap(imap),
                environment.get("BATON_MAIL_AUTHENTICATED_BY"));
    }

    private static Receiver receiver(String port, Map<String, String> environment) {
        if (!port.matches("\\d{1,5}")) {
            throw new IllegalArgumentException("BATON_SMTP_IN_PORT must be a port, not " + port);
        }
        var keystore = environment.get("BATON_SMTP_IN_KEYSTORE");
        return new Receiver(
                environment.getOrDefault("BATON_SMTP_IN_HOST", "0.0.0.0"),
                Integer.parseInt(port),
                keystore == null ? null : Path.of(keystore),
                environment.getOrDefault("BATON_SMTP_IN_KEYSTORE_PASSWORD", ""));
    }

    private static Imap imap(String text) {
        try {
            var url = URI.create(text);
            var protocol = url.getScheme();
            var user = url.getRawUserInfo().split(":", 2);
            if (!protocol.matches("imaps?") || url.getHost() == null || user.length != 2) {
                throw new IllegalArgumentException();
            }
            var path = url.getPath() == null ? "" : url.getPath().replaceFirst("^/", "");
            var query = url.getQuery() == null ? "" : url.getQuery();
            return new Imap(
                    protocol,
                    url.getHost(),
                    url.getPort() > 0 ? url.getPort() : protocol.equals("imaps") ? 993 : 143,
                    decoded(user[0]),
                    decoded(user[1]),
                    path.isEmpty() ? "INBOX" : path,
                    query.startsWith("done=") ? query.substring("done=".length()) : null);
        } catch (IllegalArgumentException | NullPointerException e) {
            // Without the text: there is a password in it.
            throw new IllegalArgumentException(
                    "BATON_IMAP_URL must be like imaps://user:password@host/INBOX?done=Baton");
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Whether mail comes to this node by itself. */
    public boolean comesIn() {
        return receiver != null || imap != null;
    }
}
