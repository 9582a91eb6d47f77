package io.baton.engine;

import io.baton.engine.calendar.QuietHours;
import io.baton.engine.calendar.WorkingCalendar;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decision needs to know of people and teams: a snapshot that is given with the command, so that the engine asks
 * nobody. What follows from it stands in the events; replaying them needs no roster.
 */
public interface Roster {

    WorkingCalendar ALWAYS = WorkingCalendar.always(ZoneOffset.UTC);

    /** Knows nobody, and takes everybody at their word: whoever is named is there. */
    Roster NOBODY = new Roster() {
        @Override
        public @Nullable Person person(String id) {
            return new Person(id, true, null, List.of(), List.of(), 1, ALWAYS, null, List.of());
        }

        @Override
        public @Nullable Team team(String key) {
            return null;
        }

        @Override
        public @Nullable Policy policy(String key, int version) {
            return null;
        }

        @Override
        public boolean isComplete() {
            return false;
        }

        @Override
        public Instant lastGiven(String person) {
            return Instant.EPOCH;
        }

        @Override
        public int openWork(String person) {
            return 0;
        }
    };

    /** Null when there is nobody with that id. */
    @Nullable
    Person person(String id);

    /** Null when there is no such team, organisation or system. */
    @Nullable
    Team team(String key);

    /** Null when there is none; {@code version} 0 is the newest. */
    @Nullable
    Policy policy(String key, int version);

    /** Whether who is not here does not exist. */
    boolean isComplete();

    /** When a rule last gave the person something; {@link Instant#EPOCH} for never. */
    Instant lastGiven(String person);

    /** How many tasks the person holds or is asked to take, as far as this node knows. */
    int openWork(String person);

    /**
     * A member or a contact. {@code present} is false once somebody has left for good; {@code manager} takes over what a
     * leaver was accountable for. {@code usualWork} is how many tasks the person has on a usual day, at least 1: loads are
     * compared against it. {@code quiet} is null where nobody minds. {@code absences} are in the order of their beginnings.
     */
    record Person(
            String id,
            boolean present,
            @Nullable String manager,
            List<String> teams,
            List<String> skills,
            int usualWork,
            WorkingCalendar calendar,
            @Nullable QuietHours quiet,
            List<Absence> absences) {

        public Person {
            usualWork = Math.max(usualWork, 1);
            teams = List.copyOf(teams);
            skills = List.copyOf(skills);
            absences = List.copyOf(absences);
        }

        public @Nullable Absence absenceAt(Instant at) {
            for (var absence : absences) {
                if (!at.isBefore(absence.from()) && at.isBefore(absence.until())) {
                    return absence;
                }
            }
            return null;
        }
    }

    /** From the first moment up to and without the last. */
    record Absence(Instant from, Instant until, @Nullable String substitute) {}

    /**
     * {@code members} by id. {@code lead} is the next rung of an escalation; of a system or an assistant it is the named
     * sponsor, who holds its steps on its behalf. {@code calendar} is null where the team has none of its own.
     */
    record Team(
            String key,
            Kind kind,
            @Nullable String lead,
            List<String> members,
            @Nullable WorkingCalendar calendar) {

        public enum Kind {
            TEAM,
            ORGANISATION,
            SYSTEM,
            ASSISTANT
        }

        public Team(String key, Kind kind, @Nullable String lead, List<String> members) {
            this(key, kind, lead, members, null);
        }

        public Team {
            members = List.copyOf(members);
        }
    }
}
