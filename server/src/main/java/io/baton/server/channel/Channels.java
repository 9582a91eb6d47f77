package io.baton.server.channel;

import io.baton.engine.Roster;
import io.baton.server.answers.ShortAnswers;
import io.baton.server.cases.Cases;
import io.baton.server.commit.Committer;
import io.baton.server.commit.Wakeup;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.guest.KnownAddress;
import io.baton.server.guest.Links;
import io.baton.server.processes.Deployments;
import io.baton.server.pumps.Pump;
import io.baton.server.room.Comments;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What leaves Baton for people: the loop that sends it, and the ways it goes. */
public final class Channels {

    private static final String URL_DEFAULT = "http://localhost:8080";

    private final Directory directory;
    private final List<Way> ways;
    private final ChannelStates states;
    private final Deliveries deliveries;
    private final Reach reach;
    private final SendAtOnce atOnce;
    private final SendDeliveries loop;
    private final Bounces bounces;
    private final DigestRefusals refusals;
    private final Digests digests;
    private final boolean hasUrl;

    public Channels(
            JdbcClient database,
            TransactionTemplate transaction,
            Cases cases,
            Directory directory,
            Deployments deployments,
            Links links,
            Comments comments,
            Committer committer,
            Supplier<Roster> roster,
            ShortAnswers answers,
            List<Way> ways,
            ChannelSettings settings,
            Clock clock) {
        var url = settings.url();
        this.hasUrl = url != null;
        this.deliveries = new Deliveries(database);
        var letters =
                new Letters(database, cases, directory, deployments, deliveries, comments, roster, settings.canReply());
        this.directory = directory;
        this.ways = List.copyOf(ways);
        this.states = new ChannelStates(database);
        var all = ways.stream().flatMap(way -> Stream.ofNullable(way.channel())).toList();
        this.reach = new Reach(
                database,
                cases,
                directory,
                links,
                letters,
                answers,
                all,
                settings.channels(),
                url == null ? URL_DEFAULT : url,
                clock);
        var reports = new Reports(committer);
        this.refusals = new DigestRefusals(database, clock);
        this.bounces = new Bounces(database, reports, clock);
        this.atOnce = new SendAtOnce(reach, directory, clock);
        this.digests = new Digests(deliveries, reach, reports, refusals, roster, transaction, clock);
        this.loop = new SendDeliveries(
                deliveries,
                reach,
                digests,
                reports,
                transaction,
                clock,
                () -> ThreadLocalRandom.current().nextDouble(),
                committer::isBusy);
    }

    public Pump.Work loop() {
        return loop;
    }

    public Wakeup wakeup() {
        return loop.wakeup();
    }

    /** Where this node is found, unless the settings say where people find it. */
    public void servedAt(String url) {
        if (!hasUrl) {
            reach.url(url);
        }
    }

    public DigestRefusals digestRefusals() {
        return refusals;
    }

    public Bounces bounces() {
        return bounces;
    }

    /** What was sent about a case, the newest first. */
    public List<Dispatch> dispatches(long caseId, int limit) {
        return deliveries.ofCase(caseId, limit);
    }

    /** For what somebody waits for while they look at a page. */
    public KnownAddress knownAddress() {
        return atOnce;
    }

    /** By mail, or onto the outbox page. */
    public Channel mail() {
        return ways.stream()
                .filter(way -> way.name().equals("mail"))
                .map(Way::channel)
                .findFirst()
                .orElseThrow();
    }

    /** A link to what a message is about, as its recipient would have got it. */
    public String link(Person to, long caseId, int step) {
        return reach.link(to, caseId, step);
    }

    /** A channel, and the last that is known of it. */
    public record State(
            Way way,
            @Nullable Instant succeededAt,
            @Nullable Instant failedAt,
            @Nullable String failure) {}

    /** Every channel that Baton knows, set up or not. */
    public List<State> states() {
        return ways.stream()
                .map(way -> {
                    var failure = states.failure(way.name()).orElse(null);
                    return new State(
                            way,
                            states.success(way.name())
                                    .map(ChannelStates.Last::at)
                                    .orElse(null),
                            failure == null ? null : failure.at(),
                            failure == null ? null : failure.reason());
                })
                .toList();
    }

    /** What became of a test. */
    public sealed interface Tested {
        record Sent(Channel.Sent sent) implements Tested {}

        record NoSuchChannel() implements Tested {}

        record NotSetUp(Way way) implements Tested {}

        /** The channel does not know where the person is. */
        record NoAddress() implements Tested {}
    }

    /** Sends a message to this person by this channel, whatever they prefer. */
    public Tested test(String channel, String person) {
        var way = ways.stream().filter(each -> each.name().equals(channel)).findFirst();
        if (way.isEmpty()) {
            return new Tested.NoSuchChannel();
        }
        var by = way.get().channel();
        if (by == null) {
            return new Tested.NotSetUp(way.get());
        }
        var to = directory.find(person).orElseThrow();
        return by.address(to)
                .<Tested>map(address -> new Tested.Sent(atOnce.sendTest(to, by, address)))
                .orElseGet(Tested.NoAddress::new);
    }

    /** By the way that the person prefers; empty where there is none. */
    public Optional<Channel.Sent> sendView(Person to, ViewLetter view) {
        var channel = reach.choose(to, List.of(), Set.of());
        return channel == null
                ? Optional.empty()
                : Optional.of(atOnce.sendView(
                        to, channel, view, () -> reach.at(refusals.issue(to.id(), view.view(), view.every()))));
    }

    /** When the next day begins on which the person works. */
    public Instant morning(Person to, Instant now) {
        return digests.morning(to, now);
    }

    /** What is still to be sent is taken for done: after a history was made up, of which nobody is to hear now. */
    public void letGo() {
        deliveries.letGo();
    }
}
