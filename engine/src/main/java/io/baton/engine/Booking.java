package io.baton.engine;

import java.time.Instant;

/**
 * A time that was booked at a step, which may be over. One that was released keeps its place, so that another can be
 * booked; {@code book} is whose time it is, {@code person} who booked it.
 */
public record Booking(
        int step,
        int process,
        String node,
        int scope,
        String book,
        String person,
        Instant at,
        int minutes,
        int seat,
        boolean isReleased) {

    static Booking of(Event.SlotBooked booked) {
        return new Booking(
                booked.step(),
                booked.process(),
                booked.node(),
                booked.scope(),
                booked.book(),
                booked.person(),
                booked.at(),
                booked.minutes(),
                booked.seat(),
                false);
    }

    Booking released() {
        return new Booking(step, process, node, scope, book, person, at, minutes, seat, true);
    }

    public Instant until() {
        return at.plusSeconds(60L * minutes);
    }
}
