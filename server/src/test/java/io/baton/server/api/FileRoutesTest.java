package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.TestProcess;
import io.baton.server.room.Keys;
import io.baton.server.room.Receipt;
import io.baton.server.web.TestClient;
import io.baton.server.web.TestClient.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Files over HTTP: uploads by tus, downloads that nothing can run from, signing, and receipts. */
class FileRoutesTest {

    private static final Company COMPANY = new Company();

    private final String key = start();
    private final TestClient ada = COMPANY.server.signedIn(COMPANY.ada).with("Tus-Resumable", "1.0.0");

    private static String start() {
        COMPANY.deploy(Company.salesTask());
        return COMPANY.start("sales-task", Map.of());
    }

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private Response begin(TestClient client, String name, String length) {
        client.with("Upload-Length", length).with("Upload-Metadata", "filename " + base64(name));
        var answer = client.send("POST", "/api/cases/" + key + "/uploads", null, null);
        client.without("Upload-Length").without("Upload-Metadata");
        return answer;
    }

    private static Response piece(TestClient client, String path, long offset, String text) {
        return client.with("Upload-Offset", Long.toString(offset))
                .send("PATCH", path, "application/offset+octet-stream", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aFileComesInPiecesAndGoesOutAsAnAttachment() {
        var begun = begin(ada, "Größe \"x\".txt", "10").expect(201);
        var path = begun.header("Location");
        assertThat(begun.header("Upload-Expires")).endsWith("GMT");
        assertThat(piece(ada, path, 0, "Hello").expect(204).header("Upload-Offset"))
                .isEqualTo("5");
        assertThat(ada.send("HEAD", path, null, null).header("Upload-Offset")).isEqualTo("5");
        piece(ada, path, 0, "Hello").expectProblem(409, "FileWrongOffset");
        piece(ada, path, 5, "World").expect(204);

        var file = ada.get("/api/cases/" + key + "/files")
                .expect(200)
                .json()
                .get("items")
                .get(0);
        assertThat(file.get("name").asString()).isEqualTo("Größe _x_.txt");
        assertThat(file.get("size").asInt()).isEqualTo(10);
        var download = ada.get("/api/cases/" + key + "/files/" + file.get("id").asString())
                .expect(200);
        assertThat(download.body()).isEqualTo("HelloWorld");
        assertThat(download.header("Content-Disposition"))
                .startsWith("attachment")
                .contains("filename*=UTF-8''");
        assertThat(download.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(download.header("Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");

        var gone = "/api/cases/" + key + "/files/" + file.get("id").asString();
        ada.delete(gone).expectProblem(403, "NotAllowed");
        COMPANY.chief.delete(gone).expect(204);
        ada.get(gone).expectProblem(404, "NoSuchFile");
    }

    @Test
    void onlyWhoBeganAnUploadGoesOnWithIt() {
        var path = begin(ada, "a.txt", "5").expect(201).header("Location");
        var bob = COMPANY.server.signedIn(COMPANY.bob).with("Tus-Resumable", "1.0.0");
        piece(bob, path, 0, "Hello").expectProblem(404, "NoSuchFile");
        bob.delete(path).expectProblem(404, "NoSuchFile");
        ada.delete(path).expect(204);
        piece(ada, path, 0, "Hello").expectProblem(404, "NoSuchFile");
    }

    @Test
    void tellsWhatIsWrongWithAnUpload() {
        begin(COMPANY.server.signedIn(COMPANY.ada), "a.txt", "5").expectProblem(412, "WrongTusVersion");
        begin(ada, "a.txt", "much").expectProblem(422, "InvalidInput");
        begin(ada, "a.txt", "0").expectProblem(422, "FileEmpty");
        begin(ada, "a.txt", "999999999999").expectProblem(413, "FileTooLarge");
        var path = begin(ada, "a.txt", "14").expect(201).header("Location");
        ada.with("Upload-Offset", "0")
                .send("PATCH", path, "text/plain", new byte[3])
                .expectProblem(415, "UnsupportedMediaType");
        piece(ada, path, 0, "<!DOCTYPE html><html>").expectProblem(413, "FileTooLarge");
        piece(ada, path, 0, "<html></html>\n").expectProblem(422, "FileTypeNotAllowed");
        ada.get("/api/uploads/nonsense").expectProblem(404, "NoSuchFile");
        ada.get("/api/cases/" + key + "/files/" + COMPANY.ada).expectProblem(404, "NoSuchFile");
    }

    @Test
    void aMemberOpensSignsAndIsDone() {
        var process = TestProcess.of("signed", "SIG")
                .then("startEvent", "start")
                .then("<bpmn:userTask id=\"sign\">"
                        + TestProcess.extension("<baton:task team=\"sales\" acknowledge=\"paper\" sign=\"paper\"/>")
                        + "</bpmn:userTask>")
                .then("endEvent", "end");
        COMPANY.deploy(process);
        var signing = COMPANY.start("signed", Map.of());
        var task = COMPANY.task(signing);
        ada.with("Upload-Length", "14").with("Upload-Metadata", "filename " + base64("p.pdf"));
        var path = ada.send("POST", "/api/cases/" + signing + "/uploads", null, null)
                .expect(201)
                .header("Location");
        ada.without("Upload-Length").without("Upload-Metadata");
        var file = path.substring(path.lastIndexOf('/') + 1);
        piece(ada, path, 0, "%PDF-1.7\n%%EOF").expect(204);
        ada.patch("/api/cases/" + signing + "/variables", Map.of("variables", Map.of("paper", file)))
                .expect(200);

        ada.post("/api/tasks/" + task + "/completion", Map.of()).expectProblem(409, "NotOpened");
        ada.get("/api/cases/" + signing + "/files/" + file + "?step=" + task).expect(200);
        ada.post("/api/tasks/" + task + "/completion", Map.of()).expectProblem(409, "NotSigned");
        var paper =
                ada.get("/api/tasks/" + task + "/papers").json().get("items").get(0);
        assertThat(paper.get("opened").asBoolean()).isTrue();
        assertThat(paper.get("signed").asBoolean()).isFalse();
        sign(task, file, " ", null).expectProblem(422, "InvalidInput");
        sign(task, file, "Ada", "no base64!").expectProblem(422, "InvalidInput");
        sign(task, file, "Ada", base64("no picture")).expectProblem(409, "FileRefused");
        sign(task, file, "Ada", null).expectProblem(409, "FileRefused"); // it is no whole PDF
    }

    private Response sign(String task, String file, String name, @Nullable String drawing) {
        return ada.post(
                "/api/tasks/" + task + "/signature",
                drawing == null
                        ? Map.of("file", file, "name", name)
                        : Map.of("file", file, "name", name, "drawing", drawing));
    }

    @Test
    void aReceiptIsCheckedWithTheKeyThatAnybodyMayFetch() throws Exception {
        ada.post("/api/cases/" + key + "/comments", Map.of("text", "mine")).expect(201);
        COMPANY.bobClient
                .post("/api/cases/" + key + "/comments", Map.of("text", "not mine"))
                .expect(201);
        var receipt = ada.get("/api/cases/" + key + "/receipt").expect(200);
        var pem = COMPANY.server.anonymous().get("/api/receipt-key").expect(200).body();

        assertThat(Receipt.verify(receipt.http().body(), Keys.publicKey(pem)).isGood())
                .isTrue();
        assertThat(receipt.body()).doesNotContain("\"" + COMPANY.bob + "\"");
        assertThat(ada.get("/api/cases/" + key + "/receipt?text=true")
                        .expect(200)
                        .body())
                .startsWith("Receipt for Ada");
    }
}
