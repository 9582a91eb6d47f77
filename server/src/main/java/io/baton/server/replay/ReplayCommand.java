package io.baton.server.replay;

import io.baton.server.Node;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.Database;
import io.baton.server.database.Databases;
import io.baton.server.processes.ProcessFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code baton replay}: drives a recorded history through a process, and says where they disagree. */
@Command(
        name = "replay",
        description = {
            "Drives the cases of an event log (XES, plain or gzipped) through a process, at the times of the log.",
            "What the process does not allow is recorded in the case's journal as a deviation and reported."
        },
        mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {

    /** Cases under way at once; their commands share the committer's batches. */
    private static final int CASES_AT_ONCE = 128;

    private static final int VARIANTS_SHOWN = 20;
    private static final long PROGRESS_NANOS = 1_000_000_000L;

    @Parameters(index = "0", paramLabel = "FILE", description = "The event log: FILE.xes or FILE.xes.gz.")
    private Path file = Path.of("");

    @Option(
            names = "--process",
            required = true,
            paramLabel = "KEY",
            description = "The process to drive, from the folder processes/KEY with its log-mapping.json.")
    private String key = "";

    @Option(
            names = "--processes",
            defaultValue = "${env:BATON_PROCESSES:-processes}",
            description = "Where the processes are (default: ${DEFAULT-VALUE}).")
    private Path processes = Path.of("processes");

    @Option(
            names = "--data",
            description = "Keep the replayed cases in the database of this folder (default: a database that is thrown"
                    + " away; BATON_DATABASE_URL names another PostgreSQL).")
    private @Nullable Path data;

    @Option(names = "--json", description = "Print one JSON object instead of the report.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    record Deviant(int cases, String firstDeviation, String variant) {}

    @Override
    public Integer call() throws Exception {
        if (!Files.isReadable(file)) {
            throw new CommandLine.ParameterException(
                    commandLine(), "There is no event log at " + file + ". Name an .xes or .xes.gz file");
        }
        var temporary = data == null ? Files.createTempDirectory("baton-replay") : null;
        try (var database = open(temporary);
                var node = new Node(database, LocalWorkers.NONE, Clock.systemUTC())) {
            replay(node);
            return 0;
        } finally {
            if (temporary != null) {
                delete(temporary);
            }
        }
    }

    private Database open(@Nullable Path temporary) {
        return Databases.open(
                temporary == null ? null : System.getenv("BATON_DATABASE_URL"), temporary == null ? data() : temporary);
    }

    private Path data() {
        return data == null ? Path.of("data") : data;
    }

    private void replay(Node node) throws IOException, InterruptedException {
        var folder = ProcessFolder.read(processes.resolve(key));
        var deployed = node.deployments().deploy(folder, "replay").stream()
                .filter(each -> each.version().key().equals(key))
                .findFirst()
                .orElseThrow(() -> new CommandLine.ParameterException(
                        commandLine(), "processes/" + key + " holds no process '" + key + "'"));
        var mapping = LogMapping.read(processes.resolve(key).resolve("log-mapping.json"));
        var replay = new Replay(node, mapping, deployed.version().id());
        var firstCase = node.committer().nextCaseId();
        var started = System.nanoTime();
        var tally = new Tally();
        play(replay, tally);
        var seconds = (System.nanoTime() - started) / 1e9;
        var figures = Figures.of(node.jdbc(), firstCase);
        if (json) {
            out().println(JsonMapper.shared().writeValueAsString(figures.json(tally)));
        } else {
            report(figures, tally, seconds);
        }
    }

    /** Reads the log once; each case is played by a thread of its own, a bounded number at a time. */
    private void play(Replay replay, Tally tally) throws IOException, InterruptedException {
        var places = new Semaphore(CASES_AT_ONCE);
        var shownAt = new AtomicLong(System.nanoTime());
        var played = new ArrayList<Future<?>>();
        try (var log = EventLog.open(file);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            EventLog.Trace trace;
            while ((trace = log.next()) != null) {
                var next = trace;
                if (next.events().isEmpty()) {
                    continue;
                }
                places.acquire();
                played.add(threads.submit(() -> {
                    try {
                        tally.add(next, replay.play(next));
                        progress(tally, shownAt);
                    } finally {
                        places.release();
                    }
                }));
            }
            for (var each : played) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A case could not be replayed: " + e.getCause(), e.getCause());
        }
    }

    private void progress(Tally tally, AtomicLong shownAt) {
        var now = System.nanoTime();
        var last = shownAt.get();
        if (!json && now - last > PROGRESS_NANOS && shownAt.compareAndSet(last, now)) {
            err().printf("  %,d cases, %,d commands%n", tally.cases(), tally.commands());
            err().flush();
        }
    }

    private void report(Figures figures, Tally tally, double seconds) {
        var out = out();
        out.printf("Replayed %s through %s%n%n", file.getFileName(), key);
        out.printf("  cases            %,12d%n", figures.cases());
        out.printf("  completed        %,12d%n", figures.completed());
        out.printf(
                "  deviating        %,12d  (%.2f %%), in %d of %d variants%n",
                tally.deviating(),
                100.0 * tally.deviating() / Math.max(1, figures.cases()),
                tally.deviants().size(),
                tally.variants());
        out.printf("  commands         %,12d  (%,.0f a second)%n%n", tally.commands(), tally.commands() / seconds);
        out.printf("  cycle time, from Baton's own journal, in seconds%n");
        figures.cycleTimes().forEach((name, value) -> out.printf("    %-6s %,20.2f%n", name, value));
        if (!tally.deviants().isEmpty()) {
            out.printf("%n  deviating variants, most frequent first%n");
            tally.deviants().stream().limit(VARIANTS_SHOWN).forEach(variant -> {
                out.printf("  %5d × %s%n", variant.cases(), variant.variant());
                out.printf("          %s%n", variant.firstDeviation());
            });
        }
        out.flush();
    }

    private PrintWriter out() {
        return commandLine().getOut();
    }

    private PrintWriter err() {
        return commandLine().getErr();
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec");
        }
        return spec.commandLine();
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var path : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** What is counted while the cases are played; the rest comes from the journal. */
    static final class Tally {
        private final Map<String, Deviant> deviants = new LinkedHashMap<>();
        private final java.util.Set<String> variants = new java.util.HashSet<>();
        private long cases;
        private long commands;

        synchronized void add(EventLog.Trace trace, Replay.Result result) {
            cases++;
            commands += result.commands();
            var variant = String.join(
                    " → ", trace.events().stream().map(EventLog.Event::activity).toList());
            variants.add(variant);
            var first = result.firstDeviation();
            if (first != null) {
                deviants.merge(
                        variant,
                        new Deviant(1, first, variant),
                        (a, b) -> new Deviant(a.cases() + 1, a.firstDeviation(), variant));
            }
        }

        synchronized long cases() {
            return cases;
        }

        synchronized long commands() {
            return commands;
        }

        synchronized int deviating() {
            return deviants.values().stream().mapToInt(Deviant::cases).sum();
        }

        synchronized int variants() {
            return variants.size();
        }

        synchronized List<Deviant> deviants() {
            return deviants.values().stream()
                    .sorted(java.util.Comparator.comparingInt(Deviant::cases).reversed())
                    .toList();
        }
    }
}
