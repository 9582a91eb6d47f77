package io.baton.server.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.commit.Answer;
import io.baton.server.database.TestDatabase;
import io.baton.server.demo.LoadedDemo;
import io.baton.server.processes.ProcessFolder;
import io.baton.server.processes.Sources;
import io.baton.server.session.SignIn;
import io.baton.server.web.TestClock;
import io.baton.server.web.TestServer;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Ways through the built web app in a real Chromium, walked by the scripts in {@code web/e2e}. Without a browser, Node
 * or a built web app it is skipped, but never on a build server. The screenshots stay in {@code target/screenshots}.
 */
class BrowserTest {

    private static final Path WALKS = Path.of("..", "web", "e2e");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final int WALK_MINUTES_MAX = 5;

    @Test
    void aMemberSignsInFindsACaseAndDoesItsTask() throws IOException, InterruptedException {
        try (var server = TestServer.start()) {
            walk("walk.mjs", company(server));
        }
        assertThat(SCREENSHOTS.resolve("case-moved-narrow.png")).isNotEmptyFile();
    }

    @Test
    void anAdministratorDesignsAProcessPublishesItAndStartsACase() throws IOException, InterruptedException {
        try (var server = TestServer.start()) {
            var chief = server.addAdministrator("Chief");
            server.addMember("Ada Byron");
            var company = new LinkedHashMap<String, String>();
            company.put("url", server.address().toString());
            company.put("link", "/sign-in/" + server.bean(SignIn.class).issueLink(chief));
            walk("design.mjs", company);
        }
        assertThat(SCREENSHOTS.resolve("design-diagram-narrow.png")).isNotEmptyFile();
    }

    @Test
    void aDraftIsTriedOnAClockThatOnePushes() throws IOException, InterruptedException {
        try (var test = TestDatabase.migrated()) {
            var leader = LoadedDemo.into(test.database(), new TestClock());
            try (var server = TestServer.startOn(test.database())) {
                walk("try.mjs", demo(server, leader));
            }
        }
        assertThat(SCREENSHOTS.resolve("try-told-dark-narrow.png")).isNotEmptyFile();
    }

    @Test
    void anAdministratorComparesVersionsAndMovesTheRunningCases() throws IOException, InterruptedException {
        try (var server = TestServer.start()) {
            var chief = server.addAdministrator("Chief");
            var deployments = server.bean(Node.class).deployments();
            var first = deployments
                    .deploy(drawn(List.of("call", "file")), chief)
                    .getFirst()
                    .version();
            for (int i = 0; i < 2; i++) {
                var started = (Answer.Done) server.bean(Node.class)
                        .cases()
                        .start(first.id(), null, new LinkedHashMap<>(), chief, Actor.person(chief), null);
                if (i == 0) {
                    server.bean(Node.class)
                            .cases()
                            .perform(
                                    started.caseId(),
                                    new Command.WaiveTask(2, "done by phone"),
                                    Actor.person(chief),
                                    null);
                }
            }
            deployments.deploy(drawn(List.of("greet", "call", "archive")), chief);
            var company = new LinkedHashMap<String, String>();
            company.put("url", server.address().toString());
            company.put("link", "/sign-in/" + server.bean(SignIn.class).issueLink(chief));
            walk("versions.mjs", company);
        }
        assertThat(SCREENSHOTS.resolve("versions-tried-dark-narrow.png")).isNotEmptyFile();
    }

    private static final Map<String, String> NAMES =
            Map.of("greet", "Greet", "call", "Call back", "file", "File it", "archive", "File it");

