package io.baton.server.replies;

import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** What a mail was understood to say. {@link Question} and {@link Message} are for a person to read; nothing is done. */
public sealed interface Reply {

    record Approve() implements Reply {}

    /** {@code reason} is empty where none was given. */
    record Reject(String reason) implements Reply {}

    record Accept() implements Reply {}

    record Decline(String reason) implements Reply {}

    /** "I'll have it Thursday." Without a time it is any time that day. */
    record Promise(LocalDate day, @Nullable LocalTime time) implements Reply {}

    /** "Can we do Thursday instead?" {@code reason} may be empty. */
    record Propose(LocalDate day, @Nullable LocalTime time, String reason) implements Reply {}

    record Stuck(String reason) implements Reply {}

    record Pass(String address, String reason) implements Reply {}

    record SendBack(String missing) implements Reply {}

    record Undo() implements Reply {}

    /**
     * What answers the one question of a form: a number or text as it was written, a day by ISO 8601, or the label that was
     * chosen. Not {@code sure}: it may be something else, and its author has to confirm it.
     */
    record Answer(String value, boolean sure) implements Reply {}

    record Question(String text) implements Reply {}

    record Message(String text) implements Reply {}

    /** An absence notice or another automatic answer; {@code back} is the day from which somebody is there again, if said. */
    record Automatic(@Nullable LocalDate back) implements Reply {}

    /** A report that a mail of ours was not delivered; not {@code lasting} where the other side still tries. {@code returned} is the Message-ID of ours. */
    record Bounce(boolean lasting, String reason, String returned) implements Reply {}

    /** What it asks for, or null where nothing is to be done. */
    default @Nullable Act act() {
        return switch (this) {
            case Approve _ -> Act.APPROVE;
            case Reject _ -> Act.REJECT;
            case Accept _ -> Act.ACCEPT;
            case Decline _ -> Act.DECLINE;
            case Promise _ -> Act.PROMISE;
            case Propose _ -> Act.PROPOSE;
            case Stuck _ -> Act.STUCK;
            case Pass _ -> Act.PASS;
            case SendBack _ -> Act.SEND_BACK;
            case Undo _ -> Act.UNDO;
            case Answer(var _, var sure) -> sure ? Act.ANSWER : null;
            case Question _, Message _, Automatic _, Bounce _ -> null;
        };
    }
}
