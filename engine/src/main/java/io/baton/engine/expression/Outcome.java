package io.baton.engine.expression;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns whatever an evaluation does into a result: a value in JSON's shapes, or why there is none. */
final class Outcome {

    private Outcome() {}

    static Expression.Result of(Evaluation evaluation, Function<Evaluation, @Nullable Object> computation) {
        try {
            Object value = evaluation.run(() -> Values.normalised(computation.apply(evaluation)));
            var failure = evaluation.failure();
            return failure == null ? new Expression.Result.Value(value) : new Expression.Result.Failed(failure);
        } catch (Evaluation.Exhausted e) {
            return failed(evaluation, "stopped");
        } catch (StackOverflowError e) {
            return failed(evaluation, "stopped: it nests or recurses too deeply");
        } catch (Values.NotAValue e) {
            return failed(evaluation, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return failed(evaluation, "it failed with " + e);
        }
    }

    /** The first thing that went wrong explains best. */
    private static Expression.Result failed(Evaluation evaluation, String reason) {
        evaluation.fail(reason);
        return new Expression.Result.Failed(String.valueOf(evaluation.failure()));
    }
}
