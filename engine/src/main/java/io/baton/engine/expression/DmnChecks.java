package io.baton.engine.expression;

import io.baton.engine.expression.Decisions.Problem;
import io.baton.engine.xml.XmlElement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is refused in a DMN file before the library sees it: whatever reaches outside the file or outside FEEL, and what
 * its XML binding would act upon.
 */
final class DmnChecks {

    private static final List<String> NAMESPACES = List.of(
            "https://www.omg.org/spec/DMN/20191111/MODEL/", // 1.3
            "https://www.omg.org/spec/DMN/20211108/MODEL/", // 1.4
            "https://www.omg.org/spec/DMN/20230324/MODEL/", // 1.5
            "https://www.omg.org/spec/DMN/20240513/MODEL/"); // 1.6

    private static final List<String> FEEL_NAMESPACES = List.of(
            "https://www.omg.org/spec/DMN/20191111/FEEL/",
            "https://www.omg.org/spec/DMN/20211108/FEEL/",
            "https://www.omg.org/spec/DMN/20230324/FEEL/",
            "https://www.omg.org/spec/DMN/20240513/FEEL/");

    /** Attributes by which the library's XML binding would choose classes or link elements; DMN has none of them. */
    private static final List<String> BINDING_ATTRIBUTES =
            List.of("class", "reference", "resolves-to", "defined-in", "serialization");

    private static final int ID_LENGTH_MAX = 255;

    private final List<Problem> problems = new ArrayList<>();
    private final String namespace;

    private DmnChecks(String namespace) {
        this.namespace = namespace;
    }

    static List<Problem> problems(XmlElement root) {
        if (!root.name().equals("definitions") || !NAMESPACES.contains(root.namespace())) {
            return List.of(new Problem(
                    root.name(),
                    "expected the definitions of a DMN 1.3 to 1.6 model, found '" + root.name() + "' of "
                            + (root.namespace().isEmpty() ? "no namespace" : root.namespace()),
                    root.place()));
        }
        var checks = new DmnChecks(root.namespace());
        checks.check(root);
        return checks.problems;
    }

    private void check(XmlElement root) {
        if (blank(root.attribute("namespace")) || blank(root.attribute("name"))) {
            refuse(root, "the definitions need a name and a namespace");
        }
        var ids = new LinkedHashSet<String>();
        var decisions = 0;
        for (var element : root.all().toList()) {
            var id = element.attribute("id");
            if (id != null && !ids.add(id)) {
                refuse(element, "the id '" + clipped(id) + "' is used twice");
            }
            if (element.namespace().equals(namespace)) {
                element(element);
                decisions += element.name().equals("decision") ? 1 : 0;
            }
        }
        if (decisions == 0) {
            refuse(root, "the file has no decision");
        }
    }

    private void element(XmlElement element) {
        for (var attribute : element.attributes()) {
            if (attribute.namespace().isEmpty() && BINDING_ATTRIBUTES.contains(attribute.name())) {
                refuse(element, "DMN has no attribute '" + attribute.name() + "' here");
            }
        }
        language(element, "expressionLanguage");
        language(element, "typeLanguage");
        switch (element.name()) {
            case "import" -> refuse(element, "imports are not executed: put what is needed into the same file");
            case "decision" -> {
                var id = element.attribute("id");
                if (id == null || id.isBlank() || id.length() > ID_LENGTH_MAX) {
                    refuse(element, "a decision needs an id of at most " + ID_LENGTH_MAX + " characters");
                }
                if (blank(element.attribute("name"))) {
                    refuse(element, "a decision needs a name");
                }
            }
            case "encapsulatedLogic", "functionDefinition" -> {
                var kind = element.attribute("kind");
                if (kind != null && !kind.equals("FEEL")) {
                    refuse(element, "functions of kind " + kind + " are not executed");
                }
            }
            case "allowedValues", "typeConstraint" -> {
                var text = element.child(namespace, "text");
                if (text != null && !isPlain(text.text())) {
                    refuse(element, "allowed values are literals, ranges and comparisons, without functions or loops");
                }
            }
            default -> {}
        }
    }

    private static boolean isPlain(String tests) {
        return Syntax.tooLarge(tests) == null && MeteredTests.arePlain(tests);
    }

    private void language(XmlElement element, String attribute) {
        var language = element.attribute(attribute);
        if (language != null && !FEEL_NAMESPACES.contains(language)) {
            refuse(element, "only FEEL is executed, not the " + attribute + " " + clipped(language));
        }
    }

    private void refuse(XmlElement element, String reason) {
        var id = element.attribute("id");
        problems.add(new Problem(id == null ? element.name() : clipped(id), reason, element.place()));
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static String clipped(String text) {
        return text.length() <= ID_LENGTH_MAX ? text : text.substring(0, ID_LENGTH_MAX) + "…";
    }
}
