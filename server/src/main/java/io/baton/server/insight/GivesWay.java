package io.baton.server.insight;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** How often a loop behind the journal works: while commands wait it steps back, but not for longer than a little. */
final class GivesWay {

    private static final Duration EVERY = Duration.ofSeconds(2);

    private static final Duration STEP_BACK_MAX = Duration.ofSeconds(10);

    private static final Duration STEP_BACK = Duration.ofMillis(50);

    private final BooleanSupplier commandsWait;
    private volatile long lastWorked = System.nanoTime();

    GivesWay(BooleanSupplier commandsWait) {
        this.commandsWait = commandsWait;
    }

    /** {@code work} says whether there is no more. */
    Duration tick(BooleanSupplier work) {
        if (commandsWait.getAsBoolean() && System.nanoTime() - lastWorked < STEP_BACK_MAX.toNanos()) {
            return STEP_BACK;
        }
        lastWorked = System.nanoTime();
        return work.getAsBoolean() ? EVERY : Duration.ZERO;
    }
}
