package io.baton.server.jobs;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which workers asked this node for jobs lately, and for which: known in memory only, the last {@link #KNOWN_MAX} of them. */
public final class Workers {

    static final int KNOWN_MAX = 200;

    /** {@code at}: when it asked last; {@code taken}: how many jobs it got since the node is there. */
    public record Seen(String worker, List<String> types, Instant at, long taken) {
        public Seen {
            types = List.copyOf(types);
        }
    }

    private final Clock clock;
    private final Map<String, Seen> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
            return size() > KNOWN_MAX;
        }
    };

    Workers(Clock clock) {
        this.clock = clock;
    }

    synchronized void asked(String worker, List<String> types, int taken) {
        var before = known.get(worker);
        known.put(worker, new Seen(worker, types, clock.instant(), (before == null ? 0 : before.taken()) + taken));
    }

    /** The one that asked last is the first. */
    public synchronized List<Seen> seen() {
        return List.copyOf(known.values()).reversed();
    }
}
