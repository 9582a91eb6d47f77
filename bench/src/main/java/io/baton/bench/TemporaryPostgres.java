package io.baton.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A PostgreSQL of the bench's own, unpacked from the build's dependencies into a temporary folder and deleted at the
 * end. Durable as in production (fsync, synchronous commit); the rest of its settings keep checkpoints out of the
 * measured windows and are the same for all contenders. The server dies with the thread that starts it.
 */
final class TemporaryPostgres implements PostgresServer {
    private static final String BINARIES = "/postgres-linux-x86_64.txz";
    private static final String NOBODY = "65534";

    /** Everything that differs from PostgreSQL's defaults. */
    static final Map<String, String> SETTINGS = Collections.unmodifiableMap(new TreeMap<>(Map.of(
            "shared_buffers", "512MB",
            "max_wal_size", "8GB",
            "checkpoint_timeout", "30min",
            "synchronous_commit", "on",
            "fsync", "on",
            "max_connections", "200",
            "shared_preload_libraries", "pg_stat_statements")));

    /** As Baton's own embedded server has them; for all contenders alike. */
    private static final Map<String, String> MEMORY =
            Map.of("MALLOC_TRIM_THRESHOLD_", "4194304", "MALLOC_TOP_PAD_", "1048576");

    private final Path folder;
    private final boolean root = "root".equals(System.getProperty("user.name"));
    private final String password = UUID.randomUUID().toString();
    private final int port;

    private TemporaryPostgres() throws IOException {
        folder = Files.createTempDirectory("baton-bench-postgres");
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
    }

    static TemporaryPostgres start() throws IOException, InterruptedException {
        var postgres = new TemporaryPostgres();
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
        postgres.unpack();
        postgres.initialise();
        postgres.launch();
        return postgres;
    }

    @Override
    public Database maintenance() {
        return new Database(
                "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres&password=%s".formatted(port, password));
    }

    private void unpack() throws IOException, InterruptedException {
        Path archive = folder.resolve("postgres.txz");
        try (InputStream binaries = TemporaryPostgres.class.getResourceAsStream(BINARIES)) {
            if (binaries == null) {
                throw new IllegalStateException("Expected PostgreSQL's binaries for Linux on x86-64 on the classpath");
            }
            Files.copy(binaries, archive);
        }
        run(List.of("tar", "-xJf", archive.toString(), "-C", folder.toString()));
        Files.delete(archive);
    }

    private void initialise() throws IOException, InterruptedException {
        Path secret = folder.resolve("password");
        Files.writeString(secret, password);
        if (root) {
            run(List.of("chown", "-R", NOBODY + ":" + NOBODY, folder.toString()));
        }
        run(unprivileged(
                List.of(
                        binary("initdb"),
                        "-D",
                        data(),
                        "-U",
                        "postgres",
                        "--pwfile=" + secret,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--data-checksums",
                        "--no-sync"),
                List.of()));
        Files.delete(secret);
    }

    private void launch() throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                binary("postgres"),
                "-D",
                data(),
                "-p",
                String.valueOf(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=" + data()));
        SETTINGS.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        Path log = folder.resolve("postgres.log");
        var builder = new ProcessBuilder(unprivileged(command, List.of("--pdeathsig", "INT")))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(MEMORY);
        var server = builder.start();
        while (!accepts()) {
            if (!server.isAlive()) {
                throw new IllegalStateException("PostgreSQL did not start:\n" + Files.readString(log));
            }
            Thread.sleep(50);
        }
    }

    private boolean accepts() {
        try (Connection _ = maintenance().connect()) {
            return true;
        } catch (SQLException notYet) {
            return false;
        }
    }

    @Override
    public synchronized void close() {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            if (Files.exists(folder.resolve("data/postmaster.pid"))) {
                run(unprivileged(List.of(binary("pg_ctl"), "stop", "-m", "fast", "-w", "-D", data()), List.of()));
            }
            run(List.of("rm", "-rf", folder.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String binary(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** PostgreSQL refuses to run as root. */
    private List<String> unprivileged(List<String> command, List<String> options) {
        if (!root) {
            return command;
        }
        var wrapped = new ArrayList<>(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        wrapped.addAll(options);
        wrapped.add("--");
        wrapped.addAll(command);
        return wrapped;
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .directory(folder.toFile())
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " failed:\n" + output);
        }
    }
}
