package io.baton.server.mailbox;

import org.jspecify.annotations.Nullable;

/**
 * What became of a mail. {@code act} is the name of what was done, {@code seq} its place in the case's journal; {@code
 * sender} is whom an answer went to, if one is {@code answered}.
 */
record Outcome(
        Kind kind,
        @Nullable String person,
        long caseId,
        int step,
        @Nullable String act,
        int seq,
        @Nullable String sender,
        boolean answered) {

    /** {@code number} stands in the column {@code mail_seen.outcome}. */
    enum Kind {
        ACT(1),
        COMMENT(2),
        STARTED(3),
        AUTOMATIC(4),
        BOUNCE(5),
        NOT_VERIFIED(6),
        KEPT(7),
        NOT_STARTED(8);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    static Outcome of(Kind kind) {
        return new Outcome(kind, null, 0, 0, null, 0, null, false);
    }

    Outcome from(String address, boolean wasAnswered) {
        return new Outcome(kind, person, caseId, step, act, seq, address, wasAnswered);
    }
}
