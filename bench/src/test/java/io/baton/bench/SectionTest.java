package io.baton.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.baton.bench.contender.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sections measured for real, on a real server, with a contender of known figures in a JVM of its own. */
class SectionTest {
    /**
     * Each phase takes this many cases, however fast the machine is. Over the few cases of a short window the bytes
     * stored per case are anything from none on: a table grows by up to 64 pages at once, 262 bytes on each of the 2,000
     * that ramp and window take.
     */
    private static final long CASES = 1_000;

    private static final Plan PLAN = new Plan(
            List.of(4, 256),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            CASES,
            100);
    private static final ContenderSpec TOY = new ContenderSpec("toy", System.getProperty("java.class.path"), 4);

    @Test
    void measuresWhatTheContenderDidAndLeavesNoDatabaseBehind() throws Exception {
        var report = new Report();
        var progress = new ArrayList<String>();
        var server = SharedPostgres.server();
        try (var rig = new Rig(server, PLAN, List.of(TOY), progress::add)) {
            new ThroughputSection(Workload.W1).measure(rig, report);
            assertThat(rig.versions()).containsOnly(entry("toy", "0.1"));
        }
        var byCallers = report.workloads().firstEntry().getValue();
        assertThat(byCallers).containsOnlyKeys(4);
        var figures = byCallers.lastEntry().getValue().firstEntry().getValue();
        assertThat(figures.statements()).isEqualTo(3.0);
        assertThat(figures.walBytes()).isBetween(700.0, 10_000.0);
        // Two rows of 536 and 537 bytes, 15 on a page of 8,192.
        assertThat(figures.storedBytes()).isBetween(1_092.0 - 270, 1_092.0 + 270);
        assertThat(figures.casesPerSecond()).isPositive();
        assertThat(figures.cpuJvmMs()).isPositive();
        assertThat(figures.cpuPostgresMs()).isPositive();
        assertThat(figures.completeP50Ms()).isPositive().isLessThanOrEqualTo(figures.completeP99Ms());
        assertThat(progress).contains("starting toy", "W1: toy warms up");
        try (var connection = server.maintenance().connect()) {
            assertThat(Sql.number(connection, "select count(*) from pg_database where datname like 'baton%'"))
                    .isZero();
        }
    }

    @Test
    void theLimitIsTheMedianOfSingleRowCommits() throws Exception {
        var report = new Report();
        try (var rig = new Rig(SharedPostgres.server(), PLAN, List.of(), _ -> {})) {
            new CommitLimitSection().measure(rig, report);
        }
        assertThat(report.singleRowCommitP50Ms().getAsDouble()).isPositive();
    }
}
