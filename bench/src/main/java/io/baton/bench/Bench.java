package io.baton.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code ./baton bench}. Progress goes to standard error, the result alone to standard output. */
@Command(
        name = "bench",
        description = "Runs Baton, Flowable and Operaton side by side on one PostgreSQL and compares them.",
        mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {

    @Option(
            names = "--quick",
            description = "Under four minutes; shorter windows, 1 and 32 callers (Baton also 256), without scale.")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "SECTION",
            description = "W1, W2, W3, limit or scale; may be given several times.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            description = "baton, flowable or operaton; may be given several times.")
    private List<String> engines = new ArrayList<>();

    @Option(names = "--json", description = "One JSON object instead of the table.")
    private boolean json;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description = "JDBC URL of a PostgreSQL to use in place of a temporary one. The user must be a superuser;"
                    + " databases named baton_bench… are dropped and created.")
    private @Nullable String database;

    public static void main(String[] args) {
        int status = new CommandLine(new Bench())
                .setExecutionExceptionHandler((failure, _, _) -> {
                    System.err.println("bench: " + failure.getMessage());
                    return 1;
                })
                .execute(args);
        System.exit(status);
    }

    @Override
    public Integer call() throws Exception {
        List<Section> sections = chosen();
        var contenders = contenders();
        var plan = quick ? Plan.quick() : Plan.full();
        var report = new Report();
        long began = System.nanoTime();
        progress("starting PostgreSQL");
        try (PostgresServer server = database == null
                        ? TemporaryPostgres.start()
                        : new PostgresServer.External(new Database(database));
                Rig rig = new Rig(server, plan, contenders, this::progress)) {
            for (Section section : sections) {
                section.measure(rig, report);
            }
            var machine = Machine.of(postgresVersion(rig), rig.versions());
            System.out.println(json ? report.json(machine) : ReportTable.of(report, machine));
        }
        progress("done in %d s".formatted((System.nanoTime() - began) / 1_000_000_000));
        return 0;
    }

    private List<Section> chosen() {
        var all = Section.all();
        for (String name : only) {
            if (all.stream().noneMatch(section -> section.key().equals(name))) {
                var keys = all.stream().map(Section::key).toList();
                throw new IllegalArgumentException("Expected --only to be one of " + keys + " but it is " + name);
            }
        }
        return all.stream()
                .filter(section -> only.isEmpty() ? !quick || section.isQuick() : only.contains(section.key()))
                .toList();
    }

    private List<ContenderSpec> contenders() throws IOException {
        var all = ContenderSpec.all();
        var names = all.stream().map(ContenderSpec::name).toList();
        for (String name : engines) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException("Expected --engine to be one of " + names + " but it is " + name);
            }
        }
        return all.stream()
                .filter(spec -> engines.isEmpty() || engines.contains(spec.name()))
                .toList();
    }

    private static String postgresVersion(Rig rig) throws SQLException {
        try (Connection connection = rig.own().connect()) {
            return Sql.text(connection, "show server_version");
        }
    }

    private void progress(String line) {
        System.err.println("bench: " + line);
    }
}
