package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.directory.Absence;
import io.baton.server.directory.Written;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What would go wrong with a case, told before it starts, from the directory as it is. */
class PreflightRoutesTest {

    private static final Company COMPANY = new Company();
    private static final Map<String, ?> NOTHING = Map.of();

    static {
        COMPANY.chief.put("/api/teams/acme", Map.of("name", "Acme", "kind", "organisation"));
        COMPANY.deploy(Company.salesTask());
        COMPANY.deploy(TestProcess.of("doomed", "DOO")
                .then("startEvent", "start")
                .then(task("ask", "Ask Acme", "team=\"acme\""))
                .then(task("sign", "Sign", "holder=\"= signer\" due=\"= signBy\" policy=\"nag\""))
                .then(task("file", "File it", "team=\"archive\""))
                .then("endEvent", "end"));
    }

    private static String task(String id, String name, String attributes) {
        return "<bpmn:userTask id=\"" + id + "\" name=\"" + name + "\">"
                + TestProcess.extension("<baton:task " + attributes + "/>") + "</bpmn:userTask>";
    }

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private static JsonNode check(String process, Map<String, ?> body) {
        return COMPANY.adaClient
                .post("/api/processes/" + process + "/preflight", body)
                .expect(200)
                .json()
                .get("findings");
    }

    @Test
    void aCaseThatWillGoWellHasNoFindingsAndIsNotStarted() {
        assertThat(check("sales-task", NOTHING)).isEmpty();
        assertThat(COMPANY.adaClient.get("/api/cases?process=sales-task").json().get("items"))
                .isEmpty();
    }

    @Test
    void saysWhatIsWrongWhereAndWhatToDo() {
        var findings = check(
                "doomed", Map.of("variables", Map.of("signer", "p999999", "signBy", "2026-01-01"), "owner", "p999998"));

        assertThat(findings.findValuesAsString("text"))
                .containsExactly(
                        "Nobody called p999998 is in the directory to own the case",
                        "'Ask Acme' goes to Acme, of whom nobody is known",
                        "'Sign' names p999999, who is not in the directory",
                        "'Sign' would be due at 2026-01-01T00:00:00Z, which is over",
                        "'Sign' follows the policy 'nag', which does not exist",
                        "'File it' goes to 'archive', which the directory does not know");
        var contact = findings.get(1);
        assertThat(contact.get("kind").asString()).isEqualTo("NO_CONTACT");
        assertThat(contact.get("severity").asString()).isEqualTo("HIGH");
        assertThat(contact.get("node").asString()).isEqualTo("ask");
        assertThat(contact.at("/party/name").asString()).isEqualTo("Acme");
        assertThat(contact.get("suggestion").asString()).isEqualTo("Add a contact for the organisation");
    }

    @Test
    void absencesAreKnown() {
        var eve = COMPANY.server.addMember("Eve");
        var now = COMPANY.server.clock().instant();
        var away = new Absence(0, eve, now.minusSeconds(1), now.plus(Duration.ofDays(3)), null, null);
        assertThat(COMPANY.server.bean(Node.class).absences().add(away)).isInstanceOf(Written.Done.class);

        var findings = check("doomed", Map.of("variables", Map.of("signer", eve)));

        assertThat(findings.findValuesAsString("text"))
                .contains("'Sign' names Eve, who is absent until 2026-11-05T08:00:00Z without a substitute");
    }

    @Test
    void whatIsNotDeployedHasNoPreflight() {
        COMPANY.adaClient.post("/api/processes/none/preflight", NOTHING).expectProblem(404, "NoSuchProcess");
        COMPANY.adaClient
                .post("/api/processes/doomed/preflight", Map.of("variables", "x"))
                .expectProblem(422, "InvalidInput");
    }
}
