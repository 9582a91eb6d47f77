package io.baton.engine.bpmn;

import io.baton.engine.xml.XmlElement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which elements and attributes of BPMN may stand in a file. Three kinds: those Baton executes, those that by BPMN's own
 * definition change nothing at run time, and all others, which are refused by name. A misspelt attribute is one of those.
 */
final class Vocabulary {

    private static final List<String> FLOW_NODE = List.of(
            "documentation", "extensionElements", "incoming", "outgoing", "auditing", "monitoring", "categoryValueRef");
    private static final List<String> ACTIVITY = joined(
            FLOW_NODE,
            "ioSpecification",
            "property",
            "dataInputAssociation",
            "dataOutputAssociation",
            "multiInstanceLoopCharacteristics");
    private static final List<String> CATCH = joined(
            FLOW_NODE,
            "dataOutput",
            "outputSet",
            "dataOutputAssociation",
            "messageEventDefinition",
            "timerEventDefinition");
    private static final List<String> THROW =
            joined(FLOW_NODE, "dataInput", "inputSet", "dataInputAssociation", "messageEventDefinition");
    private static final List<String> FLOW_ELEMENTS = List.of(
            "laneSet",
            "startEvent",
            "endEvent",
            "intermediateCatchEvent",
            "intermediateThrowEvent",
            "boundaryEvent",
            "exclusiveGateway",
            "parallelGateway",
            "inclusiveGateway",
            "eventBasedGateway",
            "userTask",
            "manualTask",
            "serviceTask",
            "sendTask",
            "businessRuleTask",
            "scriptTask",
            "receiveTask",
            "subProcess",
            "callActivity",
            "sequenceFlow",
            "dataObject",
            "dataObjectReference",
            "dataStoreReference",
            "textAnnotation",
            "association",
            "group");

    /** What may stand in an element, by the element's name. What is not a key may hold nothing of BPMN. */
    private static final Map<String, List<String>> CHILDREN = children();

    /** Besides id and name, which anything may have. */
    private static final Map<String, List<String>> ATTRIBUTES = attributes();

    /** Elements whose inside says nothing to Baton. */
    private static final List<String> DESCRIPTIVE = List.of(
            "documentation",
            "auditing",
            "monitoring",
            "categoryValueRef",
            "ioSpecification",
            "property",
            "dataOutput",
            "outputSet",
            "dataInput",
            "inputSet",
            "dataObject",
            "dataObjectReference",
            "dataStoreReference",
            "dataStore",
            "textAnnotation",
            "association",
            "group",
            "category",
            "itemDefinition",
            "interface",
            "endPoint",
            "resource",
            "correlationProperty",
            "partnerEntity",
            "partnerRole",
            "messageFlow",
            "conversation",
            "conversationLink",
            "choreography",
            "signal",
            "escalation",
            "supports");

    /** Elements that nobody else asks for Baton's extensions, of which there are none for them. */
    private static final List<String> NOT_EXTENDED =
            List.of("definitions", "collaboration", "error", "laneSet", "childLaneSet", "extension");

    private static final Map<String, String> REFUSALS = refusals();

    private final Problems problems;

    Vocabulary(Problems problems) {
        this.problems = problems;
    }

    void check(XmlElement element) {
        Vendors.check(element, problems);
        checkAttributes(element);
        for (var child : element.children()) {
            if (child.namespace().equals(Names.BPMN)) {
                checkChild(element, child);
            } else if (child.namespace().equals(Names.BATON)) {
                problems.add(child, "baton:" + child.name() + " belongs into <extensionElements>");
            } else if (!child.namespace().equals(Names.DIAGRAM)) {
                problems.add(child, "'" + child.name() + "' of another namespace belongs into <extensionElements>");
            }
        }
    }

    private void checkChild(XmlElement element, XmlElement child) {
        var name = child.name();
        if (isDrawingOnly(element)) {
            return;
        }
        if (!CHILDREN.getOrDefault(element.name(), List.of()).contains(name)) {
            problems.add(child, refusal(element, name));
        } else if (name.equals("extensionElements")) {
            Vendors.checkExtensions(child, problems);
            if (NOT_EXTENDED.contains(element.name())) {
                Extensions.of(element, problems, List.of());
            }
        } else if (name.equals("dataInputAssociation") || name.equals("dataOutputAssociation")) {
            checkAssociation(child);
        } else if (!DESCRIPTIVE.contains(name)) {
            check(child);
        }
    }

