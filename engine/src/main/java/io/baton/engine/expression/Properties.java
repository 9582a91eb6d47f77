package io.baton.engine.expression;

import java.time.Duration;
import java.time.chrono.ChronoPeriod;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.api.feel.runtime.events.FEELEvent.Severity;
import org.kie.dmn.feel.lang.EvaluationContext;
import org.kie.dmn.feel.lang.Type;
import org.kie.dmn.feel.lang.ast.BaseNode;
import org.kie.dmn.feel.lang.ast.FilterExpressionNode;
import org.kie.dmn.feel.lang.ast.NameRefNode;
import org.kie.dmn.feel.lang.ast.PathExpressionNode;
import org.kie.dmn.feel.lang.ast.QualifiedNameNode;
import org.kie.dmn.feel.lang.impl.SilentWrappingEvaluationContextImpl;
import org.kie.dmn.feel.lang.types.BuiltInType;
import org.kie.dmn.feel.runtime.Range;
import org.kie.dmn.feel.runtime.events.FEELEventBase;
import org.kie.dmn.feel.util.EvalHelper;
import org.kie.dmn.feel.util.StringEvalHelper;

/**
 * {@code value.name}, for the values that have properties in FEEL. The library calls any method of that name on any other
 * object, so that {@code vendor.class.classLoader} or {@code vendor.wait} would reach into Java; here they are null.
 */
final class Properties {

    private Properties() {}

    private static boolean has(@Nullable Object value) {
        return value instanceof Map
                || value instanceof ChronoPeriod
                || value instanceof Duration
                || value instanceof TemporalAccessor
                || value instanceof Range;
    }

    private static @Nullable Object property(@Nullable Object value, String name) {
        if (value instanceof List<?> list) {
            List<@Nullable Object> values = new ArrayList<>();
            list.forEach(element -> values.add(ofOne(element, name)));
            return values;
        }
        return ofOne(value, name);
    }

    private static @Nullable Object ofOne(@Nullable Object value, String name) {
        return has(value)
                ? EvalHelper.getDefinedValue(value, name).getValueResult().getOrElse(null)
                : null;
    }

    /** A date has no hour: the library throws for what a value cannot have. */
    private static @Nullable Object guarded(BaseNode node, EvaluationContext context, Supplier<@Nullable Object> read) {
        try {
            return read.get();
        } catch (RuntimeException e) {
            context.notifyEvt(
                    () -> new FEELEventBase(Severity.ERROR, "'" + node.getText() + "': " + e.getMessage(), e));
            return null;
        }
    }

    /** {@code order.customer.name}, where the parser knows the names. */
    static final class QualifiedName extends QualifiedNameNode {
        QualifiedName(QualifiedNameNode original) {
            super(original.getParts(), original.getResultType(), original.getText());
            copyLocationAttributesFrom(original);
        }

        @Override
        public @Nullable Object evaluate(EvaluationContext context) {
            return guarded(this, context, () -> {
                Object value = getParts().getFirst().evaluate(context);
                for (var part : getParts().subList(1, getParts().size())) {
                    value = property(value, StringEvalHelper.normalizeVariableName(part.getText()));
                }
                return value;
            });
        }
    }

    /** {@code f(x).name}. */
    static final class Path extends PathExpressionNode {
        Path(PathExpressionNode original, @Nullable BaseNode expression) {
            super(expression, original.getName(), original.getText());
            copyLocationAttributesFrom(original);
        }

        @Override
        public @Nullable Object evaluate(EvaluationContext context) {
            return guarded(this, context, () -> {
                Object value = getExpression().evaluate(context);
                return switch (getName()) {
                    case NameRefNode name -> property(value, name.getText());
                    case QualifiedNameNode names -> {
                        for (var part : names.getParts()) {
                            value = property(value, part.getText());
                        }
                        yield value;
                    }
                    default -> null;
                };
            });
        }
    }

    /** {@code list[index or condition]} (DMN 1.5 §10.3.2.5): elements for which the condition fails are left out. */
    static final class Filter extends FilterExpressionNode {
        Filter(FilterExpressionNode original, @Nullable BaseNode expression, @Nullable BaseNode filter) {
            super(expression, filter, original.getText());
            copyLocationAttributesFrom(original);
        }

        @Override
        public @Nullable Object evaluate(EvaluationContext context) {
            Object value = getExpression().evaluate(context);
            List<?> list = value instanceof List<?> several ? several : java.util.Collections.singletonList(value);
            if (!isCondition(getFilter().getResultType())) {
                Object index = getFilter().evaluate(new SilentWrappingEvaluationContextImpl(context));
                if (index instanceof Number number) {
                    return at(list, number.intValue());
                }
            }
            List<@Nullable Object> results = new ArrayList<>();
            for (var element : list) {
                Evaluation.current().spend(1);
                if (holds(element, context)) {
                    results.add(element);
                }
            }
            return results;
        }

        private static boolean isCondition(@Nullable Type type) {
            return type == BuiltInType.BOOLEAN;
        }

        private static @Nullable Object at(List<?> list, int index) {
            int position = index > 0 ? index - 1 : list.size() + index;
            return index != 0 && position >= 0 && position < list.size() ? list.get(position) : null;
        }

        private boolean holds(@Nullable Object element, EvaluationContext context) {
            context.enterFrame();
            try {
                context.setValue("item", element);
                if (has(element)) {
                    context.setRootObject(element);
                }
                return Boolean.TRUE.equals(getFilter().evaluate(new SilentWrappingEvaluationContextImpl(context)));
            } catch (RuntimeException e) {
                return false;
            } finally {
                context.exitFrame();
            }
        }
    }

    /** For the functions that take contexts, which the library would let take any object. */
    static boolean isContext(@Nullable Object value) {
        return value == null
                || value instanceof Map
                || (value instanceof List<?> list && list.stream().allMatch(Properties::isContext));
    }
}
