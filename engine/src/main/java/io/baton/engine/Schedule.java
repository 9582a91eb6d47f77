package io.baton.engine;

import io.baton.engine.calendar.WorkingCalendar;
import io.baton.engine.model.FlowNode;
import io.baton.engine.model.FlowNode.EventBasedGateway;
import io.baton.engine.model.FlowNode.IntermediateCatchEvent;
import io.baton.engine.model.FlowNode.SubProcess;
import io.baton.engine.model.FlowNode.UserTask;
import io.baton.engine.model.ProcessModel;
import io.baton.engine.model.Text;
import io.baton.engine.model.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Backward from the due date of a case: by when each step has to be done so that what comes after it on the longest way
 * still fits in. A way that comes back to where it has been is not followed. What people do counts in working time, what
 * systems do and what is waited for on the wall clock.
 */
final class Schedule {

    /** What is to be done one after the other, the last of it ending with the case. */
    private record Chain(Buffer.Term term, @Nullable Chain next) {}

    /** From when on there is no more time to lose, and what is then still to do. */
    private record Plan(Instant start, @Nullable Chain chain) {}

    private final String owner;
    private final Roster roster;
    private final Plan end;
    private final SequencedMap<Integer, Plan> after = new LinkedHashMap<>();

    Schedule(Case state, Roster roster, Instant due) {
        this(state.owner(), roster, due);
    }

    private Schedule(String owner, Roster roster, Instant due) {
        this.owner = owner;
        this.roster = roster;
        this.end = new Plan(due, null);
    }

    // Open steps

    /** When the step has to be done. */
    Instant latestEnd(Step step) {
        return after(step).start();
    }

    /** Of each of the innermost open steps; none while the process says of nothing how long it takes. */
    List<Buffer.OfStep> buffers(Case state, Instant now) {
        var buffers = new ArrayList<Buffer.OfStep>();
        for (var step : state.steps.values()) {
            if (step.children == 0) {
                var after = after(step);
                var plan = own(state, step, after, now);
                var left = Duration.between(now, plan.start());
                var usedUpAt = timer(state, step) != null && !left.isNegative() ? after.start() : plan.start();
                buffers.add(new Buffer.OfStep(step.id, left, usedUpAt, terms(plan.chain())));
            }
        }
        return buffers;
    }

    private static List<Buffer.Term> terms(@Nullable Chain chain) {
        var terms = new ArrayList<Buffer.Term>();
        for (var link = chain; link != null; link = link.next()) {
            terms.add(link.term());
        }
        return terms;
    }

    /** An open step counts in full: nobody knows how much of it is done. Only a clock says how long it still waits. */
    private Plan own(Case state, Step step, Plan after, Instant now) {
        var node = step.requireNode();
        var model = step.requireScope().inner;
        if (step.task != null) {
            return step.task.decision() == null ? took(model, node, calendar(state, roster, step), after) : after;
        }
        var timer = timer(state, step);
        if (timer != null) {
            var left = Duration.between(now, timer.due());
            return left.isPositive() ? before(node, left, null, after) : after;
        }
        return step.stage == Step.Stage.LEAVING ? after : took(model, node, null, after);
    }

    private static Wait.@Nullable Timer timer(Case state, Step step) {
        for (var wait : state.waits.values()) {
            if (wait instanceof Wait.Timer timer && timer.step() == step.id && step.isAt(timer.node())) {
                return timer;
            }
        }
        return null;
    }

    private Plan after(Step step) {
        var known = after.get(step.id);
        if (known != null) {
            return known;
        }
        var scope = step.requireScope();
        var plan = step.isLoopInstance()
                ? after(scope)
                : new Ways(scope.inner, afterScope(scope)).afterToken(step.requireNode());
        after.put(step.id, plan);
        return plan;
    }

    private Plan afterScope(Step scope) {
        return scope.scope == null ? end : after(scope);
    }

    // Steps to come

    /** By when a case has to start to be done by its due date. */
    static Instant latestStart(ProcessModel model, FlowNode start, String owner, Instant due, Roster roster) {
        var schedule = new Schedule(owner, roster, due);
        return schedule.new Ways(model, schedule.end).fromStart(start).start();
    }

