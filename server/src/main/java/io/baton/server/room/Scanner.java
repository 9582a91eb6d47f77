package io.baton.server.room;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks a ClamAV daemon about bytes, by INSTREAM over TCP. What it cannot scan, because it is away or says that the file is
 * too large for it, is not taken.
 */
final class Scanner {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

    /** For one answer or one write; a large archive takes the daemon a while. */
    private static final Duration ANSWER_MAX = Duration.ofMinutes(2);

    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int ANSWER_BYTES_MAX = 4_096;

    private final InetSocketAddress daemon;

    /** {@code host:port}. */
    Scanner(String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 1 || !address.substring(colon + 1).matches("\\d{1,5}")) {
            throw new IllegalArgumentException("BATON_CLAMAV is host:port, not '" + address + "'");
        }
        daemon = new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    void scan(InputStream bytes) {
        String answer;
        try {
            answer = ask(bytes);
        } catch (IOException e) {
            throw new FileRefused(
                    FileRefused.Reason.NOT_SCANNED,
                    "The file could not be checked for viruses just now, so it was not taken. Try again later.");
        }
        if (answer.endsWith("FOUND")) {
            throw new FileRefused(FileRefused.Reason.INFECTED, "The virus scanner found something in the file.");
        }
        if (!answer.endsWith("OK")) {
            throw new FileRefused(
                    FileRefused.Reason.NOT_SCANNED, "The virus scanner cannot check this file, so it was not taken.");
        }
    }

    private String ask(InputStream bytes) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(daemon.getHostString(), daemon.getPort()), (int) CONNECT_MAX.toMillis());
            socket.setSoTimeout((int) ANSWER_MAX.toMillis());
            var out = new DataOutputStream(socket.getOutputStream());
            out.write("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII));
            var chunk = new byte[CHUNK_BYTES];
            try {
                for (int read = bytes.read(chunk); read > 0; read = bytes.read(chunk)) {
                    out.writeInt(read);
                    out.write(chunk, 0, read);
                }
                out.writeInt(0);
                out.flush();
            } catch (java.net.SocketException _) {
                // The daemon has heard enough: its answer says why.
            }
            return new String(socket.getInputStream().readNBytes(ANSWER_BYTES_MAX), StandardCharsets.UTF_8)
                    .replace("\0", "")
                    .strip();
        }
    }
}
