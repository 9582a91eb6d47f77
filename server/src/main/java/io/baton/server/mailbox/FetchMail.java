package io.baton.server.mailbox;

import io.baton.server.pumps.Pump;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.search.FlagTerm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what is new in a mailbox by IMAP. A mail is stored, then marked as seen or moved away; after a crash in between
 * it is fetched again, and known.
 */
final class FetchMail implements Pump.Work {

    private static final Duration PAUSE = Duration.ofSeconds(15);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(1);
    private static final int AT_ONCE_MAX = 50;
    private static final String TIMEOUT_MS = "30000";
    private static final Logger log = LoggerFactory.getLogger(FetchMail.class);

    /** Where a mail to a catch-all mailbox says to whom it went. */
    private static final List<String> RECIPIENT_HEADERS =
            List.of("Delivered-To", "X-Original-To", "X-Envelope-To", "Envelope-To", "To", "Cc");

    private final MailboxSettings.Imap settings;
    private final OurAddresses addresses;
    private final Mailbox mailbox;

    FetchMail(MailboxSettings.Imap settings, OurAddresses addresses, Mailbox mailbox) {
        this.settings = settings;
        this.addresses = addresses;
        this.mailbox = mailbox;
    }

    @Override
    public Duration tick() {
        try (var store = connect()) {
            return fetch(store);
        } catch (MessagingException | IOException e) {
            log.warn("{} cannot be read; it is tried again in {} s", settings, PAUSE_AFTER_FAILURE.toSeconds(), e);
            return PAUSE_AFTER_FAILURE;
        }
    }

    private Store connect() throws MessagingException {
        var properties = new Properties();
        var prefix = "mail." + settings.protocol() + ".";
        for (var timeout : List.of("connectiontimeout", "timeout", "writetimeout")) {
            properties.setProperty(prefix + timeout, TIMEOUT_MS);
        }
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        properties.setProperty(prefix + "partialfetch", "true");
        var store = Session.getInstance(properties).getStore(settings.protocol());
        store.connect(settings.host(), settings.port(), settings.user(), settings.password());
        return store;
    }

    private Duration fetch(Store store) throws MessagingException, IOException {
        var folder = store.getFolder(settings.folder());
        folder.open(Folder.READ_WRITE);
        try (folder) {
            var fresh = folder.search(new FlagTerm(new Flags(Flags.Flag.SEEN), false));
            int count = Math.min(fresh.length, AT_ONCE_MAX);
            for (int i = 0; i < count; i++) {
                take(store, folder, fresh[i]);
            }
            return fresh.length > AT_ONCE_MAX ? Duration.ZERO : PAUSE;
        }
    }

    private void take(Store store, Folder folder, Message message) throws MessagingException, IOException {
        if (message.getSize() <= Mailbox.MAIL_BYTES_MAX) {
            var raw = new ByteArrayOutputStream();
            message.writeTo(raw);
            for (var recipient : recipients(message)) {
                mailbox.store(raw.toByteArray(), recipient);
            }
        } else {
            log.warn("A mail of {} bytes stays in {}: it is too large", message.getSize(), settings);
        }
        move(store, folder, message);
    }

    private void move(Store store, Folder folder, Message message) throws MessagingException {
        if (settings.done() != null) {
            var done = store.getFolder(settings.done());
            if (!done.exists()) {
                done.create(Folder.HOLDS_MESSAGES);
            }
            folder.copyMessages(new Message[] {message}, done);
            message.setFlag(Flags.Flag.DELETED, true);
        }
        message.setFlag(Flags.Flag.SEEN, true);
    }

    /** Ours among those it went to; an empty one where it names none, which then is found by what it answers. */
    private Set<String> recipients(Message message) throws MessagingException {
        var ours = new LinkedHashSet<String>();
        for (var header : RECIPIENT_HEADERS) {
            for (var value : orEmpty(message.getHeader(header))) {
                for (var address : parsed(value)) {
                    if (address.getAddress() != null && addresses.isOurs(address.getAddress())) {
                        ours.add(address.getAddress().toLowerCase(Locale.ROOT));
                    }
                }
            }
        }
        return ours.isEmpty() ? Set.of("") : ours;
    }

    private static String[] orEmpty(String @Nullable [] values) {
        return values == null ? new String[0] : values;
    }

    private static InternetAddress[] parsed(String value) {
        try {
            return InternetAddress.parseHeader(value, false);
        } catch (AddressException e) {
            return new InternetAddress[0];
        }
    }
}
