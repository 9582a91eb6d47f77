package io.baton.engine.bpmn;

import io.baton.engine.expression.Expression;
import io.baton.engine.model.Activity;
import io.baton.engine.model.Activity.Approval;
import io.baton.engine.model.Activity.Loop;
import io.baton.engine.model.FlowNode;
import io.baton.engine.model.FlowNode.Assignment;
import io.baton.engine.model.FlowNode.Assignment.Rule;
import io.baton.engine.model.FlowNode.Element;
import io.baton.engine.model.PartyKey;
import io.baton.engine.xml.XmlElement;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads activities (BPMN 2.0 §10.3). Null where one was refused. */
final class ActivityReader {

    private static final Duration UNDO_MAX = Duration.ofDays(1);

    private final Definitions definitions;
    private final Draft draft;
    private final Resources resources;
    private final Formulas formulas;
    private final Problems problems;
    private final Jobs jobs;
    private final Deadlines deadlines;
    private final List<String> byCode = new ArrayList<>();

    ActivityReader(Definitions definitions, Draft draft, Resources resources, Formulas formulas, Problems problems) {
        this.definitions = definitions;
        this.draft = draft;
        this.resources = resources;
        this.formulas = formulas;
        this.problems = problems;
        this.jobs = new Jobs(formulas, problems);
        this.deadlines = new Deadlines(formulas, problems);
    }

    @Nullable
    FlowNode read(Element element, Draft.Node node) {
        var xml = node.xml();
        return switch (xml.name()) {
            case "userTask" -> userTask(element, xml, false);
            case "manualTask" -> userTask(element, xml, true);
            case "serviceTask" -> jobTask(element, xml);
            case "sendTask" -> {
                if (xml.attribute("messageRef") != null) {
                    definitions.message(xml);
                }
                yield jobTask(element, xml);
            }
            case "businessRuleTask" -> businessRuleTask(element, xml);
            case "scriptTask" -> scriptTask(element, xml);
            case "receiveTask" -> {
                var activity = activity(xml, extensions(xml, "wait"));
                var message = Messages.trigger(xml, false, List.of(), definitions, formulas, problems);
                yield message == null ? null : new FlowNode.ReceiveTask(element, activity, message);
            }
            case "subProcess" -> subProcess(element, node);
            case "callActivity" -> callActivity(element, xml);
            default -> null; // of a kind that the vocabulary has refused
        };
    }

    /** The user tasks read so far that are finished only with a one-time code. */
    List<String> byCode() {
        return byCode;
    }

    private Extensions extensions(XmlElement xml, String... more) {
        var allowed = new ArrayList<>(List.of(more));
        allowed.addAll(List.of("input", "output"));
        return Extensions.of(xml, problems, allowed);
    }

    private FlowNode userTask(Element element, XmlElement xml, boolean manual) {
        var extensions = extensions(xml, "task", "approval", "slots");
        var task = extensions.one("task");
        if (Shares.byCode(task, problems)) {
            byCode.add(element.id());
        }
        var slots = extensions.one("slots");
        return new FlowNode.UserTask(
                element,
                activity(xml, extensions),
                manual,
                assignment(task),
                papers(task),
                slots == null ? null : SlotsReader.read(slots, formulas, problems));
    }

    private FlowNode.Papers papers(@Nullable XmlElement task) {
        if (task == null) {
            return FlowNode.Papers.NONE;
        }
        var uploads = words(task, "uploads");
        uploads.stream()
                .filter(type -> !type.matches("[a-z]+/([a-z0-9.+-]+|\\*)"))
                .forEach(type -> problems.add(
                        task,
                        "uploads are content types such as application/pdf and image/*, not '" + Problems.clipped(type)
                                + "'"));
        var sign = task.attribute("sign");
        return new FlowNode.Papers(
                uploads,
                words(task, "acknowledge").stream()
                        .filter(name -> formulas.variable(task, name) != null)
                        .toList(),
                sign == null ? null : formulas.variable(task, sign));
    }

    private Assignment assignment(@Nullable XmlElement task) {
        if (task == null) {
            return Assignment.BY_LANE;
        }
        var form = task.attribute("form");
        if (form != null && !resources.forms().contains(form)) {
            problems.add(task, "there is no form '" + Problems.clipped(form) + "' beside the process");
        }
        return new Assignment(
                form,
                formulas.text(
                        task,
                        task.attribute("team"),
                        team -> PartyKey.isKey(team)
                                ? null
                                : "a team's key has small letters, digits and '-': '" + Problems.clipped(team) + "'"),
                rule(task),
                skill(task),
                deadlines.ofTask(task),
                formulas.text(task, task.attribute("accept-by"), Iso8601::complaintAboutDue),
                task.attribute("policy"),
                words(task, "four-eyes"),
                undo(task),
                PolicyReader.overrides(task, problems));
    }

