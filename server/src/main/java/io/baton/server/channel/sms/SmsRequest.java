package io.baton.server.channel.sms;

import io.baton.server.channel.ChannelSettings;
import io.baton.server.outbound.Outbound.Call;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * How a provider wants to be asked, from the settings. Placeholders stand in the texts of a JSON template or the values of a
 * form, which are taken apart before anything is put in: so nothing that is put in can be more than a text.
 */
final class SmsRequest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");
    private static final Set<String> KNOWN = Set.of("to", "text", "id", "from");
    private static final Pattern HEADER = Pattern.compile("([A-Za-z0-9-]+):\\s*(\\P{Cntrl}+)");
    private static final Set<String> METHODS = Set.of("POST", "PUT", "GET");

    private final String url;
    private final String method;
    private final Map<String, String> headers;
    private final @Nullable JsonNode json;
    private final @Nullable String form;
    private final String from;

    private SmsRequest(String url, ChannelSettings settings) {
        this.url = url;
        this.method = settings.get("BATON_SMS_METHOD", "POST");
        this.from = settings.get("BATON_SMS_FROM", "");
        this.headers = new LinkedHashMap<>();
        var template = settings.get("BATON_SMS_BODY", "");
        var isJson = template.startsWith("{") || template.startsWith("[");
        if (!template.isEmpty()) {
            headers.put("Content-Type", isJson ? "application/json" : "application/x-www-form-urlencoded");
        }
        for (var line : settings.get("BATON_SMS_HEADERS", "").split("\\R|\\s*\\|\\s*")) {
            var header = HEADER.matcher(line.strip());
            if (header.matches()) {
                headers.put(header.group(1), header.group(2));
            } else if (!line.isBlank()) {
                // Without the line: there may be a password in it.
                throw new IllegalArgumentException(
                        "BATON_SMS_HEADERS must be like Authorization: Bearer KEY|X-Other: 1");
            }
        }
        this.json = isJson ? parsed(template) : null;
        this.form = isJson || template.isEmpty() ? null : template;
        check(template);
    }

    static SmsRequest of(String url, ChannelSettings settings) {
        return new SmsRequest(url, settings);
    }

    private static JsonNode parsed(String template) {
        try {
            return JSON.readTree(template);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "BATON_SMS_BODY begins like JSON but is none: " + e.getOriginalMessage());
        }
    }

    private void check(String template) {
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException("BATON_SMS_METHOD must be POST, PUT or GET");
        }
        var all = url + " " + template;
        var used =
                PLACEHOLDER.matcher(all).results().map(found -> found.group(1)).collect(Collectors.toSet());
        if (!KNOWN.containsAll(used)) {
            throw new IllegalArgumentException(
                    "BATON_SMS_URL and BATON_SMS_BODY know {to}, {text}, {id} and {from}, not "
                            + used.stream()
                                    .filter(name -> !KNOWN.contains(name))
                                    .sorted()
                                    .toList());
        }
        if (!used.containsAll(Set.of("to", "text"))) {
            throw new IllegalArgumentException("BATON_SMS_URL and BATON_SMS_BODY must say where {to} and {text} go");
        }
        var _ = call("+10000000", "text", "id"); // fails now rather than with the first message
    }

    Call call(String to, String text, String id) {
        var given = Map.of("to", to, "text", text, "id", id, "from", from);
        var address = URI.create(filled(url, given, SmsRequest::encoded));
        return new Call(method, address, headers, body(given));
    }

    private @Nullable String body(Map<String, String> given) {
        if (json != null) {
            return JSON.writeValueAsString(filled(json, given));
        }
        return form == null
                ? null
                : Arrays.stream(form.split("&"))
                        .map(pair -> filled(pair, given, SmsRequest::encoded))
                        .collect(Collectors.joining("&"));
    }

    private static JsonNode filled(JsonNode template, Map<String, String> given) {
        var nodes = JsonNodeFactory.instance;
        if (template.isString()) {
            return nodes.stringNode(filled(template.asString(), given, UnaryOperator.identity()));
        }
        if (template.isObject()) {
            var object = nodes.objectNode();
            template.forEachEntry((name, value) -> object.set(name, filled(value, given)));
            return object;
        }
        if (template.isArray()) {
            var array = nodes.arrayNode();
            template.forEach(value -> array.add(filled(value, given)));
            return array;
        }
        return template;
    }

    /** In one go, so that what was put in is not looked through again. */
    private static String filled(String template, Map<String, String> given, UnaryOperator<String> escape) {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(found ->
                        Matcher.quoteReplacement(escape.apply(given.getOrDefault(found.group(1), found.group()))));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
