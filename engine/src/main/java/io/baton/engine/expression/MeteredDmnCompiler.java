package io.baton.engine.expression;

import java.io.Reader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.api.core.DMNType;
import org.kie.dmn.core.api.DMNExpressionEvaluator;
import org.kie.dmn.core.ast.DMNBaseNode;
import org.kie.dmn.core.compiler.DMNCompilerContext;
import org.kie.dmn.core.compiler.DMNCompilerImpl;
import org.kie.dmn.core.compiler.DMNEvaluatorCompiler;
import org.kie.dmn.core.compiler.DMNFEELHelper;
import org.kie.dmn.core.impl.BaseDMNTypeImpl;
import org.kie.dmn.core.impl.DMNModelImpl;
import org.kie.dmn.core.util.Msg;
import org.kie.dmn.feel.lang.CompiledExpression;
import org.kie.dmn.feel.lang.CompilerContext;
import org.kie.dmn.feel.runtime.FEELFunction;
import org.kie.dmn.feel.runtime.UnaryTest;
import org.kie.dmn.model.api.Context;
import org.kie.dmn.model.api.DMNElement;
import org.kie.dmn.model.api.Expression;
import org.kie.dmn.model.api.Relation;

/**
 * The library's compiler of decision logic, made to compile every expression in it the way {@link Feel} does. The seam
 * is the context it hands around, which says who compiles expressions.
 */
final class MeteredDmnCompiler extends DMNEvaluatorCompiler {

    private final List<Complaint> complaints = new ArrayList<>();
    private @Nullable MeteredFeel feel;

    MeteredDmnCompiler(DMNCompilerImpl compiler) {
        super(compiler);
    }

    /** {@code elementId} is null where the element has none. */
    record Complaint(@Nullable String elementId, String reason) {}

    List<Complaint> complaints() {
        return complaints;
    }

    @Override
    public @Nullable DMNExpressionEvaluator compileExpression(
            DMNCompilerContext context, DMNModelImpl model, DMNBaseNode node, String name, Expression expression) {
        if (feel == null) {
            feel = new MeteredFeel(model, complaints);
        }
        var metered = context instanceof MeteredContext ? context : new MeteredContext(feel, context);
        var evaluator = super.compileExpression(metered, model, node, name, expression);
        return evaluator != null && mayBeEmpty(expression)
                ? (events, result) -> {
                    Evaluation.current().spend(1);
                    return evaluator.evaluate(events, result);
                }
                : evaluator;
    }

    /** What may hold no expression at all, so that a loop over it would be free. */
    private static boolean mayBeEmpty(Expression expression) {
        return expression instanceof Context
                || expression instanceof Relation
                || expression instanceof org.kie.dmn.model.api.List;
    }

    private static final class MeteredContext extends DMNCompilerContext {
        private final DMNCompilerContext original;

        MeteredContext(DMNFEELHelper feel, DMNCompilerContext original) {
            super(feel);
            this.original = original;
        }

        @Override
        public void enterFrame() {
            original.enterFrame();
        }

        @Override
        public void exitFrame() {
            original.exitFrame();
        }

        @Override
        public DMNType resolve(String name) {
            return original.resolve(name);
        }

        @Override
        public void setVariable(String name, DMNType type) {
            original.setVariable(name, type);
        }

        @Override
        public Map<String, DMNType> getVariables() {
            return original.getVariables();
        }

        @Override
        public Function<String, Reader> getRelativeResolver() {
            return original.getRelativeResolver();
        }
    }

    private static final class MeteredFeel extends DMNFEELHelper {
        private final List<Complaint> complaints;

        MeteredFeel(DMNModelImpl model, List<Complaint> complaints) {
            super(
                    MeteredDmnCompiler.class.getClassLoader(),
                    Functions.PROFILES,
                    model.getFeelDialect(),
                    model.getDMNVersion());
            this.complaints = complaints;
        }

        @Override
        public CompiledExpression compileFeelExpression(
                DMNCompilerContext context,
                String source,
                DMNModelImpl model,
                DMNElement element,
                Msg.Message message,
                Object... parameters) {
            var syntax = new Syntax();
            var checked = checked(source, element);
            var compiled = new MeteredExpression(checked, compilerContext(context, model, syntax), syntax);
            report(syntax, checked, element);
            return compiled;
        }

        @Override
        public List<UnaryTest> evaluateUnaryTests(
                DMNCompilerContext context,
                String source,
                DMNModelImpl model,
                DMNElement element,
                Msg.Message message,
                Object... parameters) {
            var syntax = new Syntax();
            var checked = checked(source, element);
            var compilerContext = compilerContext(context, model, syntax);
            var tests = new MeteredTests(checked, compilerContext, syntax);
            report(syntax, checked, element);
            return tests.apply(newEvaluationContext(compilerContext.getListeners(), Collections.emptyMap()));
        }

        @Override
        public FEELFunction evaluateFunctionDef(
                DMNCompilerContext context,
                String source,
                DMNModelImpl model,
                DMNElement element,
                Msg.Message message,
                Object... parameters) {
            throw new IllegalStateException("functions outside FEEL are refused before compiling");
        }

        private CompilerContext compilerContext(DMNCompilerContext context, DMNModelImpl model, Syntax syntax) {
            var compilerContext = newCompilerContext();
            compilerContext.getListeners().clear();
            compilerContext.getListeners().add(syntax);
            context.getVariables()
                    .forEach((name, type) ->
                            compilerContext.addInputVariableType(name, ((BaseDMNTypeImpl) type).getFeelType()));
            compilerContext.setFEELTypeRegistry(model.getTypeRegistry());
            return compilerContext;
        }

        /** Something small in place of what is too large to look at. */
        private String checked(String source, DMNElement element) {
            var refused = Syntax.tooLarge(source);
            if (refused == null) {
                return source;
            }
            complaints.add(new Complaint(id(element), refused.reason()));
            return "null";
        }

        private void report(Syntax syntax, String source, DMNElement element) {
            var problem = syntax.problem();
            if (problem != null) {
                complaints.add(new Complaint(id(element), "'" + clipped(source) + "': " + problem.reason()));
            }
            unknown(syntax.unknownNames())
                    .forEach(name -> complaints.add(new Complaint(
                            id(element),
                            "'" + clipped(source) + "': nothing called '" + name
                                    + "' is declared as an input of the decision")));
        }

        private static Collection<String> unknown(Collection<String> names) {
            return names.stream().filter(name -> !name.equals("?")).toList();
        }

        private static @Nullable String id(@Nullable DMNElement element) {
            return element == null ? null : element.getId();
        }

        private static String clipped(String source) {
            return source.length() <= 60 ? source : source.substring(0, 60) + "…";
        }
    }
}
