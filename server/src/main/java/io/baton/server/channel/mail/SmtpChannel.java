package io.baton.server.channel.mail;

import io.baton.server.answers.Scope;
import io.baton.server.channel.Channel;
import io.baton.server.channel.ReplyTokens;
import io.baton.server.directory.Brand;
import io.baton.server.directory.Person;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** Mail by a server of the organisation's. One connection carries some mails in a row. */
public final class SmtpChannel implements Channel {

    public static final String NAME = "mail";

    private final MailSettings.Server server;
    private final boolean takesReplies;
    private final Properties properties;
    private final Duration timeMax;
    private final Mime mime;
    private final ReplyTokens tokens;
    private final Supplier<Brand> brand;
    private final Clock clock;

    public SmtpChannel(
            MailSettings settings, MailSettings.Server server, ReplyTokens tokens, Supplier<Brand> brand, Clock clock) {
        this.server = server;
        this.takesReplies = settings.replyDomain() != null;
        this.properties = MailSettings.properties(server, settings.timeMax());
        this.timeMax = settings.timeMax();
        this.mime = new Mime(settings);
        this.tokens = tokens;
        this.brand = brand;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> address(Person person) {
        return Optional.ofNullable(person.email());
    }

    @Override
    public Line open() {
        return new Connection();
    }

    private final class Connection implements Line {

        private final Deadline deadline = new Deadline();
        private final Session session = Session.getInstance(MailSettings.with(properties, deadline));
        private @Nullable Transport transport;

        @Override
        public Sent send(Message message) {
            Sent sent;
            try (var _ = deadline.watch(timeMax)) {
                sent = sendNow(message);
            }
            if (deadline.hasPassed() && !(sent instanceof Sent.Accepted)) {
                close();
                return new Sent.Down(server + " took longer than " + timeMax.toSeconds() + " s for one mail");
            }
            return sent;
        }

        private Sent sendNow(Message message) {
            try {
                connect();
            } catch (AuthenticationFailedException e) {
                return new Sent.Down(server + " does not let Baton in");
            } catch (MessagingException e) {
                return new Sent.Down(server + " is not reachable: " + reason(e));
            }
            try {
                var token = takesReplies && !message.letter().about().isEmpty() ? tokens.issue(scope(message)) : null;
                var mail =
                        mime.mail(session, message, brand.get(), message.link().get(), token, clock.instant());
                connect().sendMessage(mail, mail.getAllRecipients());
                return new Sent.Accepted();
            } catch (AddressException e) {
                return new Sent.Never("'" + message.address() + "' is no address");
            } catch (MessagingException e) {
                close(); // whatever state it is in: the next mail opens another
                return refused(e);
            }
        }

        private Transport connect() throws MessagingException {
            if (transport == null || !transport.isConnected()) {
                close();
                var opened = session.getTransport();
                opened.connect(server.host(), server.port(), server.user(), server.password());
                transport = opened;
            }
            return transport;
        }

        @Override
        public void close() {
            if (transport != null) {
                try {
                    transport.close();
                } catch (MessagingException e) {
                    // It is not used again, and what it carried was acknowledged or will be sent again.
                }
                transport = null;
            }
        }
    }

    private static Scope scope(Channel.Message message) {
        return new Scope(message.to().id(), message.id().caseId(), message.step());
    }

    /** By the reply's code: 5xx is for good (RFC 5321 §4.2.1), but what is wrong with Baton's own account is nobody's end. */
    private static Sent refused(MessagingException failure) {
        Exception cause = failure;
        while (cause != null) {
            switch (cause) {
                case SocketTimeoutException _ -> {
                    return new Sent.Down("the mail server does not answer");
                }
                case SMTPSenderFailedException _ -> {
                    return new Sent.Down(reason(cause));
                }
                case SMTPAddressFailedException e
                when e.getReturnCode() >= 500 -> {
                    return new Sent.Never(reason(cause));
                }
                case SMTPSendFailedException e
                when e.getReturnCode() == 421 || e.getReturnCode() / 10 == 53 -> {
                    return new Sent.Down(reason(cause));
                }
                case SMTPSendFailedException e
                when e.getReturnCode() >= 500 && e.getNextException() == null -> {
                    return new Sent.Never(reason(cause));
                }
                default -> cause = cause instanceof MessagingException e ? e.getNextException() : null;
            }
        }
        return new Sent.Later(reason(failure));
    }

    private static String reason(Exception failure) {
        var message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message.strip();
    }
}
