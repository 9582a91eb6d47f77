package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.web.TestClient;
import io.baton.server.web.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Policies over HTTP: written by administrators, in versions that everybody can read. */
class PolicyRoutesTest {

    private static final TestServer SERVER = TestServer.start();

    private final TestClient administrator = SERVER.signedIn(SERVER.addAdministrator("Root"));

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void aPolicyIsReadAsItWasWrittenInEachVersion() {
        var chase = """
                {"acceptBy": "PT4H", "workingTime": true, "digest": false,
                 "reminders": [{"when": "-P1D", "every": null, "maximum": null},
                               {"when": "PT0S", "every": "P1D", "maximum": 3}],
                 "ladder": [{"after": "P1D", "to": "team-lead"}], "atEnd": {"after": "P5D", "reassign": "owner"}}""";
        var first = put("chase", chase).expect(200).json();
        assertThat(first.get("unchanged").asBoolean()).isFalse();
        assertThat(first.at("/policy/version").asInt()).isEqualTo(1);
        assertThat(first.at("/policy/createdBy/name").asString()).isEqualTo("Root");
        assertThat(put("chase", chase).json().get("unchanged").asBoolean()).isTrue();
        assertThat(put("chase", "{}").json().at("/policy/version").asInt()).isEqualTo(2);
        TestClient reader = SERVER.signedIn(SERVER.addMember("Reader"));
        assertThat(reader.get("/api/policies/chase").json().get("version").asInt())
                .isEqualTo(2);
        var old = reader.get("/api/policies/chase/versions/1").expect(200).json();
        assertThat(old).isEqualTo(first.get("policy"));
        assertThat(old.at("/policy/reminders/1/maximum").asInt()).isEqualTo(3);
        var versions = reader.get("/api/policies/chase/versions?limit=1").json();
        assertThat(versions.at("/items/0/version").asInt()).isEqualTo(2);
        versions = reader.get("/api/policies/chase/versions?limit=1&cursor="
                        + versions.get("next").asString())
                .json();
        assertThat(versions.at("/items/0/version").asInt()).isEqualTo(1);
        assertThat(versions.get("next").isNull()).isTrue();
        put("zeal", "{}").expect(200);
        var list = reader.get("/api/policies?limit=1").json();
        assertThat(list.at("/items/0/key").asString()).isEqualTo("chase");
        list = reader.get("/api/policies?cursor=" + list.get("next").asString()).json();
        assertThat(list.get("items").findValuesAsString("key")).containsExactly("zeal");
    }

    @Test
    void namesThePlaceOfAMistake() {
        var wrong = put(
                        "wrong",
                        "{\"ladder\": [{\"after\": \"P1D\", \"to\": \"owner\"}, {\"after\": \"soon\", \"to\": \"p0\"}]}")
                .expectProblem(422, "InvalidInput");
        assertThat(wrong.json().get("errors").findValuesAsString("field"))
                .containsExactly("ladder[1].after", "ladder[1].to");
        var unknown = put("wrong", "{\"ladder\": [{\"before\": \"P1D\"}]}").expectProblem(422, "InvalidInput");
        assertThat(unknown.json().at("/errors/0/field").asString()).isEqualTo("ladder[0].before");
        put("Wrong", "{}").expectProblem(422, "InvalidInput");
        for (var path : List.of(
                "/api/policies/wrong",
                "/api/policies/wrong/versions",
                "/api/policies/wrong/versions/1",
                "/api/policies/wrong/versions/x",
                "/api/policies/wrong/versions/9999999999")) {
            administrator.get(path).expectProblem(404, "NoSuchPolicy");
        }
        SERVER.signedIn(SERVER.addMember("Mo"))
                .put("/api/policies/wrong", Map.of())
                .expectProblem(403, "NotAllowed");
    }

    private TestClient.Response put(String key, String json) {
        return administrator.send(
                "PUT", "/api/policies/" + key, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }
}
