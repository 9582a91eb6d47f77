package io.baton.engine.expression;

import io.baton.engine.xml.Place;
import io.baton.engine.xml.Xml;
import io.baton.engine.xml.XmlElement;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.api.core.DMNMessage;
import org.kie.dmn.api.core.DMNModel;
import org.kie.dmn.core.compiler.DMNCompilerConfigurationImpl;
import org.kie.dmn.core.compiler.DMNCompilerImpl;
import org.kie.dmn.core.compiler.RuntimeTypeCheckOption;
import org.kie.dmn.feel.util.ClassLoaderUtil;

/** Reads DMN files. All that is wrong with a file is told at once; nothing outside the file is ever looked at. */
public final class Decisions {

    private Decisions() {}

    public sealed interface Read {
        /** In the order of the file. */
        record Ready(List<Decision> decisions) implements Read {}

        record Refused(List<Problem> problems) implements Read {}
    }

    /** {@code element} is the id of the decision or other part, or its kind where it has no id. */
    public record Problem(String element, String reason, Place place) {
        @Override
        public String toString() {
            return element + " (" + place + "): " + reason;
        }
    }

    public static Read read(byte[] file) {
        return switch (Xml.parse(file)) {
            case Xml.Parsed.Malformed(var reason, var place) -> malformed(reason, place);
            case Xml.Parsed.Document(var root, var text) -> {
                var problems = DmnChecks.problems(root);
                // the library reads the same characters as the checks, so that neither sees what the other does not
                yield problems.isEmpty() ? compiled(text, root) : new Read.Refused(problems);
            }
        };
    }

    private static Read.Refused malformed(String reason, Place place) {
        return new Read.Refused(List.of(new Problem("file", reason, place)));
    }

    private static Read compiled(String text, XmlElement root) {
        var configuration = new DMNCompilerConfigurationImpl();
        configuration.setRootClassLoader(ClassLoaderUtil.findDefaultClassLoader());
        configuration.setProperty(RuntimeTypeCheckOption.PROPERTY_NAME, "true");
        configuration.addFEELProfile(Functions.PROFILES.getFirst());
        var logic = new ArrayList<MeteredDmnCompiler>();
        configuration.setDecisionLogicCompilerFactory((compiler, _) -> {
            logic.add(new MeteredDmnCompiler(compiler));
            return logic.getFirst();
        });
        DMNModel model;
        try {
            var compiler = new DMNCompilerImpl(configuration);
            model = compiler.compile(new StringReader(text), List.of());
        } catch (RuntimeException e) {
            return refused(root, "not a DMN decision model: " + e.getMessage());
        } catch (StackOverflowError e) {
            return refused(root, "the decision model nests too deeply");
        }
        if (model == null) {
            return refused(root, "not a DMN decision model");
        }
        var problems = problems(model, logic.getFirst(), root);
        return problems.isEmpty() ? new Read.Ready(decisions(model)) : new Read.Refused(problems);
    }

    private static Read.Refused refused(XmlElement root, String reason) {
        return new Read.Refused(List.of(new Problem("definitions", reason, root.place())));
    }

    private static List<Problem> problems(DMNModel model, MeteredDmnCompiler logic, XmlElement root) {
        var places = new LinkedHashMap<String, XmlElement>();
        root.all().forEach(element -> {
            var id = element.attribute("id");
            if (id != null) {
                places.putIfAbsent(id, element);
            }
        });
        var problems = new ArrayList<Problem>();
        logic.complaints().forEach(each -> problems.add(problem(each.elementId(), each.reason(), places, root)));
        for (var message : model.getMessages(DMNMessage.Severity.ERROR)) {
            problems.add(problem(message.getSourceId(), message.getText(), places, root));
        }
        return problems.stream().distinct().toList();
    }

    private static Problem problem(
            @Nullable String id, String reason, SequencedMap<String, XmlElement> places, XmlElement root) {
        var element = id == null ? root : Objects.requireNonNullElse(places.get(id), root);
        return new Problem(id == null || element == root ? "definitions" : id, reason, element.place());
    }

    private static List<Decision> decisions(DMNModel model) {
        return model.getDecisions().stream()
                .filter(decision -> decision.getModelNamespace().equals(model.getNamespace()))
                .map(decision -> (Decision) new DmnDecision(decision.getId(), model))
                .toList();
    }
}
