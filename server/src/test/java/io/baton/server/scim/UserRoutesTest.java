package io.baton.server.scim;

import static io.baton.server.scim.Provider.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.web.TestServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Members as an identity provider adds, finds, changes and removes them. */
class UserRoutesTest {

    private static final TestServer SERVER = TestServer.start();
    private static final Directory DIRECTORY = SERVER.directory();
    private static final Provider PROVIDER = new Provider(SERVER);

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void addsAMemberAndShowsItAsItIs() {
        var boss = PROVIDER.user("boss@add.example", "The Boss");
        var response = PROVIDER.send("POST", "/Users", """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User",
                             "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
                 "externalId": "00u1", "UserName": "Ada.Lovelace@add.example",
                 "name": {"givenName": "Ada", "familyName": "Lovelace"},
                 "emails": [{"value": "old@add.example"}, {"value": "Ada@add.example", "primary": true, "type": "work"}],
                 "title": "Countess", "timezone": "Europe/London", "locale": "en_GB", "active": "True",
                 "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "%s"}}}""".formatted(boss));
        var user = response.expect(201).json();
        var id = user.get("id").asString();
        assertThat(response.header("Content-Type")).startsWith("application/scim+json");
        assertThat(response.header("Location")).endsWith("/scim/v2/Users/" + id);
        assertThat(user.at("/meta/location").asString()).isEqualTo(response.header("Location"));
        assertThat(user.get("userName").asString()).isEqualTo("ada.lovelace@add.example");
        assertThat(user.get("externalId").asString()).isEqualTo("00u1");
        assertThat(user.get("displayName").asString()).isEqualTo("Ada Lovelace");
        assertThat(user.at("/name/familyName").asString()).isEqualTo("Lovelace");
        assertThat(user.at("/emails/0/value").asString()).isEqualTo("ada@add.example");
        assertThat(user.get("active").asBoolean()).isTrue();
        assertThat(user.at("/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/manager/displayName")
                        .asString())
                .isEqualTo("The Boss");
        assertThat(PROVIDER.get("/Users/" + id).expect(200).json()).isEqualTo(user);
        var person = DIRECTORY.find(id).orElseThrow();
        assertThat(person.profile().timeZone()).isEqualTo("Europe/London");
        assertThat(person.profile().locale()).isEqualTo("en-GB");
        assertThat(person.profile().manager()).isEqualTo(boss);
        assertThat(person.kind()).isEqualTo(Person.Kind.MEMBER);
    }

    @Test
    void findsWhomTheProviderMeans() {
        var id = PROVIDER.user("Find.Me@find.example", "Find Me");
        PROVIDER.patch("/Users/" + id, "{\"op\": \"add\", \"path\": \"externalId\", \"value\": \"x \\\"1\\\"\"}")
                .expect(200);
        for (var filter : List.of(
                "userName eq \"FIND.ME@find.example\"",
                "USERNAME Eq \"find.me@find.example\" AND id eq \"" + id + "\"",
                "externalId eq \"x \\\"1\\\"\"",
                "displayName eq \"find me\"",
                "emails.value eq \"find.me@find.example\"")) {
            var found =
                    PROVIDER.get("/Users?filter=" + encoded(filter)).expect(200).json();
            assertThat(found.get("totalResults").asInt()).as(filter).isEqualTo(1);
            assertThat(found.at("/Resources/0/id").asString()).isEqualTo(id);
        }
        var nobody = PROVIDER.get("/Users?filter=" + encoded("userName eq \"nobody\""))
                .expect(200)
                .json();
        assertThat(nobody.at("/schemas/0").asString()).isEqualTo("urn:ietf:params:scim:api:messages:2.0:ListResponse");
        assertThat(nobody.get("totalResults").asInt()).isZero();
        assertThat(nobody.get("Resources")).isEmpty();
        for (var filter : List.of(
                "userName",
                "userName co \"x\"",
                "password eq \"x\"",
                "userName eq \"x\" or id eq \"y\"",
                "userName eq \"x\" and",
                "userName eq \"x\" userName eq \"y\"",
                "id eq \"x\" and id eq \"y\"",
                "userName eq \"\\q\"",
                "x".repeat(2_001))) {
            error(PROVIDER.get("/Users?filter=" + encoded(filter)), 400, "invalidFilter");
        }
    }

