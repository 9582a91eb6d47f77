package io.baton.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.bench.contender.Workload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The two forms of a report, whole. */
class ReportTest {
    private static final Machine MACHINE =
            new Machine(2, 24_000, "Linux 6", "25", List.of("-Xmx1g"), "18.6", Map.of("flowable", "8"));

    @Test
    void jsonIsOneObjectByWorkloadCallersAndContender() {
        var report = new Report();
        report.add(Workload.W1, 32, "flowable", new Figures(175.12345, 6, 4.5, 40_000, 16_000, 79.0, 5, 9));
        report.limit(0.11);
        assertThat(JsonMapper.shared().readTree(report.json(MACHINE)))
                .isEqualTo(JsonMapper.shared().readTree("""
                        {"W1": {"32": {"flowable": {
                            "casesPerSecond": 175.1235, "cpuMs": 10.5, "cpuJvmMs": 6.0, "cpuPostgresMs": 4.5,
                            "walBytes": 40000.0, "storedBytes": 16000.0, "statements": 79.0,
                            "completeP50Ms": 5.0, "completeP99Ms": 9.0}}},
                         "limit": {"singleRowCommitP50Ms": 0.11},
                         "machine": {"cores": 2, "memoryMb": 24000, "kernel": "Linux 6", "jdk": "25",
                            "jvmFlags": "-Xmx1g", "postgres": "18.6", "contenders": {"flowable": "8"}}}"""));
    }

    @Test
    void jsonHasNullForWhatARemoteServerDoesNotTell() {
        var report = new Report();
        report.add(Workload.W2, 1, "operaton", new Figures(1, 6, null, 1, 1, null, 5, 9));
        assertThat(report.json(MACHINE))
                .contains("\"cpuMs\":null")
                .contains("\"cpuPostgresMs\":null")
                .contains("\"statements\":null")
                .contains("\"cpuJvmMs\":6.0")
                .doesNotContain("limit");
    }

    @Test
    void tableComparesEachLineWithTheFasterPeer() {
        var report = new Report();
        report.add(Workload.W1, 32, "baton", new Figures(5000, 0.15, 0.1, 4000, 3000, 4.0, 2, 8));
        report.add(Workload.W1, 32, "flowable", new Figures(200, 6, 4.0, 40_000, 15_000, 80.0, 5, 10));
        report.add(Workload.W1, 32, "operaton", new Figures(100, 6, 4.0, 64_000, 23_000, 87.0, 5, 10));
        report.add(Workload.W1, 256, "baton", new Figures(10_000, 0.1, null, 4000, 3000, 1.0, 20, 30));
        report.limit(0.1234);
        assertThat(ReportTable.of(report, MACHINE).lines().map(String::stripTrailing))
                .startsWith(
                        "2 cores, 24,000 MB, Linux 6, JDK 25 -Xmx1g, PostgreSQL 18.6, flowable 8",
                        "",
                        "W1  two user tasks, a gateway, three variables",
                        "                               × faster  complete  complete   CPU ms          Postgre-  state-",
                        "callers                cases/s     peer    p50 ms    p99 ms   in all      JVM      SQL   ments    WAL kB  stored kB",
                        "     32  baton           5,000     25.0      2.00      8.00    0.250    0.150    0.100    4.00      4.00       3.00",
                        "     32  flowable          200     1.00      5.00      10.0     10.0     6.00     4.00    80.0      40.0       15.0",
                        "     32  operaton          100    0.500      5.00      10.0     10.0     6.00     4.00    87.0      64.0       23.0",
                        "         ↑ flowable      ×25.0              ×2.50     ×1.25    ×40.0    ×40.0    ×40.0   ×20.0     ×10.0      ×5.00",
                        "    256  baton          10,000     50.0      20.0      30.0        –    0.100        –    1.00      4.00       3.00",
                        "         ↑ flowable      ×50.0             ×0.250    ×0.333             ×60.0            ×80.0     ×10.0      ×5.00",
                        "",
                        "limit  a single-row commit takes 0.123 ms (p50)");
    }
}
