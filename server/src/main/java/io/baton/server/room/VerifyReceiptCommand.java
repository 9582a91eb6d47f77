package io.baton.server.room;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code baton verify-receipt}: needs neither a database nor a network. Exit code 0 when the receipt is genuine, else 1. */
@Command(
        name = "verify-receipt",
        description = {
            "Checks a receipt offline: whether it was changed since the installation signed it.",
            "Exit code 1 and the reason when it is not genuine."
        },
        mixinStandardHelpOptions = true)
public final class VerifyReceiptCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The receipt.")
    private Path file = Path.of("");

    @Option(
            names = "--key",
            description = "The installation's public key as a PEM file. Without it the receipt is checked with the key"
                    + " it carries, whose fingerprint is then to be compared.")
    private @Nullable Path key;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec");
        }
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        Receipt.Verdict verdict;
        try {
            verdict = Receipt.verify(
                    Files.readAllBytes(file), key == null ? null : Keys.publicKey(Files.readString(key)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            err.println("The key in " + key + " is no Ed25519 public key.");
            return 2;
        }
        if (!verdict.isGood()) {
            err.println(verdict.problem());
            return 1;
        }
        out.print(verdict.text());
        out.println();
        out.println(
                key == null
                        ? "The receipt is unchanged. Compare the fingerprint of its key with the sender's: "
                                + verdict.fingerprint()
                        : "The receipt is genuine: signed with the key given, and unchanged.");
        return 0;
    }
}
