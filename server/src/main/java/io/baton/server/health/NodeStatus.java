package io.baton.server.health;

import io.baton.server.jobs.Workers;
import io.baton.server.pumps.Pump;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * How a node last said it was. One that was not heard of for {@link Nodes#GONE_AFTER} is gone: stopped without a word, or
 * cut off.
 */
public record NodeStatus(
        UUID id, String name, String version, Instant startedAt, Instant seenAt, boolean gone, Said said) {

    /** What a node says of itself. */
    public record Said(List<Pump.State> pumps, List<Workers.Seen> workers) {
        public Said {
            pumps = List.copyOf(pumps);
            workers = List.copyOf(workers);
        }
    }
}
