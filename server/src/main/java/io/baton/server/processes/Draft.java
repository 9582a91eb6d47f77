package io.baton.server.processes;

import io.baton.engine.model.ProcessModel;
import io.baton.server.processes.Deployments.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Files that are not deployed, as if they were: their processes are the newest versions, and whatever they call beside
 * them is the newest that is deployed. Nobody else sees them.
 */
public final class Draft implements Versions {

    /** Its versions have numbers that no deployed one will ever have. */
    private static final int FIRST = 2_000_000_000;

    private final Sources sources;
    private final Deployments deployed;

    public Draft(Sources sources, Deployments deployed) {
        this.sources = sources;
        this.deployed = deployed;
    }

    /** The numbers of its own processes, in the order of the file. */
    public List<Integer> ids() {
        return java.util.stream.IntStream.range(0, sources.models().size())
                .mapToObj(place -> FIRST + place)
                .toList();
    }

    @Override
    public @Nullable ProcessModel model(int process) {
        return process < FIRST ? deployed.model(process) : sources.models().get(process - FIRST);
    }

    @Override
    public int newest(String key) {
        for (var id : ids()) {
            if (requireModel(id).key().equals(key)) {
                return id;
            }
        }
        return deployed.newest(key);
    }

    /** Of its own ones, the version that deploying would make them; nobody has deployed them. */
    @Override
    public Version require(int process) {
        if (process < FIRST) {
            return deployed.require(process);
        }
        var model = requireModel(process);
        var number = deployed.newestVersion(model.key()).map(Version::version).orElse(0) + 1;
        return new Version(process, model.key(), number, model.name(), model.prefix(), Instant.EPOCH, "");
    }

    @Override
    public Optional<String> form(int process, String name) {
        return process < FIRST ? deployed.form(process, name) : sources.form(name);
    }
}
