package io.baton.engine;

import io.baton.engine.model.FlowNode;
import io.baton.engine.model.FlowNode.ActivityNode;
import io.baton.engine.model.FlowNode.EndEvent;
import io.baton.engine.model.FlowNode.EventBasedGateway;
import io.baton.engine.model.FlowNode.ExclusiveGateway;
import io.baton.engine.model.FlowNode.InclusiveGateway;
import io.baton.engine.model.FlowNode.ParallelGateway;
import io.baton.engine.model.ProcessModel;
import io.baton.engine.model.SequenceFlow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the tokens of one scope may come to, whatever its conditions and people say: whether one may be left waiting at a
 * join. Tokens do not hinder each other before a join, so moving one at a time finds all that can happen.
 */
final class TokenGame {

    /** More are not looked at: what is left unseen becomes an incident of its own when it happens. */
    private static final int MARKINGS_MAX = 10_000;

    /** So many tokens at one place are as good as any more. */
    private static final int TOKENS_MAX = 3;

    private final ProcessModel model;

    /** Tokens at nodes by index; at joins by the number of nodes and the index of the flow. */
    private final SortedMap<Integer, Integer> first = new TreeMap<>();

    TokenGame(ProcessModel model) {
        this.model = model;
    }

    void at(FlowNode node) {
        add(first, node.index(), 1);
    }

    void arrived(int flow, int count) {
        add(first, place(flow), count);
    }

    private int place(int flow) {
        return model.nodes().size() + flow;
    }

    /** A join at which a token may be left alone; null where none is found. */
    @Nullable
    FlowNode deadlock() {
        var seen = new LinkedHashSet<SortedMap<Integer, Integer>>();
        var left = new ArrayDeque<SortedMap<Integer, Integer>>();
        left.add(first);
        seen.add(first);
        while (!left.isEmpty()) {
            var marking = left.removeLast();
            var next = next(marking);
            if (next.isEmpty() && !marking.isEmpty()) {
                return join(marking.firstKey());
            }
            for (var each : next) {
                if (seen.size() < MARKINGS_MAX && seen.add(each)) {
                    left.add(each);
                }
            }
        }
        return null;
    }

    private FlowNode join(int place) {
        return model.node(model.flow(place - model.nodes().size()).target());
    }

    /** None where nothing moves any more. */
    private List<SortedMap<Integer, Integer>> next(SortedMap<Integer, Integer> marking) {
        var waiting = new LinkedHashSet<FlowNode>();
        marking.tailMap(model.nodes().size()).keySet().forEach(place -> waiting.add(join(place)));
        for (var join : waiting) {
            if (join instanceof ParallelGateway
                    && model.incoming(join).stream().allMatch(flow -> marking.containsKey(place(flow.index())))) {
                return List.of(joined(marking, join));
            }
        }
        var moving = marking.headMap(model.nodes().size());
        if (!moving.isEmpty()) {
            return moved(marking, model.node(moving.firstKey()));
        }
        var next = new ArrayList<SortedMap<Integer, Integer>>();
        for (var join : waiting) {
            if (join instanceof InclusiveGateway && waiting.stream().noneMatch(other -> comesBefore(other, join))) {
                return List.of(joined(marking, join));
            }
        }
        for (var join : waiting) {
            if (join instanceof InclusiveGateway) {
                next.add(joined(marking, join));
            }
        }
        return next;
    }

    private boolean comesBefore(FlowNode other, FlowNode join) {
        if (other.equals(join)) {
            return false;
        }
        var seen = new LinkedHashSet<Integer>();
        var left = new ArrayDeque<Integer>();
        left.add(other.index());
        while (!left.isEmpty()) {
            var node = model.node(left.remove());
            for (var flow : model.outgoing(node)) {
                if (flow.target() == join.index()) {
                    return true;
                }
                if (seen.add(flow.target())) {
                    left.add(flow.target());
                }
            }
        }
        return false;
    }

    private SortedMap<Integer, Integer> joined(SortedMap<Integer, Integer> marking, FlowNode join) {
        var next = new TreeMap<Integer, Integer>(marking);
        model.incoming(join).forEach(flow -> take(next, place(flow.index())));
        // From here it goes on like a node that was entered.
        add(next, join.index(), 1);
        return next;
    }

    private List<SortedMap<Integer, Integer>> moved(SortedMap<Integer, Integer> marking, FlowNode node) {
        if (node instanceof EndEvent end && end.end() instanceof EndEvent.End.Terminate) {
            return List.of(new TreeMap<>());
        }
        var next = new ArrayList<SortedMap<Integer, Integer>>();
        for (var flows : choices(node)) {
            var after = new TreeMap<Integer, Integer>(marking);
            take(after, node.index());
            flows.forEach(flow -> enter(after, flow));
            next.add(after);
        }
        return next;
    }

    /** The flows that a token may take from here, all of one list at once. */
    private List<List<SequenceFlow>> choices(FlowNode node) {
        var outgoing = model.outgoing(node);
        var choices = new ArrayList<List<SequenceFlow>>();
        switch (node) {
            case ExclusiveGateway _, EventBasedGateway _ -> outgoing.forEach(flow -> choices.add(List.of(flow)));
            case InclusiveGateway _ -> {
                outgoing.forEach(flow -> choices.add(List.of(flow)));
                choices.add(outgoing);
            }
            case ActivityNode activity -> choices.addAll(exits(activity, outgoing));
            default -> choices.add(outgoing);
        }
        if (choices.isEmpty()) {
            choices.add(List.of());
        }
        boundaries(node, choices);
        return choices;
    }

    private static List<List<SequenceFlow>> exits(ActivityNode node, List<SequenceFlow> outgoing) {
        int defaultFlow = node.activity().defaultFlow();
        var always = outgoing.stream()
                .filter(flow -> flow.condition() == null && flow.index() != defaultFlow)
                .toList();
        var choices = new ArrayList<List<SequenceFlow>>();
        if (!always.isEmpty() || outgoing.isEmpty()) {
            choices.add(always);
        }
        for (var flow : outgoing) {
            if (!always.contains(flow)) {
                var chosen = new ArrayList<>(always);
                chosen.add(flow);
                choices.add(chosen);
            }
        }
        return choices;
    }

    /** What interrupts goes instead of the rest, what does not goes beside it. */
    private void boundaries(FlowNode node, List<List<SequenceFlow>> choices) {
        var plain = List.copyOf(choices);
        for (var event : model.boundaries(node)) {
            if (event.interrupting()) {
                choices.add(model.outgoing(event));
            } else {
                for (var flows : plain) {
                    var both = new ArrayList<>(flows);
                    both.addAll(model.outgoing(event));
                    choices.add(both);
                }
            }
        }
    }

    private void enter(SortedMap<Integer, Integer> marking, SequenceFlow flow) {
        var node = model.node(flow.target());
        var joins = (node instanceof ParallelGateway || node instanceof InclusiveGateway)
                && model.incoming(node).size() > 1;
        add(marking, joins ? place(flow.index()) : node.index(), 1);
    }

    private static void add(SortedMap<Integer, Integer> marking, int place, int count) {
        marking.merge(place, count, (one, more) -> Math.min(TOKENS_MAX, one + more));
    }

    private static void take(SortedMap<Integer, Integer> marking, int place) {
        marking.computeIfPresent(place, (_, count) -> count == 1 ? null : count - 1);
    }
}
