package io.baton.engine;

import io.baton.engine.Expressions.Stuck;
import io.baton.engine.Outcome.Refused;
import io.baton.engine.model.Activity;
import io.baton.engine.model.FlowNode;
import io.baton.engine.model.FlowNode.ActivityNode;
import io.baton.engine.model.FlowNode.BoundaryEvent;
import io.baton.engine.model.FlowNode.EndEvent;
import io.baton.engine.model.FlowNode.EventBasedGateway;
import io.baton.engine.model.FlowNode.IntermediateThrowEvent;
import io.baton.engine.model.FlowNode.StartEvent;
import io.baton.engine.model.FlowNode.SubProcess;
import io.baton.engine.model.FlowNode.UserTask;
import io.baton.engine.model.ProcessModel;
import io.baton.engine.model.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An open case goes on in another version of its process. Every step stays where it is, with its holder, clocks, waits and
 * variables; what cannot stay is told beforehand, and then nothing changes. See docs/migration.md.
 */
public final class Migration {

    /** Why the case cannot go on in the other version: at which element of its own one, and what would help. */
    public record Hindrance(String element, String reason, String suggestion) {}

    /** What the case starts to wait for that its own version does not know. */
    private record Added(Step step, FlowNode node, Trigger trigger) {}

    private final Case state;
    private final ProcessModel from;
    private final ProcessModel to;
    private final SequencedMap<String, String> moves;
    private final List<Hindrance> hindrances = new ArrayList<>();

    private Migration(Case state, ProcessModel to, SequencedMap<String, String> moves) {
        this.state = state;
        this.from = state.model(state.process);
        this.to = to;
        this.moves = moves;
    }

    /** What stands in the way; none where the command would be accepted. The case stays as it is. */
    public static List<Hindrance> hindrances(Case state, int process, SequencedMap<String, String> moves, Instant now) {
        var migration = new Migration(state, state.model(process), moves);
        migration.check();
        if (migration.hindrances.isEmpty()) {
            migration.checkTimes(Times.micros(now));
            var _ = migration.addedWaits(new Run(state, Times.micros(now)));
        }
        return migration.hindrances;
    }

    static Outcome migrate(Case state, Command.MigrateCase command, Instant now) {
        if (state.status != Case.Status.OPEN) {
            return Engine.notOpen(state);
        }
        if (command.from() != state.process) {
            return new Refused(Refusal.OTHER_VERSION, "the case runs in the process version " + state.process);
        }
        var to = state.modelOrNull(command.to());
        if (to == null) {
            return new Refused(Refusal.NO_SUCH_PROCESS, "no process version " + command.to() + " is deployed");
        }
        var run = new Run(state, now);
        if (command.to() == command.from()) {
            return run.accepted();
        }
        var migration = new Migration(state, to, command.moves());
        migration.check();
        if (migration.hindrances.isEmpty()) {
            migration.checkTimes(run.now);
        }
        var added = migration.hindrances.isEmpty() ? migration.addedWaits(run) : List.<Wait>of();
        if (!migration.hindrances.isEmpty()) {
            return new Refused(
                    Refusal.NOT_MIGRATABLE,
                    migration.hindrances.stream()
                            .map(each -> "'" + each.element() + "': " + each.reason())
                            .collect(Collectors.joining("; ")));
        }
        run.emit(new Event.CaseMigrated(command.to(), flat(command.moves())));
        CatchEvents.open(run, added);
        state.steps.values().stream().map(step -> step.id).forEach(run.touched::add);
        run.touched.add(0);
        return run.finish();
    }

    private static List<String> flat(SequencedMap<String, String> moves) {
        var flat = new ArrayList<String>();
        moves.forEach((old, now) -> {
            if (!old.equals(now)) {
                flat.add(old);
                flat.add(now);
            }
        });
        return flat;
    }

    /** What {@link Event.CaseMigrated} means; no process is called while it happens, so every step is the case's own. */
    static void apply(Case state, Event.CaseMigrated migrated) {
        var moves = new LinkedHashMap<String, String>();
        for (int i = 0; i < migrated.moves().size(); i += 2) {
            moves.put(migrated.moves().get(i), migrated.moves().get(i + 1));
        }
        new Migration(state, state.model(migrated.process()), moves).apply(migrated.process());
    }

