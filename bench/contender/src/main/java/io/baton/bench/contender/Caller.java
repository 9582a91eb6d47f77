package io.baton.bench.contender;

/** One of the callers of a closed loop. Confined to its thread. */
public final class Caller {
    private final int number;
    private final String person;
    private final Latencies completions = new Latencies();

    public Caller(int number) {
        this.number = number;
        this.person = "person-" + number;
    }

    /** Counts from 0. */
    public int number() {
        return number;
    }

    /** Who claims and completes this caller's tasks. */
    public String person() {
        return person;
    }

    /** Runs the completion of a task and records how long it took. */
    public void completing(Runnable completion) {
        long began = System.nanoTime();
        completion.run();
        completions.add(System.nanoTime() - began);
    }

    Latencies completions() {
        return completions;
    }
}
