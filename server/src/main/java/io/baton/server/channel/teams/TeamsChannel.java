package io.baton.server.channel.teams;

import io.baton.server.channel.Channel;
import io.baton.server.channel.Posted;
import io.baton.server.directory.Addresses;
import io.baton.server.directory.Person;
import io.baton.server.outbound.Outbound;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Microsoft Teams by a webhook of its Workflows
 * (learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook). It posts to one place
 * that several may read, so it names whom it is for, and only members are told anything there.
 */
public final class TeamsChannel implements Channel {

    public static final String NAME = "teams";

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Pattern INNER_STATUS = Pattern.compile("returned HTTP error ([45]\\d\\d)");

    private final URI webhook;
    private final @Nullable String listener;
    private final Outbound outbound;
    private final Addresses addresses;
    private final Clock clock;

    /** {@code listener} is the name by which people in Teams speak to Baton; null where nothing comes from there. */
    public TeamsChannel(URI webhook, @Nullable String listener, Outbound outbound, Addresses addresses, Clock clock) {
        this.webhook = webhook;
        this.listener = listener;
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

    /** Connectors answer 200 and say in the body that Teams itself answered something else. */
    private static Outbound.Result unwrapped(Outbound.Result result) {
        if (result instanceof Outbound.Result.Answered answer && answer.status() == 200) {
            var inner = INNER_STATUS.matcher(answer.body());
            if (inner.find()) {
                return new Outbound.Result.Answered(Integer.parseInt(inner.group(1)), answer.headers(), answer.body());
            }
        }
        return result;
    }

    @Override
    public Line open() {
        return new Line() {
            @Override
            public Sent send(Message message) {
                var body = JSON.writeValueAsString(
                        TeamsMessage.of(message, message.link().get(), listener));
                var call = new Outbound.Call("POST", webhook, Map.of("Content-Type", "application/json"), body);
                return Posted.sent(unwrapped(outbound.send(call)), "Teams", clock);
            }

            @Override
            public void close() {}
        };
    }
}