    private void apply(int process) {
        state.waits.replaceAll((_, wait) -> switch (wait) {
            case Wait.Timer timer ->
                new Wait.Timer(
                        timer.id(), timer.step(), target(timer.node()), timer.due(), timer.repeat(), timer.period());
            case Wait.Message message ->
                new Wait.Message(message.id(), message.step(), target(message.node()), message.name(), message.key());
        });
        state.incidents.replaceAll((_, incident) -> incident.at(renamed(incident.node())));
        var workers = new LinkedHashMap<>(state.workers);
        state.workers.clear();
        workers.forEach((node, people) -> state.workers.put(renamed(node), people));
        goOn(state.root());
        for (var step : state.steps.values()) {
            goOn(step);
            step.node = target(step.requireNode());
        }
        state.process = process;
    }

    private void goOn(Step scope) {
        var arrived = new LinkedHashMap<>(scope.arrived);
        scope.arrived.clear();
        arrived.forEach((flow, count) -> scope.arrived.merge(requireFlow(flow), count, Integer::sum));
        scope.inner = to;
    }

    private int requireFlow(int flow) {
        int found = flow(flow);
        if (found < 0) {
            throw new IllegalStateException(
                    "no counterpart of flow " + from.flow(flow).id());
        }
        return found;
    }

    // Counterparts

    private String renamed(String node) {
        return moves.getOrDefault(node, node);
    }

    private FlowNode target(FlowNode node) {
        return to.node(renamed(node.id()));
    }

    private @Nullable FlowNode targetOrNull(FlowNode node) {
        var id = renamed(node.id());
        return to.has(id) ? to.node(id) : null;
    }

    /** The flow of the same id, else the only one between the same two nodes; -1 for none. */
    private int flow(int index) {
        var flow = from.flow(index);
        var source = targetOrNull(from.node(flow.source()));
        var join = targetOrNull(from.node(flow.target()));
        if (join == null) {
            return -1;
        }
        var incoming = to.incoming(join);
        var same = incoming.stream().filter(each -> each.id().equals(flow.id())).findFirst();
        if (same.isPresent()) {
            return same.get().index();
        }
        var between = incoming.stream()
                .filter(each -> source != null && each.source() == source.index())
                .toList();
        return between.size() == 1 ? between.getFirst().index() : -1;
    }

    // What stands in the way

    private void check() {
        if (!from.key().equals(to.key())) {
            hinder(
                    from.key(),
                    "the other version belongs to the process '" + to.key() + "'",
                    "choose a version of this process");
            return;
        }
        if (!from.prefix().equals(to.prefix())) {
            hinder(
                    from.key(),
                    "the keys of its cases would begin with " + to.prefix(),
                    "publish a version that keeps the prefix " + from.prefix());
        }
        moves.forEach((old, now) -> {
            if (!from.has(old)) {
                hinder(old, "this version has no such element", "take it out of the mapping");
            } else if (!to.has(now)) {
                hinder(
                        old,
                        "the other version has no element '" + now + "'",
                        "map it to an element of the other version");
            }
        });
        state.steps.values().forEach(this::check);
        if (!hindrances.isEmpty()) {
            return; // what follows asks for the counterparts of all steps
        }
        state.waits.values().forEach(this::check);
        checkTokens(state.root());
        state.steps.values().forEach(this::checkTokens);
    }

    private void check(Step step) {
        var node = step.requireNode();
        if (step.calledProcess >= 0 && isOwn(step)) {
            hinder(node, "a process that it called is under way", "wait until that process has returned");
        }
        if (!isOwn(step)) {
            return;
        }
        var target = targetOrNull(node);
        if (target == null) {
            hinder(node, "it is open and the other version does not have it", "map it to another " + kind(node));
        } else if (!target.getClass().equals(node.getClass()) || !isLike(node, target)) {
            hinder(
                    node,
                    "it is a " + kind(node) + ", but there a " + kind(target) + " of another kind",
                    "map it to another " + kind(node));
        } else if (!liesIn(target, step)) {
            hinder(
                    node,
                    "it lies in another sub-process there",
                    "map the sub-process around it too, or end the step first");
        } else if (step.loop != null && !sameLoop(loop(node), loop(target))) {
            hinder(
                    node,
                    "its instances run otherwise there",
                    "end the step first, or publish a version that keeps how it repeats");
        } else if (step.loop == null
                && !step.isLoopInstance()
                && (loop(node) == null) != (loop(target) == null)
                && step.stage != Step.Stage.ENTERED) {
            hinder(node, "only one of the versions repeats it", "end the step first");
        }
    }

