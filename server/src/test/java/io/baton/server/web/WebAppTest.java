package io.baton.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the web app, and its pages that are no files. */
class WebAppTest {

    @TempDir
    private static Path folder;

    private static final class Server {
        private static final TestServer SERVER = start();

        private static TestServer start() {
            try {
                Path app = Files.createDirectories(folder.resolve("app"));
                Files.writeString(app.resolve("index.html"), "<!doctype html><title>app</title>");
                Files.writeString(app.resolve("logo.svg"), "<svg/>");
                Files.writeString(Files.createDirectories(app.resolve("assets")).resolve("a-1f2e.js"), "1;");
                Files.writeString(folder.resolve("secret.txt"), "secret");
                return TestServer.startWith("--baton.web-app=" + app.toUri());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @AfterAll
    static void close() {
        Server.SERVER.close();
    }

    private static TestClient browser() {
        return Server.SERVER.anonymous().with("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    }

    @Test
    void pagesThatExistInTheBrowserOnlyAreTheIndex() {
        for (String path : new String[] {"/", "/cases/RFP-1042", "/cases/a.b", "/inbox?view=team"}) {
            var page = browser().get(path).expect(200);
            assertThat(page.body()).as(path).contains("<title>app</title>");
            assertThat(page.header("Content-Type")).startsWith("text/html");
            assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
            assertThat(page.header("Content-Security-Policy")).as(path).startsWith("default-src 'self'");
        }
    }

    @Test
    void filesAreFilesAndAssetsAreKeptForEver() {
        var asset = browser().get("/assets/a-1f2e.js").expect(200);
        assertThat(asset.body()).isEqualTo("1;");
        assertThat(asset.header("Content-Type")).startsWith("text/javascript");
        assertThat(asset.header("Cache-Control")).contains("max-age=31536000", "immutable");
        assertThat(asset.setCookies())
                .as("what everybody may cache has no cookies")
                .isEmpty();
        assertThat(browser().get("/logo.svg").expect(200).header("Content-Type"))
                .isEqualTo("image/svg+xml");
    }

    @Test
    void whatIsNoPageIsNotTheIndex() {
        browser().get("/assets/gone-1f2e.js").expect(404);
        browser().get("/assets").expect(404);
        browser().get("/api/gone").expectProblem(401, "NotSignedIn");
        Server.SERVER.anonymous().get("/cases/RFP-1042").expectProblem(404, "NoSuchRoute");
    }

    @Test
    void headIsAnsweredLikeGetWithoutTheBody() {
        var head = browser().send("HEAD", "/", null, null).expect(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.header("Content-Length")).isEqualTo(browser().get("/").header("Content-Length"));
    }

    @Test
    void nothingBesideTheFolderIsServed() throws IOException {
        var raw = new RawHttp(Server.SERVER.address());
        for (String path :
                new String[] {"/../secret.txt", "/%2e%2e/secret.txt", "/assets/../../secret.txt", "/..%5csecret.txt"}) {
            assertThat(raw.send("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .doesNotContain("secret\"", "\r\n\r\nsecret");
        }
    }

    @Test
    void aBuildWithoutTheWebAppSaysSo() {
        try (var server =
                TestServer.startWith("--baton.web-app=" + folder.resolve("none").toUri() + "/")) {
            var page = server.anonymous().with("Accept", "text/html").get("/").expect(404);
            assertThat(page.header("Content-Type")).startsWith("text/plain");
            assertThat(page.body()).contains("web app is not part of this build");
            assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'self'");
        }
    }
}
