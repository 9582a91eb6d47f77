package io.baton.server.room;

/** A file that Baton does not take, or an act on one that may not be: an answer, not a fault. */
public final class FileRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public enum Reason {
        NO_SUCH_CASE,
        NO_SUCH_UPLOAD,
        /** The bytes do not go on where the ones before ended, or somebody else sends them at the same time. */
        WRONG_OFFSET,
        TOO_LARGE,
        TOO_MANY,
        EMPTY,
        TYPE_NOT_ALLOWED,
        INFECTED,
        NOT_SCANNED,
        /** The case does not take it any more. */
        REFUSED
    }

    private final Reason reason;

    FileRefused(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** One sentence for whoever sent the file. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
