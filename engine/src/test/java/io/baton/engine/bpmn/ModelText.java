package io.baton.engine.bpmn;

import io.baton.engine.expression.Decision;
import io.baton.engine.expression.Expression;
import io.baton.engine.model.Activity;
import io.baton.engine.model.FlowNode;
import io.baton.engine.model.FlowNode.Element;
import io.baton.engine.model.ProcessModel;
import io.baton.engine.model.SequenceFlow;
import io.baton.engine.model.Text;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model as text, one line a node or flow, records as they are and what is null or empty left out. */
final class ModelText {

    private ModelText() {}

    static String of(ProcessModel model) {
        var text = new StringBuilder("process " + model.key() + " prefix=" + model.prefix() + part("name", model.name())
                + part("title", model.title()) + part("owner", model.owner()) + "\n");
        for (var node : model.nodes()) {
            text.append(line(node)).append("\n");
        }
        for (var flow : model.flows()) {
            text.append(line(flow, model)).append("\n");
        }
        return text.toString();
    }

    private static String line(FlowNode node) {
        var element = node.element();
        var indent = element.scope() == Element.PROCESS ? "" : "in " + element.scope() + " ";
        return element.index() + " " + indent + node.getClass().getSimpleName() + " " + element.id()
                + part("name", element.name()) + part("party", element.party()) + components((Record) node);
    }

    private static String line(SequenceFlow flow, ProcessModel model) {
        return "flow " + flow.index() + " " + flow.id() + " "
                + model.node(flow.source()).id() + " -> "
                + model.node(flow.target()).id() + part("name", flow.name()) + part("if", flow.condition());
    }

    private static String components(Record component) {
        var text = new StringBuilder();
        for (var each : component.getClass().getRecordComponents()) {
            if (each.getType() != Element.class && !isOrdinary(component, each)) {
                try {
                    each.getAccessor().setAccessible(true);
                    text.append(part(each.getName(), each.getAccessor().invoke(component)));
                } catch (ReflectiveOperationException e) {
                    throw new LinkageError(e.getMessage(), e);
                }
            }
        }
        return text.toString();
    }

    /** Most activities have no default flow. */
    private static boolean isOrdinary(Record component, RecordComponent part) {
        return component instanceof Activity activity
                && part.getName().equals("defaultFlow")
                && activity.defaultFlow() < 0;
    }

    private static String part(String name, @Nullable Object value) {
        var text = switch (value) {
            case null -> "";
            case List<?> list ->
                String.join(", ", list.stream().map(ModelText::text).toList());
            default -> text(value);
        };
        return text.isEmpty() ? "" : " " + name + "=" + text;
    }

    private static String text(Object value) {
        return switch (value) {
            case Expression expression -> "{" + expression.source() + "}";
            case Text.Literal(var literal) -> literal;
            case Text.Computed(var expression) -> "{" + expression.source() + "}";
            case Decision decision -> decision.key();
            case Map<?, ?> map -> map.keySet().toString();
            case Record part -> {
                var inside = components(part).strip();
                var name = part.getClass().getSimpleName();
                yield inside.isEmpty()
                        ? (List.of("Activity", "Assignment", "Papers").contains(name) ? "" : name)
                        : name + "(" + inside + ")";
            }
            default -> String.valueOf(value);
        };
    }
}
