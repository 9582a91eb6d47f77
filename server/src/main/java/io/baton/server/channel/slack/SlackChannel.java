package io.baton.server.channel.slack;

import io.baton.server.channel.Channel;
import io.baton.server.channel.Posted;
import io.baton.server.directory.Addresses;
import io.baton.server.directory.Person;
import io.baton.server.outbound.Outbound;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Slack by an incoming webhook (docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). It posts to one place
 * that several may read, so it names whom it is for, and only members are told anything there.
 */
public final class SlackChannel implements Channel {

    public static final String NAME = "slack";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI webhook;
    private final boolean hears;
    private final Outbound outbound;
    private final Addresses addresses;
    private final Clock clock;

    /** {@code hears}: whether what people press there comes to Baton. */
    public SlackChannel(URI webhook, boolean hears, Outbound outbound, Addresses addresses, Clock clock) {
        this.webhook = webhook;
        this.hears = hears;
        this.outbound = outbound;
        this.addresses = addresses;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String preference() {
        return "chat";
    }

    @Override
    public Optional<String> address(Person person) {
        return person.kind() == Person.Kind.MEMBER ? addresses.of(person.id(), NAME) : Optional.empty();
    }

    @Override
    public Line open() {
        return new Line() {
            @Override
            public Sent send(Message message) {
                var body = JSON.writeValueAsString(
                        SlackMessage.of(message, message.link().get(), hears));
                var call = new Outbound.Call(
                        "POST", webhook, Map.of("Content-Type", "application/json; charset=utf-8"), body);
                return Posted.sent(outbound.send(call), "Slack", clock);
            }

            @Override
            public void close() {}
        };
    }
}
