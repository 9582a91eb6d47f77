package io.baton.engine.expression;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.api.core.DMNMessage;
import org.kie.dmn.api.core.DMNModel;
import org.kie.dmn.api.core.DMNType;
import org.kie.dmn.core.api.DMNFactory;
import org.kie.dmn.core.impl.BaseDMNTypeImpl;
import org.kie.dmn.core.impl.DMNRuntimeImpl;
import org.kie.dmn.core.impl.VoidDMNRuntimeKB;
import org.kie.dmn.feel.lang.types.BuiltInType;

/**
 * One decision of a model. Its inputs are the variables of the same names; one that is missing is null. JSON has no dates,
 * so a string given for an input typed as a date, time or duration is read as one.
 */
record DmnDecision(String key, DMNModel model) implements Decision {

    private static final VoidDMNRuntimeKB NOTHING_ELSE = new VoidDMNRuntimeKB() {
        @Override
        public ClassLoader getRootClassLoader() {
            return DmnDecision.class.getClassLoader();
        }
    };

    @Override
    public Expression.Result evaluate(Map<String, ? extends @Nullable Object> variables, Instant now) {
        return Outcome.of(new Evaluation(now), evaluation -> {
            var context = DMNFactory.newContext();
            for (var input : model.getInputs()) {
                context.set(input.getName(), typed(variables.get(input.getName()), input.getType()));
            }
            // a runtime keeps what it is evaluating, so it is not shared between threads
            var result = new DMNRuntimeImpl(NOTHING_ELSE).evaluateById(model, context, key);
            result.getMessages(DMNMessage.Severity.ERROR).stream()
                    .findFirst()
                    .ifPresent(message -> evaluation.fail(message.getText()));
            var decision = result.getDecisionResultById(key);
            return decision == null ? null : decision.getResult();
        });
    }

    private static @Nullable Object typed(@Nullable Object value, @Nullable DMNType type) {
        if (value == null || !(type instanceof BaseDMNTypeImpl declared)) {
            return value;
        }
        if (type.isCollection() && value instanceof Collection<?> list) {
            var elementType = type.getBaseType();
            List<@Nullable Object> elements = new ArrayList<>();
            list.forEach(element -> elements.add(typed(element, elementType)));
            return elements;
        }
        if (type.isComposite() && value instanceof Map<?, ?> map) {
            var fields = new LinkedHashMap<Object, @Nullable Object>();
            map.forEach((name, field) ->
                    fields.put(name, typed(field, type.getFields().get(String.valueOf(name)))));
            return fields;
        }
        return value instanceof String text ? temporal(text, declared) : value;
    }

    /** The text itself where it is not of the declared form: the type check then says so. */
    private static Object temporal(String text, BaseDMNTypeImpl type) {
        var function = switch (type.getFeelType()) {
            case BuiltInType builtIn ->
                switch (builtIn) {
                    case DATE -> "date(text)";
                    case TIME -> "time(text)";
                    case DATE_TIME -> "date and time(text)";
                    case DURATION -> "duration(text)";
                    default -> null;
                };
            default -> null;
        };
        return function == null ? text : Feel.read(function, text);
    }
}
