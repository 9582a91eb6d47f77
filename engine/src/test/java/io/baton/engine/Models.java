package io.baton.engine;

import io.baton.engine.expression.Decision;
import io.baton.engine.expression.Expression;
import io.baton.engine.model.Activity;
import io.baton.engine.model.Activity.Mapping;
import io.baton.engine.model.Due;
import io.baton.engine.model.FlowNode;
import io.baton.engine.model.FlowNode.Assignment;
import io.baton.engine.model.FlowNode.Assignment.Rule;
import io.baton.engine.model.FlowNode.Element;
import io.baton.engine.model.FlowNode.EndEvent.End;
import io.baton.engine.model.Outside;
import io.baton.engine.model.ProcessModel;
import io.baton.engine.model.SequenceFlow;
import io.baton.engine.model.Text;
import io.baton.engine.model.Trigger;
import io.baton.engine.xml.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Processes written as lines of text. {@code a -> b -> c if x = 1} and {@code a -> b default} are flows; {@code review:
 * user team=ap out.total={a + b}} says what a node is. Nodes inside a sub-process stand indented below it. A node that is
 * only named is a start or an end if it is called so ({@code start2}, {@code end}), else a user task. A line {@code
 * process KEY} begins the next process; the first is version 1, the second 2 and so on.
 */
final class Models implements Processes {

    private static final Pattern ATTRIBUTE = Pattern.compile("([\\w.]+)(?:=(?:\\{([^}]*)}|(\\S+)))?");

    private final List<ProcessModel> models = new ArrayList<>();

    static Models of(String text) {
        var models = new Models();
        var lines = new ArrayList<String>();
        for (var line : text.lines().filter(line -> !line.isBlank()).toList()) {
            if (line.startsWith("process ") && !lines.isEmpty()) {
                models.models.add(new Draft(lines).model());
                lines.clear();
            }
            lines.add(line);
        }
        models.models.add(new Draft(lines).model());
        return models;
    }

    List<ProcessModel> all() {
        return models;
    }

    @Override
    public @Nullable ProcessModel model(int process) {
        return process >= 1 && process <= models.size() ? models.get(process - 1) : null;
    }

    @Override
    public int newest(String key) {
        for (int i = models.size(); i > 0; i--) {
            if (models.get(i - 1).key().equals(key)) {
                return i;
            }
        }
        return -1;
    }

    /** What is known of a node while the lines are read; indexes are given when all are. */
    private record Sketch(String id, @Nullable String scope, int indent, Attributes is) {}

    private record Attributes(SequencedMap<String, String> values) {

        static Attributes of(String text) {
            var values = new LinkedHashMap<String, String>();
            var matcher = ATTRIBUTE.matcher(text);
            while (matcher.find()) {
                var value = matcher.group(2) != null ? "= " + matcher.group(2) : matcher.group(3);
                values.put(matcher.group(1), value == null ? "" : value);
            }
            return new Attributes(values);
        }

        String kind() {
            return values.firstEntry().getKey();
        }

        boolean has(String name) {
            return values.containsKey(name);
        }

        String literal(String name) {
            var value = values.get(name);
            if (value == null) {
                throw new IllegalArgumentException(name + " is missing in " + values);
            }
            return value;
        }

        @Nullable
        String optional(String name) {
            return values.get(name);
        }

        Text text(String name) {
            var value = literal(name);
            return value.startsWith("= ")
                    ? new Text.Computed(new Formula(value.substring(2)))
                    : new Text.Literal(value);
        }

        @Nullable
        Text optionalText(String name) {
            return has(name) ? text(name) : null;
        }

        Expression expression(String name) {
            var value = literal(name);
            return new Formula(value.startsWith("= ") ? value.substring(2) : value);
        }

        @Nullable
        Expression optionalExpression(String name) {
            return has(name) ? expression(name) : null;
        }

