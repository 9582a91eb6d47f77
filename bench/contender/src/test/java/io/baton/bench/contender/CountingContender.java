package io.baton.bench.contender;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;

/** The smallest contender: a case is a number, and the case with the number {@code fatal} fails. */
final class CountingContender implements Contender {
    private final long fatal;
    private final Map<Workload, AtomicLong> cases = new EnumMap<>(Workload.class);
    final Set<String> people = ConcurrentHashMap.newKeySet();

    private final CyclicBarrier together;

    CountingContender(long fatal) {
        this(fatal, 1);
    }

    /** Each case waits until as many are under way. */
    CountingContender(long fatal, int together) {
        this.fatal = fatal;
        this.together = new CyclicBarrier(together);
        for (Workload workload : Workload.values()) {
            cases.put(workload, new AtomicLong());
        }
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public void prepare(Workload workload) {}

    @Override
    public void runCase(Workload workload, Caller caller) {
        people.add(caller.person());
        caller.completing(this::meet);
        caller.completing(() -> {
            if (count(workload).incrementAndGet() == fatal) {
                throw new IllegalStateException("no paper in the printer");
            }
        });
    }

    private void meet() {
        try {
            together.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long endedCases(Workload workload) {
        return count(workload).get();
    }

    private AtomicLong count(Workload workload) {
        return Objects.requireNonNull(cases.get(workload));
    }

    @Override
    public void close() {}
}
