package io.baton.server.insight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Many durations, and their exact percentiles by nearest rank: the p-th percentile is the smallest of them that at least
 * p percent do not exceed, so it is always a time that a case really took. In linear time, without moving a value: a first
 * walk counts them in buckets of nearly equal values, a second sorts those of the one bucket in which the percentile is.
 */
final class Percentile {

    private static final int CHUNK = 1 << 12;

    /** Values whose first so many binary digits are the same share a bucket. */
    private static final int DIGITS = 8;

    private final List<long[]> full = new ArrayList<>();
    private long[] last = new long[64];
    private int used;

    void add(long value) {
        if (used == last.length) {
            grow();
        }
        last[used++] = value;
    }

    private void grow() {
        if (used < CHUNK) {
            last = Arrays.copyOf(last, 2 * used);
        } else {
            full.add(last);
            last = new long[CHUNK];
            used = 0;
        }
    }

    int size() {
        return full.size() * CHUNK + used;
    }

    /** Empty where there are no values. */
    OptionalLong of(int percent) {
        return of(percent, List.of(this));
    }

    /** Of all of them together. */
    static OptionalLong of(int percent, List<Percentile> all) {
        long size = all.stream().mapToLong(Percentile::size).sum();
        if (size == 0) {
            return OptionalLong.empty();
        }
        var counts = new int[bucket(Long.MAX_VALUE) + 1];
        all.forEach(each -> each.count(counts));
        long before = Math.max(1, (percent * size + 99) / 100) - 1;
        int bucket = 0;
        while (before >= counts[bucket]) {
            before -= counts[bucket++];
        }
        var near = new long[counts[bucket]];
        int found = 0;
        for (var each : all) {
            found = each.collect(bucket, near, found);
        }
        Arrays.sort(near);
        return OptionalLong.of(near[(int) before]);
    }

    private void count(int[] counts) {
        full.forEach(chunk -> count(chunk, CHUNK, counts));
        count(last, used, counts);
    }

    private static void count(long[] values, int size, int[] counts) {
        for (int i = 0; i < size; i++) {
            counts[bucket(values[i])]++;
        }
    }

    private int collect(int bucket, long[] into, int from) {
        int found = from;
        for (var chunk : full) {
            found = collect(chunk, CHUNK, bucket, into, found);
        }
        return collect(last, used, bucket, into, found);
    }

    private static int collect(long[] values, int size, int bucket, long[] into, int from) {
        int found = from;
        for (int i = 0; i < size; i++) {
            if (bucket(values[i]) == bucket) {
                into[found++] = values[i];
            }
        }
        return found;
    }

    /** Never falls with the value; what is below 0 is in the first. */
    private static int bucket(long value) {
        int beyond = Long.SIZE - DIGITS - Long.numberOfLeadingZeros(value | 1);
        return value < 0 ? 0 : beyond <= 0 ? (int) value : (beyond << (DIGITS - 1)) + (int) (value >>> beyond);
    }
}
