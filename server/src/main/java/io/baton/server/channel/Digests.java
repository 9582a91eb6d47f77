package io.baton.server.channel;

import io.baton.engine.Notice;
import io.baton.engine.Roster;
import io.baton.server.answers.Answerable;
import io.baton.server.channel.Channel.Message;
import io.baton.server.channel.Channel.Sent;
import io.baton.server.channel.Deliveries.Attempted;
import io.baton.server.channel.Deliveries.Outcome;
import io.baton.server.channel.Letters.Told;
import io.baton.server.directory.Person;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reminders that wait for the others, where the policy of their step says so: one message in the morning of the
 * recipient's next working day, with what is most urgent first.
 */
final class Digests {

    /** When a day begins for who works round the clock. */
    private static final LocalTime MORNING = LocalTime.of(8, 0);

    /** Nobody works on none of so many days in a row; then it comes tomorrow. */
    private static final int DAYS_MAX = 60;

    private final Deliveries deliveries;
    private final Reach reach;
    private final Reports reports;
    private final DigestRefusals refusals;
    private final Supplier<Roster> roster;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Digests(
            Deliveries deliveries,
            Reach reach,
            Reports reports,
            DigestRefusals refusals,
            Supplier<Roster> roster,
            TransactionTemplate transaction,
            Clock clock) {
        this.deliveries = deliveries;
        this.reach = reach;
        this.reports = reports;
        this.refusals = refusals;
        this.roster = roster;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Whether it would wait for the morning, but the person does not want that: then they find it in Baton. */
    boolean isUnwanted(Told told) {
        return isForDigest(told) && refusals.refuses(told.to().id());
    }

    private boolean isForDigest(Told told) {
        var step = told.step();
        if (told.delivery().reason() != Notice.Reason.REMINDER || step == null || step.policy() == null) {
            return false;
        }
        var policy = roster.get().policy(step.policy(), step.policyVersion());
        return policy != null && policy.digest();
    }

    /** Whether it waits for the morning from now on. */
    boolean takes(Told told, Instant now) {
        if (!isForDigest(told)) {
            return false;
        }
        deliveries.gather(told.delivery(), morning(told.to(), now));
        return true;
    }

    /** The beginning of the next day on which the person works, outside quiet hours. */
    Instant morning(Person to, Instant now) {
        var person = roster.get().person(to.id());
        var calendar = person == null ? Roster.ALWAYS : person.calendar();
        var today = now.atZone(calendar.zone()).toLocalDate();
        for (int i = 0; i < DAYS_MAX; i++) {
            var day = today.plusDays(i);
            var hours = calendar.hours(day);
            if (!hours.isEmpty()) {
                var first =
                        calendar.nextWorking(day.atStartOfDay(calendar.zone()).toInstant());
                var earliest = day.atTime(MORNING).atZone(calendar.zone()).toInstant();
                var begins = first.filter(at ->
                                at.isAfter(day.atStartOfDay(calendar.zone()).toInstant()))
                        .orElse(earliest);
                var allowed = person == null || person.quiet() == null
                        ? begins
                        : person.quiet().nextAllowed(begins);
                if (allowed.isAfter(now)) {
                    return allowed;
                }
            }
        }
        return now.plus(java.time.Duration.ofDays(1));
    }

    int send(List<String> recipients) {
        int handled = 0;
        if (!recipients.isEmpty()) {
            try (var lines = reach.open()) {
                for (var recipient : recipients) {
                    handled += Boolean.TRUE.equals(transaction.execute(_ -> send(recipient, lines))) ? 1 : 0;
                }
            }
        }
        return handled;
    }

    private boolean send(String recipient, Reach.Lines lines) {
        var now = clock.instant();
        var waiting = deliveries.lockDigest(recipient, now);
        var still = new ArrayList<Told>();
        for (var delivery : waiting) {
            var told = reach.told(delivery)
                    .filter(found -> found.to().isPresent() && reach.letters().isTrue(found));
            told.ifPresentOrElse(still::add, () -> deliveries.isOver(delivery, Outcome.NOT_TRUE_ANY_MORE, now));
        }
        if (still.isEmpty()) {
            return !waiting.isEmpty();
        }
        // Named after the first by its place in the journal, so that it has the same name when it is sent again.
        var first = still.getFirst();
        var to = first.to();
        if (refusals.refuses(to.id())) {
            still.forEach(told -> deliveries.isOver(told.delivery(), Outcome.NOT_WANTED, now));
            return true;
        }
        var channel = reach.choose(to, List.of(), Set.of());
        if (channel == null) {
            still.forEach(told -> deliveries.apart(told.delivery(), now)); // as any other message that finds no way
            return true;
        }
        if (lines.isDown(channel)) {
            return false;
        }
        still.sort(Comparator.comparing(Digests::due));
        var address = channel.address(to).orElseThrow();
        var message = new Message(
                reach.id(first.delivery()),
                0,
                address,
                to,
                reach.letters().digest(to, still, now),
                () -> reach.linkToAll(to),
                false,
                () -> Answerable.NOTHING,
                null,
                () -> reach.at(refusals.issue(to.id())));
        switch (lines.of(channel).send(message)) {
            case Sent.Accepted _ ->
                still.forEach(told -> {
                    note(told, channel, address, Attempted.ACCEPTED, null, now);
                    reports.delivered(told);
                    deliveries.isOver(told.delivery(), Outcome.SENT, now);
                });
            case Sent.Never(var reason) -> failed(still, channel, address, Attempted.NOT_AT_ALL, reason, now);
            case Sent.Later(var reason) -> failed(still, channel, address, Attempted.NOT_NOW, reason, now);
            case Sent.Down down -> {
                lines.isDown(channel, down);
                failed(still, channel, address, Attempted.NOT_NOW, down.reason(), now);
            }
        }
        return true;
    }

    private static Instant due(Told told) {
        var task = told.task();
        return task == null || task.due() == null ? Instant.MAX : task.due();
    }

    /** Each is tried on its own from then on, so that what is wrong is told for each. */
    private void failed(
            List<Told> all, Channel channel, String address, Attempted outcome, String reason, Instant now) {
        for (var told : all) {
            note(told, channel, address, outcome, reason, now);
            deliveries.apart(told.delivery(), now.plus(Deliveries.backoff(0, 0.5)));
        }
    }

    private void note(
            Told told,
            Channel channel,
            String address,
            Attempted outcome,
            @org.jspecify.annotations.Nullable String reason,
            Instant now) {
        deliveries.attempted(told.delivery(), told.to().id(), channel.name(), address, outcome, reason, now);
    }
}
