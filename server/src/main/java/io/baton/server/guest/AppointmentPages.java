package io.baton.server.guest;

import io.baton.engine.Booking;
import io.baton.server.guest.Pages.Reader;
import io.baton.server.guest.Pages.Sent;
import io.baton.server.guest.Views.Fact;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the views of times: those that are free, and what one contact has booked. */
final class AppointmentPages {

    private final GuestActs acts;
    private final Clock clock;

    AppointmentPages(GuestActs acts, Clock clock) {
        this.acts = acts;
        this.clock = clock;
    }

    /** The free ones of the step; of somebody whose zone nobody knows on the clock of whose time it is. */
    FormView.Times times(Reader reader, GuestCase seen, int step) {
        var free = acts.free(seen, step);
        return free == null
                ? FormView.Times.NONE
                : new FormView.Times(free.minutes(), free.starts(), known(reader.zone(), free.zone()));
    }

    /** Of somebody whose zone nobody knows: the clock of whose time it is, which the page names. */
    private static ZoneId known(ZoneId zone, ZoneId other) {
        return zone.equals(ZoneOffset.UTC) ? other : zone;
    }

    /** On whose clock what was booked at the step is told. */
    ZoneId zone(Reader reader, GuestCase seen, int step) {
        return seen.appointment(step)
                .map(booking -> known(reader.zone(), acts.zone(seen, booking)))
                .orElse(reader.zone());
    }

    private String span(Reader reader, GuestCase seen, Booking booking) {
        return reader.words().span(booking.at(), booking.until(), known(reader.zone(), acts.zone(seen, booking)));
    }

    /** Another time for what the reader has booked, or none. */
    Views.Appointment page(
            Reader reader, GuestCase seen, Booking booking, Sent sent, Views.Input reason, Views.Standing standing) {
        var words = reader.words();
        var release = SentAct.word(sent.fields()).equals(SentAct.RELEASE);
        var view = new FormView(
                Form.EMPTY.withSlots(SentAct.SLOT),
                new LinkedHashMap<>(),
                SentAct.fields(sent.fields()),
                release ? new LinkedHashMap<>() : sent.problems(),
                new FormView.Uploads("", List.of(), 0, new LinkedHashMap<>()),
                times(reader, seen, booking.step()),
                words,
                clock.instant());
        return new Views.Appointment(
                path(reader, seen, booking),
                words.language(),
                seen.label(booking),
                booking.isReleased() ? null : span(reader, seen, booking),
                sent.notice(),
                (Views.Slots) view.parts().getFirst(),
                reason,
                release,
                standing);
    }

    static String path(Reader reader, GuestCase seen, Booking booking) {
        return reader.path(seen.row().id(), booking.step()) + "/appointment";
    }

    /** What is about to become of the appointment. */
    List<Fact> summary(Reader reader, GuestCase seen, Booking booking, Map<String, List<String>> sent) {
        var words = reader.words();
        if (SentAct.word(sent).equals(SentAct.RELEASE)) {
            return List.of(
                    new Fact(words.say("guest.slot.now"), span(reader, seen, booking)),
                    new Fact(words.say("guest.release.reason"), Pages.first(sent, "reason")));
        }
        var to = SentAct.slot(sent);
        return List.of(new Fact(
                words.say("guest.slot.label"),
                to == null
                        ? words.say("guest.empty")
                        : words.span(
                                to,
                                to.plusSeconds(60L * booking.minutes()),
                                known(reader.zone(), acts.zone(seen, booking)))));
    }

    /** What the reader has booked and is still to come. */
    List<Views.Booked> booked(Reader reader, GuestCase seen) {
        return seen.appointments().stream()
                .filter(booking -> clock.instant().isBefore(booking.until()) && !booking.isReleased())
                .map(booking -> new Views.Booked(
                        span(reader, seen, booking),
                        seen.label(booking),
                        reader.link().useAt(clock.instant()) == Link.Use.ACT
                                        && reader.link().covers(seen.row().id(), booking.step())
                                        && clock.instant().isBefore(booking.at())
                                ? path(reader, seen, booking) + "?lang="
                                        + reader.words().language()
                                : null))
                .toList();
    }
}
