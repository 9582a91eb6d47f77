package io.baton.server.demo;

import io.baton.server.Node;
import io.baton.server.WebServer;
import io.baton.server.channel.ChannelSettings;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.Database;
import io.baton.server.database.Databases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code baton demo}: a company at work, on a database of its own. The first run loads it; later runs go on where the
 * last one stopped. Everything that can be done side by side is, so that the first page comes soon.
 */
@Command(
        name = "demo",
        description = {
            "Starts Baton with an invented company at work in it, and prints how to sign in.",
            "The first run makes up three months of history; later runs go on with it."
        },
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

    /** A called process comes before those that call it. */
    static final List<String> PROCESSES = List.of(
            "collect-document",
            "service-exception",
            "vendor-payment",
            "customer-order",
            "client-onboarding",
            "request-for-payment");

    static final long SEED = 1;

    @Mixin
    private WebServer.Address address = new WebServer.Address();

    @Option(
            names = "--data",
            defaultValue = "${env:BATON_DEMO_DATA:-data-demo}",
            description = "The folder of the demo's own PostgreSQL (default: ${DEFAULT-VALUE}, from BATON_DEMO_DATA).")
    private Path data = Path.of("data-demo");

    @Option(
            names = "--processes",
            defaultValue = "${env:BATON_PROCESSES:-processes}",
            description = "Where the processes are (default: ${DEFAULT-VALUE}).")
    private Path processes = Path.of("processes");

    @Option(
            names = "--seed",
            defaultValue = "" + SEED,
            description = "The same seed makes up the same history on the same day (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--fresh", description = "Throw the old demo away and make up a new one.")
    private boolean fresh;

    @Option(names = "--train", hidden = true, description = "Serves a few pages to itself, then ends.")
    private boolean train;

    @Override
    public Integer call() throws Exception {
        long began = System.nanoTime();
        // A new folder needs a history for certain: it is made up while PostgreSQL starts.
        var early = Files.exists(data) ? null : load();
        say("Starting PostgreSQL in " + data + " …");
        var database = Databases.open(null, data);
        var before = prepare(database);
        var node = new Node(database, LocalWorkers.NONE, Clock.systemUTC(), ChannelSettings.of(System.getenv()));
        var web = inBackground(() -> WebServer.start(database, node, address));
        if (before != DemoState.COMPLETE) {
            try (var load = early == null ? load() : early) {
                fill(database, node, load);
            }
        } else if (early != null) {
            early.close();
        }
        var server = result(web);
        node.startPumps();
        if (train) {
            server.train();
            return 0;
        }
        serve(node, server, Duration.ofNanos(System.nanoTime() - began));
        return 0;
    }

    private DemoLoad load() throws IOException {
        return new DemoLoad(
                Edition.read(processes, PROCESSES),
                Company.read(),
                seed,
                Clock.systemUTC().instant());
    }

    private DemoState prepare(Database database) {
        var state = DemoState.of(database);
        if (state == DemoState.HALF) {
            say("The demo was not loaded to its end; it is made up anew.");
        } else if (state == DemoState.COMPLETE && fresh) {
            say("The old demo is thrown away.");
        } else {
            return state;
        }
        DemoState.clear(database);
        return DemoState.EMPTY;
    }

    private static void fill(Database database, Node node, DemoLoad load) throws InterruptedException {
        long began = System.nanoTime();
        DemoState.begin(database);
        var totals = load.into(node);
        DemoState.complete(database);
        say("Made up %,d cases of three months, %,d commands, in %.1f s."
                .formatted(totals.cases(), totals.commands(), (System.nanoTime() - began) / 1e9));
    }

    private void serve(Node node, WebServer server, Duration took) throws InterruptedException {
        try (var systems = new LiveSystems(node, seed)) {
            systems.start();
            say("");
            say("Baton is ready after %.1f s: %s".formatted(took.toMillis() / 1e3, server.url()));
            say("Sign in as Ines Okafor, who leads operations, with this link (once, within 24 hours):");
            say("  " + server.signInLink(Company.LEADER));
            say("Then act as anybody else from the menu. Ctrl-C stops; the next run goes on from here.");
            new CountDownLatch(1).await(); // until a signal ends the process
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }

    private static <T> FutureTask<T> inBackground(Callable<T> work) {
        var task = new FutureTask<>(work);
        Thread.ofPlatform().name("web").daemon().start(task);
        return task;
    }

    private static <T> T result(FutureTask<T> task) throws Exception {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }
}
