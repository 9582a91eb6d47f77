package io.baton.server.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The folder that holds one embedded database, claimed by this process until {@link #close}. The claim is a lock of the
 * operating system on {@code baton.lock}, so it ends with the process, however that ends, and no stale claim can exist.
 *
 * <pre>
 * baton-data.properties   says that this folder is Baton's
 * baton.lock, baton.pid   who has it open
 * postgres.password       mode 600
 * postgres-start.log      what the last server said before its own log was open
 * postgres/               the cluster; its log is in postgres/log/
 * </pre>
 */
final class DataFolder implements AutoCloseable {

    private static final String MARKER = "baton-data.properties";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /** A second channel on a locked file would, when closed, drop this JVM's own lock: so never open one. */
    private static final Set<Path> CLAIMED_HERE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /** Claims the folder, creating it if it does not exist. */
    static DataFolder claim(Path wanted, long freeBytesMin) {
        String what = cannotOpen(wanted);
        try {
            Path path = existing(wanted);
            refuseForeignContent(path);
            refuseWithoutSpace(path, freeBytesMin);
            writeMarker(path);
            return lock(path);
        } catch (IOException e) {
            throw DatabaseRefused.byTheFileSystem(what, wanted.toAbsolutePath(), e);
        }
    }

    private static Path existing(Path wanted) throws IOException {
        if (Files.exists(wanted) && !Files.isDirectory(wanted)) {
            throw new DatabaseRefused(
                    cannotOpen(wanted), "it is not a folder", "Choose another data folder with BATON_DATA");
        }
        if (!Files.exists(wanted)) {
            Files.createDirectories(wanted);
            // Root's PostgreSQL runs as somebody else, who has to get through to his own part of it.
            String mode = RunAs.iAmRoot() ? "rwx--x--x" : "rwx------";
            Files.setPosixFilePermissions(wanted, PosixFilePermissions.fromString(mode));
        }
        return wanted.toRealPath();
    }

    private static void refuseForeignContent(Path path) throws IOException {
        if (Files.exists(path.resolve(MARKER))) {
            return;
        }
        try (Stream<Path> content = Files.list(path)) {
            List<String> found = content.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("lost+found"))
                    .sorted()
                    .limit(3)
                    .toList();
            if (!found.isEmpty()) {
                throw new DatabaseRefused(
                        cannotOpen(path),
                        "it is not a Baton data folder: it has no " + MARKER + " but holds " + String.join(", ", found),
                        "Choose an empty or a new folder with BATON_DATA");
            }
        }
    }

    private static void refuseWithoutSpace(Path path, long freeBytesMin) throws IOException {
        long free = Files.getFileStore(path).getUsableSpace();
        if (free < freeBytesMin) {
            String said = (free >> 20) + " MB free, at least " + (freeBytesMin >> 20) + " MB needed";
            throw DatabaseRefused.diskFull(cannotOpen(path), path, said, new IOException(said));
        }
    }

    private static void writeMarker(Path path) throws IOException {
        if (!Files.exists(path.resolve(MARKER))) {
            Files.writeString(path.resolve(MARKER), """
                    # This folder holds a Baton database. Back it up as a whole while Baton is stopped; do not edit.
                    format=1
                    """);
        }
    }

    private static DataFolder lock(Path path) throws IOException {
        if (!CLAIMED_HERE.add(path)) {
            throw inUse(path);
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(path.resolve("baton.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(path);
            }
            Files.writeString(
                    path.resolve("baton.pid"),
                    Long.toString(ProcessHandle.current().pid()));
            return new DataFolder(path, channel, lock);
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            CLAIMED_HERE.remove(path);
            throw e;
        }
    }

    private static DatabaseRefused inUse(Path path) {
        String holder = "";
        try {
            holder = " (process " + Files.readString(path.resolve("baton.pid")).strip() + ")";
        } catch (IOException unknown) {
            // Only a courtesy: the lock decides, the number is for the reader.
        }
        return new DatabaseRefused(
                cannotOpen(path),
                "another Baton" + holder + " is using it",
                "Stop that one first, or choose another data folder with BATON_DATA");
    }

    static String cannotOpen(Path path) {
        return "Baton cannot open its database in " + path.toAbsolutePath();
    }

    Path path() {
        return path;
    }

    Path cluster() {
        return path.resolve("postgres");
    }

    /** Where a cluster grows until it is complete and is renamed to {@link #cluster}. */
    Path unfinishedCluster() {
        return path.resolve("postgres.new");
    }

    Path startLog() {
        return path.resolve("postgres-start.log");
    }

    boolean hasCluster() {
        return Files.exists(cluster());
    }

    /** PostgreSQL's files of one major version are not readable for another. */
    void refuseOtherMajor(int major) {
        String found;
        try {
            found = Files.readString(cluster().resolve("PG_VERSION")).strip();
        } catch (IOException e) {
            throw new DatabaseRefused(
                    cannotOpen(path),
                    "the file postgres/PG_VERSION cannot be read, so the folder is damaged",
                    "Restore the data folder from a backup",
                    e);
        }
        if (!found.equals(Integer.toString(major))) {
            throw new DatabaseRefused(
                    cannotOpen(path),
                    "it was written by PostgreSQL " + found + " and this Baton brings PostgreSQL " + major,
                    "Start the Baton that wrote it, or move the data to a PostgreSQL server with pg_dump and set"
                            + " BATON_DATABASE_URL");
        }
    }

    /** The password of the embedded database; a folder without a cluster gets a new one. */
    String password() throws IOException {
        Path file = path.resolve("postgres.password");
        if (!hasCluster()) {
            writePrivately(file, newPassword());
        } else if (!Files.exists(file)) {
            throw new DatabaseRefused(
                    cannotOpen(path),
                    "its file postgres.password is missing",
                    "Restore that file from a backup of the data folder");
        }
        Files.setPosixFilePermissions(file, OWNER_ONLY);
        return Files.readString(file).strip();
    }

    private static String newPassword() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    static void writePrivately(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        var mode = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel out = FileChannel.open(file, options, mode)) {
            out.write(StandardCharsets.UTF_8.encode(content));
            out.force(true);
        }
    }

    /** Deletes a tree; a link is deleted, not followed. */
    static void deleteTree(Path top) throws IOException {
        if (!Files.exists(top, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(top)) {
            for (Path file :
                    tree.sorted((a, b) -> b.getNameCount() - a.getNameCount()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path.resolve("baton.pid"));
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot release " + path, e);
        } finally {
            CLAIMED_HERE.remove(path);
        }
    }
}
