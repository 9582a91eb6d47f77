package io.baton.server.channel.slack;

import io.baton.server.channel.ChatWebhook.Product;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Slack by an incoming webhook (docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). */
public final class SlackChannel {

    public static final String NAME = "slack";

    private SlackChannel() {}

    /**
     * {@code hears}: whether what people do there comes to Baton; {@code command} is the slash command by which they speak to
     * it, or null.
     */
    public static Product product(boolean hears, @Nullable String command) {
        return new Product(
                NAME,
                "Slack",
                (message, link) -> SlackMessage.of(message, link, hears, hears ? command : null),
                UnaryOperator.identity());
    }
}
