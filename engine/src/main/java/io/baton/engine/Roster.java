package io.baton.engine;

import io.baton.engine.calendar.QuietHours;
import io.baton.engine.calendar.WorkingCalendar;
import io.baton.engine.model.FlowNode.Assignment;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
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

    /** Who has this e-mail address, in whatever capitals; null when nobody has. */
    default @Nullable String personAt(String email) {
        return isComplete() ? null : email;
    }

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

    /** In how long 95 of 100 steps at that node of the process were done; null where too few are over to say. */
    default @Nullable Duration usual(String process, String node) {
        return null;
    }

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

        /** Several entries for one skill: the most generous counts. */
        boolean has(Step.Requirement required) {
            return skills.stream().map(Skill::of).anyMatch(skill -> skill.covers(required));
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

    /**
     * As the directory has it in one text: {@code iban}, or with a limit {@code approve <= 10000}. Without a limit it reaches
     * any amount.
     */
    record Skill(String name, @Nullable BigDecimal limit) {

        private static final Pattern LIMITED = Pattern.compile("(.+?)\\s*(?:<=|≤)\\s*(.+)");

        static Skill of(String text) {
            var limited = LIMITED.matcher(text.strip());
            var limit = limited.matches() ? Assignment.Skill.amount(limited.group(2)) : null;
            return limit == null ? new Skill(text.strip(), null) : new Skill(limited.group(1), limit);
        }

        /** Null where the text can be read, else what it should be like. */
        public static @Nullable String complaint(String text) {
            var limited = LIMITED.matcher(text.strip());
            return limited.matches() && Assignment.Skill.amount(limited.group(2)) == null
                    ? "a skill with a limit is like 'approve <= 10000', not '" + text + "'"
                    : null;
        }

        boolean covers(Step.Requirement required) {
            return name.equals(required.skill())
                    && (limit == null
                            || required.amount() == null
                            || required.amount().compareTo(limit) <= 0);
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
