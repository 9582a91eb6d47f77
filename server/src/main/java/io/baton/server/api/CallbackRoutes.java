package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.channel.Heard;
import io.baton.server.channel.slack.SlackListener;
import io.baton.server.web.ProblemException;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * What Slack, Microsoft Teams and a provider of text messages send to Baton. Each proves by a secret that it is them; the
 * body is read as bytes, for signatures are over them.
 */
@Hidden
@RestController
final class CallbackRoutes {

    private static final int BODY_BYTES_MAX = 256 * 1024;

    private final Node node;

    CallbackRoutes(Node node) {
        this.node = node;
    }

    @PostMapping("/callbacks/slack")
    ResponseEntity<Map<String, Object>> slack(
            @RequestHeader(name = "X-Slack-Request-Timestamp", required = false) Optional<String> timestamp,
            @RequestHeader(name = "X-Slack-Signature", required = false) Optional<String> signature,
            HttpServletRequest request)
            throws IOException {
        var body = body(request);
        var text = text(
                node.listeners().slack(),
                listener -> listener.hear(timestamp.orElse(null), signature.orElse(null), body));
        return text.isEmpty() ? ResponseEntity.ok().build() : ResponseEntity.ok(SlackListener.body(text));
    }

    @PostMapping("/callbacks/teams")
    Map<String, String> teams(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) Optional<String> authorization,
            HttpServletRequest request)
            throws IOException {
        var body = body(request);
        var text = text(node.listeners().teams(), listener -> listener.hear(authorization.orElse(null), body));
        return Map.of("type", "message", "textFormat", "plain", "text", text);
    }

    @PostMapping("/callbacks/sms")
    ResponseEntity<Void> sms(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) Optional<String> authorization,
            HttpServletRequest request)
            throws IOException {
        var body = body(request);
        var _ = text(node.listeners().sms(), listener -> listener.hear(authorization.orElse(null), body));
        return ResponseEntity.ok().build();
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        var body = request.getInputStream().readNBytes(BODY_BYTES_MAX + 1);
        if (body.length > BODY_BYTES_MAX) {
            throw ProblemException.of(
                    HttpStatus.CONTENT_TOO_LARGE, "TooLarge", "A callback has at most " + BODY_BYTES_MAX + " bytes.");
        }
        return body;
    }

    private static <T> String text(Optional<T> listener, Function<T, Heard> hear) {
        var heard = listener.map(hear)
                .orElseThrow(() -> ProblemException.notFound("ChannelOff", "Baton does not listen to that here."));
        return switch (heard) {
            case Heard.Answered(var text) -> text;
            case Heard.Forged _ ->
                throw ProblemException.of(
                        HttpStatus.UNAUTHORIZED,
                        "WrongSignature",
                        "This is not signed with the secret of the channel.");
            case Heard.NotTimely _ ->
                throw ProblemException.of(
                        HttpStatus.UNAUTHORIZED, "NotTimely", "This was made more than five minutes ago, or ahead.");
            case Heard.Twice _ ->
                throw ProblemException.of(HttpStatus.CONFLICT, "HeardBefore", "This very request was heard before.");
            case Heard.NotUnderstood(var why) ->
                throw ProblemException.of(HttpStatus.BAD_REQUEST, "NotUnderstood", "Not understood: " + why + ".");
        };
    }
}
