package io.baton.engine.bpmn;

import io.baton.engine.expression.Expression;
import io.baton.engine.expression.Feel;
import io.baton.engine.model.Activity.Mapping;
import io.baton.engine.model.Text;
import io.baton.engine.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The expressions and texts of a file: a leading {@code =} makes a text FEEL; where only FEEL is possible it may be left out. */
final class Formulas {

    private final Problems problems;

    Formulas(Problems problems) {
        this.problems = problems;
    }

    @Nullable
    Expression expression(XmlElement owner, String source) {
        var feel = source.strip();
        feel = feel.startsWith("=") ? feel.substring(1).strip() : feel;
        return switch (Feel.compile(feel)) {
            case Feel.Compiled.Ready(var expression) -> expression;
            case Feel.Compiled.Refused(var reason, int line, int column) -> {
                problems.add(
                        owner,
                        "'" + shortened(feel) + "' is not FEEL: " + reason + (line == 1 ? "" : " (line " + line + ")")
                                + " at character " + column);
                yield null;
            }
        };
    }

    private static String shortened(String feel) {
        var line = feel.replaceAll("\\s+", " ");
        return line.length() <= 80 ? line : line.substring(0, 80) + "…";
    }

    /** The expression that is an element's content. */
    @Nullable
    Expression content(XmlElement element) {
        if (element.text().isEmpty()) {
            problems.add(element, "<" + element.name() + "> is empty");
            return null;
        }
        return expression(element, element.text());
    }

    /** {@code complaint} says what is wrong with a literal, or null. */
    @Nullable
    Text text(XmlElement owner, @Nullable String source, Function<String, @Nullable String> complaint) {
        if (source == null) {
            return null;
        }
        var text = source.strip();
        if (text.startsWith("=")) {
            var expression = expression(owner, text);
            return expression == null ? null : new Text.Computed(expression);
        }
        var reason = text.length() > Text.LENGTH_MAX
                ? "'" + shortened(text) + "' has more than " + Text.LENGTH_MAX + " characters"
                : complaint.apply(text);
        if (reason != null) {
            problems.add(owner, reason);
            return null;
        }
        return new Text.Literal(text);
    }

    @Nullable
    Text text(XmlElement owner, @Nullable String source) {
        return text(owner, source, _ -> null);
    }

    /** {@code baton:input} or {@code baton:output} elements. */
    List<Mapping> mappings(List<XmlElement> elements) {
        var mappings = new ArrayList<Mapping>();
        for (var element : elements) {
            var name = variable(element, element.attribute("name"));
            var value = expression(element, String.valueOf(element.attribute("value")));
            if (name != null && value != null) {
                if (mappings.stream().anyMatch(each -> each.name().equals(name))) {
                    problems.add(element, "'" + name + "' is mapped twice");
                }
                mappings.add(new Mapping(name, value));
            }
        }
        return mappings;
    }

    /** A name that a value is kept under. */
    @Nullable
    String variable(XmlElement owner, @Nullable String name) {
        if (name == null) {
            return null;
        }
        if (!Names.isVariable(name)) {
            problems.add(
                    owner,
                    "'" + Problems.clipped(name)
                            + "' cannot be the name of a variable: letters, digits and '_', at most 100");
            return null;
        }
        return name;
    }
}
