package io.baton.server.scim;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The filters that identity providers send to find whom they mean: attributes that equal texts, joined by {@code and}
 * (RFC 7644 §3.4.2.2). Anything else is refused as the standard says.
 */
final class Filter {

    private static final int CHARACTERS_MAX = 2_000;

    private static final Pattern EQUALS = Pattern.compile(
            "\\s*([A-Za-z][\\w$.:-]*)\\s+eq\\s+(\"(?:[^\"\\\\]|\\\\.)*+\"|true|false)\\s*", Pattern.CASE_INSENSITIVE);

    private static final Pattern AND = Pattern.compile("and\\s", Pattern.CASE_INSENSITIVE);

    private Filter() {}

    /** The values by attribute, as {@code names} writes it for what a caller may write. */
    static SequencedMap<String, String> parse(@Nullable String text, Map<String, String> names) {
        var values = new LinkedHashMap<String, String>();
        if (text == null || text.isBlank()) {
            return values;
        }
        if (text.length() > CHARACTERS_MAX) {
            throw refused("is too long");
        }
        var condition = EQUALS.matcher(text);
        int at = 0;
        while (true) {
            if (!condition.find(at) || condition.start() != at) {
                throw refused("must be conditions such as userName eq \"ada@example.com\", joined by and");
            }
            put(values, names, condition.group(1), condition.group(2));
            at = condition.end();
            if (at == text.length()) {
                return values;
            }
            var and = AND.matcher(text).region(at, text.length());
            if (!and.lookingAt()) {
                throw refused("joins conditions by something else than and");
            }
            at = and.end();
        }
    }

    private static void put(Map<String, String> values, Map<String, String> names, String attribute, String literal) {
        var name = names.get(attribute.toLowerCase(Locale.ROOT));
        if (name == null) {
            throw refused("may be on " + String.join(", ", names.keySet()) + ", not on " + attribute);
        }
        if (values.putIfAbsent(name, text(literal)) != null) {
            throw refused("has " + attribute + " twice");
        }
    }

    /** As a JSON literal, which the standard has filters write. */
    private static String text(String literal) {
        try {
            return Json.MAPPER
                    .readTree(literal.startsWith("\"") ? literal : literal.toLowerCase(Locale.ROOT))
                    .asString();
        } catch (JacksonException e) {
            throw refused("has a text that JSON cannot read");
        }
    }

    private static RuntimeException refused(String why) {
        return Json.refusal("invalidFilter", "The filter " + why + ".");
    }
}
