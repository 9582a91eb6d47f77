package io.baton.server.web;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which page is asked for, from the query parameters {@code limit} and {@code cursor} of any route that takes one. */
public record PageQuery(int limit, @Nullable String cursor) {

    public static final int LIMIT_DEFAULT = 50;
    public static final int LIMIT_MAX = 200;

    static PageQuery parse(@Nullable String limit, @Nullable String cursor) {
        return new PageQuery(limit == null ? LIMIT_DEFAULT : parseLimit(limit), cursor);
    }

    private static int parseLimit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= LIMIT_MAX) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // answered below like a number out of range
        }
        throw ProblemException.invalid("limit", "must be a whole number from 1 to " + LIMIT_MAX);
    }

    /** One row more than the page holds: {@link Page#of} tells by it whether there is a next page. */
    public int rows() {
        return limit + 1;
    }

    /** Where the page before this one ended, in parts of these types; empty for the first page. */
    public Optional<Cursor> after(Class<?>... types) {
        return Optional.ofNullable(cursor).map(text -> Cursor.parse(text, List.of(types)));
    }
}
