package io.baton.engine.model;

import io.baton.engine.codec.Words;
import io.baton.engine.expression.Decision;
import io.baton.engine.model.FlowNode.BoundaryEvent;
import io.baton.engine.model.FlowNode.Element;
import io.baton.engine.model.FlowNode.StartEvent;
import io.baton.engine.model.FlowNode.SubProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An executable process, compiled: look-ups are array reads. Validated by the reader, trusted by the engine.
 *
 * <p>Node and flow indexes follow document order and are part of the journal's encoding: the same file always compiles
 * to the same indexes.
 */
public final class ProcessModel {

    private final String key;
    private final @Nullable String name;
    private final String prefix;
    private final @Nullable Text title;
    private final @Nullable Text owner;
    private final Due.@Nullable At due;
    private final @Nullable Waiting waiting;
    private final List<FlowNode> nodes;
    private final List<SequenceFlow> flows;
    private final SequencedMap<String, Decision> decisions;
    private final SequencedMap<Integer, Duration> takes;
    private final @Nullable String policy;
    private final List<String> starters;
    private final Outside outside;
    private final Words words;
    private final SequencedSet<String> remembered = new LinkedHashSet<>();
    private final SequencedMap<Integer, List<StartEvent>> starts = new LinkedHashMap<>();
    private final SequencedMap<Integer, List<SubProcess>> eventSubProcesses = new LinkedHashMap<>();
    private final SequencedMap<String, Integer> nodeIndexes = new LinkedHashMap<>();
    private final SequencedMap<String, Integer> flowIndexes = new LinkedHashMap<>();
    private final List<List<SequenceFlow>> outgoing = new ArrayList<>();
    private final List<List<SequenceFlow>> incoming = new ArrayList<>();
    private final List<List<BoundaryEvent>> boundaries = new ArrayList<>();

    /**
     * {@code prefix} begins the keys of its cases ({@code PAY-1042}). {@code title}, {@code owner} and {@code due} are computed when a
     * case starts. {@code decisions} are those its business-rule tasks name, by key; {@code takes} is how long a node usually
     * takes, by index; {@code policy} is that of all tasks that name no other; members of the teams {@code starters} may
     * start a case, all members where there are none.
     */
    public ProcessModel(
            String key,
            @Nullable String name,
            String prefix,
            @Nullable Text title,
            @Nullable Text owner,
            Due.@Nullable At due,
            @Nullable Waiting waiting,
            List<FlowNode> nodes,
            List<SequenceFlow> flows,
            SequencedMap<String, Decision> decisions,
            SequencedMap<Integer, Duration> takes,
            @Nullable String policy,
            List<String> starters,
            Outside outside) {
        this.key = key;
        this.name = name;
        this.prefix = prefix;
        this.title = title;
        this.owner = owner;
        this.due = due;
        this.waiting = waiting;
        this.nodes = List.copyOf(nodes);
        this.flows = List.copyOf(flows);
        this.decisions = new LinkedHashMap<>(decisions);
        this.takes = new LinkedHashMap<>(takes);
        this.policy = policy;
        this.starters = List.copyOf(starters);
        this.outside = outside;
        this.words = new Words(
                Stream.concat(nodes.stream().map(FlowNode::id), flows.stream().map(SequenceFlow::id))
                        .toList());
        flows.forEach(flow -> flowIndexes.put(flow.id(), flow.index()));
        for (var node : nodes) {
            if (node instanceof FlowNode.UserTask task) {
                remembered.addAll(task.assignment().fourEyes());
                if (task.assignment().rule() instanceof FlowNode.Assignment.Rule.PreviousHolder(var previous)) {
                    remembered.add(previous);
                }
            }
        }
        for (var node : nodes) {
            nodeIndexes.put(node.id(), node.index());
            if (node instanceof StartEvent start) {
                starts.computeIfAbsent(start.element().scope(), _ -> new ArrayList<>())
                        .add(start);
            } else if (node instanceof SubProcess sub && sub.triggeredByEvent()) {
                eventSubProcesses
                        .computeIfAbsent(sub.element().scope(), _ -> new ArrayList<>())
                        .add(sub);
            }
            outgoing.add(
                    flows.stream().filter(flow -> flow.source() == node.index()).toList());
            incoming.add(
                    flows.stream().filter(flow -> flow.target() == node.index()).toList());
            boundaries.add(nodes.stream()
                    .filter(BoundaryEvent.class::isInstance)
                    .map(BoundaryEvent.class::cast)
                    .filter(event -> event.attachedTo() == node.index())
                    .toList());
        }
    }

