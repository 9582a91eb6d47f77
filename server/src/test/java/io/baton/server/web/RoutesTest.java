package io.baton.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.session.ApiTokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Who may call what: the table names every handler that is there, and what it closes is closed. */
class RoutesTest {

    /** The description of the API as YAML comes with springdoc; nobody needs it, so it stays closed. */
    private static final Set<String> CLOSED = Set.of("GET /api/openapi.json.yaml");

    private static final TestServer SERVER = TestServer.start();

    /** All but those of SCIM, which refuse in its own words; see {@code ScimAccessTest}. */
    private static final List<Access> OF_THE_API = Access.ROUTES.stream()
            .filter(route -> !route.pattern().startsWith("/scim/"))
            .toList();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void everyHandlerIsInTheTableAndEveryLineHasAHandler() {
        var handled = new TreeSet<String>();
        for (HandlerMapping mapping :
                SERVER.context().getBeansOfType(HandlerMapping.class).values()) {
            switch (mapping) {
                case RequestMappingInfoHandlerMapping methods ->
                    methods.getHandlerMethods().keySet().forEach(info -> handled.addAll(routes(info)));
                case AbstractUrlHandlerMapping urls ->
                    urls.getHandlerMap().forEach((pattern, handler) -> {
                        assertThat(handler).as(pattern).isInstanceOf(WebApp.class);
                        assertThat(pattern).isIn(Access.ASSETS_PATTERN, Access.WEB_APP_PATTERN);
                    });
                default ->
                    assertThat(mapping.getClass().getSimpleName())
                            .as("a kind of handler mapping that this test knows to have no routes here")
                            .isIn("RouterFunctionMapping");
            }
        }
        var listed = new TreeSet<>(CLOSED);
        Access.ROUTES.forEach(route -> listed.add(route.method() + " " + route.pattern()));
        assertThat(handled).isEqualTo(listed);
    }

    private static List<String> routes(RequestMappingInfo info) {
        var routes = new ArrayList<String>();
        for (String pattern : info.getPatternValues()) {
            assertThat(info.getMethodsCondition().getMethods())
                    .as("a handler says which methods it takes: " + pattern)
                    .isNotEmpty();
            info.getMethodsCondition().getMethods().forEach(method -> routes.add(method + " " + pattern));
        }
        return routes;
    }

    @Test
    void routersOfFunctionsAreNotUsed() {
        assertThat(SERVER.context().getBeansOfType(RouterFunction.class)).isEmpty();
    }

    @Test
    void whoIsNotSignedInGetsNothingFromAnyRouteThatIsNotPublic() {
        for (Access route : OF_THE_API) {
            if (route.who() == Access.Who.PUBLIC) {
                continue;
            }
            for (String path : List.of(path(route), path(route) + "?limit=1")) {
                SERVER.anonymous()
                        .sendJson(route.method().name(), path, Map.of())
                        .expectProblem(401, "NotSignedIn");
            }
        }
    }

    @Test
    void whatIsClosedIsClosedToAdministratorsToo() {
        TestClient administrator = SERVER.signedIn(SERVER.addAdministrator("Ada"));
        for (String route : CLOSED) {
            administrator.get(route.substring("GET ".length())).expectProblem(404, "NoSuchRoute");
        }
    }

    @Test
    void aMemberMayNotDoWhatIsForAdministrators() {
        TestClient member = SERVER.signedIn(SERVER.addMember("Mo"));
        for (Access route : OF_THE_API) {
            if (route.who() == Access.Who.ADMIN) {
                member.sendJson(route.method().name(), path(route), Map.of()).expectProblem(403, "NotAllowed");
            }
        }
    }

    @Test
    void anApiTokenDoesNotOpenWhatIsForASession() {
        String person = SERVER.addMember("Tom");
        String secret = SERVER.bean(ApiTokens.class)
                .create(person, "test", Duration.ofDays(1))
                .orElseThrow()
                .secret();
        TestClient program = SERVER.anonymous().with("Authorization", "Bearer " + secret);
        program.get("/api/session").expect(200);
        for (Access route : Access.ROUTES) {
            if (route.who() == Access.Who.SESSION) {
                program.sendJson(route.method().name(), path(route), Map.of()).expectProblem(403, "NotAllowed");
            }
        }
    }

    @Test
    void tellsUnknownRoutesAndWrongMethodsApartOnlyToMembers() {
        TestClient member = SERVER.signedIn(SERVER.addMember("Una"));
        member.get("/api/nowhere").expectProblem(404, "NoSuchRoute");
        var wrong = member.put("/api/people", Map.of()).expectProblem(405, "MethodNotAllowed");
        assertThat(wrong.header("Allow")).isEqualTo("GET, HEAD, POST");
        SERVER.anonymous().get("/api/nowhere").expectProblem(401, "NotSignedIn");
        SERVER.anonymous().put("/api/people", Map.of()).expectProblem(401, "NotSignedIn");
        SERVER.anonymous().get("/error").expectProblem(404, "NoSuchRoute");
        SERVER.anonymous().post("/", Map.of()).expectProblem(401, "NotSignedIn");
    }

    private static String path(Access route) {
        return route.pattern().replaceAll("\\{[^}]*}", "1042.3");
    }
}
