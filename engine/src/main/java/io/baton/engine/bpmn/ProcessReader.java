package io.baton.engine.bpmn;

import io.baton.engine.expression.Decision;
import io.baton.engine.expression.Expression;
import io.baton.engine.model.FlowNode;
import io.baton.engine.model.FlowNode.DecisionTask;
import io.baton.engine.model.FlowNode.Element;
import io.baton.engine.model.Outside;
import io.baton.engine.model.PartyKey;
import io.baton.engine.model.ProcessModel;
import io.baton.engine.model.SequenceFlow;
import io.baton.engine.model.Text;
import io.baton.engine.xml.XmlElement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Reads one process. Goes on after a problem, to find the others; a model comes out only if there was none. */
final class ProcessReader {

    private final XmlElement process;
    private final Definitions definitions;
    private final Resources resources;
    private final Problems problems;
    private final Formulas formulas;

    ProcessReader(XmlElement process, Definitions definitions, Resources resources, Problems problems) {
        this.process = process;
        this.definitions = definitions;
        this.resources = resources;
        this.problems = problems;
        this.formulas = new Formulas(problems);
    }

    @Nullable
    ProcessModel read() {
        var key = process.attribute("id");
        if (key == null) {
            problems.add(process, "the process needs an id: it is its key");
            return null;
        }
        var draft = new Draft(process, problems);
        if (draft.isTooLarge()) {
            return null;
        }
        var lanes = new Lanes(process, definitions.pool(key), draft, problems);
        var extensions = Extensions.of(process, problems, List.of("case", "share"));
        var caseElement = extensions.one("case");
        var prefix = prefix(caseElement);
        var title = text(caseElement, "title");
        var owner = text(caseElement, "owner");
        var deadlines = new Deadlines(formulas, problems);
        var due = caseElement == null ? null : deadlines.at(caseElement);
        var takes = takes(draft, deadlines);
        var starters = starters(caseElement);
        var waiting = waiting(caseElement);
        var activities = new ActivityReader(definitions, draft, resources, formulas, problems);
        var nodes = nodes(draft, lanes, activities);
        var outside = new Outside(
                new Shares(nodes, formulas, problems).read(extensions.all("share")),
                activities.byCode(),
                Shares.startByMail(caseElement, problems));
        checkWorkers(draft, nodes);
        var flows = flows(draft);
        new Structure(process, draft, problems).check();
        if (!problems.isEmpty()) {
            return null;
        }
        return new ProcessModel(
                key,
                process.attribute("name"),
                prefix,
                title,
                owner,
                due,
                waiting,
                nodes,
                flows,
                decisions(nodes),
                takes,
                caseElement == null ? null : caseElement.attribute("policy"),
                starters,
                outside);
    }

    private static SequencedMap<Integer, Duration> takes(Draft draft, Deadlines deadlines) {
        var takes = new LinkedHashMap<Integer, Duration>();
        for (var node : draft.nodes()) {
            var duration = deadlines.takes(node.xml());
            if (duration != null) {
                takes.put(node.index(), duration);
            }
        }
        return takes;
    }

    private List<String> starters(@Nullable XmlElement caseElement) {
        var teams = caseElement == null ? List.<String>of() : Shares.words(caseElement, "starters");
        for (var team : teams) {
            if (!PartyKey.isKey(team)) {
                problems.add(process, "starters are keys of teams, not '" + Problems.clipped(team) + "'");
            }
        }
        return teams;
    }

    private String prefix(@Nullable XmlElement caseElement) {
        if (caseElement == null) {
            problems.add(process, "the process needs <baton:case prefix=\"…\"/> in its <extensionElements>");
            return "";
        }
        var prefix = String.valueOf(caseElement.attribute("prefix"));
        if (!prefix.matches("[A-Z]{2,5}")) {
            problems.add(
                    caseElement,
                    "the prefix of a process's cases has 2 to 5 capital letters: '" + Problems.clipped(prefix) + "'");
        }
        return prefix;
    }

