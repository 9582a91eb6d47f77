package io.baton.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The description of the API has every route and refers to nothing that is not in it. */
class OpenApiTest {

    private static final TestServer SERVER = TestServer.start();
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
