package io.baton.engine.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.codegen.feel11.ProcessedUnaryTest;
import org.kie.dmn.feel.lang.CompilerContext;
import org.kie.dmn.feel.lang.ast.ASTNode;
import org.kie.dmn.feel.lang.ast.FilterExpressionNode;
import org.kie.dmn.feel.lang.ast.ForExpressionNode;
import org.kie.dmn.feel.lang.ast.FunctionDefNode;
import org.kie.dmn.feel.lang.ast.FunctionInvocationNode;
import org.kie.dmn.feel.lang.ast.PathExpressionNode;
import org.kie.dmn.feel.lang.ast.QualifiedNameNode;
import org.kie.dmn.feel.lang.ast.QuantifiedExpressionNode;

/** The tests of a cell of a decision table ({@code "EU", "CH"} or {@code > 100}), metered like an expression. */
final class MeteredTests extends ProcessedUnaryTest {

    MeteredTests(String source, CompilerContext context, Syntax syntax) {
        super(source, context, Functions.PROFILES);
        if (ast != null && syntax.problem() == null) {
            syntax.check(ast);
            if (syntax.problem() == null) {
                ast = Metering.metered(ast);
            }
        }
    }

    /** Whether they are literals, ranges and comparisons only. */
    static boolean arePlain(String source) {
        try {
            return isPlain(new Unmetered(source, Feel.compilerContext(List.of())).ast());
        } catch (RuntimeException e) {
            return false; // the library's answer to some sources that do not parse
        }
    }

    private static boolean isPlain(@Nullable ASTNode node) {
        if (node == null) {
            return true;
        }
        if (node instanceof FunctionInvocationNode
                || node instanceof FunctionDefNode
                || node instanceof ForExpressionNode
                || node instanceof QuantifiedExpressionNode
                || node instanceof FilterExpressionNode
                || node instanceof PathExpressionNode
                || node instanceof QualifiedNameNode) {
            return false;
        }
        for (var child : node.getChildrenNode()) {
            if (!isPlain(child)) {
                return false;
            }
        }
        return true;
    }

    private static final class Unmetered extends ProcessedUnaryTest {
        Unmetered(String source, CompilerContext context) {
            super(source, context, Functions.PROFILES);
        }

        @Nullable
        ASTNode ast() {
            return ast;
        }
    }
}