    @Test
    void somebodyWithoutAUserNameIsFoundByAddress() {
        var id = DIRECTORY
                .add(Person.member("Early", "early@byhand.example", List.of()))
                .orElseThrow();
        assertThat(PROVIDER.get("/Users?filter=" + encoded("userName eq \"early@byhand.example\""))
                        .json()
                        .at("/Resources/0/id")
                        .asString())
                .isEqualTo(id);
    }

    @Test
    void listsInPagesThatBeginAtOne() {
        for (int i = 0; i < 5; i++) {
            PROVIDER.user("page" + i + "@page.example", "Page " + i);
        }
        var total = PROVIDER.get("/Users?count=0").expect(200).json();
        assertThat(total.get("Resources")).isEmpty();
        int all = total.get("totalResults").asInt();
        var seen = new java.util.TreeSet<String>();
        for (int start = 1; start <= all; start += 2) {
            var page = PROVIDER.get("/Users?count=2&startIndex=" + start + "&attributes=userName")
                    .expect(200)
                    .json();
            assertThat(page.get("startIndex").asInt()).isEqualTo(start);
            assertThat(page.get("itemsPerPage").asInt())
                    .isEqualTo(page.get("Resources").size());
            page.get("Resources").forEach(user -> {
                assertThat(user.propertyNames()).containsExactlyInAnyOrder("schemas", "id", "userName");
                seen.add(user.get("id").asString());
            });
        }
        assertThat(seen).hasSize(all);
        assertThat(PROVIDER.get("/Users?startIndex=-3&count=-1")
                        .expect(200)
                        .json()
                        .get("startIndex")
                        .asInt())
                .isEqualTo(1);
        error(PROVIDER.get("/Users?count=x"), 400, "invalidValue");
        assertThat(PROVIDER.get("/Users?count=1&excludedAttributes=emails,meta")
                        .json()
                        .at("/Resources/0")
                        .propertyNames())
                .contains("userName")
                .doesNotContain("emails", "meta");
    }

    @Test
    void twoUsersNeverHaveOneName() {
        PROVIDER.user("one@taken.example", "One");
        var two = PROVIDER.user("two@taken.example", "Two");
        error(PROVIDER.send("POST", "/Users", "{\"userName\": \"ONE@taken.example\"}"), 409, "uniqueness");
        error(
                PROVIDER.patch(
                        "/Users/" + two,
                        "{\"op\": \"replace\", \"path\": \"userName\", \"value\": \"one@taken.example\"}"),
                409,
                "uniqueness");
        error(PROVIDER.patch("/Users/" + two, """
                        {"op": "replace", "path": "emails[type eq \\"work\\"].value", "value": "one@taken.example"}"""), 409, "uniqueness");
        assertThat(DIRECTORY.find(two).map(Person::email)).contains("two@taken.example");
    }

    @Test
    void replacesWhatADocumentSaysAndKeepsTheRest() {
        var id = PROVIDER.user("put@put.example", "Put In");
        var administrator = SERVER.signedIn(SERVER.addAdministrator("Root"));
        administrator
                .patch("/api/people/" + id, java.util.Map.of("usualWork", 3, "timeZone", "Asia/Tokyo"))
                .expect(200);
        var user = PROVIDER.send("PUT", "/Users/" + id, """
                        {"userName": "put.2@put.example", "name": {"formatted": "Put Away"}, "active": true,
                         "emails": [{"value": "put2@put.example"}]}""").expect(200).json();
        assertThat(user.get("displayName").asString()).isEqualTo("Put Away");
        assertThat(user.get("userName").asString()).isEqualTo("put.2@put.example");
        assertThat(user.get("timezone").asString()).isEqualTo("Asia/Tokyo");
        var person = DIRECTORY.find(id).orElseThrow();
        assertThat(person.email()).isEqualTo("put2@put.example");
        assertThat(person.profile().usualWork()).isEqualTo(3);
        error(PROVIDER.send("PUT", "/Users/" + id, "{\"displayName\": \"x\"}"), 400, "invalidValue");
        error(PROVIDER.send("PUT", "/Users/p0", "{\"userName\": \"x\"}"), 404, "");
    }

