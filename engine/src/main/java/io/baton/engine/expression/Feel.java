package io.baton.engine.expression;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.api.core.DMNVersion;
import org.kie.dmn.api.feel.runtime.events.FEELEventListener;
import org.kie.dmn.feel.lang.CompiledExpression;
import org.kie.dmn.feel.lang.CompilerContext;
import org.kie.dmn.feel.lang.FEELDialect;
import org.kie.dmn.feel.lang.impl.EvaluationContextImpl;
import org.kie.dmn.feel.lang.impl.ExecutionFrame;
import org.kie.dmn.feel.lang.impl.ExecutionFrameImpl;
import org.kie.dmn.feel.lang.impl.FEELBuilder;
import org.kie.dmn.feel.lang.impl.FEELEventListenersManager;
import org.kie.dmn.feel.lang.impl.FEELImpl;
import org.kie.dmn.feel.lang.impl.RootExecutionFrame;

/**
 * Compiles FEEL. What compiles is safe to run on anything: it reads only the variables and the instant it is given, ends
 * within {@link Limits}, and cannot reach Java.
 */
public final class Feel {

    private static final FEELImpl FEEL =
            (FEELImpl) FEELBuilder.builder().withProfiles(Functions.PROFILES).build();

    private static final ExecutionFrame FUNCTIONS = functions();

    private static final Map<String, CompiledExpression> READERS = readers();

    private Feel() {}

    /** Either an expression or why there is none; line and column count from 1 within the source. */
    public sealed interface Compiled {
        record Ready(Expression expression) implements Compiled {}

        record Refused(String reason, int line, int column) implements Compiled {}
    }

    /** {@code source} without a leading {@code =}. */
    public static Compiled compile(String source) {
        var tooLarge = Syntax.tooLarge(source);
        if (tooLarge != null) {
            return tooLarge;
        }
        var syntax = new Syntax();
        CompiledExpression compiled;
        try {
            compiled = new MeteredExpression(source, FEEL.newCompilerContext(List.of(syntax)), syntax);
        } catch (StackOverflowError e) {
            return new Compiled.Refused("the expression nests too deeply", 1, 1);
        } catch (RuntimeException e) {
            var problem = syntax.problem();
            return problem != null ? problem : new Compiled.Refused("not a FEEL expression: " + e, 1, 1);
        }
        var problem = syntax.problem();
        return problem != null ? problem : new Compiled.Ready(new FeelExpression(source, compiled));
    }

    /** For expressions that are part of the program, such as in tests: refuses with an exception. */
    public static Expression expression(String source) {
        return switch (compile(source)) {
            case Compiled.Ready(var expression) -> expression;
            case Compiled.Refused(var reason, int line, int column) ->
                throw new IllegalArgumentException(reason + " (line " + line + ", column " + column + "): " + source);
        };
    }

    private static Map<String, CompiledExpression> readers() {
        var readers = new LinkedHashMap<String, CompiledExpression>();
        for (var function : List.of("date(text)", "time(text)", "date and time(text)", "duration(text)")) {
            var syntax = new Syntax();
            readers.put(function, new MeteredExpression(function, FEEL.newCompilerContext(List.of(syntax)), syntax));
        }
        return readers;
    }

    static CompilerContext compilerContext(List<FEELEventListener> listeners) {
        return FEEL.newCompilerContext(listeners);
    }

    /** What {@code text} is as FEEL's date, time or duration, or itself if it is none. */
    static Object read(String function, String text) {
        var listeners = new FEELEventListenersManager();
        Object value = FEEL.evaluate(READERS.get(function), context(listeners, Collections.singletonMap("text", text)));
        return value == null ? text : value;
    }

    private static EvaluationContextImpl context(
            FEELEventListenersManager listeners, Map<String, ? extends @Nullable Object> variables) {
        var context = new EvaluationContextImpl(
                Feel.class.getClassLoader(), listeners, 0, FEELDialect.FEEL, DMNVersion.getLatest());
        context.push(new Variables(FUNCTIONS, variables));
        return context;
    }

    private static ExecutionFrame functions() {
        var frame = new ExecutionFrameImpl(RootExecutionFrame.INSTANCE);
        Functions.PROFILES.getFirst().getFEELFunctions().forEach(each -> frame.setValue(each.getName(), each));
        return frame;
    }

    private record FeelExpression(String source, CompiledExpression compiled) implements Expression {

        @Override
        public Result evaluate(Map<String, ? extends @Nullable Object> variables, Instant now) {
            return Outcome.of(new Evaluation(now), evaluation -> {
                var listeners = new FEELEventListenersManager();
                listeners.addListener(evaluation);
                return FEEL.evaluate(compiled, context(listeners, variables));
            });
        }

        @Override
        public String toString() {
            return source;
        }
    }
}
