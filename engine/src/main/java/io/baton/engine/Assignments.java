package io.baton.engine;

import io.baton.engine.Expressions.Stuck;
import io.baton.engine.Outcome.Refused;
import io.baton.engine.model.FlowNode;
import io.baton.engine.model.FlowNode.Assignment;
import io.baton.engine.model.FlowNode.Assignment.Rule;
import io.baton.engine.model.FlowNode.UserTask;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the person to whom a step is offered, and says why; and who may not have it. */
final class Assignments {

    /** Substitutes of substitutes are asked up to this often. */
    private static final int SUBSTITUTES_MAX = 5;

    private Assignments() {}

    /** Whom the rule names, with its text computed: what can fail is asked before the task is opened. */
    record Wanted(@Nullable Rule rule, @Nullable String text) {

        boolean isAddress() {
            return rule instanceof Rule.Named && text != null && Assignments.isAddress(text);
        }

        String requireText() {
            return Objects.requireNonNull(text);
        }
    }

    /** No person's id has one of these. */
    static boolean isAddress(String text) {
        return text.indexOf('@') > 0;
    }

    /** The id of whom a text names: by their id, or by their e-mail address; null where nobody has that address. */
    static @Nullable String named(Roster roster, @Nullable String text) {
        return text == null || !isAddress(text) ? text : roster.personAt(text.strip());
    }

    private record Choice(String person, String reason) {}

    static Wanted wanted(Assignment assignment, SequencedMap<String, @Nullable Object> visible, Run run) throws Stuck {
        var rule = assignment.rule();
        var text = switch (rule) {
            case Rule.Named(var person) -> Expressions.text(person, visible, run.now);
            case Rule.ManagerOf(var person) -> Expressions.text(person, visible, run.now);
            case null, default -> null;
        };
        return new Wanted(rule, text);
    }

    /** Offers an opened task by its rule, else leaves it in the team's queue; an incident says when that is nobody's. */
    static void give(Run run, Step step, Wanted wanted, @Nullable Instant acceptBy) {
        var choice = wanted.rule() == null ? null : choose(run, step, wanted);
        if (choice != null) {
            run.emit(new Event.HandoffOffered(
                    step.id,
                    run.state.holder(step),
                    choice.person(),
                    null,
                    choice.reason(),
                    acceptBy == null ? Policies.acceptBy(run, step, choice.person()) : acceptBy));
            return;
        }
        if (wanted.isAddress() && run.roster.personAt(wanted.requireText()) == null) {
            Incidents.report(
                    run,
                    step,
                    IncidentKind.ORPHANED,
                    "The process names an e-mail address that nobody in the directory has. Add a contact with it, then"
                            + " offer the step to them");
        } else if (wanted.rule() != null && !isAnybodyThere(run, step)) {
            Incidents.report(run, step, IncidentKind.ORPHANED, "Nobody is there who can take the step");
        } else {
            requireAnybody(run, step, "The process names nobody for the step");
        }
    }

    /** An incident says when a queue is nobody's; {@code otherwise} says why there is no queue. */
    static void requireAnybody(Run run, Step step, String otherwise) {
        if (run.roster.isComplete() && !isAnybodyThere(run, step)) {
            var team = Case.requireTask(step).team();
            Incidents.report(
                    run,
                    step,
                    IncidentKind.ORPHANED,
                    team == null ? otherwise : "Nobody of '" + team + "' is there to take the step");
        }
    }

    /** What is still nobody's after somebody said that it was dealt with is not dealt with. */
    static void reportOrphaned(Run run, Step step, String why) {
        var state = run.state;
        var task = step.task;
        var orphaned = task == null
                ? step.node == null && hasLeft(run.roster, state.owner())
                : hasLeft(run.roster, state.holder(step))
                        || (task.holder() == null
                                && task.offer() == null
                                && run.roster.isComplete()
                                && !isAnybodyThere(run, step));
        if (orphaned) {
            Incidents.report(run, step, IncidentKind.ORPHANED, why);
        }
    }

    private static boolean isAnybodyThere(Run run, Step step) {
        var team = Case.requireTask(step).team();
        var queue = team == null ? null : run.roster.team(team);
        return queue != null && queue.members().stream().anyMatch(free(run, step));
    }

    private static @Nullable Choice choose(Run run, Step step, Wanted wanted) {
        return switch (wanted.rule()) {
            case Rule.Named _ -> named(run, step, named(run.roster, wanted.text()), "named by the process");
            case Rule.ManagerOf _ -> {
                var person = wanted.text() == null ? null : run.roster.person(wanted.text());
                yield person == null ? null : named(run, step, person.manager(), "manager of " + person.id());
            }
            case Rule.PreviousHolder(var node) -> {
                var workers = run.state.workers.get(node);
                yield workers == null ? null : named(run, step, workers.getLast(), "did '" + node + "' before");
            }
            case Rule.RoundRobin _ ->
                first(candidates(run, step), Comparator.comparing(run.roster::lastGiven), person -> "it is their turn");
            case Rule.LeastLoaded _ ->
                first(
                        candidates(run, step),
                        byLoad(run),
                        person ->
                                (step.requirement == null ? "" : "has " + step.requirement + "; ") + load(run, person));
            case null -> null;
        };
    }

