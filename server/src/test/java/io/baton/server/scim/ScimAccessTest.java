package io.baton.server.scim;

import static io.baton.server.scim.Provider.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.session.ApiTokens;
import io.baton.server.web.Access;
import io.baton.server.web.TestServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What SCIM there is, for whom, and in whose words it refuses. */
class ScimAccessTest {

    private static final TestServer SERVER = TestServer.start();
    private static final Provider PROVIDER = new Provider(SERVER);

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void nobodyGetsInWithoutAnAdministratorsToken() {
        var session = SERVER.signedIn(SERVER.addAdministrator("Root"));
        var token = SERVER.bean(ApiTokens.class)
                .create(SERVER.addMember("Mo"), "t", Duration.ofDays(1))
                .orElseThrow()
                .secret();
        var member = SERVER.anonymous().with("Authorization", "Bearer " + token);
        var routes = Access.ROUTES.stream()
                .filter(route -> route.pattern().startsWith("/scim/"))
                .toList();
        assertThat(routes).hasSizeGreaterThan(10);
        for (var route : routes) {
            var method = route.method().name();
            var path = route.pattern().replace("{id}", "p1");
            error(SERVER.anonymous().sendJson(method, path, Map.of()), 401, "");
            error(session.sendJson(method, path, Map.of()), 401, "");
            error(member.sendJson(method, path, Map.of()), 403, "");
        }
    }

    @Test
    void whatIsNotThereIsToldInScimsWords() {
        error(PROVIDER.get("/Nothing"), 404, "");
        error(PROVIDER.send("POST", "/Bulk", "{}"), 404, "");
        error(PROVIDER.send("PUT", "/Users", "{}"), 405, "");
        error(PROVIDER.send("POST", "/Users", ""), 400, "invalidSyntax");
        error(PROVIDER.send("POST", "/Users", "{\"userName\": \"" + "x".repeat(1 << 20) + "\"}"), 413, "");
    }

    @Test
    void tellsWhatItCan() {
        var config = PROVIDER.get("/ServiceProviderConfig").expect(200).json();
        assertThat(config.at("/patch/supported").asBoolean()).isTrue();
        assertThat(config.at("/filter/maxResults").asInt()).isEqualTo(Answers.Range.COUNT_MAX);
        var types = PROVIDER.get("/ResourceTypes").expect(200).json();
        assertThat(types.get("totalResults").asInt()).isEqualTo(2);
        for (var type : types.get("Resources")) {
            var id = type.get("id").asString();
            assertThat(PROVIDER.get("/ResourceTypes/" + id).expect(200).json()).isEqualTo(type);
            PROVIDER.get(type.get("endpoint").asString()).expect(200);
            PROVIDER.get("/Schemas/" + type.get("schema").asString()).expect(200);
        }
        var schemas = PROVIDER.get("/Schemas").expect(200).json();
        assertThat(schemas.get("Resources").findValuesAsString("id"))
                .containsExactly(Json.USER, Json.ENTERPRISE_USER, Json.GROUP);
        error(PROVIDER.get("/Schemas/urn:none"), 404, "");
        error(PROVIDER.get("/ResourceTypes/Device"), 404, "");
    }

    /** Each attribute that a resource shows is one that its schema names. */
    @Test
    void showsNothingThatTheSchemaDoesNotName() {
        var id = PROVIDER.user("schema@schema.example", "Schema Test");
        var user = PROVIDER.get("/Users/" + id).json();
        var named = PROVIDER.get("/Schemas/" + Json.USER).json().get("attributes");
        var names = new java.util.TreeSet<>(java.util.List.of("schemas", "id", "externalId", "meta"));
        named.forEach(attribute -> names.add(attribute.get("name").asString()));
        assertThat(names).containsAll(user.propertyNames());
    }
}
