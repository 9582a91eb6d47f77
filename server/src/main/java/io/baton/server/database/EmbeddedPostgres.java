package io.baton.server.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own on one data folder: real binaries, loopback only, a password, checksums, fsync. It
 * lives at most as long as this JVM (see {@link Postmaster}), and is trusted only after it proved, over a password
 * that both sides must know, that it serves this very folder. One that ends by itself, as when its disk is full, is
 * started again at the same place until it serves.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String USER = "baton";
    private static final String DATABASE = "baton";

    /** Recovery after a crash replays at most max_wal_size twice; this is far beyond that. */
    private static final Duration READY_MAX = Duration.ofMinutes(15);

    /** A server whose Baton was killed has its stop signal at once; it may have much to write before it is gone. */
    private static final Duration PREDECESSOR_MAX = Duration.ofSeconds(60);

    private static final Duration PREDECESSOR_NOT_STOPPING_MAX = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);
    private static final int ATTEMPTS_MAX = 8;

    private static final Duration RESTART_PAUSE_MIN = Duration.ofMillis(250);
    private static final Duration RESTART_PAUSE_MAX = Duration.ofSeconds(4);

    /** A segment of the write-ahead log: with less room than this PostgreSQL sooner or later stops. */
    private static final long FREE_BYTES_NEEDED = 16L << 20;

    /** The state that PostgreSQL itself gives a full disk. */
    private static final String DISK_FULL = "53100";

    private final DataFolder folder;
    private final PostgresBinaries binaries;
    private final RunAs runAs;
    private final DatabaseUrl url;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Server server;
    private volatile @Nullable Thread restarting;

    private record Server(Postmaster postmaster, long pid) {}

    private EmbeddedPostgres(
            DataFolder folder, PostgresBinaries binaries, RunAs runAs, DatabaseUrl url, Server server) {
        this.folder = folder;
        this.binaries = binaries;
        this.runAs = runAs;
        this.url = url;
        this.server = server;
    }

    /**
     * Starts a server on the folder, creating both if need be, and waits until it answers.
     *
     * @throws DatabaseRefused when the folder or the machine does not allow it; nothing is left running then
     */
    public static EmbeddedPostgres start(Path dataFolder, PostgresOptions options) {
        DataFolder folder = DataFolder.claim(dataFolder, options.freeBytesMin());
        return start(folder, options, RunAs.ways(folder));
    }

    static EmbeddedPostgres start(DataFolder folder, PostgresOptions options, List<RunAs> ways) {
        try {
            PostgresBinaries binaries = PostgresBinaries.unpacked(options.cacheFolder(), folder.path());
            RunAs runAs = RunAs.choose(ways, binaries.program("postgres"), folder.path());
            if (folder.hasCluster()) {
                folder.refuseOtherMajor(binaries.major());
                awaitPredecessor(folder);
            }
            String password = folder.password();
            if (!folder.hasCluster()) {
                createCluster(folder, binaries, runAs, password, options);
            }
            runAs.own(folder.cluster());
            writeSettings(folder, runAs, options);
            return launch(folder, binaries, runAs, password);
        } catch (IOException e) {
            folder.close();
            throw DatabaseRefused.byTheFileSystem(DataFolder.cannotOpen(folder.path()), folder.path(), e);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** Our claim is granted, so no Baton is alive here; yet the server of one that was killed may still be stopping. */
    private static void awaitPredecessor(DataFolder folder) throws IOException {
        Deadline gone = new Deadline(PREDECESSOR_MAX);
        Deadline stopping = new Deadline(PREDECESSOR_NOT_STOPPING_MAX);
        while (true) {
            Optional<PostmasterFile> file = PostmasterFile.read(folder.cluster());
            if (file.isEmpty()) {
                return;
            }
            if (!file.get().serverLives()) {
                Optional<PostmasterFile> leftOver = PostmasterFile.read(folder.cluster());
                if (leftOver.isPresent()) { // else it ended properly just now
                    LOG.info("PostgreSQL was not stopped cleanly the last time; it recovers now");
                    leftOver.get().disarm();
                }
                return;
            }
            if (gone.isOver() || (stopping.isOver() && file.get().isReady())) {
                throw new DatabaseRefused(
                        DataFolder.cannotOpen(folder.path()),
                        "a PostgreSQL server (process " + file.get().pid() + ") that no running Baton owns has it open",
                        "Stop it with: kill -INT " + file.get().pid());
            }
            pause(LOOK_EVERY);
        }
    }

    /** Grows the cluster beside its place, so that what stands in its place is always complete. */
    private static void createCluster(
            DataFolder folder, PostgresBinaries binaries, RunAs runAs, String password, PostgresOptions options)
            throws IOException {
        Path growing = folder.unfinishedCluster();
        Path passwordFile = folder.path().resolve("postgres.new.password");
        DataFolder.deleteTree(growing);
        Files.createDirectory(growing);
        try {
            DataFolder.writePrivately(passwordFile, password + "\n");
            runAs.own(growing);
            runAs.own(passwordFile);
            List<String> initdb = new ArrayList<>(List.of(
                    binaries.program("initdb").toString(),
                    "--pgdata=" + growing,
                    "--username=" + USER,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--data-checksums"));
            if (!options.syncs()) {
                initdb.add("--no-sync");
            }
            int status =
                    Postmaster.start(runAs, initdb, folder.startLog().toFile()).waitFor();
            if (status != 0) {
                throw whatItSaid(folder, "PostgreSQL's initdb failed with status " + status);
            }
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        Files.move(growing, folder.cluster(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void writeSettings(DataFolder folder, RunAs runAs, PostgresOptions options) throws IOException {
        var settings = PostgresSettings.merged(options.settings());
        String content = settings.entrySet().stream()
                .map(setting -> setting.getKey() + " = '" + setting.getValue().replace("'", "''") + "'\n")
                .collect(Collectors.joining(
                        "", "# Written by Baton at every start. To change a setting, use ALTER SYSTEM.\n", ""));
        Path file = folder.cluster().resolve("postgresql.conf");
        Files.writeString(file, content);
        runAs.own(file);
    }

    /** Tries again when another process took the port meanwhile, or a killed predecessor's backends are not gone yet. */
    private static EmbeddedPostgres launch(DataFolder folder, PostgresBinaries binaries, RunAs runAs, String password)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            DatabaseUrl url = DatabaseUrl.loopback(freePort(), DATABASE, USER, password);
            Optional<Server> server = serve(folder, binaries, runAs, url, () -> false);
            if (server.isPresent()) {
                var postgres = new EmbeddedPostgres(folder, binaries, runAs, url, server.get());
                postgres.watch();
                return postgres;
            }
            if (attempt == ATTEMPTS_MAX || !worthAnotherTry(Files.readString(folder.startLog()))) {
                throw whatItSaid(folder, "PostgreSQL did not start");
            }
            pause(Duration.ofMillis(100L << Math.min(attempt, 5)));
        }
    }

    /** Starts a server there and waits until it answers. Empty when it ended instead, or is not wanted any more. */
    private static Optional<Server> serve(
            DataFolder folder, PostgresBinaries binaries, RunAs runAs, DatabaseUrl url, BooleanSupplier unwanted)
            throws IOException {
        int port = url.hosts().getFirst().port();
        List<String> postgres = List.of(
                binaries.program("postgres").toString(),
                "-D",
                folder.cluster().toString(),
                "-p",
                Integer.toString(port));
        Postmaster postmaster =
                Postmaster.start(runAs, postgres, folder.startLog().toFile());
        try {
            Optional<PostmasterFile> ready = awaitReady(folder, postmaster, port, unwanted);
            if (ready.isPresent()) {
                verify(folder, url);
            } else {
                postmaster.stop();
            }
            return ready.map(file -> new Server(postmaster, file.pid()));
        } catch (IOException | RuntimeException e) {
            postmaster.stop();
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }

    private static Optional<PostmasterFile> awaitReady(
            DataFolder folder, Postmaster postmaster, int port, BooleanSupplier unwanted) throws IOException {
        Deadline deadline = new Deadline(READY_MAX);
        Deadline mention = new Deadline(Duration.ofSeconds(5));
        boolean mentioned = false;
        while (postmaster.isAlive() && !unwanted.getAsBoolean()) {
            Optional<PostmasterFile> file = PostmasterFile.read(folder.cluster());
            if (file.filter(found -> found.isReady() && found.port() == port && found.isNotDisarmed())
                    .isPresent()) {
                return file;
            }
            if (deadline.isOver()) {
                throw whatItSaid(folder, "PostgreSQL was not ready after " + READY_MAX.toMinutes() + " minutes");
            }
            if (!mentioned && mention.isOver()) {
                LOG.info("PostgreSQL is recovering what was written before the last stop; this can take some minutes");
                mentioned = true;
            }
            pause(LOOK_EVERY);
        }
        return Optional.empty();
    }

    private static boolean worthAnotherTry(String said) {
        return said.contains("could not bind") || said.contains("is still in use");
    }

    /** Whoever answers at that port must be the server we started, not another one that was faster. */
    private static void verify(DataFolder folder, DatabaseUrl url) throws IOException {
        try (Connection connection = connectCreating(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_setting('data_directory')")) {
            row.next();
            String served = row.getString(1);
            if (!Files.isSameFile(Path.of(served), folder.cluster())) {
                throw new DatabaseRefused(
                        DataFolder.cannotOpen(folder.path()),
                        "the server that answered serves " + served + " instead",
                        "Stop that server, then start Baton again");
            }
        } catch (SQLException e) {
            boolean password = PSQLState.INVALID_PASSWORD.getState().equals(e.getSQLState());
            throw new DatabaseRefused(
                    DataFolder.cannotOpen(folder.path()),
                    password
                            ? "the password in its file postgres.password is not the database's"
                            : "its PostgreSQL started but did not answer (" + e.getMessage() + ")",
                    password
                            ? "Restore that file from a backup of the data folder"
                            : "Look at its log in " + folder.cluster().resolve("log"),
                    e);
        }
    }

    private static Connection connectCreating(DatabaseUrl url) throws SQLException {
        try {
            return url.dataSource().getConnection();
        } catch (SQLException e) {
            if (!"3D000".equals(e.getSQLState())) { // invalid_catalog_name: the first start, or one that was cut short
                throw e;
            }
            try (Connection admin = url.withDatabase("postgres").dataSource().getConnection();
                    Statement statement = admin.createStatement()) {
                statement.execute("create database " + url.database());
            }
            return url.dataSource().getConnection();
        }
    }

    private static DatabaseRefused whatItSaid(DataFolder folder, String why) throws IOException {
        String said = Files.readString(folder.startLog()).strip();
        if (DatabaseRefused.saysDiskFull(said)) {
            return DatabaseRefused.diskFull(
                    DataFolder.cannotOpen(folder.path()), folder.path(), why, new IOException(said));
        }
        List<String> lines = said.lines().toList();
        String last = String.join("\n  ", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
        return new DatabaseRefused(
                DataFolder.cannotOpen(folder.path()),
                why + "; it said\n  " + last + "\n",
                "More may be in " + folder.startLog() + " and in "
                        + folder.cluster().resolve("log"));
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while starting PostgreSQL", e);
        }
    }

    /** Measures patience with the machine, not business time. */
    private record Deadline(long endNanos) {

        Deadline(Duration patience) {
            this(System.nanoTime() + patience.toNanos());
        }

        boolean isOver() {
            return System.nanoTime() - endNanos >= 0;
        }
    }

    private void watch() {
        server.postmaster().whenItEndsByItself(() -> {
            LOG.error(
                    "PostgreSQL ended by itself{}. It is started again; until then nothing can be read or stored. Its"
                            + " log is in {}",
                    isDiskFull() ? ": the disk that holds " + folder.path() + " is full" : "",
                    folder.cluster().resolve("log"));
            restarting = Thread.ofPlatform().daemon().name("postgres-restart").start(this::restart);
        });
    }

    private void restart() {
        Duration pause = RESTART_PAUSE_MIN;
        String said = "";
        while (!isClosedWithin(pause)) {
            String failure = tryToRestart();
            if (failure.isEmpty()) {
                return;
            }
            if (!failure.equals(said)) {
                said = failure;
                LOG.warn("PostgreSQL cannot be started yet, and is tried again: {}", said);
            }
            pause = pause.compareTo(RESTART_PAUSE_MAX) < 0 ? pause.multipliedBy(2) : RESTART_PAUSE_MAX;
        }
    }

    /** Empty when it serves, else why it does not. */
    private String tryToRestart() {
        try {
            awaitPredecessor(folder);
            Optional<Server> started = serve(folder, binaries, runAs, url, () -> closed.getCount() == 0);
            if (started.isEmpty()) {
                return isDiskFull()
                        ? "the disk that holds " + folder.path() + " is full"
                        : String.valueOf(
                                whatItSaid(folder, "PostgreSQL did not start").getMessage());
            }
            server = started.get();
            LOG.warn("PostgreSQL serves again");
            watch();
            return "";
        } catch (IOException | RuntimeException e) {
            return e.toString();
        }
    }

    private boolean isClosedWithin(Duration pause) {
        try {
            return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Why there was no connection: a server that cannot start because its disk is full cannot say so itself. */
    SQLException explained(SQLException e) {
        return isDiskFull() ? new SQLException("The disk that holds " + folder.path() + " is full", DISK_FULL, e) : e;
    }

    private boolean isDiskFull() {
        try {
            return Files.getFileStore(folder.path()).getUsableSpace() < FREE_BYTES_NEEDED;
        } catch (IOException e) {
            LOG.debug("The free space of {} is not known", folder.path(), e);
            return false;
        }
    }

    public DatabaseUrl url() {
        return url;
    }

    /** The process number of the server; its children are its backends and workers. */
    public long pid() {
        return server.pid();
    }

    /** Stops the server, waits until it is gone, and gives the folder back. */
    @Override
    public void close() {
        closed.countDown();
        Thread restart = restarting;
        if (restart != null) {
            try {
                restart.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        server.postmaster().stop();
        folder.close();
    }
}
