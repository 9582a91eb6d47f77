package io.baton.engine;

import io.baton.engine.Expressions.Stuck;
import io.baton.engine.model.FlowNode;
import io.baton.engine.model.FlowNode.ActivityNode;
import io.baton.engine.model.FlowNode.ExclusiveGateway;
import io.baton.engine.model.FlowNode.InclusiveGateway;
import io.baton.engine.model.FlowNode.ParallelGateway;
import io.baton.engine.model.SequenceFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Exclusive, parallel and inclusive gateways (BPMN 2.0 §13.4), and the same choice where flows leave an activity. Tokens
 * wait at joins until {@link #joins} looks.
 */
final class Gateways {

    private Gateways() {}

    static void exclusive(Run run, ExclusiveGateway gateway, Step scope) {
        split(run, gateway, scope);
    }

    static void parallel(Run run, ParallelGateway gateway, SequenceFlow via, Step scope) {
        if (scope.inner.incoming(gateway).size() > 1) {
            run.emit(new Event.TokenArrived(scope.id, via.id()));
        } else {
            run.pass(gateway, scope);
        }
    }

    static void inclusive(Run run, InclusiveGateway gateway, SequenceFlow via, Step scope) {
        if (scope.inner.incoming(gateway).size() > 1) {
            run.emit(new Event.TokenArrived(scope.id, via.id()));
        } else {
            split(run, gateway, scope);
        }
    }

    private static void split(Run run, FlowNode gateway, Step scope) {
        try {
            var chosen = choose(run, gateway, scope);
            run.emit(new Event.StepPassed(run.nextId(), gateway.id(), scope.id));
            run.leaveBy(chosen, scope);
        } catch (Stuck stuck) {
            Incidents.raise(run, run.open(gateway, scope), stuck);
        }
    }

    /** A retry after an incident at the gateway. */
    static void chooseFrom(Run run, Step step, FlowNode gateway) {
        var scope = step.requireScope();
        try {
            var chosen = choose(run, gateway, scope);
            run.emit(new Event.StepLeft(step.id));
            run.leaveBy(chosen, scope);
        } catch (Stuck stuck) {
            Incidents.raise(run, step, stuck);
        }
    }

    private static List<SequenceFlow> choose(Run run, FlowNode gateway, Step scope) throws Stuck {
        return switch (gateway) {
            case ExclusiveGateway exclusive -> chosen(run, exclusive, exclusive.defaultFlow(), true, scope);
            case InclusiveGateway inclusive -> chosen(run, inclusive, inclusive.defaultFlow(), false, scope);
            default -> throw new IllegalStateException(gateway.id() + " chooses nothing");
        };
    }

    private static List<SequenceFlow> chosen(Run run, FlowNode gateway, int defaultFlow, boolean first, Step scope)
            throws Stuck {
        var outgoing = scope.inner.outgoing(gateway);
        if (outgoing.size() == 1 && outgoing.getFirst().condition() == null) {
            return outgoing;
        }
        var visible = run.state.visible(scope);
        var chosen = new ArrayList<SequenceFlow>();
        for (var flow : outgoing) {
            if (flow.index() != defaultFlow
                    && flow.condition() != null
                    && Expressions.holds(flow.condition(), visible, run.now)) {
                chosen.add(flow);
                if (first) {
                    return chosen;
                }
            }
        }
        return orDefault(chosen, gateway, defaultFlow, outgoing);
    }

    /**
     * The flows by which an activity is left (BPMN 2.0 §13.2.1): those without a condition, and of the others those whose
     * condition holds. {@code mapped} is what its outputs are about to set in the scope.
     */
    static List<SequenceFlow> exits(
            Run run, ActivityNode node, Step scope, SequencedMap<String, @Nullable Object> mapped) throws Stuck {
        var outgoing = scope.inner.outgoing(node);
        int defaultFlow = node.activity().defaultFlow();
        if (defaultFlow < 0 && outgoing.stream().allMatch(flow -> flow.condition() == null)) {
            return outgoing;
        }
        var visible = run.state.visible(scope);
        visible.putAll(mapped);
        var chosen = new ArrayList<SequenceFlow>();
        for (var flow : outgoing) {
            if (flow.index() != defaultFlow
                    && (flow.condition() == null || Expressions.holds(flow.condition(), visible, run.now))) {
                chosen.add(flow);
            }
        }
        return orDefault(chosen, node, defaultFlow, outgoing);
    }

    private static List<SequenceFlow> orDefault(
            List<SequenceFlow> chosen, FlowNode node, int defaultFlow, List<SequenceFlow> outgoing) throws Stuck {
        if (chosen.isEmpty()) {
            if (defaultFlow < 0 && !outgoing.isEmpty()) {
                throw new Stuck(
                        IncidentKind.NO_FLOW,
                        "No condition holds at '" + node.element().label() + "' and it has no default flow");
            }
            outgoing.stream().filter(flow -> flow.index() == defaultFlow).forEach(chosen::add);
        }
        return chosen;
    }

    /** Fires one join of the scope whose tokens are all there; false when none is ready. */
    static boolean joins(Run run, Step scope) {
        for (var flowIndex : List.copyOf(scope.arrived.keySet())) {
            var gateway = scope.inner.node(scope.inner.flow(flowIndex).target());
            var ready = switch (gateway) {
                case ParallelGateway parallel ->
                    scope.inner.incoming(parallel).stream().allMatch(flow -> scope.arrived.containsKey(flow.index()));
                case InclusiveGateway inclusive -> InclusiveJoin.isReady(run.state, scope, inclusive);
                default -> throw new IllegalStateException("tokens wait at " + gateway.id());
            };
            if (ready) {
                if (run.exhausted()) {
                    Incidents.runaway(run, gateway, scope);
                    return false;
                }
                fire(run, gateway, scope);
                return true;
            }
        }
        return false;
    }

    private static void fire(Run run, FlowNode gateway, Step scope) {
        var flows = scope.inner.incoming(gateway).stream()
                .filter(flow -> scope.arrived.containsKey(flow.index()))
                .map(SequenceFlow::id)
                .toList();
        Incidents.closeAt(run, scope, gateway);
        run.emit(new Event.TokensJoined(scope.id, flows));
        if (gateway instanceof InclusiveGateway) {
            split(run, gateway, scope);
        } else {
            run.pass(gateway, scope);
        }
    }
}
