package io.baton.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How to start one contender.
 *
 * @param name its key in the JSON
 * @param classpath of its JVM
 * @param callersMax the most callers that it is measured with
 */
record ContenderSpec(String name, String classpath, int callersMax) {
    private static final int PEERS_CALLERS_MAX = 32;

    /** In the order in which they are measured. Baton's adapter, when it is there, is on the harness's own classpath. */
    static List<ContenderSpec> all() throws IOException {
        Path folder = benchFolder();
        return List.of(peer("flowable", folder), peer("operaton", folder));
    }

    private static ContenderSpec peer(String name, Path benchFolder) throws IOException {
        Path target = benchFolder.resolve(name).resolve("target");
        Path dependencies = target.resolve("classpath");
        if (!Files.exists(dependencies)) {
            throw new IllegalStateException("Expected " + dependencies + " but it is not there: build bench first");
        }
        return new ContenderSpec(
                name,
                target.resolve("classes") + ":" + Files.readString(dependencies).strip(),
                PEERS_CALLERS_MAX);
    }

    /** The harness runs from {@code bench/target/classes}, or from the jar beside it. */
    private static Path benchFolder() {
        Path code = Path.of(ContenderSpec.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        return code.resolve("../..").normalize();
    }
}
