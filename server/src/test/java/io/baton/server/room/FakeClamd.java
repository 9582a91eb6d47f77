package io.baton.server.room;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A virus scanner that speaks clamd's INSTREAM and knows one virus: the EICAR test string. */
public final class FakeClamd implements AutoCloseable {

    /** In two parts, so that no scanner takes this source for it. */
    public static final String EICAR =
            "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD".concat("-ANTIVIRUS-TEST-FILE!$H+H*");

    private final ServerSocket socket;
    private final int bytesMax;

    public FakeClamd(int bytesMax) throws IOException {
        this.bytesMax = bytesMax;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (var connection = socket.accept()) {
                answer(connection);
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void answer(Socket connection) throws IOException {
        var in = new DataInputStream(connection.getInputStream());
        var seen = new ByteArrayOutputStream();
        var command = new String(in.readNBytes(10), StandardCharsets.US_ASCII);
        var answer = command.equals("zINSTREAM\0") ? "" : "UNKNOWN COMMAND";
        while (answer.isEmpty()) {
            int length = in.readInt();
            if (length == 0) {
                answer = seen.toString(StandardCharsets.ISO_8859_1).contains(EICAR)
                        ? "stream: Eicar-Test-Signature FOUND"
                        : "stream: OK";
            } else if (seen.size() + length > bytesMax) {
                answer = "INSTREAM size limit exceeded. ERROR";
            } else {
                seen.writeBytes(in.readNBytes(length));
            }
        }
        connection.getOutputStream().write((answer + "\0").getBytes(StandardCharsets.US_ASCII));
        connection.shutdownOutput();
        var _ = in.transferTo(OutputStream.nullOutputStream());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
