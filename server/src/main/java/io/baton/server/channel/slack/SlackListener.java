package io.baton.server.channel.slack;

import io.baton.server.channel.Callbacks;
import io.baton.server.channel.Heard;
import io.baton.server.channel.Signatures;
import io.baton.server.directory.Person;
import io.baton.server.outbound.Outbound;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
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
 * What people press in Slack. The request is signed ("v0",
 * docs.slack.dev/authentication/verifying-requests-from-slack) over its time and its very bytes; its {@code payload} is a
 * {@code block_actions} (docs.slack.dev/reference/interaction-payloads/block_actions-payload). The answer to the person goes to
 * the {@code response_url} in it, for Slack shows nothing of the HTTP answer.
 */
public final class SlackListener {

    private static final Logger LOG = LoggerFactory.getLogger(SlackListener.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Answers on their way at once; one more is not given, and Slack's user looks into Baton. */
    private static final int ANSWERS_MAX = 16;

    private final byte[] secret;
    private final Callbacks callbacks;
    private final Outbound outbound;
    private final String answersAt;
    private final Semaphore answers = new Semaphore(ANSWERS_MAX);

    /** {@code answersAt} is the only host to which answers go: {@code hooks.slack.com}. */
    public SlackListener(String secret, Callbacks callbacks, Outbound outbound, String answersAt) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.callbacks = callbacks;
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
        var payload = payload(new String(body, StandardCharsets.UTF_8));
        if (payload == null
                || !payload.path("type").asString("").equals("block_actions")
                || !payload.path("actions").isArray()
                || payload.path("actions").isEmpty()) {
            return new Heard.NotUnderstood("a payload of the type block_actions with an action is expected");
        }
        var user = payload.path("user").path("id").asString("");
        var action = payload.path("actions").get(0);
        var text = callbacks
                .person(SlackChannel.NAME, user)
                .map(person -> act(person, action, payload))
                .orElseGet(() -> Optional.of(callbacks.unknown(user)));
        text.ifPresent(said -> answer(payload.path("response_url").asString(""), said));
        return new Heard.Answered(text.orElse(""));
    }

    private static @Nullable JsonNode payload(String form) {
        try {
            return Arrays.stream(form.split("&"))
                    .filter(pair -> pair.startsWith("payload="))
                    .findFirst()
                    .map(pair -> URLDecoder.decode(pair.substring("payload=".length()), StandardCharsets.UTF_8))
                    .map(JSON::readTree)
                    .orElse(null);
        } catch (JacksonException | IllegalArgumentException e) {
            return null;
        }
    }

    /** Empty for a button that only opens a page, which Slack tells as well. */
    private Optional<String> act(Person person, JsonNode action, JsonNode payload) {
        var step = action.path("value").asString("");
        return switch (action.path("action_id").asString("")) {
            case SlackMessage.ACCEPT -> Optional.of(callbacks.accept(person, step));
            case SlackMessage.DECLINE -> Optional.of(callbacks.decline(person, step, reason(payload)));
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
        if (!answersAt.equals(to.getHost()) || !answers.tryAcquire()) {
            LOG.warn("An answer to somebody in Slack was not given: its address is not Slack's, or there are too many");
            return;
        }
        var body = JSON.writeValueAsString(
                Map.of("response_type", "ephemeral", "replace_original", false, "text", escaped(text)));
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

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
