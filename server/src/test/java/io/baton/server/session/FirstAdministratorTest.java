package io.baton.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.web.TestClient;
import io.baton.server.web.TestServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** How the first person gets in, and that the way is closed behind. */
class FirstAdministratorTest {

    private static final TestServer SERVER = TestServer.start();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void thereIsALinkUntilAnAdministratorCanGetInWithout() {
        var first = SERVER.bean(FirstAdministrator.class);
        assertThat(first.link()).as("nobody is there").isPresent();
        String link = first.link().orElseThrow();
        assertThat(SERVER.sql()
                        .sql("select count(*) from person")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);

        TestClient browser = SERVER.anonymous().withCsrfToken();
        browser.send("POST", "/sign-in/" + link, null, null).expect(303);
        assertThat(browser.get("/api/session").json().at("/person/admin").asBoolean(false))
                .isTrue();
        assertThat(first.link()).as("signed in").isEmpty();

        SERVER.clock().advance(Sessions.IDLE_MAX);
        link = first.link().orElseThrow();
        browser.send("POST", "/sign-in/" + link, null, null).expect(303);
        browser.put("/api/session/password", Map.of("password", "correct horse battery"))
                .expect(204);
        SERVER.clock().advance(Sessions.IDLE_MAX);
        assertThat(first.link()).as("there is a password").isEmpty();
    }
}
