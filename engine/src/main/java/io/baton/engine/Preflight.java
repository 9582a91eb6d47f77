package io.baton.engine;

import io.baton.engine.Expressions.Stuck;
import io.baton.engine.IncidentKind.Severity;
import io.baton.engine.Roster.Person;
import io.baton.engine.Roster.Team;
import io.baton.engine.model.Due;
import io.baton.engine.model.FlowNode.Assignment;
import io.baton.engine.model.FlowNode.Assignment.Rule;
import io.baton.engine.model.FlowNode.Element;
import io.baton.engine.model.FlowNode.UserTask;
import io.baton.engine.model.ProcessModel;
import io.baton.engine.model.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What will go wrong with a case, asked before it starts. Every task of the process is looked at as if it opened now,
 * with the variables that the case starts with; what depends on later ones is left out rather than guessed. Called
 * processes are not followed. Like a decision it is pure: all it knows of people is the roster.
 */
public final class Preflight {

    /** Substitutes of substitutes are followed up to this often, as when the step is given. */
    private static final int SUBSTITUTES_MAX = 5;

    /** What may be wrong. {@link Severity#HIGH}: the step will be nobody's, or late, unless something is done first. */
    public enum Kind {
        OWNER_UNKNOWN(Severity.HIGH, "Name an owner who is in the directory"),
        OWNER_LEFT(Severity.HIGH, "Name an owner who is still here"),
        OWNER_ABSENT(Severity.MEDIUM, "Name another owner, or a substitute for the absence"),
        NOBODY_NAMED(Severity.HIGH, "Give the step a team or a holder in the process"),
        TEAM_UNKNOWN(Severity.HIGH, "Add the team to the directory"),
        TEAM_EMPTY(Severity.HIGH, "Add somebody to the team"),
        NO_CONTACT(Severity.HIGH, "Add a contact for the organisation"),
        TEAM_ABSENT(Severity.HIGH, "Name a substitute, or start the case when somebody is back"),
        NOBODY_SKILLED(Severity.HIGH, "Give somebody of the team the skill, or change the rule"),
        NO_SECOND_PAIR_OF_EYES(Severity.HIGH, "Add somebody to the team who has not done the work before"),
        HOLDER_UNKNOWN(Severity.HIGH, "Correct who is named for the step"),
        HOLDER_LEFT(Severity.HIGH, "Name somebody who is still here"),
        HOLDER_ABSENT(Severity.HIGH, "Name a substitute for the absence"),
        OVERLOADED(Severity.MEDIUM, "Take work off them, or expect to wait"),
        DUE_IN_THE_PAST(Severity.HIGH, "Give a later due date"),
        NO_WORKING_TIME(Severity.HIGH, "Give a later due date: nobody works before this one"),
        DUE_ON_A_DAY_OFF(Severity.LOW, "Move the due date to a working day"),
        IMPOSSIBLE_DEADLINE(Severity.HIGH, "Give the case a later due date, or start where less is to do"),
        POLICY_UNKNOWN(Severity.MEDIUM, "Add the policy, or nobody will be reminded");

        private final Severity severity;
        private final String suggestion;

        Kind(Severity severity, String suggestion) {
            this.severity = severity;
            this.suggestion = suggestion;
        }

        public Severity severity() {
            return severity;
        }

        /** The act that most likely helps. */
        public String suggestion() {
            return suggestion;
        }
    }

    /**
     * {@code node} is null for the case as a whole. {@code name} is the skill, policy or earlier step that it is about;
     * {@code at} the due date, until when somebody is absent, or by when the case had to start to be done by its due date ({@code
     * name}).
     */
    public record Finding(
            Kind kind,
            @Nullable String node,
            @Nullable String person,
            @Nullable String team,
            @Nullable String name,
            @Nullable Instant at) {}

    private final ProcessModel model;
    private final SequencedMap<String, @Nullable Object> variables;
    private final Instant now;
    private final Roster roster;
    private final List<Finding> findings = new ArrayList<>();

    private Preflight(
            ProcessModel model, SequencedMap<String, @Nullable Object> variables, Instant now, Roster roster) {
        this.model = model;
        this.variables = variables;
        this.now = now;
        this.roster = roster;
    }

