package io.baton.engine;

import io.baton.engine.Outcome.Refused;
import io.baton.engine.Policy.Act;
import io.baton.engine.calendar.QuietHours;
import io.baton.engine.calendar.WorkingCalendar;
import io.baton.engine.model.FlowNode.UserTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens by itself when nobody acts. Each open task has one clock, set to the first moment at which something is to
 * be done; after every command that touches the task it is set anew. An act of a policy is done at most once and never
 * skipped: the task counts them, whatever the clock, the calendar or a restart does.
 */
final class Policies {

    /** Acts due at once are done in one command up to this number; the clock brings the rest. */
    private static final int ACTS_PER_COMMAND_MAX = 20;

    /** More than a policy has acts, and what can expire or be broken between them. */
    private static final int STROKES_MAX = 4 * Policy.ACTS_MAX;

    private Policies() {}

    /** Something that will happen at a task if nobody acts. */
    private sealed interface Next {
        Instant at();

        record Expiry(Instant at) implements Next {}

        record Broken(Instant at) implements Next {}

        record Overdue(Instant at) implements Next {}

        record Effect(Instant at, Step.Decision decision) implements Next {}

        record Stalled(Instant at) implements Next {}

        record Do(Instant at, Act act) implements Next {}
    }

    static void apply(Run run, Step step, @Nullable String key) {
        var policy = key == null ? null : run.roster.policy(key, 0);
        if (policy != null) {
            run.emit(new Event.PolicyApplied(step.id, policy.key(), policy.version()));
        }
    }

    static @Nullable Instant acceptBy(Run run, Step step, @Nullable String person) {
        var policy = policy(run.roster, step);
        return policy == null || policy.acceptBy() == null
                ? null
                : later(calendar(run.roster, person), run.now, policy.acceptBy());
    }

    private static @Nullable Policy policy(Roster roster, Step step) {
        var policy = step.policy == null ? null : roster.policy(step.policy, step.policyVersion);
        return policy != null && step.node instanceof UserTask task
                ? policy.with(task.assignment().overrides())
                : policy;
    }

    private static WorkingCalendar calendar(Roster roster, @Nullable String id) {
        var person = id == null ? null : roster.person(id);
        return person == null ? Roster.ALWAYS : person.calendar();
    }

    /** On a calendar without any working time, wall-clock time counts. */
    private static Instant later(WorkingCalendar calendar, Instant from, Duration by) {
        if (by.isNegative()) {
            return Times.micros(calendar.before(from, by.negated()).orElse(from.plus(by)));
        }
        return Times.micros(calendar.after(from, by).orElse(from.plus(by)));
    }

    // The clock

    /** Sets the clock of each task that a command touched, and the case's own. */
    static void setClocks(Run run) {
        var state = run.state;
        if (state.status != Case.Status.OPEN) {
            return;
        }
        if (run.caseDueMoved) {
            UserTasks.followCase(run);
        }
        var usedUpAt = state.pause == null ? AtRisk.watch(run) : null;
        var touched = state.pause != null || run.retimeAll ? List.copyOf(state.steps.values()) : touched(run);
        for (var step : touched) {
            var next = state.pause != null ? null : next(run.roster, state, step, run.now);
            setClock(run, step, next == null ? null : next.at());
        }
        var caseClock = state.pause != null ? state.pause.until() : Dismissals.overdueAt(state, state.root());
        setClock(run, state.root(), usedUpAt == null ? caseClock : usedUpAt);
    }

    private static List<Step> touched(Run run) {
        var steps = new ArrayList<Step>();
        for (var id : run.retime) {
            var step = run.state.steps.get(id);
            if (step != null) {
                steps.add(step);
            }
        }
        return steps;
    }

    private static void setClock(Run run, Step step, @Nullable Instant at) {
        if (at == null ? step.clock != null : !at.equals(step.clock)) {
            run.emit(new Event.ClockSet(step.id, at));
        }
    }

    private static @Nullable Next next(Roster roster, Case state, Step step, Instant now) {
        var task = step.task;
        if (task != null && task.decision() != null) {
            return new Next.Effect(task.decision().effectiveAt(), task.decision());
        }
        var stalls = Stalls.at(roster, state, step);
        Next first = stalls == null ? null : new Next.Stalled(stalls);
        if (task == null) {
            return first;
        }
        if (task.offer() != null && task.offer().acceptBy() != null) {
            first = earlier(first, new Next.Expiry(task.offer().acceptBy()));
        }
        if (task.promise() != null && !task.promise().broken()) {
            first = earlier(first, new Next.Broken(task.promise().at()));
        }
        var overdueAt = Dismissals.overdueAt(state, step);
        if (overdueAt != null) {
            first = earlier(first, new Next.Overdue(overdueAt));
        }
        var policy = policy(roster, step);
        if (policy != null && step.actsDone < policy.acts().size()) {
            var act = policy.acts().get(step.actsDone);
            first = earlier(first, new Next.Do(time(roster, state, step, policy, act, now), act));
        }
        return first;
    }

