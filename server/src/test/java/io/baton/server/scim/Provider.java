package io.baton.server.scim;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.session.ApiTokens;
import io.baton.server.web.TestClient;
import io.baton.server.web.TestServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** An identity provider: a program with an administrator's token that speaks SCIM. */
final class Provider {

    private final TestClient client;

    Provider(TestServer server) {
        var administrator = server.addAdministrator("Provisioning");
        var token = server.bean(ApiTokens.class)
                .create(administrator, "scim", Duration.ofDays(1))
                .orElseThrow()
                .secret();
        client = server.anonymous().with("Authorization", "Bearer " + token);
    }

    TestClient.Response get(String path) {
        return client.get("/scim/v2" + path);
    }

    TestClient.Response send(String method, String path, String json) {
        return client.send(method, "/scim/v2" + path, "application/scim+json", json.getBytes(StandardCharsets.UTF_8));
    }

    TestClient.Response patch(String path, String operations) {
        return send("PATCH", path, """
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [%s]}""".formatted(operations));
    }

    TestClient.Response delete(String path) {
        return client.delete("/scim/v2" + path);
    }

    /** The id of a new user with this address for a name. */
    String user(String address, String name) {
        return created("/Users", """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "%s", "displayName": "%s",
                 "active": true}""".formatted(address, name));
    }

    String group(String name) {
        return created("/Groups", "{\"displayName\": \"" + name + "\"}");
    }

    private String created(String path, String json) {
        return send("POST", path, json).expect(201).json().get("id").asString();
    }

    /** What SCIM says went wrong; {@code type} is empty where it has no word for it. */
    static JsonNode error(TestClient.Response response, int status, String type) {
        response.expect(status);
        assertThat(response.header("Content-Type")).startsWith("application/scim+json");
        var error = response.json();
        assertThat(error.at("/schemas/0").asString()).isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");
        assertThat(error.get("status").asString()).isEqualTo(Integer.toString(status));
        assertThat(error.path("scimType").asString("")).isEqualTo(type);
        assertThat(error.get("detail").asString()).isNotBlank();
        return error;
    }
}