    /** The BPMN id of the process; its versions share it. */
    public String key() {
        return key;
    }

    public @Nullable String name() {
        return name;
    }

    public String prefix() {
        return prefix;
    }

    public @Nullable Text title() {
        return title;
    }

    public @Nullable Text owner() {
        return owner;
    }

    /** When a case is due: an ISO 8601 date-time, or a duration from its start. */
    public Due.@Nullable At due() {
        return due;
    }

    /** What a day of a case's life costs, whoever has it; null where the process does not say. */
    public @Nullable Waiting waiting() {
        return waiting;
    }

    /** {@code currency} is a code of ISO 4217. */
    public record Waiting(Text costPerDay, @Nullable String currency) {}

    public List<FlowNode> nodes() {
        return nodes;
    }

    public List<SequenceFlow> flows() {
        return flows;
    }

    public FlowNode node(int index) {
        return nodes.get(index);
    }

    public FlowNode node(String id) {
        var index = nodeIndexes.get(id);
        if (index == null) {
            throw new IllegalArgumentException("no flow node '" + id + "' in process " + key);
        }
        return nodes.get(index);
    }

    public boolean has(String id) {
        return nodeIndexes.containsKey(id);
    }

    public SequenceFlow flow(String id) {
        var index = flowIndexes.get(id);
        if (index == null) {
            throw new IllegalArgumentException("no sequence flow '" + id + "' in process " + key);
        }
        return flows.get(index);
    }

    public SequenceFlow flow(int index) {
        return flows.get(index);
    }

    public List<SequenceFlow> outgoing(FlowNode node) {
        return outgoing.get(node.index());
    }

    public List<SequenceFlow> incoming(FlowNode node) {
        return incoming.get(node.index());
    }

    public List<BoundaryEvent> boundaries(FlowNode node) {
        return boundaries.get(node.index());
    }

    /** The ids of all nodes, then of all flows, in document order: what its journals need not spell out. */
    public Words words() {
        return words;
    }

    public @Nullable Decision decision(String key) {
        return decisions.get(key);
    }

    /** The policy that a task follows: its own, else that of the process; null for none. */
    public @Nullable String policy(FlowNode.Assignment assignment) {
        var key = assignment.policy() == null ? policy : assignment.policy();
        return FlowNode.Assignment.NO_POLICY.equals(key) ? null : key;
    }

    /** How long the work there usually takes, or what is waited for there; null where the process does not say. */
    public @Nullable Duration takes(FlowNode node) {
        return takes.get(node.index());
    }

    /** Whether it says of anything how long it takes. */
    public boolean isTimed() {
        return !takes.isEmpty();
    }

    /** The keys of the teams whose members may start a case; empty where every member may. */
    public List<String> starters() {
        return starters;
    }

    /** What people outside are told, and how they confirm. */
    public Outside outside() {
        return outside;
    }

    /** Whether another node asks who did the work at this one: only then the case keeps it in mind. */
    public boolean remembersWorkers(FlowNode node) {
        return remembered.contains(node.id());
    }

    /** The start events directly inside a scope, event sub-processes' own starts not included. */
    public List<StartEvent> startEvents(int scope) {
        return starts.getOrDefault(scope, List.of());
    }

    /** The event sub-processes directly inside a scope. */
    public List<SubProcess> eventSubProcesses(int scope) {
        return eventSubProcesses.getOrDefault(scope, List.of());
    }

    /** The start of the process that needs no message and no timer, if it has one. */
    public @Nullable StartEvent plainStart() {
        for (var start : startEvents(Element.PROCESS)) {
            if (start.trigger() instanceof Trigger.None) {
                return start;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return "process " + key;
    }
}
