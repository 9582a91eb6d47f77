package io.baton.engine.bpmn;

import io.baton.engine.model.FlowNode.Element;
import io.baton.engine.xml.XmlElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The flow nodes and sequence flows of a process as they stand in the file, numbered in document order. Nodes of kinds
 * that are refused are here too, so that what refers to them is not called dangling.
 */
final class Draft {

    static final int NODES_MAX = 2_000;
    static final int FLOWS_MAX = 5_000;

    private static final List<String> NODE_KINDS = List.of(
            "startEvent",
            "endEvent",
            "intermediateCatchEvent",
            "intermediateThrowEvent",
            "boundaryEvent",
            "exclusiveGateway",
            "parallelGateway",
            "inclusiveGateway",
            "eventBasedGateway",
            "complexGateway",
            "task",
            "userTask",
            "manualTask",
            "serviceTask",
            "sendTask",
            "businessRuleTask",
            "scriptTask",
            "receiveTask",
            "subProcess",
            "transaction",
            "adHocSubProcess",
            "callActivity");

    private static final List<String> SCOPE_KINDS = List.of("subProcess", "transaction", "adHocSubProcess");

    /** {@code scope} as in {@link Element#scope()}. */
    record Node(XmlElement xml, int index, String id, int scope) {
        boolean is(String... kinds) {
            return List.of(kinds).contains(xml.name());
        }

        boolean isActivity() {
            return xml.name().endsWith("Task") || is("task", "callActivity") || SCOPE_KINDS.contains(xml.name());
        }

        boolean isEventSubProcess() {
            return is("subProcess") && "true".equals(xml.attribute("triggeredByEvent"));
        }
    }

    /** Only flows whose both ends exist. */
    record Flow(XmlElement xml, int index, String id, Node source, Node target) {}

    private final Problems problems;
    private final List<Node> nodes = new ArrayList<>();
    private final SequencedMap<String, Node> nodesById = new LinkedHashMap<>();
    private final List<Flow> flows = new ArrayList<>();
    private final SequencedMap<String, Flow> flowsById = new LinkedHashMap<>();
    private final List<List<Flow>> outgoing = new ArrayList<>();
    private final List<List<Flow>> incoming = new ArrayList<>();

    Draft(XmlElement process, Problems problems) {
        this.problems = problems;
        collectNodes(process, Element.PROCESS);
        collectFlows(process, Element.PROCESS);
        nodes.forEach(this::checkReferences);
        if (isTooLarge()) {
            problems.add(
                    process,
                    "the process has more than " + NODES_MAX + " flow nodes or " + FLOWS_MAX + " sequence flows");
        }
    }

    /** Then nothing more is looked at. */
    boolean isTooLarge() {
        return nodes.size() > NODES_MAX || flows.size() > FLOWS_MAX;
    }

    private void collectNodes(XmlElement scope, int scopeIndex) {
        for (var child : scope.children()) {
            if (!child.namespace().equals(Names.BPMN) || !NODE_KINDS.contains(child.name())) {
                continue;
            }
            var id = child.attribute("id");
            if (id == null) {
                problems.add(child, "<" + child.name() + "> needs an id");
            }
            var node = new Node(child, nodes.size(), id == null ? "" : id, scopeIndex);
            nodes.add(node);
            outgoing.add(new ArrayList<>());
            incoming.add(new ArrayList<>());
            nodesById.putIfAbsent(node.id(), node);
            if (SCOPE_KINDS.contains(child.name())) {
                collectNodes(child, node.index());
            }
        }
    }

    private void collectFlows(XmlElement scope, int scopeIndex) {
        for (var child : scope.children()) {
            if (child.is(Names.BPMN, "sequenceFlow")) {
                addFlow(child, scopeIndex);
            } else if (child.namespace().equals(Names.BPMN) && SCOPE_KINDS.contains(child.name())) {
                var node = nodesById.get(String.valueOf(child.attribute("id")));
                collectFlows(child, node == null ? scopeIndex : node.index());
            }
        }
    }

    private void addFlow(XmlElement xml, int scopeIndex) {
        var id = xml.attribute("id");
        if (id == null) {
            problems.add(xml, "<sequenceFlow> needs an id");
        }
        var source = end(xml, "sourceRef");
        var target = end(xml, "targetRef");
        if (source == null || target == null) {
            return;
        }
        if (source.scope() != scopeIndex || target.scope() != scopeIndex) {
            problems.add(xml, "a sequence flow cannot cross the border of a sub-process");
        }
        var flow = new Flow(xml, flows.size(), id == null ? "" : id, source, target);
        flows.add(flow);
        outgoing.get(source.index()).add(flow);
        incoming.get(target.index()).add(flow);
        flowsById.putIfAbsent(flow.id(), flow);
    }

    private @Nullable Node end(XmlElement flow, String attribute) {
        var reference = flow.attribute(attribute);
        if (reference == null) {
            problems.add(flow, "the sequence flow needs a " + attribute);
            return null;
        }
        var node = nodesById.get(reference);
        if (node == null) {
            problems.add(
                    flow, attribute + ": there is no flow node '" + Problems.clipped(reference) + "' in the process");
        }
        return node;
    }

    /** {@code <incoming>} and {@code <outgoing>} repeat what the flows say; where they say otherwise, one of them is wrong. */
    private void checkReferences(Node node) {
        for (var name : List.of("incoming", "outgoing")) {
            for (var reference : node.xml().children(Names.BPMN, name)) {
                var flow = flowsById.get(Names.withoutPrefix(reference.text()));
                var end = flow == null ? null : name.equals("incoming") ? flow.target() : flow.source();
                if (end == null || end.index() != node.index()) {
                    problems.add(
                            node.xml(),
                            "<" + name + "> names '" + Problems.clipped(reference.text())
                                    + "', which is not such a flow of it");
                }
            }
        }
    }

    List<Node> nodes() {
        return nodes;
    }

    List<Flow> flows() {
        return flows;
    }

    @Nullable
    Node node(String id) {
        return nodesById.get(id);
    }

    Node node(int index) {
        return nodes.get(index);
    }

    @Nullable
    Flow flow(String id) {
        return flowsById.get(id);
    }

    /** The index of the flow by which this node is left when no other is taken, or -1. */
    int defaultFlow(XmlElement source) {
        var reference = source.attribute("default");
        if (reference == null) {
            return -1;
        }
        var flow = flow(Names.withoutPrefix(reference));
        if (flow == null || flow.source().xml() != source) {
            problems.add(source, "the default '" + Problems.clipped(reference) + "' is no flow that leaves it");
            return -1;
        }
        if (flow.xml().child(Names.BPMN, "conditionExpression") != null) {
            problems.add(flow.xml(), "the default flow is taken when no other is: it cannot have a condition");
        }
        return flow.index();
    }

    List<Flow> outgoing(Node node) {
        return outgoing.get(node.index());
    }

    List<Flow> incoming(Node node) {
        return incoming.get(node.index());
    }

    List<Node> within(int scope) {
        return nodes.stream().filter(node -> node.scope() == scope).toList();
    }
}
