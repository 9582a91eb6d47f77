package io.baton.server.commit;

import io.baton.engine.Case;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An incident that is over: whose it was, and the command that closed it. */
public record ClosedIncidentRow(
        int id,
        int process,
        int step,
        String node,
        String kind,
        @Nullable String about,
        Instant raisedAt,
        Instant closedAt,
        String holder,
        String cause) {

    public static ClosedIncidentRow of(Case state, Case.ClosedIncident closed, String command) {
        var incident = closed.incident();
        return new ClosedIncidentRow(
                incident.id(),
                state.process(),
                incident.step(),
                incident.node(),
                incident.kind().name(),
                incident.about(),
                incident.raisedAt(),
                closed.at(),
                closed.holder(),
                command);
    }
}
