package io.baton.server.channel.teams;

import io.baton.server.channel.Callbacks;
import io.baton.server.channel.ChatActs;
import io.baton.server.channel.Heard;
import io.baton.server.channel.Signatures;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What people in Teams say to Baton, by an outgoing webhook
 * (learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-outgoing-webhook): an activity of the Bot
 * Framework, signed with HMAC-SHA256 over its bytes. The signature covers no time of its own, so the activity's is looked at,
 * and its id is heard once. The answer is the answer to the request.
 */
public final class TeamsListener {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final byte[] secret;
    private final String listener;
    private final Callbacks callbacks;
    private final ChatActs acts;

    /** {@code secret} as Teams shows it, in Base64; {@code name} is what the webhook is called there. */
    public TeamsListener(String secret, String name, Callbacks callbacks, ChatActs acts) {
        try {
            this.secret = Base64.getDecoder().decode(secret);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "BATON_TEAMS_SECRET must be the security token as Teams shows it (Base64)");
        }
        this.listener = "@" + name;
        this.callbacks = callbacks;
        this.acts = acts;
    }

    public Heard hear(@Nullable String authorization, byte[] body) {
        var expected = "HMAC " + Base64.getEncoder().encodeToString(Signatures.sign(secret, body));
        if (authorization == null
                || !Signatures.same(
                        expected.getBytes(StandardCharsets.UTF_8), authorization.getBytes(StandardCharsets.UTF_8))) {
            return new Heard.Forged();
        }
        var activity = activity(body);
        var made = activity == null ? null : time(activity.path("timestamp").asString(""));
        if (activity == null
                || made == null
                || !activity.path("type").asString("").equals("message")) {
            return new Heard.NotUnderstood("an activity of the type message with a timestamp is expected");
        }
        if (!callbacks.isTimely(made)) {
            return new Heard.NotTimely();
        }
        return callbacks.isFirst(TeamsChannel.NAME, authorization) ? hear(activity) : new Heard.Twice();
    }

    private static @Nullable JsonNode activity(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static @Nullable Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private Heard hear(JsonNode activity) {
        var user = activity.path("from").path("aadObjectId").asString("").toLowerCase(Locale.ROOT);
        return new Heard.Answered(callbacks
                .person(TeamsChannel.NAME, user)
                .map(person -> acts.hear(person, said(activity.path("text").asString("")), listener))
                .orElseGet(() -> callbacks.unknown(user)));
    }

    /** The text is HTML, with the name of who is spoken to in {@code <at>}. */
    private static String said(String html) {
        var page = Jsoup.parse(html);
        page.select("at").remove();
        return page.text().replace('\u00a0', ' ').strip();
    }
}
