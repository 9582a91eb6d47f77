package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.server.audit.Act;
import io.baton.server.audit.Audit;
import io.baton.server.session.SignIn;
import io.baton.server.web.TestClient;
import io.baton.server.web.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What administrators do outside the cases is on record, with the act or not at all, and stays there. */
class AuditRoutesTest {

    private static final TestServer SERVER = TestServer.start();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    /** As {@code act about/subject}, the newest first. */
    private static List<String> acts(TestClient admin, String query) {
        var acts = new ArrayList<String>();
        admin.get("/api/audit?limit=200" + query)
                .expect(200)
                .json()
                .get("items")
                .forEach(item -> {
                    var on = item.get("about").isNull()
                            ? item.get("subject")
                            : item.get("about").get("name");
                    acts.add(item.get("act").asString() + (on.isNull() ? "" : " " + on.asString()));
                });
        return acts;
    }

    @Test
    void whatAnAdministratorDoesIsOnRecordInItsOrder() {
        var chief = SERVER.addAdministrator("Chief of all");
        var admin = SERVER.signedIn(chief);
        var ann = admin.post("/api/people", Map.of("name", "Ann Audited", "email", "ann@audited.example"))
                .expect(201)
                .json()
                .get("id")
                .asString();
        admin.patch("/api/people/" + ann, Map.of("name", "Ann Renamed", "usualWork", 5))
                .expect(200);
        admin.put("/api/teams/audited", Map.of("name", "Audited")).expect(204);
        admin.put("/api/teams/audited/members/" + ann, Map.of()).expect(204);
        admin.put("/api/calendars/audited", Map.of("name", "A", "zone", "Europe/Berlin", "hours", Map.of()))
                .expect(204);
        admin.delete("/api/calendars/audited").expect(204);
        admin.post("/api/people/" + ann + "/sign-in-link", Map.of()).expect(201);
        var token = admin.post("/api/tokens", Map.of("name", "nightly", "expiresInDays", 3))
                .expect(201)
                .json()
                .get("id")
                .asString();
        admin.delete("/api/connections/tokens/" + token).expect(204);
        admin.post("/api/people/" + ann + "/leaving", Map.of()).expect(200);

        assertThat(acts(admin, "&person=" + chief).reversed())
                .containsExactly(
                        "SIGNED_IN",
                        "PERSON_ADDED Ann Renamed",
                        "PERSON_CHANGED Ann Renamed",
                        "TEAM_PUT audited",
                        "TEAM_JOINED Ann Renamed",
                        "CALENDAR_PUT audited",
                        "CALENDAR_REMOVED audited",
                        "SIGN_IN_LINK_MADE Ann Renamed",
                        "TOKEN_MADE nightly",
                        "TOKEN_REVOKED Chief of all",
                        "PERSON_LEFT Ann Renamed");
        assertThat(acts(admin, "&person=" + chief + "&act=TEAM_PUT,TEAM_JOINED"))
                .containsExactly("TEAM_JOINED Ann Renamed", "TEAM_PUT audited");
        assertThat(acts(admin, "&person=" + chief + "&q=NIGHT")).hasSize(2);
        admin.get("/api/audit?act=NONSENSE").expectProblem(422, "InvalidInput");
        var body = admin.get("/api/audit?limit=200").body();
        assertThat(body).doesNotContain("bt_").doesNotContain("audited.example");
    }

    @Test
    void whatWasRefusedLeavesNothing() {
        var chief = SERVER.addAdministrator("Refused");
        var admin = SERVER.signedIn(chief);
        admin.post("/api/people", Map.of("name", "")).expectProblem(422, "InvalidInput");
        admin.put("/api/teams/Not-A-Key", Map.of("name", "X")).expectProblem(422, "InvalidInput");
        admin.delete("/api/connections/tokens/nothing").expectProblem(404, "NoSuchToken");
        admin.delete("/api/calendars/nowhere").expectProblem(404, "NoSuchCalendar");
        assertThat(acts(admin, "&person=" + chief)).containsExactly("SIGNED_IN");
    }

    @Test
    void aSignInIsOnRecordWithItsMeansAndPagesFollowOneAnother() {
        var chief = SERVER.addAdministrator("Pager");
        var admin = SERVER.signedIn(chief);
        for (int i = 0; i < 5; i++) {
            SERVER.anonymous()
                    .withCsrfToken()
                    .post("/sign-in/" + SERVER.bean(SignIn.class).issueLink(chief), Map.of());
            SERVER.clock().advance(Duration.ofSeconds(1));
        }
        var seen = new ArrayList<String>();
        var cursor = "";
        do {
            var page = admin.get("/api/audit?limit=2&person=" + chief + cursor)
                    .expect(200)
                    .json();
            page.get("items")
                    .forEach(item -> seen.add(
                            item.get("id").asString() + item.get("detail").asString()));
            cursor = page.get("next").isNull()
                    ? ""
                    : "&cursor=" + page.get("next").asString();
        } while (!cursor.isEmpty());
        assertThat(seen).hasSize(6).doesNotHaveDuplicates();
        assertThat(seen.getFirst()).endsWith("one-time link");
    }

    @Test
    void whatIsOnRecordStaysAndIsWrittenInATransactionOnly() {
        SERVER.signedIn(SERVER.addAdministrator("Wiper"));
        for (var sql : List.of("delete from audit", "update audit set person = 'p0'", "truncate audit")) {
            assertThatThrownBy(() -> SERVER.sql().sql(sql).update()).hasMessageContaining("stays as it is");
        }
        assertThatThrownBy(() ->
                        SERVER.bean(Audit.class).add(Audit.Who.person("p1"), Act.TEAM_PUT, Audit.What.subject("x")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anAdministratorSeesEverybodysTokensAndNoSecret() {
        var admin = SERVER.signedIn(SERVER.addAdministrator("Keeper"));
        var member = SERVER.signedIn(SERVER.addMember("Programmer"));
        var made = member.post("/api/tokens", Map.of("name", "erp link", "expiresInDays", 9))
                .expect(201)
                .json();
        var listed = admin.get("/api/connections/tokens").expect(200);
        assertThat(listed.body()).contains("erp link", "Programmer").doesNotContain("bt_");
        admin.delete("/api/connections/tokens/" + made.get("id").asString()).expect(204);
        SERVER.anonymous()
                .with("Authorization", "Bearer " + made.get("token").asString())
                .get("/api/session")
                .expectProblem(401, "NotSignedIn");
        member.get("/api/connections/tokens").expectProblem(403, "NotAllowed");
    }

    /** The app says each act in words, and finds it by one of its kinds. */
    @Test
    void everyActHasItsWordsOnThePage() throws IOException {
        var web = Path.of("..", "web", "src");
        var words = Files.readString(web.resolve("texts/admin.ts"));
        var kinds = Files.readString(web.resolve("admin/AuditPage.tsx"));
        for (var act : Act.values()) {
            assertThat(words).contains(" " + act + ": '");
            assertThat(kinds).containsPattern("[',]" + act + "[',]");
        }
    }
}
