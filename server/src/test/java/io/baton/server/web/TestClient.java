package io.baton.server.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One browser, or one program, also of several threads: keeps cookies, follows no redirects, sends and reads JSON. */
public final class TestClient {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String CSRF_COOKIE = "XSRF-TOKEN";

    private final HttpClient http;
    private final URI address;
    private final Map<String, String> cookies = new ConcurrentSkipListMap<>();
    private final Map<String, String> headers = new ConcurrentSkipListMap<>();
    private boolean sendsCsrfToken;

    TestClient(HttpClient http, URI address) {
        this.http = http;
        this.address = address;
    }

    public TestClient withCookie(String name, String value) {
        cookies.put(name, value);
        return this;
    }

    public Optional<String> cookie(String name) {
        return Optional.ofNullable(cookies.get(name));
    }

    /** Sent with every request from now on. */
    public TestClient with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    public TestClient without(String header) {
        headers.remove(header);
        return this;
    }

    /** Fetches a token from the server and sends it with what changes something. */
    public TestClient withCsrfToken() {
        get("/api/session");
        sendsCsrfToken = true;
        return this;
    }

    public TestClient withoutCsrfToken() {
        sendsCsrfToken = false;
        return this;
    }

    public Response get(String path) {
        return send("GET", path, null, null);
    }

    public Response post(String path, Object body) {
        return sendJson("POST", path, body);
    }

    public Response put(String path, Object body) {
        return sendJson("PUT", path, body);
    }

    public Response patch(String path, Object body) {
        return sendJson("PATCH", path, body);
    }

    public Response delete(String path) {
        return send("DELETE", path, null, null);
    }

    /** {@code body} is anything that Jackson writes. */
    public Response sendJson(String method, String path, Object body) {
        return send(method, path, "application/json", JSON.writeValueAsBytes(body));
    }

    /** {@code path} is encoded already. */
    public Response send(String method, String path, @Nullable String contentType, byte @Nullable [] body) {
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        if (sendsCsrfToken && !method.equals("GET")) {
            request.header("X-XSRF-TOKEN", cookies.getOrDefault(CSRF_COOKIE, ""));
        }
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            return new Response(method + " " + path, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keep(String setCookie) {
        HttpCookie cookie = HttpCookie.parse(setCookie).getFirst();
        if (cookie.getMaxAge() == 0) {
            cookies.remove(cookie.getName());
        } else {
            cookies.put(cookie.getName(), cookie.getValue());
        }
    }

    /** An answer; {@code request} names it in failures. */
    public record Response(String request, HttpResponse<byte[]> http) {

        public int status() {
            return http.statusCode();
        }

        public String body() {
            return new String(http.body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return JSON.readTree(http.body());
        }

        public String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }

        /** All headers of this name; cookies come one by one. */
        public Map<String, String> setCookies() {
            var found = new LinkedHashMap<String, String>();
            http.headers()
                    .allValues("Set-Cookie")
                    .forEach(cookie -> found.put(cookie.substring(0, cookie.indexOf('=')), cookie));
            return found;
        }

        /** This answer, if it has that status. */
        public Response expect(int status) {
            Assertions.assertThat(status()).as(request + " → " + body()).isEqualTo(status);
            return this;
        }

        /** This answer, if it is a problem of that status and code. */
        public Response expectProblem(int status, String code) {
            expect(status);
            Assertions.assertThat(header("Content-Type")).as(request).startsWith("application/problem+json");
            JsonNode problem = json();
            Assertions.assertThat(problem.path("code").asString())
                    .as(request + " → " + body())
                    .isEqualTo(code);
            Assertions.assertThat(problem.path("type").asString()).isEqualTo("urn:baton:problem:" + code);
            Assertions.assertThat(problem.path("status").asInt()).isEqualTo(status);
            Assertions.assertThat(problem.path("title").asString()).isNotBlank();
            Assertions.assertThat(problem.path("detail").asString()).isNotBlank();
            return this;
        }
    }
}
