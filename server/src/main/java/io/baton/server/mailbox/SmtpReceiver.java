package io.baton.server.mailbox;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.SessionHandler;

/**
 * Takes mail by SMTP, for our own addresses and nobody else's: it passes nothing on. A mail is acknowledged once it is on
 * disk, and refused for now where that is not possible, so that the other side keeps it.
 */
final class SmtpReceiver implements AutoCloseable {

    static final int RECIPIENTS_MAX = 20;
    static final int CONNECTIONS_MAX = 50;
    static final int CONNECTIONS_PER_ADDRESS_MAX = 10;
    static final int MAILS_PER_MINUTE_MAX = 120;

    private static final int ADDRESSES_MAX = 10_000;
    private static final int TIMEOUT_SECONDS = 60;
    private static final Logger log = LoggerFactory.getLogger(SmtpReceiver.class);

    private final Mailbox mailbox;
    private final OurAddresses addresses;
    private final Clock clock;
    private final SMTPServer server;

    /** Mails by address of the other side in the running minute; the oldest address makes room. */
    private final Map<String, Rate> rates = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Rate> eldest) {
            return size() > ADDRESSES_MAX;
        }
    };

    private record Rate(Instant since, int mails) {}

    SmtpReceiver(MailboxSettings.Receiver settings, OurAddresses addresses, Mailbox mailbox, Clock clock) {
        this.mailbox = mailbox;
        this.addresses = addresses;
        this.clock = clock;
        var builder = SMTPServer.port(settings.port())
                .bindAddress(address(settings.host()))
                .hostName(addresses.domain())
                .softwareName("Baton")
                .messageHandlerFactory(Incoming::new)
                .maxMessageSize(Mailbox.MAIL_BYTES_MAX)
                .maxRecipients(RECIPIENTS_MAX)
                .maxConnections(CONNECTIONS_MAX)
                .sessionHandler(SessionHandler.limitConcurrentSessionsBySource(CONNECTIONS_PER_ADDRESS_MAX))
                .connectionTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (settings.keystore() != null) {
            builder.enableTLS().startTlsSocketFactory(tls(settings));
        }
        this.server = builder.build();
        server.start();
        log.info("Mail for {} is received on port {}", addresses.domain(), port());
    }

    int port() {
        return server.getPortAllocated();
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("BATON_SMTP_IN_HOST: " + host + " is no address of this machine", e);
        }
    }

    private static SSLContext tls(MailboxSettings.Receiver settings) {
        try (var file = Files.newInputStream(java.util.Objects.requireNonNull(settings.keystore()))) {
            var password = settings.password().toCharArray();
            var store = KeyStore.getInstance("PKCS12");
            store.load(file, password);
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("BATON_SMTP_IN_KEYSTORE cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }

    private boolean isTooFast(String address) {
        synchronized (rates) {
            var now = clock.instant();
            var rate = rates.get(address);
            if (rate == null || rate.since().isBefore(now.minus(Duration.ofMinutes(1)))) {
                rate = new Rate(now, 0);
            }
            rates.put(address, new Rate(rate.since(), rate.mails() + 1));
            return rate.mails() >= MAILS_PER_MINUTE_MAX;
        }
    }

    /** One mail on its way in. */
    private final class Incoming implements MessageHandler {

        private final String other;
        private final List<String> recipients = new ArrayList<>();

        private Incoming(MessageContext context) {
            this.other = context.getRemoteAddress() instanceof InetSocketAddress address && address.getAddress() != null
                    ? address.getAddress().getHostAddress()
                    : "";
        }

        @Override
        public void from(String from) throws RejectException {
            if (isTooFast(other)) {
                throw new RejectException(450, "4.7.1 Too many mails, try again later");
            }
        }

        @Override
        public void recipient(String recipient) throws RejectException {
            var address = recipient.strip().toLowerCase(Locale.ROOT);
            if (!addresses.isOurs(address)) {
                throw new RejectException(550, "5.7.1 No such address here, and nothing is passed on");
            }
            if (recipients.size() >= RECIPIENTS_MAX) {
                throw new RejectException(452, "4.5.3 Too many recipients");
            }
            if (!recipients.contains(address)) {
                recipients.add(address);
            }
        }

        @Override
        public String data(InputStream data) throws RejectException, IOException {
            var raw = data.readNBytes(Mailbox.MAIL_BYTES_MAX + 1);
            if (raw.length > Mailbox.MAIL_BYTES_MAX) {
                throw new RejectException(552, "5.3.4 The mail is too large");
            }
            try {
                recipients.forEach(recipient -> mailbox.store(raw, recipient));
            } catch (RuntimeException e) {
                log.warn("A mail could not be stored; the other side keeps it and tries again", e);
                throw new RejectException(451, "4.3.0 Not now, try again later");
            }
            return "2.0.0 Stored";
        }

        @Override
        public void done() {}
    }
}
