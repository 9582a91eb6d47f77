package io.baton.server.cases;

import io.baton.engine.Case;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A case as lists show it: what it is, how it stands, and who has it now. */
public record CaseRow(
        long id,
        int process,
        Case.Status status,
        int incidents,
        Instant startedAt,
        Instant changedAt,
        @Nullable Instant endedAt,
        String owner,
        @Nullable String title,
        @Nullable Instant dueAt,
        boolean paused,
        List<OpenStep> open) {

    public CaseRow {
        open = List.copyOf(open);
    }

    /** A step that waits. {@code holder} is who has custody; {@code claimed} whether that person took it or was named. */
    public record OpenStep(
            int step,
            int process,
            String node,
            String name,
            String type,
            String holder,
            boolean claimed,
            @Nullable String party,
            Instant since,
            @Nullable Instant dueAt) {}
}
