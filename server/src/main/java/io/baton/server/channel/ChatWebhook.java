package io.baton.server.channel;

import io.baton.server.directory.Addresses;
import io.baton.server.directory.Person;
import io.baton.server.outbound.Outbound;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/**
 * A chat product by an incoming webhook. It posts to one place that several may read, so it names whom it is for, and only
 * members are told anything there.
 */
public final class ChatWebhook implements Channel {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Product product;
    private final URI webhook;
    private final Outbound outbound;
    private final Addresses addresses;
    private final Clock clock;

    public ChatWebhook(Product product, URI webhook, Outbound outbound, Addresses addresses, Clock clock) {
        this.product = product;
        this.webhook = webhook;
        this.outbound = outbound;
        this.addresses = addresses;
        this.clock = clock;
    }

    /** {@code title} is for reasons that people read; {@code heard} what the answer to a post means. */
    public record Product(String name, String title, Shape shape, UnaryOperator<Outbound.Result> heard) {}

    /** A message as the product wants it, in JSON. */
    public interface Shape {
        Map<String, Object> of(Message message, String link);
    }

    @Override
    public String name() {
        return product.name();
    }

    @Override
    public String preference() {
        return "chat";
    }

    @Override
    public Optional<String> address(Person person) {
        return person.kind() == Person.Kind.MEMBER ? addresses.of(person.id(), product.name()) : Optional.empty();
    }

    @Override
    public Line open() {
        return new Line() {
            @Override
            public Sent send(Message message) {
                var body = JSON.writeValueAsString(
                        product.shape().of(message, message.link().get()));
                var call = new Outbound.Call(
                        "POST", webhook, Map.of("Content-Type", "application/json; charset=utf-8"), body);
                return Posted.sent(product.heard().apply(outbound.send(call)), product.title(), clock);
            }

            @Override
            public void close() {}
        };
    }
}
