package io.baton.server.replay;

import java.io.IOException;

/** A log or mapping that cannot be read; the message is for whoever named the file and says where and why. */
public final class MalformedFile extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedFile(String message) {
        super(message);
    }
}
