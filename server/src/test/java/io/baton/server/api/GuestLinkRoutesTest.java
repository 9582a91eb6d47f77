package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.engine.Actor;
import io.baton.server.Node;
import io.baton.server.commit.Answer;
import io.baton.server.directory.Person;
import io.baton.server.guest.Link.Use;
import io.baton.server.guest.Links;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Links of contacts: for what and how long they are good, and who sees and revokes them. */
class GuestLinkRoutesTest {

    private static final Company COMPANY = new Company();
    private static final Links LINKS = COMPANY.server.bean(Node.class).links();

    static {
        COMPANY.deploy(Company.salesTask());
    }

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private static String contact(String name) {
        return COMPANY.server
                .directory()
                .add(Person.contact(name, name + "@acme.example", "Acme"))
                .orElseThrow();
    }

    private static String secret(String path) {
        return path.substring(Links.PATH.length());
    }

    private static long number(String key) {
        return Long.parseLong(key.substring(key.indexOf('-') + 1));
    }

    private static Use use(String path) {
        return LINKS.find(secret(path))
                .orElseThrow()
                .useAt(COMPANY.server.clock().instant());
    }

    @Test
    void aLinkIsForThatStepAndNoOther() {
        var vera = contact("vera");
        var link = LINKS.find(secret(LINKS.issue(vera, 1042, 3))).orElseThrow();
        assertThat(link.person()).isEqualTo(vera);
        assertThat(link.covers(1042, 3)).isTrue();
        assertThat(link.covers(1042, 4)).isFalse();
        assertThat(link.covers(1042, 0)).isFalse();
        assertThat(link.covers(1043, 3)).isFalse();
        var ofCase = LINKS.find(secret(LINKS.issue(vera, 1042, 0))).orElseThrow();
        assertThat(ofCase.covers(1042, 4)).isTrue();
        assertThat(ofCase.covers(1043, 4)).isFalse();
        assertThat(LINKS.find("nonsense")).isEmpty();
    }