    private static Next earlier(@Nullable Next one, Next other) {
        return one == null || other.at().isBefore(one.at()) ? other : one;
    }

    /** When the act is to be done, once the acts before it are: never in its recipient's quiet hours. */
    private static Instant time(Roster roster, Case state, Step step, Policy policy, Act act, Instant now) {
        var task = Case.requireTask(step);
        var base = task.due() == null ? step.actsFrom() : task.due();
        var calendar = policy.workingTime() ? calendar(roster, addressee(state, step)) : Roster.ALWAYS;
        var at = later(calendar, base, act.offset());
        return allowed(roster, recipient(roster, state, step, act), at, now);
    }

    /** What could not be done at its time may come into quiet hours: then it waits for their end as well. */
    private static Instant allowed(Roster roster, String recipient, Instant at, Instant now) {
        var person = roster.person(recipient);
        var quiet = person == null ? null : person.quiet();
        if (quiet == null) {
            return at;
        }
        var first = Times.micros(quiet.nextAllowed(at));
        if (!first.isBefore(now) || !quiet.isQuiet(now)) {
            return first;
        }
        var next = Times.micros(quiet.nextAllowed(now));
        return next.isBefore(now.plus(QuietHours.SILENCE_MAX)) ? next : first; // quiet hours without end are none
    }

    /** Who should act: who is asked to take the step, else who has it. */
    static String addressee(Case state, Step step) {
        var task = Case.requireTask(step);
        var offer = task.offer();
        return offer != null && offer.person() != null && task.blocker() == null ? offer.person() : state.holder(step);
    }

    private static String recipient(Roster roster, Case state, Step step, Act act) {
        return switch (act.to()) {
            case HOLDER -> addressee(state, step);
            case OWNER -> state.owner();
            case PERSON -> present(roster, act.person(), state.owner());
            case TEAM_LEAD -> {
                var key = Case.requireTask(step).team();
                var team = key == null ? null : roster.team(key);
                yield present(roster, team == null ? null : team.lead(), state.owner());
            }
        };
    }

    private static String present(Roster roster, @Nullable String id, String otherwise) {
        var person = id == null ? null : roster.person(id);
        return id != null && person != null && person.present() ? id : otherwise;
    }

    // The clock strikes

    /** {@code id} is the step's number, or 0 for the case. */
    static Outcome strike(Case state, int id, Instant now) {
        var step = state.step(id);
        if (step == null || step.clock == null) {
            return new Refused(Refusal.NO_SUCH_TIMER, "no clock runs for step " + id);
        }
        if (step.clock.isAfter(now)) {
            return new Refused(Refusal.TIMER_NOT_DUE, "the clock of step " + id + " stands at " + step.clock);
        }
        var run = new Run(state, now);
        run.retime.add(id);
        if (id == 0) {
            strikeCase(run);
        } else {
            strikeStep(run, step);
        }
        run.emitClockIfUnchanged(step);
        return run.finish();
    }

    private static void strikeCase(Run run) {
        var state = run.state;
        if (state.pause != null) {
            Ownership.goOn(run);
            return;
        }
        var overdueAt = Dismissals.overdueAt(state, state.root());
        if (overdueAt != null && !overdueAt.isAfter(run.now)) {
            Incidents.report(run, state.root(), IncidentKind.OVERDUE, "The case is past its due date");
        } else {
            var _ = AtRisk.watch(run);
        }
    }

    private static void strikeStep(Run run, Step step) {
        for (int i = 0; i < ACTS_PER_COMMAND_MAX; i++) {
            var next = next(run.roster, run.state, step, run.now);
            if (next == null || next.at().isAfter(run.now)) {
                return;
            }
            switch (next) {
                case Next.Expiry _ -> expire(run, step);
                case Next.Broken(var at) -> breakPromise(run, step, at);
                case Next.Overdue _ ->
                    Incidents.report(run, step, IncidentKind.OVERDUE, "The step is past its due date");
                case Next.Stalled _ -> Stalls.report(run, step);
                case Next.Effect due -> Undo.takeEffect(run, step, due.decision());
                case Next.Do due -> act(run, step, due.act());
            }
        }
    }

    private static void expire(Run run, Step step) {
        var task = Case.requireTask(step);
        var asked = task.offer() == null || task.offer().person() == null
                ? "nobody of '" + task.team() + "' accepted in time"
                : task.offer().person() + " did not accept in time";
        run.emit(new Event.HandoffExpired(step.id));
        Handoffs.unaccepted(run, step, asked);
    }

    private static void breakPromise(Run run, Step step, Instant at) {
        var holder = run.state.holder(step);
        run.emit(new Event.PromiseBroken(step.id, holder, at));
        Incidents.report(run, step, IncidentKind.PROMISE_BROKEN, holder + " did not keep the date that was promised");
    }

