package io.baton.server.directory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Somebody is away from the first moment up to and without the last; the substitute, if any, is asked instead. */
public record Absence(
        long id,
        String person,
        Instant from,
        Instant until,
        @Nullable String substitute,
        @Nullable String reason) {

    public static final int REASON_CHARACTERS_MAX = 200;
}