    /** What the task asks of whoever has it, with the variables as they are when it opens. */
    static Step.@Nullable Requirement requirement(
            Assignment assignment, SequencedMap<String, @Nullable Object> visible, Run run) throws Stuck {
        var skill = assignment.skill();
        if (skill == null) {
            return null;
        }
        var name = Expressions.requiredText(skill.name(), "skill", visible, run.now)
                .strip();
        if (skill.amount() == null) {
            return new Step.Requirement(name, null);
        }
        var text = Expressions.requiredText(skill.amount(), "amount", visible, run.now);
        var amount = Assignment.Skill.amount(text);
        if (amount == null) {
            throw new Stuck(IncidentKind.EXPRESSION, "Expected the amount to be a number, but it is '" + text + "'");
        }
        return new Step.Requirement(name, amount);
    }

    private static Stream<String> candidates(Run run, Step step) {
        var task = Case.requireTask(step);
        var team = task.team() == null ? null : run.roster.team(task.team());
        return team == null ? Stream.empty() : team.members().stream().filter(free(run, step));
    }

    /** The first by the order; among equals the first by id, which is the order of the team's members. */
    private static @Nullable Choice first(
            Stream<String> people, Comparator<String> order, java.util.function.Function<String, String> reason) {
        return people.min(order)
                .map(person -> new Choice(person, reason.apply(person)))
                .orElse(null);
    }

    private static Comparator<String> byLoad(Run run) {
        return Comparator.<String>comparingDouble(person -> relativeLoad(run, person))
                .thenComparing(run.roster::lastGiven);
    }

    private static double relativeLoad(Run run, String id) {
        var person = run.roster.person(id);
        return run.roster.openWork(id) / (double) (person == null ? 1 : person.usualWork());
    }

    private static String load(Run run, String id) {
        var person = run.roster.person(id);
        return run.roster.openWork(id) + " open, usually " + (person == null ? 1 : person.usualWork());
    }

    /** The person, or who stands in; null when there is nobody. */
    private static @Nullable Choice named(Run run, Step step, @Nullable String id, String reason) {
        var why = reason;
        var asked = id;
        for (int i = 0; asked != null && i < SUBSTITUTES_MAX; i++) {
            var person = run.roster.person(asked);
            if (person == null || !person.present()) {
                return null;
            }
            var absence = person.absenceAt(run.now);
            if (absence == null) {
                return mayNotHold(run.state, step, asked) == null ? new Choice(asked, why) : null;
            }
            why = "stands in for " + asked + " until " + absence.until();
            asked = absence.substitute();
        }
        return null;
    }

    private static Predicate<String> free(Run run, Step step) {
        return id -> {
            var person = run.roster.person(id);
            return person != null
                    && person.present()
                    && person.absenceAt(run.now) == null
                    && mayNotHold(run.state, step, id) == null;
        };
    }

    /** Null when the person may have the step; asked again with every change of hands. */
    static @Nullable Refused mayNotHold(Case state, Step step, String person) {
        if (hasLeft(state.roster, person)) {
            return new Refused(Refusal.MAY_NOT_HOLD, person + " has left");
        }
        if (step.checkedBy.contains(person) || isDecidedCheck(state, step, person)) {
            return new Refused(
                    Refusal.MAY_NOT_HOLD, person + " has checked this step already; it needs another pair of eyes");
        }
        var lacking = lacksSkill(state, step, person);
        if (lacking != null) {
            return lacking;
        }
        if (step.node instanceof UserTask task) {
            for (var node : task.assignment().fourEyes()) {
                if (state.workers.getOrDefault(node, List.of()).contains(person)
                        || Undo.hasDecided(state, node, person)) {
                    return new Refused(
                            Refusal.MAY_NOT_HOLD,
                            person + " did '" + label(step, node) + "'; the step needs another pair of eyes");
                }
            }
        }
        return Approvals.hasVote(state, step, person);
    }

    /** A directory that does not know everybody knows nobody's skills. */
    private static @Nullable Refused lacksSkill(Case state, Step step, String id) {
        var required = step.requirement;
        if (required == null || !state.roster.isComplete()) {
            return null;
        }
        var person = state.roster.person(id);
        return person != null && person.has(required)
                ? null
                : new Refused(Refusal.MAY_NOT_HOLD, "the step needs " + required + ", which " + id + " has not");
    }

    /** Whether the person has decided a step that is open beside this one and checks it. */
    private static boolean isDecidedCheck(Case state, Step step, String person) {
        for (var other : state.steps.values()) {
            var decision = Undo.decision(other);
            if (other != step
                    && decision != null
                    && decision.by().equals(person)
                    && other.node instanceof UserTask check
                    && check.assignment().fourEyes().contains(step.requireNode().id())) {
                return true;
            }
        }
        return false;
    }

    static boolean hasLeft(Roster roster, String id) {
        var person = roster.person(id);
        return person != null && !person.present();
    }

    private static String label(Step step, String node) {
        var model = step.requireScope().inner;
        return model.has(node) ? model.node(node).element().label() : node;
    }

    /** Null when the person can be asked to take the step. */
    static @Nullable Refused cannotAsk(Run run, Step step, String id) {
        var person = run.roster.person(id);
        if (person == null || !person.present()) {
            return new Refused(Refusal.NOBODY_TO_ASK, "there is no person " + id + " to ask");
        }
        return mayNotHold(run.state, step, id);
    }

    /** Who holds the steps of a system or an assistant: its sponsor, where the directory names one. */
    static @Nullable String sponsor(Run run, FlowNode node) {
        var party = node.element().party();
        var team = party == null ? null : run.roster.team(party);
        var lead = team != null && (team.kind() == Roster.Team.Kind.SYSTEM || team.kind() == Roster.Team.Kind.ASSISTANT)
                ? team.lead()
                : null;
        return lead == null || hasLeft(run.roster, lead) ? null : lead;
    }
}
