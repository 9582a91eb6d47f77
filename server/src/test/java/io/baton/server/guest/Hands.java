package io.baton.server.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** A real Chromium, by keyboard alone at 360 px ({@code web/e2e/hands.mjs}). Each act fails where the page does not let it. */
final class Hands implements AutoCloseable {

    private static final Path SCRIPT = Path.of("..", "web", "e2e", "hands.mjs");
    static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Process process;
    private final BufferedWriter asks;
    private final BufferedReader says;

    private Hands(Path chromium, Path profile) throws IOException {
        var given = JSON.writeValueAsString(Map.of(
                "chromium", chromium.toString(),
                "screenshots", SCREENSHOTS.toAbsolutePath().toString(),
                "profile", profile.toString()));
        process = new ProcessBuilder("node", SCRIPT.toString(), given)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        asks = process.outputWriter(StandardCharsets.UTF_8);
        says = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Skips the test where there is no browser, but never on a build server. */
    static Hands on(Path folder) throws IOException {
        var chromium = Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> program(name).stream())
                .findFirst();
        need(chromium.isPresent(), "Chromium is not installed");
        need(program("node").isPresent(), "Node is not installed");
        need(Files.isDirectory(SCRIPT.resolveSibling("../node_modules/playwright-core")), "npm ci was not run in web/");
        return new Hands(chromium.orElseThrow(), folder.resolve("profile"));
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

    void open(String url) {
        perform("open", Map.of("url", url));
    }

    void see(String text) {
        perform("see", Map.of("text", text));
    }

    void type(String name, String text) {
        perform("type", Map.of("name", name, "text", text));
    }

    void tick(String name) {
        perform("tick", Map.of("name", name));
    }

    void press(String text) {
        perform("press", Map.of("text", text));
    }

    void upload(String name, Path file) {
        perform("upload", Map.of("name", name, "file", file.toString()));
    }

    Path download(String text) {
        return Path.of(perform("download", Map.of("text", text)));
    }

    void draw() {
        perform("draw", Map.of());
    }

    /** Narrow, wide and dark; every violation of WCAG 2.2 AA fails. */
    void look(String name) {
        perform("look", Map.of("name", name));
    }

    private String perform(String what, Map<String, String> given) {
        var command = new LinkedHashMap<String, String>(given);
        command.put("do", what);
        try {
            asks.write(JSON.writeValueAsString(command));
            asks.newLine();
            asks.flush();
            var said = says.readLine();
            assertThat(said).as("%s %s", what, given).startsWith("ok");
            return String.valueOf(said).substring(2).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
