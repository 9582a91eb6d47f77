package io.baton.engine.bpmn;

import io.baton.engine.model.Activity.Mapping;
import io.baton.engine.model.FlowNode;
import io.baton.engine.model.FlowNode.BoundaryEvent;
import io.baton.engine.model.FlowNode.Element;
import io.baton.engine.model.FlowNode.EndEvent;
import io.baton.engine.model.FlowNode.EndEvent.End;
import io.baton.engine.model.FlowNode.IntermediateCatchEvent;
import io.baton.engine.model.FlowNode.IntermediateThrowEvent;
import io.baton.engine.model.FlowNode.StartEvent;
import io.baton.engine.model.Trigger;
import io.baton.engine.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads events (BPMN 2.0 §10.5). Null where one was refused. */
final class EventReader {

    private final Definitions definitions;
    private final Draft draft;
    private final Formulas formulas;
    private final Problems problems;
    private final Jobs jobs;

    EventReader(Definitions definitions, Draft draft, Formulas formulas, Problems problems) {
        this.definitions = definitions;
        this.draft = draft;
        this.formulas = formulas;
        this.problems = problems;
        this.jobs = new Jobs(formulas, problems);
    }

    @Nullable
    FlowNode start(Element element, Draft.Node node) {
        var ofProcess = node.scope() == Element.PROCESS;
        var ofEventSubProcess = !ofProcess && draft.node(node.scope()).isEventSubProcess();
        var interrupting = !"false".equals(node.xml().attribute("isInterrupting"));
        if (!interrupting && !ofEventSubProcess) {
            problems.add(node.xml(), "isInterrupting has a meaning in an event sub-process only");
        }
        var definition = definition(node);
        var outputs = outputs(node, definition);
        if (definition == null) {
            if (ofEventSubProcess && hasNoDefinition(node)) {
                problems.add(node.xml(), "the start of an event sub-process needs a message, a timer or an error");
            }
            return new StartEvent(element, new Trigger.None(), interrupting);
        }
        if (!ofProcess && !ofEventSubProcess) {
            problems.add(node.xml(), "a sub-process begins when it is reached: its start event cannot wait");
            return null;
        }
        if (definition.name().equals("errorEventDefinition")) {
            if (ofProcess) {
                problems.add(node.xml(), "an error starts an event sub-process only, not a process");
            }
            if (!interrupting) {
                problems.add(node.xml(), "an error always interrupts: isInterrupting=\"false\" is not possible");
            }
        }
        var trigger = trigger(definition, outputs, ofProcess, !interrupting || ofProcess);
        return trigger == null ? null : new StartEvent(element, trigger, interrupting);
    }

    @Nullable
    FlowNode intermediateCatch(Element element, Draft.Node node) {
        var definition = definition(node);
        var outputs = outputs(node, definition);
        if (definition == null) {
            if (hasNoDefinition(node)) {
                problems.add(node.xml(), "an intermediate catch event needs a message or a timer");
            }
            return null;
        }
        var trigger = trigger(definition, outputs, false, false);
        return trigger == null ? null : new IntermediateCatchEvent(element, trigger);
    }

    @Nullable
    FlowNode boundary(Element element, Draft.Node node) {
        var attachedTo = attachedTo(node);
        var interrupting = !"false".equals(node.xml().attribute("cancelActivity"));
        var definition = definition(node);
        var outputs = outputs(node, definition);
        if (definition == null) {
            if (hasNoDefinition(node)) {
                problems.add(node.xml(), "a boundary event needs a message, a timer or an error");
            }
            return null;
        }
        if (definition.name().equals("errorEventDefinition") && !interrupting) {
            problems.add(node.xml(), "an error always interrupts: cancelActivity=\"false\" is not possible");
        }
        var trigger = trigger(definition, outputs, false, !interrupting);
        return trigger == null || attachedTo == null
                ? null
                : new BoundaryEvent(element, attachedTo.index(), trigger, interrupting);
    }

    private Draft.@Nullable Node attachedTo(Draft.Node node) {
        var reference = node.xml().attribute("attachedToRef");
        if (reference == null) {
            problems.add(node.xml(), "a boundary event needs attachedToRef");
            return null;
        }
        var activity = draft.node(Names.withoutPrefix(reference));
        if (activity == null) {
            problems.add(node.xml(), "attachedToRef: there is no '" + Problems.clipped(reference) + "' in the process");
        } else if (!activity.isActivity()) {
            problems.add(node.xml(), "a boundary event lies on an activity, which '" + activity.id() + "' is not");
        } else if (activity.scope() != node.scope()) {
            problems.add(node.xml(), "a boundary event lies in the same scope as its activity '" + activity.id() + "'");
        } else if (activity.isEventSubProcess()) {
            problems.add(node.xml(), "an event sub-process has no boundary events");
        }
        return activity;
    }

    @Nullable
    FlowNode intermediateThrow(Element element, Draft.Node node) {
        var definition = definition(node);
        if (definition == null) {
            none(node);
            return new IntermediateThrowEvent(element, null, List.of());
        }
        var extensions = Extensions.of(node.xml(), problems, List.of("job", "input"));
        var job = jobs.required(node.xml(), extensions);
        var inputs = formulas.mappings(extensions.all("input"));
        checkMessage(definition);
        return job == null ? null : new IntermediateThrowEvent(element, job, inputs);
    }

