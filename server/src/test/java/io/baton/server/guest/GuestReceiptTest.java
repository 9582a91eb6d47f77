package io.baton.server.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receipt that somebody outside fetches from their page, verified by the command that anybody can run. */
class GuestReceiptTest {

    private static final GuestCompany COMPANY = new GuestCompany();

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    @Test
    void isVerifiedByTheCommandAndNoMoreOnceItWasChanged(@TempDir Path folder) throws Exception {
        var id = COMPANY.started(COMPANY.vera, Map.of());
        var browser = new GuestBrowser(COMPANY.server.anonymous());
        var path = COMPANY.node
                .links()
                .issue(COMPANY.vera, id, COMPANY.step(id, "correct").id());
        var form = GuestBrowser.form(browser.get(path), "answer").with("f.amount", "12,50");
        browser.send(GuestBrowser.only(browser.send(form).expect(200)).with("sure", "yes"))
                .expect(303);
        var link = GuestBrowser.links(browser.get(path).body()).stream()
                .filter(each -> each.endsWith("/receipt"))
                .findFirst()
                .orElseThrow();
        var receipt = browser.get(link).expect(200).body();
        var file = Files.writeString(folder.resolve("receipt.json"), receipt);

        var good = verify(file);
        assertThat(good.text()).contains("INV-" + id, "The receipt is unchanged.");
        assertThat(good.exit()).isZero();
        var forged = Files.writeString(folder.resolve("forged.json"), receipt.replaceFirst("INV-" + id, "INV-9" + id));
        assertThat(verify(forged).exit()).isEqualTo(1);
    }

    private record Said(int exit, String text) {}

    /** As {@code ./baton verify-receipt} does: a process of its own, without database or network. */
    private static Said verify(Path file) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(List.of(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.baton.server.Baton",
                        "verify-receipt",
                        file.toString()))
                .redirectErrorStream(true)
                .start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }
}
