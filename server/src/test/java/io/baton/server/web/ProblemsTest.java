package io.baton.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;
import static org.junit.jupiter.params.provider.EnumSource.Mode.MATCH_ALL;

import io.baton.engine.Refusal;
import io.baton.server.commit.Answer;
import io.baton.server.commit.UnavailableException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Everything that goes wrong is answered with one shape, and never with what is inside. */
class ProblemsTest {

    /** Routes that fail. They are outside {@code /api}, where a GET that is in no table is let through to files. */
    @RestController
    static class Failing {

        @GetMapping("/failing/{how}")
        String fail(@PathVariable String how) throws Throwable {
            throw switch (how) {
                case "unavailable" ->
                    new UnavailableException(
                            "The disk is full; nothing was written",
                            new SQLException("jdbc:postgresql://secret-host/"));
                case "bug" -> new IllegalStateException("password=hunter2");
                case "known" -> ProblemException.of(HttpStatus.CONFLICT, "SomeCode", "Some detail.");
                case "error" -> new AssertionError("password=hunter2");
                default -> new IllegalArgumentException(how);
            };
        }

        @GetMapping("/failing/number")
        int number(@RequestParam int value) {
            return value;
        }
    }

    private static final TestServer SERVER = TestServer.start(Failing.class);

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private static TestClient administrator() {
        return SERVER.signedIn(SERVER.addAdministrator("Ada"));
    }

    @Test
    void aFaultTellsAnIdAndNothingElse() {
        for (String how : new String[] {"bug", "error"}) {
            var problem = SERVER.anonymous().get("/failing/" + how).expectProblem(500, "Fault");
            assertThat(problem.body()).doesNotContain("hunter2", "java", "Exception", "at io.baton");
            assertThat(problem.json().get("id").asString()).matches("[0-9a-f]{16}");
            assertThat(problem.json().get("detail").asString())
                    .contains(problem.json().get("id").asString());
        }
    }

    @Test
    void theDatabaseAwayIs503AndSaysSo() {
        var problem = SERVER.anonymous().get("/failing/unavailable").expectProblem(503, "Unavailable");
        assertThat(problem.body()).contains("The disk is full").doesNotContain("secret-host");
        TestClient member = administrator();
        SERVER.anonymous().get("/health").expect(200);
        SERVER.withoutDatabase(() -> {
            SERVER.anonymous().get("/health").expectProblem(503, "Unavailable");
            member.get("/api/session").expectProblem(503, "Unavailable");
            member.get("/api/people").expectProblem(503, "Unavailable");
        });
        SERVER.anonymous().get("/health").expect(200);
        member.get("/api/people").expect(200);
    }

