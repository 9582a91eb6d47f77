package io.baton.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.Node;
import io.baton.server.database.TestDatabase;
import io.baton.server.demo.LoadedDemo;
import io.baton.server.session.SignIn;
import io.baton.server.web.TestClock;
import io.baton.server.web.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The guides say what is so: their pictures can be made, and every page and word on the screen that they name is there.
 * {@code ./baton guide} writes the pictures to where the guides show them; otherwise they go below {@code target}.
 */
class GuideTest {

    private static final Path GUIDES = Path.of("..", "docs", "guide");
    private static final Path PICTURES = Path.of("..", "docs", "images", "guide");
    private static final Path WEB = Path.of("..", "web", "src");
    private static final int PICTURE_BYTES_MAX = 150_000;

    private static final Pattern PICTURE = Pattern.compile("!\\[[^]]+]\\(\\.\\./images/guide/([a-z-]+\\.webp)\\)");
    private static final Pattern PAGE = Pattern.compile("`(/(?!api/)[^`]*)`");
    private static final Pattern SAID = Pattern.compile("\\*\\*([^*]+?)\\*\\*");
    private static final Pattern ROUTE = Pattern.compile("path: '(/[^']*)'");
    private static final Pattern TABS = Pattern.compile("_TABS = \\[([^]]*)]");

    @Test
    void everyPictureIsThereAndSmallAndNoneIsLeftOver() throws IOException {
        var shown = found(PICTURE);
        assertThat(shown).hasSizeGreaterThan(15);
        for (var name : shown) {
            assertThat(PICTURES.resolve(name)).isNotEmptyFile();
            assertThat(Files.size(PICTURES.resolve(name))).as(name).isLessThan(PICTURE_BYTES_MAX);
        }
        assertThat(names(PICTURES)).isEqualTo(shown);
    }

    /** A tab is one of those that its page has. */
    @Test
    void everyPageThatAGuideNamesIsAnAddressOfTheApp() throws IOException {
        var routes = new TreeSet<String>();
        ROUTE.matcher(Files.readString(WEB.resolve("router.tsx")))
                .results()
                .forEach(found -> routes.add(found.group(1)));
        for (var tabs : Map.of("company", "company/companyTabs.ts", "admin", "admin/adminTabs.ts")
                .entrySet()) {
            var listed = TABS.matcher(Files.readString(WEB.resolve(tabs.getValue())));
            assertThat(listed.find()).as(tabs.getValue()).isTrue();
            for (var tab : listed.group(1).split(",")) {
                routes.add("/" + tabs.getKey() + "/" + tab.strip().replace("'", ""));
            }
        }
        var named = found(PAGE);
        assertThat(named).hasSizeGreaterThan(8);
        assertThat(routes).containsAll(named);
    }

    @Test
    void everyWordOfTheScreensThatAGuideNamesIsOnThem() throws IOException {
        var catalogue = new StringBuilder(Files.readString(WEB.resolve("texts.ts")));
        for (var name : names(WEB.resolve("texts"))) {
            catalogue.append(Files.readString(WEB.resolve("texts").resolve(name)));
        }
        var missing = found(SAID).stream()
                .map(said -> said.replaceAll("\\s+", " "))
                .filter(said -> !said.endsWith("."))
                .filter(said -> !catalogue.toString().contains("'" + said + "'"))
                .toList();
        assertThat(missing).isEmpty();
    }

    @Test
    void thePicturesAreMadeFromTheDemo() throws Exception {
        var images = Boolean.getBoolean("baton.guide") ? PICTURES : Path.of("target", "guide");
        try (var test = TestDatabase.migrated()) {
            var leader = LoadedDemo.into(test.database(), new TestClock());
            try (var server = TestServer.startOn(test.database())) {
                var company = BrowserTest.demo(server, leader);
                BrowserTest.installation(server, leader, company);
                company.putAll(people(server, leader, company));
                company.put("link", "/sign-in/" + server.bean(SignIn.class).issueLink(leader));
                company.put("images", images.toAbsolutePath().normalize().toString());
                BrowserTest.walk("guide.mjs", company);
            }
        }
        assertThat(names(images)).isEqualTo(found(PICTURE));
    }

    /** The owner of the case, and a member of accounts payable for whose team something waits. */
    private static SequencedMap<String, String> people(
            TestServer server, String leader, SequencedMap<String, String> company) {
        var node = server.bean(Node.class);
        var owner = server.signedIn(leader)
                .get("/api/cases/" + company.get("caseKey"))
                .json()
                .at("/owner/id")
                .asString();
        var member = node.directory().findTeam("accounts-payable").orElseThrow().members().stream()
                .map(each -> each.id())
                .filter(id -> !server.signedIn(id)
                        .get("/api/tasks?view=team&limit=1")
                        .json()
                        .get("items")
                        .isEmpty())
                .findFirst()
                .orElseThrow();
        var people = new LinkedHashMap<String, String>();
        people.put("owner", owner);
        people.put("member", member);
        return people;
    }

    private static Set<String> found(Pattern pattern) throws IOException {
        var found = new TreeSet<String>();
        for (var name : names(GUIDES)) {
            var text = Files.readString(GUIDES.resolve(name), StandardCharsets.UTF_8);
            pattern.matcher(text).results().forEach(one -> found.add(one.group(1)));
        }
        return found;
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            return new TreeSet<>(names);
        }
    }
}