    private static void act(Run run, Step step, Act act) {
        var to = recipient(run.roster, run.state, step, act);
        switch (act.what()) {
            case REMIND -> {
                if (isAnswered(step)) {
                    run.emit(new Event.ActSkipped(step.id, "answered"));
                } else if (isOvertaken(run, step, to)) {
                    run.emit(new Event.ActSkipped(step.id, "another reminder is due"));
                } else {
                    run.emit(new Event.ReminderSent(step.id, run.nextId(), to));
                }
            }
            case ESCALATE -> run.emit(new Event.Escalated(step.id, run.nextId(), to));
            case REASSIGN -> reassign(run, step, to);
        }
    }

    /** After a night, a pause or an outage nobody gets two reminders at once. */
    private static boolean isOvertaken(Run run, Step step, String to) {
        for (var event : run.events()) {
            if (event instanceof Event.ReminderSent sent
                    && sent.step() == step.id
                    && sent.to().equals(to)) {
                return true;
            }
        }
        var policy = policy(run.roster, step);
        for (int i = step.actsDone + 1; policy != null && i < policy.acts().size(); i++) {
            var later = policy.acts().get(i);
            if (later.what() == Policy.What.REMIND
                    && to.equals(recipient(run.roster, run.state, step, later))
                    && !time(run.roster, run.state, step, policy, later, run.now)
                            .isAfter(run.now)) {
                return true;
            }
        }
        return false;
    }

    /** Whoever is asked has said something since: a promise that still holds, or an obstacle. */
    static boolean isAnswered(Step step) {
        var task = Case.requireTask(step);
        return task.blocker() != null
                || task.proposal() != null
                || (task.promise() != null && !task.promise().broken());
    }

    private static void reassign(Run run, Step step, String to) {
        run.emit(new Event.ActSkipped(step.id, "reassigned to " + to));
        if (to.equals(addressee(run.state, step)) || Assignments.cannotAsk(run, step, to) != null) {
            return;
        }
        if (Case.requireTask(step).offer() != null) {
            run.emit(new Event.HandoffWithdrawn(step.id, run.state.owner()));
        }
        var from = Handoffs.giving(run.state, step);
        run.emit(new Event.HandoffOffered(step.id, from, to, null, "nobody acted", acceptBy(run, step, to)));
    }

    // If nobody acts

    /** What will happen at an open task, and when: a copy of the case lives through it. */
    static List<Foreseen> ifNobodyActs(Roster roster, Case state, Step step, Instant time) {
        var foreseen = new ArrayList<Foreseen>();
        var copy = state.copy();
        copy.roster = roster;
        var now = Times.micros(time);
        for (int i = 0; i < STROKES_MAX; i++) {
            var paused = copy.pause != null;
            var decision = paused ? null : Undo.decision(copy.open(step.id));
            if (decision != null) { // what comes of it is no longer about this step
                foreseen.add(new Foreseen(decision.effectiveAt(), Foreseen.What.DECISION_TAKES_EFFECT, decision.by()));
                break;
            }
            var struck = paused ? copy.root() : copy.open(step.id);
            var at = struck.clock;
            if (at == null || (struck.task == null && !paused)) {
                break;
            }
            now = at.isAfter(now) ? at : now;
            var giver = giver(copy.open(step.id));
            if (strike(copy, struck.id, now) instanceof Outcome.Accepted(var events)) {
                for (var event : events) {
                    add(foreseen, copy, step.id, now, giver, event);
                }
            }
        }
        return foreseen;
    }

    private static String giver(Step step) {
        return step.task == null || step.task.offer() == null
                ? ""
                : step.task.offer().from();
    }

    private static void add(List<Foreseen> foreseen, Case state, int step, Instant at, String giver, Event event) {
        switch (event) {
            case Event.HandoffExpired _ -> foreseen.add(new Foreseen(at, Foreseen.What.OFFER_EXPIRES, giver));
            case Event.PromiseBroken _ ->
                foreseen.add(new Foreseen(at, Foreseen.What.PROMISE_IS_BROKEN, state.owner()));
            case Event.IncidentRaised raised
            when raised.kind() == IncidentKind.OVERDUE && raised.step() == step ->
                foreseen.add(new Foreseen(at, Foreseen.What.OVERDUE, state.owner()));
            case Event.IncidentRaised raised
            when raised.kind() == IncidentKind.STALLED && raised.step() == step ->
                foreseen.add(new Foreseen(at, Foreseen.What.STALLED, state.owner()));
            case Event.ReminderSent sent -> foreseen.add(new Foreseen(at, Foreseen.What.REMINDER, sent.to()));
            case Event.Escalated told -> foreseen.add(new Foreseen(at, Foreseen.What.ESCALATION, told.to()));
            case Event.HandoffOffered offered
            when offered.person() != null ->
                foreseen.add(new Foreseen(at, Foreseen.What.REASSIGNMENT, offered.person()));
            default -> {}
        }
    }
}
