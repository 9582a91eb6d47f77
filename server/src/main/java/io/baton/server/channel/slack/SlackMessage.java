package io.baton.server.channel.slack;

import io.baton.server.channel.Channel.Message;
import io.baton.server.channel.ChatActs;
import io.baton.server.channel.Letter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A letter in Slack's Block Kit (docs.slack.dev/reference/block-kit/blocks). What people wrote is plain text throughout, in
 * which nothing is a link or calls anybody; only the name of the recipient is not.
 */
final class SlackMessage {

    static final String ACCEPT = "baton_accept";
    static final String DECLINE = "baton_decline";
    static final String OPEN = "baton_open";
    static final String REASON_BLOCK = "baton_reason";
    static final String REASON = "reason";

    /** Slack's own limits. */
    private static final int HEADER_CHARACTERS_MAX = 150;

    private static final int SECTION_CHARACTERS_MAX = 3_000;
    private static final int FIELD_CHARACTERS_MAX = 2_000;
    private static final int FIELDS_MAX = 10;

    private SlackMessage() {}

    /** {@code command} is how people speak to Baton in words there, or null. */
    static Map<String, Object> of(Message message, String link, boolean hears, @Nullable String command) {
        var letter = message.letter();
        var blocks = new ArrayList<Map<String, Object>>();
        blocks.add(Map.of("type", "header", "text", plain(letter.subject(), HEADER_CHARACTERS_MAX)));
        blocks.add(Map.of("type", "section", "text", Map.of("type", "mrkdwn", "text", "<@" + message.address() + ">")));
        var text = body(letter);
        if (!text.isEmpty()) {
            blocks.add(Map.of("type", "section", "text", plain(text, SECTION_CHARACTERS_MAX)));
        }
        if (!letter.facts().isEmpty()) {
            blocks.add(Map.of(
                    "type",
                    "section",
                    "fields",
                    letter.facts().stream()
                            .limit(FIELDS_MAX)
                            .map(fact -> plain(fact.name() + ": " + fact.value(), FIELD_CHARACTERS_MAX))
                            .toList()));
        }
        boolean answerable = hears && message.offered();
        if (answerable) {
            blocks.add(reason(letter));
        }
        if (command != null) {
            ChatActs.hint(message, command)
                    .ifPresent(hint -> blocks.add(
                            Map.of("type", "context", "elements", List.of(plain(hint, FIELD_CHARACTERS_MAX)))));
        }
        blocks.add(Map.of("type", "actions", "elements", buttons(message, link, answerable)));
        var all = new LinkedHashMap<String, Object>();
        all.put("text", escaped(letter.subject()));
        all.put("blocks", blocks);
        all.put("unfurl_links", false);
        all.put("unfurl_media", false);
        return all;
    }

    private static String body(Letter letter) {
        var text = new StringBuilder(String.join("\n\n", letter.paragraphs()));
        letter.items()
                .forEach(item ->
                        text.append("\n• ").append(item.title()).append(", ").append(item.detail()));
        return text.toString().strip();
    }

    private static Map<String, Object> reason(Letter letter) {
        return Map.of(
                "type",
                "input",
                "block_id",
                REASON_BLOCK,
                "optional",
                true,
                "label",
                plain(letter.words().say("chat.reason"), HEADER_CHARACTERS_MAX),
                "element",
                Map.of("type", "plain_text_input", "action_id", REASON, "max_length", 500));
    }

    private static List<Map<String, Object>> buttons(Message message, String link, boolean answerable) {
        var words = message.letter().words();
        var step = message.id().caseId() + "." + message.step();
        var buttons = new ArrayList<Map<String, Object>>();
        if (answerable) {
            buttons.add(Map.of(
                    "type",
                    "button",
                    "action_id",
                    ACCEPT,
                    "value",
                    step,
                    "style",
                    "primary",
                    "text",
                    plain(words.say("chat.accept"), 75)));
            buttons.add(Map.of(
                    "type",
                    "button",
                    "action_id",
                    DECLINE,
                    "value",
                    step,
                    "text",
                    plain(words.say("guest.button.decline"), 75)));
        }
        var label = message.letter().button() == null
                ? words.say("button.member")
                : String.valueOf(message.letter().button());
        buttons.add(Map.of("type", "button", "action_id", OPEN, "url", link, "text", plain(label, 75)));
        return buttons;
    }

    /** To one person; nothing in it is a link or calls anybody. */
    static Map<String, Object> answer(String text) {
        return Map.of("response_type", "ephemeral", "replace_original", false, "mrkdwn", false, "text", escaped(text));
    }

    private static Map<String, Object> plain(String text, int charactersMax) {
        return Map.of("type", "plain_text", "emoji", false, "text", cut(text, charactersMax));
    }

    private static String cut(String text, int charactersMax) {
        return text.length() <= charactersMax ? text : text.substring(0, charactersMax - 1) + "…";
    }

    /** docs.slack.dev/messaging/formatting-message-text#escaping */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
