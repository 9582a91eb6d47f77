package io.baton.server.channel;

import io.baton.server.channel.Letters.Told;
import java.time.Instant;
import java.util.List;

/** Reminders gathered into one message a day. */
final class Digests {

    boolean takes(Told told, Instant now) {
        return false;
    }

    int send(List<String> recipients) {
        return 0;
    }
}
