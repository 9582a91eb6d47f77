package io.baton.server.channel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A channel as an administrator sees it, whether it is set up or not. Nothing here is a secret.
 *
 * @param channel null where the settings do not ask for it
 * @param where the host that carries it; null where none does
 * @param hears whether what people do there comes to Baton; null where nothing could
 * @param settings the names of its settings, the first of which it cannot do without
 */
public record Way(
        String name,
        String preference,
        @Nullable Channel channel,
        @Nullable String where,
        @Nullable Boolean hears,
        List<String> settings) {

    public Way {
        settings = List.copyOf(settings);
    }
}
