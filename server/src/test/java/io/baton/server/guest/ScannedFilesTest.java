package io.baton.server.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.channel.ChannelSettings;
import io.baton.server.guest.GuestBrowser.Chosen;
import io.baton.server.room.FakeClamd;
import io.baton.server.room.Reader;
import io.baton.server.room.RealClamd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * What somebody outside sends goes through the virus scanner before it is held anywhere: through one that speaks clamd's
 * protocol, and through ClamAV's own daemon where that is installed.
 */
class ScannedFilesTest {

    @TempDir
    private Path folder;

    private static byte[] infected() {
        var virus = FakeClamd.EICAR.getBytes(StandardCharsets.ISO_8859_1);
        var file = Arrays.copyOf(GuestCompany.PDF, GuestCompany.PDF.length + virus.length);
        System.arraycopy(virus, 0, file, GuestCompany.PDF.length, virus.length);
        return file;
    }

    @Test
    void aScannerThatSpeaksItsProtocolGuardsThePage() throws IOException {
        try (var clamd = new FakeClamd(1 << 20)) {
            guardsThePage(clamd.address());
        }
    }

    @Test
    @EnabledIf("isInstalled")
    void clamdItselfGuardsThePage() throws IOException {
        try (var clamd = new RealClamd(folder)) {
            guardsThePage(clamd.address());
        }
    }

    static boolean isInstalled() {
        return RealClamd.isInstalled();
    }

    private static void guardsThePage(String scanner) {
        try (var company = new GuestCompany(new ChannelSettings(Map.of("BATON_CLAMAV", scanner)))) {
            var browser = new GuestBrowser(company.server.anonymous());
            var id = company.papersFor(company.vera, "SCANNED");
            var path = company.node
                    .links()
                    .issue(company.vera, id, company.step(id, "send").id());
            var form = GuestBrowser.form(browser.get(path), "answer");
            var refused = browser.send(form, new Chosen("f.invoice", "invoice.pdf", infected()))
                    .expect(422);
            assertThat(refused.body()).contains("The invoice: The virus scanner refused this file.");
            var large = Arrays.copyOf(GuestCompany.PDF, 3 << 20); // more than either scanner looks at
            assertThat(browser.send(form, new Chosen("f.invoice", "large.pdf", large))
                            .expect(422)
                            .body())
                    .contains("The invoice: The file cannot be checked for viruses");
            assertThat(browser.get(path).body()).doesNotContain("invoice.pdf").doesNotContain("large.pdf");
            assertThat(company.isAt(id, "send")).isTrue();

            var clean = browser.send(form, new Chosen("f.invoice", "clean.pdf", GuestCompany.PDF))
                    .expect(200);
            browser.send(GuestBrowser.only(clean).with("sure", "yes")).expect(303);
            assertThat(company.node.files().list(id, Reader.member(company.ada)).stream()
                            .map(file -> String.valueOf(file.name())))
                    .contains("clean.pdf")
                    .doesNotContain("invoice.pdf", "large.pdf");
            assertThat(company.isAt(id, "sign")).isTrue();
        }
    }
}
