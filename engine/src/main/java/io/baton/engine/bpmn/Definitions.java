package io.baton.engine.bpmn;

import io.baton.engine.xml.XmlElement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What a file declares beside its processes: messages, errors, and the pools that hold the processes. */
final class Definitions {

    private final SequencedMap<String, XmlElement> messages = new LinkedHashMap<>();
    private final SequencedMap<String, XmlElement> errors = new LinkedHashMap<>();
    private final SequencedMap<String, XmlElement> pools = new LinkedHashMap<>();
    private final Problems problems;

    Definitions(XmlElement root, Problems problems) {
        this.problems = problems;
        index(root.children(Names.BPMN, "message"), messages);
        index(root.children(Names.BPMN, "error"), errors);
        messages.values().forEach(each -> Extensions.of(each, problems, List.of("correlation")));
        for (var collaboration : root.children(Names.BPMN, "collaboration")) {
            for (var pool : collaboration.children(Names.BPMN, "participant")) {
                var process = pool.attribute("processRef");
                if (process != null) {
                    pools.putIfAbsent(Names.withoutPrefix(process), pool);
                    checkExists(root, pool, process);
                }
            }
        }
    }

    private static void index(List<XmlElement> elements, SequencedMap<String, XmlElement> byId) {
        for (var element : elements) {
            var id = element.attribute("id");
            if (id != null) {
                byId.putIfAbsent(id, element);
            }
        }
    }

    private void checkExists(XmlElement root, XmlElement pool, String process) {
        var exists = root.children(Names.BPMN, "process").stream()
                .anyMatch(each -> Names.withoutPrefix(process).equals(each.attribute("id")));
        if (!exists) {
            problems.add(pool, "there is no process '" + Problems.clipped(process) + "' in the file");
        }
    }

    @Nullable
    XmlElement message(XmlElement user) {
        return find(user, "messageRef", messages, "message");
    }

    /** The code of an error; the problem is reported if there is none. */
    @Nullable
    String errorCode(XmlElement user) {
        var error = find(user, "errorRef", errors, "error");
        if (error == null) {
            return null;
        }
        var code = error.attribute("errorCode");
        if (code == null || code.isBlank()) {
            problems.add(error, "the error needs an errorCode");
            return null;
        }
        return code;
    }

    private @Nullable XmlElement find(
            XmlElement user, String attribute, SequencedMap<String, XmlElement> byId, String kind) {
        var reference = user.attribute(attribute);
        if (reference == null || reference.isBlank()) {
            problems.add(user, "it names no " + kind + ": " + attribute + " is missing");
            return null;
        }
        var found = byId.get(Names.withoutPrefix(reference));
        if (found == null) {
            problems.add(user, "there is no " + kind + " '" + Problems.clipped(reference) + "' in the file");
        }
        return found;
    }

    @Nullable
    XmlElement pool(String process) {
        return pools.get(process);
    }
}
