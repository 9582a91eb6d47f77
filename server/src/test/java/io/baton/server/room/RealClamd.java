package io.baton.server.room;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * ClamAV's own daemon, with a database of one signature of our own, that of the EICAR test string: no other is downloaded.
 * Only where it is installed.
 */
public final class RealClamd implements AutoCloseable {

    private final int port;
    private final Process process;

    /** {@code folder} is empty; the daemon is listening when this returns. */
    public RealClamd(Path folder) throws IOException {
        var database = Files.createDirectory(folder.resolve("database"));
        Files.writeString(
                database.resolve("eicar.ndb"),
                "Eicar-Test-Signature:0:*:"
                        + HexFormat.of().formatHex(FakeClamd.EICAR.getBytes(StandardCharsets.ISO_8859_1)) + "\n");
        this.port = freePort();
        var configuration = Files.writeString(folder.resolve("clamd.conf"), """
            Foreground yes
            TCPAddr 127.0.0.1
            TCPSocket %d
            DatabaseDirectory %s
            StreamMaxLength 2M
            MaxFileSize 1M
            AlertExceedsMax yes
            """.formatted(port, database));
        this.process = new ProcessBuilder("clamd", "--config-file=" + configuration)
                .redirectErrorStream(true)
                .start();
        awaitListening();
    }

    public static boolean isInstalled() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "clamd")));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** It says so in the last line that it writes before it waits for work. */
    private void awaitListening() throws IOException {
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var said = new StringBuilder();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            if (line.contains("Self checking every")) {
                Thread.ofVirtual().start(() -> readOn(lines));
                return;
            }
        }
        throw new IOException("clamd did not start:\n" + said);
    }

    /** A pipe that nobody reads would stop it. */
    private static void readOn(Reader lines) {
        try {
            lines.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            // It was stopped.
        }
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
