package io.baton.server.channel;

import io.baton.engine.Notice;
import io.baton.engine.Step;
import io.baton.server.channel.Channel.Sent;
import io.baton.server.channel.Deliveries.Attempted;
import io.baton.server.channel.Deliveries.Outcome;
import io.baton.server.channel.Letters.Told;
import io.baton.server.commit.Wakeup;
import io.baton.server.directory.Person;
import io.baton.server.pumps.Pump;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends what is due. Each message has a transaction of its own, which holds the delivery while it is sent: a node that
 * dies in between has sent it or not, and the next one sends it, perhaps again, under the same Message-ID. What one person
 * is told about one case goes in the order in which it happened.
 */
final class SendDeliveries implements Pump.Work {

    private static final Logger log = LoggerFactory.getLogger(SendDeliveries.class);

    /** About a day, with {@link Deliveries#backoff}: after that a person has to know. */
    static final int ATTEMPTS_MAX = 28;

    /** Messages on their way at once on this node: a slow server must not hold up everybody. */
    private static final int SENDERS = 4;

    /** Commands go first, so that a flood of reminders is decided before it is sent; but a round waits no longer than this. */
    private static final Duration STEP_BACK_MAX = Duration.ofSeconds(10);

    private static final Duration STEP_BACK = Duration.ofMillis(20);

    /** What another node or another clock made due is noticed after this at the latest. */
    private static final Duration PAUSE_MAX = Duration.ofSeconds(1);

    private final Deliveries deliveries;
    private final Reach reach;
    private final Digests digests;
    private final Reports reports;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final DoubleSupplier chance;
    private final BooleanSupplier commandsWait;
    private final Wakeup wakeup = new Wakeup();

    SendDeliveries(
            Deliveries deliveries,
            Reach reach,
            Digests digests,
            Reports reports,
            TransactionTemplate transaction,
            Clock clock,
            DoubleSupplier chance,
            BooleanSupplier commandsWait) {
        this.deliveries = deliveries;
        this.reach = reach;
        this.digests = digests;
        this.reports = reports;
        this.transaction = transaction;
        this.clock = clock;
        this.chance = chance;
        this.commandsWait = commandsWait;
    }

    Wakeup wakeup() {
        return wakeup;
    }

    private record Threaded(long caseId, String recipient) {}

    @Override
    public Duration tick() {
        var now = clock.instant();
        var threads = new LinkedHashSet<Threaded>();
        deliveries.due(now).forEach(due -> threads.add(new Threaded(due.caseId(), due.recipient())));
        int handled = threads.isEmpty() ? 0 : send(List.copyOf(threads));
        handled += digests.send(deliveries.dueDigests(now));
        return handled > 0 ? Duration.ZERO : pause(now);
    }

    private Duration pause(Instant now) {
        return deliveries
                .next()
                .map(next -> Duration.between(now, next))
                .filter(until -> !until.isNegative() && !until.isZero() && until.compareTo(PAUSE_MAX) < 0)
                .orElse(PAUSE_MAX);
    }

