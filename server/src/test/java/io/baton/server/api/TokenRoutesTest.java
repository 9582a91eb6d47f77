package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.session.ApiTokens;
import io.baton.server.web.TestClient;
import io.baton.server.web.TestServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** API tokens: made once, listed without their secret, and gone when deleted or expired. */
class TokenRoutesTest {

    private static final TestServer SERVER = TestServer.start();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private static TestClient program(String secret) {
        return SERVER.anonymous().with("Authorization", "Bearer " + secret);
    }

    @Test
    void aProgramActsAsThePersonUntilTheTokenIsDeleted() {
        String person = SERVER.addMember("Ann");
        TestClient browser = SERVER.signedIn(person);
        var created = browser.post("/api/tokens", Map.of("name", " nightly import ", "expiresInDays", 30))
                .expect(201)
                .json();
        String secret = created.get("token").asString();
        assertThat(secret).startsWith("bt_").hasSize(46);
        var used = program(secret).get("/api/session").expect(200);
        assertThat(used.json().at("/person/id").asString()).isEqualTo(person);
        assertThat(used.setCookies()).as("a program needs no cookies").isEmpty();

        var listed = browser.get("/api/tokens").expect(200);
        assertThat(listed.body()).doesNotContain(secret);
        assertThat(listed.json().at("/items/0/name").asString()).isEqualTo("nightly import");
        assertThat(listed.json().at("/items/0/id").asString())
                .isEqualTo(created.get("id").asString());
        assertThat(listed.json().get("next").isNull()).isTrue();

        browser.delete("/api/tokens/" + created.get("id").asString()).expect(204);
        program(secret).get("/api/session").expectProblem(401, "NotSignedIn");
        browser.delete("/api/tokens/" + created.get("id").asString()).expectProblem(404, "NoSuchToken");
    }

    @Test
    void anExpiredTokenIsRefused() {
        String secret = create(SERVER.addMember("Eve"));
        SERVER.clock().advance(Duration.ofDays(1).minusSeconds(1));
        program(secret).get("/api/session").expect(200);
        SERVER.clock().advance(Duration.ofSeconds(1));
        var refused = program(secret).get("/api/session").expectProblem(401, "NotSignedIn");
        assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
    }

    private static String create(String person) {
        return SERVER.bean(ApiTokens.class)
                .create(person, "test", Duration.ofDays(1))
                .orElseThrow()
                .secret();
    }

    @Test
    void aTokenNeedsNoCsrfTokenAndABadOneIsNotMadeGoodByACookie() {
        String administrator = SERVER.addAdministrator("Abe");
        String secret = create(administrator);
        program(secret).put("/api/teams/sales", Map.of("name", "Sales")).expect(204);
        TestClient both = SERVER.signedIn(administrator).with("Authorization", "Bearer bt_wrong");
        both.get("/api/session").expectProblem(401, "NotSignedIn");
        both.with("Authorization", "Basic YTpi").get("/api/session").expectProblem(401, "NotSignedIn");
        both.with("Authorization", "Bearer").get("/api/session").expectProblem(401, "NotSignedIn");
        program(SERVER.signedIn(administrator).cookie("baton").orElseThrow())
                .get("/api/session")
                .expectProblem(401, "NotSignedIn");
    }

    @Test
    void nobodyDeletesOrSeesTheTokenOfAnother() {
        TestClient ann = SERVER.signedIn(SERVER.addMember("Ann"));
        String id = ann.post("/api/tokens", Map.of("name", "mine", "expiresInDays", 1))
                .expect(201)
                .json()
                .get("id")
                .asString();
        TestClient bob = SERVER.signedIn(SERVER.addMember("Bob"));
        bob.delete("/api/tokens/" + id).expectProblem(404, "NoSuchToken");
        assertThat(bob.get("/api/tokens").json().get("items")).isEmpty();
        bob.delete("/api/tokens/not-a-uuid").expectProblem(404, "NoSuchToken");
    }

    @Test
    void nameAndTimeAreChecked() {
        TestClient ann = SERVER.signedIn(SERVER.addMember("Ann"));
        var problem = ann.post("/api/tokens", Map.of()).expectProblem(422, "InvalidInput");
        assertThat(problem.json().at("/errors").findValuesAsString("field")).containsExactly("name", "expiresInDays");
        for (int days : new int[] {0, -1, ApiTokens.DAYS_MAX + 1}) {
            ann.post("/api/tokens", Map.of("name", "x", "expiresInDays", days)).expectProblem(422, "InvalidInput");
        }
        ann.post("/api/tokens", Map.of("name", "x".repeat(101), "expiresInDays", 1))
                .expectProblem(422, "InvalidInput");
        var wrongType = ann.post("/api/tokens", Map.of("name", "x", "expiresInDays", "soon"))
                .expectProblem(422, "InvalidInput");
        assertThat(wrongType.json().at("/errors/0/field").asString()).isEqualTo("expiresInDays");
        var unknown = ann.post("/api/tokens", Map.of("name", "x", "expiresInDays", 1, "admin", true))
                .expectProblem(422, "InvalidInput");
        assertThat(unknown.json().at("/errors/0/field").asString()).isEqualTo("admin");
    }

    @Test
    void thereIsALimitToTokens() {
        String person = SERVER.addMember("Many");
        for (int i = 0; i < ApiTokens.PER_PERSON_MAX; i++) {
            create(person);
        }
        TestClient browser = SERVER.signedIn(person);
        Map<String, Object> one = Map.of("name", "one too many", "expiresInDays", 1);
        browser.post("/api/tokens", one).expectProblem(409, "TooManyTokens");
        SERVER.clock().advance(Duration.ofDays(1));
        SERVER.signedIn(person).post("/api/tokens", one).expect(201);
    }
}
