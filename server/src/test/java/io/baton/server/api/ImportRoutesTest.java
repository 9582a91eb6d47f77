package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.directory.Imports;
import io.baton.server.web.TestClient;
import io.baton.server.web.TestServer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** CSV files over HTTP. */
class ImportRoutesTest {

    private static final TestServer SERVER = TestServer.start();
    private static final String IMPORT = "/api/directory/import";

    private final TestClient administrator = SERVER.signedIn(SERVER.addAdministrator("Root"));

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void tellsInADryRunWhatWillHappenAndThenDoesIt() {
        var file = "email,name\nada@import.example,Ada\n";
        var dry = send(IMPORT + "?dryRun=true", file).expect(200).json();
        assertThat(dry.get("added").asInt()).isEqualTo(1);
        assertThat(dry.at("/lines/0/line").asInt()).isEqualTo(2);
        assertThat(dry.at("/lines/0/what").asString()).isEqualTo("added");
        assertThat(SERVER.directory().findByEmail("ada@import.example")).isEmpty();
        assertThat(send(IMPORT, file).expect(200).json().get("added").asInt()).isEqualTo(1);
        assertThat(SERVER.directory().findByEmail("ada@import.example")).isPresent();
        assertThat(send(IMPORT, file).expect(200).json().get("unchanged").asInt())
                .isEqualTo(1);
    }

    @Test
    void aMistakeIsAProblemWithItsPlaceAndInADryRunPartOfTheReport() {
        var file = "email,name,usualWork\nok@import.example,Ok,\nbad@import.example,Bad,much\n";
        var problem = send(IMPORT, file).expectProblem(422, "InvalidInput").json();
        assertThat(problem.at("/errors/0/field").asString()).isEqualTo("line 3, column usualWork");
        assertThat(SERVER.directory().findByEmail("ok@import.example")).isEmpty();
        var dry = send(IMPORT + "?dryRun=true", file).expect(200).json();
        assertThat(dry.at("/mistakes/0/line").asInt()).isEqualTo(3);
        assertThat(dry.at("/mistakes/0/column").asString()).isEqualTo("usualWork");
    }

    @Test
    void takesMoreThanOtherRoutesButNotWithoutEnd() {
        var rows = new StringBuilder("email,name\n");
        for (int i = 0; rows.length() <= 2 << 20; i++) {
            rows.append("p")
                    .append(i)
                    .append("@large.example,")
                    .append("x".repeat(190))
                    .append('\n');
        }
        assertThat(send(IMPORT + "?dryRun=true", rows.toString())
                        .expect(200)
                        .json()
                        .get("added")
                        .asInt())
                .isGreaterThan(9_000);
        send(IMPORT, "x".repeat(Imports.BYTES_MAX + 1)).expectProblem(413, "TooLarge");
    }

    @Test
    void takesNothingButCsvAndNobodyButAdministrators() {
        administrator
                .send("POST", IMPORT, "application/json", "{}".getBytes(StandardCharsets.UTF_8))
                .expectProblem(415, "UnsupportedMediaType");
        SERVER.signedIn(SERVER.addMember("Mo"))
                .send("POST", IMPORT, "text/csv", "email,name\n".getBytes(StandardCharsets.UTF_8))
                .expectProblem(403, "NotAllowed");
    }

    private TestClient.Response send(String path, String file) {
        return administrator.send("POST", path, "text/csv; charset=utf-8", file.getBytes(StandardCharsets.UTF_8));
    }
}
