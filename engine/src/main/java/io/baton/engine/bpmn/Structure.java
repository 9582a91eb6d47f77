package io.baton.engine.bpmn;

import io.baton.engine.model.FlowNode.Element;
import io.baton.engine.xml.XmlElement;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** Whether the nodes are connected in a way that can be executed (BPMN 2.0 §13, and what makes no sense to run). */
final class Structure {

    private final XmlElement process;
    private final Draft draft;
    private final Problems problems;

    Structure(XmlElement process, Draft draft, Problems problems) {
        this.process = process;
        this.draft = draft;
        this.problems = problems;
    }

    void check() {
        checkScope(process, Element.PROCESS);
        for (var node : draft.nodes()) {
            if (node.is("subProcess")) {
                checkScope(node.xml(), node.index());
            }
            checkFlows(node);
        }
        checkReachability();
    }

    private void checkScope(XmlElement scope, int index) {
        var starts = draft.within(index).stream()
                .filter(node -> node.is("startEvent"))
                .toList();
        if (index != Element.PROCESS) {
            if (starts.size() != 1) {
                problems.add(scope, "a sub-process needs exactly one start event, this has " + starts.size());
            }
            return;
        }
        if (starts.isEmpty()) {
            problems.add(scope, "the process has no start event");
        }
        var plain = starts.stream().filter(Structure::isPlain).toList();
        if (plain.size() > 1) {
            problems.add(plain.get(1).xml(), "a process has at most one start event without a message or timer");
        }
    }

    private static boolean isPlain(Draft.Node start) {
        return start.xml().children().stream()
                .noneMatch(child ->
                        child.name().endsWith("EventDefinition") || child.name().equals("eventDefinitionRef"));
    }

    private void checkFlows(Draft.Node node) {
        var incoming = draft.incoming(node);
        var outgoing = draft.outgoing(node);
        switch (node.xml().name()) {
            case "startEvent" -> {
                refuseIncoming(incoming, "a start event");
                if (outgoing.isEmpty()) {
                    problems.add(node.xml(), "the start event leads nowhere");
                }
            }
            case "boundaryEvent" -> refuseIncoming(incoming, "a boundary event");
            case "endEvent" -> {
                if (!outgoing.isEmpty()) {
                    problems.add(node.xml(), "a flow leaves the end event");
                }
            }
            case "exclusiveGateway", "inclusiveGateway" -> checkConditions(node, outgoing);
            case "parallelGateway" -> requireOutgoing(node, outgoing);
            case "eventBasedGateway" -> checkEventBased(node, outgoing);
            case "subProcess" -> {
                if (node.isEventSubProcess() && !(incoming.isEmpty() && outgoing.isEmpty())) {
                    problems.add(
                            node.xml(),
                            "an event sub-process is set off by its start event: no flow leads to or from it");
                }
            }
            default -> {}
        }
        if (node.isActivity()) {
            checkExits(node, outgoing);
        }
    }

    /** BPMN 2.0 §13.2.1: of the flows out of an activity some may have conditions, and one may be the default of those. */
    private void checkExits(Draft.Node activity, List<Draft.Flow> outgoing) {
        if (outgoing.size() == 1 && hasCondition(outgoing.getFirst())) {
            problems.add(
                    outgoing.getFirst().xml(), "a condition on the only flow from an activity leaves no other way out");
        }
        var hasDefault = outgoing.stream().anyMatch(flow -> isDefault(activity, flow));
        for (var flow : outgoing) {
            if (hasDefault && !isDefault(activity, flow) && !hasCondition(flow)) {
                problems.add(
                        flow.xml(),
                        "the default of '" + activity.id() + "' is never taken beside a flow without condition");
            }
        }
    }

    private static boolean isDefault(Draft.Node source, Draft.Flow flow) {
        var reference = source.xml().attribute("default");
        return reference != null && flow.id().equals(Names.withoutPrefix(reference));
    }

    private static boolean hasCondition(Draft.Flow flow) {
        return flow.xml().child(Names.BPMN, "conditionExpression") != null;
    }

    private void refuseIncoming(List<Draft.Flow> incoming, String kind) {
        if (!incoming.isEmpty()) {
            problems.add(incoming.getFirst().xml(), "a flow cannot lead to " + kind);
        }
    }

    private void requireOutgoing(Draft.Node gateway, List<Draft.Flow> outgoing) {
        if (outgoing.isEmpty()) {
            problems.add(gateway.xml(), "no flow leaves the gateway");
        }
    }

    private void checkConditions(Draft.Node gateway, List<Draft.Flow> outgoing) {
        requireOutgoing(gateway, outgoing);
        if (outgoing.size() < 2) {
            return;
        }
        for (var flow : outgoing) {
            if (!isDefault(gateway, flow) && !hasCondition(flow)) {
                problems.add(
                        flow.xml(), "each flow from '" + gateway.id() + "' needs a condition, but for the default");
            }
        }
    }

    private void checkEventBased(Draft.Node gateway, List<Draft.Flow> outgoing) {
        if (outgoing.size() < 2) {
            problems.add(gateway.xml(), "an event-based gateway needs two events or more to choose from");
        }
        for (var flow : outgoing) {
            var target = flow.target();
            if (!target.is("intermediateCatchEvent", "receiveTask")) {
                problems.add(
                        flow.xml(), "an event-based gateway leads to intermediate catch events and receive tasks only");
            } else if (draft.incoming(target).size() > 1) {
                problems.add(target.xml(), "what follows an event-based gateway has no other incoming flow");
            } else if (draft.nodes().stream()
                    .anyMatch(each -> target.id().equals(each.xml().attribute("attachedToRef")))) {
                problems.add(target.xml(), "a receive task after an event-based gateway has no boundary events");
            }
        }
    }

    /** From start events along the flows; a boundary event is reached with its activity, an event sub-process with its scope. */
    private void checkReachability() {
        SequencedSet<Draft.Node> reached = new LinkedHashSet<>();
        var open = new ArrayDeque<Draft.Node>();
        for (var node : draft.nodes()) {
            if (node.is("startEvent") || node.isEventSubProcess()) {
                open.add(node);
            }
        }
        while (!open.isEmpty()) {
            var node = open.remove();
            if (!reached.add(node)) {
                continue;
            }
            draft.outgoing(node).forEach(flow -> open.add(flow.target()));
            for (var each : draft.nodes()) {
                if (each.is("boundaryEvent") && node.id().equals(each.xml().attribute("attachedToRef"))) {
                    open.add(each);
                }
            }
        }
        for (var node : draft.nodes()) {
            if (!reached.contains(node) && !node.is("boundaryEvent")) {
                problems.add(node.xml(), "no flow leads here from a start event");
            }
        }
    }
}
