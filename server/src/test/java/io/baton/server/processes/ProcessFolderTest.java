package io.baton.server.processes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.server.TestProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders that hold no process that can be deployed: the refusal names the file. */
class ProcessFolderTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"two-tasks.bpmn, 5000000", "rules.dmn, 5000000", "ask.form, 1000000"})
    void refusesAFileOf100MegabytesWithoutReadingIt(String name, int bytesMax) throws IOException {
        Files.write(
                folder.resolve("two-tasks.bpmn"), TestProcess.twoTasks().file().content());
        try (var file = FileChannel.open(folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {'x'}), 100_000_000);
        }
        assertThatThrownBy(() -> ProcessFolder.read(folder))
                .isInstanceOf(RefusedDeployment.class)
                .hasMessage(name + ": Expected at most " + bytesMax + " bytes");
    }

    @Test
    void refusesAFileWithoutAnEnd() throws IOException {
        Files.createSymbolicLink(folder.resolve("endless.bpmn"), Path.of("/dev/zero"));
        assertThatThrownBy(() -> ProcessFolder.read(folder))
                .isInstanceOf(RefusedDeployment.class)
                .hasMessage("endless.bpmn: Expected at most 5000000 bytes");
    }

    @Test
    void refusesTooManyFiles() throws IOException {
        for (int i = 0; i < Sources.FILES_MAX + 5; i++) {
            Files.createFile(folder.resolve(i + ".form"));
        }
        assertThatThrownBy(() -> ProcessFolder.read(folder))
                .isInstanceOf(RefusedDeployment.class)
                .hasMessageContaining("Expected at most 200 files");
    }

    @Test
    void namesAFolderThatIsNotThere() {
        assertThatThrownBy(() -> ProcessFolder.read(folder.resolve("nope")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageEndingWith("nope: there is no such folder of a process");
    }
}
