package io.baton.server.insight;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The past decisions at one step in columns, to find the nearest by a walk: 12 bytes each, and 4 for each input. Numbers are kept
 * as floats, texts as 24 bits of a hash; so what is found may be nearer than it is, never farther.
 */
final class DecisionColumns {

    static final int CHUNK = 4_096;

    /** No value; the bits of negative infinity, which no number has here. */
    private static final int MISSING = 0xff80_0000;

    private static final int NUMBER = 'n';
    private static final int TEXT = 't';

    /** At most steps have few decisions: a chunk begins small. */
    private static final int CHUNK_FIRST = 64;

    private static final class Chunk {
        private long[] cases = new long[CHUNK_FIRST];
        private int[] steps = new int[CHUNK_FIRST];
        private final SequencedMap<String, int[]> codes = new LinkedHashMap<>();
        private int size;

        void add(long caseId, int step, Map<String, String> inputs) {
            if (size == cases.length) {
                grow();
            }
            cases[size] = caseId;
            steps[size] = step;
            inputs.forEach((name, value) -> column(name)[size] = code(value));
            size++;
        }

        private void grow() {
            int length = Math.min(CHUNK, 4 * size);
            cases = Arrays.copyOf(cases, length);
            steps = Arrays.copyOf(steps, length);
            codes.replaceAll((_, codes) -> {
                var grown = Arrays.copyOf(codes, length);
                Arrays.fill(grown, size, length, MISSING);
                return grown;
            });
        }

        private int[] column(String name) {
            return codes.computeIfAbsent(name, _ -> {
                var codes = new int[cases.length];
                Arrays.fill(codes, MISSING);
                return codes;
            });
        }
    }

    /** Smaller is nearer; the newer of two that are equally near comes first. */
    record Near(long caseId, int step, float distance) {
        static final Comparator<Near> ORDER = Comparator.comparingDouble(Near::distance)
                .thenComparing(Comparator.comparingLong(Near::caseId).reversed())
                .thenComparing(Comparator.comparingInt(Near::step).reversed());
    }

    private final Deque<Chunk> chunks = new ArrayDeque<>();
    private int size;

    int size() {
        return size;
    }

    /** The oldest are forgotten; how many. */
    int dropOldest() {
        int dropped = chunks.removeFirst().size;
        size -= dropped;
        return dropped;
    }

    /** {@code inputs}: see {@link #written}. */
    void add(long caseId, int step, Map<String, String> inputs) {
        if (chunks.isEmpty() || chunks.getLast().size == CHUNK) {
            chunks.addLast(new Chunk());
        }
        chunks.getLast().add(caseId, step, inputs);
        size++;
    }

    List<Near> nearest(Map<String, String> inputs, int limit) {
        var nearest = new PriorityQueue<Near>(Near.ORDER.reversed());
        var distances = new float[CHUNK];
        for (var chunk : chunks) {
            Arrays.fill(distances, 0);
            inputs.forEach((name, value) -> addDistances(distances, chunk.size, value, chunk.codes.get(name)));
            for (int i = 0; i < chunk.size; i++) {
                if (nearest.size() < limit || distances[i] <= nearest.element().distance()) {
                    nearest.add(new Near(chunk.cases[i], chunk.steps[i], distances[i]));
                    if (nearest.size() > limit) {
                        nearest.poll();
                    }
                }
            }
        }
        var sorted = new ArrayList<>(nearest);
        sorted.sort(Near.ORDER);
        return Collections.unmodifiableList(sorted);
    }

    private static void addDistances(float[] distances, int size, String value, int @Nullable [] codes) {
        if (codes == null) {
            for (int i = 0; i < size; i++) {
                distances[i] += 1;
            }
            return;
        }
        int code = code(value);
        if (value.charAt(0) != NUMBER) {
            for (int i = 0; i < size; i++) {
                distances[i] += codes[i] == code ? 0 : 1;
            }
            return;
        }
        float here = Float.intBitsToFloat(code);
        for (int i = 0; i < size; i++) {
            distances[i] += apart(here, Float.intBitsToFloat(codes[i]));
        }
    }

    /** By how much of the larger one two numbers differ, at most 1. What is no number is 1 away. */
    private static float apart(float here, float there) {
        if (here == there) {
            return 0;
        }
        float larger = Math.max(Math.abs(here), Math.abs(there));
        float apart = Math.abs(here - there) / larger;
        return apart <= 1 ? apart : 1; // also what is NaN
    }

    /** The sum over the inputs asked for: 0 to 1 for numbers, 0 or 1 for all else. */
    static float distance(Map<String, String> inputs, Map<String, String> past) {
        float distance = 0;
        for (var input : inputs.entrySet()) {
            distance += distance(input.getValue(), past.get(input.getKey()));
        }
        return distance;
    }

    static float distance(String here, @Nullable String there) {
        if (there != null && here.charAt(0) == NUMBER && there.charAt(0) == NUMBER) {
            return apart(Float.intBitsToFloat(code(here)), Float.intBitsToFloat(code(there)));
        }
        return here.equals(there) ? 0 : 1;
    }

    /** Texts lie where floats have no numbers (NaN), so that a text is never near a number. */
    private static int code(String value) {
        if (value.charAt(0) == NUMBER) {
            var number = new BigDecimal(value.substring(1)).floatValue();
            return Float.floatToIntBits(Math.clamp(number, -Float.MAX_VALUE, Float.MAX_VALUE) + 0.0f);
        }
        int hash = value.hashCode() * 0x9e37_79b9;
        int bits = hash >>> 8 & 0x7f_ffff;
        return (hash & 1) << 31 | 0x7f80_0000 | (bits == 0 ? 1 : bits);
    }

    /** A value as it is compared: its kind and its text; null for what is more than one value. */
    static @Nullable String written(@Nullable Object value) {
        var text = OpenCase.text(value);
        return text == null || text.length() > OpenCase.VALUE_LENGTH_MAX
                ? null
                : (char) (value instanceof BigDecimal ? NUMBER : TEXT) + text;
    }
}
