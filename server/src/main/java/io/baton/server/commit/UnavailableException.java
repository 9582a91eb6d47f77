package io.baton.server.commit;

/**
 * The world is broken, not the command: no database, a full disk, a full queue. Trying again later may help. The message is
 * told to the caller, so it names no host and no data; the cause is only logged.
 */
public final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnavailableException(String message) {
        super(message);
    }

    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
