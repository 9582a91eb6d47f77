package io.baton.server.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.guest.GuestBrowser.Chosen;
import io.baton.server.guest.GuestBrowser.Form;
import io.baton.server.room.Files.Attachment;
import io.baton.server.room.Reader;
import io.baton.server.room.Receipt;
import io.baton.server.web.TestClient.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Files behind a link: sent without and with a script, read, acknowledged and signed; and the receipt of it all. */
class GuestFilesTest {

    private static final GuestCompany COMPANY = new GuestCompany();
    private static final byte[] PDF = GuestCompany.PDF;

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private final GuestBrowser browser = new GuestBrowser(COMPANY.server.anonymous());
    private final long id = COMPANY.papersFor(COMPANY.vera, "CANARY");

    private String link(String node) {
        return COMPANY.node
                .links()
                .issue(COMPANY.vera, id, COMPANY.step(id, node).id());
    }

    private static Form answer(Response page) {
        return GuestBrowser.form(page, "answer");
    }

    private List<Attachment> attached() {
        return COMPANY.node.files().list(id, Reader.member(COMPANY.ada)).stream()
                .filter(file -> file.attached().by().equals(COMPANY.vera))
                .toList();
    }

    private static String code() {
        var sent = GuestCompany.SENT.getLast();
        return sent.substring(sent.lastIndexOf(' ') + 1);
    }

    @Test
    void areSentWithTheFormAndHandedInWhenItIsConfirmed() {
        var path = link("send");
        var page = browser.get(path).expect(200);
        assertThat(page.body()).contains("enctype=\"multipart/form-data\"", "PDF, PNG; at most 200 MB a file.");
        assertThat(browser.send(answer(page), new Chosen("f.more", "a.pdf", PDF))
                        .expect(422)
                        .body())
                .contains("The invoice: Please fill this in.", "a.pdf (1 KB)");
        var again = browser.get(path).expect(200);
        assertThat(again.body()).as("held until they come back").contains("a.pdf (1 KB)");
        var confirmation = browser.send(
                        answer(again).with("f.note", "Here they are"),
                        new Chosen("f.invoice", "invoice \"4711\" <b>ü</b>.pdf", PDF),
                        new Chosen("f.more", "..\\..\\b\u202Efdp.pdf", PDF))
                .expect(200);
        assertThat(confirmation.body())
                .contains("Is this right?", "a.pdf (1 KB)")
                .doesNotContain("<b>");
        assertThat(attached()).as("nothing has happened yet").isEmpty();
        browser.send(GuestBrowser.only(confirmation).with("sure", "yes")).expect(303);

        assertThat(attached()).hasSize(3).allSatisfy(file -> {
            assertThat(file.name()).doesNotContain("/", "\\", "\u202E");
            assertThat(file.attached().audience()).containsExactly(COMPANY.vera);
        });
        var variables = COMPANY.state(id).variables();
        assertThat(attached().stream().map(file -> file.id().toString()))
                .contains((String) variables.get("invoice"))
                .containsAll(((List<?>) Objects.requireNonNull(variables.get("more")))
                        .stream().map(String::valueOf).toList());
        assertThat(COMPANY.isAt(id, "sign")).isTrue();
    }

    @Test
    void whatIsUntickedIsTakenAway() {
        var path = link("send");
        browser.send(answer(browser.get(path)), new Chosen("f.more", "a.pdf", PDF))
                .expect(422);
        COMPANY.server.clock().advance(Duration.ofSeconds(1));
        var page = browser.send(answer(browser.get(path)), new Chosen("f.more", "b.pdf", PDF));
        var form = answer(page);
        assertThat(form.values().get("f.more")).hasSize(3); // two boxes and the empty field
        var kept = form.boxes().getOrDefault("f.more", List.of()).getLast();
        var confirmation = browser.send(form.with("f.more", kept), new Chosen("f.invoice", "i.pdf", PDF));
        assertThat(confirmation.expect(200).body()).contains("b.pdf").doesNotContain("a.pdf");
        assertThat(browser.get(path).body()).contains("b.pdf", "i.pdf").doesNotContain("a.pdf");
        COMPANY.server.clock().advance(Duration.ofHours(25));
        COMPANY.node.files().tick();
        assertThat(browser.get(link("send")).body()).as("gone after a day").doesNotContain("b.pdf");
    }

    @Test
    void whatTheyAreDecidesAndNotTheirNames() {
        var form = answer(browser.get(link("send")));
        assertThat(browser.send(
                                form,
                                new Chosen(
                                        "f.invoice",
                                        "invoice.pdf",
                                        "MZ\u0090\0\u0003 not a PDF".getBytes(StandardCharsets.ISO_8859_1)))
                        .expect(422)
                        .body())
                .contains("The invoice: A file of this kind cannot be taken here.");
        assertThat(browser.send(form, new Chosen("f.invoice", "invoice.pdf", new byte[0]))
                        .expect(422)
                        .body())
                .contains("The invoice: The file is empty.");
        assertThat(browser.send(form, new Chosen("f.note", "a.pdf", PDF), new Chosen("f.vendor", "a.pdf", PDF))
                        .expect(422)
                        .body())
                .as("only where the form asks for files")
                .doesNotContain("a.pdf");
        var other = COMPANY.attach(id, "other.pdf", io.baton.server.room.Audience.people(List.of(COMPANY.vera)));
        assertThat(browser.send(form.with("f.invoice", other)).expect(422).body())
                .as("somebody else's file")
                .contains("The invoice: The file is not there any more.");
        assertThat(attached()).isEmpty();
    }

