package io.baton.server.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.engine.Actor;
import io.baton.engine.Refusal;
import io.baton.server.TestProcess;
import io.baton.server.commit.Answer;
import io.baton.server.room.Signatures.Identified;
import io.baton.server.room.Signatures.Mark;
import io.baton.server.room.Signatures.Signer;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Signing: only what is asked for, only when all is opened; the seal holds and shows a changed byte. */
class SignaturesTest {

    private static final Rooms ROOMS = new Rooms();
    private static final String VERA = ROOMS.contact("Vera Łęcka", "ACME");
    private static final Reader READER = Reader.contact(VERA, "ACME");
    private static final Signer SIGNER =
            new Signer(VERA, "Vera Łęcka", Identified.ONE_TIME_CODE, "192.0.2.7", "Mozilla/5.0 <script>");

    @TempDir
    private static Path folder;

    private final io.baton.server.room.Files files = ROOMS.node.files();
    private final Signatures signatures =
            new Signatures(ROOMS.node.cases(), files, new Keys(folder.resolve("keys")), ROOMS.node.clock());

    @AfterAll
    static void close() {
        ROOMS.close();
    }

    private record Asked(long caseId, int step, UUID contract) {}

    /** A case in which Vera has to open and to sign a contract. */
    private Asked asked(byte[] contract, String name) {
        var process = TestProcess.of("signing", "SGN")
                .then("startEvent", "start")
                .then("userTask", "prepare")
                .then("<bpmn:userTask id=\"sign\">"
                        + TestProcess.extension(
                                "<baton:task holder=\"" + VERA + "\" acknowledge=\"contract\" sign=\"contract\"/>")
                        + "</bpmn:userTask>")
                .then("endEvent", "end");
        long id = ROOMS.start(process);
        var file = files.attach(
                id, 0, ROOMS.ada, name, new ByteArrayInputStream(contract), Audience.people(List.of(VERA)));
        var variables = new LinkedHashMap<String, @Nullable Object>();
        variables.put("contract", file.id().toString());
        int prepare = ROOMS.node.tasks().ofCase(id).getFirst().step();
        assertThat(ROOMS.node.tasks().complete(id, prepare, variables, Actor.person(ROOMS.ada), null))
                .isInstanceOf(Answer.Done.class);
        return new Asked(id, ROOMS.node.tasks().ofCase(id).getFirst().step(), file.id());
    }

    private Answer complete(Asked asked) {
        return ROOMS.node
                .tasks()
                .complete(asked.caseId(), asked.step(), new LinkedHashMap<>(), Actor.person(VERA), null);
    }

    private void open(Asked asked) {
        assertThat(files.open(asked.caseId(), asked.step(), asked.contract(), READER))
                .isPresent();
    }

