package io.baton.bench;

import io.baton.bench.contender.Contender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * How to start one contender.
 *
 * @param name its key in the JSON
 * @param classpath of its JVM
 * @param callersMax the most callers that it is measured with
 */
record ContenderSpec(String name, String classpath, int callersMax) {
    private static final int BATON_CALLERS_MAX = 256;
    private static final int PEERS_CALLERS_MAX = 32;

    /** In the order in which they are measured. */
    static List<ContenderSpec> all() throws IOException {
        var all = new ArrayList<ContenderSpec>();
        if (ServiceLoader.load(Contender.Opening.class).stream().findAny().isPresent()) {
            // Baton's adapter is on the harness's own classpath, which is Baton's.
            all.add(new ContenderSpec("baton", System.getProperty("java.class.path"), BATON_CALLERS_MAX));
        }
        Path folder = benchFolder();
        all.add(peer("flowable", folder));
        all.add(peer("operaton", folder));
        return all;
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
    static Path benchFolder() {
        Path code = Path.of(ContenderSpec.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        return code.resolve("../..").normalize();
    }
}
