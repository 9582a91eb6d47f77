package io.baton.server.channel.teams;

import io.baton.server.channel.Channel.Message;
import io.baton.server.channel.ChatActs;
import io.baton.server.channel.Letter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A letter as an Adaptive Card (adaptivecards.io, version 1.4, which Teams shows). Cards that come by a webhook can open a
 * link and nothing else, so a card says what to write instead. Text in a card is Markdown: what people wrote is escaped.
 */
final class TeamsMessage {

    private static final int TEXT_CHARACTERS_MAX = 10_000;
    private static final Pattern MARKDOWN = Pattern.compile("([\\\\`*_\\[\\](){}#+!|<>~-])");

    private TeamsMessage() {}

    static Map<String, Object> of(Message message, String link, @Nullable String listener) {
        var letter = message.letter();
        var body = new ArrayList<Map<String, Object>>();
        body.add(Map.of(
                "type",
                "TextBlock",
                "size",
                "Large",
                "weight",
                "Bolder",
                "wrap",
                true,
                "text",
                plain(letter.subject())));
        body.add(text("<at>" + name(message) + "</at>"));
        letter.paragraphs().forEach(paragraph -> body.add(text(plain(paragraph))));
        letter.items().forEach(item -> body.add(text("- " + plain(item.title() + ", " + item.detail()))));
        if (!letter.facts().isEmpty()) {
            body.add(Map.of(
                    "type",
                    "FactSet",
                    "facts",
                    letter.facts().stream()
                            .map(fact -> Map.of("title", plain(fact.name()), "value", plain(fact.value())))
                            .toList()));
        }
        if (listener != null) {
            ChatActs.hint(message, "@" + listener).ifPresent(hint -> body.add(text(plain(hint))));
        }
        return post(card(message, body, link));
    }

    private static Map<String, Object> card(Message message, List<Map<String, Object>> body, String link) {
        var letter = message.letter();
        var card = new LinkedHashMap<String, Object>();
        card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        card.put("type", "AdaptiveCard");
        card.put("version", "1.4");
        card.put("lang", letter.words().language());
        card.put("body", body);
        card.put("actions", List.of(Map.of("type", "Action.OpenUrl", "title", button(letter), "url", link)));
        card.put(
                "msteams",
                Map.of(
                        "entities",
                        List.of(Map.of(
                                "type",
                                "mention",
                                "text",
                                "<at>" + name(message) + "</at>",
                                "mentioned",
                                Map.of("id", message.address(), "name", name(message))))));
        return card;
    }

    private static String button(Letter letter) {
        return letter.button() == null ? letter.words().say("button.member") : String.valueOf(letter.button());
    }

    private static Map<String, Object> post(Map<String, Object> card) {
        return Map.of(
                "type",
                "message",
                "attachments",
                List.of(Map.of("contentType", "application/vnd.microsoft.card.adaptive", "content", card)));
    }

    /** Letters, figures and blanks only: it stands between tags. */
    private static String name(Message message) {
        var name = message.to().name().replaceAll("[^\\p{L}\\p{N} .'-]+", " ").strip();
        return name.isEmpty() ? message.to().id() : name;
    }

    private static Map<String, Object> text(String text) {
        return Map.of("type", "TextBlock", "wrap", true, "text", text);
    }

    private static String plain(String text) {
        var cut = text.length() <= TEXT_CHARACTERS_MAX ? text : text.substring(0, TEXT_CHARACTERS_MAX) + "…";
        return MARKDOWN.matcher(cut).replaceAll("\\\\$1");
    }
}
