package io.baton.server.processes;

import io.baton.engine.expression.*;
import io.baton.engine.model.*;
import io.baton.engine.model.FlowNode.*;
import io.baton.engine.xml.*;
import java.util.*;
import org.jspecify.annotations.Nullable;

/** Stand-in until the real reader lands. */
@SuppressWarnings("all")
final class QuickReader {
    static final String B = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    static final String T = "urn:baton:bpmn:1";
    private final XmlElement definitions;
    private final SequencedMap<String, Decision> decisions;
    private final List<FlowNode> nodes = new ArrayList<>();
    private final List<SequenceFlow> flows = new ArrayList<>();
    private final Map<String, Integer> ids = new LinkedHashMap<>();
    private final Map<String, Integer> flowIds = new LinkedHashMap<>();
    private final Map<String, String> lanes = new HashMap<>();
    private final List<XmlElement> order = new ArrayList<>();
    private final List<Integer> scopes = new ArrayList<>();
    private final List<XmlElement> flowOrder = new ArrayList<>();

    QuickReader(XmlElement d, SequencedMap<String, Decision> decisions) {
        this.definitions = d;
        this.decisions = decisions;
    }

    static List<ProcessModel> read(byte[] bpmn, SequencedMap<String, Decision> decisions) {
        var root = ((Xml.Parsed.Document) Xml.parse(bpmn)).root();
        var out = new ArrayList<ProcessModel>();
        for (var p : root.children(B, "process")) out.add(new QuickReader(root, decisions).process(p));
        return out;
    }

    private static @Nullable String a(@Nullable XmlElement e, String n) {
        if (e == null) return null;
        for (var x : e.attributes()) if (x.name().equals(n) && x.namespace().isEmpty()) return x.value();
        return null;
    }

    private static @Nullable XmlElement ext(XmlElement e, String n) {
        for (var x : e.children(B, "extensionElements")) for (var y : x.children(T, n)) return y;
        return null;
    }

    private static List<XmlElement> exts(XmlElement e, String n) {
        var o = new ArrayList<XmlElement>();
        for (var x : e.children(B, "extensionElements")) o.addAll(x.children(T, n));
        return o;
    }

    private static @Nullable XmlElement c(XmlElement e, String n) {
        var l = e.children(B, n);
        return l.isEmpty() ? null : l.getFirst();
    }

    private static String strip(String s) {
        s = s.strip();
        return s.startsWith("=") ? s.substring(1).strip() : s;
    }

    private static Expression feel(String s) {
        return Feel.expression(strip(s));
    }

    private static @Nullable Text text(@Nullable String s) {
        return s == null ? null : s.strip().startsWith("=") ? new Text.Computed(feel(s)) : new Text.Literal(s.strip());
    }