        Trigger trigger() {
            if (has("timer")) {
                return new Trigger.Timer(Trigger.Timer.Kind.DURATION, text("timer"));
            } else if (has("date")) {
                return new Trigger.Timer(Trigger.Timer.Kind.DATE, text("date"));
            } else if (has("cycle")) {
                return new Trigger.Timer(Trigger.Timer.Kind.CYCLE, text("cycle"));
            } else if (has("message")) {
                return new Trigger.Message(
                        literal("message"),
                        optionalExpression("key"),
                        values.firstEntry().getKey().equals("receive") ? List.of() : mappings("out."));
            } else if (has("error")) {
                return new Trigger.Error(literal("error").isEmpty() ? null : literal("error"));
            }
            return new Trigger.None();
        }

        Trigger.Message message() {
            return (Trigger.Message) trigger();
        }

        FlowNode.Job job() {
            return new FlowNode.Job(text("type"), has("retries") ? Integer.parseInt(literal("retries")) : 3);
        }

        Activity activity(int defaultFlow) {
            return new Activity(mappings("in."), mappings("out."), loop(), defaultFlow);
        }

        private List<Mapping> mappings(String prefix) {
            return values.keySet().stream()
                    .filter(name -> name.startsWith(prefix))
                    .map(name -> new Mapping(name.substring(prefix.length()), expression(name)))
                    .toList();
        }

        private Activity.@Nullable Loop loop() {
            if (!has("each") && !has("times")) {
                return null;
            }
            return new Activity.Loop(
                    has("sequential"),
                    optionalExpression("times"),
                    optionalExpression("each"),
                    optional("as"),
                    optionalExpression("collect"),
                    optional("into"),
                    optionalExpression("until"),
                    has("approval")
                            ? new Activity.Approval(
                                    Activity.Approval.Rule.valueOf(literal("approval")), literal("result"))
                            : null);
        }
    }

    private record Arrow(
            String source, String target, @Nullable String condition, boolean isDefault) {}

    private static final class Draft {
        private String key = "p";
        private Attributes header = Attributes.of("process");
        private final SequencedMap<String, Sketch> sketches = new LinkedHashMap<>();
        private final List<Arrow> arrows = new ArrayList<>();
        private final List<Sketch> scopes = new ArrayList<>();

        Draft(List<String> lines) {
            lines.forEach(this::read);
        }

        private void read(String line) {
            var text = line.strip();
            int indent = line.indexOf(text);
            while (!scopes.isEmpty() && indent <= scopes.getLast().indent()) {
                scopes.removeLast();
            }
            if (text.startsWith("process ")) {
                key = text.split(" ")[1];
                header = Attributes.of(text.substring("process ".length()));
            } else if (text.contains(" -> ")) {
                flows(text, indent);
            } else {
                var parts = text.split(": ", 2);
                var sketch = sketch(parts[0], indent, Attributes.of(parts[1]));
                sketches.put(parts[0], sketch);
                if (sketch.is().kind().equals("sub") || sketch.is().kind().equals("eventsub")) {
                    scopes.add(sketch);
                }
            }
        }

        private void flows(String text, int indent) {
            var isDefault = text.endsWith(" default");
            var parts = (isDefault ? text.substring(0, text.length() - " default".length()) : text).split(" if ", 2);
            var ids = parts[0].split(" -> ");
            for (var id : ids) {
                var kind = id.startsWith("start") ? "start" : id.startsWith("end") ? "end" : "user";
                sketches.putIfAbsent(id, sketch(id, indent, Attributes.of(kind)));
            }
            for (int i = 1; i < ids.length; i++) {
                var last = i == ids.length - 1;
                arrows.add(
                        new Arrow(ids[i - 1], ids[i], last && parts.length == 2 ? parts[1] : null, last && isDefault));
            }
        }

        private Sketch sketch(String id, int indent, Attributes is) {
            var known = sketches.get(id);
            var scope = known != null
                    ? known.scope()
                    : scopes.isEmpty() ? null : scopes.getLast().id();
            return new Sketch(id, scope, indent, is);
        }

