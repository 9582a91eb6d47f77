package io.baton.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that only an attacker or a broken program sends, byte by byte. The server answers and goes on serving. */
class HostileRequestsTest {

    private static final TestServer SERVER = TestServer.start();
    private static final RawHttp RAW = new RawHttp(SERVER.address());

    @AfterAll
    static void close() {
        SERVER.anonymous().get("/health").expect(200);
        SERVER.close();
    }

    private static String get(String target, String... headers) throws IOException {
        return RAW.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + String.join("", headers) + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/../application.properties",
                "/../../etc/passwd",
                "/assets/..%2f..%2fapplication.properties",
                "/assets/%2e%2e/%2e%2e/application.properties",
                "/assets/..\\..\\application.properties",
                "/assets/..;/..;/application.properties",
                "/assets//etc/passwd",
                "/assets/%252e%252e/application.properties",
                "/application.properties",
                "/db/migration/V1__spine.sql",
                "/static/index.html",
                "/META-INF/MANIFEST.MF",
                "/assets/%00",
                "/assets/",
                "/assets"
            })
    void noPathLeadsOutOfTheWebApp(String path) throws IOException {
        String answer = get(path);
        assertThat(answer).containsPattern("^HTTP/1.1 (400|404) ");
        assertThat(answer).doesNotContain("spring.application", "root:", "create table", "Manifest-Version");
        assertThat(answer).contains("application/problem+json", "\"code\":");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/../api/people",
                "/api/./people",
                "/api;x=1/people",
                "/api//people",
                "//api/people",
                "/%61pi/people",
                "/api/people/",
                "/api/people;jsessionid=1",
                "/API/people",
                "/api/people%2f",
                "/api/people.json",
                "/sign-in/x/../../api/people"
            })
    void noSpellingOfARouteGetsAroundTheTable(String path) throws IOException {
        assertThat(get(path)).containsPattern("^HTTP/1.1 (400|401|404) ").doesNotContain("\"items\"");
    }

    @Test
    void noSpellingOfARouteGetsAroundTheCsrfToken() throws IOException {
        String cookie = SERVER.signedIn(SERVER.addMember("Mo")).cookie("baton").orElseThrow();
        for (String path : new String[] {"/api/session", "/%61pi/session", "/api/%73ession"}) {
            String headers = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: baton=" + cookie + "\r\n";
            assertThat(RAW.send("DELETE " + path + headers + "\r\n")).startsWith("HTTP/1.1 403");
            assertThat(RAW.send("POST " + path + headers + "Content-Length: 0\r\n\r\n"))
                    .startsWith("HTTP/1.1 403");
            assertThat(RAW.send("GET " + path + headers + "\r\n")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aHugeHeaderIsRefused() throws IOException {
        assertThat(get("/health", "X-Big: " + "x".repeat(20_000) + "\r\n")).startsWith("HTTP/1.1 400");
        assertThat(get("/health?" + "x".repeat(20_000))).startsWith("HTTP/1.1 400");
        assertThat(get("/health", "X-Big: " + "x".repeat(10_000) + "\r\n")).startsWith("HTTP/1.1 200");
    }

    @Test
    void manyHeadersAreRefused() throws IOException {
        assertThat(get("/health", "X-Many: x\r\n".repeat(1_000))).startsWith("HTTP/1.1 400");
    }

    @Test
    void headersAreNotSplitByWhatIsSent() throws IOException {
        for (String path : new String[] {"/%0d%0aX-Injected:%20yes", "/sign-in/%0d%0aX-Injected:%20yes"}) {
            String answer = get(path, "Accept: text/html\r\n");
            assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("\r\nX-Injected");
        }
        String idempotency = get("/health", "Idempotency-Key: a\rX-Injected: yes\r\n");
        assertThat(idempotency).startsWith("HTTP/1.1 400").doesNotContain("\r\nX-Injected");
    }

    @Test
    void whatIsNotHttpIsRefused() throws IOException {
        assertThat(RAW.send("\u0016\u0003\u0001 hello\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(RAW.send("GET /health HTTP/9.9\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 505");
        assertThat(RAW.send("GET /health HTTP/1.1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(RAW.send("TRACE /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .containsPattern("^HTTP/1.1 (400|401|405) ");
        assertThat(RAW.send("FOO /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .containsPattern("^HTTP/1.1 (400|401|405|501) ");
        String smuggling = "POST /api/session HTTP/1.1,Host: x,Content-Length: 5,Transfer-Encoding: chunked,,0,,"
                + "GET /health HTTP/1.1,Host: x,,";
        assertThat(RAW.send(smuggling.replace(",", "\r\n")))
                .as("what is behind is not served")
                .doesNotContain("\"up\"");
    }

    @Test
    void anErrorPageOfTheContainerTellsNothing() throws IOException {
        assertThat(get("/assets/%zz")).startsWith("HTTP/1.1 400").doesNotContain("Tomcat", "<html", "Exception");
        assertThat(get("/health?a=%zz")).doesNotContain("Tomcat", "<html", "Exception");
        assertThat(get("/sign-in/%ff%fe")).doesNotContain("Tomcat", "Exception", "Server:");
    }

    @Test
    void aForgedCookieOrTokenIsNobody() throws IOException {
        for (String cookie : new String[] {"baton=", "baton=x", "baton=\"x\"", "baton=' or 1=1 --", "baton=\u00ff"}) {
            assertThat(get("/api/session", "Cookie: " + cookie + "\r\n")).startsWith("HTTP/1.1 401");
        }
        assertThat(get("/api/session", "Authorization: Bearer \u00ff\u0001\r\n"))
                .containsPattern("^HTTP/1.1 40[01] ");
        assertThat(get("/api/session", "Authorization: Bearer " + "x".repeat(10_000) + "\r\n"))
                .startsWith("HTTP/1.1 401");
    }
}
