package io.baton.server.channel.sms;

import io.baton.server.channel.Callbacks;
import io.baton.server.channel.Heard;
import io.baton.server.channel.Signatures;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Texts that come back by the provider, as JSON or a form. Only STOP and START are heard, alone in a text and in the shipped
 * languages; hearing them twice does no harm.
 */
public final class SmsListener {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** The words of the CTIA's guidelines, and what they are elsewhere. */
    private static final Set<String> STOP = Set.of(
            "stop",
            "stopall",
            "stop all",
            "unsubscribe",
            "cancel",
            "end",
            "quit",
            "revoke",
            "optout",
            "opt out",
            "stopp",
            "abmelden",
            "abbestellen",
            "arret",
            "arrêt",
            "arrêter",
            "désabonner",
            "baja",
            "parar",
            "alto");

    private static final Set<String> START = Set.of("start", "unstop", "anmelden", "alta", "reprendre");

    private final String secret;
    private final String from;
    private final String text;
    private final Callbacks callbacks;

    /** {@code from} and {@code text} are the names of the provider's fields. */
    public SmsListener(String secret, String from, String text, Callbacks callbacks) {
        this.secret = secret;
        this.from = from;
        this.text = text;
        this.callbacks = callbacks;
    }

    /** The secret comes as the password of {@code Basic}, or as {@code Bearer}. */
    public Heard hear(@Nullable String authorization, byte[] body) {
        if (!knowsSecret(authorization == null ? "" : authorization)) {
            return new Heard.Forged();
        }
        var fields = fields(new String(body, StandardCharsets.UTF_8).strip());
        var number = fields.get(from);
        var said = fields.get(text);
        if (number == null || said == null) {
            return new Heard.NotUnderstood("the fields " + from + " and " + text + " are expected");
        }
        var word = said.strip().replaceAll("[.!]+$", "").toLowerCase(Locale.ROOT);
        if (STOP.contains(word) || START.contains(word)) {
            callbacks.stop(SmsChannel.NAME, number.strip(), STOP.contains(word));
        }
        return new Heard.Answered("");
    }

    private boolean knowsSecret(String authorization) {
        var given = "";
        if (authorization.startsWith("Bearer ")) {
            given = authorization.substring("Bearer ".length());
        } else if (authorization.startsWith("Basic ")) {
            try {
                var pair = Base64.getDecoder()
                        .decode(authorization.substring("Basic ".length()).strip());
                given = new String(pair, StandardCharsets.UTF_8).replaceFirst("^[^:]*:", "");
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
        return Signatures.same(secret.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> fields(String body) {
        var fields = new LinkedHashMap<String, String>();
        try {
            if (body.startsWith("{")) {
                JSON.readTree(body).forEachEntry((name, value) -> fields.put(name, value.asString("")));
                return fields;
            }
            for (var pair : body.split("&")) {
                int is = pair.indexOf('=');
                if (is > 0) {
                    fields.put(decoded(pair.substring(0, is)), decoded(pair.substring(is + 1)));
                }
            }
            return fields;
        } catch (JacksonException | IllegalArgumentException e) {
            return Map.of();
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