    private void stepBack(long until) {
        try {
            while (commandsWait.getAsBoolean() && System.nanoTime() < until) {
                Thread.sleep(STEP_BACK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** By a few senders; a failure of one is told when all have come to their end. */
    private int send(List<Threaded> threads) {
        int senders = Math.min(SENDERS, threads.size());
        long until = System.nanoTime() + STEP_BACK_MAX.toNanos();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Integer>>();
            for (int i = 0; i < senders; i++) {
                int first = i;
                running.add(executor.submit(() -> send(threads, first, senders, until)));
            }
            int handled = 0;
            for (var sender : running) {
                handled += join(sender);
            }
            return handled;
        }
    }

    private static int join(Future<Integer> sender) {
        try {
            return sender.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        } catch (java.util.concurrent.ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private int send(List<Threaded> threads, int first, int step, long until) {
        int handled = 0;
        try (var lines = reach.open()) {
            for (int i = first; i < threads.size(); i += step) {
                stepBack(until);
                handled += send(threads.get(i), lines);
            }
        }
        return handled;
    }

    private int send(Threaded thread, Reach.Lines lines) {
        int handled = 0;
        while (Boolean.TRUE.equals(transaction.execute(_ -> sendFirst(thread, lines)))) {
            handled++;
        }
        return handled;
    }

    /** False when nothing of the thread is due, or another node is at it. */
    private boolean sendFirst(Threaded thread, Reach.Lines lines) {
        var now = clock.instant();
        var waiting = deliveries.lockThread(thread.caseId(), thread.recipient());
        if (waiting.isEmpty() || waiting.getFirst().dueAt().isAfter(now)) {
            return false;
        }
        var delivery = waiting.getFirst();
        var told = reach.told(delivery);
        if (reach.isMoot(delivery)) {
            deliveries.isOver(delivery, Outcome.NOT_TRUE_ANY_MORE, now);
        } else if (told.isEmpty()) {
            nobody(delivery, now);
        } else if (!told.get().to().isPresent() || !reach.letters().isTrue(told.get())) {
            deliveries.isOver(delivery, Outcome.NOT_TRUE_ANY_MORE, now);
        } else if (digests.isUnwanted(told.get())) {
            deliveries.isOver(delivery, Outcome.NOT_WANTED, now);
        } else if (delivery.attempts() > 0 || !digests.takes(told.get(), now)) {
            return send(told.get(), lines, now);
        }
        return true;
    }

    /** The person is not known: what a process wrote to an address of its own, perhaps. */
    private void nobody(Delivery delivery, Instant now) {
        reports.unknown(delivery);
        deliveries.isOver(delivery, Outcome.GIVEN_UP, now);
    }

    /** False when the channel is away: then the rest of the thread need not be tried. */
    private boolean send(Told told, Reach.Lines lines, Instant now) {
        var delivery = told.delivery();
        var to = told.to();
        var channel = reach.choose(told, deliveries.refusedBy(delivery));
        if (channel == null) {
            noWay(told, now);
            return true;
        }
        if (lines.isDown(channel)) {
            deliveries.later(delivery, now.plus(Deliveries.backoff(0, chance.getAsDouble())), delivery.attempts());
            return false;
        }
        var address = channel.address(to).orElseThrow();
        var sent = lines.of(channel).send(reach.message(told, address));
        return switch (sent) {
            case Sent.Accepted _ -> {
                deliveries.attempted(delivery, to.id(), channel.name(), address, Attempted.ACCEPTED, null, now);
                reports.delivered(told);
                deliveries.isOver(delivery, Outcome.SENT, now);
                yield true;
            }
            case Sent.Never(var reason) -> {
                deliveries.attempted(delivery, to.id(), channel.name(), address, Attempted.NOT_AT_ALL, reason, now);
                if (reach.choose(told, deliveries.refusedBy(delivery)) == null) {
                    giveUp(told, reason, now);
                } else {
                    deliveries.later(delivery, now, delivery.attempts() + 1);
                }
                yield true;
            }
            case Sent.Later(var reason) -> {
                later(told, channel, address, reason, now);
                yield true;
            }
            case Sent.Down down -> {
                lines.isDown(channel, down);
                later(told, channel, address, down.reason(), now);
                yield false;
            }
        };
    }

    private void later(Told told, Channel channel, String address, String reason, Instant now) {
        var delivery = told.delivery();
        deliveries.attempted(delivery, told.to().id(), channel.name(), address, Attempted.NOT_NOW, reason, now);
        var attempts = delivery.attempts() + 1;
        if (attempts >= ATTEMPTS_MAX) {
            giveUp(told, reason, now);
        } else {
            deliveries.later(
                    delivery, now.plus(Deliveries.backoff(delivery.attempts(), chance.getAsDouble())), attempts);
        }
    }

    /** A member finds it in the web app; somebody outside has nothing else. */
    private void noWay(Told told, Instant now) {
        if (told.to().kind() == Person.Kind.MEMBER && told.delivery().reason() != Notice.Reason.MAIL) {
            deliveries.isOver(told.delivery(), Outcome.NO_WAY, now);
        } else {
            giveUp(told, "no address is known by which a message could reach them", now);
        }
    }

    private void giveUp(Told told, String reason, Instant now) {
        log.info(
                "{} was not reached about case {}: {}; an incident says so",
                told.to().id(),
                told.delivery().caseId(),
                reason);
        reports.undelivered(told, reason);
        deliveries.isOver(told.delivery(), Outcome.GIVEN_UP, now);
    }

    /** Whether a process waits for this message to be sent. */
    static boolean isMailJob(@Nullable Step step) {
        return step != null && step.job() != null && step.job().type().equals(Notice.MAIL_JOB);
    }
}
