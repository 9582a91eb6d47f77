package io.baton.server.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every process in {@code processes/} can be deployed as it stands there. */
class ShippedProcessesTest {

    private static final Path PROCESSES = Path.of("..", "processes");

    static Stream<Path> folders() throws IOException {
        try (var entries = Files.list(PROCESSES)) {
            return entries.filter(Files::isDirectory).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void canBeDeployed(Path folder) throws IOException {
        var sources = ProcessFolder.read(folder);

        assertThat(sources.models()).hasSize(1);
        assertThat(sources.models().getFirst().key())
                .isEqualTo(folder.getFileName().toString());
    }
}
