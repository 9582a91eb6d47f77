package io.baton.server.commit;

import io.baton.engine.Processes;
import io.baton.engine.Roster;
import java.time.Clock;
import java.util.function.Supplier;

/** What a decision needs besides the case: what is deployed, who is there, who works inside the server, what time it is. */
public record Deciding(Processes processes, Supplier<Roster> roster, LocalWorkers workers, Clock clock) {

    /** Where nobody keeps a directory. */
    public static Deciding alone(Processes processes, LocalWorkers workers, Clock clock) {
        return new Deciding(processes, () -> Roster.NOBODY, workers, clock);
    }
}
