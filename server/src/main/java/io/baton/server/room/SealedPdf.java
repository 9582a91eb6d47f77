package io.baton.server.room;

import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import io.baton.server.room.FileRefused.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.multipdf.PDFMergerUtility;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.springframework.web.util.HtmlUtils;

/**
 * A signed document: its pages, a page of evidence with the evidence as an attached file, and a CMS signature of the
 * installation over all of it (PDF 32000-1 §12.8, sub-filter ETSI.CAdES.detached), so that a changed byte is found.
 */
final class SealedPdf {

    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int DRAWING_PIXELS_MAX = 2_000;
    private static final int SEAL_BYTES = 16 * 1024;
    private static final float MARGIN = 36;

    static {
        XRLog.setLoggingEnabled(false); // it tells of every style sheet
    }

    private SealedPdf() {}

    static byte[] of(byte[] document, String type, Evidence evidence, Keys.Seal seal) throws IOException {
        return sealed(withEvidence(document, type, evidence), evidence, seal);
    }

    private static byte[] withEvidence(byte[] document, String type, Evidence evidence) throws IOException {
        try (var pdf = open(document, type);
                var page = Loader.loadPDF(page(evidence))) {
            new PDFMergerUtility().appendDocument(pdf, page);
            attach(pdf, "evidence.json", evidence.json().getBytes(StandardCharsets.UTF_8));
            var out = new ByteArrayOutputStream();
            pdf.save(out);
            return out.toByteArray();
        }
    }

    private static PDDocument open(byte[] document, String type) throws IOException {
        return switch (type) {
            case "application/pdf" -> pages(document);
            case "image/png", "image/jpeg" -> picture(document);
            default -> throw new FileRefused(Reason.REFUSED, "Only PDF, PNG and JPEG files can be signed.");
        };
    }

    private static PDDocument pages(byte[] document) throws IOException {
        try {
            var pdf = Loader.loadPDF(document);
            if (!pdf.isEncrypted()) {
                return pdf;
            }
            pdf.close();
        } catch (IOException _) {
            // Damaged, or with a password: both are answered the same.
        }
        throw new FileRefused(Reason.REFUSED, "The document is protected or damaged and cannot be signed.");
    }

    private static PDDocument picture(byte[] document) throws IOException {
        var pdf = new PDDocument();
        var page = new PDPage(PDRectangle.A4);
        pdf.addPage(page);
        var image = PDImageXObject.createFromByteArray(pdf, document, "document");
        float scale = Math.min(
                (PDRectangle.A4.getWidth() - 2 * MARGIN) / image.getWidth(),
                (PDRectangle.A4.getHeight() - 2 * MARGIN) / image.getHeight());
        try (var content = new PDPageContentStream(pdf, page)) {
            float height = image.getHeight() * scale;
            float top = PDRectangle.A4.getHeight() - MARGIN;
            content.drawImage(image, MARGIN, top - height, image.getWidth() * scale, height);
        }
        return pdf;
    }

    private static void attach(PDDocument pdf, String name, byte[] bytes) throws IOException {
        var file = new PDEmbeddedFile(pdf, new ByteArrayInputStream(bytes));
        file.setSubtype("application/json");
        file.setSize(bytes.length);
        var specification = new PDComplexFileSpecification();
        specification.setFile(name);
        specification.setFileUnicode(name);
        specification.setEmbeddedFile(file);
        var tree = new PDEmbeddedFilesNameTreeNode();
        tree.setNames(Map.of(name, specification));
        var names = new PDDocumentNameDictionary(pdf.getDocumentCatalog());
        names.setEmbeddedFiles(tree);
        pdf.getDocumentCatalog().setNames(names);
    }

    // The page

    private static byte[] page(Evidence evidence) throws IOException {
        var out = new ByteArrayOutputStream();
        new PdfRendererBuilder()
                .useFont(SealedPdf::font, "Page")
                .withHtmlContent(html(evidence), null)
                .toStream(out)
                .run();
        return out.toByteArray();
    }

    private static InputStream font() {
        return Objects.requireNonNull(SealedPdf.class.getResourceAsStream(FONT), "PDFBox brings this font");
    }

