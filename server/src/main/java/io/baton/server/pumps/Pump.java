package io.baton.server.pumps;

import io.baton.server.commit.Wakeup;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
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

    private static final int MESSAGE_CHARACTERS_MAX = 300;

    public interface Work {
        /** Does what is due and says how long there is nothing to do, as far as it knows; zero goes on at once. */
        Duration tick();
    }

    private final String name;
    private final Work work;
    private final Wakeup wakeup;
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean working;
    private volatile long turnedAt = System.nanoTime();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile @Nullable String failure;

    /**
     * How a loop is: whether it is at work or rests, and for how many seconds; how often it failed without a success since, and
     * how it failed last.
     */
    public record State(
            String name,
            boolean working,
            long seconds,
            int failures,
            @Nullable String failure) {}

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
                turn(true);
                pause = work.tick();
                failures.set(0);
            } catch (RuntimeException e) {
                if (closing) {
                    return;
                }
                log.warn("{} failed; it goes on in {} s", name, PAUSE_AFTER_FAILURE.toSeconds(), e);
                failures.incrementAndGet();
                failure = inShort(String.valueOf(e.getMessage()));
                pause = PAUSE_AFTER_FAILURE;
            }
            turn(false);
            if (!pause.isZero() && !closing) {
                wakeup.await(seen, pause);
            }
        }
    }

    private static String inShort(String message) {
        return message.length() <= MESSAGE_CHARACTERS_MAX
                ? message
                : message.substring(0, MESSAGE_CHARACTERS_MAX) + "…";
    }

    private void turn(boolean toWork) {
        working = toWork;
        turnedAt = System.nanoTime();
    }

    public State state() {
        var seconds = Duration.ofNanos(System.nanoTime() - turnedAt).toSeconds();
        int failed = failures.get();
        return new State(name, working, seconds, failed, failed == 0 ? null : failure);
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
