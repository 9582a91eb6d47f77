package io.baton.server.commit;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A command for one case, and who gives it. {@code at} null means now; the replay of a log gives its own times.
 * {@code key} makes giving the same command again harmless. {@code bufferedMessage}: the message of the command waits in
 * the table of messages and leaves it with this command.
 */
public record Request(
        long caseId,
        Command command,
        Actor actor,
        @Nullable Instant at,
        @Nullable Idempotency key,
        boolean bufferedMessage) {

    public static Request of(long caseId, Command command, Actor actor) {
        return new Request(caseId, command, actor, null, null, false);
    }

    /** Hashes of the caller's key and of what was asked with it. */
    public record Idempotency(UUID key, UUID fingerprint) {}
}