    @Test
    void comePieceByPieceAndGoOnWhereTheyBrokeOff() {
        var path = link("send");
        var page = browser.get(path);
        var uploads = answer(page).action().replace("/check", "/uploads");
        var bytes = Arrays.copyOf(PDF, 600_000);
        new Random(1).nextBytes(Arrays.copyOfRange(bytes, PDF.length, bytes.length));
        var begun = begin(browser, uploads, "invoice", "Rechnung ä.pdf", bytes.length)
                .expect(201);
        var at = begun.header("Location");
        piece(browser, at, 0, Arrays.copyOf(bytes, 300_000)).expect(204);
        assertThat(piece(browser, at, 0, bytes).status()).isEqualTo(409);
        assertThat(browser.client.send("HEAD", at, null, null).header("Upload-Offset"))
                .isEqualTo("300000");
        var stranger = new GuestBrowser(COMPANY.server.anonymous());
        piece(stranger, at, 300_000, Arrays.copyOfRange(bytes, 300_000, bytes.length))
                .expect(404);
        stranger.get(at.replace("/g/", "/g/x")).expect(404);
        piece(browser, at, 300_000, Arrays.copyOfRange(bytes, 300_000, bytes.length))
                .expect(204);

        var file = at.substring(at.lastIndexOf('/') + 1);
        var form = answer(browser.get(path));
        assertThat(form.values().get("f.invoice")).contains(file);
        browser.send(GuestBrowser.only(browser.send(form).expect(200)).with("sure", "yes"))
                .expect(303);
        assertThat(attached()).extracting(Attachment::name).containsExactly("Rechnung ä.pdf");
        assertThat(COMPANY.state(id).variables()).containsEntry("invoice", file);
    }

    @Test
    void aPieceThatIsRefusedSaysWhyInTheReadersLanguage() {
        var uploads = answer(browser.get(link("send"))).action().replace("/check", "/uploads");
        var words = "no picture at all".getBytes(StandardCharsets.UTF_8);
        var at = begin(browser, uploads, "more", "a.png", words.length)
                .expect(201)
                .header("Location");
        browser.client.with("Baton-Language", "de");
        assertThat(piece(browser, at, 0, words).expect(422).body())
                .isEqualTo("Eine Datei dieser Art wird hier nicht angenommen.");
        browser.client.send("HEAD", at, null, null).expect(404);
        assertThat(begin(browser, uploads, "note", "a.pdf", 3).status()).isEqualTo(400);
        assertThat(begin(browser, uploads, "more", "a.pdf", 3L << 30).status()).isEqualTo(422);
        begin(new GuestBrowser(COMPANY.server.anonymous()), uploads, "more", "a.pdf", 3)
                .expect(404);
    }

    private static Response begin(GuestBrowser browser, String path, String field, String name, long length) {
        browser.client
                .with("Upload-Length", Long.toString(length))
                .with("Upload-Metadata", "filename " + base64(name) + ",field " + base64(field));
        var begun = browser.client.send("POST", path, null, null);
        browser.client.without("Upload-Length").without("Upload-Metadata");
        return begun;
    }