    private static String html(Evidence evidence) {
        var signer = evidence.signer();
        var rows = List.of(
                Map.entry("Signed by", evidence.mark().name()),
                Map.entry("Known as", signer.name() + " (" + signer.person() + ")"),
                Map.entry("Identified by", identified(signer.identified())),
                Map.entry("At", evidence.at() + " (UTC)"),
                Map.entry("Case", evidence.caseKey() + ", step " + evidence.step()),
                Map.entry("Document", evidence.fileName()),
                Map.entry("SHA-256", evidence.digest()),
                Map.entry("Address", signer.address()),
                Map.entry("Program", signer.userAgent()),
                Map.entry("Evidence, SHA-256", Digests.of(evidence.json())));
        var table = new StringBuilder();
        rows.forEach(row -> table.append("<tr><th>")
                .append(HtmlUtils.htmlEscape(row.getKey()))
                .append("</th><td>")
                .append(HtmlUtils.htmlEscapeDecimal(printable(row.getValue())))
                .append("</td></tr>"));
        var drawing = evidence.mark().drawing();
        return """
                <html><head><style>
                @page { size: A4; margin: 25mm 20mm; }
                body { font-family: Page; font-size: 10pt; }
                h1 { font-size: 16pt; font-weight: normal; }
                th { text-align: left; font-weight: normal; color: #555; width: 38mm; vertical-align: top; }
                td { word-wrap: break-word; } th, td { padding: 1.5mm 0; }
                table { width: 100%%; table-layout: fixed; border-collapse: collapse; }
                img { max-width: 90mm; max-height: 35mm; }
                p.mark { font-size: 20pt; border-bottom: 1px solid #333; padding-bottom: 2mm; }
                </style></head><body><h1>Signature</h1><p class="mark">%s</p><table>%s</table>
                <p>The pages before this one are the document that was signed. The seal of this file shows whether any of
                it was changed since; the attached evidence.json has all of the above.</p></body></html>
                """.formatted(
                drawing == null
                        ? HtmlUtils.htmlEscapeDecimal(printable(evidence.mark().name()))
                        : "<img alt=\"\" src=\"data:image/png;base64,"
                                + Base64.getEncoder().encodeToString(drawing) + "\"/>",
                table);
    }

    /** What XML cannot hold has no place on a page. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cs}\uFFFE\uFFFF]", "?");
    }

    private static String identified(Signatures.Identified how) {
        return switch (how) {
            case SIGNED_IN -> "having signed in";
            case LINK -> "a personal link sent to them";
            case ONE_TIME_CODE -> "a personal link and a one-time code sent to them";
        };
    }

    /** A PNG of a size that a person draws: its header is looked at before anything decodes it. */
    static boolean isSmallPng(byte[] bytes) {
        if (bytes.length < 33 || bytes.length > Signatures.DRAWING_BYTES_MAX) {
            return false;
        }
        var header = ByteBuffer.wrap(bytes);
        var start = new byte[PNG.length];
        header.get(start);
        int width = header.getInt(16);
        int height = header.getInt(20);
        return java.util.Arrays.equals(start, PNG)
                && width > 0
                && width <= DRAWING_PIXELS_MAX
                && height > 0
                && height <= DRAWING_PIXELS_MAX;
    }

    // The seal

    private static byte[] sealed(byte[] document, Evidence evidence, Keys.Seal seal) throws IOException {
        try (var pdf = Loader.loadPDF(document);
                var options = new org.apache.pdfbox.pdmodel.interactive.digitalsignature.SignatureOptions()) {
            var signature = new PDSignature();
            signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
            signature.setSubFilter(PDSignature.SUBFILTER_ETSI_CADES_DETACHED);
            signature.setName("Baton");
            signature.setReason("Signed by " + evidence.mark().name() + " in " + evidence.caseKey());
            signature.setSignDate(GregorianCalendar.from(evidence.at().atZone(ZoneOffset.UTC)));
            options.setPreferredSignatureSize(SEAL_BYTES);
            pdf.addSignature(signature, content -> cms(content.readAllBytes(), seal), options);
            var out = new ByteArrayOutputStream();
            pdf.saveIncremental(out);
            return out.toByteArray();
        }
    }

    private static byte[] cms(byte[] content, Keys.Seal seal) throws IOException {
        try {
            var generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(
                            new JcaDigestCalculatorProviderBuilder().build())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(seal.key()), seal.certificate()));
            generator.addCertificates(new JcaCertStore(List.of(seal.certificate())));
            return generator
                    .generate(new CMSProcessableByteArray(content), false)
                    .getEncoded();
        } catch (GeneralSecurityException | OperatorCreationException | CMSException e) {
            throw new IOException("the document cannot be sealed", e);
        }
    }
}
