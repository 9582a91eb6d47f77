package io.baton.bench.contender;

import java.util.Arrays;
import java.util.Collection;

/** Durations in nanoseconds, all of them kept: percentiles are exact, by nearest rank. Not safe for several threads. */
public final class Latencies {
    private long[] nanos = new long[1024];
    private int size;

    public void add(long duration) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, size * 2);
        }
        nanos[size++] = duration;
    }

    public static Latencies merged(Collection<Latencies> parts) {
        var all = new Latencies();
        all.nanos = parts.stream()
                .flatMapToLong(part -> Arrays.stream(part.nanos, 0, part.size))
                .toArray();
        all.size = all.nanos.length;
        return all;
    }

    /**
     * The smallest recorded duration that at least the given share of all durations do not exceed; 0 when none was
     * recorded.
     *
     * @param share above 0, at most 1
     */
    public long percentile(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("Expected a share in (0, 1] but it is " + share);
        }
        if (size == 0) {
            return 0;
        }
        Arrays.sort(nanos, 0, size);
        return nanos[(int) Math.ceil(share * size) - 1];
    }
}
