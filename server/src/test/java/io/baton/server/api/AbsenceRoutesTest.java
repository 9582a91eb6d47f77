package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.web.TestClient;
import io.baton.server.web.TestServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who is away: who may say so, and who learns why. */
class AbsenceRoutesTest {

    private static final TestServer SERVER = TestServer.start();

    private final String boss = SERVER.addMember("Boss");
    private final String ada = SERVER.addMember("Ada");
    private final String bob = SERVER.addMember("Bob");
    private final TestClient administrator = SERVER.signedIn(SERVER.addAdministrator("Root"));

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void peopleTheirManagersAndAdministratorsEnterItAndOnlyTheyLearnTheReason() {
        administrator.patch("/api/people/" + ada, Map.of("manager", boss)).expect(200);
        var own = add(SERVER.signedIn(ada), "2026-12-01T00:00:00Z", "2026-12-03T00:00:00Z");
        add(SERVER.signedIn(boss), "2026-12-03T00:00:00Z", "2026-12-04T00:00:00Z");
        add(administrator, "2026-12-04T00:00:00Z", "2026-12-05T00:00:00Z");
        SERVER.signedIn(bob)
                .post(
                        "/api/people/" + ada + "/absences",
                        Map.of("from", "2026-12-08T00:00:00Z", "until", "2026-12-09T00:00:00Z"))
                .expectProblem(403, "NotAllowed");
        for (var person : new String[] {ada, boss}) {
            assertThat(absences(SERVER.signedIn(person)).findValuesAsString("reason"))
                    .containsExactly("Surgery", "Surgery", "Surgery");
        }
        var seen = absences(SERVER.signedIn(bob));
        assertThat(seen).hasSize(3);
        assertThat(seen.at("/0/reason").isNull()).isTrue();
        assertThat(seen.at("/0/from").asString()).isEqualTo("2026-12-01T00:00:00Z");
        assertThat(seen.at("/0/substitute/name").asString()).isEqualTo("Bob");
        SERVER.signedIn(bob).delete("/api/absences/" + own).expectProblem(403, "NotAllowed");
        SERVER.signedIn(boss).delete("/api/absences/" + own).expect(204);
        SERVER.signedIn(boss).delete("/api/absences/" + own).expectProblem(404, "NoSuchAbsence");
        assertThat(absences(SERVER.signedIn(bob))).hasSize(2);
    }

    @Test
    void refusesWhatOverlapsOrIsNone() {
        add(administrator, "2026-12-01T00:00:00Z", "2026-12-03T00:00:00Z");
        var path = "/api/people/" + ada + "/absences";
        administrator
                .post(path, Map.of("from", "2026-12-02T23:59:59Z", "until", "2026-12-04T00:00:00Z"))
                .expectProblem(409, "AwayAlready");
        administrator
                .post(path, Map.of("from", "2026-12-04T00:00:00Z", "until", "2026-12-04T00:00:00Z"))
                .expectProblem(422, "InvalidInput");
        administrator.post(path, Map.of("from", "2026-12-04T00:00:00Z")).expectProblem(422, "InvalidInput");
        administrator
                .post(path, Map.of("from", "tomorrow", "until", "2026-12-04T00:00:00Z"))
                .expectProblem(422, "InvalidInput");
        administrator
                .post("/api/people/p0/absences", Map.of("from", "2026-12-04T00:00:00Z"))
                .expectProblem(404, "NoSuchPerson");
        for (var id : new String[] {"0", "x", "-1", "99999999999999999999"}) {
            administrator.delete("/api/absences/" + id).expectProblem(404, "NoSuchAbsence");
        }
    }

    private String add(TestClient client, String from, String until) {
        return client.post(
                        "/api/people/" + ada + "/absences",
                        Map.of("from", from, "until", until, "substitute", bob, "reason", "Surgery"))
                .expect(201)
                .json()
                .get("id")
                .asString();
    }

    private JsonNode absences(TestClient client) {
        return client.get("/api/people/" + ada).expect(200).json().get("absences");
    }
}
