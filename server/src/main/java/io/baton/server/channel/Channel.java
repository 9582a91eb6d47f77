package io.baton.server.channel;

import io.baton.server.answers.Answerable;
import io.baton.server.directory.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A way to reach people. To add one: a folder with a class like this, and a line in {@link Channels}. */
public interface Channel {

    /** In settings, tables and addresses: {@code mail}, {@code slack}, {@code teams}, {@code sms}. */
    String name();

    /** As people name it in their preferences: {@code mail}, {@code chat}, {@code sms}. */
    default String preference() {
        return name();
    }

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
     * asked for when the message leaves, and what is kept of the message does not have it. {@code offered} is whether the
     * person may accept or decline the step, {@code answerable} what they could best answer in a word. {@code forgetAt} is when nothing of the message may lie here any more, for one that
     * holds a code; null for others. {@code unsubscribe} makes a new link by which they want no more of its kind, where it is of a
     * kind that need not be wanted.
     */
    record Message(
            MessageId id,
            int step,
            String address,
            Person to,
            Letter letter,
            Supplier<String> link,
            boolean offered,
            Supplier<Answerable> answerable,
            @Nullable Instant forgetAt,
            @Nullable Supplier<String> unsubscribe) {}

    /** What the other side said. */
    sealed interface Sent {
        record Accepted() implements Sent {}

        /** Not now. */
        record Later(String reason) implements Sent {}

        /** Never, whenever it is tried. */
        record Never(String reason) implements Sent {}

        /** The other side is not there, so nothing else need be tried now. */
        record Down(String reason, Duration away) implements Sent {

            /** Nothing is said about when it is there again. */
            public Down(String reason) {
                this(reason, AWAY);
            }
        }

        /** After a channel was found away it is left alone for so long, unless the other side says how long. */
        Duration AWAY = Duration.ofMinutes(1);

        /** Who says more than that is asked again after it. */
        Duration AWAY_MAX = Duration.ofHours(1);
    }
}
