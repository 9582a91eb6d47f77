package io.baton.server.mailbox;

/** A mail with which nothing can be done here, whenever it is tried. */
final class Undeliverable extends RuntimeException {
    Undeliverable(String why) {
        super(why);
    }
}
