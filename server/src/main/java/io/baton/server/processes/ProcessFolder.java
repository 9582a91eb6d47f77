package io.baton.server.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process as it ships: one folder with a {@code .bpmn} file and the {@code .form} and {@code .dmn} files it names. */
public final class ProcessFolder {

    private ProcessFolder() {}

    /** Throws {@link RefusedDeployment} for files that cannot be deployed. Other files are left alone. */
    public static Sources read(Path folder) throws IOException {
        return Sources.of(files(folder));
    }

    /** Those of its files that are part of a process, as they are. */
    public static List<Sources.File> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "there is no such folder of a process");
        }
        var files = new ArrayList<Sources.File>();
        try (var entries = Files.list(folder)) {
            var parts = entries.filter(path -> Sources.isPart(name(path)));
            for (var path : parts.sorted().limit(Sources.FILES_MAX + 1L).toList()) {
                files.add(new Sources.File(name(path), upTo(Sources.bytesMax(name(path)) + 1, path)));
            }
        }
        return files;
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    /** No more than what is needed to see that a file is too large: it may have no end. */
    private static byte[] upTo(int bytes, Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            return in.readNBytes(bytes);
        }
    }
}
