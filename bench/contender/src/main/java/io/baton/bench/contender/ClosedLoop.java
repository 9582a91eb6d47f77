package io.baton.bench.contender;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Callers that each take a case from start to end, then the next, until the time is up or the cases are used up. Cases
 * under way at that moment are finished and counted, and so is the time they take.
 */
public final class ClosedLoop {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Contender contender;
    private final Workload workload;
    private final Bounds bounds;
    private final AtomicLong started = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private ClosedLoop(Contender contender, Workload workload, Bounds bounds) {
        this.contender = contender;
        this.workload = workload;
        this.bounds = bounds;
    }

    /** As many as a server's pool has; more are virtual, whose blocking reads cost a detour through a poller. */
    private static final int PLATFORM_THREADS_MAX = 32;

    /** The first case that fails stops every caller and is thrown: a benchmark with failures measures nothing. */
    public static Outcome run(Contender contender, Workload workload, Bounds bounds) throws InterruptedException {
        return new ClosedLoop(contender, workload, bounds).run();
    }

    private Outcome run() throws InterruptedException {
        var callers = IntStream.range(0, bounds.callers()).mapToObj(Caller::new).toList();
        long cpuBefore = PROCESS.getProcessCpuTime();
        long began = System.nanoTime();
        long deadline = began + bounds.time().toNanos();
        Thread.Builder threads = bounds.callers() <= PLATFORM_THREADS_MAX ? Thread.ofPlatform() : Thread.ofVirtual();
        var running = callers.stream()
                .map(caller -> threads.start(() -> drive(caller, deadline)))
                .toList();
        for (Thread thread : running) {
            thread.join();
        }
        long nanos = System.nanoTime() - began;
        contender.settle();
        long cpuNanos = PROCESS.getProcessCpuTime() - cpuBefore;
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new IllegalStateException("A case of %s failed: %s".formatted(workload, thrown), thrown);
        }
        var completions =
                Latencies.merged(callers.stream().map(Caller::completions).toList());
        return new Outcome(ended.get(), nanos, cpuNanos, completions.percentile(0.50), completions.percentile(0.99));
    }

    private void drive(Caller caller, long deadline) {
        try {
            while (failure.get() == null
                    && System.nanoTime() - deadline < 0
                    && started.getAndIncrement() < bounds.casesMax()) {
                contender.runCase(workload, caller);
                ended.getAndIncrement();
            }
        } catch (RuntimeException | Error thrown) {
            failure.compareAndSet(null, thrown);
        }
    }

    /** How many callers there are, and when they stop taking new cases: whichever comes first. */
    public record Bounds(int callers, Duration time, long casesMax) {
        public Bounds {
            if (callers < 1 || casesMax < 1 || time.isNegative()) {
                throw new IllegalArgumentException("Expected at least one caller and one case but got %d and %d in %s"
                        .formatted(callers, casesMax, time));
            }
        }
    }

    /**
     * @param cases all ended
     * @param nanos from the start of the first case to the end of the last
     * @param cpuNanos of this whole JVM in that time and until it has settled, from the operating system's accounting
     * @param completeP50Nanos median duration of completing a task
     * @param completeP99Nanos its 99th percentile
     */
    public record Outcome(long cases, long nanos, long cpuNanos, long completeP50Nanos, long completeP99Nanos) {}
}
