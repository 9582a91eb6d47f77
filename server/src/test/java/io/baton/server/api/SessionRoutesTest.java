package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.directory.Organisation;
import io.baton.server.directory.Person;
import io.baton.server.directory.Written;
import io.baton.server.session.Sessions;
import io.baton.server.session.SignIn;
import io.baton.server.web.TestClient;
import io.baton.server.web.TestServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Signing in and out over HTTP, as a browser does it. */
class SessionRoutesTest {

    private static final String PASSWORD = "correct horse battery";
    private static final TestServer SERVER = TestServer.start();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private static String account(String email) {
        String id = SERVER.directory()
                .add(Person.member("Name of " + email, email, List.of()))
                .orElseThrow();
        SERVER.bean(SignIn.class).setPassword(id, PASSWORD);
        return id;
    }

    private static Map<String, String> credentials(String email, String password) {
        return Map.of("email", email, "password", password);
    }

    private static TestClient browser() {
        return SERVER.anonymous().withCsrfToken();
    }

    // Password

    @Test
    void signsInByPasswordAndTellsWhoIsSignedIn() {
        String id = account("ada@example.com");
        TestClient browser = browser();
        browser.get("/api/session").expectProblem(401, "NotSignedIn");
        var answer = browser.post("/api/session", credentials(" Ada@Example.COM ", PASSWORD))
                .expect(200);
        assertThat(answer.json().at("/person/id").asString()).isEqualTo(id);
        var session = browser.get("/api/session").expect(200).json();
        assertThat(session).isEqualTo(answer.json());
        assertThat(session.at("/person/email").asString()).isEqualTo("ada@example.com");
        assertThat(session.at("/person/admin").asBoolean(true)).isFalse();
        assertThat(session.at("/demo").asBoolean(true)).isFalse();
        assertThat(session.at("/organisation/name").asString()).isEqualTo("Baton");
    }

    @Test
    void theCookieIsOutOfReachOfScriptsAndOfOtherSites() {
        account("cookie@example.com");
        String cookie = browser()
                .post("/api/session", credentials("cookie@example.com", PASSWORD))
                .setCookies()
                .get("baton");
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/").doesNotContain("Secure");
        String secure = browser()
                .with("X-Forwarded-Proto", "https")
                .post("/api/session", credentials("cookie@example.com", PASSWORD))
                .setCookies()
                .get("baton");
        assertThat(secure).contains("HttpOnly", "SameSite=Lax", "Secure");
    }

    @Test
    void aWrongPasswordAndAnUnknownEMailAreAnsweredAlike() {
        account("bob@example.com");
        var wrong = browser()
                .post("/api/session", credentials("bob@example.com", "not the password"))
                .expectProblem(401, "WrongCredentials");
        var unknown = browser()
                .post("/api/session", credentials("nobody@example.com", "not the password"))
                .expectProblem(401, "WrongCredentials");
        assertThat(unknown.body()).isEqualTo(wrong.body());
        assertThat(wrong.setCookies()).doesNotContainKey("baton");
    }

    @Test
    void aPasswordThatIsTooLongIsWrongThoughItsBeginningIsRight() {
        String id = account("long@example.com");
        String longest = "x".repeat(SignIn.PASSWORD_BYTES_MAX);
        SERVER.bean(SignIn.class).setPassword(id, longest);
        browser().post("/api/session", credentials("long@example.com", longest)).expect(200);
        browser()
                .post("/api/session", credentials("long@example.com", longest + "y"))
                .expectProblem(401, "WrongCredentials");
    }

    @Test
    void aContactDoesNotSignIn() {
        String id = SERVER.directory()
                .add(Person.contact("Vera", "vera@vendor.example", "Vendor"))
                .orElseThrow();
        SERVER.bean(SignIn.class).setPassword(id, PASSWORD);
        browser()
                .post("/api/session", credentials("vera@vendor.example", PASSWORD))
                .expectProblem(401, "WrongCredentials");
        assertThat(SERVER.bean(Sessions.class).open(id)).isEmpty();
    }

    @Test
    void turnsAwayGuessersOfOnePasswordUntilTheWindowIsOver() {
        account("guessed@example.com");
        for (int i = 0; i < SignIn.TRIES_PER_EMAIL_MAX; i++) {
            from("192.0.2." + i)
                    .post("/api/session", credentials("guessed@example.com", "guess number " + i))
                    .expectProblem(401, "WrongCredentials");
        }
        var refused = from("192.0.2.99")
                .post("/api/session", credentials("Guessed@example.com", PASSWORD))
                .expectProblem(429, "TooManyAttempts");
        assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(1L, SignIn.TRIES_WINDOW.toSeconds() + 1);
        SERVER.clock().advance(SignIn.TRIES_WINDOW);
        from("192.0.2.99")
                .post("/api/session", credentials("guessed@example.com", PASSWORD))
                .expect(200);
    }

