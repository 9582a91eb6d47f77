package io.baton.server.web;

import io.baton.server.commit.Request.Idempotency;
import io.baton.server.session.Caller;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.math.BigDecimal;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.method.HandlerMethod;

/**
 * The description of the API at {@code /api/openapi.json}, made from the routes themselves: who may call one comes from
 * {@link Access}, and what {@link Arguments} gives a route is described here once.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String SESSION = "session";
    private static final String API_TOKEN = "apiToken";
    private static final String PROBLEM_SCHEMA = "#/components/schemas/Problem";

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, PageQuery.class, Idempotency.class);
    }

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(new Info()
                        .title("Baton")
                        .version("1")
                        .description("Processes, cases, tasks, jobs and messages. Times are ISO 8601 in UTC. Errors are"
                                + " application/problem+json (RFC 9457) and have a stable code.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/").description("This server")))
                .components(new Components()
                        .addSecuritySchemes(
                                SESSION,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.APIKEY)
                                        .in(SecurityScheme.In.COOKIE)
                                        .name(SessionCookie.NAME)
                                        .description("A browser's session. What changes something also needs the"
                                                + " header X-XSRF-TOKEN with the value of the cookie XSRF-TOKEN."))
                        .addSecuritySchemes(
                                API_TOKEN,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("A token from POST /api/tokens.")));
    }

    @Bean
    OperationCustomizer sharedArguments() {
        return (operation, handler) -> {
            String resource = handler.getBeanType().getSimpleName().replace("Routes", "");
            operation.setTags(List.of(resource));
            if (takes(handler, PageQuery.class)) {
                operation.addParametersItem(query("limit", limit(), "How many items a page holds."));
                operation.addParametersItem(
                        query("cursor", new StringSchema(), "The next of the page before; none for the first page."));
            }
            if (takes(handler, Idempotency.class)) {
                operation.addParametersItem(new Parameter()
                        .in("header")
                        .name(IdempotencyKeys.HEADER)
                        .schema(new StringSchema().maxLength(IdempotencyKeys.CHARACTERS_MAX))
                        .description("Makes repeating the request harmless."));
            }
            return operation;
        };
    }

    private static Schema<?> limit() {
        var schema = new IntegerSchema();
        schema.setMinimum(BigDecimal.ONE);
        schema.setMaximum(BigDecimal.valueOf(PageQuery.LIMIT_MAX));
        schema.setDefault(PageQuery.LIMIT_DEFAULT);
        return schema;
    }

    private static Parameter query(String name, Schema<?> schema, String description) {
        return new Parameter().in("query").name(name).schema(schema).description(description);
    }

    private static boolean takes(HandlerMethod handler, Class<?> type) {
        for (MethodParameter parameter : handler.getMethodParameters()) {
            if (parameter.getParameterType() == type) {
                return true;
            }
        }
        return false;
    }

    @Bean
    OpenApiCustomizer securityAndProblems() {
        return api -> {
            ModelConverters.getInstance(true).readAll(Problem.class).forEach(api.getComponents()::addSchemas);
            api.getPaths()
                    .forEach((path, item) ->
                            item.readOperationsMap().forEach((method, operation) -> complete(operation, method, path)));
        };
    }

    private static void complete(Operation operation, PathItem.HttpMethod method, String path) {
        operation.getResponses().addApiResponse("default", problem());
        Access.ROUTES.stream()
                .filter(route ->
                        route.pattern().equals(path) && route.method().name().equals(method.name()))
                .findFirst()
                .ifPresent(route -> operation.security(security(route.who())));
    }

    private static List<SecurityRequirement> security(Access.Who who) {
        var session = new SecurityRequirement().addList(SESSION);
        var token = new SecurityRequirement().addList(API_TOKEN);
        return switch (who) {
            case PUBLIC -> List.of();
            case SESSION -> List.of(session);
            case MEMBER, ADMIN -> List.of(session, token);
        };
    }

    private static ApiResponse problem() {
        return new ApiResponse()
                .description("It did not succeed, and why.")
                .content(new Content()
                        .addMediaType(
                                Problem.MEDIA_TYPE.toString(),
                                new MediaType().schema(new Schema<>().$ref(PROBLEM_SCHEMA))));
    }
}