        ProcessModel model() {
            var flows = new ArrayList<SequenceFlow>();
            for (var arrow : arrows) {
                var id = arrow.source() + ">" + arrow.target();
                var twins =
                        flows.stream().filter(flow -> flow.id().startsWith(id)).count();
                flows.add(new SequenceFlow(
                        flows.size(),
                        twins == 0 ? id : id + "'" + twins,
                        null,
                        index(arrow.source()),
                        index(arrow.target()),
                        arrow.condition() == null ? null : new Formula(arrow.condition())));
            }
            var nodes = sketches.values().stream().map(this::node).toList();
            return new ProcessModel(
                    key,
                    null,
                    "P",
                    header.optionalText("title"),
                    header.optionalText("owner"),
                    header.has("due") ? new Due.At(header.text("due"), header.has("working")) : null,
                    waiting(header),
                    nodes,
                    flows,
                    new LinkedHashMap<>(Map.of("rates", new Rates())),
                    takes(),
                    header.optional("policy"),
                    List.of(),
                    Outside.NOTHING);
        }

        private SequencedMap<Integer, Duration> takes() {
            var takes = new LinkedHashMap<Integer, Duration>();
            sketches.forEach((id, sketch) -> {
                if (sketch.is().has("takes")) {
                    takes.put(index(id), Duration.parse(sketch.is().literal("takes")));
                }
            });
            return takes;
        }

        private static @Nullable Due due(Attributes is) {
            if (!is.has("due")) {
                return null;
            }
            return "jit".equals(is.optional("due"))
                    ? new Due.JustInTime()
                    : new Due.At(is.text("due"), is.has("working"));
        }

        private static ProcessModel.@Nullable Waiting waiting(Attributes header) {
            var cost = header.optionalText("waiting");
            return cost == null ? null : new ProcessModel.Waiting(cost, "EUR");
        }

        private int index(String id) {
            int index = List.copyOf(sketches.keySet()).indexOf(id);
            if (index < 0) {
                throw new IllegalArgumentException("no node " + id);
            }
            return index;
        }

        private int defaultFlow(String id) {
            for (int i = 0; i < arrows.size(); i++) {
                if (arrows.get(i).source().equals(id) && arrows.get(i).isDefault()) {
                    return i;
                }
            }
            return -1;
        }

        private FlowNode node(Sketch sketch) {
            var is = sketch.is();
            var scope = sketch.scope() == null ? Element.PROCESS : index(sketch.scope());
            int index = index(sketch.id());
            var element = new Element(index, sketch.id(), null, new Place(index + 1, 1), scope, is.optional("party"));
            return switch (is.kind()) {
                case "start" -> new FlowNode.StartEvent(element, is.trigger(), !is.has("noninterrupting"));
                case "end" -> new FlowNode.EndEvent(element, new End.None());
                case "terminate" -> new FlowNode.EndEvent(element, new End.Terminate());
                case "errorend" -> new FlowNode.EndEvent(element, new End.Error(is.literal("code")));
                case "messageend" -> new FlowNode.EndEvent(element, new End.Message(is.job(), is.mappings("in.")));
                case "catch" -> new FlowNode.IntermediateCatchEvent(element, is.trigger());
                case "throw" ->
                    new FlowNode.IntermediateThrowEvent(element, is.has("type") ? is.job() : null, is.mappings("in."));
                case "boundary" ->
                    new FlowNode.BoundaryEvent(
                            element, index(is.literal("on")), is.trigger(), !is.has("noninterrupting"));
                case "xor" -> new FlowNode.ExclusiveGateway(element, defaultFlow(sketch.id()));
                case "and" -> new FlowNode.ParallelGateway(element);
                case "or" -> new FlowNode.InclusiveGateway(element, defaultFlow(sketch.id()));
                case "race" -> new FlowNode.EventBasedGateway(element);
                case "user", "manual" ->
                    new FlowNode.UserTask(
                            element,
                            is.activity(defaultFlow(sketch.id())),
                            is.kind().equals("manual"),
                            assignment(is),
                            new FlowNode.Papers(
                                    List.of(),
                                    is.optionalText("opens") instanceof Text.Literal(var name)
                                            ? List.of(name)
                                            : List.of(),
                                    is.optionalText("signs") instanceof Text.Literal(var name) ? name : null),
                            slots(is));
                case "job" -> new FlowNode.JobTask(element, is.activity(defaultFlow(sketch.id())), is.job());
                case "script" ->
                    new FlowNode.ScriptTask(
                            element,
                            is.activity(defaultFlow(sketch.id())),
                            is.expression("does"),
                            is.optional("result"));
                case "decide" ->
                    new FlowNode.DecisionTask(
                            element, is.activity(defaultFlow(sketch.id())), is.literal("asks"), is.literal("result"));
                case "receive" ->
                    new FlowNode.ReceiveTask(element, is.activity(defaultFlow(sketch.id())), is.message());
                case "sub" -> new FlowNode.SubProcess(element, is.activity(defaultFlow(sketch.id())), false);
                case "eventsub" -> new FlowNode.SubProcess(element, is.activity(defaultFlow(sketch.id())), true);
                case "call" ->
                    new FlowNode.CallActivity(element, is.activity(defaultFlow(sketch.id())), is.text("process"));
                default -> throw new IllegalArgumentException("no kind of node: " + is.kind());
            };
        }