    @Test
    void turnsAwayOneAddressThatTriesManyAccounts() {
        for (int i = 0; i < SignIn.TRIES_PER_ADDRESS_MAX; i++) {
            from("2001:db8:1:2::" + Integer.toHexString(i + 1))
                    .post("/api/session", credentials("nobody" + i + "@example.com", "guess"))
                    .expectProblem(401, "WrongCredentials");
        }
        from("2001:db8:1:2:ffff::1")
                .post("/api/session", credentials("somebody@example.com", "guess"))
                .expectProblem(429, "TooManyAttempts");
        from("2001:db8:1:3::1")
                .post("/api/session", credentials("somebody@example.com", "guess"))
                .expectProblem(401, "WrongCredentials");
    }

    private static TestClient from(String address) {
        return browser().with("X-Forwarded-For", address);
    }

    @Test
    void rightPasswordsAreNeverTooMany() {
        account("busy@example.com");
        for (int i = 0; i < SignIn.TRIES_PER_EMAIL_MAX + 2; i++) {
            from("198.51.100.1")
                    .post("/api/session", credentials("busy@example.com", PASSWORD))
                    .expect(200);
        }
    }

    @Test
    void saysWhichFieldsAreMissing() {
        var problem = browser().post("/api/session", Map.of()).expectProblem(422, "InvalidInput");
        assertThat(problem.json().at("/errors").findValuesAsString("field")).containsExactly("email", "password");
    }

    @Test
    void aNewPasswordIsCheckedAndSignsOutEverybodyElse() {
        String id = account("change@example.com");
        TestClient here = SERVER.signedIn(id);
        TestClient elsewhere = SERVER.signedIn(id);
        here.put("/api/session/password", Map.of("password", "short")).expectProblem(422, "InvalidInput");
        here.put("/api/session/password", Map.of("password", "ü".repeat(37))).expectProblem(422, "InvalidInput");
        here.put("/api/session/password", Map.of("password", "a brand new password"))
                .expect(204);
        here.get("/api/session").expect(200);
        elsewhere.get("/api/session").expectProblem(401, "NotSignedIn");
        browser()
                .post("/api/session", credentials("change@example.com", PASSWORD))
                .expectProblem(401, "WrongCredentials");
        browser()
                .post("/api/session", credentials("change@example.com", "a brand new password"))
                .expect(200);
    }

    // The life of a session

    @Test
    void signInGivesANewSessionAndEndsTheOneThatWasPresented() {
        account("fix@example.com");
        String planted = SERVER.bean(Sessions.class)
                .open(account("attacker@example.com"))
                .orElseThrow();
        TestClient victim = SERVER.anonymous().withCookie("baton", planted).withCsrfToken();
        victim.post("/api/session", credentials("fix@example.com", PASSWORD)).expect(200);
        assertThat(victim.cookie("baton")).isPresent().get().isNotEqualTo(planted);
        SERVER.anonymous().withCookie("baton", planted).get("/api/session").expectProblem(401, "NotSignedIn");
        var unknown =
                SERVER.anonymous().withCookie("baton", "chosen-by-the-attacker").withCsrfToken();
        unknown.post("/api/session", credentials("fix@example.com", PASSWORD)).expect(200);
        assertThat(unknown.cookie("baton").orElseThrow()).isNotEqualTo("chosen-by-the-attacker");
    }

    @Test
    void signingOutEndsTheSessionOnTheServer() {
        TestClient browser = SERVER.signedIn(SERVER.addMember("Olga"));
        String secret = browser.cookie("baton").orElseThrow();
        var answer = browser.delete("/api/session").expect(204);
        assertThat(answer.setCookies().get("baton")).contains("Max-Age=0");
        SERVER.anonymous().withCookie("baton", secret).get("/api/session").expectProblem(401, "NotSignedIn");
    }

    @Test
    void aSessionSlidesWhileItIsUsedAndEndsWhenItIsNot() {
        TestClient browser = SERVER.signedIn(SERVER.addMember("Sue"));
        for (int i = 0; i < 4; i++) {
            SERVER.clock().advance(Sessions.IDLE_MAX.minusMinutes(61));
            browser.get("/api/session").expect(200);
        }
        SERVER.clock().advance(Sessions.IDLE_MAX);
        browser.get("/api/session").expectProblem(401, "NotSignedIn");
    }

    @Test
    void aSessionEndsAtLastHoweverMuchItIsUsed() {
        TestClient browser = SERVER.signedIn(SERVER.addMember("Tim"));
        Duration step = Duration.ofHours(6);
        for (long i = 1; i < Sessions.AGE_MAX.dividedBy(step); i++) {
            SERVER.clock().advance(step);
            browser.get("/api/session").expect(200);
        }
        SERVER.clock().advance(step);
        browser.get("/api/session").expectProblem(401, "NotSignedIn");
    }