    private ProcessModel.@Nullable Waiting waiting(@Nullable XmlElement caseElement) {
        if (caseElement == null) {
            return null;
        }
        var cost = formulas.text(
                caseElement,
                caseElement.attribute("waiting-cost"),
                text -> text.matches("\\d{1,12}(\\.\\d{1,6})?") ? null : "'" + text + "' is no cost per day");
        var currency = caseElement.attribute("currency");
        if (currency != null && !currency.matches("[A-Z]{3}")) {
            problems.add(caseElement, "a currency has three capital letters: '" + Problems.clipped(currency) + "'");
        }
        if (currency != null && cost == null) {
            problems.add(caseElement, "a currency says nothing without waiting-cost");
        }
        return cost == null ? null : new ProcessModel.Waiting(cost, currency);
    }

    private @Nullable Text text(@Nullable XmlElement element, String attribute) {
        return element == null ? null : formulas.text(element, element.attribute(attribute));
    }

    private List<FlowNode> nodes(Draft draft, Lanes lanes, ActivityReader activities) {
        var events = new EventReader(definitions, draft, formulas, problems);
        var nodes = new ArrayList<FlowNode>();
        for (var node : draft.nodes()) {
            var element = new Element(
                    node.index(),
                    node.id(),
                    node.xml().attribute("name"),
                    node.xml().place(),
                    node.scope(),
                    lanes.party(node));
            var read = switch (node.xml().name()) {
                case "startEvent" -> events.start(element, node);
                case "endEvent" -> events.end(element, node);
                case "intermediateCatchEvent" -> events.intermediateCatch(element, node);
                case "intermediateThrowEvent" -> events.intermediateThrow(element, node);
                case "boundaryEvent" -> events.boundary(element, node);
                case "exclusiveGateway" ->
                    new FlowNode.ExclusiveGateway(
                            element, draft.defaultFlow(plain(node).xml()));
                case "inclusiveGateway" ->
                    new FlowNode.InclusiveGateway(
                            element, draft.defaultFlow(plain(node).xml()));
                case "parallelGateway" -> new FlowNode.ParallelGateway(element(element, node));
                case "eventBasedGateway" -> new FlowNode.EventBasedGateway(element(element, node));
                default -> activities.read(element, node);
            };
            if (read != null) {
                nodes.add(read);
            }
        }
        return nodes;
    }

    /** What one task asks about another: who did it. */
    private void checkWorkers(Draft draft, List<FlowNode> nodes) {
        for (var node : nodes) {
            if (node instanceof FlowNode.UserTask task) {
                var asked = new ArrayList<>(task.assignment().fourEyes());
                if (task.assignment().rule() instanceof FlowNode.Assignment.Rule.PreviousHolder(var previous)) {
                    asked.add(previous);
                }
                for (var id : asked) {
                    if (nodes.stream()
                            .noneMatch(other -> other instanceof FlowNode.UserTask
                                    && other.id().equals(id))) {
                        problems.add(
                                draft.nodes().get(node.index()).xml(),
                                "it asks who did '" + Problems.clipped(id) + "', which is no user task");
                    }
                }
            }
        }
    }

    /** A node that Baton extends by nothing. */
    private Draft.Node plain(Draft.Node node) {
        Extensions.of(node.xml(), problems, List.of());
        return node;
    }

    private Element element(Element element, Draft.Node node) {
        plain(node);
        return element;
    }

    private List<SequenceFlow> flows(Draft draft) {
        return draft.flows().stream()
                .map(flow -> {
                    Extensions.of(flow.xml(), problems, List.of());
                    return new SequenceFlow(
                            flow.index(),
                            flow.id(),
                            flow.xml().attribute("name"),
                            flow.source().index(),
                            flow.target().index(),
                            condition(flow));
                })
                .toList();
    }

    private @Nullable Expression condition(Draft.Flow flow) {
        var condition = flow.xml().child(Names.BPMN, "conditionExpression");
        if (condition == null) {
            return null;
        }
        if (!flow.source().isActivity()
                && !flow.source().is("exclusiveGateway", "inclusiveGateway", "complexGateway")) {
            problems.add(
                    flow.xml(),
                    "a condition is executed on flows from activities and from exclusive and inclusive gateways only");
        }
        return formulas.content(condition);
    }

    private SequencedMap<String, Decision> decisions(List<FlowNode> nodes) {
        var decisions = new LinkedHashMap<String, Decision>();
        for (var node : nodes) {
            if (node instanceof DecisionTask task) {
                var decision = resources.decisions().get(task.decision());
                if (decision != null) {
                    decisions.put(task.decision(), decision);
                }
            }
        }
        return decisions;
    }
}