    @Test
    void patchesAsProvidersDo() {
        var boss = PROVIDER.user("boss@patch.example", "Boss");
        var id = PROVIDER.user("mary@patch.example", "Mary Ann Smith");
        var path = "/Users/" + id;
        PROVIDER.patch(path, "{\"op\": \"Replace\", \"path\": \"name.familyName\", \"value\": \"Jones\"}")
                .expect(200);
        assertThat(DIRECTORY.find(id).map(Person::name)).contains("Mary Ann Jones");
        PROVIDER.patch(path, """
                        {"op": "Add", "value": {"displayName": "Mary Jones", "nickName": "MJ",
                         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager": "%s",
                         "timezone": "Europe/Rome"}}""".formatted(boss)).expect(200);
        var person = DIRECTORY.find(id).orElseThrow();
        assertThat(person.name()).isEqualTo("Mary Jones");
        assertThat(person.profile().manager()).isEqualTo(boss);
        assertThat(person.profile().timeZone()).isEqualTo("Europe/Rome");
        PROVIDER.patch(path, """
                        {"op": "remove", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager"},
                        {"op": "remove", "path": "timezone"},
                        {"op": "replace", "path": "emails[type eq \\"work\\"].value", "value": "mj@patch.example"}""").expect(200);
        person = DIRECTORY.find(id).orElseThrow();
        assertThat(person.profile().manager()).isNull();
        assertThat(person.profile().timeZone()).isNull();
        assertThat(person.email()).isEqualTo("mj@patch.example");
        assertThat(PROVIDER.get(path).json().get("userName").asString()).isEqualTo("mary@patch.example");
        PROVIDER.patch(path, "{\"op\": \"remove\", \"path\": \"emails\"}").expect(200);
        assertThat(DIRECTORY.find(id).orElseThrow().email()).isNull();
        PROVIDER.patch(
                        path,
                        "{\"op\": \"add\", \"path\": \"emails[type eq \\\"work\\\"].value\", \"value\": \"m@patch.example\"}")
                .expect(200);
        assertThat(DIRECTORY.find(id).orElseThrow().email()).isEqualTo("m@patch.example");
    }

    @Test
    void aPatchThatCannotBeAppliedChangesNothing() {
        var id = PROVIDER.user("still@still.example", "Still");
        var rename = "{\"op\": \"replace\", \"path\": \"displayName\", \"value\": \"Moved\"},";
        var path = "/Users/" + id;
        error(PROVIDER.patch(path, rename + "{\"op\": \"move\"}"), 400, "invalidSyntax");
        error(PROVIDER.patch(path, rename + "{\"op\": \"remove\"}"), 400, "noTarget");
        error(
                PROVIDER.patch(path, rename + "{\"op\": \"replace\", \"path\": \"a b\", \"value\": 1}"),
                400,
                "invalidPath");
        error(
                PROVIDER.patch(
                        path,
                        rename
                                + "{\"op\": \"replace\", \"path\": \"emails[type eq \\\"home\\\"].value\", \"value\": \"h@h.example\"}"),
                400,
                "noTarget");
        error(
                PROVIDER.patch(path, rename + "{\"op\": \"replace\", \"path\": \"active\", \"value\": \"maybe\"}"),
                400,
                "invalidValue");
        error(
                PROVIDER.patch(path, rename + "{\"op\": \"replace\", \"path\": \"timezone\", \"value\": \"Nowhere\"}"),
                400,
                "invalidValue");
        error(PROVIDER.patch(path, rename + """
                        {"op": "add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": "p0"}"""), 400, "invalidValue");
        error(PROVIDER.send("PATCH", path, "{}"), 400, "invalidSyntax");
        error(PROVIDER.send("PATCH", path, "{\"Operations\": ["), 400, "invalidSyntax");
        error(PROVIDER.send("PATCH", path, "[]"), 400, "invalidSyntax");
        assertThat(DIRECTORY.find(id).map(Person::name)).contains("Still");
    }

