package io.baton.server.play;

/** A play has reached a limit of what one may cost. The message goes on after "The play ends here: ". */
public final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Exhausted(String message) {
        super(message, null, false, false);
    }
}
