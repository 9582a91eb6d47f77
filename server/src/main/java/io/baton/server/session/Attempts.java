package io.baton.server.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often something was tried under a key in a window of time. Kept in this node's memory and bounded: with several
 * nodes each counts for itself, which multiplies a limit by their number but costs an attacker's guess no write.
 */
final class Attempts {

    private static final int KEYS_MAX = 10_000;

    private final int max;
    private final Duration window;
    private final Clock clock;
    private final LinkedHashMap<String, Tried> tried = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tried> eldest) {
            return size() > KEYS_MAX;
        }
    };

    Attempts(int max, Duration window, Clock clock) {
        this.max = max;
        this.window = window;
        this.clock = clock;
    }

    private record Tried(int count, Instant until) {}

    /** Counts an attempt and answers how long to wait; zero means go on. */
    synchronized Duration count(String key) {
        Instant now = clock.instant();
        Tried before = tried.get(key);
        if (before == null || !now.isBefore(before.until)) {
            tried.put(key, new Tried(1, now.plus(window)));
            return Duration.ZERO;
        }
        if (before.count >= max) {
            return Duration.between(now, before.until);
        }
        tried.put(key, new Tried(before.count + 1, before.until));
        return Duration.ZERO;
    }

    /** The attempt was good, so it does not count. */
    synchronized void forgive(String key) {
        tried.computeIfPresent(key, (_, before) -> new Tried(Math.max(0, before.count - 1), before.until));
    }
}
