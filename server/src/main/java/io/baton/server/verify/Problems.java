package io.baton.server.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is wrong: all of it counted, the first of it told. */
final class Problems {

    /** More are counted but not listed. */
    static final int LISTED_MAX = 100;

    private final List<String> first = new ArrayList<>();
    private long count;

    void compare(long id, String what, @Nullable Object expected, @Nullable Object found) {
        if (!Objects.equals(expected, found)) {
            add(id, what + ": the journal leads to " + expected + ", but the table has " + found);
        }
    }

    void add(long id, String what) {
        count++;
        if (first.size() < LISTED_MAX) {
            first.add("case " + id + ": " + what);
        }
    }

    long count() {
        return count;
    }

    List<String> first() {
        return List.copyOf(first);
    }
}