    /** A process that is not executable is a drawing of somebody else's. */
    private static boolean isDrawingOnly(XmlElement element) {
        return element.name().equals("process") && !"true".equals(element.attribute("isExecutable"));
    }

    private static String refusal(XmlElement element, String name) {
        var known = REFUSALS.get(name);
        return known != null ? known : "<" + name + "> is not executed in <" + element.name() + ">";
    }

    /** An association that only draws where data comes from is fine; one that computes is not executed. */
    private void checkAssociation(XmlElement association) {
        if (association.child(Names.BPMN, "assignment") != null
                || association.child(Names.BPMN, "transformation") != null) {
            problems.add(
                    association, "data associations that compute are not executed: use baton:input or baton:output");
        }
    }

    private void checkAttributes(XmlElement element) {
        var allowed = ATTRIBUTES.getOrDefault(element.name(), List.of());
        for (var attribute : element.attributes()) {
            if (attribute.namespace().equals(Names.BATON)) {
                problems.add(
                        element,
                        "there is no attribute baton:" + Problems.clipped(attribute.name())
                                + ": Baton's extensions are elements within <extensionElements>");
            } else if (attribute.namespace().isEmpty()
                    && !attribute.name().equals("id")
                    && !attribute.name().equals("name")
                    && !allowed.contains(attribute.name())) {
                problems.add(
                        element,
                        "<" + element.name() + "> has no attribute '" + Problems.clipped(attribute.name()) + "'");
            }
        }
        element.attributes().stream()
                .filter(each -> each.namespace().isEmpty())
                .forEach(each -> checkValue(element, each.name(), each.value()));
    }

    private void checkValue(XmlElement element, String name, String value) {
        var reason = switch (name) {
            case "isForCompensation" -> "true".equals(value) ? "compensation is not executed yet" : null;
            case "startQuantity", "completionQuantity" ->
                "1".equals(value) ? null : name + " other than 1 is not executed";
            case "parallelMultiple" -> "true".equals(value) ? "parallel multiple events are not executed" : null;
            case "instantiate" -> "true".equals(value) ? "it cannot start a process: use a message start event" : null;
            case "eventGatewayType" ->
                "Exclusive".equals(value) ? null : "only exclusive event-based gateways are executed";
            case "behavior" -> "All".equals(value) ? null : "events thrown by the instances of a loop are not executed";
            case "language", "scriptFormat" ->
                isFeel(value) ? null : "only FEEL is executed, not '" + Problems.clipped(value) + "'";
            case "isExecutable",
                    "isInterrupting",
                    "cancelActivity",
                    "isSequential",
                    "triggeredByEvent",
                    "isClosed",
                    "isImmediate" ->
                value.equals("true") || value.equals("false") ? null : name + " is either true or false";
            default -> null;
        };
        if (reason != null) {
            problems.add(element, reason);
        }
    }

    private static boolean isFeel(String language) {
        return language.isEmpty()
                || language.equalsIgnoreCase("feel")
                || language.equalsIgnoreCase("application/feel")
                || (language.contains("omg.org/spec/DMN/")
                        && language.toLowerCase(java.util.Locale.ROOT).contains("feel"));
    }

