package io.baton.server.scim;

import io.baton.server.web.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON as SCIM has it: names of attributes in whatever capitals (RFC 7643 §2.1), and answers in part when asked for. */
final class Json {

    static final String MEDIA_TYPE = "application/scim+json";
    static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
    static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
    static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
    static final String ENTERPRISE_USER = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";

    /** Returned whatever is asked for. */
    private static final Set<String> ALWAYS = Set.of("schemas", "id");

    static final JsonMapper MAPPER = JsonMapper.shared();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ObjectNode object(byte[] body) {
        try {
            if (MAPPER.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw refusal("invalidSyntax", "The body is not well-formed JSON.");
        }
        throw refusal("invalidSyntax", "The body must be a JSON object.");
    }

    /** 400 with one of the words of RFC 7644 §3.12. */
    static ProblemException refusal(String scimType, String detail) {
        return ProblemException.of(HttpStatus.BAD_REQUEST, scimType, detail);
    }

    static ObjectNode resource(String... schemas) {
        var resource = object();
        var named = resource.putArray("schemas");
        Arrays.stream(schemas).forEach(named::add);
        return resource;
    }

    static void meta(ObjectNode resource, String type, String location) {
        resource.putObject("meta").put("resourceType", type).put("location", location);
    }

    /** The name under which the attribute stands in the object; as asked for where it is not there. */
    static String name(ObjectNode object, String attribute) {
        for (var name : object.propertyNames()) {
            if (name.equalsIgnoreCase(attribute)) {
                return name;
            }
        }
        return attribute;
    }

    /** Null where it is not there, or null. */
    static @Nullable JsonNode get(@Nullable JsonNode node, String attribute) {
        if (!(node instanceof ObjectNode object)) {
            return null;
        }
        var found = object.get(name(object, attribute));
        return found == null || found.isNull() ? null : found;
    }

    /** Without blanks around it; null where it is empty. */
    static @Nullable String text(@Nullable JsonNode node, String attribute) {
        var value = get(node, attribute);
        if (value == null) {
            return null;
        }
        if (!value.isValueNode()) {
            throw refusal("invalidValue", attribute + " must be a text.");
        }
        var text = value.asString().strip();
        return text.isEmpty() ? null : text;
    }

    /** True and false as texts too, which some providers write. */
    static @Nullable Boolean truth(@Nullable JsonNode node, String attribute) {
        var value = get(node, attribute);
        if (value == null || value.isBoolean()) {
            return value == null ? null : value.asBoolean();
        }
        var word = value.isString() ? value.asString().toLowerCase(Locale.ROOT) : "";
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refusal("invalidValue", attribute + " must be true or false.");
        };
    }

    /** The elements of an array; a single value stands for an array of one. */
    static List<JsonNode> elements(@Nullable JsonNode value) {
        return switch (value) {
            case null -> List.of();
            case ArrayNode array -> List.copyOf(array.values());
            default -> List.of(value);
        };
    }

    static ObjectNode list(long total, long startIndex, List<ObjectNode> resources) {
        var list = resource(LIST);
        list.put("totalResults", total).put("startIndex", startIndex).put("itemsPerPage", resources.size());
        list.putArray("Resources").addAll(resources);
        return list;
    }

    /** The attributes asked for, by {@code attributes} or all but {@code excludedAttributes} (RFC 7644 §3.9). */
    static ObjectNode part(ObjectNode resource, @Nullable String attributes, @Nullable String excluded) {
        var only = names(attributes);
        var not = names(excluded);
        for (var name : List.copyOf(resource.propertyNames())) {
            var plain = name.toLowerCase(Locale.ROOT);
            if (!ALWAYS.contains(name) && ((!only.isEmpty() && !only.contains(plain)) || not.contains(plain))) {
                resource.remove(name);
            }
        }
        return resource;
    }

    private static Set<String> names(@Nullable String list) {
        return list == null
                ? Set.of()
                : Arrays.stream(list.split(","))
                        .map(name -> top(name.strip().toLowerCase(Locale.ROOT)))
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Only whole attributes are left out or in: {@code name.givenName} is {@code name} here. */
    private static String top(String path) {
        for (var urn : List.of(USER, GROUP)) {
            var prefix = urn.toLowerCase(Locale.ROOT) + ":";
            if (path.startsWith(prefix)) {
                return top(path.substring(prefix.length()));
            }
        }
        if (path.startsWith("urn:")) {
            var enterprise = ENTERPRISE_USER.toLowerCase(Locale.ROOT);
            return path.startsWith(enterprise) ? enterprise : path;
        }
        var dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }
}
