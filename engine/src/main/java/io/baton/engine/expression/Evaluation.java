package io.baton.engine.expression;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.api.feel.runtime.events.FEELEvent;
import org.kie.dmn.api.feel.runtime.events.FEELEventListener;
import org.kie.dmn.feel.lang.impl.NamedParameter;

/**
 * One evaluation under way: the instant it sees, the steps it has left and the first thing that went wrong. The metered
 * nodes of a shared syntax tree find it through a scoped value, because the library's own context offers no place for it.
 */
final class Evaluation implements FEELEventListener {

    private static final ScopedValue<Evaluation> CURRENT = ScopedValue.newInstance();

    /** Elements of a list or entries of a context that weigh one step; a comparison looks at each of them. */
    private static final int VALUES_PER_STEP = 8;

    private static final int CHARACTERS_PER_STEP = 64;

    private final Instant now;
    private final long steps = Budget.steps();
    private long stepsLeft = steps;

    /** What was left when it was stopped for another reason. */
    private long unspent;

    private int depth;
    private @Nullable String failure;

    Evaluation(Instant now) {
        this.now = now;
    }

    /**
     * Stops an evaluation that has gone over a limit. An error rather than an exception, since the library catches
     * exceptions and goes on; where it catches even errors, {@link #failure()} remembers and the next step stops again.
     */
    static final class Exhausted extends Error {
        Exhausted(String reason) {
            super(reason, null, false, false);
        }
    }

    static Evaluation current() {
        return CURRENT.get();
    }

    <T extends @Nullable Object> T run(ScopedValue.CallableOp<T, RuntimeException> operation) {
        try {
            return ScopedValue.where(CURRENT, this).call(operation);
        } finally {
            Budget.spend(steps - Math.max(unspent, stepsLeft));
        }
    }

    Instant now() {
        return now;
    }

    @Nullable
    String failure() {
        return failure;
    }

    void enter(int price) {
        if (++depth > Limits.DEPTH_MAX) {
            throw exhausted("it nests or recurses more than " + Limits.DEPTH_MAX + " levels deep");
        }
        spend(price);
    }

    void exit() {
        depth--;
    }

    void spend(long steps) {
        stepsLeft -= steps;
        if (stepsLeft < 0) {
            throw unfinished();
        }
    }

    private Exhausted unfinished() {
        return exhausted(
                steps == Limits.STEPS_MAX
                        ? "it did not finish within " + Limits.STEPS_MAX + " steps"
                        : "the expressions of one command did not finish within " + Limits.COMMAND_STEPS_MAX
                                + " steps together");
    }

    Exhausted exhausted(String reason) {
        unspent = Math.max(unspent, stepsLeft);
        stepsLeft = -1;
        fail("stopped: " + reason);
        return new Exhausted(reason);
    }

    void fail(String reason) {
        if (failure == null) {
            failure = reason;
        }
    }

    /** Charges for a value as a whole: what is inside its elements was charged when they came about. */
    void weigh(@Nullable Object value) {
        switch (value) {
            case String text -> {
                checkLength(text.length());
                spend(text.length() / CHARACTERS_PER_STEP);
            }
            case BigDecimal number -> checkDigits(number);
            case List<?> list -> spend(list.size() / VALUES_PER_STEP);
            case Map<?, ?> map -> spend(map.size() / VALUES_PER_STEP);
            case null, default -> {}
        }
    }

    /** Charges for a value with everything in it, for what looks at everything: comparisons and functions. */
    void weighDeeply(@Nullable Object value) {
        var walk = new Walk();
        walk.visit(value, 0);
        spend(walk.values / VALUES_PER_STEP);
    }

    private final class Walk {
        private long values;

        void visit(@Nullable Object value, int level) {
            if (level > Limits.RESULT_DEPTH_MAX) {
                throw exhausted("it has a value nested more than " + Limits.RESULT_DEPTH_MAX + " levels deep");
            }
            if (++values / VALUES_PER_STEP > stepsLeft) {
                throw unfinished();
            }
            switch (value) {
                case List<?> list -> list.forEach(element -> visit(element, level + 1));
                case Map<?, ?> map -> map.values().forEach(element -> visit(element, level + 1));
                case NamedParameter parameter -> visit(parameter.getValue(), level);
                case null, default -> weigh(value);
            }
        }
    }

    void checkLength(long length) {
        if (length > Limits.STRING_LENGTH_MAX) {
            throw exhausted("it makes a string longer than " + Limits.STRING_LENGTH_MAX + " characters");
        }
    }

    private void checkDigits(BigDecimal number) {
        if (Numbers.isOutOfRange(number)) {
            throw exhausted("it makes a number with more than " + Limits.NUMBER_DIGITS_MAX + " digits");
        }
    }

    @Override
    public void onEvent(FEELEvent event) {
        if (event.getSeverity() == FEELEvent.Severity.ERROR) {
            fail(event.getMessage());
        }
    }
}
