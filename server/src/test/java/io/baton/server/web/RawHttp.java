package io.baton.server.web;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends bytes that no decent HTTP client would. */
final class RawHttp {

    private static final int ANSWER_WAIT_MS = 30_000;

    private final URI address;

    RawHttp(URI address) {
        this.address = address;
    }

    /** All that the server says until it closes the connection; the request asks it to. */
    String send(String request) throws IOException {
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(ANSWER_WAIT_MS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
