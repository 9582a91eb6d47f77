package io.baton.server.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads a request's body whole, up to a limit, before anything else does: so a body that is too large is told apart from
 * a malformed one, and the fingerprint of an {@link Idempotency} key covers the very bytes that were sent. Uploads and
 * forms have limits of their own in the servlet container, and files that are imported where they are read. Runs only for requests that are allowed.
 */
final class BodyLimit extends OncePerRequestFilter {

    static final int BODY_BYTES_MAX = 1 << 20;

    /** The request attribute with the bytes that were read. */
    static final String BODY = BodyLimit.class.getName();

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String type = request.getContentType();
        return switch (request.getMethod()) {
            case "GET", "HEAD", "OPTIONS" -> true;
            default ->
                type != null
                        && (isImport(request, type)
                                || isPieceOfFile(request, type)
                                || type.regionMatches(true, 0, "multipart/", 0, "multipart/".length())
                                || type.regionMatches(
                                        true,
                                        0,
                                        MediaType.APPLICATION_FORM_URLENCODED_VALUE,
                                        0,
                                        MediaType.APPLICATION_FORM_URLENCODED_VALUE.length()));
        };
    }

    private static boolean isImport(HttpServletRequest request, String type) {
        return request.getServletPath().equals(Access.IMPORT_PATH)
                && type.regionMatches(true, 0, "text/csv", 0, "text/csv".length());
    }

    private static boolean isPieceOfFile(HttpServletRequest request, String type) {
        var path = request.getServletPath();
        return (path.startsWith(Access.UPLOADS_PATH) || path.startsWith(Access.GUEST_PATH))
                && type.equalsIgnoreCase("application/offset+octet-stream");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        byte[] body = request.getContentLengthLong() > BODY_BYTES_MAX
                ? null
                : request.getInputStream().readNBytes(BODY_BYTES_MAX + 1);
        if (body == null || body.length > BODY_BYTES_MAX) {
            Problems.write(
                    Problems.tooLarge("A body may have at most " + BODY_BYTES_MAX + " bytes."), request, response);
            return;
        }
        request.setAttribute(BODY, body);
        chain.doFilter(new Read(request, body), response);
    }

    private static final class Read extends HttpServletRequestWrapper {

        private final byte[] body;

        Read(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new Bytes(new ByteArrayInputStream(body));
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class Bytes extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        Bytes(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return bytes.read(target, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(@Nullable ReadListener listener) {
            throw new IllegalStateException("requests are read blocking, on virtual threads");
        }
    }
}
