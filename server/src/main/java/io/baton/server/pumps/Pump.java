package io.baton.server.pumps;

import io.baton.server.commit.Wakeup;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A background loop on a virtual thread: looks for work, does it, and rests until there is news on this node or its pause
 * is over (which is how it notices other nodes). Tests drive {@link Work#tick} by hand instead.
 */
public final class Pump implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Pump.class);

    /** After a failure; the next attempt starts from what the database says then. */
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    public interface Work {
        /** Does what is due and says how long there is nothing to do, as far as it knows; zero goes on at once. */
        Duration tick();
    }

    private final String name;
    private final Work work;
    private final Wakeup wakeup;
    private final Thread thread;
    private volatile boolean closing;

    public Pump(String name, Work work, Wakeup wakeup) {
        this.name = name;
        this.work = work;
        this.wakeup = wakeup;
        this.thread = Thread.ofVirtual().name(name).start(this::run);
    }

    private void run() {
        while (!closing) {
            var seen = wakeup.seen();
            Duration pause;
            try {
                pause = work.tick();
            } catch (RuntimeException e) {
                if (closing) {
                    return;
                }
                log.warn("{} failed; it goes on in {} s", name, PAUSE_AFTER_FAILURE.toSeconds(), e);
                pause = PAUSE_AFTER_FAILURE;
            }
            if (!pause.isZero() && !closing) {
                wakeup.await(seen, pause);
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        wakeup.signal();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
