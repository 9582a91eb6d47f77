package io.baton.server.directory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy as people write it. Durations are ISO 8601 in weeks, days, hours, minutes and seconds ({@code -P1D}, {@code
 * PT4H}); they count from the due date, or for a step without one from the moment somebody was given it. In working time
 * a day is {@link PolicyReader#WORKING_DAY} and a week five days.
 *
 * @param acceptBy how long an offer stays open, always in the asked person's working time; null for ever
 * @param workingTime whether the other durations count the holder's working time; else they are on the wall clock
 * @param channels by which people are reached about its steps who prefer none themselves, the first that reaches them:
 *     {@code mail}, {@code chat}, {@code sms}; none for what is usual
 * @param digest whether reminders are gathered in one message a day
 */
public record PolicyBody(
        @Nullable String acceptBy,
        @Nullable Boolean workingTime,
        @Nullable Boolean digest,
        @Nullable List<@Nullable Reminder> reminders,
        @Nullable List<@Nullable Rung> ladder,
        @Nullable AtEnd atEnd,
        @Nullable List<@Nullable String> channels) {

    /** By the usual channels. */
    public PolicyBody(
            @Nullable String acceptBy,
            @Nullable Boolean workingTime,
            @Nullable Boolean digest,
            @Nullable List<@Nullable Reminder> reminders,
            @Nullable List<@Nullable Rung> ladder,
            @Nullable AtEnd atEnd) {
        this(acceptBy, workingTime, digest, reminders, ladder, atEnd, null);
    }

    /** To whoever should act; with {@code every} so often again, {@code maximum} times in all. */
    public record Reminder(
            @Nullable String when,
            @Nullable String every,
            @Nullable Integer maximum) {}

    /** {@code to}: {@code holder}, {@code team-lead}, {@code owner}, or a person's id. */
    public record Rung(@Nullable String after, @Nullable String to) {}

    /** The step is offered to somebody else: {@code team-lead}, {@code owner}, or a person's id. */
    public record AtEnd(@Nullable String after, @Nullable String reassign) {}

    /** The same with what is said by default, so that two bodies that mean the same are equal. */
    PolicyBody complete() {
        return new PolicyBody(
                acceptBy,
                Boolean.TRUE.equals(workingTime),
                Boolean.TRUE.equals(digest),
                listed(reminders),
                listed(ladder),
                atEnd,
                listed(channels));
    }

    /** JSON may have null for an element, which the reader tells. */
    private static <T> List<@Nullable T> listed(@Nullable List<@Nullable T> given) {
        return given == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(given));
    }
}
