package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.TestProcess;
import io.baton.server.processes.Sources;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Deploying over HTTP: what is accepted, and how a refusal tells all that is wrong, and where. */
class ProcessRoutesTest {

    private static final Company COMPANY = new Company();

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    @Test
    void deploysAProcessAndSameFilesAreNoNewVersion() {
        var process =
                TestProcess.of("deploy-me", "DEP").then("startEvent", "start").then("endEvent", "end");

        var first = COMPANY.upload(List.of(process.file())).expect(201).json().get(0);
        var again = COMPANY.upload(List.of(process.file())).expect(201).json().get(0);
        var changed = COMPANY.upload(List.of(TestProcess.of("deploy-me", "DEP")
                        .then("startEvent", "start")
                        .then("userTask", "new")
                        .then("endEvent", "end")
                        .file()))
                .expect(201)
                .json()
                .get(0);

        assertThat(first.get("version").asInt()).isEqualTo(1);
        assertThat(first.get("unchanged").asBoolean()).isFalse();
        assertThat(again.get("version").asInt()).isEqualTo(1);
        assertThat(again.get("unchanged").asBoolean()).isTrue();
        assertThat(changed.get("version").asInt()).isEqualTo(2);
        var detail =
                COMPANY.adaClient.get("/api/processes/deploy-me").expect(200).json();
        assertThat(detail.get("version").asInt()).isEqualTo(2);
        assertThat(detail.get("versions").size()).isEqualTo(2);
        assertThat(detail.get("nodes").size()).isEqualTo(3);
        assertThat(COMPANY.adaClient
                        .get("/api/processes/deploy-me/versions/1/bpmn")
                        .expect(200)
                        .body())
                .isEqualTo(process.bpmn());
    }

    @Test
    void servesTheFormsOfAProcess() {
        var form = "{\"id\":\"ask\",\"type\":\"default\",\"components\":[]}";
        var process = TestProcess.of("with-form", "FRM")
                .then("startEvent", "start")
                .then("<bpmn:userTask id=\"ask\">" + TestProcess.extension("<baton:task form=\"ask\"/>")
                        + "</bpmn:userTask>")
                .then("endEvent", "end");
        COMPANY.upload(List.of(file("ask.form", form), process.file())).expect(201);

        assertThat(COMPANY.adaClient
                        .get("/api/processes/with-form/forms/ask")
                        .expect(200)
                        .json()
                        .get("id")
                        .asString())
                .isEqualTo("ask");
        COMPANY.adaClient.get("/api/processes/with-form/forms/nope").expectProblem(404, "NoSuchForm");
    }

    @Test
    void refusesWithEveryProblemAndItsPlace() {
        var bad = TestProcess.of("bad", "BAD")
                .then("startEvent", "start")
                .then("<bpmn:serviceTask id=\"no-job\"/>")
                .then("<bpmn:scriptTask id=\"no-script\"><bpmn:script>1 +</bpmn:script></bpmn:scriptTask>")
                .then("<bpmn:complexGateway id=\"complex\"/>")
                .then("endEvent", "end");

        var problem = COMPANY.upload(List.of(bad.file(), file("broken.form", "{")))
                .expectProblem(422, "InvalidInput")
                .json();

        var errors = problem.get("errors").toString();
        assertThat(errors).contains("no-job", "no-script", "complex", "broken.form");
        assertThat(errors).containsPattern("bad\\.bpmn:\\d+:\\d+");
        COMPANY.adaClient.get("/api/processes/bad").expectProblem(404, "NoSuchProcess");
    }

    @Test
    void checksFilesWithoutDeployingThem() {
        var good = TestProcess.of("only-checked", "CHK")
                .then("startEvent", "start")
                .then("endEvent", "end");
        var bad = TestProcess.of("only-checked", "CHK")
                .then("startEvent", "start")
                .then("<bpmn:serviceTask id=\"no-job\"/>")
                .then("endEvent", "end");

        assertThat(check(good.file()).get("items").size()).isZero();
        var problem = check(bad.file()).get("items").get(0);
        assertThat(problem.get("element").asString()).isEqualTo("no-job");
        assertThat(problem.get("line").asInt()).isPositive();
        COMPANY.adaClient.get("/api/processes/only-checked").expectProblem(404, "NoSuchProcess");
    }

    private static JsonNode check(Sources.File file) {
        return COMPANY.upload("/api/processes/check", List.of(file)).expect(200).json();
    }

    @Test
    void givesTheFilesOfAVersionAsTheyCanBeDeployedAgain() {
        var form = "{\"id\":\"again\",\"type\":\"default\",\"components\":[]}";
        var process = TestProcess.of("again-and-again", "AGN")
                .then("startEvent", "start")
                .then("<bpmn:userTask id=\"ask\">" + TestProcess.extension("<baton:task form=\"again\"/>")
                        + "</bpmn:userTask>")
                .then("endEvent", "end");
        COMPANY.upload(List.of(file("again.form", form), process.file())).expect(201);

        var files = new ArrayList<Sources.File>();
        COMPANY.adaClient
                .get("/api/processes/again-and-again/versions/1/files")
                .expect(200)
                .json()
                .get("items")
                .forEach(each -> files.add(
                        file(each.get("name").asString(), each.get("body").asString())));

        assertThat(files.getFirst().name()).isEqualTo("again-and-again.bpmn");
        assertThat(COMPANY.upload(files)
                        .expect(201)
                        .json()
                        .get(0)
                        .get("unchanged")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void refusesWhatIsNoProcess() {
        refused(file("a.bpmn", "no XML at all"));
        refused(file(
                "a.bpmn", "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"));
        refused(file("a.txt", "text"));
        refused(file("only.form", "{\"id\":\"only\",\"components\":[]}"));
        refused(file("a.bpmn", ""));
        refused(file("../../a.bpmn", "<a/>"));
    }

    private static void refused(Sources.File file) {
        var problem = COMPANY.upload(List.of(file)).expectProblem(422, "InvalidInput");
        assertThat(problem.json().get("errors").size()).isPositive();
        assertThat(problem.body()).doesNotContain("root:");
    }

    @Test
    void refusesAnUploadThatIsTooLarge() {
        COMPANY.upload(List.of(file("large.bpmn", "x".repeat(11 << 20)))).expectProblem(413, "TooLarge");
    }

    @Test
    void isForAdministratorsOnly() {
        COMPANY.adaClient
                .send(
                        "POST",
                        "/api/processes",
                        "multipart/form-data; boundary=x",
                        "--x--\r\n".getBytes(StandardCharsets.UTF_8))
                .expectProblem(403, "NotAllowed");
    }

    private static Sources.File file(String name, String content) {
        return new Sources.File(name, content.getBytes(StandardCharsets.UTF_8));
    }
}
