package io.baton.engine;

/** Why a command may not happen now. Part of the API: each has one HTTP status and one line in the docs. */
public enum Refusal {
    NO_SUCH_CASE,
    CASE_NOT_OPEN,
    CASE_ALREADY_STARTED,
    NO_SUCH_PROCESS,
    NO_SUCH_START,
    NO_SUCH_STEP,
    NO_SUCH_TASK,
    ALREADY_CLAIMED,
    NOT_CLAIMED,
    NOT_THE_HOLDER,
    NO_SUCH_JOB,
    NO_SUCH_TIMER,
    TIMER_NOT_DUE,
    NO_SUCH_SUBSCRIPTION,
    NO_SUCH_INCIDENT,
    TOO_LARGE,
    NOT_THE_OWNER,
    NOT_ASKED,
    NO_OFFER,
    NOBODY_TO_ASK,
    MAY_NOT_HOLD,
    NO_GIVER,
    NO_PROPOSAL,
    NOT_STUCK,
    ALREADY_PAUSED,
    NOT_PAUSED,
    IN_THE_PAST,
    TOO_MANY_HANDOFFS,
    DECIDED,
    NOT_DECIDED,
    TOO_LATE,
    NO_VOTE,
    NOT_OPENED,
    NOT_SIGNED,
    NOT_MIGRATABLE,
    /** No time that the task offers was chosen. */
    NO_SLOT,
    /** Another has it. */
    SLOT_TAKEN,
    /** The case is not, or no longer, in the version that it was to leave. */
    OTHER_VERSION
}
