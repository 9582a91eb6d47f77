package io.baton.engine.model;

/** When a task or a case is due. */
public sealed interface Due {

    /**
     * {@code text} is an ISO 8601 date-time, or a duration from the beginning: on the wall clock, or in the working time of
     * whoever should act, where days are working days.
     */
    record At(Text text, boolean workingTime) implements Due {}

    /** As late as what comes after it allows, if the case is to be done by its due date. */
    record JustInTime() implements Due {}
}