    @Test
    void aKnownProblemIsTold() {
        var problem = SERVER.anonymous().get("/failing/known").expectProblem(409, "SomeCode");
        assertThat(problem.json().get("detail").asString()).isEqualTo("Some detail.");
        assertThat(problem.json().get("instance").asString()).isEqualTo("/failing/known");
        assertThat(problem.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void parametersAreNamed() {
        for (String query : new String[] {"", "?value=x"}) {
            var problem = SERVER.anonymous().get("/failing/number" + query).expectProblem(422, "InvalidInput");
            assertThat(problem.json().at("/errors/0/field").asString()).isEqualTo("value");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = MATCH_ALL, names = "NO_SUCH_.*")
    void whatIsNotThereIs404(Refusal reason) {
        assertThat(Problem.refused(reason, "…").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EXCLUDE,
            names = {"TOO_LARGE"})
    void otherRefusalsAre409AndEachHasACode(Refusal reason) {
        if (!reason.name().startsWith("NO_SUCH_")) {
            assertThat(Problem.refused(reason, "…").status()).isEqualTo(409);
        }
        assertThat(Problem.refused(reason, "…").code()).matches("([A-Z][a-z]+)+");
    }

    @Test
    void answersOfTheCommitterBecomeProblems() {
        assertThat(Problem.refused(Refusal.NOT_THE_HOLDER, "…").code()).isEqualTo("NotTheHolder");
        assertThat(Problem.refused(Refusal.TOO_LARGE, "…").status()).isEqualTo(413);
        assertThat(problem(new Answer.Refused(Refusal.ALREADY_CLAIMED, "why")))
                .isEqualTo(Problem.of(HttpStatus.CONFLICT, "AlreadyClaimed", "why"));
        assertThat(problem(new Answer.KeyReused()).status()).isEqualTo(422);
    }

    private static Problem problem(Answer answer) {
        try {
            throw new AssertionError(ProblemException.done(answer));
        } catch (ProblemException e) {
            return e.problem();
        }
    }

    // Bodies

    @Test
    void malformedJsonIs400AndSaysWhere() {
        TestClient client = administrator();
        var problem = put(client, "{\n  \"name\": nope\n}").expectProblem(400, "MalformedBody");
        assertThat(problem.json().get("detail").asString()).contains("line 2", "column");
        put(client, "{\"name\":\"x\"").expectProblem(400, "MalformedBody");
        put(client, "{\"name\":\"x\",\"name\":\"y\"}").expectProblem(400, "MalformedBody");
        put(client, "").expectProblem(400, "MalformedBody");
    }

    @Test
    void invalidUtf8Is400() {
        byte[] body = "{\"name\":\"x\"}".getBytes(StandardCharsets.US_ASCII);
        body[9] = (byte) 0xff;
        administrator().send("PUT", "/api/teams/utf", "application/json", body).expectProblem(400, "MalformedBody");
    }

    @Test
    void theWrongShapeIs422AndNamesTheField() {
        TestClient client = administrator();
        assertThat(field(put(client, "{\"name\":{}}"))).isEqualTo("name");
        assertThat(field(put(client, "{\"name\":" + "[".repeat(100_000)))).isEqualTo("name");
        assertThat(field(put(client, "{\"nome\":\"x\"}"))).isEqualTo("nome");
        assertThat(field(put(client, "[]"))).isEqualTo("body");
        assertThat(field(put(client, "{\"name\":\"x\"}{}"))).isEqualTo("body");
        var nested = client.post("/api/people", Map.of("name", "x", "teams", new Object[] {"a", Map.of()}));
        assertThat(field(nested)).isEqualTo("teams[1]");
    }

    private static String field(TestClient.Response response) {
        return response.expectProblem(422, "InvalidInput")
                .json()
                .at("/errors/0/field")
                .asString();
    }

    @Test
    void theWrongContentTypeIs415() {
        TestClient client = administrator();
        byte[] body = "{\"name\":\"x\"}".getBytes(StandardCharsets.US_ASCII);
        for (String type : new String[] {"text/plain", "application/xml", "application/x-www-form-urlencoded"}) {
            client.send("PUT", "/api/teams/types", type, body).expectProblem(415, "UnsupportedMediaType");
        }
        client.send("PUT", "/api/teams/types", "not a type", body).expectProblem(415, "UnsupportedMediaType");
        client.with("Accept", "application/xml").get("/api/people").expectProblem(406, "NotAcceptable");
    }

    @Test
    void aBodyThatIsTooLargeIs413WhetherItTellsItsLengthOrNot() throws Exception {
        TestClient client = administrator();
        String fits = "{\"name\":\"x\"" + " ".repeat(BodyLimit.BODY_BYTES_MAX - 12) + "}";
        assertThat(fits).hasSize(BodyLimit.BODY_BYTES_MAX);
        put(client, fits).expect(204);
        put(client, fits + " ").expectProblem(413, "TooLarge");
        put(client, "x".repeat(15 << 20)).expectProblem(413, "TooLarge");
        var raw = new RawHttp(SERVER.address());
        String chunked = raw.send("PUT /api/teams/chunked HTTP/1.1\r\nHost: x\r\nCookie: baton="
                + client.cookie("baton").orElseThrow() + "; XSRF-TOKEN=t\r\nX-XSRF-TOKEN: t\r\n"
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + "200000\r\n" + " ".repeat(0x200000) + "\r\n0\r\n\r\n");
        assertThat(chunked).startsWith("HTTP/1.1 413").contains("\"code\":\"TooLarge\"");
    }

    @Test
    void charactersThatCannotBeStoredAre422() {
        TestClient client = administrator();
        client.get("/api/people?q=%00").expectProblem(422, "InvalidInput");
        client.put("/api/teams/nul", Map.of("name", "a\u0000b")).expectProblem(422, "InvalidInput");
        client.get("/api/people?team=%F0%9F%92%A9").expect(200);
    }

    private static TestClient.Response put(TestClient client, String body) {
        return client.send("PUT", "/api/teams/problems", "application/json", body.getBytes(StandardCharsets.UTF_8));
    }
}