    @Test
    void noRowTellsTheSecret() {
        var path = LINKS.issue(contact("sam"), 1042, 0);
        assertThat(COMPANY.server
                        .sql()
                        .sql("select l::text from guest_link l")
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .noneMatch(row -> row.contains(secret(path)));
    }

    @Test
    void membersAndWhoHasLeftHaveNoLink() {
        var leaver = contact("lea");
        var path = LINKS.issue(leaver, 0, 0);
        assertThatThrownBy(() -> LINKS.issue(COMPANY.ada, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        COMPANY.server.directory().leaveForGood(leaver, COMPANY.server.clock().instant());
        assertThat(LINKS.find(secret(path))).isEmpty();
    }

    @Test
    void theNewestLinksForTheSameAreKept() {
        var nora = contact("nora");
        var oldest = LINKS.issue(nora, 7, 1);
        var other = LINKS.issue(nora, 7, 2);
        for (int i = 0; i < Links.PER_SCOPE_MAX; i++) {
            COMPANY.server.clock().advance(Duration.ofSeconds(1));
            LINKS.issue(nora, 7, 1);
        }
        assertThat(LINKS.find(secret(oldest))).isEmpty();
        assertThat(LINKS.find(secret(other))).isPresent();
        assertThat(LINKS.ofCase(7)).hasSize(Links.PER_SCOPE_MAX + 1);
    }

    @Test
    void expiresAndIsForLookingOnceItsStepIsOver() {
        var uma = contact("uma");
        var key = COMPANY.start("sales-task", Map.of());
        var task = COMPANY.task(key);
        var path = LINKS.issue(uma, number(key), Integer.parseInt(task.substring(task.indexOf('.') + 1)));
        var unused = LINKS.issue(uma, 0, 0);
        assertThat(use(path)).isEqualTo(Use.ACT);
        COMPANY.server.clock().advance(Duration.ofDays(Links.DAYS_DEFAULT).minusDays(1));
        COMPANY.server
                .signedIn(COMPANY.ada)
                .post("/api/tasks/" + task + "/completion", Map.of())
                .expect(204);
        assertThat(use(path)).isEqualTo(Use.LOOK);
        assertThat(use(unused)).isEqualTo(Use.ACT);
        COMPANY.server.clock().advance(Links.LOOKING_AFTERWARDS.minusSeconds(1));
        assertThat(use(path)).isEqualTo(Use.LOOK);
        assertThat(use(unused)).isEqualTo(Use.EXPIRED);
        COMPANY.server.clock().advance(Duration.ofSeconds(1));
        assertThat(use(path)).isEqualTo(Use.EXPIRED);
    }

    @Test
    void theOwnerAndAdministratorsSeeAndRevokeLinks() {
        var tess = contact("tess");
        var ada = COMPANY.server.signedIn(COMPANY.ada);
        var key = COMPANY.start("sales-task", Map.of());
        var path = LINKS.issue(tess, number(key), 0);
        var routes = "/api/cases/" + key + "/guest-links";
        COMPANY.server.signedIn(COMPANY.bob).get(routes).expectProblem(403, "NotTheOwner");
        JsonNode listed = ada.get(routes).expect(200).json().get("items");
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).get("person").get("name").asString()).isEqualTo("tess");
        assertThat(listed.get(0).get("use").asString()).isEqualTo("ACT");
        assertThat(listed.get(0).get("task").isNull()).isTrue();
        assertThat(listed.toString()).doesNotContain(secret(path));
        var one = routes + "/" + listed.get(0).get("id").asString();

        COMPANY.server.signedIn(COMPANY.bob).delete(one).expectProblem(403, "NotTheOwner");
        ada.delete(routes + "/" + UUID.randomUUID()).expectProblem(404, "NoSuchLink");
        ada.delete("/api/cases/OTHER-" + number(key) + "/guest-links/" + UUID.randomUUID())
                .expectProblem(404, "NoSuchCase");
        ada.delete(one).expect(204);

        assertThat(use(path)).isEqualTo(Use.REVOKED);
        assertThat(COMPANY.server
                        .signedIn(COMPANY.server.addAdministrator("Root"))
                        .get(routes)
                        .expect(200)
                        .json()
                        .get("items")
                        .findValuesAsString("use"))
                .isEqualTo(List.of("REVOKED"));
    }

    @Test
    void aStatusLinkShowsWhereTheCaseStandsAndNothingCanBeDoneByIt() {
        var tess = contact("tess-status");
        var ada = COMPANY.server.signedIn(COMPANY.ada);
        var node = COMPANY.server.bean(Node.class);
        var process = node.deployments().newest("sales-task");
        var started = (Answer.Done)
                node.cases().start(process, null, new LinkedHashMap<>(), COMPANY.ada, Actor.person(COMPANY.ada), null);
        var key = node.cases().key(started.caseId(), process);
        var routes = "/api/cases/" + key + "/guest-links";
        ada.post(routes, Map.of("person", tess)).expectProblem(404, "NoSuchPerson");
        LINKS.issue(tess, number(key), 0);
        COMPANY.server
                .signedIn(COMPANY.bob)
                .post(routes, Map.of("person", tess))
                .expectProblem(403, "NotTheOwner");
        var path = ada.post(routes, Map.of("person", tess))
                .expect(201)
                .json()
                .get("path")
                .asString();
        assertThat(use(path)).isEqualTo(Use.LOOK);
        var link = LINKS.find(secret(path)).orElseThrow();
        assertThat(link.lookOnly()).isTrue();
        assertThat(link.covers(number(key), 0)).isTrue();
        assertThat(link.covers(number(key), 1)).isFalse();
        assertThat(COMPANY.server.anonymous().get(path).status()).isEqualTo(200);
        assertThat(COMPANY.server
                        .sql()
                        .sql("select count(*) from audit where act = 'STATUS_LINK_MADE' and about = ? and subject = ?")
                        .param(tess)
                        .param(key)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }
}
