package io.baton.bench;

/**
 * The server that all contenders share. The harness creates and drops databases named {@code baton_bench…} on it and
 * touches no other.
 */
interface PostgresServer extends AutoCloseable {

    /** A database that can be connected to in order to create others; nothing is written to it. */
    Database maintenance();

    @Override
    void close();

    /** A server that somebody else runs: it stays as it is when the bench ends. */
    record External(Database maintenance) implements PostgresServer {
        @Override
        public void close() {}
    }
}
