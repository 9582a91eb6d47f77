package io.baton.server.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.baton.engine.Values;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * The page behind a link in a real Chromium, by keyboard alone; {@code web/e2e/guest.mjs} walks it. Without a browser or
 * Node it is skipped, but never on a build server. The screenshots stay in {@code target/screenshots}.
 */
class GuestBrowserTest {

    private static final Path WALK = Path.of("..", "web", "e2e", "guest.mjs");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final int MINUTES_MAX = 5;

    @Test
    void isAnsweredAndConfirmedByKeyboardAlone() throws IOException, InterruptedException {
        var chromium = Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> program(name).stream())
                .findFirst();
        need(chromium.isPresent(), "Chromium is not installed");
        need(program("node").isPresent(), "Node is not installed");
        need(Files.isDirectory(WALK.resolveSibling("../node_modules/playwright-core")), "npm ci was not run in web/");
        Files.createDirectories(SCREENSHOTS);
        var folder = Files.createTempDirectory("baton-guest-");
        try (var company = new GuestCompany()) {
            var answer = company.started(company.vera, Map.of());
            var bank = company.started(company.vera, Map.of("iban", "DE00"));
            company.complete(bank, "correct", company.vera, Values.variables(Map.of()));
            company.complete(bank, "agree", company.vera, Values.variables(Map.of()));
            company.started(company.vera, Map.of("invoiceNumber", "4713"));
            var papers = company.papersFor(company.vera, "October");
            var file = Files.write(folder.resolve("invoice.pdf"), GuestCompany.PDF);
            var links = company.node.links();
            var said = walk(Map.of(
                    "url", company.server.address().toString(),
                    "answer",
                            links.issue(
                                    company.vera,
                                    answer,
                                    company.step(answer, "correct").id()),
                    "bank",
                            links.issue(
                                    company.vera,
                                    bank,
                                    company.step(bank, "confirm").id()),
                    "owe", links.issue(company.vera, 0, 0),
                    "papers",
                            links.issue(
                                    company.vera,
                                    papers,
                                    company.step(papers, "send").id()),
                    "file", file.toString(),
                    "chromium", chromium.orElseThrow().toString(),
                    "screenshots", SCREENSHOTS.toAbsolutePath().toString(),
                    "profile", folder.resolve("profile").toString()));
            assertThat(said).as("what went wrong in the browser").isEmpty();
            assertThat(company.isAt(answer, "agree")).isTrue();
            assertThat(company.isAt(papers, "sign")).as("without scripts").isTrue();
            assertThat(company.state(bank).variables()).containsEntry("iban", "DE02 1203");
        } finally {
            delete(folder);
        }
        assertThat(SCREENSHOTS.resolve("guest-owe-narrow.png")).isNotEmptyFile();
    }

    /** Empty when all went well. The walk is told the code that goes to the known address. */
    private static String walk(Map<String, String> arguments) throws IOException, InterruptedException {
        var said = Files.createTempFile("baton-guest-", ".txt");
        var given = JsonMapper.shared().writeValueAsString(new LinkedHashMap<>(arguments));
        GuestCompany.CODES.clear();
        var walk = new ProcessBuilder("node", WALK.toString(), given)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            var _ = walk.onExit().thenRun(() -> GuestCompany.CODES.add("")); // no code comes any more
            var code = GuestCompany.CODES.poll(MINUTES_MAX, TimeUnit.MINUTES);
            if (code != null && !code.isEmpty()) {
                try (var in = walk.outputWriter(StandardCharsets.UTF_8)) {
                    in.write(code + "\n");
                }
            }
            var ended = walk.waitFor(MINUTES_MAX, TimeUnit.MINUTES);
            var text = Files.readString(said, StandardCharsets.UTF_8);
            return !ended ? "It took too long.\n" + text : walk.exitValue() == 0 ? "" : text;
        } finally {
            walk.descendants().forEach(ProcessHandle::destroyForcibly);
            walk.destroyForcibly();
            Files.delete(said);
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
