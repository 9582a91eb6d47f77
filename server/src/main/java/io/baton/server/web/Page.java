package io.baton.server.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list. {@code next} is the cursor of the page after it, or null on the last. */
public record Page<T>(List<T> items, @Nullable String next) {

    public Page {
        items = List.copyOf(items);
    }

    /** The page of {@link PageQuery#rows} rows that were read, of which the last only shows that there are more. */
    public static <R, T> Page<T> of(
            List<R> rows, PageQuery query, Function<? super R, Cursor> end, Function<? super R, ? extends T> item) {
        boolean more = rows.size() > query.limit();
        List<R> shown = more ? rows.subList(0, query.limit()) : rows;
        List<T> items = shown.stream().<T>map(item).toList();
        return new Page<>(items, more ? end.apply(shown.getLast()).text() : null);
    }
}
