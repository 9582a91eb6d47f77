package io.baton.server.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.engine.Actor;
import io.baton.server.TestProcess;
import io.baton.server.room.FileRefused.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Files of a case: hostile types, sizes and connections, a virus scanner, concurrent pieces, erasing. */
class FilesTest {

    private static final Rooms ROOMS = new Rooms();
    private static final Reader ADA = Reader.member(ROOMS.ada);

    private final Files files = ROOMS.node.files();
    private final long id = ROOMS.start(TestProcess.twoTasks());

    @AfterAll
    static void close() {
        ROOMS.close();
    }

    @Test
    void whatComesInGoesOutAndTheJournalKnowsItsDigest() throws IOException {
        var text = "Dear Ada,\nas agreed.\n";
        var file = files.attach(id, 0, ROOMS.ada, "../letter.txt", Rooms.bytes(text), Audience.INTERNAL);

        assertThat(file.name()).isEqualTo("letter.txt");
        assertThat(file.attached().type()).isEqualTo("text/plain");
        assertThat(file.attached().digest()).isEqualTo(Digests.of(text));
        try (var bytes = files.open(id, 0, file.id(), ADA).orElseThrow().bytes()) {
            assertThat(new String(bytes.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(text);
        }
        assertThat(ROOMS.verify()).isEmpty();
    }

    @Test
    void whatRunsOrUnpacksIsNotTakenWhateverItIsCalled() throws IOException {
        var bomb = zipBomb();
        refused(Reason.TYPE_NOT_ALLOWED, () -> attach("invoice.pdf", "MZ\u0090\0\u0003\0\0\0" + "\0".repeat(100)));
        refused(
                Reason.TYPE_NOT_ALLOWED,
                () -> attach("picture.png", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>"));
        refused(
                Reason.TYPE_NOT_ALLOWED,
                () -> attach("page.pdf", "<!DOCTYPE html><html><script>alert(1)</script></html>"));
        refused(Reason.TYPE_NOT_ALLOWED, () -> attach("run.txt", "#!/bin/sh\nrm -rf /\n"));
        refused(Reason.EMPTY, () -> attach("nothing.txt", ""));
        refused(
                Reason.TYPE_NOT_ALLOWED,
                () -> files.attach(id, 0, ROOMS.ada, "a.zip", new ByteArrayInputStream(bomb), Audience.INTERNAL));
        assertThat(files.list(id, ADA)).isEmpty();
        assertThat(rows()).as("nothing stays of what was refused").isZero();
    }

    /** It would be 64 MB: nobody unpacks it, so it costs what it has. */
    private static byte[] zipBomb() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("zeros"));
            var zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                zip.write(zeros);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void aTaskSaysWhichTypesMayBeAttached() {
        var process = TestProcess.of("pdf-only", "PDF")
                .then("startEvent", "start")
                .then("<bpmn:userTask id=\"bring\">"
                        + TestProcess.extension("<baton:task uploads=\"application/pdf image/svg+xml\"/>")
                        + "</bpmn:userTask>")
                .then("endEvent", "end");
        long other = ROOMS.start(process);
        int step = ROOMS.node.tasks().ofCase(other).getFirst().step();

        refused(
                Reason.TYPE_NOT_ALLOWED,
                () -> files.attach(other, step, ROOMS.ada, "a.txt", Rooms.bytes("text"), Audience.INTERNAL));
        var pdf = files.attach(other, step, ROOMS.ada, "a.pdf", Rooms.bytes("%PDF-1.7\n%%EOF"), Audience.INTERNAL);
        assertThat(pdf.attached().type()).isEqualTo("application/pdf");
        assertThat(files.types(other, step)).containsExactly("application/pdf", "image/svg+xml");
    }

    @Test
    void anUploadGoesOnWhereItBrokeOff() throws IOException {
        var whole = "a".repeat(300_000) + "b".repeat(300_000);
        var upload = files.begin(id, 0, ROOMS.ada, "long.txt", whole.length(), Audience.INTERNAL);
        assertThatThrownBy(() -> files.append(upload, 0, new BreakingOff(whole.substring(0, 400_000))))
                .isInstanceOf(IOException.class);

        long at = files.upload(upload).orElseThrow().received();
        assertThat(at).as("all that had come").isEqualTo(400_000);
        refused(Reason.WRONG_OFFSET, () -> files.append(upload, 0, Rooms.bytes("again")));
        files.append(upload, at, Rooms.bytes(whole.substring((int) at)));

        var attached = files.find(id, upload, ADA).orElseThrow().attached();
        assertThat(attached.digest()).isEqualTo(Digests.of(whole));
        assertThat(attached.size()).isEqualTo(whole.length());
        refused(Reason.WRONG_OFFSET, () -> files.append(upload, whole.length(), Rooms.bytes("more")));
        assertThat(ROOMS.verify()).isEmpty();
    }

    private static final class BreakingOff extends InputStream {
        private final InputStream bytes;

        BreakingOff(String text) {
            bytes = Rooms.bytes(text);
        }

        @Override
        public int read() throws IOException {
            return orGone(bytes.read());
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return orGone(bytes.read(target, offset, length));
        }

        private static int orGone(int read) throws IOException {
            if (read < 0) {
                throw new IOException("the connection is gone");
            }
            return read;
        }
    }

    @Test
    void ofManyWhoSendTheSamePieceOneSucceeds() {
        var text = "x".repeat(1_000);
        var upload = files.begin(id, 0, ROOMS.ada, "race.txt", text.length(), Audience.INTERNAL);
        var outcomes = new ArrayList<CompletableFuture<Boolean>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                outcomes.add(CompletableFuture.supplyAsync(() -> isTaken(upload, text), threads));
            }
        }
        assertThat(outcomes.stream().filter(CompletableFuture::join)).hasSize(1);
        assertThat(files.list(id, ADA)).hasSize(1);
        assertThat(ROOMS.verify()).isEmpty();
    }

    private boolean isTaken(UUID upload, String text) {
        try {
            files.append(upload, 0, Rooms.bytes(text));
            return true;
        } catch (FileRefused e) {
            assertThat(e.reason()).isEqualTo(Reason.WRONG_OFFSET);
            return false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aHundredMegabytesPassInPieces() throws IOException {
        int size = 100 << 20;
        var file = files.attach(id, 0, ROOMS.ada, "scan.tiff", new Zeros("II*\0", size), Audience.INTERNAL);
        try (var bytes = files.open(id, 0, file.id(), ADA).orElseThrow().bytes()) {
            assertThat(bytes.transferTo(OutputStream.nullOutputStream())).isEqualTo(size);
        }
        assertThat(file.attached().size()).isEqualTo(size);
        assertThat(files.erase(id, file.id(), Actor.person(ROOMS.ada))).isTrue();
    }

    /** So many bytes, none of them in memory. */
    private static final class Zeros extends InputStream {
        private final byte[] start;
        private long left;
        private int at;

        Zeros(String start, long length) {
            this.start = start.getBytes(StandardCharsets.ISO_8859_1);
            this.left = length;
        }

        @Override
        public int read() {
            if (left == 0) {
                return -1;
            }
            left--;
            return at < start.length ? start[at++] : 0;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (at < start.length || left == 0) {
                int next = read();
                if (next < 0) {
                    return -1;
                }
                target[offset] = (byte) next;
                return 1;
            }
            int count = (int) Math.min(left, length);
            Arrays.fill(target, offset, offset + count, (byte) 0);
            left -= count;
            return count;
        }
    }

    @Test
    void sizesHaveLimits() {
        var small = ROOMS.files(new FileSettings(1_000, 1_500, Duration.ofHours(1), null));
        refused(Reason.TOO_LARGE, () -> small.begin(id, 0, ROOMS.ada, "a.txt", 1_001, Audience.INTERNAL));
        refused(
                Reason.TOO_LARGE,
                () -> small.attach(id, 0, ROOMS.ada, "a.txt", Rooms.bytes("x".repeat(1_001)), Audience.INTERNAL));
        var upload = small.begin(id, 0, ROOMS.ada, "a.txt", 900, Audience.INTERNAL);
        refused(Reason.TOO_LARGE, () -> small.append(upload, 0, Rooms.bytes("x".repeat(901))));
        refused(Reason.TOO_LARGE, () -> small.begin(id, 0, ROOMS.ada, "b.txt", 601, Audience.INTERNAL));
        small.cancel(upload);
        small.cancel(small.begin(id, 0, ROOMS.ada, "b.txt", 601, Audience.INTERNAL));
        assertThat(rows()).isZero();
        refused(Reason.NO_SUCH_CASE, () -> small.begin(1, 0, ROOMS.ada, "b.txt", 1, Audience.INTERNAL));
    }

    @Test
    void whatTheScannerFindsOrCannotScanIsNotTaken() throws IOException {
        Files scanned;
        try (var clamd = new FakeClamd(100_000)) {
            scanned = ROOMS.files(new FileSettings(1 << 20, 1 << 20, Duration.ofHours(1), clamd.address()));
            assertThat(attach(scanned, "clean").attached().digest()).isEqualTo(Digests.of("clean"));
            refused(Reason.INFECTED, () -> attach(scanned, FakeClamd.EICAR));
            refused(Reason.INFECTED, () -> attach(scanned, "x".repeat(70_000) + FakeClamd.EICAR));
            refused(Reason.NOT_SCANNED, () -> attach(scanned, "x".repeat(200_000)));
        }
        refused(Reason.NOT_SCANNED, () -> attach(scanned, "nobody looks"));
        assertThat(files.list(id, ADA)).hasSize(1);
    }

    @Test
    void anErasedFileIsGoneAndTheChainVerifies() {
        var file = attach("secret.txt", "secret");
        assertThat(files.erase(id, file.id(), Actor.person(ROOMS.ada))).isTrue();
        assertThat(files.erase(id, file.id(), Actor.person(ROOMS.ada))).isTrue();
        assertThat(files.erase(id, UUID.randomUUID(), Actor.person(ROOMS.ada))).isFalse();

        assertThat(files.open(id, 0, file.id(), ADA)).isEmpty();
        assertThat(files.list(id, ADA).getFirst().name()).isNull();
        assertThat(rows()).isZero();
        assertThat(ROOMS.verify()).isEmpty();
    }

    @Test
    void verifyFindsAChangedByte() {
        var file = attach("a.txt", "as it was");
        ROOMS.node
                .jdbc()
                .sql("update file_part set bytes = set_byte(bytes, 3, 65) where file = ?")
                .param(file.id())
                .update();
        assertThat(ROOMS.verify())
                .anySatisfy(problem -> assertThat(problem).contains("file " + file.id() + " has been changed"));
        files.erase(id, file.id(), Actor.person(ROOMS.ada));
        assertThat(ROOMS.verify()).isEmpty();
    }

    @Test
    void whatAnOutsiderOpensIsNotedOnce() {
        var vera = ROOMS.contact("Vera", "ACME");
        var file = files.attach(id, 0, ROOMS.ada, "a.txt", Rooms.bytes("terms"), Audience.people(List.of(vera)));
        var reader = Reader.contact(vera, "ACME");
        assertThat(files.open(id, 0, file.id(), reader)).isPresent();
        assertThat(files.open(id, 0, file.id(), reader)).isPresent();
        assertThat(files.open(id, 0, file.id(), ADA)).isPresent();
        assertThat(files.open(id, 0, file.id(), Reader.contact("p999", "Other")))
                .isEmpty();

        assertThat(files.room(id).openings()).extracting(Room.Opened::person).containsExactly(vera);
    }

    private Files.Attachment attach(String name, String text) {
        var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
        return files.attach(id, 0, ROOMS.ada, name, bytes, Audience.INTERNAL);
    }

    private Files.Attachment attach(Files to, String text) {
        return to.attach(id, 0, ROOMS.ada, "a.txt", Rooms.bytes(text), Audience.INTERNAL);
    }

    private static void refused(Reason reason, ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        FileRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private int rows() {
        return ROOMS.node
                .jdbc()
                .sql("select count(*) from file where case_id = ?")
                .param(id)
                .query(Integer.class)
                .single();
    }
}
