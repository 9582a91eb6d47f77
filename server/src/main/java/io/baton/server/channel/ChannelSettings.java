package io.baton.server.channel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How people are reached, from the environment: secrets stand there and in no table. Empty means that there is no such
 * channel; without a mail server, mails go to the outbox page.
 */
public record ChannelSettings(Map<String, String> values) {

    public static final ChannelSettings NONE = new ChannelSettings(Map.of());

    private static final Set<String> PREFERENCES = Set.of("mail", "chat", "sms");

    public ChannelSettings {
        values = Map.copyOf(values);
    }

    /** Of an environment, what begins with {@code BATON_}. */
    public static ChannelSettings of(Map<String, String> environment) {
        var ours = new LinkedHashMap<String, String>();
        environment.forEach((name, value) -> {
            if (name.startsWith("BATON_") && !value.isBlank()) {
                ours.put(name, value.strip());
            }
        });
        return new ChannelSettings(ours);
    }

    public @Nullable String get(String name) {
        return values.get(name);
    }

    public String get(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /** {@code BATON_CHANNELS}: how people are reached who do not say how they like it, the first that knows them. */
    public List<String> channels() {
        var words =
                List.of(get("BATON_CHANNELS", "mail").toLowerCase(Locale.ROOT).split("\\s*,\\s*"));
        if (!PREFERENCES.containsAll(words)) {
            throw new IllegalArgumentException(
                    "BATON_CHANNELS must name mail, chat and sms in an order, like chat,mail");
        }
        return words;
    }

    /** A whole number within limits. */
    public int number(String name, int otherwise, int min, int max) {
        var text = get(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
            throw new IllegalArgumentException(name + " must be a whole number from " + min + " to " + max);
        }
        return Integer.parseInt(text);
    }

    /** Whether the reply to a message comes to Baton. */
    public boolean canReply() {
        return get("BATON_MAIL_REPLY_DOMAIN") != null;
    }

    /** Where people find the web app, without a slash at the end; null where it is not said. */
    public @Nullable String url() {
        var url = get("BATON_URL");
        return url == null ? null : url.replaceAll("/+$", "");
    }
}
