package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.api.Views.Correlated;
import io.baton.server.cases.Cases;
import io.baton.server.commit.Request.Idempotency;
import io.baton.server.messages.Messages;
import io.baton.server.session.Caller;
import io.baton.server.web.ProblemException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Messages over HTTP: correlated at once, or kept for a time. */
@RestController
final class MessageRoutes {

    private static final int TIME_TO_LIVE_SECONDS_MAX = 30 * 86_400;
    private static final int TEXT_LENGTH_MAX = 255;

    private final Messages messages;
    private final Cases cases;

    MessageRoutes(Node node) {
        this.messages = node.messages();
        this.cases = node.cases();
    }

    record MessageBody(
            String name,
            @Nullable String correlationKey,
            @Nullable Map<String, @Nullable Object> variables,
            @Nullable Integer timeToLiveSeconds,
            @Nullable String messageId) {}

    @PostMapping("/api/messages")
    Correlated publish(@RequestBody MessageBody body, Caller caller, @Nullable Idempotency idempotency) {
        var input = new Input();
        var name = input.exact("name", body.name(), TEXT_LENGTH_MAX);
        var key = input.optionalExact("correlationKey", body.correlationKey(), TEXT_LENGTH_MAX);
        var message = new Messages.Message(
                name,
                key == null ? "" : key,
                input.variables(body.variables()),
                input.optionalExact("messageId", body.messageId(), TEXT_LENGTH_MAX),
                Duration.ofSeconds(
                        input.number("timeToLiveSeconds", body.timeToLiveSeconds(), 0, TIME_TO_LIVE_SECONDS_MAX, 0)));
        input.done();
        return switch (messages.publish(message, caller.actor(), idempotency)) {
            case Messages.Outcome.Delivered(long caseId) -> new Correlated(key(caseId), false, true, false);
            case Messages.Outcome.Started(long caseId, int process) ->
                new Correlated(cases.key(caseId, process), true, false, false);
            case Messages.Outcome.Kept _ -> new Correlated(null, false, false, true);
            case Messages.Outcome.NobodyWaits _ ->
                throw ProblemException.notFound(
                        "NobodyWaits",
                        "No case waits for the message '" + name
                                + "' with this key. Give it a timeToLiveSeconds to keep" + " it until one does.");
            case Messages.Outcome.Refused refused ->
                throw new IllegalStateException("answered: " + ProblemException.done(refused.answer()));
        };
    }

    private @Nullable String key(long caseId) {
        return cases.find(caseId).map(row -> cases.key(row.id(), row.process())).orElse(null);
    }
}
