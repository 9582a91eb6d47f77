package io.baton.server.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Processes;
import io.baton.engine.model.ProcessModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The shipped processes, played through the real reader and the engine. The transcripts in
 * {@code src/test/resources/transcripts} hold the commands and all events they caused; a change of either is reviewed as
 * a difference. {@code -Dtranscripts=write} writes them anew.
 */
class TranscriptTest {

    private static final Path SHIPPED = Path.of("../processes");
    private static final Path TRANSCRIPTS = Path.of("src/test/resources/transcripts");

    private record Shipped(List<ProcessModel> models) implements Processes {

        @Override
        public @Nullable ProcessModel model(int process) {
            return process >= 1 && process <= models.size() ? models.get(process - 1) : null;
        }

        @Override
        public int newest(String key) {
            return models.stream().map(ProcessModel::key).toList().indexOf(key) + 1;
        }
    }

    private static final Processes PROCESSES = shipped();

    private static Processes shipped() {
        try {
            var models = new ArrayList<ProcessModel>();
            for (var key : keys()) {
                models.addAll(ProcessFolder.read(SHIPPED.resolve(key)).models());
            }
            return new Shipped(models);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static List<String> keys() throws IOException {
        try (var folders = Files.list(SHIPPED)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("keys")
    void playsAsItsTranscriptSays(String key) throws IOException {
        var file = TRANSCRIPTS.resolve(key + ".txt");
        var transcript = Files.readString(file);
        var played = Transcript.play(PROCESSES, key, transcript);
        if ("write".equals(System.getProperty("transcripts"))) {
            Files.writeString(file, played);
        }
        assertThat(played).isEqualTo(transcript).doesNotContain("! ", "IncidentRaised");
    }

    @Test
    void aTranscriptRecordsRefusalsSoThatNoneGoesUnseen() {
        assertThat(Transcript.play(PROCESSES, "vendor-payment", "# none\n> complete complete-invoice\n"))
                .contains("! NO_SUCH_TASK");
    }
}