    private static String slug(String s) {
        return s.toLowerCase().replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    private ProcessModel process(XmlElement p) {
        lanes(p);
        collect(p, -1);
        for (int i = 0; i < flowOrder.size(); i++) {
            var f = flowOrder.get(i);
            flowIds.put(a(f, "id"), i);
            var cond = c(f, "conditionExpression");
            flows.add(new SequenceFlow(
                    i,
                    a(f, "id"),
                    a(f, "name"),
                    ids.get(a(f, "sourceRef")),
                    ids.get(a(f, "targetRef")),
                    cond == null ? null : feel(cond.text())));
        }
        for (int i = 0; i < order.size(); i++) nodes.add(node(order.get(i), i, scopes.get(i)));
        var cs = ext(p, "case");
        return new ProcessModel(
                a(p, "id"),
                a(p, "name"),
                cs == null || a(cs, "prefix") == null ? "CASE" : a(cs, "prefix"),
                text(a(cs, "title")),
                text(a(cs, "owner")),
                nodes,
                flows,
                decisions);
    }

    private void lanes(XmlElement p) {
        for (var set : p.children(B, "laneSet"))
            for (var lane : set.children(B, "lane")) {
                var party = ext(lane, "party");
                var key = party != null
                        ? a(party, "key")
                        : slug(a(lane, "name") == null ? a(lane, "id") : a(lane, "name"));
                for (var r : lane.children(B, "flowNodeRef")) lanes.put(r.text().strip(), key);
                for (var ch : lane.children(B, "childLaneSet"))
                    for (var l2 : ch.children(B, "lane"))
                        for (var r : l2.children(B, "flowNodeRef"))
                            lanes.put(r.text().strip(), slug(a(l2, "name")));
            }
    }

    private static final Set<String> KINDS = Set.of(
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
            "task",
            "serviceTask",
            "sendTask",
            "receiveTask",
            "scriptTask",
            "businessRuleTask",
            "subProcess",
            "callActivity");

    private void collect(XmlElement e, int scope) {
        for (var ch : e.children()) {
            if (!ch.namespace().equals(B)) continue;
            if (ch.name().equals("sequenceFlow")) flowOrder.add(ch);
            else if (KINDS.contains(ch.name())) {
                int i = order.size();
                order.add(ch);
                scopes.add(scope);
                ids.put(a(ch, "id"), i);
                if (ch.name().equals("subProcess")) {
                    var party = lanes.get(a(ch, "id"));
                    if (party != null)
                        for (var x : ch.children()) {
                            if (a(x, "id") != null) lanes.putIfAbsent(a(x, "id"), party);
                        }
                    collect(ch, i);
                }
            }
        }
    }

    private XmlElement ref(String kind, String id) {
        for (var x : definitions.children(B, kind)) if (id.equals(a(x, "id"))) return x;
        throw new IllegalArgumentException(kind + " " + id);
    }

    private Trigger.Message message(String ref) {
        var m = ref("message", ref);
        var k = ext(m, "correlation");
        return new Trigger.Message(a(m, "name"), k == null ? null : feel(a(k, "key")));
    }

    private Trigger trigger(XmlElement e) {
        var t = c(e, "timerEventDefinition");
        if (t != null)
            for (var k : t.children()) {
                var kind = switch (k.name()) {
                    case "timeDate" -> Trigger.Timer.Kind.DATE;
                    case "timeDuration" -> Trigger.Timer.Kind.DURATION;
                    case "timeCycle" -> Trigger.Timer.Kind.CYCLE;
                    default -> null;
                };
                if (kind != null) return new Trigger.Timer(kind, text(k.text()));
            }
        var m = c(e, "messageEventDefinition");
        if (m != null) return message(a(m, "messageRef"));
        var er = c(e, "errorEventDefinition");
        if (er != null)
            return new Trigger.Error(
                    a(er, "errorRef") == null ? null : a(ref("error", a(er, "errorRef")), "errorCode"));
        return new Trigger.None();
    }

    private Job job(XmlElement e) {
        var j = ext(e, "job");
        return new Job(text(a(j, "type")), a(j, "retries") == null ? 3 : Integer.parseInt(a(j, "retries")));
    }

    private Activity activity(XmlElement e) {
        var in = new ArrayList<Activity.Mapping>();
        for (var x : exts(e, "input")) in.add(new Activity.Mapping(a(x, "name"), feel(a(x, "value"))));
        var out = new ArrayList<Activity.Mapping>();
        for (var x : exts(e, "output")) out.add(new Activity.Mapping(a(x, "name"), feel(a(x, "value"))));
        Activity.Loop loop = null;
        var mi = c(e, "multiInstanceLoopCharacteristics");
        if (mi != null) {
            var each = ext(mi, "each");
            var card = c(mi, "loopCardinality");
            var cc = c(mi, "completionCondition");
            loop = new Activity.Loop(
                    "true".equals(a(mi, "isSequential")),
                    card == null ? null : feel(card.text()),
                    each == null || a(each, "in") == null ? null : feel(a(each, "in")),
                    a(each, "as"),
                    each == null || a(each, "collect") == null ? null : feel(a(each, "collect")),
                    a(each, "into"),
                    cc == null ? null : feel(cc.text()));
        }
        return new Activity(in, out, loop);
    }

    private FlowNode node(XmlElement e, int i, int scope) {
        var id = a(e, "id");
        var el = new Element(i, id, a(e, "name"), e.place(), scope, lanes.get(id));
        int def = a(e, "default") == null ? -1 : flowIds.get(a(e, "default"));
        return switch (e.name()) {
            case "startEvent" -> new StartEvent(el, trigger(e), !"false".equals(a(e, "isInterrupting")));
            case "endEvent" ->
                new EndEvent(
                        el,
                        c(e, "terminateEventDefinition") != null
                                ? new EndEvent.End.Terminate()
                                : c(e, "errorEventDefinition") != null
                                        ? new EndEvent.End.Error(a(
                                                ref("error", a(c(e, "errorEventDefinition"), "errorRef")), "errorCode"))
                                        : c(e, "messageEventDefinition") != null
                                                ? new EndEvent.End.Message(job(e))
                                                : new EndEvent.End.None());
            case "intermediateCatchEvent" -> new IntermediateCatchEvent(el, trigger(e));
            case "intermediateThrowEvent" ->
                new IntermediateThrowEvent(el, c(e, "messageEventDefinition") == null ? null : job(e));
            case "boundaryEvent" ->
                new BoundaryEvent(
                        el, ids.get(a(e, "attachedToRef")), trigger(e), !"false".equals(a(e, "cancelActivity")));
            case "exclusiveGateway" -> new ExclusiveGateway(el, def);
            case "parallelGateway" -> new ParallelGateway(el);
            case "inclusiveGateway" -> new InclusiveGateway(el, def);
            case "eventBasedGateway" -> new EventBasedGateway(el);
            case "userTask", "manualTask", "task" -> {
                var t = ext(e, "task");
                yield new UserTask(
                        el,
                        activity(e),
                        e.name().equals("manualTask"),
                        new Assignment(a(t, "form"), text(a(t, "team")), text(a(t, "holder")), text(a(t, "due"))));
            }
            case "serviceTask", "sendTask" -> new JobTask(el, activity(e), job(e));
            case "businessRuleTask" ->
                ext(e, "decision") == null
                        ? new JobTask(el, activity(e), job(e))
                        : new DecisionTask(
                                el, activity(e), a(ext(e, "decision"), "ref"), a(ext(e, "decision"), "result"));
            case "scriptTask" ->
                new ScriptTask(el, activity(e), feel(c(e, "script").text()), a(ext(e, "result"), "variable"));
            case "receiveTask" -> new ReceiveTask(el, activity(e), message(a(e, "messageRef")));
            case "subProcess" -> new SubProcess(el, activity(e), "true".equals(a(e, "triggeredByEvent")));
            case "callActivity" -> new CallActivity(el, activity(e), text(a(e, "calledElement")));
            default -> throw new IllegalArgumentException(e.name());
        };
    }
}