    private static Map<String, List<String>> children() {
        var children = new LinkedHashMap<String, List<String>>();
        children.put(
                "definitions",
                List.of(
                        "documentation",
                        "extensionElements",
                        "process",
                        "collaboration",
                        "message",
                        "error",
                        "signal",
                        "escalation",
                        "itemDefinition",
                        "dataStore",
                        "interface",
                        "endPoint",
                        "resource",
                        "category",
                        "correlationProperty",
                        "partnerEntity",
                        "partnerRole",
                        "relationship",
                        "extension"));
        children.put("extension", List.of("documentation"));
        children.put(
                "collaboration",
                List.of(
                        "documentation",
                        "extensionElements",
                        "participant",
                        "messageFlow",
                        "textAnnotation",
                        "association",
                        "group",
                        "conversation",
                        "conversationLink",
                        "choreography"));
        children.put(
                "participant",
                List.of(
                        "documentation",
                        "extensionElements",
                        "participantMultiplicity",
                        "interfaceRef",
                        "endPointRef"));
        children.put("message", List.of("documentation", "extensionElements"));
        children.put("error", List.of("documentation", "extensionElements"));
        children.put(
                "process",
                joined(
                        FLOW_ELEMENTS,
                        "documentation",
                        "extensionElements",
                        "auditing",
                        "monitoring",
                        "property",
                        "supports"));
        children.put("subProcess", joined(joined(ACTIVITY, FLOW_ELEMENTS.toArray(new String[0]))));
        children.put("laneSet", List.of("documentation", "extensionElements", "lane"));
        children.put("lane", List.of("documentation", "extensionElements", "flowNodeRef", "childLaneSet"));
        children.put("childLaneSet", List.of("documentation", "extensionElements", "lane"));
        children.put(
                "sequenceFlow",
                List.of(
                        "documentation",
                        "extensionElements",
                        "auditing",
                        "monitoring",
                        "categoryValueRef",
                        "conditionExpression"));
        children.put("startEvent", joined(CATCH, "errorEventDefinition"));
        children.put("boundaryEvent", joined(CATCH, "errorEventDefinition"));
        children.put("intermediateCatchEvent", CATCH);
        children.put("intermediateThrowEvent", THROW);
        children.put("endEvent", joined(THROW, "errorEventDefinition", "terminateEventDefinition"));
        for (var gateway : List.of("exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway")) {
            children.put(gateway, FLOW_NODE);
        }
        for (var task : List.of(
                "userTask",
                "manualTask",
                "serviceTask",
                "sendTask",
                "businessRuleTask",
                "receiveTask",
                "callActivity")) {
            children.put(task, ACTIVITY);
        }
        children.put("scriptTask", joined(ACTIVITY, "script"));
        children.put(
                "multiInstanceLoopCharacteristics",
                List.of("documentation", "extensionElements", "loopCardinality", "completionCondition"));
        children.put("messageEventDefinition", List.of("documentation", "extensionElements", "operationRef"));
        children.put("errorEventDefinition", List.of("documentation", "extensionElements"));
        children.put("terminateEventDefinition", List.of("documentation", "extensionElements"));
        children.put(
                "timerEventDefinition",
                List.of("documentation", "extensionElements", "timeDate", "timeDuration", "timeCycle"));
        return children;
    }

    private static Map<String, List<String>> attributes() {
        var attributes = new LinkedHashMap<String, List<String>>();
        attributes.put(
                "definitions",
                List.of("targetNamespace", "expressionLanguage", "typeLanguage", "exporter", "exporterVersion"));
        attributes.put("extension", List.of("definition", "mustUnderstand"));
        attributes.put("collaboration", List.of("isClosed"));
        attributes.put("participant", List.of("processRef", "partnerEntityRef", "partnerRoleRef"));
        attributes.put("message", List.of("itemRef"));
        attributes.put("error", List.of("errorCode", "structureRef"));
        attributes.put("process", List.of("isExecutable", "isClosed", "processType", "definitionalCollaborationRef"));
        attributes.put("lane", List.of("partitionElementRef"));
        attributes.put("sequenceFlow", List.of("sourceRef", "targetRef", "isImmediate"));
        attributes.put("conditionExpression", List.of("language", "evaluatesToTypeRef"));
        for (var expression :
                List.of("timeDate", "timeDuration", "timeCycle", "loopCardinality", "completionCondition")) {
            attributes.put(expression, List.of("language", "evaluatesToTypeRef"));
        }
        attributes.put("startEvent", List.of("isInterrupting", "parallelMultiple"));
        attributes.put("boundaryEvent", List.of("attachedToRef", "cancelActivity", "parallelMultiple"));
        attributes.put("intermediateCatchEvent", List.of("parallelMultiple"));
        attributes.put("exclusiveGateway", List.of("gatewayDirection", "default"));
        attributes.put("inclusiveGateway", List.of("gatewayDirection", "default"));
        attributes.put("parallelGateway", List.of("gatewayDirection"));
        attributes.put("eventBasedGateway", List.of("gatewayDirection", "instantiate", "eventGatewayType"));
        var activity = List.of("isForCompensation", "startQuantity", "completionQuantity", "default");
        attributes.put("userTask", joined(activity, "implementation"));
        attributes.put("manualTask", activity);
        attributes.put("serviceTask", joined(activity, "implementation", "operationRef"));
        attributes.put("sendTask", joined(activity, "implementation", "operationRef", "messageRef"));
        attributes.put("receiveTask", joined(activity, "implementation", "operationRef", "messageRef", "instantiate"));
        attributes.put("businessRuleTask", joined(activity, "implementation"));
        attributes.put("scriptTask", joined(activity, "scriptFormat"));
        attributes.put("subProcess", joined(activity, "triggeredByEvent"));
        attributes.put("callActivity", joined(activity, "calledElement"));
        attributes.put("multiInstanceLoopCharacteristics", List.of("isSequential", "behavior"));
        attributes.put("messageEventDefinition", List.of("messageRef", "operationRef"));
        attributes.put("errorEventDefinition", List.of("errorRef"));
        return attributes;
    }