    @Test
    void firstOpenedThenSignedThenDone() throws Exception {
        var asked = asked(pdf(), "contract.pdf");
        assertThat(complete(asked))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Refusal.NOT_OPENED));
        assertThat(signatures
                        .sign(asked.caseId(), asked.step(), asked.contract(), READER, SIGNER, Mark.typed("V"))
                        .answer())
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Refusal.NOT_OPENED));
        open(asked);
        assertThat(complete(asked))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Refusal.NOT_SIGNED));

        var signed = signatures.sign(
                asked.caseId(), asked.step(), asked.contract(), READER, SIGNER, new Mark("Vera Łęcka", drawing()));

        assertThat(signed.answer()).isInstanceOf(Answer.Done.class);
        assertThat(complete(asked)).isInstanceOf(Answer.Done.class);
        var sealed = bytes(asked.caseId(), signed);
        try (var pdf = Loader.loadPDF(sealed)) {
            assertThat(pdf.getNumberOfPages()).isEqualTo(3);
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains("Vera Łęcka", "192.0.2.7", "one-time code", "contract.pdf", "<script>");
            var attached =
                    pdf.getDocumentCatalog().getNames().getEmbeddedFiles().getNames();
            var evidence = Objects.requireNonNull(attached.get("evidence.json"))
                    .getEmbeddedFile()
                    .toByteArray();
            assertThat(JsonMapper.shared().readTree(evidence).get("sha256").asString())
                    .isEqualTo(Digests.of(pdf()));
            assertThat(Digests.of(evidence))
                    .isEqualTo(
                            signatures.list(asked.caseId(), READER).getFirst().evidence());
        }
        assertThat(isSealed(sealed)).isTrue();
        assertThat(ROOMS.verify()).isEmpty();
    }

    @Test
    void aChangedByteBreaksTheSeal() throws Exception {
        var asked = asked(pdf(), "contract.pdf");
        open(asked);
        var signed =
                signatures.sign(asked.caseId(), asked.step(), asked.contract(), READER, SIGNER, Mark.typed("Vera"));
        var sealed = bytes(asked.caseId(), signed);
        assertThat(isSealed(sealed)).isTrue();
        var random = new Random(7);
        for (int i = 0; i < 40; i++) {
            var changed = sealed.clone();
            int at = random.nextInt(changed.length);
            changed[at] ^= (byte) (1 << random.nextInt(7));
            assertThat(isSealed(changed) && !isInsideSignature(sealed, at))
                    .as("byte %d of %d", at, sealed.length)
                    .isFalse();
        }
    }

    @Test
    void picturesAreSignedAndOtherThingsAreNot() throws Exception {
        var picture = asked(png(600, 800), "contract.png");
        open(picture);
        assertThat(signatures
                        .sign(picture.caseId(), picture.step(), picture.contract(), READER, SIGNER, Mark.typed("Vera"))
                        .answer())
                .isInstanceOf(Answer.Done.class);
        var text = asked("I agree".getBytes(java.nio.charset.StandardCharsets.UTF_8), "contract.txt");
        open(text);
        assertThatThrownBy(() -> signatures.sign(
                        text.caseId(), text.step(), text.contract(), READER, SIGNER, Mark.typed("Vera")))
                .isInstanceOf(FileRefused.class)
                .hasMessageContaining("Only PDF, PNG and JPEG");
    }

    @Test
    void nobodyElseSignsAndNothingElseIsSigned() throws IOException {
        var asked = asked(pdf(), "contract.pdf");
        open(asked);
        var walt = ROOMS.contact("Walt", "Other");
        var other = new Signer(walt, "Walt", Identified.LINK, "192.0.2.8", "");
        assertThat(signatures
                        .sign(
                                asked.caseId(),
                                asked.step(),
                                asked.contract(),
                                Reader.contact(walt, "Other"),
                                other,
                                Mark.typed("Walt"))
                        .answer())
                .isInstanceOf(Answer.Refused.class);
        var another = files.attach(
                asked.caseId(), 0, ROOMS.ada, "b.pdf", new ByteArrayInputStream(pdf()), Audience.people(List.of(VERA)));
        assertThat(signatures
                        .sign(asked.caseId(), asked.step(), another.id(), READER, SIGNER, Mark.typed("Vera"))
                        .answer())
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Refusal.NOT_ASKED));
        assertThat(files.list(asked.caseId(), Reader.member(ROOMS.ada)))
                .as("nothing sealed is left of what was refused")
                .hasSize(2);
    }

    @Test
    void aMarkIsANameAndADrawingOfTheSizeOfAHand() throws IOException {
        assertThatThrownBy(() -> Mark.typed(" ")).isInstanceOf(FileRefused.class);
        assertThatThrownBy(() -> Mark.typed("x".repeat(201))).isInstanceOf(FileRefused.class);
        assertThatThrownBy(() -> new Mark("V", new byte[100])).isInstanceOf(FileRefused.class);
        assertThatThrownBy(() -> new Mark("V", png(2_001, 10))).isInstanceOf(FileRefused.class);
    }

    @Test
    void theKeysAreForBatonAlone() throws IOException {
        var own = folder.resolve("own");
        var first = new Keys(own).receipts().getPublic();
        assertThat(new Keys(own).receipts().getPublic()).isEqualTo(first);
        assertThat(new Keys(own).seal().certificate())
                .isEqualTo(new Keys(own).seal().certificate());
        assertThat(Files.getPosixFilePermissions(own.resolve("receipts.key")))
                .containsExactlyInAnyOrder(
                        java.nio.file.attribute.PosixFilePermission.OWNER_READ,
                        java.nio.file.attribute.PosixFilePermission.OWNER_WRITE);
    }

    private byte[] bytes(long caseId, Signatures.Signed signed) throws IOException {
        var sealed = signed.sealed();
        assertThat(sealed).isNotNull();
        try (var bytes = files.open(caseId, 0, Objects.requireNonNull(sealed).id(), READER)
                .orElseThrow()
                .bytes()) {
            return bytes.readAllBytes();
        }
    }

    /** As a PDF reader checks it: the signature covers all but its own bytes, and fits them. */
    private static boolean isSealed(byte[] pdf) {
        try (var document = Loader.loadPDF(pdf)) {
            var signatures = document.getSignatureDictionaries();
            if (signatures.size() != 1) {
                return false;
            }
            var signature = signatures.getFirst();
            var range = signature.getByteRange();
            if (range.length != 4 || range[0] != 0 || range[2] + range[3] != pdf.length) {
                return false;
            }
            var cms = new CMSSignedData(
                    new CMSProcessableByteArray(signature.getSignedContent(pdf)), signature.getContents(pdf));
            var signer = cms.getSignerInfos().getSigners().iterator().next();
            var certificate = cms.getCertificates().getMatches(null).iterator().next();
            return signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(certificate));
        } catch (IOException | CMSException | OperatorCreationException | java.security.GeneralSecurityException e) {
            return false;
        } catch (RuntimeException e) {
            return false; // whatever a changed byte does to the structure
        }
    }

    /** The padding after the signature's own bytes means nothing. */
    private static boolean isInsideSignature(byte[] pdf, int at) throws IOException {
        try (var document = Loader.loadPDF(pdf)) {
            var range = document.getSignatureDictionaries().getFirst().getByteRange();
            return at >= range[1] && at < range[2];
        }
    }

    private static byte[] pdf() throws IOException {
        try (var document = new PDDocument()) {
            document.addPage(new PDPage());
            document.addPage(new PDPage());
            document.setDocumentId(1L);
            var out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        }
    }

    private static byte[] drawing() throws IOException {
        return png(300, 100);
    }

    private static byte[] png(int width, int height) throws IOException {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.drawLine(5, 5, width - 5, height - 5);
        graphics.dispose();
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }
}
