package io.baton.server.channel.teams;

import io.baton.server.channel.ChatWebhook.Product;
import io.baton.server.outbound.Outbound;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Microsoft Teams by a webhook of its Workflows
 * (learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook).
 */
public final class TeamsChannel {

    public static final String NAME = "teams";

    private static final Pattern INNER_STATUS = Pattern.compile("returned HTTP error ([45]\\d\\d)");

    private TeamsChannel() {}

    /** {@code listener} is the name by which people in Teams speak to Baton; null where nothing comes from there. */
    public static Product product(@Nullable String listener) {
        return new Product(
                NAME, "Teams", (message, link) -> TeamsMessage.of(message, link, listener), TeamsChannel::unwrapped);
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
}
