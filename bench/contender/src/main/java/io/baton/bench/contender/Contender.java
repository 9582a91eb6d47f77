package io.baton.bench.contender;

/**
 * An engine under test, embedded in this JVM over its own database. Its methods are called by many threads at once,
 * except {@link #prepare} and {@link #close}. The worker finds the one {@link Opening} of its classpath as a service.
 */
public interface Contender extends AutoCloseable {

    /** The product's version, as the product itself states it. */
    String version();

    /** Deploys what the workload needs and switches on what production would: timers' executors where timers exist. */
    void prepare(Workload workload);

    /**
     * Takes one case from its start to its end on the calling thread, the way an application that embeds this engine
     * would, and passes each completion of a task through {@link Caller#completing}. W2 has no task that a person
     * completes: there the start, which runs all five service tasks, is what is timed.
     */
    void runCase(Workload workload, Caller caller);

    /**
     * Does what the engine has put off while callers waited. It comes after the window and counts as CPU, statements and
     * WAL of the window's cases.
     */
    default void settle() {}

    /** How many cases of the workload the engine's own history says have ended: proof that the work was done. */
    long endedCases(Workload workload);

    @Override
    void close();

    /** Opens the engine over an empty database, which it creates its tables in. */
    interface Opening {
        Contender open(ContenderDatabase database);
    }
}
