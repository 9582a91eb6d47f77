package io.baton.server.channel;

import io.baton.server.directory.Person;
import java.util.Optional;
import java.util.function.Supplier;

/** A way to reach people. To add one: a folder with a class like this, and a line in {@link Channels}. */
public interface Channel {

    /** As people name it in their preferences: {@code mail}, {@code chat}, {@code sms}. */
    String name();

    /** Where it reaches the person; empty where it does not. */
    Optional<String> address(Person person);

    /** For some messages in a row, by one thread. What it opens it opens when the first is sent. */
    Line open();

    interface Line extends AutoCloseable {

        Sent send(Message message);

        @Override
        void close();
    }

    /**
     * {@code id} is the same whenever the same is sent again; {@code step} 0 is the whole case. {@code link} makes a new link with a secret of its own: it is
     * asked for when the message leaves, and what is kept of the message does not have it.
     */
    record Message(MessageId id, int step, String address, Person to, Letter letter, Supplier<String> link) {}

    /** What the other side said. */
    sealed interface Sent {
        record Accepted() implements Sent {}

        /** Not now. */
        record Later(String reason) implements Sent {}

        /** Never, whenever it is tried. */
        record Never(String reason) implements Sent {}

        /** The other side is not there, so nothing else need be tried now. */
        record Down(String reason) implements Sent {}
    }
}
