package io.baton.engine.expression;

import org.kie.dmn.feel.codegen.feel11.ProcessedExpression;
import org.kie.dmn.feel.lang.CompilerContext;

/** A parsed expression whose tree is metered once it is known to be sound. Also what the DMN compiler is handed. */
final class MeteredExpression extends ProcessedExpression {

    MeteredExpression(String source, CompilerContext context, Syntax syntax) {
        super(source, context, DefaultMode.Interpreted, Functions.PROFILES);
        if (ast != null && syntax.problem() == null) {
            syntax.check(ast);
            if (syntax.problem() == null) {
                ast = Metering.metered(ast);
            }
        }
        asCompiledFEELExpression();
    }
}
