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
    private static final Plan PLAN = new Plan(
            List.of(4, 256),
            Duration.ofMillis(50),
            Duration.ofMillis(50),
            Duration.ofMillis(50),
            Duration.ofMillis(300),
            Duration.ofMillis(100),
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
        assertThat(figures.storedBytes()).isBetween(600.0, 10_000.0);
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
