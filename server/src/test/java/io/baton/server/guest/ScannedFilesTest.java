package io.baton.server.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.channel.ChannelSettings;
import io.baton.server.guest.GuestBrowser.Chosen;
import io.baton.server.room.FakeClamd;
import io.baton.server.room.Reader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What somebody outside sends goes through the virus scanner (clamd's protocol over TCP) before it is held anywhere. */
class ScannedFilesTest {

    private static final FakeClamd CLAMD = clamd();
    private static final GuestCompany COMPANY =
            new GuestCompany(new ChannelSettings(Map.of("BATON_CLAMAV", CLAMD.address())));

    private static FakeClamd clamd() {
        try {
            return new FakeClamd(25_000_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void close() throws IOException {
        COMPANY.close();
        CLAMD.close();
    }

    private final GuestBrowser browser = new GuestBrowser(COMPANY.server.anonymous());

    private static byte[] infected() {
        var virus = FakeClamd.EICAR.getBytes(StandardCharsets.ISO_8859_1);
        var file = Arrays.copyOf(GuestCompany.PDF, GuestCompany.PDF.length + virus.length);
        System.arraycopy(virus, 0, file, GuestCompany.PDF.length, virus.length);
        return file;
    }

    @Test
    void anInfectedFileIsRefusedOnThePageWithAClearMessageAndCleanOnesGoOn() {
        var id = COMPANY.papersFor(COMPANY.vera, "SCANNED");
        var path = COMPANY.node
                .links()
                .issue(COMPANY.vera, id, COMPANY.step(id, "send").id());
        var form = GuestBrowser.form(browser.get(path), "answer");
        var refused = browser.send(form, new Chosen("f.invoice", "invoice.pdf", infected()))
                .expect(422);
        assertThat(refused.body()).contains("The invoice: The virus scanner refused this file.");
        assertThat(browser.get(path).body()).doesNotContain("invoice.pdf");
        assertThat(COMPANY.isAt(id, "send")).isTrue();

        var clean = browser.send(form, new Chosen("f.invoice", "clean.pdf", GuestCompany.PDF))
                .expect(200);
        browser.send(GuestBrowser.only(clean).with("sure", "yes")).expect(303);
        assertThat(COMPANY.node.files().list(id, Reader.member(COMPANY.ada)).stream()
                        .map(file -> String.valueOf(file.name())))
                .contains("clean.pdf")
                .doesNotContain("invoice.pdf");
        assertThat(COMPANY.isAt(id, "sign")).isTrue();
    }
}
