package io.baton.engine.bpmn;

import io.baton.engine.model.FlowNode;
import io.baton.engine.model.Outside.PassOn;
import io.baton.engine.model.Outside.Share;
import io.baton.engine.model.Outside.StartByMail;
import io.baton.engine.xml.XmlElement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code baton:share} elements of a process: what a party outside gets to see. A name that stands for nothing is
 * refused, since nobody would notice that something is not shown.
 */
final class Shares {

    private final List<FlowNode> nodes;
    private final Formulas formulas;
    private final Problems problems;

    Shares(List<FlowNode> nodes, Formulas formulas, Problems problems) {
        this.nodes = nodes;
        this.formulas = formulas;
        this.problems = problems;
    }

    SequencedMap<String, Share> read(List<XmlElement> elements) {
        var shares = new LinkedHashMap<String, Share>();
        for (var element : elements) {
            var party = String.valueOf(element.attribute("party"));
            if (nodes.stream().noneMatch(node -> party.equals(node.element().party()))) {
                problems.add(element, "no lane or pool has the party '" + Problems.clipped(party) + "'");
            }
            var share = new Share(
                    words(element, "variables").stream()
                            .filter(name -> formulas.variable(element, name) != null)
                            .toList(),
                    steps(element),
                    passOn(element),
                    newContacts(element));
            if (share.variables().isEmpty() && share.steps().isEmpty()) {
                problems.add(element, "it shares nothing: name variables or steps");
            }
            if (shares.put(party, share) != null) {
                problems.add(element, "'" + Problems.clipped(party) + "' is shared with twice");
            }
        }
        return shares;
    }

    private List<String> steps(XmlElement element) {
        var steps = words(element, "steps");
        for (var step : steps) {
            if (nodes.stream()
                    .noneMatch(node ->
                            node instanceof FlowNode.ActivityNode && node.id().equals(step))) {
                problems.add(element, "there is no activity '" + Problems.clipped(step) + "' to tell of");
            }
        }
        return steps;
    }

    private PassOn passOn(XmlElement element) {
        return switch (element.attribute("pass-on")) {
            case null -> PassOn.SAME_DOMAIN;
            case "same-domain" -> PassOn.SAME_DOMAIN;
            case "anyone" -> PassOn.ANYONE;
            case "nobody" -> PassOn.NOBODY;
            case String other -> {
                problems.add(
                        element, "pass-on is same-domain, anyone or nobody, not '" + Problems.clipped(other) + "'");
                yield PassOn.NOBODY;
            }
        };
    }

    private boolean newContacts(XmlElement element) {
        return switch (element.attribute("contacts")) {
            case null -> false;
            case "known" -> false;
            case "new" -> true;
            case String other -> {
                problems.add(element, "contacts is known or new, not '" + Problems.clipped(other) + "'");
                yield false;
            }
        };
    }

    static List<String> words(XmlElement element, String attribute) {
        var value = element.attribute(attribute);
        return value == null || value.isBlank()
                ? List.of()
                : List.of(value.strip().split("\\s+"));
    }

    static StartByMail startByMail(@Nullable XmlElement process, Problems problems) {
        return switch (process == null ? null : process.attribute("start-by-mail")) {
            case null -> StartByMail.NOBODY;
            case "nobody" -> StartByMail.NOBODY;
            case "known" -> StartByMail.KNOWN;
            case "anyone" -> StartByMail.ANYONE;
            case String other -> {
                problems.add(
                        Objects.requireNonNull(process),
                        "start-by-mail is known, anyone or nobody, not '" + Problems.clipped(other) + "'");
                yield StartByMail.NOBODY;
            }
        };
    }

    /** Whether a task is finished only with a one-time code. */
    static boolean byCode(@Nullable XmlElement task, Problems problems) {
        return switch (task == null ? null : task.attribute("confirm")) {
            case null -> false;
            case "press" -> false;
            case "code" -> true;
            case String other -> {
                problems.add(
                        Objects.requireNonNull(task),
                        "confirm is press or code, not '" + Problems.clipped(other) + "'");
                yield false;
            }
        };
    }
}
