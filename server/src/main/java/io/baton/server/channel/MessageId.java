package io.baton.server.channel;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a message, and so the delivery it carries, to the world outside. {@code mark} are the first bytes of the journal
 * entry's hash: nobody who has not seen the message can name it, and who has cannot name another.
 */
public record MessageId(long caseId, int entry, int nr, String mark) {

    private static final Pattern FORM =
            Pattern.compile("baton\\.(\\d{1,18})\\.(\\d{1,9})\\.(\\d{1,5})\\.([0-9a-f]{16})@");

    /** {@code baton.1042.17.0.0123456789abcdef}, the part of a Message-ID before the @; and an idempotency key. */
    public String text() {
        return "baton." + caseId + "." + entry + "." + nr + "." + mark;
    }

    /** From a Message-ID, wherever in the text it stands. */
    public static Optional<MessageId> in(String text) {
        var found = FORM.matcher(text);
        return found.find()
                ? Optional.of(new MessageId(
                        Long.parseLong(found.group(1)),
                        Integer.parseInt(found.group(2)),
                        Integer.parseInt(found.group(3)),
                        found.group(4)))
                : Optional.empty();
    }
}
