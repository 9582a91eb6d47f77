package io.baton.server.insight;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The open cases in the order of their numbers, in one array: all of them are walked over for each question. Changes are
 * collected and then merged in one pass.
 */
final class OpenCases {

    private OpenCase[] all = {};

    /** Null for a case that is over. */
    private final NavigableMap<Long, @Nullable OpenCase> changes = new TreeMap<>();

    void put(OpenCase each) {
        changes.put(each.id(), each);
    }

    void remove(long id) {
        changes.put(id, null);
    }

    /** Before anything else is asked. */
    void merge() {
        if (changes.isEmpty()) {
            return;
        }
        var merged = new OpenCase[all.length + changes.size()];
        int size = 0;
        int from = 0;
        for (Map.Entry<Long, @Nullable OpenCase> change : changes.entrySet()) {
            int at = place(change.getKey());
            int to = at < 0 ? -at - 1 : at;
            System.arraycopy(all, from, merged, size, to - from);
            size += to - from;
            from = at < 0 ? to : to + 1;
            var changed = change.getValue();
            if (changed != null) {
                merged[size++] = changed;
            }
        }
        System.arraycopy(all, from, merged, size, all.length - from);
        all = Arrays.copyOf(merged, size + all.length - from);
        changes.clear();
    }

    /** As {@link Arrays#binarySearch} says it. */
    private int place(long id) {
        int low = 0;
        int high = all.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long there = all[middle].id();
            if (there == id) {
                return middle;
            }
            if (there < id) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    int size() {
        return all.length;
    }

    @Nullable
    OpenCase get(long id) {
        int at = place(id);
        return at < 0 ? null : all[at];
    }

    void forEach(Consumer<OpenCase> reader) {
        for (var each : all) {
            reader.accept(each);
        }
    }

    boolean any(Predicate<OpenCase> sought) {
        for (var each : all) {
            if (sought.test(each)) {
                return true;
            }
        }
        return false;
    }

    /** The newest first, before the case with that number, until the reader has enough. */
    void newest(@Nullable Long before, Predicate<OpenCase> wantsMore) {
        int at = before == null ? all.length : place(before);
        for (int i = (at < 0 ? -at - 1 : at) - 1; i >= 0; i--) {
            if (!wantsMore.test(all[i])) {
                return;
            }
        }
    }
}