    /** The owner first, then the tasks in document order. {@code owner} is accountable unless the process says who is. */
    public static List<Finding> of(
            ProcessModel model,
            SequencedMap<String, @Nullable Object> variables,
            String owner,
            Instant now,
            Roster roster) {
        var preflight = new Preflight(model, variables, now, roster);
        var accountable = Expressions.ownerOr(model.owner(), variables, now, owner);
        preflight.owner(accountable);
        preflight.deadline(accountable);
        for (var node : model.nodes()) {
            if (node instanceof UserTask task) {
                preflight.task(task);
            }
        }
        return preflight.findings;
    }

    private void owner(String id) {
        var person = roster.person(id);
        if (person == null || !person.present()) {
            find(person == null ? Kind.OWNER_UNKNOWN : Kind.OWNER_LEFT, null, id, null, null, null);
            return;
        }
        var absence = person.absenceAt(now);
        if (absence != null && absence.substitute() == null) {
            find(Kind.OWNER_ABSENT, null, id, null, null, absence.until());
        }
    }

    /** As {@link Buffer} counts, with nothing done yet: whether there is time for the longest way from a start. */
    private void deadline(String owner) {
        var due = Expressions.due(model.due(), variables, now, Schedule.person(roster, owner));
        if (due == null || !model.isTimed()) {
            return;
        }
        var latest = model.startEvents(Element.PROCESS).stream()
                .map(start -> Schedule.latestStart(model, start, owner, due, roster))
                .min(Comparator.naturalOrder())
                .orElse(due);
        if (latest.isBefore(now)) {
            find(Kind.IMPOSSIBLE_DEADLINE, null, owner, null, due.toString(), latest);
        }
    }

    private void task(UserTask task) {
        var assignment = task.assignment();
        var candidates = switch (assignment.rule()) {
            case Rule.Named(var person) -> named(task, person);
            case Rule.ManagerOf(var person) -> managerOf(task, person);
            case Rule.PreviousHolder _ -> List.<Person>of(); // nobody knows yet who that will be
            case Rule.RoundRobin _, Rule.LeastLoaded _ -> skilled(task, team(task));
            case null -> skilled(task, team(task));
        };
        overload(task, candidates);
        due(task, assignment, candidates);
        var policy = model.policy(assignment);
        if (policy != null && roster.isComplete() && roster.policy(policy, 0) == null) {
            find(Kind.POLICY_UNKNOWN, task, null, null, policy, null);
        }
    }

    // Who

    /** Who of the team could take the step now; empty as well where a finding has said why nobody can. */
    private List<Person> team(UserTask task) {
        if (!roster.isComplete()) {
            return List.of();
        }
        var key = teamKey(task);
        if (key == null) {
            if (task.assignment().team() == null) {
                find(Kind.NOBODY_NAMED, task, null, null, null, null);
            }
            return List.of();
        }
        var team = roster.team(key);
        if (team == null) {
            find(Kind.TEAM_UNKNOWN, task, null, key, null, null);
            return List.of();
        }
        var present = present(team);
        if (present.isEmpty()) {
            var outside = team.kind() == Team.Kind.ORGANISATION;
            find(outside ? Kind.NO_CONTACT : Kind.TEAM_EMPTY, task, null, key, null, null);
            return List.of();
        }
        var there = present.stream().filter(this::isThere).toList();
        if (there.isEmpty()) {
            find(Kind.TEAM_ABSENT, task, null, key, null, null);
        } else {
            eyes(task, key, there);
        }
        return there;
    }

    /** One person alone cannot be two pairs of eyes, where the same team does both steps. */
    private void eyes(UserTask task, String team, List<Person> there) {
        if (there.size() > 1) {
            return;
        }
        for (var id : task.assignment().fourEyes()) {
            if (model.has(id) && model.node(id) instanceof UserTask before && team.equals(teamKey(before))) {
                find(Kind.NO_SECOND_PAIR_OF_EYES, task, there.getFirst().id(), team, id, null);
            }
        }
    }

    /** Null also where it depends on variables that are not there yet. */
    private @Nullable String teamKey(UserTask task) {
        var team = task.assignment().team();
        return team == null ? task.element().party() : text(team);
    }

    private List<Person> present(Team team) {
        var present = new ArrayList<Person>();
        for (var id : team.members()) {
            var person = roster.person(id);
            if (person != null && person.present()) {
                present.add(person);
            }
        }
        return present;
    }

    private boolean isThere(Person person) {
        return person.absenceAt(now) == null;
    }

