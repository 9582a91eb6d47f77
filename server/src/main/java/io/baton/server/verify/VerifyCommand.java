package io.baton.server.verify;

import io.baton.server.Node;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.Databases;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code baton verify}: exit code 0 when journal and tables agree, 1 when they do not. */
@Command(
        name = "verify",
        description = {
            "Recomputes the hash chain of every case, rebuilds every table that follows from the journal,",
            "and compares. Exit code 1 and a list when something does not agree."
        },
        mixinStandardHelpOptions = true)
public final class VerifyCommand implements Callable<Integer> {

    private static final int PROGRESS_CASES = 50_000;

    @Option(
            names = "--data",
            defaultValue = "${env:BATON_DATA:-data}",
            description = "The folder of Baton's own PostgreSQL (default: ${DEFAULT-VALUE}); BATON_DATABASE_URL names"
                    + " another PostgreSQL.")
    private Path data = Path.of("data");

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec");
        }
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        try (var database = Databases.open(System.getenv("BATON_DATABASE_URL"), data);
                var node = new Node(database, LocalWorkers.NONE, Clock.systemUTC())) {
            var report = new Verify(node.jdbc(), node.transaction(), node.deployments()).run(cases -> {
                if (!json && cases % PROGRESS_CASES == 0) {
                    err.printf("  %,d cases%n", cases);
                }
            });
            node.health().verified(report.cases(), report.entries(), report.problems());
            if (json) {
                out.println(JsonMapper.shared().writeValueAsString(report));
            } else {
                out.printf("%,d cases, %,d journal entries: ", report.cases(), report.entries());
                out.println(report.isClean() ? "journal and tables agree" : report.problems() + " problems");
                report.first().forEach(problem -> out.println("  " + problem));
            }
            return report.isClean() ? 0 : 1;
        }
    }
}
