package io.baton.engine;

import io.baton.engine.calendar.QuietHours;
import io.baton.engine.calendar.WorkingCalendar;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A roster for tests, changed as the story goes: what a directory would say at that moment. */
final class Office implements Roster {

    final Map<String, Person> people = new LinkedHashMap<>();
    final Map<String, Team> teams = new LinkedHashMap<>();
    final Map<String, Policy> policies = new LinkedHashMap<>();
    final Map<String, Integer> work = new LinkedHashMap<>();
    final Map<String, Duration> usual = new LinkedHashMap<>();
    final Map<String, Instant> given = new LinkedHashMap<>();

    /** olga owns, ann and bob work for accounts payable under lea, cora leads them all; eve is of the legal department. */
    static Office ofTwoTeams() {
        return new Office()
                .people("cora", "eve")
                .person("olga", "cora")
                .person("lea", "cora")
                .person("ann", "lea", "iban")
                .person("bob", "lea")
                .team("ap", "lea", "ann", "bob")
                .team("legal", null, "eve");
    }

    Office people(String... ids) {
        for (var id : ids) {
            person(id, null);
        }
        return this;
    }

    Office person(String id, @Nullable String manager, String... skills) {
        return with(new Person(id, true, manager, List.of(), List.of(skills), 10, ALWAYS, null, List.of()));
    }

    Office with(Person person) {
        people.put(person.id(), person);
        return this;
    }

    Office working(String id, WorkingCalendar calendar, @Nullable QuietHours quiet) {
        var old = Objects.requireNonNull(people.get(id));
        return with(new Person(
                id, true, old.manager(), old.teams(), old.skills(), old.usualWork(), calendar, quiet, old.absences()));
    }

    Office skilled(String id, String... skills) {
        var old = Objects.requireNonNull(people.get(id));
        return with(new Person(
                id,
                old.present(),
                old.manager(),
                old.teams(),
                List.of(skills),
                old.usualWork(),
                old.calendar(),
                old.quiet(),
                old.absences()));
    }

    Office absent(String id, Instant from, Instant until, @Nullable String substitute) {
        var old = Objects.requireNonNull(people.get(id));
        var absences = new ArrayList<>(old.absences());
        absences.add(new Absence(from, until, substitute));
        return with(new Person(
                id,
                old.present(),
                old.manager(),
                old.teams(),
                old.skills(),
                old.usualWork(),
                old.calendar(),
                old.quiet(),
                absences));
    }

    Office leaves(String id) {
        var old = Objects.requireNonNull(people.get(id));
        return with(new Person(
                id,
                false,
                old.manager(),
                old.teams(),
                old.skills(),
                old.usualWork(),
                old.calendar(),
                old.quiet(),
                old.absences()));
    }

    Office team(String key, @Nullable String lead, String... members) {
        teams.put(key, new Team(key, Team.Kind.TEAM, lead, List.of(members)));
        return this;
    }

    Office system(String key, String sponsor) {
        teams.put(key, new Team(key, Team.Kind.SYSTEM, sponsor, List.of()));
        return this;
    }

    Office policy(Policy policy) {
        policies.put(policy.key() + "@" + policy.version(), policy);
        policies.put(policy.key() + "@0", policy);
        return this;
    }

    @Override
    public @Nullable Person person(String id) {
        return people.get(id);
    }

    @Override
    public @Nullable Team team(String key) {
        return teams.get(key);
    }

    @Override
    public @Nullable Policy policy(String key, int version) {
        return policies.get(key + "@" + version);
    }

    @Override
    public boolean isComplete() {
        return true;
    }

    @Override
    public Instant lastGiven(String person) {
        return given.getOrDefault(person, Instant.EPOCH);
    }

    /** By node: tests have one process. */
    @Override
    public @Nullable Duration usual(String process, String node) {
        return usual.get(node);
    }

    @Override
    public int openWork(String person) {
        return work.getOrDefault(person, 0);
    }
}