    /** The ways through one scope of a model, from where a token is. */
    private final class Ways {
        private final ProcessModel model;
        private final Plan end;
        private final SequencedMap<Integer, @Nullable Plan> plans = new LinkedHashMap<>();
        private final SequencedSet<Integer> path = new LinkedHashSet<>();

        Ways(ProcessModel model, Plan end) {
            this.model = model;
            this.end = end;
        }

        /** A token that could only go round in circles has nothing to do on the way. */
        Plan afterToken(FlowNode node) {
            var after = after(node);
            return after == null ? end : after;
        }

        Plan fromStart(FlowNode start) {
            var plan = from(start, false);
            return plan == null ? end : plan;
        }

        /** Null where all ways come back to where they have been. */
        private @Nullable Plan after(FlowNode node) {
            if (model.outgoing(node).isEmpty()) {
                return end;
            }
            path.add(node.index());
            Plan longest = null;
            for (var flow : model.outgoing(node)) {
                if (!path.contains(flow.target())) {
                    var plan = from(model.node(flow.target()), node instanceof EventBasedGateway);
                    longest = longest == null || (plan != null && plan.start().isBefore(longest.start()))
                            ? plan
                            : longest;
                }
            }
            path.remove(node.index());
            return longest;
        }

        /** Behind an event-based gateway a timer is what happens if nothing else does: it counts no time of its own. */
        private @Nullable Plan from(FlowNode node, boolean raced) {
            if (plans.containsKey(node.index())) {
                return plans.get(node.index());
            }
            var after = after(node);
            if (after == null) {
                plans.put(node.index(), null);
                return null;
            }
            var plan = node instanceof SubProcess && model.takes(node) == null
                    ? new Ways(model, after)
                            .fromStart(model.startEvents(node.index()).getFirst())
                    : raced && model.takes(node) == null ? after : took(model, node, planned(node), after);
            plans.put(node.index(), plan);
            return plan;
        }
    }

    private static Plan took(ProcessModel model, FlowNode node, @Nullable WorkingCalendar calendar, Plan after) {
        var said = model.takes(node);
        var takes = said == null ? waits(node) : said;
        return takes == null ? after : before(node, takes, calendar, after);
    }

    private static Plan before(FlowNode node, Duration takes, @Nullable WorkingCalendar calendar, Plan after) {
        var until = after.start();
        var from = calendar == null
                ? until.minus(takes)
                : calendar.before(until, takes).orElse(until.minus(takes));
        var label = node.element().label();
        var term = new Buffer.Term(node.id(), label, takes, calendar != null, Times.micros(from), until);
        return new Plan(term.from(), new Chain(term, after.chain()));
    }

    /** A timer that is written out says itself how long it takes. */
    private static @Nullable Duration waits(FlowNode node) {
        return node instanceof IntermediateCatchEvent event
                        && event.trigger() instanceof Trigger.Timer(var kind, var value)
                        && kind == Trigger.Timer.Kind.DURATION
                        && value instanceof Text.Literal(var text)
                ? Times.length(text)
                : null;
    }

    // Calendars

    /** Of whoever should act on an open task: the person, else the team in whose queue it lies, else the owner. */
    static WorkingCalendar calendar(Case state, Roster roster, Step step) {
        var task = Case.requireTask(step);
        var person = task.holder() != null || task.offer() != null || task.team() == null
                ? Policies.addressee(state, step)
                : null;
        return person == null ? team(state.owner(), roster, task.team()) : person(roster, person);
    }

    /** Null for what is not done by people. */
    private @Nullable WorkingCalendar planned(FlowNode node) {
        if (node instanceof UserTask task) {
            var team = task.assignment().team();
            return team(
                    owner,
                    roster,
                    team instanceof Text.Literal(var key) ? key : node.element().party());
        }
        return null;
    }

    static WorkingCalendar team(String owner, Roster roster, @Nullable String key) {
        var team = key == null ? null : roster.team(key);
        var calendar = team == null ? null : team.calendar();
        return calendar == null ? person(roster, owner) : calendar;
    }

    static WorkingCalendar person(Roster roster, String id) {
        var person = roster.person(id);
        return person == null ? Roster.ALWAYS : person.calendar();
    }
}
