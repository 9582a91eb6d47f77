package io.baton.server.replies;

/** Bytes that are no mail. */
public final class UnreadableMail extends RuntimeException {
    UnreadableMail(Throwable cause) {
        super("no mail: " + cause.getMessage(), cause);
    }
}
