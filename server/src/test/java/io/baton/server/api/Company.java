package io.baton.server.api;

import io.baton.server.TestProcess;
import io.baton.server.processes.Sources;
import io.baton.server.web.TestClient;
import io.baton.server.web.TestClient.Response;
import io.baton.server.web.TestServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server with two members of the team sales, one who is in no team, and an administrator, all signed in. */
final class Company implements AutoCloseable {

    final TestServer server = TestServer.start();
    final TestClient chief = server.signedIn(server.addAdministrator("Chief"));
    final String ada;
    final String bob;
    final TestClient adaClient;
    final TestClient bobClient;
    final TestClient stranger;

    Company() {
        chief.put("/api/teams/sales", Map.of("name", "Sales", "kind", "team"));
        ada = server.addMember("Ada", "sales");
        bob = server.addMember("Bob", "sales");
        adaClient = server.signedIn(ada);
        bobClient = server.signedIn(bob);
        stranger = server.signedIn(server.addMember("Stranger"));
    }

    void deploy(TestProcess process) {
        upload(List.of(process.file())).expect(201);
    }

    Response upload(List<Sources.File> files) {
        return upload("/api/processes", files);
    }

    Response upload(String path, List<Sources.File> files) {
        return upload(path, files, null);
    }

    /** The draft, and what is done with it. */
    Response play(List<Sources.File> files, List<Map<String, ? extends @Nullable Object>> acts) {
        return upload("/api/processes/play", files, JsonMapper.shared().writeValueAsString(Map.of("acts", acts)));
    }

    private Response upload(String path, List<Sources.File> files, @Nullable String play) {
        var boundary = "----" + UUID.randomUUID();
        var body = new ByteArrayOutputStream();
        for (var file : files) {
            body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                            + file.name() + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            body.writeBytes(file.content());
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        if (play != null) {
            body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"play\"; filename=\"blob\""
                            + "\r\nContent-Type: application/json\r\n\r\n" + play + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return chief.send("POST", path, "multipart/form-data; boundary=" + boundary, body.toByteArray());
    }

    /** The key of a new case. */
    String start(String process, Map<String, ? extends @Nullable Object> variables) {
        return adaClient
                .post("/api/cases", Map.of("process", process, "variables", variables))
                .expect(201)
                .json()
                .get("key")
                .asString();
    }

    JsonNode read(String key) {
        return adaClient.get("/api/cases/" + key).expect(200).json();
    }

    /** The id of the case's only open task. */
    String task(String key) {
        return read(key).get("tasks").get(0).get("id").asString();
    }

    /** One task in the queue of sales. */
    static TestProcess salesTask() {
        return TestProcess.of("sales-task", "SAL")
                .then("startEvent", "start")
                .then("<bpmn:userTask id=\"call\" name=\"Call back\">"
                        + TestProcess.extension("<baton:task team=\"sales\"/>") + "</bpmn:userTask>")
                .then("endEvent", "end");
    }

    @Override
    public void close() {
        server.close();
    }
}
