package io.baton.engine.expression;

import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.lang.EvaluationContext;
import org.kie.dmn.feel.lang.Type;
import org.kie.dmn.feel.lang.ast.ASTNode;
import org.kie.dmn.feel.lang.ast.BaseNode;
import org.kie.dmn.feel.lang.ast.FunctionInvocationNode;
import org.kie.dmn.feel.lang.ast.Visitor;

/** A node of the syntax tree that pays for being evaluated, and for the size of what it yields. */
final class Metered extends BaseNode {

    /** The library finds the method to call by reflection each time. */
    private static final int STEPS_PER_CALL = 10;

    private final BaseNode inner;
    private final boolean deeply;
    private final int price;

    /** {@code deeply}: its consumer looks at every value within, as functions do. */
    Metered(BaseNode inner, boolean deeply) {
        this.inner = inner;
        this.deeply = deeply;
        this.price = inner instanceof FunctionInvocationNode ? STEPS_PER_CALL : 1;
        copyLocationAttributesFrom(inner);
    }

    @Override
    public @Nullable Object evaluate(EvaluationContext context) {
        var evaluation = Evaluation.current();
        evaluation.enter(price);
        try {
            Object value = inner.evaluate(context);
            if (deeply) {
                evaluation.weighDeeply(value);
            } else {
                evaluation.weigh(value);
            }
            return value;
        } finally {
            evaluation.exit();
        }
    }

    @Override
    public Type getResultType() {
        return inner.getResultType();
    }

    @Override
    public ASTNode[] getChildrenNode() {
        return new ASTNode[] {inner};
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return inner.accept(visitor);
    }
}
