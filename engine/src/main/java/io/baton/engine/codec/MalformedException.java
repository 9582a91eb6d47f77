package io.baton.engine.codec;

/** Bytes that no encoder wrote: the store is damaged, or newer than this program. */
public final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedException(String message) {
        super(message);
    }
}
