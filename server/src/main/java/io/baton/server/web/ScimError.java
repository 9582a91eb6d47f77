package io.baton.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** A {@link Problem} as SCIM tells it (RFC 7644 §3.12), for all that goes wrong below {@link #PATH}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ScimError(
        List<String> schemas, String status, @Nullable String scimType, String detail) {

    static final String PATH = "/scim/";
    static final MediaType MEDIA_TYPE = new MediaType("application", "scim+json");

    private static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error";

    /** The codes that SCIM has a word for are those words. */
    private static final Set<String> TYPES = Set.of(
            "invalidFilter",
            "tooMany",
            "uniqueness",
            "mutability",
            "invalidSyntax",
            "invalidPath",
            "noTarget",
            "invalidValue");

    static ScimError of(Problem problem) {
        var status = problem.status() == HttpStatus.UNPROCESSABLE_CONTENT.value()
                ? HttpStatus.BAD_REQUEST.value()
                : problem.status();
        return new ScimError(List.of(SCHEMA), Integer.toString(status), type(problem.code()), problem.detail());
    }

    private static @Nullable String type(String code) {
        return switch (code) {
            case "InvalidInput" -> "invalidValue";
            case "MalformedBody" -> "invalidSyntax";
            default -> TYPES.contains(code) ? code : null;
        };
    }
}
