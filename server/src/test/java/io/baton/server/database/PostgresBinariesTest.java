package io.baton.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostgresBinariesTest {

    @TempDir
    private Path cache;

    @Test
    void unpacksOnceThoughSeveralBegin() throws Exception {
        Callable<PostgresBinaries> unpack = () -> PostgresBinaries.unpacked(cache, cache);
        List<Path> folders = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (Future<PostgresBinaries> result : threads.invokeAll(List.of(unpack, unpack))) {
                folders.add(result.get().folder());
            }
        }
        assertThat(folders.getFirst()).isEqualTo(folders.getLast());
        assertThat(content(cache)).hasSize(1);

        Path program = folders.getFirst().resolve("bin/postgres");
        assertThat(program).isExecutable();
        var before = Files.getLastModifiedTime(program);
        assertThat(PostgresBinaries.unpacked(cache, cache).major()).isEqualTo(18);
        assertThat(Files.getLastModifiedTime(program)).isEqualTo(before);

        Files.delete(folders.getFirst().resolve("share/postgresql/postgres.bki"));
        assertThat(PostgresBinaries.unpacked(cache, cache).major()).isEqualTo(18);
        assertThat(content(cache)).hasSize(1);
    }

    private static List<Path> content(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
