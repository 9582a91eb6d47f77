package io.baton.server;

import io.baton.server.database.DatabaseRefused;
import io.baton.server.demo.DemoCommand;
import io.baton.server.processes.RefusedDeployment;
import io.baton.server.replay.MalformedFile;
import io.baton.server.replay.ProfileCommand;
import io.baton.server.replay.ReplayCommand;
import io.baton.server.room.VerifyReceiptCommand;
import io.baton.server.verify.VerifyCommand;
import java.nio.file.FileSystemException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: what {@code ./baton} runs. Each command is a class of its own beside the capability it drives. */
@Command(
        name = "baton",
        description = "Baton keeps every process that crosses teams, systems and companies moving.",
        mixinStandardHelpOptions = true,
        subcommands = {
            Start.class,
            DemoCommand.class,
            ReplayCommand.class,
            ProfileCommand.class,
            VerifyCommand.class,
            VerifyReceiptCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Baton {

    private Baton() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Baton()).setExecutionExceptionHandler(Baton::explain);
    }

    /** A refusal is written for the operator, so it needs no stack trace; anything else is a bug and shows one. */
    private static int explain(Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed)
            throws Exception {
        if (isForTheOperator(failure)) {
            commandLine.getErr().println(failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw failure;
    }

    private static boolean isForTheOperator(Exception failure) {
        return failure instanceof DatabaseRefused
                || failure instanceof RefusedDeployment
                || failure instanceof MalformedFile
                || failure instanceof FileSystemException;
    }
}
