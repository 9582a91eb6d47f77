package io.baton.engine.expression;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.lang.impl.ExecutionFrame;
import org.kie.dmn.feel.util.NumberEvalHelper;

/**
 * The variables of a case as the outermost scope of an expression, read where they are instead of copied. Every name is
 * defined: one that the case does not have is null, which is no error.
 */
final class Variables implements ExecutionFrame {

    private final ExecutionFrame functions;
    private final Map<String, ? extends @Nullable Object> variables;

    Variables(ExecutionFrame functions, Map<String, ? extends @Nullable Object> variables) {
        this.functions = functions;
        this.variables = variables;
    }

    @Override
    public @Nullable Object getValue(String name) {
        Object value = variables.get(name);
        if (value == null && !variables.containsKey(name)) {
            return functions.getValue(name);
        }
        return NumberEvalHelper.coerceNumber(value);
    }

    @Override
    public boolean isDefined(String name) {
        return true;
    }

    @Override
    public void setValue(String name, @Nullable Object value) {
        throw new IllegalStateException("the variables of a case are not written by its expressions: " + name);
    }

    @Override
    public Map<String, Object> getAllValues() {
        return new LinkedHashMap<>(variables);
    }

    @Override
    public void setRootObject(@Nullable Object root) {
        throw new IllegalStateException("the outermost scope has no root object");
    }

    @Override
    public @Nullable Object getRootObject() {
        return null;
    }
}
