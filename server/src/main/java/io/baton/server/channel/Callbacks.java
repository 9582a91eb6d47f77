package io.baton.server.channel;

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
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is common to requests that channels send to Baton: whether they are new, and whose address they come from. */
public final class Callbacks {

    /** A request that says it was made longer ago, or so far ahead, is not heard: it may be an old one sent again. */
    public static final Duration AGE_MAX = Duration.ofMinutes(5);

    private final JdbcClient database;
    private final Directory directory;
    private final Addresses addresses;
    private final Clock clock;

    public Callbacks(JdbcClient database, Directory directory, Addresses addresses, Clock clock) {
        this.database = database;
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

    /** For who is not known: in what language they read is not known either. */
    public String unknown(String address) {
        return Words.of(null).say("chat.unknown", address);
    }

    /** Whoever wrote STOP on their phone gets nothing more there, until they write START. */
    public void stop(String channel, String address, boolean stop) {
        addresses.stop(channel, address, stop);
    }
}