    @Nullable
    FlowNode end(Element element, Draft.Node node) {
        var definition = definition(node);
        if (definition == null) {
            none(node);
            return new EndEvent(element, new End.None());
        }
        if (definition.name().equals("messageEventDefinition")) {
            checkMessage(definition);
            var extensions = Extensions.of(node.xml(), problems, List.of("job", "input"));
            var job = jobs.required(node.xml(), extensions);
            var inputs = formulas.mappings(extensions.all("input"));
            return job == null ? null : new EndEvent(element, new End.Message(job, inputs));
        }
        none(node);
        Extensions.of(definition, problems, List.of());
        if (definition.name().equals("terminateEventDefinition")) {
            return new EndEvent(element, new End.Terminate());
        }
        var code = definitions.errorCode(definition);
        return code == null ? null : new EndEvent(element, new End.Error(code));
    }

    /** A message that is thrown need not be named: its job says what is done. If it is, it must exist. */
    private void checkMessage(XmlElement definition) {
        Extensions.of(definition, problems, List.of());
        if (definition.attribute("messageRef") != null) {
            definitions.message(definition);
        }
    }

    /** Only a message brings variables that an event could map. */
    private List<Mapping> outputs(Draft.Node node, @Nullable XmlElement definition) {
        var wait = node.is("intermediateCatchEvent") ? List.of("wait") : List.<String>of();
        if (definition != null && definition.name().equals("messageEventDefinition")) {
            var allowed = new ArrayList<>(List.of("output"));
            allowed.addAll(wait);
            return formulas.mappings(
                    Extensions.of(node.xml(), problems, allowed).all("output"));
        }
        Extensions.of(node.xml(), problems, wait);
        return List.of();
    }

    /** An event that Baton extends by nothing. */
    private void none(Draft.Node node) {
        Extensions.of(node.xml(), problems, List.of());
    }

    private static List<XmlElement> definitionsOf(Draft.Node node) {
        return node.xml().children().stream()
                .filter(child -> child.namespace().equals(Names.BPMN)
                        && (child.name().endsWith("EventDefinition")
                                || child.name().equals("eventDefinitionRef")))
                .toList();
    }

    private static boolean hasNoDefinition(Draft.Node node) {
        return definitionsOf(node).isEmpty();
    }

    /** Null if there is none, or none that is executed; the vocabulary has reported the others. */
    private @Nullable XmlElement definition(Draft.Node node) {
        var all = definitionsOf(node);
        if (all.size() > 1) {
            problems.add(node.xml(), "multiple event definitions in one event are not executed");
        }
        return all.stream()
                .filter(each -> List.of(
                                "messageEventDefinition",
                                "timerEventDefinition",
                                "errorEventDefinition",
                                "terminateEventDefinition")
                        .contains(each.name()))
                .findFirst()
                .orElse(null);
    }

    /** {@code startsCase}: needs no correlation. {@code mayRepeat}: a timer may fire more than once. */
    private @Nullable Trigger trigger(
            XmlElement definition, List<Mapping> outputs, boolean startsCase, boolean mayRepeat) {
        Extensions.of(definition, problems, List.of());
        return switch (definition.name()) {
            case "messageEventDefinition" ->
                Messages.trigger(definition, startsCase, outputs, definitions, formulas, problems);
            case "timerEventDefinition" -> timer(definition, mayRepeat);
            case "errorEventDefinition" -> error(definition);
            default -> null;
        };
    }

    private @Nullable Trigger error(XmlElement definition) {
        if (definition.attribute("errorRef") == null) {
            return new Trigger.Error(null);
        }
        var code = definitions.errorCode(definition);
        return code == null ? null : new Trigger.Error(code);
    }

    private @Nullable Trigger timer(XmlElement definition, boolean mayRepeat) {
        var times = definition.children().stream()
                .filter(child ->
                        List.of("timeDate", "timeDuration", "timeCycle").contains(child.name()))
                .toList();
        if (times.size() != 1) {
            problems.add(definition, "a timer needs exactly one of timeDate, timeDuration and timeCycle");
            return null;
        }
        var time = times.getFirst();
        if (time.text().isEmpty()) {
            problems.add(time, "<" + time.name() + "> is empty");
            return null;
        }
        if (time.name().equals("timeCycle") && !mayRepeat) {
            problems.add(
                    time,
                    "this timer fires once: timeCycle repeats only at the start of a process or where nothing"
                            + " is interrupted");
        }
        var value = switch (time.name()) {
            case "timeDate" -> formulas.text(time, time.text(), Iso8601::complaintAboutDate);
            case "timeDuration" -> formulas.text(time, time.text(), Iso8601::complaintAboutDuration);
            default -> formulas.text(time, time.text(), Iso8601::complaintAboutCycle);
        };
        var kind = switch (time.name()) {
            case "timeDate" -> Trigger.Timer.Kind.DATE;
            case "timeDuration" -> Trigger.Timer.Kind.DURATION;
            default -> Trigger.Timer.Kind.CYCLE;
        };
        return value == null ? null : new Trigger.Timer(kind, value);
    }
}
