package io.baton.bench;

import org.jspecify.annotations.Nullable;

/**
 * What one contender did on one workload with one number of callers; the names are the keys of the JSON. All but the
 * first and the two durations are per case.
 *
 * @param casesPerSecond cases taken from start to end
 * @param cpuJvmMs CPU time of the contender's JVM, milliseconds
 * @param cpuPostgresMs CPU time of the whole server, milliseconds; null where the server is not on this machine
 * @param walBytes write-ahead log, full-page images included
 * @param storedBytes growth of tables and indexes, after vacuum
 * @param statements SQL statements executed by the server, commits excluded; null where it cannot count them
 * @param completeP50Ms median duration of completing a task, milliseconds (W2: of the start, which ends the case)
 * @param completeP99Ms its 99th percentile
 */
record Figures(
        double casesPerSecond,
        double cpuJvmMs,
        @Nullable Double cpuPostgresMs,
        double walBytes,
        double storedBytes,
        @Nullable Double statements,
        double completeP50Ms,
        double completeP99Ms) {

    /** JVM and PostgreSQL together; null where the latter is not known. */
    @Nullable
    Double cpuMs() {
        return cpuPostgresMs == null ? null : (Double) (cpuJvmMs + cpuPostgresMs);
    }
}
