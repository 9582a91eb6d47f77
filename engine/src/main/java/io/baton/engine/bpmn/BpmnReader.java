package io.baton.engine.bpmn;

import io.baton.engine.expression.Decision;
import io.baton.engine.model.ProcessModel;
import io.baton.engine.xml.Place;
import io.baton.engine.xml.Xml;
import io.baton.engine.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a BPMN 2.0 file into the processes it holds. What Baton would not execute as it is drawn is refused, never
 * skipped, and everything that is wrong with a file is told at once.
 */
public final class BpmnReader {

    private BpmnReader() {}

    public sealed interface Result {
        /** One model for each executable process, in the order of the file. */
        record Read(List<ProcessModel> processes) implements Result {}

        /** In the order of the file; never empty. */
        record Refused(List<Problem> problems) implements Result {}
    }

    /** {@code element} is what a modeller can find it by: its id, else its kind. */
    public record Problem(String element, String reason, Place place) {
        @Override
        public String toString() {
            return element + " (" + place + "): " + reason;
        }
    }

    /** {@code decisions} by key and the keys of {@code forms} are those that ship with the file. */
    public static Result read(byte[] file, Map<String, Decision> decisions, Set<String> forms) {
        return switch (Xml.parse(file)) {
            case Xml.Parsed.Malformed(var reason, var place) ->
                new Result.Refused(List.of(new Problem("file", reason, place)));
            case Xml.Parsed.Document document -> read(document.root(), new Resources(decisions, forms));
        };
    }

    private static Result read(XmlElement root, Resources resources) {
        var problems = new Problems();
        if (!root.is(Names.BPMN, "definitions")) {
            problems.add(root, "expected the definitions of a BPMN 2.0 model, found '" + root.name() + "'");
            return new Result.Refused(problems.inOrder());
        }
        new Vocabulary(problems).check(root);
        Identities.check(root, problems);
        var definitions = new Definitions(root, problems);
        var executable = root.children(Names.BPMN, "process").stream()
                .filter(process -> "true".equals(process.attribute("isExecutable")))
                .toList();
        if (executable.isEmpty()) {
            problems.add(root, "no process is executable: set isExecutable=\"true\" on the process to run");
        }
        var processes = new ArrayList<ProcessModel>();
        for (var process : executable) {
            var model = new ProcessReader(process, definitions, resources, problems).read();
            if (model != null) {
                processes.add(model);
            }
        }
        var found = problems.inOrder();
        return found.isEmpty() ? new Result.Read(List.copyOf(processes)) : new Result.Refused(found);
    }
}
