package io.baton.server.answers;

/** What can be answered in a word. */
public enum Answerable {
    NOTHING,
    /** Whether they take it. */
    OFFER,
    /** Yes or no. */
    DECISION,
    /** When it will be there, or what stands in the way. */
    TASK
}
