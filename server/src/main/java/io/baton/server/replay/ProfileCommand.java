package io.baton.server.replay;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code baton profile}: the figures of an event log, as the demo's generator uses them. */
@Command(
        name = "profile",
        description = {
            "Measures an event log (XES, plain or gzipped): arrivals, durations, rejections and the weekly rhythm of work.",
            "Prints them as JSON; none of the log's rows is in it."
        },
        mixinStandardHelpOptions = true)
public final class ProfileCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FILE", description = "The event log: FILE.xes or FILE.xes.gz.")
    private Path file = Path.of("");

    @Option(names = "--source", description = "Where the log comes from, kept in the result as its citation.")
    private @Nullable String source;

    @Option(names = "--out", description = "Write to this file instead of the standard output.")
    private @Nullable Path out;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec");
        }
        if (!Files.isReadable(file)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "There is no event log at " + file + ". Name an .xes or .xes.gz file");
        }
        if (out == null) {
            Profile.write(file, source, spec.commandLine().getOut());
            spec.commandLine().getOut().flush();
            return 0;
        }
        try (var writer = Files.newBufferedWriter(out)) {
            Profile.write(file, source, writer);
        }
        return 0;
    }
}