    @Test
    void readsGoOnWhenTheDiskIsTooFullToProlongTheSession() {
        TestClient browser = SERVER.signedIn(account("full@example.com"));
        SERVER.sql().sql("""
                create function full_disk() returns trigger language plpgsql as $$
                begin raise exception 'could not extend file' using errcode = '53100'; end $$""").update();
        SERVER.sql()
                .sql("create trigger full_disk before update on session for each row execute function full_disk()")
                .update();
        try {
            SERVER.clock().advance(Duration.ofHours(2));
            browser.get("/api/session").expect(200);
        } finally {
            SERVER.sql().sql("drop trigger full_disk on session").update();
        }
    }

    @Test
    void aRequestSoonAfterAnotherWritesNothing() {
        String person = SERVER.addMember("Wes");
        TestClient browser = SERVER.signedIn(person);
        var version = "select xmin::text from session where person = ?";
        String before =
                SERVER.sql().sql(version).param(person).query(String.class).single();
        SERVER.clock().advance(Duration.ofMinutes(59));
        browser.get("/api/session").expect(200);
        assertThat(SERVER.sql().sql(version).param(person).query(String.class).single())
                .isEqualTo(before);
        SERVER.clock().advance(Duration.ofMinutes(1));
        browser.get("/api/session").expect(200);
        assertThat(SERVER.sql().sql(version).param(person).query(String.class).single())
                .isNotEqualTo(before);
    }

    @Test
    void oneSessionTooManyEndsTheOldest() {
        String person = SERVER.addMember("Max");
        TestClient oldest = SERVER.signedIn(person);
        TestClient second = oldest;
        for (int i = 1; i <= Sessions.PER_PERSON_MAX; i++) {
            SERVER.clock().advance(Duration.ofSeconds(1));
            TestClient next = SERVER.signedIn(person);
            second = i == 1 ? next : second;
        }
        oldest.get("/api/session").expectProblem(401, "NotSignedIn");
        second.get("/api/session").expect(200);
    }

    @Test
    void whoIsNoLongerAMemberIsNoLongerSignedIn() {
        String id = SERVER.addMember("Lea");
        TestClient browser = SERVER.signedIn(id);
        assertThat(SERVER.directory().change(id, _ -> Person.contact("Lea", null, "Elsewhere")))
                .isEqualTo(new Written.Done(id));
        browser.get("/api/session").expectProblem(401, "NotSignedIn");
    }

    @Test
    void nothingInTheDatabaseSignsAnybodyIn() {
        String person = SERVER.addMember("Hal");
        String secret = SERVER.bean(Sessions.class).open(person).orElseThrow();
        byte[] stored = SERVER.sql()
                .sql("select hash from session where person = ?")
                .param(person)
                .query(byte[].class)
                .single();
        assertThat(stored).hasSize(32).isNotEqualTo(Base64.getUrlDecoder().decode(secret));
    }

    // CSRF

    @Test
    void changesNothingInTheNameOfACookieWithoutTheCsrfToken() {
        TestClient browser = SERVER.signedIn(SERVER.addMember("Cy")).withoutCsrfToken();
        browser.delete("/api/session").expectProblem(403, "CsrfTokenMissing");
        browser.with("X-XSRF-TOKEN", "00000000-0000-0000-0000-000000000000")
                .delete("/api/session")
                .expectProblem(403, "CsrfTokenMissing");
        browser.without("X-XSRF-TOKEN").get("/api/session").expect(200);
        browser.withCsrfToken().delete("/api/session").expect(204);
    }

    @Test
    void signsNobodyInFromAnotherSite() {
        account("login-csrf@example.com");
        SERVER.anonymous()
                .post("/api/session", credentials("login-csrf@example.com", PASSWORD))
                .expectProblem(403, "CsrfTokenMissing");
    }

    // Acting as somebody else