    private static Map<String, String> refusals() {
        var refusals = new LinkedHashMap<String, String>();
        refusals.put("task", "a task without a kind is not executed: make it a user, manual, service, … task");
        refusals.put("transaction", "transactions are not executed yet");
        refusals.put("adHocSubProcess", "ad hoc sub-processes are not executed yet");
        refusals.put("complexGateway", "complex gateways are not executed yet");
        refusals.put("standardLoopCharacteristics", "standard loops are not executed: draw the loop with a gateway");
        refusals.put("signalEventDefinition", "signals are not executed yet");
        refusals.put("escalationEventDefinition", "escalations are not executed yet");
        refusals.put("conditionalEventDefinition", "conditional events are not executed yet");
        refusals.put("linkEventDefinition", "links are not executed yet: draw the sequence flow");
        refusals.put("compensateEventDefinition", "compensation is not executed yet");
        refusals.put("cancelEventDefinition", "cancel events are not executed yet");
        refusals.put(
                "eventDefinitionRef", "shared event definitions are not executed: put the definition into the event");
        refusals.put(
                "errorEventDefinition",
                "an error event is executed as an end event, on the boundary of an activity,"
                        + " or as the start of an event sub-process");
        refusals.put("terminateEventDefinition", "terminate is executed in an end event only");
        refusals.put("timerEventDefinition", "a timer cannot be thrown: use an intermediate catch event");
        for (var role : List.of("potentialOwner", "humanPerformer", "performer", "resourceRole")) {
            refusals.put(role, "<" + role + "> is not executed: say who does it with a lane or baton:task");
        }
        refusals.put("implicitThrowEvent", "implicit events are not executed yet");
        refusals.put("callChoreography", "choreographies are not executed");
        refusals.put("choreographyTask", "choreographies are not executed");
        refusals.put("subChoreography", "choreographies are not executed");
        refusals.put("subConversation", "conversations are not executed");
        refusals.put("import", "imports are not read: put what is needed into the same file");
        refusals.put("loopDataInputRef", "say what is looped over with baton:each");
        refusals.put("loopDataOutputRef", "say what is collected with baton:each");
        refusals.put("inputDataItem", "say what is looped over with baton:each");
        refusals.put("outputDataItem", "say what is collected with baton:each");
        refusals.put("complexBehaviorDefinition", "events thrown by the instances of a loop are not executed");
        refusals.put("correlationSubscription", "say how a message finds its case with baton:correlation");
        refusals.put("globalUserTask", "global tasks are not executed yet");
        refusals.put("globalManualTask", "global tasks are not executed yet");
        refusals.put("globalScriptTask", "global tasks are not executed yet");
        refusals.put("globalBusinessRuleTask", "global tasks are not executed yet");
        refusals.put("globalTask", "global tasks are not executed yet");
        return refusals;
    }

    private static List<String> joined(List<String> names, String... more) {
        return java.util.stream.Stream.concat(names.stream(), java.util.Arrays.stream(more))
                .toList();
    }
}
