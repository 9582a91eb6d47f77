package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.directory.Written;
import io.baton.server.session.ApiTokens;
import io.baton.server.session.SignIn;
import io.baton.server.web.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Somebody leaves for good: nobody gets in by their name again, and nothing that they had stays with them. */
class LeavingRoutesTest {

    private static final Company COMPANY = new Company();

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    @Test
    void everyCaseOfALeaverGoesOnToOthers() {
        COMPANY.deploy(Company.salesTask());
        var boss = COMPANY.server.addMember("Boss");
        COMPANY.chief
                .patch("/api/people/" + COMPANY.ada, Map.of("manager", boss))
                .expect(200);
        var owned = COMPANY.start("sales-task", Map.of());
        var both = COMPANY.start("sales-task", Map.of());
        COMPANY.adaClient
                .post("/api/tasks/" + COMPANY.task(both) + "/claim", Map.of())
                .expect(200);
        var others = started(COMPANY.bobClient);
        var held = started(COMPANY.bobClient);
        COMPANY.adaClient
                .post("/api/tasks/" + COMPANY.task(held) + "/claim", Map.of())
                .expect(200);
        COMPANY.chief
                .put("/api/teams/two", Map.of("name", "Two", "lead", COMPANY.ada))
                .expect(204);

        var left = COMPANY.chief
                .post("/api/people/" + COMPANY.ada + "/leaving", Map.of())
                .expect(200);
        assertThat(left.json().get("cases").asInt()).isEqualTo(3);
        for (var key : List.of(owned, both)) {
            assertThat(read(key).at("/owner/id").asString()).isEqualTo(boss);
        }
        for (var key : List.of(both, held)) {
            assertThat(read(key).at("/tasks/0/claimed").asBoolean()).isFalse();
        }
        assertThat(read(others).at("/owner/id").asString()).isEqualTo(COMPANY.bob);
        assertThat(COMPANY.chief.get("/api/teams/two").json().at("/lead/id").asString())
                .isEqualTo(boss);
        COMPANY.adaClient.get("/api/session").expectProblem(401, "NotSignedIn");
        var again = COMPANY.chief
                .post("/api/people/" + COMPANY.ada + "/leaving", Map.of())
                .expect(200);
        assertThat(again.json().get("cases").asInt()).isZero();
    }

    private static String started(TestClient client) {
        return client.post("/api/cases", Map.of("process", "sales-task"))
                .expect(201)
                .json()
                .get("key")
                .asString();
    }

    private static tools.jackson.databind.JsonNode read(String key) {
        return COMPANY.bobClient.get("/api/cases/" + key).expect(200).json();
    }

    @Test
    void nothingThatLetALeaverInDoesSoAgain() {
        var lea = COMPANY.chief
                .post("/api/people", Map.of("name", "Lea", "email", "lea@example.org"))
                .expect(201)
                .json()
                .get("id")
                .asString();
        var signIn = COMPANY.server.bean(SignIn.class);
        signIn.setPassword(lea, "correct horse battery");
        var link = signIn.issueLink(lea);
        var browser = COMPANY.server.signedIn(lea);
        var token = COMPANY.server
                .bean(ApiTokens.class)
                .create(lea, "t", Duration.ofDays(1))
                .orElseThrow()
                .secret();
        var program = COMPANY.server.anonymous().with("Authorization", "Bearer " + token);
        program.get("/api/session").expect(200);
        COMPANY.chief.post("/api/people/" + lea + "/leaving", Map.of()).expect(200);
        for (boolean back : List.of(false, true)) {
            browser.get("/api/session").expectProblem(401, "NotSignedIn");
            program.get("/api/session").expectProblem(401, "NotSignedIn");
            var visitor = COMPANY.server.anonymous().withCsrfToken();
            visitor.post("/api/session", Map.of("email", "lea@example.org", "password", "correct horse battery"))
                    .expectProblem(401, "WrongCredentials");
            assertThat(signIn.isLink(link)).isFalse();
            if (!back) {
                COMPANY.chief
                        .post("/api/people/" + lea + "/sign-in-link", Map.of())
                        .expectProblem(404, "NoSuchPerson");
                COMPANY.chief.delete("/api/people/" + lea + "/leaving").expect(204);
            }
        }
        COMPANY.chief.post("/api/people/" + lea + "/sign-in-link", Map.of()).expect(201);
    }

    @Test
    void theLastAdministratorStays() {
        try (var company = new Company()) {
            var chief =
                    company.chief.get("/api/session").json().at("/person/id").asString();
            company.chief.post("/api/people/" + chief + "/leaving", Map.of()).expectProblem(409, "LastAdministrator");
            company.chief.patch("/api/people/" + chief, Map.of("admin", false)).expectProblem(409, "LastAdministrator");
            company.chief.post("/api/people/p0/leaving", Map.of()).expectProblem(404, "NoSuchPerson");
            company.chief.delete("/api/people/p0/leaving").expectProblem(404, "NoSuchPerson");
            company.chief.get("/api/session").expect(200);
        }
    }

    @Test
    void aSponsorIsReplacedWhereASystemWorks() {
        try (var company = new Company()) {
            company.deploy(TestProcess.of("with-system", "SYS")
                    .then("startEvent", "start")
                    .job("match", "match")
                    .then("endEvent", "end"));
            company.chief
                    .put("/api/teams/erp", Map.of("name", "ERP", "kind", "system", "lead", company.ada))
                    .expect(204);
            company.start("with-system", Map.of());
            var left = company.chief.post("/api/people/" + company.ada + "/leaving", Map.of());
            assertThat(left.expect(200).json().get("cases").asInt())
                    .as("Ada owns the case too")
                    .isEqualTo(1);
            var leavers = company.server.bean(Node.class).leavers();
            leavers.tick();
            assertThat(company.chief.get("/api/teams/erp").json().at("/lead/id").asString())
                    .as("still known, for cases that another node gives the leaver meanwhile")
                    .isEqualTo(company.ada);
            company.server.clock().advance(Duration.ofSeconds(5));
            leavers.tick();
            assertThat(company.chief.get("/api/teams/erp").json().get("lead").isNull())
                    .isTrue();
            assertThat(company.server.directory().unsettled()).isEmpty();
        }
    }

    @Test
    void whatWasInterruptedOrGivenMeanwhileIsFinished() {
        try (var company = new Company()) {
            company.deploy(Company.salesTask());
            var key = company.start("sales-task", Map.of());
            company.adaClient
                    .post("/api/tasks/" + company.task(key) + "/claim", Map.of())
                    .expect(200);
            var node = company.server.bean(Node.class);
            assertThat(company.server
                            .directory()
                            .leaveForGood(company.ada, company.server.clock().instant()))
                    .as("all that happened before the node was stopped")
                    .isInstanceOf(Written.Done.class);
            node.leavers().tick();
            var read = company.bobClient.get("/api/cases/" + key).expect(200).json();
            assertThat(read.at("/tasks/0/claimed").asBoolean()).isFalse();
            company.adaClient.get("/api/session").expectProblem(401, "NotSignedIn");
            company.server.clock().advance(Duration.ofSeconds(5));
            node.leavers().tick();
            assertThat(company.server.directory().unsettled()).isEmpty();
        }
    }
}