    private static Response piece(GuestBrowser browser, String path, long at, byte[] bytes) {
        browser.client.with("Upload-Offset", Long.toString(at));
        var answer = browser.client.send("PATCH", path, "application/offset+octet-stream", bytes);
        browser.client.without("Upload-Offset");
        return answer;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void thoseAskedForAreOpenedAndSignedBeforeTheAnswer() throws Exception {
        COMPANY.complete(id, "send", COMPANY.vera, Map.of());
        var path = link("sign");
        var page = browser.get(path).expect(200);
        assertThat(page.body())
                .contains(
                        "Please read first",
                        "terms CANARY.pdf",
                        "contract CANARY.pdf",
                        "Please open it and sign below.")
                .doesNotContain("HIDDEN");
        assertThat(browser.send(answer(page)).expect(422).body())
                .contains("Please open “terms CANARY.pdf” first.", "Your full name: Please fill this in.");

        var robot = new GuestBrowser(COMPANY.server.anonymous());
        for (var form : opening(page)) {
            robot.send(form).expect(200);
            robot.get(form.action()).expect(200);
            assertThat(browser.get(form.action()).expect(200).http().body()).isEqualTo(PDF);
        }
        assertThat(browser.send(answer(page).with(Papers.NAME, "Vera"))
                        .expect(422)
                        .body())
                .as("looking does not count")
                .contains("Please open “terms CANARY.pdf” first.");
        for (var form : opening(page)) {
            var bytes = browser.send(form).expect(200);
            assertThat(bytes.header("Content-Disposition")).startsWith("attachment");
            assertThat(bytes.header("Content-Security-Policy")).startsWith("sandbox");
        }
        assertThat(browser.get(path).body()).contains("You have opened it.");
        assertThat(room().openings()).as("nobody has said yet that it was they").isEmpty();

        var confirmation = browser.send(
                        answer(page).with(Papers.NAME, "Vera <i>Łęcka</i>"),
                        new Chosen("f.+files", "passport.pdf", PDF))
                .expect(200);
        assertThat(confirmation.body())
                .contains("Vera &lt;i&gt;Łęcka", "passport.pdf", "We have sent a code to v•••@acme.example")
                .doesNotContain("name=\"sure\"");
        browser.send(GuestBrowser.only(confirmation).with("code", "12")).expect(422);
        assertThat(room().signatures()).isEmpty();
        var done = browser.send(GuestBrowser.only(confirmation).with("code", code()))
                .expect(303);

        assertThat(COMPANY.isAt(id, "check")).isTrue();
        assertThat(room().openings()).hasSize(2);
        assertThat(room().signatures())
                .singleElement()
                .satisfies(signed -> assertThat(signed.person()).isEqualTo(COMPANY.vera));
        assertThat(attached())
                .extracting(Attachment::name)
                .containsExactly("signed contract CANARY.pdf", "passport.pdf");
        assertThat(COMPANY.state(id).variables()).doesNotContainKey(Papers.EVIDENCE);

        var after = browser.get(done.header("Location")).expect(200);
        assertThat(after.body())
                .contains("Thank you. Your answer is in.", "signed contract CANARY.pdf", "terms CANARY.pdf")
                .doesNotContain("It waits for your answer", "HIDDEN");
        var sealed = GuestBrowser.links(after.body()).stream()
                .filter(each ->
                        each.contains("/files/" + room().signatures().getFirst().sealed()))
                .findFirst()
                .orElseThrow();
        assertThat(new String(browser.get(sealed).expect(200).http().body(), StandardCharsets.ISO_8859_1))
                .startsWith("%PDF")
                .contains("/ByteRange");
        receiptVerifies(after);
    }

    private void receiptVerifies(Response page) throws Exception {
        var path = GuestBrowser.links(page.body()).stream()
                .filter(each -> each.endsWith("/receipt"))
                .findFirst()
                .orElseThrow();
        assertThat(browser.get(path).expect(200).body())
                .contains("You signed a file:", "You opened a file:", "contract CANARY.pdf")
                .doesNotContain("HIDDEN");
        var receipt = browser.get(path + ".json").expect(200);
        assertThat(receipt.header("Content-Disposition")).contains("receipt-PPR-" + id + ".json");
        assertThat(receipt.body())
                .contains("\"FileSigned\"", "\"FileOpened\"", "\"TaskCompleted\"", "PPR-" + id)
                .doesNotContain("HIDDEN", COMPANY.ada + "\"");
        assertThat(Receipt.verify(receipt.http().body(), null).isGood()).isTrue();
        var changed = receipt.body().replace("PPR-" + id, "PPR-1").getBytes(StandardCharsets.UTF_8);
        assertThat(Receipt.verify(changed, null).isGood()).isFalse();
    }

    private List<Form> opening(Response page) {
        var forms = GuestBrowser.forms(page.body()).stream()
                .filter(form -> form.action().contains("/files/"))
                .toList();
        assertThat(forms).hasSize(2);
        return forms;
    }

    private io.baton.server.room.Room room() {
        return io.baton.server.room.Room.of(COMPANY.node.journal().all(id));
    }

    @Test
    void whatIsNotSharedIsNotThere() {
        var path = link("send");
        var inside = String.valueOf(COMPANY.state(id).variables().get("inside"));
        var task = path + "/" + id + ".";
        for (var file : List.of(inside, String.valueOf(UUID.randomUUID()), "..%2f..", "1-1-1-1-1")) {
            for (var step : List.of(0, COMPANY.step(id, "send").id())) {
                var at = task + step + "/files/" + file;
                assertThat(browser.get(at).status()).isBetween(400, 404);
                assertThat(browser.client.send("POST", at, null, null).status()).isBetween(400, 404);
            }
        }
        var shared = String.valueOf(COMPANY.state(id).variables().get("terms"));
        browser.get(task + "0/files/" + shared).expect(200);
        var zoe = COMPANY.node.links().issue(COMPANY.zoe, 0, 0);
        browser.get(zoe + "/" + id + ".0/files/" + shared).expect(404);
        browser.get(zoe + "/" + id + ".0/receipt").expect(404);
    }

    @Test
    void aDrawingIsAPictureOrNothing() {
        COMPANY.complete(id, "send", COMPANY.vera, Map.of());
        var page = browser.get(link("sign"));
        opening(page).forEach(form -> browser.send(form).expect(200));
        for (var drawing : List.of("data:image/png;base64,AAAA", "data:image/png;base64,***")) {
            assertThat(browser.send(answer(page).with(Papers.NAME, "Vera").with(Papers.DRAWING, drawing))
                            .expect(422)
                            .body())
                    .contains("The drawn signature cannot be read.");
        }
    }
}
