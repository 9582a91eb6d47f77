package io.baton.server.guest;

import io.baton.engine.expression.Expression;
import io.baton.engine.expression.Feel;
import io.baton.server.guest.Form.Component;
import io.baton.server.guest.Form.Field;
import io.baton.server.guest.Form.Kind;
import io.baton.server.guest.Form.Limits;
import io.baton.server.guest.Form.Option;
import io.baton.server.guest.Form.Rows;
import io.baton.server.guest.Form.Words;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON of form-js. Groups are read through; a kind that it does not know asks for nothing and is left out. */
final class FormReader {

    /** What a value is called that means yes or no where the form does not say it itself. */
    private static final String APPROVED = "approved";

    private static final String REJECTED = "rejected";

    private static final int ROWS_AT_FIRST_MAX = 5;

    private FormReader() {}

    static Form read(String json) {
        var components = new ArrayList<Component>();
        read(JsonMapper.shared().readTree(json).path("components"), components);
        return new Form(components);
    }

    private static void read(JsonNode list, List<Component> components) {
        for (var each : list) {
            switch (each.path("type").asString("")) {
                case "group" -> read(each.path("components"), components);
                case "text" -> components.add(new Words(each.path("text").asString(""), hide(each)));
                case "dynamiclist" -> components.add(rows(each));
                default -> {
                    var field = field(each);
                    if (field != null) {
                        components.add(field);
                    }
                }
            }
        }
    }

    private static Rows rows(JsonNode json) {
        var inner = new ArrayList<Component>();
        read(json.path("components"), inner);
        return new Rows(
                json.path("path").asString(""),
                json.path("label").asString(""),
                Math.clamp(json.path("defaultRepetitions").asInt(1), 1, ROWS_AT_FIRST_MAX),
                inner.stream()
                        .filter(Field.class::isInstance)
                        .map(Field.class::cast)
                        .filter(field -> field.kind() != Kind.FILE)
                        .toList(),
                hide(json));
    }

    private static @Nullable Field field(JsonNode json) {
        var kind = kind(json);
        var key = json.path("key").asString("");
        if (kind == null || key.isEmpty()) {
            return null;
        }
        var checks = json.path("validate");
        return new Field(
                key,
                kind,
                json.path(kind == Kind.TIME ? "timeLabel" : isDate(kind) ? "dateLabel" : "label")
                        .asString(key),
                text(json, "description"),
                checks.path("required").asBoolean(false),
                json.path("readonly").asBoolean(false) || json.path("disabled").asBoolean(false),
                options(json.path("values")),
                new Limits(
                        whole(checks, "minLength"),
                        kind == Kind.FILE ? oneUnlessMany(json) : whole(checks, "maxLength"),
                        text(checks, "pattern"),
                        number(checks, "min"),
                        number(checks, "max"),
                        whole(json, "decimalDigits")),
                meaning(json, "approve", APPROVED),
                meaning(json, "reject", REJECTED),
                hide(json));
    }

    private static @Nullable Integer oneUnlessMany(JsonNode json) {
        return json.path("multiple").asBoolean(false) ? null : (Integer) 1;
    }

    private static boolean isDate(Kind kind) {
        return kind == Kind.DATE || kind == Kind.DATE_TIME;
    }

    private static @Nullable Kind kind(JsonNode json) {
        return switch (json.path("type").asString("")) {
            case "textfield" -> Kind.TEXT;
            case "textarea" -> Kind.LONG_TEXT;
            case "number" -> Kind.NUMBER;
            case "checkbox" -> Kind.CHECKBOX;
            case "radio" -> Kind.RADIO;
            case "select" -> Kind.SELECT;
            case "checklist", "taglist" -> Kind.CHECKLIST;
            case "filepicker" -> Kind.FILE;
            case "datetime" ->
                switch (json.path("subtype").asString("date")) {
                    case "time" -> Kind.TIME;
                    case "datetime" -> Kind.DATE_TIME;
                    default -> Kind.DATE;
                };
            default -> null;
        };
    }

    private static List<Option> options(JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(value -> new Option(
                        value.path("label").asString(value.path("value").asString("")),
                        value.path("value").asString("")))
                .toList();
    }

    /** The form's own word for it, {@code "properties": {"approve": "covered"}}, or an option of the usual name. */
    private static @Nullable String meaning(JsonNode json, String property, String usual) {
        var said = text(json.path("properties"), property);
        var values = options(json.path("values")).stream().map(Option::value).toList();
        return said != null && values.contains(said) ? said : values.contains(usual) ? usual : null;
    }

    private static @Nullable Expression hide(JsonNode json) {
        var source = text(json.path("conditional"), "hide");
        if (source == null) {
            return null;
        }
        return compiled(source.startsWith("=") ? source.substring(1) : source);
    }

    /** Null where it is no FEEL: form-js reads some expressions that we do not, and shows the field then. */
    static @Nullable Expression compiled(String source) {
        return Feel.compile(source.strip()) instanceof Feel.Compiled.Ready(var expression) ? expression : null;
    }

    private static @Nullable String text(JsonNode json, String name) {
        var text = json.path(name).asString("");
        return text.isBlank() ? null : text;
    }

    private static @Nullable Integer whole(JsonNode json, String name) {
        return json.path(name).isNumber() ? (Integer) json.path(name).asInt() : null;
    }

    private static @Nullable BigDecimal number(JsonNode json, String name) {
        return json.path(name).isNumber() ? json.path(name).asDecimal() : null;
    }
}
