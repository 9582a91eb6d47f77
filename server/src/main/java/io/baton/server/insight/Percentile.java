package io.baton.server.insight;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Many durations, and their exact percentiles by nearest rank: the p-th percentile is the smallest of them that at least
 * p percent do not exceed, so it is always a time that a case really took.
 */
final class Percentile {

    private long[] values = new long[1024];
    private int size;

    void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    void addAll(Percentile others) {
        values = Arrays.copyOf(values, Math.max(values.length, size + others.size));
        System.arraycopy(others.values, 0, values, size, others.size);
        size += others.size;
    }

    int size() {
        return size;
    }

    /** Empty where there are no values. */
    OptionalLong of(int percent) {
        if (size == 0) {
            return OptionalLong.empty();
        }
        long rank = ((long) percent * size + 99) / 100;
        return OptionalLong.of(select((int) Math.max(1, rank) - 1));
    }

    /** Hoare's selection: in linear time, and the values stay parted for the next question. */
    private long select(int wanted) {
        int from = 0;
        int to = size - 1;
        while (from < to) {
            long pivot = middle(values[from], values[(from + to) >>> 1], values[to]);
            int left = from;
            int right = to;
            while (left <= right) {
                while (values[left] < pivot) {
                    left++;
                }
                while (values[right] > pivot) {
                    right--;
                }
                if (left <= right) {
                    long swapped = values[left];
                    values[left++] = values[right];
                    values[right--] = swapped;
                }
            }
            if (wanted <= right) {
                to = right;
            } else if (wanted >= left) {
                from = left;
            } else {
                return values[wanted];
            }
        }
        return values[wanted];
    }

    private static long middle(long a, long b, long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
