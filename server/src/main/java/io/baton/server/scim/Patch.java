package io.baton.server.scim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The operations of a PATCH (RFC 7644 §3.5.2) on a document: add, replace and remove, by paths such as {@code active},
 * {@code name.familyName} or {@code emails[type eq "work"].value}. Nothing is known here of what attributes mean.
 */
final class Patch {

    static final int OPERATIONS_MAX = 1_000;

    private static final Pattern PATH = Pattern.compile(
            "([A-Za-z$][\\w$-]*)(?:\\[\\s*([\\w$]+)\\s+eq\\s+\"((?:[^\"\\\\]|\\\\.)*+)\"\\s*])?(?:\\.([\\w$]+))?",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    private Patch() {}

    enum Op {
        ADD,
        REPLACE,
        REMOVE
    }

    /** {@code path} is null where the value is an object of attributes. */
    record Operation(Op op, @Nullable String path, @Nullable JsonNode value) {}

    static List<Operation> operations(ObjectNode body) {
        var operations = new ArrayList<Operation>();
        var given = Json.elements(Json.get(body, "Operations"));
        if (given.isEmpty() || given.size() > OPERATIONS_MAX) {
            throw Json.refusal("invalidSyntax", "A patch has 1 to " + OPERATIONS_MAX + " Operations.");
        }
        for (var each : given) {
            var word = String.valueOf(Json.text(each, "op")).toLowerCase(Locale.ROOT);
            var op = switch (word) {
                case "add" -> Op.ADD;
                case "replace" -> Op.REPLACE;
                case "remove" -> Op.REMOVE;
                default -> throw Json.refusal("invalidSyntax", "op must be add, replace or remove.");
            };
            operations.add(new Operation(op, Json.text(each, "path"), Json.get(each, "value")));
        }
        return operations;
    }

    static void apply(ObjectNode document, List<Operation> operations) {
        operations.forEach(operation -> apply(document, operation));
    }

    private static void apply(ObjectNode document, Operation operation) {
        if (operation.path != null) {
            apply(document, operation.op, operation.path, operation.value);
        } else if (operation.op == Op.REMOVE) {
            throw Json.refusal("noTarget", "Removing needs a path.");
        } else if (operation.value instanceof ObjectNode attributes) {
            for (var attribute : attributes.properties()) {
                apply(document, operation.op, attribute.getKey(), attribute.getValue());
            }
        } else {
            throw Json.refusal("invalidValue", "Without a path the value must be an object of attributes.");
        }
    }

    private static void apply(ObjectNode document, Op op, String path, @Nullable JsonNode value) {
        var target = document;
        var rest = path;
        for (var urn : List.of(Json.USER, Json.GROUP, Json.ENTERPRISE_USER)) {
            if (rest.regionMatches(true, 0, urn, 0, urn.length())) {
                var isExtension = urn.equals(Json.ENTERPRISE_USER);
                rest = rest.substring(Math.min(urn.length() + 1, rest.length()));
                if (isExtension && rest.isEmpty()) {
                    set(document, op, urn, value);
                    return;
                }
                target = isExtension ? child(document, urn) : document;
                break;
            }
        }
        var parts = PATH.matcher(rest);
        if (!parts.matches()) {
            throw Json.refusal("invalidPath", "The path " + path + " cannot be followed.");
        }
        if (parts.group(2) != null) {
            applyToElements(target, op, parts, value);
        } else if (parts.group(4) != null) {
            applyToPart(target, op, parts.group(1), parts.group(4), value);
        } else {
            set(target, op, parts.group(1), value);
        }
    }

    private static ObjectNode child(ObjectNode parent, String name) {
        var actual = Json.name(parent, name);
        return parent.get(actual) instanceof ObjectNode child ? child : parent.putObject(actual);
    }

    /** {@code name.familyName}; of an attribute with many values it means each of them. */
    private static void applyToPart(ObjectNode target, Op op, String attribute, String part, @Nullable JsonNode value) {
        if (target.get(Json.name(target, attribute)) instanceof ArrayNode array) {
            array.forEach(element -> {
                if (element instanceof ObjectNode object) {
                    set(object, op, part, value);
                }
            });
        } else {
            set(child(target, attribute), op, part, value);
        }
    }

    private static void applyToElements(ObjectNode target, Op op, Matcher parts, @Nullable JsonNode value) {
        var key = parts.group(2);
        var wanted = ESCAPED.matcher(parts.group(3)).replaceAll("$1");
        var name = Json.name(target, parts.group(1));
        var array = target.get(name) instanceof ArrayNode present ? present : target.putArray(name);
        var matching = new ArrayList<ObjectNode>();
        array.forEach(element -> {
            if (element instanceof ObjectNode object && wanted.equalsIgnoreCase(Json.text(object, key))) {
                matching.add(object);
            }
        });
        if (matching.isEmpty()) {
            if (op != Op.ADD) {
                throw Json.refusal("noTarget", "There is no " + parts.group(1) + " with " + key + " " + wanted + ".");
            }
            matching.add(array.addObject().put(key, wanted));
        }
        var part = parts.group(4);
        for (var element : matching) {
            if (part != null) {
                set(element, op, part, value);
            } else if (op == Op.REMOVE) {
                array.removeIf(element::equals);
            } else {
                element.setAll(requireObject(value));
            }
        }
    }

    private static ObjectNode requireObject(@Nullable JsonNode value) {
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw Json.refusal("invalidValue", "The value must be an object.");
    }

    private static void set(ObjectNode target, Op op, String attribute, @Nullable JsonNode value) {
        var name = Json.name(target, attribute);
        var before = target.get(name);
        if (op == Op.REMOVE) {
            target.remove(name);
        } else if (value == null) {
            target.putNull(name);
        } else if (op == Op.ADD && before instanceof ArrayNode array) {
            Json.elements(value).forEach(array::add);
        } else if (before instanceof ObjectNode object && value instanceof ObjectNode parts) {
            parts.properties().forEach(each -> set(object, op, each.getKey(), Objects.requireNonNull(each.getValue())));
        } else {
            target.set(name, value);
        }
    }
}
