package io.baton.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The headers that every answer has. */
class HeadersTest {

    private static final TestServer SERVER = TestServer.start();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void everyAnswerTellsTheBrowserToBeCareful() {
        for (String path : List.of("/health", "/api/session", "/nowhere", "/sign-in/x", "/assets/nothing.js")) {
            var answer = SERVER.anonymous().get(path);
            assertThat(answer.header("Content-Security-Policy"))
                    .as(path)
                    .startsWith("default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
                            + "font-src 'self' data:; object-src 'none'; frame-ancestors 'none'; base-uri 'self'");
            assertThat(answer.header("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
            assertThat(answer.header("Referrer-Policy")).as(path).isEqualTo("no-referrer");
            assertThat(answer.header("X-Frame-Options")).as(path).isEqualTo("DENY");
            assertThat(answer.header("Cache-Control")).as(path).contains("no-store");
            assertThat(answer.header("Strict-Transport-Security")).as(path).isEmpty();
            assertThat(answer.header("Server")).as(path).isEmpty();
            assertThat(answer.setCookies()).as(path).doesNotContainKey("JSESSIONID");
        }
    }

    @Test
    void httpsIsRememberedOnlyOverHttps() {
        var answer = SERVER.anonymous().with("X-Forwarded-Proto", "https").get("/api/session");
        assertThat(answer.header("Strict-Transport-Security")).contains("max-age=");
        assertThat(answer.setCookies().get("XSRF-TOKEN")).contains("Secure");
    }

    @Test
    void theCsrfCookieIsReadableByTheWebApp() {
        assertThat(SERVER.anonymous().get("/api/session").setCookies().get("XSRF-TOKEN"))
                .isNotNull()
                .doesNotContain("HttpOnly", "Secure");
    }

    @Test
    void otherSitesGetNoPermission() {
        var answer = SERVER.anonymous().with("Origin", "https://evil.example").get("/health");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }
}
