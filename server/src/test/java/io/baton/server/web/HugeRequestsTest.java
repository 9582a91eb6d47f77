package io.baton.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests of 100 MB: each is refused with a reason that reaches the caller, and is never held in memory. */
class HugeRequestsTest {

    private static final int HUGE = 100_000_000;

    /** What a request may cost the whole JVM, this client included: far less than the body. */
    private static final long ALLOCATED_MAX = 30_000_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final TestServer SERVER = TestServer.start();
    private static final TestClient CHIEF = SERVER.signedIn(SERVER.addAdministrator("Chief"));

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @ParameterizedTest
    @CsvSource({
        "large.bpmn, false",
        "large.bpmn, true",
        "large.dmn, false",
        "large.form, true",
        // Not a file at all, but a field beside one.
        "'', false"
    })
    void anUploadIsRefused(String name, boolean chunked) throws IOException {
        var before = "--b\r\nContent-Disposition: form-data; name=\"file\""
                + (name.isEmpty() ? "" : "; filename=\"" + name + "\"") + "\r\n\r\n";
        var answer = sendCheaply("POST", "/api/processes", "multipart/form-data; boundary=b", chunked, before);
        assertThat(answer)
                .startsWith("HTTP/1.1 413")
                .contains("application/problem+json", "\"code\":\"TooLarge\"", "An upload may have at most 10 MB.");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /api/teams/huge",
        "POST, /api/cases",
        "POST, /api/messages",
        "PATCH, /api/cases/PAY-1/variables",
        "POST, /api/tasks/1.1/completion",
        "POST, /api/jobs/activation"
    })
    void aJsonBodyIsRefused(String method, String path) throws IOException {
        for (boolean chunked : new boolean[] {false, true}) {
            var answer = sendCheaply(method, path, "application/json", chunked, "{\"name\":\"");
            assertThat(answer)
                    .startsWith("HTTP/1.1 413")
                    .contains("application/problem+json", "\"code\":\"TooLarge\"", "at most 1048576 bytes");
        }
    }

    @Test
    void aBodyOfAnotherTypeIsRefused() throws IOException {
        for (boolean chunked : new boolean[] {false, true}) {
            assertThat(sendCheaply("POST", "/api/cases", "application/x-www-form-urlencoded", chunked, "a="))
                    .startsWith("HTTP/1.1 413")
                    .contains("application/problem+json", "The form is too large.");
            assertThat(sendCheaply("POST", "/api/cases", "multipart/form-data; boundary=b", chunked, ""))
                    .startsWith("HTTP/1.1 4")
                    .contains("application/problem+json");
        }
    }

    @Test
    void aFormThatCannotBeReadIsMalformed() {
        CHIEF.send(
                        "POST",
                        "/api/cases",
                        "application/x-www-form-urlencoded",
                        "a=%zz".getBytes(StandardCharsets.US_ASCII))
                .expectProblem(400, "MalformedBody");
    }

    @Test
    void nobodyGetsFurtherWithoutSigningIn() throws IOException {
        for (String type : new String[] {"application/json", "multipart/form-data; boundary=b"}) {
            var answer = send("POST", "/api/processes", type, false, "", SERVER.anonymous());
            assertThat(answer).startsWith("HTTP/1.1 401").contains("NotSignedIn");
        }
    }

    private static String sendCheaply(String method, String path, String type, boolean chunked, String begin)
            throws IOException {
        long before = THREADS.getTotalThreadAllocatedBytes();
        var answer = send(method, path, type, chunked, begin, CHIEF);
        assertThat(THREADS.getTotalThreadAllocatedBytes() - before).isLessThan(ALLOCATED_MAX);
        SERVER.anonymous().get("/health").expect(200);
        CHIEF.put("/api/teams/small", Map.of("name", "Small", "kind", "team")).expect(204);
        return answer;
    }

    /** Writes all of it, and only then reads the answer, as simple programs do. */
    private static String send(
            String method, String path, String type, boolean chunked, String begin, TestClient client)
            throws IOException {
        try (var socket =
                new Socket(SERVER.address().getHost(), SERVER.address().getPort())) {
            var out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
            ascii(
                    out,
                    method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: " + type + "\r\n"
                            + client.cookie("baton")
                                    .map(cookie -> "Cookie: baton=" + cookie + "; XSRF-TOKEN=t\r\n")
                                    .orElse("")
                            + "X-XSRF-TOKEN: t\r\n"
                            + (chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + HUGE) + "\r\n\r\n");
            var chunk = new byte[1_000_000];
            Arrays.fill(chunk, (byte) 'x');
            System.arraycopy(begin.getBytes(StandardCharsets.US_ASCII), 0, chunk, 0, begin.length());
            for (int sent = 0; sent < HUGE; sent += chunk.length) {
                ascii(out, chunked ? Integer.toHexString(chunk.length) + "\r\n" : "");
                out.write(chunk);
                ascii(out, chunked ? "\r\n" : "");
                Arrays.fill(chunk, (byte) 'x');
            }
            ascii(out, chunked ? "0\r\n\r\n" : "");
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void ascii(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
