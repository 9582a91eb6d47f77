package io.baton.bench.contender;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.ServiceLoader;

/**
 * The main class of a forked JVM: opens the one contender of its classpath and serves the harness until standard input
 * ends. Standard output carries replies only, so whatever the contender prints there goes to standard error. The
 * database's address comes in the environment, because a command line shows it to everyone on the machine.
 */
public final class Worker {
    /** The environment variable with the JDBC URL, credentials included. */
    public static final String DATABASE_URL = "BATON_BENCH_DATABASE_URL";

    /** The environment variable with the most connections that the contender may open. */
    public static final String CONNECTIONS_MAX = "BATON_BENCH_CONNECTIONS_MAX";

    private final Contender contender;

    Worker(Contender contender) {
        this.contender = contender;
    }

    public static void main(String[] args) throws IOException {
        PrintStream replies = new PrintStream(System.out, true, UTF_8);
        System.setOut(System.err);
        var opening = ServiceLoader.load(Contender.Opening.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Expected a Contender.Opening on the classpath"));
        var database =
                new ContenderDatabase(System.getenv(DATABASE_URL), Integer.parseInt(System.getenv(CONNECTIONS_MAX)));
        var requests = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        try (Contender contender = opening.open(database)) {
            replies.println(new Reply.Ready(contender.version()).line());
            new Worker(contender).serve(requests, replies);
        }
        // An engine may leave threads of its own behind that are no daemons.
        System.exit(0);
    }

    void serve(BufferedReader requests, PrintStream replies) throws IOException {
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            replies.println(answer(line).line());
        }
    }

    private Reply answer(String line) {
        try {
            return switch (Request.parse(line)) {
                case Request.Prepare(var workload) -> {
                    contender.prepare(workload);
                    yield new Reply.Prepared();
                }
                case Request.Run(var workload, var bounds) ->
                    new Reply.Ran(ClosedLoop.run(contender, workload, bounds));
                case Request.CountEnded(var workload) -> new Reply.Ended(contender.endedCases(workload));
            };
        } catch (InterruptedException | RuntimeException failure) {
            failure.printStackTrace();
            return new Reply.Failed(String.valueOf(failure.getMessage()));
        }
    }
}