    /** Tasks in a row, with their drawing. */
    private static Sources drawn(List<String> tasks) {
        var process = TestProcess.of("callback", "CBK").then("startEvent", "start");
        tasks.forEach(task -> process.then("<bpmn:userTask id=\"" + task + "\" name=\"" + NAMES.get(task) + "\"/>"));
        var drawing = new StringBuilder("<bpmndi:BPMNDiagram xmlns:bpmndi=\"http://www.omg.org/spec/BPMN/20100524/DI\""
                + " xmlns:dc=\"http://www.omg.org/spec/DD/20100524/DC\"><bpmndi:BPMNPlane bpmnElement=\"callback\">");
        var nodes = Stream.of(Stream.of("start"), tasks.stream(), Stream.of("end"))
                .flatMap(each -> each)
                .toList();
        for (int i = 0; i < nodes.size(); i++) {
            var wide = NAMES.containsKey(nodes.get(i));
            drawing.append(
                    "<bpmndi:BPMNShape bpmnElement=\"%s\"><dc:Bounds x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/></bpmndi:BPMNShape>"
                            .formatted(nodes.get(i), 100 + 150 * i, wide ? 80 : 102, wide ? 100 : 36, wide ? 80 : 36));
        }
        var bpmn = process.then("endEvent", "end")
                .bpmn()
                .replace(
                        "</bpmn:definitions>", drawing + "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>");
        return Sources.of(List.of(new Sources.File("callback.bpmn", bpmn.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void aLeaderSeesWhatNeedsThemAndOpensWhatANumberCounts() throws IOException, InterruptedException {
        try (var test = TestDatabase.migrated()) {
            var leader = LoadedDemo.into(test.database(), new TestClock());
            try (var server = TestServer.startOn(test.database())) {
                var company = new LinkedHashMap<String, String>();
                company.put("url", server.address().toString());
                company.put("link", "/sign-in/" + server.bean(SignIn.class).issueLink(leader));
                walk("tower.mjs", company);
            }
        }
        assertThat(SCREENSHOTS.resolve("tower-dark-narrow.png")).isNotEmptyFile();
    }

    @Test
    void aLeaderSeesHowAProcessDoesAndOpensWhatItsNumbersCount() throws Exception {
        try (var test = TestDatabase.migrated()) {
            var leader = LoadedDemo.into(test.database(), new TestClock());
            try (var server = TestServer.startOn(test.database())) {
                walk("process.mjs", demo(server, leader));
            }
        }
        assertThat(SCREENSHOTS.resolve("process-starts-dark-narrow.png")).isNotEmptyFile();
    }

    @Test
    void aLeaderReadsTheLedgerAndSeesWhatIsChangedElsewhere() throws Exception {
        try (var test = TestDatabase.migrated()) {
            var leader = LoadedDemo.into(test.database(), new TestClock());
            try (var server = TestServer.startOn(test.database())) {
                walk("ledger.mjs", demo(server, leader));
            }
        }
        assertThat(SCREENSHOTS.resolve("ledger-cases-dark-narrow.png")).isNotEmptyFile();
    }

    @Test
    void anAdministratorLooksAfterTheInstallation() throws Exception {
        try (var test = TestDatabase.migrated()) {
            var leader = LoadedDemo.into(test.database(), new TestClock());
            try (var server = TestServer.startOn(test.database())) {
                var company = demo(server, leader);
                installation(server, leader, company);
                walk("admin.mjs", company);
            }
        }
        assertThat(SCREENSHOTS.resolve("admin-audit-dark-narrow.png")).isNotEmptyFile();
    }

    @Test
    void everyPageFitsItsWindowAndIsAccessibleInBothModes() throws Exception {
        try (var test = TestDatabase.migrated()) {
            var leader = LoadedDemo.into(test.database(), new TestClock());
            try (var server = TestServer.startOn(test.database())) {
                walk("tour.mjs", demo(server, leader));
            }
        }
        assertThat(SCREENSHOTS.resolve("page-outbox-dark-narrow.png")).isNotEmptyFile();
    }

    /** A program's token, a worker, a mail that could not be assigned, and somebody outside with a link to the case. */
    static void installation(TestServer server, String leader, SequencedMap<String, String> company) {
        var node = server.bean(Node.class);
        var number = Long.parseLong(company.get("caseKey").replaceFirst("^.*-", ""));
        var outsider =
                node.directory().findTeam("vendor").orElseThrow().members().getFirst();
        node.links().issue(outsider.id(), number, 0);
        var program = server.signedIn(leader);
        program.post("/api/tokens", Map.of("name", "nightly export", "expiresInDays", 30))
                .expect(201);
        program.post("/api/jobs/activation", Map.of("types", List.of("pack-goods"), "worker", "warehouse-1"))
                .expect(200);
        server.bean(Node.class).health().tellNow();
        var mail = "From: Vera Vendor <vera@vendor.example>\r\nSubject: Question about " + company.get("caseKey")
                + "\r\n\r\nHello, the invoice is still open. When is it paid?\r\n";
        server.bean(Node.class)
                .mailIn()
                .mailbox()
                .store(mail.getBytes(StandardCharsets.UTF_8), "hello@meridian.example");
        server.sql()
                .sql("update mail_in set problem = 'It answers no mail of ours that is known'")
                .update();
    }

    /** The demo company, and one of its vendor payments that is still on its way. */
    static SequencedMap<String, String> demo(TestServer server, String leader) {
        var company = new LinkedHashMap<String, String>();
        company.put("url", server.address().toString());
        company.put("link", "/sign-in/" + server.bean(SignIn.class).issueLink(leader));
        var open = server.signedIn(leader)
                .get("/api/cases?process=vendor-payment&state=open&limit=1")
                .expect(200)
                .json();
        company.put("caseKey", open.at("/items/0/key").asString());
        company.put("task", decision(server, leader));
        return company;
    }

    /** An open task whose form asks something, where others were decided before. */
    private static String decision(TestServer server, String leader) {
        var client = server.signedIn(leader);
        var tasks = client.get("/api/tasks?view=all&process=vendor-payment&limit=200")
                .expect(200)
                .json();
        return tasks.get("items")
                .valueStream()
                .map(task -> task.get("id").asString())
                .filter(id -> !client.get("/api/tasks/" + id + "/packet")
                        .expect(200)
                        .json()
                        .at("/similar/items")
                        .isEmpty())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no open task of the demo has similar decisions: " + tasks));
    }

    static void walk(String name, SequencedMap<String, String> company) throws IOException, InterruptedException {
        var chromium = Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(each -> program(each).stream())
                .findFirst();
        need(chromium.isPresent(), "Chromium is not installed");
        need(program("node").isPresent(), "Node is not installed");
        need(
                Files.isDirectory(WALKS.resolve("../node_modules/playwright-core")),
                "The web app's packages are not installed (npm ci in web/)");
        need(BrowserTest.class.getResource("/static/index.html") != null, "The web app is not built (npm run build)");
        Files.createDirectories(SCREENSHOTS);
        var profile = Files.createTempDirectory("baton-browser-");
        try {
            var said = walk(WALKS.resolve(name), orElseFail(chromium), company, profile);
            assertThat(said).as("what went wrong in the browser").isEmpty();
        } finally {
            delete(profile);
        }
    }

    /** Where it is needed to be there, its absence is a failure; elsewhere it is told. */
    private static void need(boolean there, String otherwise) {
        if (System.getenv("CI") != null) {
            assertThat(there).as(otherwise).isTrue();
        }
        assumeTrue(there, otherwise);
    }

    private static Optional<Path> program(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path orElseFail(Optional<Path> program) {
        return program.orElseThrow();
    }

    /** A member of the administration, and a request that waits to be checked by it. */
    private static SequencedMap<String, String> company(TestServer server) throws IOException {
        var chief = server.signedIn(server.addAdministrator("Chief"));
        chief.put("/api/teams/administration", Map.of("name", "Administration", "kind", "team"))
                .expect(204);
        var ada = server.addMember("Ada Byron", "administration");
        var node = server.bean(Node.class);
        var process = node.deployments()
                .deploy(ProcessFolder.read(Path.of("..", "processes", "request-for-payment")), ada)
                .getFirst()
                .version();
        var request = new LinkedHashMap<String, @Nullable Object>();
        request.put("purpose", "Conference fee, Lisbon");
        request.put("payee", "Congress Centre");
        request.put("iban", "PT50 0002 0123 1234 5678 9015 4");
        request.put("amount", new BigDecimal("420.5"));
        request.put("costType", "Travel");
        request.put("requester", ada);
        var actor = Actor.person(ada);
        var started = (Answer.Done) node.cases().start(process.id(), null, request, ada, actor, null);
        var submit = node.tasks().ofCase(started.caseId()).getFirst();
        var submitted = new LinkedHashMap<String, @Nullable Object>();
        submitted.put("outcome", "submitted");
        assertThat(node.tasks().complete(started.caseId(), submit.step(), submitted, actor, null))
                .isInstanceOf(Answer.Done.class);

        var company = new LinkedHashMap<String, String>();
        company.put("url", server.address().toString());
        company.put("link", "/sign-in/" + server.bean(SignIn.class).issueLink(ada));
        company.put("caseKey", node.cases().key(started.caseId(), process.id()));
        return company;
    }

    /** Empty when all went well. */
    private static String walk(Path walk, Path chromium, SequencedMap<String, String> company, Path profile)
            throws IOException, InterruptedException {
        company.put("chromium", chromium.toString());
        company.put("screenshots", SCREENSHOTS.toAbsolutePath().toString());
        company.put("profile", profile.toString());
        var said = Files.createTempFile("baton-walk-", ".txt");
        var walking = new ProcessBuilder(
                        "node", walk.toString(), JsonMapper.shared().writeValueAsString(company))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            var ended = walking.waitFor(WALK_MINUTES_MAX, TimeUnit.MINUTES);
            var text = Files.readString(said, StandardCharsets.UTF_8);
            return ended && walking.exitValue() == 0 ? "" : ended ? text : "It took too long.\n" + text;
        } finally {
            walking.descendants().forEach(ProcessHandle::destroyForcibly);
            walking.destroyForcibly();
            Files.delete(said);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (var files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (var path : all) {
            Files.deleteIfExists(path);
        }
    }
}
