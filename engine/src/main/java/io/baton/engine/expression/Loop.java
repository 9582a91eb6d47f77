package io.baton.engine.expression;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.api.feel.runtime.events.FEELEvent.Severity;
import org.kie.dmn.feel.lang.EvaluationContext;
import org.kie.dmn.feel.lang.ast.BaseNode;
import org.kie.dmn.feel.lang.ast.ForExpressionNode;
import org.kie.dmn.feel.lang.ast.IterationContextNode;
import org.kie.dmn.feel.lang.ast.forexpressioniterators.BigDecimalRangeIterator;
import org.kie.dmn.feel.lang.ast.forexpressioniterators.LocalDateRangeIterator;
import org.kie.dmn.feel.runtime.Range;
import org.kie.dmn.feel.runtime.events.FEELEventBase;

/**
 * {@code for … return …}, one scope per turn. The library's own opens a scope per turn and closes only the last, so a
 * look-up in the thousandth turn passes through a thousand scopes, and in the ten thousandth overflows the stack.
 */
final class Loop extends ForExpressionNode {

    Loop(List<IterationContextNode> contexts, @Nullable BaseNode expression, ForExpressionNode original) {
        super(contexts, expression, original.getText());
        copyLocationAttributesFrom(original);
    }

    @Override
    public @Nullable Object evaluate(EvaluationContext context) {
        context.enterFrame();
        try {
            List<@Nullable Object> results = new ArrayList<>();
            context.setValue("partial", results);
            return turns(0, context, results) ? results : null;
        } finally {
            context.exitFrame();
        }
    }

    /** False if there is nothing to iterate over, which makes the whole loop null (DMN 1.5 §10.3.2.14). */
    private boolean turns(int level, EvaluationContext context, List<@Nullable Object> results) {
        if (level == getIterationContexts().size()) {
            Evaluation.current().spend(1);
            results.add(getExpression().evaluate(context));
            return true;
        }
        var iteration = getIterationContexts().get(level);
        var name = iteration.evaluateName(context);
        var values = values(iteration, context);
        if (values == null) {
            return false;
        }
        while (values.hasNext()) {
            Evaluation.current().spend(1);
            context.enterFrame();
            try {
                context.setValue(name, values.next());
                if (!turns(level + 1, context, results)) {
                    return false;
                }
            } finally {
                context.exitFrame();
            }
        }
        return true;
    }

    private static @Nullable Iterator<?> values(IterationContextNode iteration, EvaluationContext context) {
        Object start = iteration.evaluate(context);
        Object end = iteration.evaluateRangeEnd(context);
        if (end != null) {
            return range(start, end, context);
        }
        return switch (start) {
            case null -> null;
            case Iterable<?> list -> list.iterator();
            case Range range -> range(range.getStart(), range.getEnd(), context);
            default -> List.of(start).iterator();
        };
    }

    private static @Nullable Iterator<?> range(
            @Nullable Object start, @Nullable Object end, EvaluationContext context) {
        if (start instanceof BigDecimal first && end instanceof BigDecimal last) {
            return new BigDecimalRangeIterator(first, last);
        }
        if (start instanceof LocalDate first && end instanceof LocalDate last) {
            return new LocalDateRangeIterator(first, last);
        }
        context.notifyEvt(() -> new FEELEventBase(
                Severity.ERROR,
                "a loop runs from number to number or from date to date, not from " + Objects.toString(start) + " to "
                        + Objects.toString(end),
                null));
        return null;
    }
}