    /** In a called process nothing changes; but then its call is told as a hindrance. */
    private static boolean isOwn(Step step) {
        for (var around = step.scope; around != null; around = around.scope) {
            if (around.calledProcess >= 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLike(FlowNode node, FlowNode target) {
        return switch (node) {
            case SubProcess sub -> sub.triggeredByEvent() == ((SubProcess) target).triggeredByEvent();
            case EndEvent end ->
                end.end().getClass().equals(((EndEvent) target).end().getClass());
            case IntermediateThrowEvent event ->
                (event.job() == null) == (((IntermediateThrowEvent) target).job() == null);
            default -> true;
        };
    }

    private boolean liesIn(FlowNode target, Step step) {
        var scope = step.requireScope();
        if (step.isLoopInstance()) {
            var loop = targetOrNull(scope.requireNode());
            return loop != null && loop.index() == target.index();
        }
        return target.element().scope() == scopeIndex(scope);
    }

    private int scopeIndex(Step scope) {
        if (scope.node == null) {
            return FlowNode.Element.PROCESS;
        }
        var target = targetOrNull(scope.node);
        return target == null ? Integer.MIN_VALUE : target.index();
    }

    private static Activity.@Nullable Loop loop(FlowNode node) {
        return node instanceof ActivityNode activity ? activity.activity().loop() : null;
    }

    private static boolean sameLoop(Activity.@Nullable Loop loop, Activity.@Nullable Loop there) {
        if (loop == null || there == null) {
            return loop == null && there == null;
        }
        return loop.sequential() == there.sequential() && Objects.equals(rule(loop), rule(there));
    }

    private static Activity.Approval.@Nullable Rule rule(Activity.Loop loop) {
        return loop.approval() == null ? null : loop.approval().rule();
    }

    private void check(Wait wait) {
        var node = wait.node();
        var target = targetOrNull(node);
        var step = state.open(wait.step());
        if (target == null) {
            hinder(
                    node,
                    "the case waits for it and the other version does not have it",
                    "map it to another " + kind(node));
        } else if (!target.getClass().equals(node.getClass()) || !waitsAlike(wait, target)) {
            hinder(node, "the case waits for something else there", "map it to an event that waits for the same");
        } else if (!belongs(target, step)) {
            hinder(node, "it belongs to another element there", "map that element too");
        }
    }

    private static boolean waitsAlike(Wait wait, FlowNode target) {
        var trigger = CatchEvents.triggerOf(target);
        return switch (wait) {
            case Wait.Timer _ -> trigger instanceof Trigger.Timer;
            case Wait.Message message ->
                trigger instanceof Trigger.Message there && there.name().equals(message.name());
        };
    }

    private boolean belongs(FlowNode event, Step step) {
        return switch (event) {
            case BoundaryEvent boundary ->
                step.node != null && boundary.attachedTo() == target(step.node).index();
            case StartEvent start ->
                start.element().scope() >= 0
                        && to.node(start.element().scope()) instanceof SubProcess sub
                        && sub.triggeredByEvent()
                        && sub.element().scope() == scopeIndex(step);
            default -> {
                var at = target(step.requireNode());
                yield at instanceof EventBasedGateway
                        ? to.outgoing(at).stream().anyMatch(flow -> flow.target() == event.index())
                        : at.index() == event.index();
            }
        };
    }

    /** Tokens that wait at joins, and those that will: none may come to wait there for ever. */
    private void checkTokens(Step scope) {
        for (int flow : scope.arrived.keySet()) {
            if (flow(flow) < 0) {
                hinder(
                        from.node(from.flow(flow).target()),
                        "a token waits here that came by a flow which the other version does not have",
                        "keep the flow '" + from.flow(flow).id()
                                + "' in the other version, or wait until the join is passed");
                return;
            }
        }
        if (scope.loop != null || (scope.children == 0 && scope.arrived.isEmpty())) {
            return;
        }
        var here = new TokenGame(from);
        var there = new TokenGame(to);
        for (var child : state.childrenOf(scope)) {
            here.at(child.requireNode());
            there.at(target(child.requireNode()));
        }
        scope.arrived.forEach((flow, count) -> {
            here.arrived(flow, count);
            there.arrived(flow(flow), count);
        });
        var join = there.deadlock();
        if (join != null && here.deadlock() == null) {
            hinder(
                    join,
                    "a token would wait here for others that never come",
                    "map the open steps to elements outside of the branches of this join, or wait until they are over");
        }
    }

    /** Else whoever is asked would find no time, and nobody could do the task. */
    private void checkTimes(Instant now) {
        for (var step : state.steps.values()) {
            if (step.task != null
                    && isOwn(step)
                    && target(step.requireNode()) instanceof UserTask task
                    && task.slots() != null) {
                try {
                    var _ = Expressions.requiredText(
                            task.slots().with(), "name of whose time is booked", state.visible(step), now);
                } catch (Stuck stuck) {
                    hinder(
                            task,
                            "it offers times there, but whose cannot be said: " + stuck.reason(),
                            "correct it in a newer version, or set the variables that it needs");
                }
            }
        }
    }

    private void hinder(FlowNode node, String reason, String suggestion) {
        hinder(node.id(), reason, suggestion);
    }

    private void hinder(String element, String reason, String suggestion) {
        var hindrance = new Hindrance(element, reason, suggestion);
        if (!hindrances.contains(hindrance)) {
            hindrances.add(hindrance);
        }
    }

    private static String kind(FlowNode node) {
        return node.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    // What the other version waits for besides

    private List<Wait> addedWaits(Run run) {
        var waits = new ArrayList<Wait>();
        for (var added : added()) {
            try {
                waits.add(CatchEvents.wait(
                        run, run.nextId() + waits.size(), added.step(), added.node(), added.trigger()));
            } catch (Stuck stuck) {
                hinder(
                        added.node(),
                        "the case would begin to wait for it, but cannot: " + stuck.reason(),
                        "correct it in a newer version, or set the variables that it needs");
            }
        }
        // The event of the migration itself takes no number, so these follow on the last one.
        return waits;
    }

    private List<Added> added() {
        var added = new ArrayList<Added>();
        addStarts(added, state.root());
        for (var step : state.steps.values()) {
            if (step.stage != Step.Stage.WAITING) {
                continue; // it opens what it waits for when it begins, or has nothing to wait for any more
            }
            var node = step.requireNode();
            if (node instanceof ActivityNode && !step.isLoopInstance()) {
                var known = from.boundaries(node).stream()
                        .map(each -> renamed(each.id()))
                        .toList();
                for (var event : to.boundaries(target(node))) {
                    add(added, step, event, event.trigger(), known);
                }
            }
            if (node instanceof EventBasedGateway) {
                var known = from.outgoing(node).stream()
                        .map(flow -> renamed(from.node(flow.target()).id()))
                        .toList();
                for (var flow : to.outgoing(target(node))) {
                    var event = to.node(flow.target());
                    add(added, step, event, CatchEvents.triggerOf(event), known);
                }
            }
            if (node instanceof SubProcess && step.loop == null) {
                addStarts(added, step);
            }
        }
        return added;
    }

    /** After an interrupting event sub-process the scope listens to nothing else. */
    private void addStarts(List<Added> added, Step scope) {
        var interrupted = state.childrenOf(scope).stream()
                .anyMatch(child -> child.node instanceof SubProcess sub
                        && sub.triggeredByEvent()
                        && from.startEvents(sub.index()).getFirst().interrupting());
        if (interrupted) {
            return;
        }
        var known = new ArrayList<String>();
        for (var sub : from.eventSubProcesses(Scopes.index(scope))) {
            from.startEvents(sub.index()).forEach(start -> known.add(renamed(start.id())));
        }
        for (var sub : to.eventSubProcesses(scopeIndex(scope))) {
            for (var start : to.startEvents(sub.index())) {
                add(added, scope, start, start.trigger(), known);
            }
        }
    }

    private static void add(List<Added> added, Step step, FlowNode node, Trigger trigger, List<String> known) {
        if (!known.contains(node.id()) && (trigger instanceof Trigger.Timer || trigger instanceof Trigger.Message)) {
            added.add(new Added(step, node, trigger));
        }
    }
}
