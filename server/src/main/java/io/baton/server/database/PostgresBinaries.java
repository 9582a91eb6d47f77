package io.baton.server.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL's programs, unpacked once per user from the archive on the classpath into a cache folder that every data
 * folder shares. Processes may unpack at the same time: each unpacks beside the place, and the first rename wins. A
 * marker names the archive (CRC and size) and the content (files and bytes), so a half-deleted cache is noticed.
 */
record PostgresBinaries(Path folder) {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresBinaries.class);
    private static final String MARKER = "baton-unpacked";
    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> PLAIN = PosixFilePermissions.fromString("rw-r--r--");

    /** Finds the programs for this machine, unpacking them if need be. */
    static PostgresBinaries unpacked(@Nullable Path cacheFolder, Path dataFolder) throws IOException {
        URL archive = archive();
        String identity = identity(archive);
        Path cache = cacheFolder != null ? writable(cacheFolder) : usualCache(dataFolder);
        Path folder = cache.resolve("postgres-" + identity);
        if (!isComplete(folder)) {
            unpack(archive, folder);
        }
        return new PostgresBinaries(folder.toRealPath());
    }

    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    /** The major version, read where initdb reads it too. */
    int major() throws IOException {
        String header;
        try (Stream<String> lines = Files.lines(folder.resolve("share/postgresql/postgres.bki"))) {
            header = lines.findFirst().orElse("");
        }
        String digits = header.replaceAll("\\D", "");
        if (!header.startsWith("# PostgreSQL ") || digits.isEmpty()) {
            throw new IOException("Unexpected first line of postgres.bki: " + header);
        }
        return Integer.parseInt(digits);
    }

    private static URL archive() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String system = os.contains("mac") ? "darwin" : os.contains("linux") ? "linux" : os;
        String machine = arch.equals("aarch64") ? "arm_64" : arch.equals("amd64") ? "x86_64" : arch;
        String name = "/postgres-" + system + "-" + machine + ".txz";
        URL found = PostgresBinaries.class.getResource(name);
        if (found == null || (system.equals("linux") && Files.exists(Path.of("/etc/alpine-release")))) {
            throw new DatabaseRefused(
                    "Baton cannot start its own PostgreSQL",
                    "it brings none for this system (" + system + " on " + machine + ")",
                    "Set BATON_DATABASE_URL to a PostgreSQL 15 or newer, as in postgres://user:password@host:5432/baton");
        }
        return found;
    }

    /** From the jar's directory, so the archive itself need not be read at every start. */
    private static String identity(URL archive) throws IOException {
        if (archive.openConnection() instanceof JarURLConnection jar) {
            jar.setUseCaches(false);
            try (JarFile file = jar.getJarFile()) {
                JarEntry entry = file.getJarEntry(jar.getEntryName());
                return "%08x-%d".formatted(entry.getCrc(), entry.getSize());
            }
        }
        throw new IOException("Not in a jar: " + archive);
    }

    private static Path usualCache(Path dataFolder) throws IOException {
        List<Path> places = new ArrayList<>();
        String home = System.getProperty("user.home", "");
        String xdg = System.getenv("XDG_CACHE_HOME");
        if (RunAs.iAmRoot()) {
            // Not in root's home: the unprivileged user that PostgreSQL runs as could not get there.
            places.add(Path.of("/var/cache/baton"));
        } else if (xdg != null && !xdg.isBlank()) {
            places.add(Path.of(xdg, "baton"));
        } else if (!home.isBlank() && !home.equals("?")) {
            places.add(Path.of(home, ".cache", "baton"));
        }
        places.add(dataFolder.resolve("programs"));
        IOException last = null;
        for (Path place : places) {
            try {
                return writable(place);
            } catch (IOException e) {
                LOG.debug("Cannot cache PostgreSQL's programs in {}: {}", place, e.toString());
                last = e;
            }
        }
        throw last != null ? last : new IOException("No place for PostgreSQL's programs");
    }

    private static Path writable(Path cache) throws IOException {
        Files.createDirectories(cache);
        if (!Files.isWritable(cache)) {
            throw new AccessDeniedException(cache.toString());
        }
        return cache;
    }

    private static boolean isComplete(Path folder) throws IOException {
        Path marker = folder.resolve(MARKER);
        return Files.exists(marker) && Files.readString(marker).equals(inventory(folder));
    }

    private static String inventory(Path folder) throws IOException {
        long files = 0;
        long bytes = 0;
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) tree::iterator) {
                var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (attributes.isRegularFile() && !file.endsWith(MARKER)) {
                    files++;
                    bytes += attributes.size();
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return files + " files, " + bytes + " bytes\n";
    }

    private static void unpack(URL archive, Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        Path growing = Files.createTempDirectory(parent, "unpacking-", PosixFilePermissions.asFileAttribute(PROGRAM));
        try {
            Files.setPosixFilePermissions(growing, PROGRAM);
            extract(archive, growing);
            Files.writeString(growing.resolve(MARKER), inventory(growing));
            if (Files.exists(folder) && !isComplete(folder)) {
                LOG.warn("{} is damaged; replacing it", folder);
                Path damaged = growing.resolve("damaged");
                Files.move(folder, damaged);
                DataFolder.deleteTree(damaged);
            }
            Files.move(growing, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!isComplete(folder)) {
                throw e;
            }
            // Another process was faster; its copy is the same.
        } finally {
            DataFolder.deleteTree(growing);
        }
    }

    private static void extract(URL archive, Path target) throws IOException {
        try (InputStream packed = new BufferedInputStream(archive.openStream(), 1 << 16);
                var tar = new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("The archive reaches out of its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    makeFolder(target, file);
                } else if (entry.isSymbolicLink()) {
                    makeFolder(target, file.getParent());
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    makeFolder(target, file.getParent());
                    Files.copy(tar, file);
                    Files.setPosixFilePermissions(file, (entry.getMode() & 0100) != 0 ? PROGRAM : PLAIN);
                }
            }
        }
    }

    /** With modes that do not depend on the umask, as PostgreSQL may run as another user. */
    private static void makeFolder(Path top, @Nullable Path folder) throws IOException {
        if (folder != null && !Files.exists(folder)) {
            makeFolder(top, folder.getParent());
            Files.createDirectory(folder);
            Files.setPosixFilePermissions(folder, PROGRAM);
        }
    }
}
