package io.baton.server.directory;

import io.baton.engine.Policy;
import io.baton.engine.Roster;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The directory as it was at one version. Only how much work people have, and
 * how long it usually takes, moves on. */
final class DirectoryRoster implements Roster {

    private final Map<String, Person> people;
    private final Map<String, String> addresses;
    private final Map<String, Team> teams;
    private final Map<String, Policy> newest;
    private final Policies policies;
    private final Workload workload;
    private final BiFunction<String, String, @Nullable Duration> usual;

    DirectoryRoster(
            Map<String, Person> people,
            Map<String, String> addresses,
            Map<String, Team> teams,
            Map<String, Policy> newest,
            Policies policies,
            Workload workload,
            BiFunction<String, String, @Nullable Duration> usual) {
        this.people = people;
        this.addresses = addresses;
        this.teams = teams;
        this.newest = newest;
        this.policies = policies;
        this.workload = workload;
        this.usual = usual;
    }

    Set<String> people() {
        return people.keySet();
    }

    @Override
    public @Nullable Person person(String id) {
        return people.get(id);
    }

    @Override
    public @Nullable String personAt(String email) {
        return addresses.get(Directory.normalised(email));
    }

    @Override
    public @Nullable Team team(String key) {
        return teams.get(key);
    }

    @Override
    public @Nullable Policy policy(String key, int version) {
        var found = newest.get(key);
        return version == 0 || (found != null && found.version() == version) ? found : policies.compiled(key, version);
    }

    @Override
    public boolean isComplete() {
        return true;
    }

    @Override
    public Instant lastGiven(String person) {
        return workload.lastGiven(person);
    }

    @Override
    public @Nullable Duration usual(String process, String node) {
        return usual.apply(process, node);
    }

    @Override
    public int openWork(String person) {
        return workload.openWork(person);
    }
}
