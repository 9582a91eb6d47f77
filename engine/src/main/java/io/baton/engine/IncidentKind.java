package io.baton.engine;

/** What keeps a token from going on by itself. The order is part of the journal's encoding: add at the end. */
public enum IncidentKind {
    /** A FEEL expression or DMN decision failed. */
    EXPRESSION,
    /** A diverging gateway had no flow to take. */
    NO_FLOW,
    /** A job failed more often than its retries allow. */
    JOB,
    /** An error was thrown that nothing catches. */
    UNCAUGHT_ERROR,
    /** Tokens wait at a join that no other token can reach. */
    DEADLOCK,
    /** The process went on and on without reaching anything that waits. */
    RUNAWAY,
    /** A called process is not deployed, or calls nest too deeply. */
    CALL,
    /** The process computed more than a case may keep, or one command may write. */
    TOO_LARGE
}