    private List<Person> skilled(UserTask task, List<Person> there) {
        var skill = task.assignment().skill();
        var name = skill == null ? null : text(skill.name());
        if (there.isEmpty() || skill == null || name == null) {
            return there;
        }
        var amount = text(skill.amount());
        var required = new Step.Requirement(name, amount == null ? null : Assignment.Skill.amount(amount));
        var able = there.stream().filter(person -> person.has(required)).toList();
        if (able.isEmpty()) {
            find(Kind.NOBODY_SKILLED, task, null, teamKey(task), name, null);
        }
        return able;
    }

    private List<Person> managerOf(UserTask task, Text of) {
        var id = text(of);
        var person = id == null ? null : roster.person(id);
        if (id != null && person == null) {
            find(Kind.HOLDER_UNKNOWN, task, id, null, null, null);
        }
        if (person == null || !roster.isComplete()) {
            return List.of();
        }
        if (person.manager() == null) {
            find(Kind.NOBODY_NAMED, task, person.id(), null, null, null);
            return List.of();
        }
        return holder(task, person.manager());
    }

    private List<Person> named(UserTask task, Text who) {
        var text = text(who);
        var id = Assignments.named(roster, text);
        if (text != null && id == null) {
            find(Kind.HOLDER_UNKNOWN, task, text, null, null, null);
        }
        return id == null ? List.of() : holder(task, id);
    }

    /** The person, or who stands in for them as things are now. */
    private List<Person> holder(UserTask task, String id) {
        var asked = id;
        for (int i = 0; i < SUBSTITUTES_MAX; i++) {
            var person = roster.person(asked);
            if (person == null || !person.present()) {
                find(person == null ? Kind.HOLDER_UNKNOWN : Kind.HOLDER_LEFT, task, asked, null, null, null);
                return List.of();
            }
            var absence = person.absenceAt(now);
            if (absence == null) {
                return List.of(person);
            }
            if (absence.substitute() == null) {
                find(Kind.HOLDER_ABSENT, task, asked, null, null, absence.until());
                return List.of();
            }
            asked = absence.substitute();
        }
        find(Kind.HOLDER_ABSENT, task, id, null, null, null);
        return List.of();
    }

    private void overload(UserTask task, List<Person> candidates) {
        if (!candidates.isEmpty()
                && candidates.stream().allMatch(person -> roster.openWork(person.id()) > person.usualWork())) {
            var one = candidates.size() == 1 ? candidates.getFirst().id() : null;
            find(Kind.OVERLOADED, task, one, one == null ? teamKey(task) : null, null, null);
        }
    }

    // When

    private void due(UserTask task, Assignment assignment, List<Person> candidates) {
        var calendar =
                candidates.isEmpty() ? Roster.ALWAYS : candidates.getFirst().calendar();
        var due = assignment.due() instanceof Due.At at ? Expressions.due(at, variables, now, calendar) : null;
        if (due == null) {
            return;
        }
        if (!due.isAfter(now)) {
            find(Kind.DUE_IN_THE_PAST, task, null, null, null, due);
        } else if (!candidates.isEmpty() && candidates.stream().allMatch(person -> isIdle(person, due))) {
            find(Kind.NO_WORKING_TIME, task, null, null, null, due);
        } else if (!candidates.isEmpty() && candidates.stream().allMatch(person -> isDayOff(person, due))) {
            find(Kind.DUE_ON_A_DAY_OFF, task, null, null, null, due);
        }
    }

    private boolean isIdle(Person person, Instant due) {
        return person.calendar().between(now, due).equals(Duration.ZERO);
    }

    private static boolean isDayOff(Person person, Instant due) {
        var calendar = person.calendar();
        return calendar.hours(due.atZone(calendar.zone()).toLocalDate()).isEmpty();
    }

    // What the process says

    /** Null where there is none, or where it cannot be computed yet. */
    private @Nullable String text(@Nullable Text text) {
        try {
            var value = Expressions.text(text, variables, now);
            return value == null || value.isBlank() ? null : value;
        } catch (Stuck _) {
            return null;
        }
    }

    private void find(
            Kind kind,
            @Nullable UserTask task,
            @Nullable String person,
            @Nullable String team,
            @Nullable String name,
            @Nullable Instant at) {
        findings.add(new Finding(kind, task == null ? null : task.id(), person, team, name, at));
    }
}
