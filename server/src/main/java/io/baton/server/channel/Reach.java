package io.baton.server.channel;

import io.baton.engine.Case;
import io.baton.engine.Notice;
import io.baton.server.answers.Answerable;
import io.baton.server.answers.Scope;
import io.baton.server.answers.ShortAnswers;
import io.baton.server.cases.Cases;
import io.baton.server.channel.Channel.Message;
import io.baton.server.channel.Channel.Sent;
import io.baton.server.channel.Letters.Told;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.directory.Profile;
import io.baton.server.guest.Links;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which channel reaches whom, and what goes by it. */
final class Reach {

    private static final Logger log = LoggerFactory.getLogger(Reach.class);

    private final JdbcClient database;
    private final Cases cases;
    private final Directory directory;
    private final Links links;
    private final Letters letters;
    private final ShortAnswers answers;
    private final List<Channel> all;
    private final List<String> usual;
    private final Clock clock;
    private final Map<String, Instant> awayUntil = new ConcurrentHashMap<>();
    private volatile String url;

    Reach(
            JdbcClient database,
            Cases cases,
            Directory directory,
            Links links,
            Letters letters,
            ShortAnswers answers,
            List<Channel> all,
            List<String> usual,
            String url,
            Clock clock) {
        this.database = database;
        this.cases = cases;
        this.directory = directory;
        this.links = links;
        this.letters = letters;
        this.answers = answers;
        this.all = List.copyOf(all);
        this.usual = List.copyOf(usual);
        this.url = url;
        this.clock = clock;
    }

    Letters letters() {
        return letters;
    }

    /** The address of a path. */
    String at(String path) {
        return url + path;
    }

    /** Where people find the web app. */
    void url(String url) {
        this.url = url;
    }

    /** Whether a process wrote it, and its step no longer waits for it. */
    boolean isMoot(Delivery delivery) {
        return delivery.reason() == Notice.Reason.MAIL
                && !SendDeliveries.isMailJob(
                        cases.state(cases.find(delivery.caseId()).orElseThrow()).step(delivery.step()));
    }

    /** Empty for who is not known; for what a process writes itself, whom the step names. */
    Optional<Told> told(Delivery delivery) {
        var row = cases.find(delivery.caseId()).orElseThrow();
        var state = cases.state(row);
        var person = delivery.reason() == Notice.Reason.MAIL
                ? addressee(delivery, state)
                : directory.find(delivery.recipient());
        return person.map(to -> new Told(
                delivery,
                to,
                row,
                state,
                cases.journal(row, delivery.entry() - 1, 1).getFirst()));
    }

    /** A person's id, or the address of somebody known. Where the job is over there is nobody to find. */
    private Optional<Person> addressee(Delivery delivery, Case state) {
        var step = state.step(delivery.step());
        if (step == null || step.job() == null) {
            return Optional.empty();
        }
        return state.visible(step).get("to") instanceof String to && !to.isBlank()
                ? to.contains("@") ? directory.findByEmail(to) : directory.find(to)
                : Optional.empty();
    }

    /** About the step that was told; see {@link #choose(Person, List, Set)}. */
    @Nullable
    Channel choose(Told told, Set<String> refused) {
        return choose(told.to(), letters.channels(told), refused);
    }

    /**
     * In the order in which the person likes to be reached; where nobody knows, in that of the policy, or else of the
     * settings.
     */
    @Nullable
    Channel choose(Person person, List<String> byPolicy, Set<String> refused) {
        var wanted = person.profile().channels().isEmpty()
                ? byPolicy.isEmpty() ? usual : byPolicy
                : person.profile().channels().stream()
                        .map(Profile.Channel::word)
                        .toList();
        for (var name : wanted) {
            for (var channel : all) {
                if (channel.preference().equals(name)
                        && !refused.contains(channel.name())
                        && channel.address(person).isPresent()) {
                    return channel;
                }
            }
        }
        return null;
    }

    Message message(Told told, String address) {
        var delivery = told.delivery();
        return new Message(
                id(delivery),
                step(told),
                address,
                told.to(),
                letters.letter(told),
                () -> link(told.to(), delivery.caseId(), step(told)),
                told.isAsked(),
                () -> answerable(told),
                null,
                null);
    }

    private Answerable answerable(Told told) {
        return told.isAsked() || told.isHolding()
                ? answers.answerable(new Scope(
                        told.to().id(),
                        told.delivery().caseId(),
                        told.delivery().step()))
                : Answerable.NOTHING;
    }

    MessageId id(Delivery delivery) {
        var hash = database.sql("select hash from journal where case_id = ? and seq = ?")
                .param(delivery.caseId())
                .param(delivery.entry())
                .query((row, _) -> row.getBytes(1))
                .single();
        return new MessageId(
                delivery.caseId(),
                delivery.entry(),
                delivery.nr(),
                HexFormat.of().formatHex(hash, 0, 8));
    }

    /** The step if there is something to do there, else the case. */
    private static int step(Told told) {
        return told.task() == null ? 0 : told.delivery().step();
    }

    /** A member signs in; somebody outside gets a link with a secret of its own, made now. */
    String link(Person to, long caseId, int step) {
        if (to.kind() == Person.Kind.CONTACT) {
            return url + links.issue(to.id(), caseId, step);
        }
        var row = cases.find(caseId).orElseThrow();
        return step == 0
                ? url + "/cases/" + cases.key(caseId, row.process())
                : url + "/inbox?task=" + caseId + "." + step;
    }

    /** To all that the person has to do. */
    String linkToAll(Person to) {
        return to.kind() == Person.Kind.CONTACT ? url + links.issue(to.id(), 0, 0) : url + "/inbox";
    }

    Lines open() {
        return new Lines();
    }

    /** Each channel opened once for some messages in a row. */
    final class Lines implements AutoCloseable {

        private final Map<String, Channel.Line> open = new LinkedHashMap<>();

        Channel.Line of(Channel channel) {
            return open.computeIfAbsent(channel.name(), _ -> channel.open());
        }

        boolean isDown(Channel channel) {
            var until = awayUntil.get(channel.name());
            return until != null && clock.instant().isBefore(until);
        }

        void isDown(Channel channel, Sent.Down down) {
            log.warn(
                    "{} is away: {}; it is tried again in {} s",
                    channel.name(),
                    down.reason(),
                    down.away().toSeconds());
            awayUntil.put(channel.name(), clock.instant().plus(down.away()));
        }

        @Override
        public void close() {
            open.values().forEach(Channel.Line::close);
        }
    }
}
