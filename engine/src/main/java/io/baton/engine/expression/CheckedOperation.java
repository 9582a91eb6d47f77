package io.baton.engine.expression;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.chrono.ChronoPeriod;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.api.feel.runtime.events.FEELEvent.Severity;
import org.kie.dmn.feel.lang.EvaluationContext;
import org.kie.dmn.feel.lang.ast.BaseNode;
import org.kie.dmn.feel.lang.ast.InfixOpNode;
import org.kie.dmn.feel.lang.ast.InfixOperator;
import org.kie.dmn.feel.lang.impl.SilentWrappingEvaluationContextImpl;
import org.kie.dmn.feel.runtime.events.FEELEventBase;

/**
 * {@code left + right} and its like. FEEL answers null where two values do not go together, and the library often does so
 * without a word ({@code 1 + "a"}); a process must not take the wrong branch for that, so it is reported as an error.
 * A null operand stays what FEEL makes of it, as does {@code =} between different kinds.
 */
final class CheckedOperation extends InfixOpNode {

    CheckedOperation(InfixOpNode original, @Nullable BaseNode left, @Nullable BaseNode right) {
        super(original.getOperator(), left, right, original.getText());
        copyLocationAttributesFrom(original);
    }

    @Override
    public @Nullable Object evaluate(EvaluationContext context) {
        return switch (getOperator()) {
            case AND, OR -> super.evaluate(context);
            case EQ, NE -> {
                var left = getLeft().evaluate(context);
                var right = getRight().evaluate(context);
                Evaluation.current().weighDeeply(left);
                Evaluation.current().weighDeeply(right);
                yield getOperator().evaluate(left, right, context);
            }
            case ADD, SUB, MULT, DIV, POW, LT, LTE, GT, GTE -> checked(context);
        };
    }

    private @Nullable Object checked(EvaluationContext context) {
        var left = getLeft().evaluate(context);
        var right = getRight().evaluate(context);
        if (left instanceof String first && right instanceof String second) {
            Evaluation.current().checkLength((long) first.length() + second.length());
        }
        // the library's own complaint, where it makes one, does not say about what
        var value = getOperator().evaluate(left, right, new SilentWrappingEvaluationContextImpl(context));
        if (value == null && left != null && right != null) {
            context.notifyEvt(() -> new FEELEventBase(Severity.ERROR, complaint(left, right), null));
        }
        return value;
    }

    private String complaint(Object left, Object right) {
        if (getOperator() == InfixOperator.DIV && right instanceof BigDecimal number && number.signum() == 0) {
            return "'" + getText() + "' divides by zero";
        }
        return "'" + getText() + "' has no result for " + kind(left) + " and " + kind(right);
    }

    private static String kind(Object value) {
        return switch (value) {
            case Number _ -> "a number";
            case String _ -> "a string";
            case Boolean _ -> "a boolean";
            case List<?> _ -> "a list";
            case Map<?, ?> _ -> "a context";
            case LocalDate _ -> "a date";
            case Duration _ -> "a duration";
            case ChronoPeriod _ -> "a duration";
            case TemporalAccessor _ -> "a date or time";
            default -> "a " + value.getClass().getSimpleName();
        };
    }
}
