package io.baton.server.mailbox;

import io.baton.server.commit.Wakeup;
import io.baton.server.pumps.Pump;
import io.baton.server.replies.UnreadableMail;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deals with the mails that came in, one by one. What fails is tried again, later each time; what cannot be dealt with is kept
 * for an administrator.
 */
final class ReadMail implements Pump.Work {

    static final int ATTEMPTS_MAX = 8;

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
    private static final Logger log = LoggerFactory.getLogger(ReadMail.class);

    private final Mailbox mailbox;
    private final Correspondence correspondence;
    private final Clock clock;

    ReadMail(Mailbox mailbox, Correspondence correspondence, Clock clock) {
        this.mailbox = mailbox;
        this.correspondence = correspondence;
        this.clock = clock;
    }

    Wakeup wakeup() {
        return mailbox.wakeup();
    }

    @Override
    public Duration tick() {
        var next = mailbox.take();
        if (next.isEmpty()) {
            mailbox.forgetOld();
            return PAUSE;
        }
        dealWith(next.get());
        return Duration.ZERO;
    }

    private void dealWith(Mailbox.Waiting mail) {
        try {
            var outcome = correspondence.take(mail);
            mailbox.over(mail, outcome, correspondence.left(mail, outcome));
        } catch (UnreadableMail | Undeliverable e) {
            log.info("Mail {} to {} is kept for an administrator: {}", mail.id(), mail.recipient(), e.getMessage());
            mailbox.keep(mail, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            if (mail.attempts() >= ATTEMPTS_MAX) {
                log.error("Mail {} is kept for an administrator after {} attempts", mail.id(), mail.attempts(), e);
                mailbox.keep(mail, "It failed " + mail.attempts() + " times: " + e);
            } else {
                var wait = FIRST_WAIT.multipliedBy(1L << mail.attempts());
                log.warn("Mail {} failed; it is tried again in {} s", mail.id(), wait.toSeconds(), e);
                mailbox.again(mail, clock.instant().plus(wait));
            }
        }
    }
}
