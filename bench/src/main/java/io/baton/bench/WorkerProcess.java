package io.baton.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.baton.bench.contender.ClosedLoop.Bounds;
import io.baton.bench.contender.ClosedLoop.Outcome;
import io.baton.bench.contender.Reply;
import io.baton.bench.contender.Request;
import io.baton.bench.contender.Worker;
import io.baton.bench.contender.Workload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A contender's JVM, seen from the harness. It ends when the harness does, because its standard input ends then. What
 * it prints goes to a temporary file, the end of which is shown when something fails.
 */
final class WorkerProcess implements AutoCloseable {
    /** The same for every contender. */
    static final List<String> JVM_FLAGS = List.of("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC");

    /** Tell JDK 25 not to warn; they change no behaviour. */
    static final List<String> QUIET =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    private static final int LOG_LINES_MAX = 30;

    private final String name;
    private final Path log;
    private final Process process;
    private final PrintWriter requests;
    private final BufferedReader replies;
    private final String version;

    private WorkerProcess(String name, Path log, Process process) throws IOException {
        this.name = name;
        this.log = log;
        this.process = process;
        this.requests = new PrintWriter(process.outputWriter(UTF_8), true);
        this.replies = process.inputReader(UTF_8);
        this.version = switch (reply()) {
            case Reply.Ready(var stated) -> stated;
            case Reply other -> throw failed("Expected it to be ready but it said: " + other.line());
        };
    }

    static WorkerProcess start(ContenderSpec spec, Database database, int connectionsMax) throws IOException {
        Path log = Files.createTempFile("baton-bench-" + spec.name(), ".log");
        log.toFile().deleteOnExit();
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(JVM_FLAGS);
        command.addAll(QUIET);
        command.addAll(List.of("-cp", spec.classpath(), Worker.class.getName()));
        var builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().put(Worker.DATABASE_URL, database.url());
        builder.environment().put(Worker.CONNECTIONS_MAX, String.valueOf(connectionsMax));
        return new WorkerProcess(spec.name(), log, builder.start());
    }

    String version() {
        return version;
    }

    void prepare(Workload workload) throws IOException {
        if (!(ask(new Request.Prepare(workload)) instanceof Reply.Prepared)) {
            throw failed("Expected it to prepare " + workload);
        }
    }

    Outcome run(Workload workload, Bounds bounds) throws IOException {
        return switch (ask(new Request.Run(workload, bounds))) {
            case Reply.Ran(var outcome) -> outcome;
            case Reply other -> throw failed("Expected it to run " + workload + " but it said: " + other.line());
        };
    }

    long endedCases(Workload workload) throws IOException {
        return switch (ask(new Request.CountEnded(workload))) {
            case Reply.Ended(var cases) -> cases;
            case Reply other -> throw failed("Expected a number of cases but it said: " + other.line());
        };
    }

    private Reply ask(Request request) throws IOException {
        requests.println(request.line());
        return reply();
    }

    private Reply reply() throws IOException {
        String line = replies.readLine();
        if (line == null) {
            throw failed("Its JVM ended");
        }
        return switch (Reply.parse(line)) {
            case Reply.Failed(var message) -> throw failed(message);
            case Reply reply -> reply;
        };
    }

    private IllegalStateException failed(String message) throws IOException {
        List<String> lines = Files.readAllLines(log, UTF_8);
        var tail = lines.subList(Math.max(0, lines.size() - LOG_LINES_MAX), lines.size());
        return new IllegalStateException(name + ": " + message + "\n" + String.join("\n", tail));
    }

    @Override
    public void close() throws IOException {
        requests.close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(log);
    }
}
