package io.baton.engine;

import java.time.Duration;

/**
 * What needs a person. Some kinds stop a token until they are resolved; the others say that the work itself is in
 * trouble and close when their cause goes. The order is part of the journal's encoding: add at the end.
 */
public enum IncidentKind {
    /** A FEEL expression or DMN decision failed. */
    EXPRESSION(true, Severity.HIGH, 8, "Correct the variables, or deploy a corrected process, and try again"),
    /** A diverging gateway had no flow to take. */
    NO_FLOW(true, Severity.HIGH, 8, "Correct the variables that the conditions ask, and try again"),
    /** A job failed more often than its retries allow. */
    JOB(true, Severity.HIGH, 8, "See why the system failed, and try again"),
    /** An error was thrown that nothing catches. */
    UNCAUGHT_ERROR(true, Severity.HIGH, 8, "Remove the cause and try again, or cancel the case"),
    /** Tokens wait at a join that no other token can reach. */
    DEADLOCK(true, Severity.HIGH, 24, "Cancel the case, or correct the process"),
    /** The process went on and on without reaching anything that waits. */
    RUNAWAY(true, Severity.HIGH, 24, "Correct the variables that keep it going round, and try again"),
    /** A called process is not deployed, or calls nest too deeply. */
    CALL(true, Severity.HIGH, 8, "Deploy the called process, and try again"),
    /** The process computed more than a case may keep, or one command may write. */
    TOO_LARGE(true, Severity.HIGH, 24, "Set smaller variables, and try again"),
    /** There is nobody to whom the step can be given. */
    ORPHANED(false, Severity.HIGH, 4, "Offer the step to somebody"),
    /** An offer ran out of time. */
    NOT_ACCEPTED(false, Severity.MEDIUM, 8, "Offer the step to somebody else, or ask"),
    /** The due date of the step or the case is over. */
    OVERDUE(false, Severity.MEDIUM, 8, "Ask the holder for a date, reassign the step, or change the due date"),
    /** The holder promised a date, and it is over. */
    PROMISE_BROKEN(false, Severity.MEDIUM, 8, "Ask the holder for a new date, or reassign the step"),
    /** The holder cannot go on. */
    STUCK(false, Severity.MEDIUM, 8, "Remove the obstacle"),
    /** No progress for longer than 95 % of these steps took. */
    STALLED(false, Severity.LOW, 24, "Ask the holder how it stands"),
    /** A message to somebody did not arrive. */
    BOUNCED(false, Severity.MEDIUM, 8, "Correct the address, or reach them another way"),
    /** Two systems say different things. */
    CONFLICT(false, Severity.MEDIUM, 24, "Find out which one is right"),
    /** What is still to do usually takes longer than there is time until the case is due. */
    AT_RISK(false, Severity.MEDIUM, 8, "Speed up what is left, or agree on a later date");

    public enum Severity {
        LOW,
        MEDIUM,
        HIGH
    }

    private final boolean stopsToken;
    private final Severity severity;
    private final Duration due;
    private final String suggestion;

    IncidentKind(boolean stopsToken, Severity severity, int hours, String suggestion) {
        this.stopsToken = stopsToken;
        this.severity = severity;
        this.due = Duration.ofHours(hours);
        this.suggestion = suggestion;
    }

    /** Whether a step may have several at once, each about somebody or something else. */
    public boolean isAboutSomething() {
        return this == BOUNCED;
    }

    /** Whether a token waits until it is resolved. */
    public boolean stopsToken() {
        return stopsToken;
    }

    public Severity severity() {
        return severity;
    }

    /** How long after it was raised its holder should have dealt with it. */
    public Duration due() {
        return due;
    }

    /** The act that most likely ends it. */
    public String suggestion() {
        return suggestion;
    }
}
