package io.baton.server.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.baton.engine.Event;
import io.baton.server.Node;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.Databases;
import io.baton.server.verify.Verify;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The replay command on a log made by hand, and on the real one where it is at hand: through PostgreSQL, to the figures. */
class ReplayTest {

    /** The real log stays outside the project. */
    private static final Path REAL_LOG =
            Path.of(System.getProperty("baton.logs", "../../shared/data"), "BPIC20_RequestForPayment.xes.gz");

    private static final double SECONDS = 0.01;

    private Path folder = Path.of("");

    private record Seen(String activity, Instant at) {}

    @BeforeEach
    void createFolder() throws IOException {
        folder = Files.createTempDirectory(
                "baton-replay-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
    }

    @AfterEach
    void deleteFolder() throws IOException {
        try (var files = Files.walk(folder)) {
            for (var path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void recordsWhatTheProcessDoesNotAllowAndCountsWhatItDoes() throws IOException {
        var start = Instant.parse("2024-03-01T08:00:00Z");
        var straight = List.of(
                new Seen("Request For Payment SUBMITTED by EMPLOYEE", start),
                new Seen("Request For Payment APPROVED by ADMINISTRATION", start.plusSeconds(100)),
                new Seen("Request For Payment FINAL_APPROVED by SUPERVISOR", start.plusSeconds(200)),
                new Seen("Request Payment", start.plusSeconds(300)),
                new Seen("Payment Handled", start.plusSeconds(400)));
        var paidAtOnce = List.of(
                new Seen("Request For Payment SUBMITTED by EMPLOYEE", start),
                new Seen("Payment Handled", start.plusSeconds(100)));
        var log = folder.resolve("log.xes");
        Files.writeString(log, xes(List.of(straight, paidAtOnce)));

        var result = replay(log);

        assertThat(result.get("cases").asInt()).isEqualTo(2);
        assertThat(result.get("completed").asInt()).isEqualTo(1);
        assertThat(result.get("deviating").asInt()).isEqualTo(1);
        assertThat(result.get("variants").asInt()).isEqualTo(2);
        assertThat(result.get("cycleTimeSeconds").get("mean").asDouble()).isEqualTo(250, within(SECONDS));
        assertThat(result.get("cycleTimeSeconds").get("p50").asDouble()).isEqualTo(250, within(SECONDS));
        assertThat(result.get("cycleTimeSeconds").get("p90").asDouble()).isEqualTo(370, within(SECONDS));
        inItsDatabase(node -> {
            var deviations = node
                    .jdbc()
                    .sql("select id, process_id from cases")
                    .query((row, _) -> node.journal().all(row.getLong(1)))
                    .list()
                    .stream()
                    .flatMap(List::stream)
                    .filter(entry -> entry.events().getFirst() instanceof Event.DeviationObserved)
                    .toList();
            assertThat(deviations).singleElement().satisfies(entry -> {
                assertThat(entry.at()).isEqualTo(start.plusSeconds(100));
                assertThat(((Event.DeviationObserved) entry.events().getFirst()).activity())
                        .isEqualTo("Payment Handled");
            });
        });
    }

    /** The check values are those of the data's own description. */
    @Test
    void theRealLogComesOutWithItsCheckValues() throws IOException {
        assumeTrue(Files.exists(REAL_LOG), "The real log is not at " + REAL_LOG);

        var result = replay(REAL_LOG);

        assertThat(result.get("cases").asInt()).isEqualTo(6_760);
        assertThat(result.get("deviating").asInt()).isLessThanOrEqualTo(6_760 * 2 / 100);
        assertThat(result.get("variants").asInt()).isEqualTo(77);
        var times = result.get("cycleTimeSeconds");
        assertThat(times.get("p50").asDouble()).isEqualTo(697_299.5, within(SECONDS));
        assertThat(times.get("p90").asDouble()).isEqualTo(1_758_092.3, within(SECONDS));
        assertThat(times.get("p99").asDouble()).isEqualTo(5_731_894.76, within(SECONDS));
        assertThat(times.get("mean").asDouble()).isEqualTo(987_901.17, within(SECONDS));
        inItsDatabase(_ -> {});
    }

    private JsonNode replay(Path log) {
        var out = new StringWriter();
        var err = new StringWriter();
        var code = new CommandLine(new ReplayCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(
                        log.toString(),
                        "--process",
                        "request-for-payment",
                        "--processes",
                        Path.of("..", "processes").toString(),
                        "--data",
                        folder.resolve("data").toString(),
                        "--json");
        assertThat(code).as(err.toString()).isZero();
        return JsonMapper.shared().readTree(out.toString());
    }

    private interface Look {
        void at(Node node);
    }

    /** What was replayed is all there afterwards, and whole. */
    private void inItsDatabase(Look look) {
        try (var database = Databases.open(null, folder.resolve("data"));
                var node = new Node(database, LocalWorkers.NONE, Clock.systemUTC())) {
            look.at(node);
            var report = new Verify(node.jdbc(), node.transaction(), node.deployments()).run(_ -> {});
            assertThat(report.first()).isEmpty();
            assertThat(report.entries()).isPositive();
        }
    }

    private static String xes(List<List<Seen>> traces) {
        var xes = new StringBuilder("<?xml version=\"1.0\"?>\n<log xmlns=\"http://www.xes-standard.org\">\n");
        for (int i = 0; i < traces.size(); i++) {
            xes.append("<trace><string key=\"concept:name\" value=\"case-")
                    .append(i)
                    .append("\"/>\n");
            traces.get(i).forEach(seen -> xes.append("""
                    <event><string key="concept:name" value="%s"/><date key="time:timestamp" value="%s"/></event>
                    """.formatted(seen.activity(), seen.at())));
            xes.append("</trace>\n");
        }
        return xes.append("</log>\n").toString();
    }
}