    @Test
    void whoIsNotActiveHasLeftAndCanReturn() {
        var id = PROVIDER.user("out@leave.example", "Out");
        var browser = SERVER.signedIn(id);
        browser.get("/api/session").expect(200);
        var user = PROVIDER.patch("/Users/" + id, "{\"op\": \"Replace\", \"path\": \"active\", \"value\": \"False\"}")
                .expect(200)
                .json();
        assertThat(user.get("active").asBoolean()).isFalse();
        assertThat(DIRECTORY.find(id).orElseThrow().isPresent()).isFalse();
        browser.get("/api/session").expectProblem(401, "NotSignedIn");
        PROVIDER.patch("/Users/" + id, "{\"op\": \"replace\", \"value\": {\"active\": true}}")
                .expect(200);
        assertThat(DIRECTORY.find(id).orElseThrow().isPresent()).isTrue();
    }

    @Test
    void whoIsDeletedIsShownNoMoreAndIsTheSamePersonWhenAddedAnew() {
        var id = PROVIDER.user("gone@delete.example", "Gone");
        PROVIDER.delete("/Users/" + id).expect(204);
        error(PROVIDER.get("/Users/" + id), 404, "");
        error(PROVIDER.delete("/Users/" + id), 404, "");
        error(PROVIDER.patch("/Users/" + id, "{\"op\": \"replace\", \"path\": \"active\", \"value\": true}"), 404, "");
        assertThat(PROVIDER.get("/Users?filter=" + encoded("userName eq \"gone@delete.example\""))
                        .json()
                        .get("totalResults")
                        .asInt())
                .isZero();
        assertThat(DIRECTORY.find(id).orElseThrow().isPresent()).isFalse();
        assertThat(PROVIDER.user("gone@delete.example", "Back Again")).isEqualTo(id);
        assertThat(DIRECTORY.find(id).orElseThrow())
                .satisfies(person -> assertThat(person.isPresent()).isTrue())
                .satisfies(person -> assertThat(person.name()).isEqualTo("Back Again"));
    }

    @Test
    void takesUpWhoHasTheAddressAlreadyButNoContact() {
        var id = DIRECTORY
                .add(Person.member("By Hand", "hand@adopt.example", List.of()))
                .orElseThrow();
        assertThat(DIRECTORY.add(Person.contact("Carl", "carl@adopt.example", "Acme")))
                .isPresent();
        var user = PROVIDER.send("POST", "/Users", """
                        {"userName": "byhand", "emails": [{"value": "Hand@adopt.example"}]}""").expect(201).json();
        assertThat(user.get("id").asString()).isEqualTo(id);
        assertThat(user.get("displayName").asString()).isEqualTo("By Hand");
        assertThat(user.get("userName").asString()).isEqualTo("byhand");
        error(PROVIDER.send("POST", "/Users", "{\"userName\": \"carl@adopt.example\"}"), 409, "uniqueness");
    }

    @Test
    void contactsAreNoUsers() {
        var contact = DIRECTORY
                .add(Person.contact("Outside", "outside@contact.example", "Acme"))
                .orElseThrow();
        error(PROVIDER.get("/Users/" + contact), 404, "");
        assertThat(PROVIDER.get("/Users?filter=" + encoded("emails eq \"outside@contact.example\""))
                        .json()
                        .get("totalResults")
                        .asInt())
                .isZero();
    }

    @Test
    void theLastAdministratorStays() {
        try (var server = TestServer.start()) {
            var provider = new Provider(server);
            error(
                    provider.patch(
                            "/Users/p1",
                            "{\"op\": \"replace\", \"value\": {\"active\": false, \"displayName\": \"x\"}}"),
                    409,
                    "");
            assertThat(server.directory().find("p1").map(Person::name)).contains("Provisioning");
        }
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }
}
