package io.baton.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Starts, kills and restarts real servers; the children are real Baton processes. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "counts processes in /proc")
final class EmbeddedPostgresTest {

    /** One cluster for all tests that need just any: each leaves it stopped. */
    private static Path data;

    @BeforeAll
    static void makeRoom(@TempDir Path temp) throws IOException {
        data = enterable(temp).resolve("data");
    }

    /** JUnit's folder is for its owner only; PostgreSQL has to get through it as another user. */
    private static Path enterable(Path temp) throws IOException {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
        return temp.toRealPath();
    }

    @Test
    void keepsItsDataFromOneStartToTheNext() throws Exception {
        try (EmbeddedPostgres first = start()) {
            execute(first, "create table if not exists kept (word text)");
            execute(first, "insert into kept values ('still here')");
        }
        assertNoneIsLeft(data);
        try (EmbeddedPostgres second = start()) {
            assertThat(ask(second, "select word from kept")).isEqualTo("still here");
        }
        assertNoneIsLeft(data);
    }

    @Test
    void isDurableChecksummedPrivateAndUtf8() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data, PostgresOptions.durable())) {
            assertThat(ask(postgres, "show fsync")).isEqualTo("on");
            assertThat(ask(postgres, "show synchronous_commit")).isEqualTo("on");
            assertThat(ask(postgres, "show data_checksums")).isEqualTo("on");
            assertThat(ask(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(ask(postgres, "show unix_socket_directories")).isEmpty();
            assertThat(ask(postgres, "show server_encoding")).isEqualTo("UTF8");
            assertThat(ask(postgres, "select datlocale from pg_database where datname = 'baton'"))
                    .isEqualTo("C.UTF-8");
            assertThat(ask(postgres, "select string_agg(distinct auth_method, ' ') from pg_hba_file_rules"))
                    .isEqualTo("scram-sha-256");
        }
    }

    @Test
    void keepsThePasswordInAFileThatOnlyItsOwnerReads() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            Path file = data.resolve("postgres.password");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(postgres.url().password()).hasSize(32).isEqualTo(Files.readString(file));
            assertThat(postgres.url().toString()).doesNotContain(postgres.url().password());
            assertThat(data.resolve("postgres.new.password")).doesNotExist();
        }
    }

    @Test
    void losesNothingAcknowledgedWhenBatonIsKilledWhileWriting() throws Exception {
        List<Long> acknowledged = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            try (ChildBaton child = ChildBaton.start(data, ChildBaton.Act.WRITE)) {
                acknowledged.addAll(child.writtenUntilKilled(300, () -> child.kill("KILL")));
            }
            try (EmbeddedPostgres postgres = start()) {
                assertThat(stored(postgres, acknowledged)).hasSameElementsAs(acknowledged);
                assertOnlyDescendantsOf(postgres.pid());
            }
            assertNoneIsLeft(data);
        }
    }

    @Test
    void losesNothingAcknowledgedWhenTheServerItselfIsKilledWhileWriting() throws Exception {
        List<Long> acknowledged;
        try (ChildBaton child = ChildBaton.start(data, ChildBaton.Act.WRITE)) {
            ProcessHandle server =
                    ProcessHandle.of(Long.parseLong(child.await("server "))).orElseThrow();
            acknowledged = child.writtenUntilKilled(300, () -> {
                server.destroyForcibly();
                child.kill("KILL");
            });
        }
        try (EmbeddedPostgres postgres = start()) {
            assertThat(stored(postgres, acknowledged)).hasSameElementsAs(acknowledged);
        }
        assertNoneIsLeft(data);
    }

    @Test
    void startsAServerAgainThatEndedByItself() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data, PostgresOptions.durable())) {
            execute(postgres, "create table if not exists kept_too (word text)");
            execute(postgres, "insert into kept_too values ('still here')");
            long before = postgres.pid();
            ProcessHandle.of(before).orElseThrow().destroyForcibly();
            while (postgres.pid() == before) {
                Thread.onSpinWait();
            }
            assertThat(ask(postgres, "select distinct word from kept_too")).isEqualTo("still here");
            assertOnlyDescendantsOf(postgres.pid());
        }
        assertNoneIsLeft(data);
    }

    @Test
    void stopsWhileItsServerIsBeingStartedAgain() throws Exception {
        EmbeddedPostgres postgres = start();
        ProcessHandle server = ProcessHandle.of(postgres.pid()).orElseThrow();
        server.destroyForcibly();
        server.onExit().get(60, TimeUnit.SECONDS);
        postgres.close();
        start().close(); // waits for what the server that was killed has left behind
        assertNoneIsLeft(data);
    }

    @Test
    void leavesNoProcessBehindHoweverBatonEndsAndHoweverItRunsPostgres() throws Exception {
        int ways;
        try (DataFolder folder = DataFolder.claim(data, 0)) {
            ways = RunAs.ways(folder).size();
        }
        for (int way = 0; way < ways; way++) {
            try (ChildBaton child = ChildBaton.start(data, ChildBaton.Act.HOLD, way)) {
                child.await("server ");
                List<ProcessHandle> servers = ChildBaton.serversOn(data);
                assertThat(servers).as("way %d", way).isNotEmpty();
                child.kill(way % 2 == 0 ? "KILL" : "INT");
                child.awaitEnd();
                awaitEnd(servers);
            }
            assertThat(ChildBaton.serversOn(data)).as("way %d", way).isEmpty();
        }
    }

    @Test
    void leavesNoProcessBehindWhenBatonReturnsWithoutClosing() throws Exception {
        try (ChildBaton child = ChildBaton.start(data, ChildBaton.Act.RETURN)) {
            long server = Long.parseLong(child.await("server "));
            assertThat(child.awaitEnd()).isZero();
            awaitEnd(ProcessHandle.of(server).stream().toList());
        }
        assertNoneIsLeft(data);
    }

    @Test
    void refusesAFolderThatAnotherBatonHasOpen() throws Exception {
        try (ChildBaton child = ChildBaton.start(data, ChildBaton.Act.HOLD)) {
            child.await("server ");
            assertThatThrownBy(this::start)
                    .isInstanceOf(DatabaseRefused.class)
                    .hasMessageContaining("another Baton (process " + child.pid() + ") is using it")
                    .hasMessageContaining("BATON_DATA");
        }
    }

    @Test
    void refusesAFolderThatThisVeryProcessHasOpenAndKeepsTheFirstClaim() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            assertThatThrownBy(this::start).isInstanceOf(DatabaseRefused.class).hasMessageContaining("another Baton");
            try (ChildBaton child = ChildBaton.start(data, ChildBaton.Act.RETURN)) {
                assertThat(child.await("refused ")).contains("another Baton");
            }
            assertThat(ask(postgres, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void refusesAFolderServedByAServerThatNoBatonOwns() throws Exception {
        start().close();
        RunAs runAs;
        Path program;
        try (DataFolder folder = DataFolder.claim(data, 0)) {
            PostgresBinaries binaries = PostgresBinaries.unpacked(null, data);
            program = binaries.program("postgres");
            runAs = RunAs.choose(RunAs.ways(folder), program, data);
        }
        List<String> byHand =
                List.of(program.toString(), "-D", data.resolve("postgres").toString(), "-p", "5999");
        Postmaster stranger =
                Postmaster.start(runAs, byHand, data.resolve("stranger.log").toFile());
        try {
            assertThatThrownBy(() -> {
                        // Its lock file comes a moment after the process.
                        while (PostmasterFile.read(data.resolve("postgres")).isEmpty()) {
                            Thread.onSpinWait();
                        }
                        start();
                    })
                    .isInstanceOf(DatabaseRefused.class)
                    .hasMessageContaining("no running Baton owns")
                    .hasMessageContaining("kill -INT");
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.stop();
        }
    }

    @Test
    void startsThoughTheProcessNumberOfADeadServerNowBelongsToAnother() throws Exception {
        start().close();
        Process innocent = new ProcessBuilder(asClusterOwner("cat")).start();
        try {
            Path lockFile = data.resolve("postgres/postmaster.pid");
            Files.writeString(
                    lockFile,
                    String.join(
                            "\n",
                            Long.toString(innocent.pid()),
                            data.resolve("postgres").toString(),
                            "1700000000",
                            "5999",
                            "",
                            "127.0.0.1",
                            "  1234567     98765",
                            "ready   ",
                            ""));
            own(lockFile);
            try (EmbeddedPostgres postgres = start()) {
                assertThat(ask(postgres, "select 1")).isEqualTo("1");
            }
            assertThat(innocent.isAlive()).isTrue();
        } finally {
            innocent.destroyForcibly();
        }
    }

    @Test
    void startsThoughAPowerCutLeftAnEmptyLockFile() throws Exception {
        start().close();
        own(Files.createFile(data.resolve("postgres/postmaster.pid")));
        try (EmbeddedPostgres postgres = start()) {
            assertThat(ask(postgres, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void beginsAgainWhenTheFirstStartWasCutShort(@TempDir Path temp) throws Exception {
        Files.createDirectories(temp.resolve("postgres.new/base"));
        Files.writeString(temp.resolve("postgres.new/PG_VERSION"), "18\n");
        Files.writeString(temp.resolve("baton-data.properties"), "");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(enterable(temp), PostgresOptions.forTests())) {
            assertThat(ask(postgres, "select 1")).isEqualTo("1");
        }
        assertThat(temp.resolve("postgres.new")).doesNotExist();
    }

    @Test
    void runsForANormalUser(@TempDir Path temp) throws Exception {
        assumeTrue(RunAs.iAmRoot(), "every other test of this class runs as a normal user already");
        Path home = Files.createDirectory(enterable(temp).resolve("home"));
        new RunAs(List.of(), false, new RunAs.Owner(65534, 65534)).own(home);
        Path mine = home.resolve("data");
        try (ChildBaton child = ChildBaton.startUnprivileged(home, mine, ChildBaton.Act.WRITE)) {
            child.await("wrote 3");
            assertThat(home.resolve(".cache/baton")).isDirectory();
            assertThat(RunAs.Owner.of(mine.resolve("postgres.password")).uid()).isEqualTo(65534);
            List<ProcessHandle> servers = ChildBaton.serversOn(mine);
            child.kill("KILL");
            awaitEnd(servers);
        }
        assertNoneIsLeft(mine);
    }

    @Test
    void refusesAFolderThatANormalUserMayNotWrite(@TempDir Path temp) throws Exception {
        assumeTrue(RunAs.iAmRoot(), "needs somebody else's folder");
        Path home = Files.createDirectory(enterable(temp).resolve("home"));
        try (ChildBaton child = ChildBaton.startUnprivileged(home, temp.resolve("data"), ChildBaton.Act.RETURN)) {
            assertThat(child.await("refused "))
                    .contains("is not writable for the user")
                    .contains("BATON_DATA");
        }
    }

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(data, PostgresOptions.forTests());
    }

    private List<String> asClusterOwner(String program) {
        RunAs.Owner owner = RunAs.Owner.of(data.resolve("postgres"));
        return RunAs.iAmRoot()
                ? List.of("setpriv", "--reuid=" + owner.uid(), "--regid=" + owner.gid(), "--clear-groups", program)
                : List.of(program);
    }

    private void own(Path file) throws IOException {
        if (RunAs.iAmRoot()) {
            new RunAs(List.of(), false, RunAs.Owner.of(data.resolve("postgres"))).own(file);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private void assertOnlyDescendantsOf(long server) {
        assertThat(ChildBaton.serversOn(data))
                .filteredOn(ProcessHandle::isAlive)
                .allSatisfy(process -> assertThat(process.pid() == server
                                || process.parent().map(ProcessHandle::pid).orElse(server) == server)
                        .isTrue());
    }

    /** PostgreSQL's log writer ends a moment after its server, by itself. */
    private static void assertNoneIsLeft(Path folder) throws Exception {
        awaitEnd(ChildBaton.serversOn(folder));
        assertThat(ChildBaton.serversOn(folder)).isEmpty();
    }

    private static void awaitEnd(List<ProcessHandle> processes) throws Exception {
        for (ProcessHandle process : processes) {
            process.onExit().get(60, TimeUnit.SECONDS);
        }
    }

    private static List<Long> stored(EmbeddedPostgres postgres, List<Long> among) throws SQLException {
        List<Long> found = new ArrayList<>();
        try (Connection connection = postgres.url().dataSource().getConnection();
                var select = connection.prepareStatement("select id from written where id = any(?)")) {
            select.setArray(1, connection.createArrayOf("bigint", among.toArray()));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getLong(1));
                }
            }
        }
        return found;
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.url().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.url().dataSource().getConnection();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
