package io.baton.server.replay;

import java.util.Arrays;
import java.util.Collection;

/**
 * Quantiles by linear interpolation between ranks (Hyndman and Fan's type 7, the default of NumPy and R): the share
 * {@code q} of n sorted values lies at rank {@code q · (n − 1)}, counted from 0.
 */
public final class Quantiles {

    private final double[] sorted;

    private Quantiles(double[] sorted) {
        this.sorted = sorted;
    }

    /** At least one value. */
    public static Quantiles of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values, so no quantiles");
        }
        var sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Quantiles(sorted);
    }

    /** {@code share} from 0 (the smallest value) to 1 (the largest). */
    public double at(double share) {
        var rank = share * (sorted.length - 1);
        var below = (int) Math.floor(rank);
        var above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }

    public double mean() {
        return Arrays.stream(sorted).average().orElseThrow();
    }
}
