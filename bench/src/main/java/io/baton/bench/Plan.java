package io.baton.bench;

import io.baton.bench.contender.ClosedLoop.Bounds;
import java.time.Duration;
import java.util.List;

/**
 * How long and how wide a run is.
 *
 * @param callers how many callers at once, one measurement each; a contender skips those beyond its own limit
 * @param warmUpFirst before a contender's first measurement in its JVM
 * @param warmUp before its first measurement of each further workload
 * @param ramp after the checkpoint and before the window, with the window's callers: pages that a checkpoint makes
 *     PostgreSQL log in full are logged here, as they are long before in a server that has run for a while
 * @param window what is measured
 * @param counted in which the server counts statements, apart from the window because counting slows it
 * @param casesMax ends each of these phases early, so that a fast engine does not fill the disk
 * @param commitsMax how many single-row commits the limit probe makes
 */
record Plan(
        List<Integer> callers,
        Duration warmUpFirst,
        Duration warmUp,
        Duration ramp,
        Duration window,
        Duration counted,
        long casesMax,
        int commitsMax) {

    /** The caller count that the engines are warmed up with, or fewer where an engine takes no more. */
    private static final int WARM_UP_CALLERS = 32;

    static Plan full() {
        return new Plan(
                List.of(1, 8, 32, 256),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(3),
                Duration.ofSeconds(15),
                Duration.ofSeconds(2),
                250_000,
                10_000);
    }

    /** Under four minutes in all, with three contenders. */
    static Plan quick() {
        return new Plan(
                List.of(1, 32, 256),
                Duration.ofSeconds(12),
                Duration.ofSeconds(4),
                Duration.ofMillis(1000),
                Duration.ofMillis(3500),
                Duration.ofMillis(500),
                250_000,
                3_000);
    }

    Bounds warmingUp(boolean first, int callersMax) {
        return new Bounds(Math.min(WARM_UP_CALLERS, callersMax), first ? warmUpFirst : warmUp, casesMax);
    }

    Bounds ramp(int callers) {
        return new Bounds(callers, ramp, casesMax);
    }

    Bounds window(int callers) {
        return new Bounds(callers, window, casesMax);
    }

    Bounds counted(int callers) {
        return new Bounds(callers, counted, casesMax);
    }
}
