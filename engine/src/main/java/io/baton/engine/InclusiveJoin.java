package io.baton.engine;

import io.baton.engine.model.FlowNode;
import io.baton.engine.model.FlowNode.InclusiveGateway;
import io.baton.engine.model.ProcessModel;
import io.baton.engine.model.SequenceFlow;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.List;

/**
 * When a converging inclusive gateway goes on (BPMN 2.0 §13.4.3): at least one incoming flow has a token, and every
 * token elsewhere in the scope that can reach an empty incoming flow without visiting the gateway can also reach one
 * that has a token. A token in an activity is taken to stand on each flow it may leave by, its boundary events' included.
 */
final class InclusiveJoin {

    private InclusiveJoin() {}

    static boolean isReady(Case state, Step scope, InclusiveGateway gateway) {
        var empty = new BitSet();
        var filled = new BitSet();
        for (var flow : scope.inner.incoming(gateway)) {
            (scope.arrived.containsKey(flow.index()) ? filled : empty).set(flow.index());
        }
        if (empty.isEmpty()) {
            return true;
        }
        for (var step : state.childrenOf(scope)) {
            if (blocks(scope.inner, leaving(scope.inner, step.requireNode()), gateway, empty, filled)) {
                return false;
            }
        }
        for (var waiting : scope.arrived.keySet()) {
            var flow = scope.inner.flow(waiting);
            if (flow.target() != gateway.index() && blocks(scope.inner, List.of(flow), gateway, empty, filled)) {
                return false;
            }
        }
        return true;
    }

    private static boolean blocks(
            ProcessModel model, List<SequenceFlow> from, InclusiveGateway gateway, BitSet empty, BitSet filled) {
        var reached = reachable(model, from, gateway);
        return reached.intersects(empty) && !reached.intersects(filled);
    }

    private static BitSet reachable(ProcessModel model, List<SequenceFlow> from, InclusiveGateway gateway) {
        var reached = new BitSet();
        var next = new ArrayDeque<>(from);
        while (!next.isEmpty()) {
            var flow = next.remove();
            if (!reached.get(flow.index())) {
                reached.set(flow.index());
                if (flow.target() != gateway.index()) {
                    next.addAll(leaving(model, model.node(flow.target())));
                }
            }
        }
        return reached;
    }

    private static List<SequenceFlow> leaving(ProcessModel model, FlowNode node) {
        var boundaries = model.boundaries(node);
        if (boundaries.isEmpty()) {
            return model.outgoing(node);
        }
        var flows = new java.util.ArrayList<>(model.outgoing(node));
        boundaries.forEach(event -> flows.addAll(model.outgoing(event)));
        return flows;
    }
}
