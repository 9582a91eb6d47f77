package io.baton.engine.bpmn;

import io.baton.engine.xml.XmlElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Baton's own elements within an element's extensionElements. One that is unknown there, or an attribute of one, is refused. */
final class Extensions {

    /** A {@code !} marks an attribute that must be there. */
    private static final Map<String, List<String>> ATTRIBUTES = attributes();

    private static final List<String> REPEATED = List.of("input", "output", "share");

    private final List<XmlElement> elements;

    private Extensions(List<XmlElement> elements) {
        this.elements = elements;
    }

    private static Map<String, List<String>> attributes() {
        var attributes = new LinkedHashMap<String, List<String>>();
        attributes.put(
                "case",
                List.of(
                        "prefix!",
                        "title",
                        "owner",
                        "due",
                        "due-in",
                        "policy",
                        "waiting-cost",
                        "currency",
                        "starters",
                        "start-by-mail"));
        attributes.put("share", List.of("party!", "variables", "steps", "pass-on", "contacts"));
        attributes.put("party", List.of("key!"));
        attributes.put(
                "task",
                List.of(
                        "form",
                        "team",
                        "holder",
                        "manager-of",
                        "previous-holder",
                        "skill",
                        "amount",
                        "assign",
                        "due",
                        "accept-by",
                        "policy",
                        "confirm",
                        "four-eyes",
                        "undo",
                        "due-in",
                        "takes",
                        "remind",
                        "escalate",
                        "reassign",
                        "uploads",
                        "acknowledge",
                        "sign"));
        attributes.put("slots", List.of("with!", "lasts!", "into!", "notice", "within", "capacity", "from"));
        attributes.put("job", List.of("type!", "retries", "takes"));
        attributes.put("approval", List.of("rule!", "approvers!", "as", "result!"));
        attributes.put("wait", List.of("takes!"));
        attributes.put("decision", List.of("ref!", "result!"));
        attributes.put("result", List.of("variable!"));
        attributes.put("input", List.of("name!", "value!"));
        attributes.put("output", List.of("name!", "value!"));
        attributes.put("correlation", List.of("key!"));
        attributes.put("each", List.of("in", "as", "collect", "into"));
        return attributes;
    }

    /** Reads those that are sound and of the kinds {@code allowed} here; reports the others. */
    static Extensions of(XmlElement owner, Problems problems, List<String> allowed) {
        var sound = new ArrayList<XmlElement>();
        var seen = new ArrayList<String>();
        var extensionElements = owner.children(Names.BPMN, "extensionElements");
        if (extensionElements.size() > 1) {
            problems.add(owner, "it has <extensionElements> twice");
        }
        for (var element : extensionElements.stream()
                .flatMap(each -> each.children().stream())
                .filter(each -> each.namespace().equals(Names.BATON))
                .toList()) {
            if (!allowed.contains(element.name())) {
                problems.add(element, misplaced(owner, element, allowed));
            } else if (seen.contains(element.name()) && !REPEATED.contains(element.name())) {
                problems.add(element, "baton:" + element.name() + " stands here twice");
            } else if (hasSoundAttributes(element, problems)) {
                sound.add(element);
            }
            seen.add(element.name());
        }
        return new Extensions(sound);
    }

    private static String misplaced(XmlElement owner, XmlElement element, List<String> allowed) {
        if (!ATTRIBUTES.containsKey(element.name())) {
            return "there is no baton:" + Problems.clipped(element.name());
        }
        return "baton:" + element.name() + " has no meaning in <" + owner.name() + ">"
                + (allowed.isEmpty() ? "" : ", only baton:" + String.join(", baton:", allowed));
    }

    private static boolean hasSoundAttributes(XmlElement element, Problems problems) {
        var known = ATTRIBUTES.getOrDefault(element.name(), List.of());
        boolean sound = true;
        for (var attribute : element.attributes()) {
            if (!known.contains(attribute.name()) && !known.contains(attribute.name() + "!")) {
                problems.add(
                        element,
                        "baton:" + element.name() + " has no attribute '" + Problems.clipped(attribute.name()) + "'");
                sound = false;
            }
        }
        for (var name : known) {
            var value = element.attribute(name.replace("!", ""));
            if (name.endsWith("!") && value == null) {
                problems.add(
                        element, "baton:" + element.name() + " needs the attribute '" + name.replace("!", "") + "'");
                sound = false;
            }
            if (value != null && value.isBlank()) {
                problems.add(element, "'" + name.replace("!", "") + "' of baton:" + element.name() + " is empty");
                sound = false;
            }
        }
        if (!element.children().isEmpty() || !element.text().isEmpty()) {
            problems.add(element, "baton:" + element.name() + " holds attributes only");
            sound = false;
        }
        return sound;
    }

    @Nullable
    XmlElement one(String name) {
        return elements.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    List<XmlElement> all(String name) {
        return elements.stream().filter(each -> each.name().equals(name)).toList();
    }
}
