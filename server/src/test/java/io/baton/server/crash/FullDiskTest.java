package io.baton.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.database.Database;
import io.baton.server.database.Databases;
import io.baton.server.database.PostgresOptions;
import io.baton.server.verify.Verify;
import io.baton.server.web.TestClient;
import io.baton.server.web.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * A real PostgreSQL on a real disk without a byte left. First its tables cannot grow, which it answers; when its
 * write-ahead log cannot either, it ends by itself and does not start again before there is room.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "mounts a file system in memory")
class FullDiskTest {

    private static final int DISK_MEGABYTES = 160;

    /** Much more than there is room for in what PostgreSQL has of the disk already. */
    private static final int CASES_MAX = 5_000;

    private static final int ATTEMPTS_MAX = 1_000;
    private static final int CONNECTIONS_MAX = 16;

    private final Random random = new Random(1);
    private final List<String> acknowledged = new ArrayList<>();
    private TinyDisk disk;
    private Database database;
    private TestServer server;
    private TestClient ada;
    private TestClient chief;

    @BeforeEach
    void start() throws IOException {
        disk = TinyDisk.mount(DISK_MEGABYTES);
        var options = PostgresOptions.durable()
                .withFreeBytesMin(0)
                .with("shared_buffers", "32MB")
                .with("min_wal_size", "32MB")
                .with("max_wal_size", "64MB");
        database = Databases.embedded(disk.path().resolve("data"), options);
        server = TestServer.startOn(database);
        server.bean(Node.class).deployments().deploy(TestProcess.twoTasks().sources(), "p1");
        ada = server.signedIn(server.addMember("Ada"));
        chief = server.signedIn(server.addAdministrator("Chief"));
        for (int i = 0; i < 10; i++) {
            acknowledged.add(startCase().expect(201).json().get("key").asString());
        }
    }

    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        if (disk != null) {
            disk.close();
        }
    }

    /** Text that does not compress: it takes its room in the journal and in the state. */
    private TestClient.Response startCase() {
        var bytes = new byte[6_000];
        random.nextBytes(bytes);
        var text = Base64.getEncoder().encodeToString(bytes);
        return ada.post("/api/cases", Map.of("process", "two-tasks", "variables", Map.of("text", text)));
    }

    private TestClient.Response deployALargeProcess() {
        var bytes = new byte[1_000_000];
        random.nextBytes(bytes);
        var file = TestProcess.twoTasks()
                .bpmn()
                .replace(
                        "</bpmn:definitions>",
                        "<!-- " + Base64.getEncoder().encodeToString(bytes) + " --></bpmn:definitions>");
        var body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"large.bpmn\"\r\n\r\n" + file
                + "\r\n--b--\r\n";
        return chief.send(
                "POST", "/api/processes", "multipart/form-data; boundary=b", body.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertNamesTheDisk(TestClient.Response refused) {
        refused.expectProblem(503, "Unavailable");
        assertThat(refused.json().get("detail").asString())
                .contains("disk is full")
                .contains("nothing was written");
    }

    private TestClient.Response startCasesUntilRefused() {
        for (int i = 0; i < CASES_MAX; i++) {
            var response = startCase();
            if (response.status() != 201) {
                return response;
            }
            acknowledged.add(response.json().get("key").asString());
        }
        throw new AssertionError("Expected the disk to be full");
    }

    private void assertAllThatWasAcknowledgedIsThereAndNothingElse() {
        acknowledged.forEach(key -> ada.get("/api/cases/" + key).expect(200));
        var node = server.bean(Node.class);
        assertThat(node.jdbc()
                        .sql("select count(*) from cases")
                        .query(Integer.class)
                        .single())
                .isEqualTo(acknowledged.size());
        assertThat(new Verify(node.jdbc(), node.transaction(), node.deployments())
                        .run(_ -> {})
                        .first())
                .isEmpty();
    }

    @Test
    void commandsAreRefusedAndReadsServedUntilThereIsRoom() throws IOException {
        disk.fill();
        assertNamesTheDisk(startCasesUntilRefused());
        assertNamesTheDisk(deployALargeProcess());

        ada.get("/api/cases").expect(200);
        ada.get("/api/tasks?view=team").expect(200);
        assertAllThatWasAcknowledgedIsThereAndNothingElse();

        disk.empty();
        acknowledged.add(startCase().expect(201).json().get("key").asString());
        assertAllThatWasAcknowledgedIsThereAndNothingElse();
    }

    @Test
    void aServerThatCannotWriteItsLogIsStartedAgainWhenThereIsRoom() throws IOException {
        var before = database.serverPid();
        disk.fill();
        fillTheLog();
        var refused = startCase().expectProblem(503, "Unavailable");
        for (int i = 0; i < CONNECTIONS_MAX && !refused.body().contains("disk"); i++) {
            refused = startCase(); // the first ones find connections that have just been lost
        }
        assertNamesTheDisk(refused);
        var unread = ada.get("/api/cases");
        for (int i = 0; i < CONNECTIONS_MAX && !unread.body().contains("disk"); i++) {
            unread = ada.get("/api/cases");
        }
        assertNamesTheDisk(unread);

        disk.empty();
        var response = startCase();
        for (int i = 0; i < ATTEMPTS_MAX && response.status() == 503; i++) {
            response = startCase();
        }
        acknowledged.add(response.expect(201).json().get("key").asString());
        assertThat(database.serverPid()).isNotEqualTo(before);
        assertAllThatWasAcknowledgedIsThereAndNothingElse();
    }

    /** Until the server panics: this writes nothing but the log. */
    private void fillTheLog() {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            for (int i = 0; i < ATTEMPTS_MAX; i++) {
                statement.execute("select pg_logical_emit_message(true, 'x', repeat('x', 1000000))");
            }
        } catch (SQLException ended) {
            return;
        }
        throw new AssertionError("Expected the write-ahead log to be full");
    }
}