    /** Written out: whoever decides is told how long they can take it back. */
    private @Nullable Duration undo(XmlElement task) {
        var text = task.attribute("undo");
        if (text == null) {
            return null;
        }
        try {
            var undo = Duration.parse(text.strip());
            if (undo.isPositive() && undo.compareTo(UNDO_MAX) <= 0) {
                return undo;
            }
        } catch (DateTimeException _) {
            // told below
        }
        problems.add(task, "undo is a duration such as PT5M, at most a day: '" + Problems.clipped(text) + "'");
        return null;
    }

    /** One way of finding the person, or none: the step waits in its team's queue. */
    private @Nullable Rule rule(XmlElement task) {
        var rules = new ArrayList<Rule>();
        var holder = formulas.text(task, task.attribute("holder"));
        if (holder != null) {
            rules.add(new Rule.Named(holder));
        }
        var manager = formulas.text(task, task.attribute("manager-of"));
        if (manager != null) {
            rules.add(new Rule.ManagerOf(manager));
        }
        words(task, "previous-holder").stream().map(Rule.PreviousHolder::new).forEach(rules::add);
        switch (task.attribute("assign")) {
            case "round-robin" -> rules.add(new Rule.RoundRobin());
            case "least-loaded" -> rules.add(new Rule.LeastLoaded());
            case null -> {}
            case String other ->
                problems.add(task, "assign is round-robin or least-loaded, not '" + Problems.clipped(other) + "'");
        }
        if (rules.size() > 1) {
            problems.add(task, "it says in more than one way who is asked");
        }
        if (rules.isEmpty() && task.attribute("skill") != null) {
            rules.add(new Rule.LeastLoaded());
        }
        return rules.isEmpty() ? null : rules.getFirst();
    }

    private Assignment.@Nullable Skill skill(XmlElement task) {
        var name = formulas.text(task, task.attribute("skill"));
        var amount = formulas.text(task, task.attribute("amount"), ActivityReader::complaintAboutAmount);
        if (name == null && amount != null) {
            problems.add(task, "amount says how far somebody's limit must reach; for what, is said by skill");
        }
        return name == null ? null : new Assignment.Skill(name, amount);
    }

    private static @Nullable String complaintAboutAmount(String text) {
        return Assignment.Skill.amount(text) == null
                ? "an amount is a number such as 10000: '" + Problems.clipped(text) + "'"
                : null;
    }

    /** Separated by spaces. That ids of user tasks exist is checked when all nodes are known. */
    private static List<String> words(XmlElement task, String attribute) {
        var value = task.attribute(attribute);
        return value == null || value.isBlank()
                ? List.of()
                : List.of(value.strip().split("\\s+"));
    }

    private @Nullable FlowNode jobTask(Element element, XmlElement xml) {
        var extensions = extensions(xml, "job");
        var activity = activity(xml, extensions);
        var job = jobs.required(xml, extensions);
        return job == null ? null : new FlowNode.JobTask(element, activity, job);
    }

    private @Nullable FlowNode businessRuleTask(Element element, XmlElement xml) {
        var extensions = extensions(xml, "decision", "job");
        var activity = activity(xml, extensions);
        var decision = extensions.one("decision");
        if (decision == null) {
            if (extensions.one("job") == null) {
                problems.add(xml, "<businessRuleTask> needs <baton:decision ref=\"…\" result=\"…\"/> or <baton:job/>");
                return null;
            }
            var job = jobs.required(xml, extensions);
            return job == null ? null : new FlowNode.JobTask(element, activity, job);
        }
        if (extensions.one("job") != null) {
            problems.add(xml, "it has both baton:decision and baton:job");
        }
        var key = String.valueOf(decision.attribute("ref"));
        if (!resources.decisions().containsKey(key)) {
            problems.add(decision, "there is no decision '" + Problems.clipped(key) + "' beside the process");
        }
        var result = formulas.variable(decision, decision.attribute("result"));
        return result == null ? null : new FlowNode.DecisionTask(element, activity, key, result);
    }

