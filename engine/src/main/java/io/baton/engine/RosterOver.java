package io.baton.engine;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A roster that says what another one says, but for what its subclass knows better. */
public abstract class RosterOver implements Roster {

    protected final Roster other;

    protected RosterOver(Roster other) {
        this.other = other;
    }

    @Override
    public @Nullable Person person(String id) {
        return other.person(id);
    }

    @Override
    public @Nullable String personAt(String email) {
        return other.personAt(email);
    }

    @Override
    public @Nullable Team team(String key) {
        return other.team(key);
    }

    @Override
    public @Nullable Policy policy(String key, int version) {
        return other.policy(key, version);
    }

    @Override
    public boolean isComplete() {
        return other.isComplete();
    }

    @Override
    public Instant lastGiven(String person) {
        return other.lastGiven(person);
    }

    @Override
    public @Nullable Duration usual(String process, String node) {
        return other.usual(process, node);
    }

    @Override
    public int openWork(String person) {
        return other.openWork(person);
    }
}
