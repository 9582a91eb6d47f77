package io.baton.engine.expression;

import org.jspecify.annotations.Nullable;

/** The steps that all expressions and decisions of one command have together; each of them has its own limit besides. */
public final class Budget {

    private static final ScopedValue<Budget> CURRENT = ScopedValue.newInstance();

    private long stepsLeft = Limits.COMMAND_STEPS_MAX;

    private Budget() {}

    /** What is done within shares one budget; within another one, that one. */
    public static <T extends @Nullable Object> T share(ScopedValue.CallableOp<T, RuntimeException> operation) {
        return CURRENT.isBound()
                ? operation.call()
                : ScopedValue.where(CURRENT, new Budget()).call(operation);
    }

    /** For the next evaluation. */
    static long steps() {
        return CURRENT.isBound() ? Math.min(Limits.STEPS_MAX, CURRENT.get().stepsLeft) : Limits.STEPS_MAX;
    }

    static void spend(long steps) {
        if (CURRENT.isBound()) {
            CURRENT.get().stepsLeft -= steps;
        }
    }
}
