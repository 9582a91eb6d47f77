package io.baton.server.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * PostgreSQL's {@code postmaster.pid}: its lock, and how it says that it is ready. After kill -9 or a reboot the file
 * stays and its process number may by now belong to anybody; PostgreSQL itself would then refuse to start for ever.
 *
 * @param status PostgreSQL's own word: starting, ready, stopping, standby; empty while it is still being written
 */
record PostmasterFile(Path cluster, long pid, int port, String status) {

    private static final String NAME = "postmaster.pid";

    /** What the file says, if there is one. A file cut short by a power cut gives process number 0. */
    static Optional<PostmasterFile> read(Path cluster) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(cluster.resolve(NAME), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        return Optional.of(new PostmasterFile(
                cluster,
                Math.abs(number(lines, 0)),
                (int) number(lines, 3),
                lines.size() > 7 ? lines.get(7).strip() : ""));
    }

    private static long number(List<String> lines, int index) {
        if (index >= lines.size()) {
            return 0;
        }
        try {
            return Long.parseLong(lines.get(index).strip());
        } catch (NumberFormatException halfWritten) {
            return 0;
        }
    }

    boolean isReady() {
        return status.equals("ready");
    }

    boolean isNotDisarmed() {
        return pid != ProcessHandle.current().pid();
    }

    /** Whether the process with that number lives and is a PostgreSQL server on this very cluster. */
    boolean serverLives() {
        if (pid == 0) {
            return false;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        return process.isPresent() && (worksInCluster() || commandNamesCluster(process.get()));
    }

    /** A PostgreSQL server's working directory is its cluster; Linux shows it to whoever may know. */
    private boolean worksInCluster() {
        try {
            return Files.isSameFile(Path.of("/proc", Long.toString(pid), "cwd"), cluster);
        } catch (IOException goneOrForbidden) {
            return false;
        }
    }

    private boolean commandNamesCluster(ProcessHandle process) {
        List<String> words;
        try {
            String all = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
            words = List.of(all.split("\0"));
        } catch (IOException noSuchFileSystem) {
            words = Stream.concat(
                            process.info().command().stream(),
                            process.info().arguments().stream().flatMap(Arrays::stream))
                    .toList();
        }
        return words.size() > 1 && Path.of(words.getFirst()).endsWith("postgres") && words.contains(cluster.toString());
    }

    /**
     * Makes a leftover file harmless. It is not deleted, because PostgreSQL finds in it the shared memory that orphaned
     * backends may still hold, and waits for them to go; it is given our own number instead, which PostgreSQL knows,
     * from PG_GRANDPARENT_PID, cannot be another server.
     */
    void disarm() throws IOException {
        Path file = cluster.resolve(NAME);
        if (pid == 0) {
            Files.delete(file);
            return;
        }
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        int end = content.indexOf('\n');
        String rest = end < 0 ? "\n" : content.substring(end);
        // In place, so that the owner and the mode stay.
        Files.writeString(file, ProcessHandle.current().pid() + rest, StandardCharsets.ISO_8859_1);
    }
}
