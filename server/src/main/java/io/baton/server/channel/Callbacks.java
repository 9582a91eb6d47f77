package io.baton.server.channel;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.server.cases.Cases;
import io.baton.server.commit.Answer;
import io.baton.server.directory.Addresses;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.session.Secret;
import io.baton.server.words.Words;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What people do where they were told: they accept or decline what they, and nobody else, are asked to take. Everything is
 * answered in a line, in their language.
 */
public final class Callbacks {

    /** A request that says it was made longer ago, or so far ahead, is not heard: it may be an old one sent again. */
    public static final Duration AGE_MAX = Duration.ofMinutes(5);

    /** {@code CASE.STEP}, as messages write it. */
    static final Pattern STEP = Pattern.compile("([1-9]\\d{0,17})\\.([1-9]\\d{0,8})");

    private static final int REASON_CHARACTERS_MAX = 500;

    private final JdbcClient database;
    private final Cases cases;
    private final Directory directory;
    private final Addresses addresses;
    private final Clock clock;

    public Callbacks(JdbcClient database, Cases cases, Directory directory, Addresses addresses, Clock clock) {
        this.database = database;
        this.cases = cases;
        this.directory = directory;
        this.addresses = addresses;
        this.clock = clock;
    }

    public boolean isTimely(Instant made) {
        return Duration.between(made, clock.instant()).abs().compareTo(AGE_MAX) <= 0;
    }

    /** False when it was heard before; {@code name} is its signature, or what else is one request's only. */
    public boolean isFirst(String channel, String name) {
        return database.sql("insert into callback_seen (hash, at) values (?, ?) on conflict do nothing")
                        .param(Secret.hash(channel + " " + name))
                        .param(clock.instant().atOffset(ZoneOffset.UTC))
                        .update()
                > 0;
    }

    /** Who that is, if they are here and sign in. */
    public Optional<Person> person(String channel, String address) {
        return addresses
                .whose(channel, address)
                .flatMap(directory::find)
                .filter(person -> person.kind() == Person.Kind.MEMBER && person.isPresent());
    }

    public String accept(Person by, String step) {
        return act(by, step, Command.ClaimTask::new, "chat.accepted");
    }

    public String decline(Person by, String step, String reason) {
        var why = reason.strip();
        if (why.isEmpty()) {
            return Words.of(by.profile().locale()).say("chat.why");
        }
        var cut = why.length() <= REASON_CHARACTERS_MAX ? why : why.substring(0, REASON_CHARACTERS_MAX) + "…";
        return act(by, step, number -> new Command.DeclineTask(number, cut), "chat.declined");
    }

    private String act(Person by, String name, IntFunction<Command> command, String done) {
        var words = Words.of(by.profile().locale());
        var found = STEP.matcher(name);
        if (!found.matches()) {
            return words.say("chat.how");
        }
        long caseId = Long.parseLong(found.group(1));
        int step = Integer.parseInt(found.group(2));
        if (!isAsked(by, caseId, step)) {
            return words.say("chat.not-asked");
        }
        return switch (cases.perform(caseId, command.apply(step), Actor.person(by.id()), null)) {
            case Answer.Done _ -> words.say(done);
            case Answer.Refused refused -> words.say("chat.refused", refused.message());
            case Answer.KeyReused _ -> words.say("chat.twice");
        };
    }

    private boolean isAsked(Person by, long caseId, int number) {
        return cases.find(caseId)
                .map(row -> cases.state(row).step(number))
                .map(step -> step.task() == null ? null : step.task().offer())
                .filter(offer -> by.id().equals(offer.person()))
                .isPresent();
    }

    /** For who is not known: in what language they read is not known either. */
    public String unknown(String address) {
        return Words.of(null).say("chat.unknown", address);
    }

    /** Whoever wrote STOP on their phone gets nothing more there, until they write START. */
    public void stop(String channel, String address, boolean stop) {
        addresses.stop(channel, address, stop);
    }
}
