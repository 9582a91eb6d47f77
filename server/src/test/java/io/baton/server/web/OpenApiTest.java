package io.baton.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The description of the API has every route and refers to nothing that is not in it. */
class OpenApiTest {

    private static final TestServer SERVER = TestServer.start();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final JsonNode API =
            SERVER.anonymous().get("/api/openapi.json").expect(200).json();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void isOpenApi31() {
        assertThat(API.get("openapi").asString()).startsWith("3.1.");
        assertThat(API.at("/info/title").asString()).isEqualTo("Baton");
        assertThat(API.at("/info/version").asString()).isNotBlank();
        assertThat(API.at("/servers/0/url").asString()).isEqualTo("/");
    }

    /** The OpenAPI Initiative's own schema; what it leaves open, the schemas of the bodies, is JSON Schema's. */
    @Test
    void isWhatTheOfficialSchemasAllow() throws IOException {
        try (var file = OpenApiTest.class.getResourceAsStream("/openapi/oas-3.1-schema.json")) {
            Schema document = SCHEMAS.getSchema(Objects.requireNonNull(file), InputFormat.JSON);
            assertThat(document.validate(API)).isEmpty();
            assertThat(document.validate(without("/info/title"))).isNotEmpty();
            assertThat(document.validate(without("/paths/~1api~1people/get/parameters/0/name")))
                    .isNotEmpty();
        }
        Schema schema = SCHEMAS.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        var schemas = API.findValues("schema");
        API.at("/components/schemas").forEach(schemas::add);
        assertThat(schemas)
                .hasSizeGreaterThan(100)
                .allSatisfy(each -> assertThat(schema.validate(each)).isEmpty());
        assertThat(schema.validate(JsonMapper.shared().readTree("{\"type\":\"text\"}")))
                .isNotEmpty();
    }

    private static JsonNode without(String pointer) {
        var copy = API.deepCopy();
        int name = pointer.lastIndexOf('/');
        ((ObjectNode) copy.at(pointer.substring(0, name))).remove(pointer.substring(name + 1));
        return copy;
    }

    @Test
    void hasEveryRouteOfTheApiAndNoOther() {
        var described = new TreeSet<String>();
        API.get("paths")
                .forEachEntry((path, item) ->
                        item.forEachEntry((method, _) -> described.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        var listed = new TreeSet<String>();
        for (Access route : Access.ROUTES) {
            if (route.pattern().startsWith("/api/") && !route.pattern().equals("/api/openapi.json")) {
                listed.add(route.method() + " " + route.pattern());
            }
        }
        assertThat(described).isEqualTo(listed);
    }

    @Test
    void everyOperationHasAnswersAProblemAndWhoMayCallIt() {
        var ids = new TreeSet<String>();
        API.get("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                    String name = method + " " + path;
                    assertThat(ids.add(operation.get("operationId").asString()))
                            .as(name)
                            .isTrue();
                    assertThat(operation
                                    .at("/responses/default/content/application~1problem+json/schema/$ref")
                                    .asString())
                            .as(name)
                            .isEqualTo("#/components/schemas/Problem");
                    assertThat(operation.get("responses").propertyNames())
                            .as(name)
                            .anyMatch(status -> status.startsWith("2"));
                    assertThat(operation.get("security")).as(name).isNotNull();
                    pathParameters(path)
                            .forEach(parameter -> assertThat(
                                            operation.get("parameters").findValuesAsString("name"))
                                    .as(name)
                                    .contains(parameter));
                    assertThat(operation.path("parameters").findValuesAsString("name"))
                            .as(name + " leaks an argument that the server fills in")
                            .doesNotContain("caller", "page", "request", "response");
                }));
        assertThat(ids).isNotEmpty();
    }

    private static Set<String> pathParameters(String path) {
        var names = new TreeSet<String>();
        var matcher = Pattern.compile("\\{([^}]+)}").matcher(path);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    @Test
    void whoMayCallARouteIsAsInTheTable() {
        assertThat(API.at("/paths/~1api~1session/post/security")).isEmpty();
        assertThat(API.at("/paths/~1api~1people/get/security").toString())
                .isEqualTo("[{\"session\":[]},{\"apiToken\":[]}]");
        assertThat(API.at("/paths/~1api~1tokens/post/security").toString()).isEqualTo("[{\"session\":[]}]");
        assertThat(API.at("/components/securitySchemes/apiToken/scheme").asString())
                .isEqualTo("bearer");
        assertThat(API.at("/components/securitySchemes/session/in").asString()).isEqualTo("cookie");
    }

    @Test
    void pagesSayHowTheyAreTurned() {
        var parameters = API.at("/paths/~1api~1people/get/parameters");
        assertThat(parameters.findValuesAsString("name")).contains("team", "q", "limit", "cursor");
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        var references = API.findValuesAsString("$ref");
        assertThat(references)
                .isNotEmpty()
                .allSatisfy(
                        reference -> assertThat(API.at(reference.substring(1)).isMissingNode())
                                .as(reference)
                                .isFalse());
        assertThat(API.at("/components/schemas/Problem/required").size()).isEqualTo(5);
    }
}
