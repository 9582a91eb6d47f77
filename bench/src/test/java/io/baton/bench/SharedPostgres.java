package io.baton.bench;

import java.io.IOException;
import java.io.UncheckedIOException;

/** One PostgreSQL for all tests of this JVM; it stops when the JVM does. */
final class SharedPostgres {
    private static final TemporaryPostgres SERVER = start();

    private SharedPostgres() {}

    /** Closing this leaves the server running. */
    static PostgresServer server() {
        return new PostgresServer.External(SERVER.maintenance());
    }

    private static TemporaryPostgres start() {
        try {
            return TemporaryPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
