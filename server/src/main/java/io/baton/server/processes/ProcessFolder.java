package io.baton.server.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;

/** A process as it ships: one folder with a {@code .bpmn} file and the {@code .form} and {@code .dmn} files it names. */
public final class ProcessFolder {

    private ProcessFolder() {}

    /** Throws {@link RefusedDeployment} for files that cannot be deployed. Other files are left alone. */
    public static Sources read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder + ": there is no such folder of a process");
        }
        var files = new ArrayList<Sources.File>();
        try (var entries = Files.list(folder)) {
            for (var path : entries.sorted().toList()) {
                var name = path.getFileName().toString();
                if (Sources.isPart(name)) {
                    files.add(new Sources.File(name, Files.readAllBytes(path)));
                }
            }
        }
        return Sources.of(files);
    }
}