    private @Nullable FlowNode scriptTask(Element element, XmlElement xml) {
        var extensions = extensions(xml, "result");
        var activity = activity(xml, extensions);
        var result = extensions.one("result");
        var variable = result == null ? null : formulas.variable(result, result.attribute("variable"));
        var script = xml.child(Names.BPMN, "script");
        if (script == null) {
            problems.add(xml, "<scriptTask> needs a <script>");
            return null;
        }
        var expression = formulas.content(script);
        return expression == null ? null : new FlowNode.ScriptTask(element, activity, expression, variable);
    }

    private FlowNode subProcess(Element element, Draft.Node node) {
        var activity = activity(node.xml(), extensions(node.xml()));
        if (node.isEventSubProcess()
                && (activity.loop() != null
                        || !activity.inputs().isEmpty()
                        || !activity.outputs().isEmpty())) {
            problems.add(node.xml(), "an event sub-process has neither loops nor mappings");
        }
        return new FlowNode.SubProcess(element, activity, node.isEventSubProcess());
    }

    private @Nullable FlowNode callActivity(Element element, XmlElement xml) {
        var activity = activity(xml, extensions(xml, "wait"));
        var called = xml.attribute("calledElement");
        if (called == null || called.isBlank()) {
            problems.add(xml, "<callActivity> needs calledElement: the key of a process");
            return null;
        }
        var text = formulas.text(
                xml,
                called,
                key -> Names.isId(key) ? null : "'" + Problems.clipped(key) + "' cannot be the key of a process");
        return text == null ? null : new FlowNode.CallActivity(element, activity, text);
    }

    private Activity activity(XmlElement xml, Extensions extensions) {
        return new Activity(
                formulas.mappings(extensions.all("input")),
                formulas.mappings(extensions.all("output")),
                loop(xml, extensions.one("approval")),
                draft.defaultFlow(xml));
    }

    private @Nullable Loop loop(XmlElement activity, @Nullable XmlElement approval) {
        var loops = activity.children(Names.BPMN, "multiInstanceLoopCharacteristics");
        if (approval != null && !loops.isEmpty()) {
            problems.add(approval, "an approval asks several by itself: it needs no multi-instance loop beside it");
        }
        if (loops.isEmpty()) {
            return approval == null ? null : approval(approval);
        }
        if (loops.size() > 1) {
            problems.add(activity, "it has more than one loop");
        }
        var xml = loops.getFirst();
        var each = Extensions.of(xml, problems, List.of("each")).one("each");
        var in = each == null ? null : each.attribute("in");
        var cardinality = xml.child(Names.BPMN, "loopCardinality");
        if ((in == null) == (cardinality == null)) {
            problems.add(xml, "a loop needs either <baton:each in=\"= …\"/> or <loopCardinality>");
        }
        var as = each == null ? null : each.attribute("as");
        var collect = each == null ? null : each.attribute("collect");
        var into = each == null ? null : each.attribute("into");
        if (each != null && as != null && in == null) {
            problems.add(each, "'as' names the elements of 'in', which is missing");
        }
        if (each != null && (collect == null) != (into == null)) {
            problems.add(each, "'collect' and 'into' go together");
        }
        var condition = xml.child(Names.BPMN, "completionCondition");
        return new Loop(
                "true".equals(xml.attribute("isSequential")),
                cardinality == null ? null : formulas.content(cardinality),
                expression(each, in),
                each == null ? null : formulas.variable(each, as),
                expression(each, collect),
                each == null ? null : formulas.variable(each, into),
                condition == null ? null : formulas.content(condition),
                null);
    }

    private @Nullable Loop approval(XmlElement xml) {
        var rule = switch (String.valueOf(xml.attribute("rule"))) {
            case "sequential" -> Approval.Rule.SEQUENTIAL;
            case "any" -> Approval.Rule.ANY;
            case "majority" -> Approval.Rule.MAJORITY;
            case "all" -> Approval.Rule.ALL;
            default -> null;
        };
        if (rule == null) {
            problems.add(
                    xml,
                    "rule is sequential, any, majority or all, not '"
                            + Problems.clipped(String.valueOf(xml.attribute("rule"))) + "'");
        }
        var result = formulas.variable(xml, xml.attribute("result"));
        var as = formulas.variable(xml, xml.attribute("as"));
        var approvers = expression(xml, xml.attribute("approvers"));
        return rule == null || result == null
                ? null
                : new Loop(
                        rule == Approval.Rule.SEQUENTIAL,
                        null,
                        approvers,
                        as == null ? "approver" : as,
                        null,
                        null,
                        null,
                        new Approval(rule, result));
    }

    private @Nullable Expression expression(@Nullable XmlElement owner, @Nullable String source) {
        return owner == null || source == null ? null : formulas.expression(owner, source);
    }
}
