package io.baton.server.crash;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file system of some megabytes, in memory, that a test fills to the last byte with a ballast file. Only where this
 * machine lets us mount: elsewhere the test is skipped.
 */
final class TinyDisk implements AutoCloseable {

    private static final int[] CHUNKS = {1 << 20, 4 << 10, 1};

    private final Path mount;

    private TinyDisk(Path mount) {
        this.mount = mount;
    }

    static TinyDisk mount(int megabytes) throws IOException {
        Path mount = Files.createTempDirectory(
                "baton-disk-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        String said = run("mount", "-t", "tmpfs", "-o", "mode=711,size=" + megabytes + "m", "baton-test", mount);
        if (!said.isEmpty()) {
            Files.delete(mount);
        }
        assumeTrue(
                said.isEmpty(), "needs a file system of its own, and this machine does not let it mount one: " + said);
        return new TinyDisk(mount);
    }

    Path path() {
        return mount;
    }

    void fill() throws IOException {
        try (var ballast =
                FileChannel.open(mount.resolve("ballast"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int chunk : CHUNKS) {
                var bytes = ByteBuffer.allocate(chunk);
                while (takes(ballast, bytes)) {
                    bytes.clear();
                }
            }
        }
    }

    private static boolean takes(FileChannel file, ByteBuffer bytes) {
        try {
            return file.write(bytes) == bytes.capacity();
        } catch (IOException full) {
            return false;
        }
    }

    void empty() throws IOException {
        Files.delete(mount.resolve("ballast"));
    }

    /** What the command said, which is nothing when all is well. */
    private static String run(Object... command) throws IOException {
        var words = new String[command.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = command[i].toString();
        }
        try {
            var process = new ProcessBuilder(words).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? "" : said.strip() + " (status " + process.exitValue() + ")";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        String said = run("umount", "-l", mount);
        if (!said.isEmpty()) {
            throw new IOException(said);
        }
        Files.delete(mount);
    }
}
