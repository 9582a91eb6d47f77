package io.baton.server.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The address of the list behind a number, below {@code /api/} and in the web app alike: {@code cases?state=open&party=sales}.
 */
final class ListLink {

    private final Map<String, String> parameters = new LinkedHashMap<>();

    /** With what narrows the tower itself. */
    ListLink(CaseQuery query) {
        with("process", query.process());
        with("owner", query.owner());
        with("party", query.party());
        with("variable", query.variable());
        with("value", query.value());
    }

    /** Not narrowed yet. */
    static ListLink none() {
        return new ListLink(Map.of());
    }

    /** Of the cases of one process. */
    static ListLink of(String process) {
        return new ListLink(Map.of("process", process));
    }

    private ListLink(Map<String, String> parameters) {
        this.parameters.putAll(parameters);
    }

    private void with(String name, @Nullable String value) {
        if (Input.orNull(value) != null) {
            parameters.put(name, value);
        }
    }

    /** Another one that says this, too. */
    ListLink and(String name, @Nullable String value) {
        var more = new ListLink(parameters);
        more.with(name, value);
        return more;
    }

    ListLink and(String name, Instant at) {
        return and(name, at.toString());
    }

    ListLink open() {
        return and("state", "open");
    }

    String cases() {
        return to("cases");
    }

    String to(String list) {
        var address = new StringBuilder(list);
        parameters.forEach((name, value) -> address.append(address.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return address.toString();
    }
}
