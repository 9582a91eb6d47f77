package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.web.TestClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file has what its list shows, under the same filters and for the same eyes, and nothing in it is a formula. */
class ExportRoutesTest {

    private static final Company COMPANY = new Company();

    static {
        COMPANY.deploy(Company.salesTask());
        for (int i = 0; i < 230; i++) {
            COMPANY.start("sales-task", Map.of("number", i));
        }
    }

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private static List<String> csv(String query) {
        return of(COMPANY.adaClient, query);
    }

    private static List<String> of(TestClient client, String query) {
        var text =
                new String(client.get("/api/export/" + query).expect(200).http().body(), StandardCharsets.UTF_8);
        assertThat(text).startsWith("\ufeff").endsWith("\r\n");
        return List.of(text.substring(1).split("\r\n"));
    }

    @Test
    void hasEveryItemOfAListOfSeveralPages() {
        var lines = csv("cases?state=open&process=sales-task");
        assertThat(lines.getFirst()).startsWith("Case,Title,Process,Version,State,Owner");
        assertThat(lines).hasSizeGreaterThan(230);
        assertThat(lines).doesNotHaveDuplicates();
        assertThat(csv("tasks?view=team")).hasSizeGreaterThan(230);
        assertThat(csv("cases?state=completed")).hasSize(1);
    }

    @Test
    void aTextThatLooksLikeAFormulaIsText() {
        COMPANY.chief
                .put("/api/teams/evil", Map.of("name", "=cmd|' /C calc'!A0, \"x\"", "kind", "team"))
                .expect(204);
        assertThat(csv("teams"))
                .anySatisfy(line -> assertThat(line).startsWith("evil,\"'=cmd|' /C calc'!A0, \"\"x\"\"\","));
    }

    @Test
    void aWorkbookHasTheSameRows() throws IOException {
        var parts = new HashMap<String, String>();
        var bytes = COMPANY.adaClient
                .get("/api/export/cases?state=open&format=xlsx")
                .expect(200)
                .http()
                .body();
        var file = Files.createTempFile("baton-export-", ".xlsx");
        Files.write(file, bytes);
        try (var zip = new ZipFile(file.toFile())) {
            for (var entry : Collections.list(zip.entries())) {
                try (var in = zip.getInputStream(entry)) {
                    parts.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        } finally {
            Files.delete(file);
        }
        var sheet = parts.getOrDefault("xl/worksheets/sheet1.xml", "");
        assertThat(sheet).isNotEmpty();
        assertThat(sheet.split("<row ", -1).length - 1)
                .isEqualTo(csv("cases?state=open").size());
        assertThat(sheet).doesNotContain("<f>");
    }

    static Set<String> lists() {
        return ExportLists.ALL.keySet();
    }

    @ParameterizedTest
    @MethodSource("lists")
    void everyListCanBeHad(String list) {
        var wanted = Objects.requireNonNull(ExportLists.ALL.get(list));
        var key = wanted.path().startsWith("/api/processes/")
                ? "sales-task"
                : COMPANY.start("sales-task", Map.of("number", -1));
        var answer = COMPANY.chief.get("/api/export/" + list + "?key=" + key).expect(200);
        var text = new String(answer.http().body(), StandardCharsets.UTF_8);
        assertThat(text.substring(1).split("\r\n")[0])
                .isEqualTo(wanted.columns().stream()
                        .map(ExportLists.Column::heading)
                        .collect(Collectors.joining(",")));
        assertThat(text).doesNotContain("broke off");
    }

    /** An empty file may be one that looks in the wrong place. */
    @Test
    void columnsAreFoundInWhatTheRoutesAnswer() {
        var key = COMPANY.start("sales-task", Map.of("number", 77));
        for (var list : List.of("journal", "steps", "variables")) {
            assertThat(of(COMPANY.chief, list + "?key=" + key)).as(list).hasSizeGreaterThan(1);
        }
        for (var list : List.of("versions", "version-figures", "weeks")) {
            assertThat(of(COMPANY.chief, list + "?key=sales-task")).as(list).hasSizeGreaterThan(1);
        }
        for (var list :
                List.of("queues", "tables", "audit", "channels", "loads-of-teams", "courts-of-parties", "ageing")) {
            assertThat(of(COMPANY.chief, list)).as(list).hasSizeGreaterThan(1);
        }
        assertThat(of(COMPANY.chief, "variables?key=" + key).getLast()).contains("77");
    }

    @Test
    void whatSomebodyMayNotSeeTheyCannotExport() {
        for (var list : List.of("audit", "all-tokens", "kept-mails", "channels", "workers", "queues")) {
            COMPANY.adaClient.get("/api/export/" + list).expectProblem(403, "NotAllowed");
        }
        COMPANY.adaClient.get("/api/export/journal?key=..%2Faudit").expect(404);
        COMPANY.adaClient.get("/api/export/outbox").expect(403);
        COMPANY.chief.get("/api/export/audit").expect(200);
        COMPANY.adaClient.get("/api/export/secrets").expect(404);
        COMPANY.adaClient.get("/api/export/journal").expect(422);
        COMPANY.adaClient.get("/api/export/journal?key=SAL-999999999").expect(404);
        COMPANY.adaClient.get("/api/export/cases?format=pdf").expect(422);
        COMPANY.adaClient.get("/api/export/cases?state=sleeping").expect(422);
    }
}
