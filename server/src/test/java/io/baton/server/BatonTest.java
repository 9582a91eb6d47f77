package io.baton.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says about files that it cannot use: a sentence, and not where in the code it noticed. */
class BatonTest {

    private static final String BOMB = """
            <!DOCTYPE log [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
            <log><trace><string key="concept:name" value="&b;"/></trace></log>
            """;

    @TempDir
    Path folder;

    private Path bomb = Path.of("");

    @BeforeEach
    void write() throws IOException {
        bomb = Files.writeString(folder.resolve("bomb.xes"), BOMB);
    }

    private static String refused(String... arguments) {
        var said = new StringWriter();
        var status = Baton.commandLine().setErr(new PrintWriter(said, true)).execute(arguments);
        assertThat(status).isEqualTo(1);
        assertThat(said.toString()).doesNotContain("\tat ", "Exception");
        return said.toString();
    }

    @Test
    void aLogThatCannotBeRead() {
        assertThat(refused("profile", bomb.toString()))
                .isEqualToIgnoringNewLines("bomb.xes, line 1: a document type declaration is not allowed");
    }

    @Test
    void aLogThatCannotBeReplayed() {
        assertThat(refused(
                        "replay",
                        bomb.toString(),
                        "--process=request-for-payment",
                        "--processes=../processes",
                        "--data=" + folder.resolve("data")))
                .isEqualToIgnoringNewLines("bomb.xes, line 1: a document type declaration is not allowed");
    }

    @Test
    void aProcessThatCannotBeDeployed() throws IOException {
        Files.write(Files.createDirectory(folder.resolve("large")).resolve("large.bpmn"), new byte[5_000_001]);
        var data = "--data=" + folder.resolve("data");
        assertThat(refused("replay", bomb.toString(), "--process=large", "--processes=" + folder, data))
                .isEqualToIgnoringNewLines("large.bpmn: Expected at most 5000000 bytes");
        assertThat(refused("replay", bomb.toString(), "--process=nope", "--processes=" + folder, data))
                .contains("nope: there is no such folder of a process");
    }

    @Test
    void aDemoWhoseProcessesAreTooLarge() throws IOException {
        Files.write(
                Files.createDirectory(folder.resolve("collect-document")).resolve("collect-document.bpmn"),
                new byte[5_000_001]);
        assertThat(refused("demo", "--processes=" + folder, "--data=" + folder.resolve("demo"), "--port=0"))
                .isEqualToIgnoringNewLines("collect-document.bpmn: Expected at most 5000000 bytes");
    }
}
