package io.baton.server.insight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The open cases in the order of their numbers, in one array: all of them are walked over for each question. Changes are
 * collected and then merged in one pass.
 */
final class OpenCases {

    private OpenCase[] all = {};
    private final List<OpenCase> changed = new ArrayList<>();
    private final List<Long> over = new ArrayList<>();

    void put(OpenCase each) {
        changed.add(each);
    }

    void remove(long id) {
        over.add(id);
    }

    /** Before anything else is asked; of each case there is one change at most. */
    void merge() {
        if (changed.isEmpty() && over.isEmpty()) {
            return;
        }
        changed.sort(Comparator.comparingLong(OpenCase::id));
        long[] gone = LongStream.concat(
                        over.stream().mapToLong(Long::longValue),
                        changed.stream().mapToLong(OpenCase::id))
                .filter(id -> place(id) >= 0)
                .sorted()
                .toArray();
        var merged = new OpenCase[all.length - gone.length + changed.size()];
        int from = 0;
        int left = 0;
        for (int i = 0, next = 0; i < merged.length; i++) {
            while (left < gone.length && all[from].id() == gone[left]) {
                from++;
                left++;
            }
            boolean isChanged = next < changed.size()
                    && (from == all.length || changed.get(next).id() < all[from].id());
            merged[i] = isChanged ? changed.get(next++) : all[from++];
        }
        all = merged;
        changed.clear();
        over.clear();
    }

    /** As {@link java.util.Arrays#binarySearch} says it. */
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
