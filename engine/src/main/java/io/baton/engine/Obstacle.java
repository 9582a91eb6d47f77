package io.baton.engine;

/**
 * Why the holder of a step cannot go on, which says who can remove the obstacle when nobody is named. The order is part
 * of the journal's encoding: add at the end.
 */
public enum Obstacle {
    /** Something is missing that the step before should have brought: who gave the step. */
    MISSING_INPUT,
    /** A question that nobody here can answer: who gave the step. */
    QUESTION,
    /** Somebody with more authority has to decide: the owner. */
    DECISION,
    /** No access, no budget, no capacity: the lead of the team. */
    RESOURCES,
    /** A system is down or wrong: the owner. */
    SYSTEM,
    /** An outside party does not answer: the owner. */
    OUTSIDE_PARTY,
    /** What the reason says: the owner. */
    OTHER
}