    @Test
    void actsAsSomebodyElseInADemoOnly() {
        String ada = SERVER.addAdministrator("Ada");
        String bea = SERVER.addMember("Bea");
        TestClient browser = SERVER.signedIn(ada);
        browser.put("/api/session/acting-as", Map.of("person", bea)).expectProblem(403, "NoDemo");
        SERVER.directory().setOrganisation(new Organisation("Acme", true));
        try {
            var acting = browser.put("/api/session/acting-as", Map.of("person", bea))
                    .expect(200)
                    .json();
            assertThat(acting.at("/actingAs/name").asString()).isEqualTo("Bea");
            var session = browser.get("/api/session").expect(200).json();
            assertThat(session).isEqualTo(acting);
            assertThat(session.at("/person/id").asString()).isEqualTo(bea);
            assertThat(session.at("/organisation/name").asString()).isEqualTo("Acme");
            browser.post("/api/people", Map.of("name", "X")).expectProblem(403, "NotAllowed");
            browser.post("/api/tokens", Map.of("name", "t", "expiresInDays", 1)).expectProblem(403, "ActingAsAnother");
            browser.put("/api/session/password", Map.of("password", PASSWORD)).expectProblem(403, "ActingAsAnother");
            browser.put("/api/session/acting-as", Map.of("person", "p0")).expectProblem(404, "NoSuchPerson");
        } finally {
            SERVER.directory().setOrganisation(new Organisation("Baton", false));
        }
        var after = browser.get("/api/session").expect(200).json();
        assertThat(after.at("/person/id").asString()).isEqualTo(ada);
        assertThat(after.get("actingAs").isNull()).isTrue();
    }

    @Test
    void stopsActingAsSomebodyElse() {
        String ada = SERVER.addMember("Ada");
        TestClient browser = SERVER.signedIn(ada);
        SERVER.directory().setOrganisation(new Organisation("Acme", true));
        try {
            browser.put("/api/session/acting-as", Map.of("person", SERVER.addMember("Bo")))
                    .expect(200);
            var after = browser.delete("/api/session/acting-as").expect(200).json();
            assertThat(after.at("/person/id").asString()).isEqualTo(ada);
            assertThat(browser.get("/api/session").json()).isEqualTo(after);
        } finally {
            SERVER.directory().setOrganisation(new Organisation("Baton", false));
        }
    }

    // One-time links

    @Test
    void aLinkSignsInOnceAndOnlyByItsButton() {
        String person = SERVER.addMember("Lin");
        String path = "/sign-in/" + SERVER.bean(SignIn.class).issueLink(person);
        for (int i = 0; i < 3; i++) {
            SERVER.anonymous().get(path).expect(200); // a mail scanner
        }
        TestClient browser = SERVER.anonymous();
        var page = browser.get(path).expect(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.body()).contains("<form method=\"post\">").doesNotContain("<script");
        var followed = submit(browser, path, page.body()).expect(303);
        assertThat(followed.header("Location")).isEqualTo("/");
        assertThat(browser.get("/api/session")
                        .expect(200)
                        .json()
                        .at("/person/id")
                        .asString())
                .isEqualTo(person);
        TestClient late = SERVER.anonymous();
        late.get(path).expect(404);
        submit(late.withCsrfToken(), path, page.body()).expect(404);
    }

    private static TestClient.Response submit(TestClient browser, String path, String page) {
        String value = page.replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
        byte[] form = ("_csrf=" + URLEncoder.encode(value, StandardCharsets.UTF_8)).getBytes(StandardCharsets.US_ASCII);
        return browser.send("POST", path, "application/x-www-form-urlencoded", form);
    }

    @Test
    void aLinkIsNotFollowedFromAnotherSite() {
        String path = "/sign-in/" + SERVER.bean(SignIn.class).issueLink(SERVER.addMember("Liz"));
        SERVER.anonymous()
                .send("POST", path, "application/x-www-form-urlencoded", new byte[0])
                .expectProblem(403, "CsrfTokenMissing");
        browser().send("POST", path, null, null).expect(303);
    }

    @Test
    void anExpiredLinkSignsNobodyIn() {
        String path = "/sign-in/" + SERVER.bean(SignIn.class).issueLink(SERVER.addMember("Lou"));
        SERVER.clock().advance(SignIn.LINK_AGE_MAX);
        SERVER.anonymous().get(path).expect(404);
        browser().send("POST", path, null, null).expect(404);
    }

    @Test
    void ofManyWhoFollowALinkAtOnceOneIsSignedIn() throws Exception {
        int many = 8;
        for (int round = 0; round < 5; round++) {
            String path = "/sign-in/" + SERVER.bean(SignIn.class).issueLink(SERVER.addMember("Race " + round));
            var start = new CyclicBarrier(many);
            var answers = new ArrayList<Future<TestClient.Response>>();
            try (var threads = Executors.newFixedThreadPool(many)) {
                for (int i = 0; i < many; i++) {
                    TestClient browser = browser();
                    answers.add(threads.submit(() -> {
                        start.await();
                        return browser.send("POST", path, null, null);
                    }));
                }
            }
            var statuses = new ArrayList<Integer>();
            var sessions = new HashSet<String>();
            for (var answer : answers) {
                statuses.add(answer.get().status());
                var cookie = answer.get().setCookies().get("baton");
                if (cookie != null) {
                    sessions.add(cookie);
                }
            }
            assertThat(statuses).containsOnlyOnce(303);
            assertThat(statuses.stream().filter(status -> status == 404)).hasSize(many - 1);
            assertThat(sessions).hasSize(1);
        }
    }
}
