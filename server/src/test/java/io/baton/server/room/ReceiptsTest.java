package io.baton.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.server.TestProcess;
import io.baton.server.commit.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** A receipt has one party's acts and nothing of others, fits the chain, and shows every changed byte. */
class ReceiptsTest {

    private static final Rooms ROOMS = new Rooms();
    private static final String VERA = ROOMS.contact("Vera", "ACME");

    @TempDir
    private static Path folder;

    private final Keys keys = new Keys(folder.resolve("keys"));
    private final Receipts receipts =
            new Receipts(ROOMS.node.jdbc(), ROOMS.node.cases(), ROOMS.node.journal(), keys, ROOMS.node.clock());
    private final long id = ROOMS.start(TestProcess.twoTasks());

    @AfterAll
    static void close() {
        ROOMS.close();
    }

    private Receipt receipt() {
        ROOMS.node.comments().post(id, 0, ROOMS.ada, "internal words", Audience.INTERNAL);
        ROOMS.node.comments().post(id, 0, VERA, "from Vera", Audience.INTERNAL);
        var file = ROOMS.node
                .files()
                .attach(id, 0, ROOMS.ada, "a.txt", Rooms.bytes("terms"), Audience.people(List.of(VERA)));
        assertThat(ROOMS.node.files().open(id, 0, file.id(), Reader.contact(VERA, "ACME")))
                .isPresent();
        int step = ROOMS.node.tasks().ofCase(id).getFirst().step();
        var claim = new Command.ClaimTask(step);
        assertThat(ROOMS.node.cases().perform(id, claim, Actor.person(VERA), null))
                .isInstanceOf(Answer.Done.class);
        return receipts.of(id, VERA, "Vera").orElseThrow();
    }

    @Test
    void hasThePartysOwnActsAndTheHashesOfTheirEntries() {
        var receipt = receipt();
        var json = JsonMapper.shared().readTree(receipt.file());

        assertThat(json.get("acts"))
                .extracting(act -> act.get("act").asString())
                .containsExactly("CommentPosted", "FileOpened", "TaskClaimed");
        assertThat(new String(receipt.file(), StandardCharsets.UTF_8)).doesNotContain(ROOMS.ada + "\"", "Ada");
        for (var act : json.get("acts")) {
            var hash = ROOMS.node
                    .jdbc()
                    .sql("select hash from journal where case_id = ? and seq = ?")
                    .param(id)
                    .param(act.get("entry").asInt())
                    .query((row, _) -> HexFormat.of().formatHex(row.getBytes(1)))
                    .single();
            assertThat(act.get("hash").asString()).isEqualTo(hash);
        }
        assertThat(receipt.text()).contains("Receipt for Vera", "comment posted", "file opened", "task claimed");
        assertThat(receipts.of(1, VERA, "Vera")).isEmpty();
        assertThat(receipts.of(id, "p999", "Nobody").orElseThrow().text()).contains("No act of theirs");
    }

    @Test
    void everyChangedByteIsFound() {
        var file = receipt().file();
        assertThat(Receipt.verify(file, null).problem()).isNull();
        for (int at = 0; at < file.length; at++) {
            for (int bit : new int[] {1, 32}) {
                var changed = file.clone();
                changed[at] ^= (byte) bit;
                assertThat(Receipt.verify(changed, null).problem())
                        .as("byte %d", at)
                        .isNotNull();
            }
        }
        assertThat(Receipt.verify(new byte[0], null).isGood()).isFalse();
        assertThat(Receipt.verify("{}".getBytes(StandardCharsets.UTF_8), null).isGood())
                .isFalse();
    }

    @Test
    void theCommandSaysSoInWordsAndByItsExitCode() throws IOException {
        var file = folder.resolve("receipt.json");
        Files.write(file, receipt().file());
        var key = Files.writeString(folder.resolve("key.pem"), keys.receiptsPem());
        var other = Files.writeString(folder.resolve("other.pem"), new Keys(folder.resolve("others")).receiptsPem());

        assertThat(run(file.toString())).startsWith("0").contains("unchanged", "fingerprint");
        assertThat(run(file.toString(), "--key", key.toString()))
                .startsWith("0")
                .contains("genuine");
        assertThat(run(file.toString(), "--key", other.toString()))
                .startsWith("1")
                .contains("another key");
        assertThat(run(file.toString(), "--key", file.toString()))
                .startsWith("2")
                .contains("no Ed25519 public key");
        Files.writeString(file, Files.readString(file).replace("\"Vera\"", "\"Wera\""));
        assertThat(run(file.toString())).startsWith("1").contains("has been changed");
    }

    private static String run(String... arguments) {
        var out = new StringWriter();
        int code = new CommandLine(new VerifyReceiptCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(arguments);
        return code + " " + out;
    }
}
