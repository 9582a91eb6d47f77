package io.baton.server.channel.slack;

import io.baton.server.channel.Callbacks;
import io.baton.server.channel.ChatActs;
import io.baton.server.channel.Heard;
import io.baton.server.channel.Signatures;
import io.baton.server.directory.Person;
import io.baton.server.outbound.Outbound;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What people do in Slack. The request is signed ("v0",
 * docs.slack.dev/authentication/verifying-requests-from-slack) over its time and its very bytes. It is either a press: its
 * {@code payload} is a {@code block_actions} (docs.slack.dev/reference/interaction-payloads/block_actions-payload), answered
 * at the {@code response_url} in it, for Slack shows nothing of the HTTP answer; or a line behind a slash command
 * (docs.slack.dev/interactivity/implementing-slash-commands), whose answer is the HTTP answer.
 */
public final class SlackListener {

    /** Where answers go by default. */
    public static final String SLACK = "hooks.slack.com";

    private static final Logger LOG = LoggerFactory.getLogger(SlackListener.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Answers on their way at once; one more is not given, and Slack's user looks into Baton. */
    private static final int ANSWERS_MAX = 16;

    private static final int FIELDS_MAX = 50;

    private final byte[] secret;
    private final Callbacks callbacks;
    private final ChatActs acts;
    private final Outbound outbound;
    private final String answersAt;
    private final Semaphore answers = new Semaphore(ANSWERS_MAX);

    /** {@code answersAt} is the only host to which answers go: {@code hooks.slack.com}. */
    public SlackListener(String secret, Callbacks callbacks, ChatActs acts, Outbound outbound, String answersAt) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.callbacks = callbacks;
        this.acts = acts;
        this.outbound = outbound;
        this.answersAt = answersAt;
    }

    public Heard hear(@Nullable String timestamp, @Nullable String signature, byte[] body) {
        if (timestamp == null || signature == null || !timestamp.matches("\\d{1,12}")) {
            return new Heard.Forged();
        }
        var start = ("v0:" + timestamp + ":").getBytes(StandardCharsets.UTF_8);
        var expected = "v0=" + HexFormat.of().formatHex(Signatures.sign(secret, start, body));
        if (!Signatures.same(expected.getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8))) {
            return new Heard.Forged();
        }
        if (!callbacks.isTimely(Instant.ofEpochSecond(Long.parseLong(timestamp)))) {
            return new Heard.NotTimely();
        }
        return callbacks.isFirst(SlackChannel.NAME, signature) ? hear(body) : new Heard.Twice();
    }

    private Heard hear(byte[] body) {
        var form = form(new String(body, StandardCharsets.UTF_8));
        var command = form.get("command");
        return command == null ? pressed(payload(form.get("payload"))) : new Heard.Answered(said(form, command));
    }

    private String said(Map<String, String> form, String command) {
        var user = form.getOrDefault("user_id", "");
        return callbacks
                .person(SlackChannel.NAME, user)
                .map(person -> acts.hear(person, unescaped(form.getOrDefault("text", "")), command))
                .orElseGet(() -> callbacks.unknown(user));
    }

    private Heard pressed(@Nullable JsonNode payload) {
        if (payload == null
                || !payload.path("type").asString("").equals("block_actions")
                || !payload.path("actions").isArray()
                || payload.path("actions").isEmpty()) {
            return new Heard.NotUnderstood("a slash command, or a payload of the type block_actions, is expected");
        }
        var user = payload.path("user").path("id").asString("");
        var action = payload.path("actions").get(0);
        var text = callbacks
                .person(SlackChannel.NAME, user)
                .map(person -> act(person, action, payload))
                .orElseGet(() -> Optional.of(callbacks.unknown(user)));
        text.ifPresent(said -> answer(payload.path("response_url").asString(""), said));
        return new Heard.Answered("");
    }

    /** By name; what is no form has nothing in it. */
    private static Map<String, String> form(String body) {
        var form = new LinkedHashMap<String, String>();
        try {
            for (var pair : body.split("&", FIELDS_MAX)) {
                int is = pair.indexOf('=');
                if (is > 0) {
                    form.put(
                            URLDecoder.decode(pair.substring(0, is), StandardCharsets.UTF_8),
                            URLDecoder.decode(pair.substring(is + 1), StandardCharsets.UTF_8));
                }
            }
            return form;
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }

    private static @Nullable JsonNode payload(@Nullable String text) {
        try {
            return text == null ? null : JSON.readTree(text);
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Empty for a button that only opens a page, which Slack tells as well. */
    private Optional<String> act(Person person, JsonNode action, JsonNode payload) {
        var step = action.path("value").asString("");
        return switch (action.path("action_id").asString("")) {
            case SlackMessage.ACCEPT -> Optional.of(acts.accept(person, step));
            case SlackMessage.DECLINE -> Optional.of(acts.decline(person, step, reason(payload)));
            default -> Optional.empty();
        };
    }

    private static String reason(JsonNode payload) {
        return payload.path("state")
                .path("values")
                .path(SlackMessage.REASON_BLOCK)
                .path(SlackMessage.REASON)
                .path("value")
                .asString("");
    }

    /** Aside, for Slack wants its answer within 3 s. It is seen by the one who pressed only. */
    private void answer(String url, String text) {
        URI to;
        try {
            to = URI.create(url);
        } catch (IllegalArgumentException e) {
            return;
        }
        boolean isSlack =
                answersAt.equals(to.getHost()) && (!answersAt.equals(SLACK) || "https".equals(to.getScheme()));
        if (!isSlack || !answers.tryAcquire()) {
            LOG.warn("An answer to somebody in Slack was not given: its address is not Slack's, or there are too many");
            return;
        }
        var body = JSON.writeValueAsString(SlackMessage.answer(text));
        Thread.ofVirtual().name("slack-answer").start(() -> {
            try {
                var call = new Outbound.Call("POST", to, Map.of("Content-Type", "application/json"), body);
                if (!(outbound.send(call) instanceof Outbound.Result.Answered answered) || answered.status() >= 300) {
                    LOG.warn("An answer to somebody in Slack was not taken; they see in Baton what became of it");
                }
            } finally {
                answers.release();
            }
        });
    }

    /** The body of an HTTP answer. */
    public static Map<String, Object> body(String text) {
        return SlackMessage.answer(text);
    }

    /** What Slack escapes in what people type. */
    private static String unescaped(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }
}
