package io.baton.engine;

/**
 * Somebody has to be told something about a step, or about the case as a whole (step 0). {@code to} is a person's id;
 * empty where the step itself names whom it writes to ({@link Reason#MAIL}).
 */
public record Notice(Reason reason, int step, String to) {

    /** The type of the jobs by which a process writes to somebody itself. */
    public static final String MAIL_JOB = "mail";

    /** The order is part of the store's encoding: add at the end. */
    public enum Reason {
        REMINDER,
        ESCALATION,
        /** Asked to take the step. */
        OFFERED,
        /** The step came back, since something was missing. */
        SENT_BACK,
        /** Has the step without having been asked. */
        GIVEN,
        /** Was asked for the step, or had it; now it is another's, or over. */
        NO_LONGER_NEEDED,
        DUE_CHANGED,
        /** Whoever promised a date has named another one. */
        PROMISE_CHANGED,
        /** Another date is proposed to the owner. */
        DATE_PROPOSED,
        PROPOSAL_AGREED,
        PROPOSAL_DECLINED,
        INCIDENT,
        OWNERSHIP_OFFERED,
        OWNERSHIP_DECLINED,
        /** The case has another owner: told to both. */
        OWNER_CHANGED,
        /** The process writes to somebody: the step's variables say to whom and what. */
        MAIL,
        /** Something was said about the case: a question to them, or shared with them. */
        COMMENT,
        /** A time is booked, or another one than before: told to both sides. */
        APPOINTMENT,
        APPOINTMENT_OFF;

        /** Whether it puts work before somebody. */
        public boolean asks() {
            return this == OFFERED || this == SENT_BACK || this == GIVEN;
        }

        /** Whether who did it themselves is told as well: it is theirs to keep. */
        public boolean confirms() {
            return this == APPOINTMENT || this == APPOINTMENT_OFF;
        }
    }
}