        private static @Nullable Rule rule(Attributes is) {
            var holder = is.optionalText("holder");
            if (holder != null) {
                return new Rule.Named(holder);
            }
            var person = is.optionalText("manager");
            if (person != null) {
                return new Rule.ManagerOf(person);
            }
            var skill = is.optionalText("skill");
            if (skill != null) {
                return new Rule.LeastLoaded();
            }
            if (is.optionalText("previous") instanceof Text.Literal(var node)) {
                return new Rule.PreviousHolder(node);
            }
            return is.optionalText("assign") instanceof Text.Literal(var way)
                    ? way.equals("turns") ? new Rule.RoundRobin() : new Rule.LeastLoaded()
                    : null;
        }

        private static Assignment.Overrides overrides(Attributes is) {
            return new Assignment.Overrides(
                    is.has("remind") ? durations(is.literal("remind")) : null,
                    is.has("escalate")
                            ? durations(is.literal("escalate")).stream()
                                    .map(after -> new Assignment.Overrides.Rung(after, "owner"))
                                    .toList()
                            : null,
                    is.has("keep"));
        }

        private static List<Duration> durations(String text) {
            return text.equals("none")
                    ? List.of()
                    : Pattern.compile(",")
                            .splitAsStream(text)
                            .map(Duration::parse)
                            .toList();
        }

        /** {@code books=ann takes=PT1H}, and the variable {@code at}. */
        private static FlowNode.@Nullable Slots slots(Attributes is) {
            var with = is.optionalText("books");
            return with == null
                    ? null
                    : new FlowNode.Slots(
                            with,
                            Duration.parse(is.literal("takes")),
                            Duration.ofHours(1),
                            Duration.ofDays(7),
                            is.has("shared") ? 2 : 1,
                            is.has("listed") ? is.expression("listed") : null,
                            "at");
        }

        private static Assignment assignment(Attributes is) {
            var fourEyes = is.optionalText("eyes");
            return new Assignment(
                    null,
                    is.optionalText("team"),
                    rule(is),
                    is.has("skill") ? new Assignment.Skill(is.text("skill"), is.optionalText("amount")) : null,
                    due(is),
                    is.optionalText("accept"),
                    is.optionalText("policy") instanceof Text.Literal(var policy) ? policy : null,
                    fourEyes instanceof Text.Literal(var node) ? List.of(node) : List.of(),
                    is.has("undo") ? Duration.parse(is.literal("undo")) : null,
                    overrides(is));
        }
    }

    /** A decision that answers what the variable {@code rate} says, and fails without one. */
    private record Rates() implements Decision {
        @Override
        public String key() {
            return "rates";
        }

        @Override
        public Expression.Result evaluate(Map<String, ? extends @Nullable Object> variables, Instant now) {
            var rate = variables.get("rate");
            return rate == null ? new Expression.Result.Failed("no rule matches") : new Expression.Result.Value(rate);
        }
    }
}
