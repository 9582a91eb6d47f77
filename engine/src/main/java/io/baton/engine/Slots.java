package io.baton.engine;

import io.baton.engine.Expressions.Stuck;
import io.baton.engine.Outcome.Refused;
import io.baton.engine.calendar.WorkingCalendar;
import io.baton.engine.model.FlowNode;
import io.baton.engine.model.FlowNode.UserTask;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Times that a task offers, and what was booked. A case knows nothing of the others: that nobody else has the time is
 * made sure of by whoever keeps the bookings of all cases, in the transaction that writes this one.
 */
public final class Slots {

    /** Before the key of a team, where a person's id could stand. */
    static final String TEAM = "@";

    /** Of a list or a calendar; what lies behind is not offered. */
    static final int OFFERED_MAX = 2_000;

    private Slots() {}

    /** Whose time a step offers, how many may have the same, and which moments there are, taken ones among them. */
    public record Offer(String book, ZoneId zone, int minutes, int capacity, String into, List<Instant> starts) {
        public Offer {
            starts = List.copyOf(starts);
        }
    }

    /** Null where the step offers no times: neither an open task nor one that booked; or where nobody can say which. */
    public static @Nullable Offer offer(Case state, int number, Roster roster, Instant now) {
        state.roster = roster;
        var place = place(state, number);
        if (place == null) {
            return null;
        }
        try {
            var book = book(state, place.visible, place.slots, now);
            return new Offer(
                    book,
                    calendar(state, book).zone(),
                    Math.toIntExact(place.slots.takes().toMinutes()),
                    place.slots.capacity(),
                    place.slots.into(),
                    starts(state, place, book, now));
        } catch (Stuck e) {
            return null;
        }
    }

    /** On whose clock it was booked. */
    public static ZoneId zone(Case state, Booking booking, Roster roster) {
        state.roster = roster;
        return calendar(state, booking.book()).zone();
    }

    /** Where times are offered: at an open task, or where one booked. */
    private record Place(FlowNode.Slots slots, SequencedMap<String, @Nullable Object> visible) {}

    private static @Nullable Place place(Case state, int number) {
        var step = state.step(number);
        if (step != null && step.task != null) {
            return step.node instanceof UserTask task && task.slots() != null
                    ? new Place(task.slots(), state.visible(step))
                    : null;
        }
        var booking = state.bookings.get(number);
        var model = booking == null ? null : state.modelOrNull(booking.process());
        if (booking == null || model == null || state.status != Case.Status.OPEN) {
            return null;
        }
        var scope = state.step(booking.scope());
        return model.node(booking.node()) instanceof UserTask task && task.slots() != null
                ? new Place(task.slots(), state.visible(scope == null ? state.root() : scope))
                : null;
    }

    /** Whose time it is: a person's id, or {@code @} and a team's key. */
    static String book(Case state, SequencedMap<String, @Nullable Object> visible, FlowNode.Slots slots, Instant now)
            throws Stuck {
        var with = Expressions.requiredText(slots.with(), "name of whose time is booked", visible, now)
                .strip();
        if (state.roster.team(with) != null) {
            return TEAM + with;
        }
        var person = Assignments.named(state.roster, with);
        var known = person == null ? null : state.roster.person(person);
        if (person == null || known == null || !known.present()) {
            throw new Stuck(
                    IncidentKind.EXPRESSION, "The directory knows nobody '" + with + "' whose time could be booked");
        }
        return person;
    }

    private static List<Instant> starts(Case state, Place place, String book, Instant now) throws Stuck {
        var slots = place.slots;
        var starts = new ArrayList<Instant>();
        if (slots.from() != null) {
            var listed = Expressions.value(slots.from(), place.visible, now);
            for (var each : listed instanceof List<?> list ? list : List.of()) {
                if (each instanceof String text && starts.size() < OFFERED_MAX) {
                    var at = Times.at(text);
                    if (at.isAfter(now)) {
                        starts.add(at);
                    }
                }
            }
            return starts.stream().distinct().sorted().toList();
        }
        var absences = book.startsWith(TEAM) ? List.<Roster.Absence>of() : absences(state.roster, book);
        var calendar = calendar(state, book);
        var latest = now.plus(slots.within());
        var day = now.plus(slots.notice()).atZone(calendar.zone()).toLocalDate();
        var last = latest.atZone(calendar.zone()).toLocalDate();
        var takes = slots.takes();
        int minutes = Math.toIntExact(takes.toMinutes());
        for (; !day.isAfter(last) && WorkingCalendar.covers(day); day = day.plusDays(1)) {
            for (var hours : calendar.hours(day)) {
                for (int from = hours.from(); from + minutes <= hours.until(); from += minutes) {
                    var local = day.atTime(from / 60, from % 60);
                    var zoned = local.atZone(calendar.zone());
                    if (!zoned.toLocalDateTime().equals(local)) {
                        continue; // the clock goes forward over it
                    }
                    var at = zoned.toInstant();
                    if (!at.isBefore(now.plus(slots.notice()))
                            && !at.isAfter(latest)
                            && calendar.between(at, at.plus(takes)).equals(takes)
                            && absences.stream().noneMatch(absence -> overlaps(absence, at, takes))
                            && starts.size() < OFFERED_MAX) {
                        starts.add(at);
                    }
                }
            }
        }
        return starts;
    }

    private static boolean overlaps(Roster.Absence absence, Instant at, Duration takes) {
        return at.isBefore(absence.until()) && absence.from().isBefore(at.plus(takes));
    }

    private static List<Roster.Absence> absences(Roster roster, String person) {
        var known = roster.person(person);
        return known == null ? List.of() : known.absences();
    }

    private static WorkingCalendar calendar(Case state, String book) {
        return book.startsWith(TEAM)
                ? Schedule.team(state.owner(), state.roster, book.substring(TEAM.length()))
                : Schedule.person(state.roster, book);
    }

    // Choosing

    /** What completing the task does about times. */
    sealed interface Choice {
        /** It offers none. */
        record None() implements Choice {}

        record Of(Event.SlotBooked booked) implements Choice {}

        record No(Refused refused) implements Choice {}
    }

    /** The time stands in the variables, as a form sets it. */
    static Choice choose(
            Case state,
            Step step,
            SequencedMap<String, @Nullable Object> variables,
            int seat,
            Actor actor,
            Instant now) {
        if (!(step.node instanceof UserTask task) || task.slots() == null) {
            return new Choice.None();
        }
        var slots = task.slots();
        if (!(variables.get(slots.into()) instanceof String text) || text.isBlank()) {
            return new Choice.No(noSlot("choose a time: '" + slots.into() + "' is empty"));
        }
        try {
            var person =
                    actor.isPerson() && !settles(state, step, actor) ? actor.id() : Policies.addressee(state, step);
            return chosen(
                    state,
                    new Place(slots, state.visible(step)),
                    new Booked(
                            step.id, state.processOf(step), step.requireNode().id(), step.requireScope().id, person),
                    Times.at(text),
                    seat,
                    actor,
                    now);
        } catch (Stuck e) {
            return new Choice.No(noSlot(e.reason()));
        }
    }

    /** The owner may agree with whoever should choose, and book in their name. */
    static boolean settles(Case state, Step step, Actor actor) {
        var task = Case.requireTask(step);
        return step.node instanceof UserTask node
                && node.slots() != null
                && actor.isPerson()
                && actor.id().equals(state.owner())
                && !actor.id()
                        .equals(
                                task.offer() == null
                                        ? task.holder()
                                        : task.offer().person())
                && (task.offer() != null || task.holder() != null);
    }

    private record Booked(int step, int process, String node, int scope, String person) {}

    /** The owner and whoever's time it is may agree on any time that is to come; all others take one that is offered. */
    private static Choice chosen(Case state, Place place, Booked booked, Instant at, int seat, Actor actor, Instant now)
            throws Stuck {
        var slots = place.slots;
        var book = book(state, place.visible, slots, now);
        if (!at.isAfter(now)) {
            return new Choice.No(Promises.inThePast());
        }
        if (seat < 0 || seat >= slots.capacity()) {
            return new Choice.No(
                    new Refused(Refusal.SLOT_TAKEN, "at most %d have the same time".formatted(slots.capacity())));
        }
        var mayChooseAny = !actor.isPerson()
                || actor.id().equals(state.owner())
                || actor.id().equals(book);
        if (!mayChooseAny && !starts(state, place, book, now).contains(at)) {
            return new Choice.No(noSlot(at + " is none of the times that are offered"));
        }
        return new Choice.Of(new Event.SlotBooked(
                booked.step,
                booked.process,
                booked.node,
                booked.scope,
                book,
                booked.person,
                at,
                Math.toIntExact(slots.takes().toMinutes()),
                seat));
    }

    private static Refused noSlot(String why) {
        return new Refused(Refusal.NO_SLOT, why);
    }

    // Commands

    static Outcome book(Case state, Command.BookSlot command, Actor actor, Instant now) {
        var step = state.step(command.step());
        if (step != null && step.task != null) {
            if (!(step.node instanceof UserTask task) || task.slots() == null) {
                return noSlot("the task offers no times");
            }
            var variables = Run.variables();
            variables.putAll(command.variables());
            variables.put(task.slots().into(), command.at().toString());
            return UserTasks.complete(
                    state, new Command.CompleteTask(command.step(), variables), command.seat(), actor, now);
        }
        return move(state, command, actor, now);
    }

    private static Outcome move(Case state, Command.BookSlot command, Actor actor, Instant now) {
        var booking = state.bookings.get(command.step());
        var refused = mayNotChange(state, booking, command.step(), actor, now);
        var place = place(state, command.step());
        if (booking == null || refused != null || place == null) {
            return refused != null ? refused : Handoffs.noSuchTask(command.step());
        }
        try {
            var booked =
                    new Booked(booking.step(), booking.process(), booking.node(), booking.scope(), booking.person());
            return switch (chosen(state, place, booked, Times.micros(command.at()), command.seat(), actor, now)) {
                case Choice.No(var no) -> no;
                case Choice.None _ -> throw new IllegalStateException("a place without times");
                case Choice.Of(var moved) -> {
                    var run = new Run(state, now);
                    run.emit(moved);
                    set(run, booking, place.slots.into(), moved.at().toString());
                    moveTimers(run, booking.at(), moved.at());
                    yield run.finish();
                }
            };
        } catch (Stuck e) {
            return noSlot(e.reason());
        }
    }

    static Outcome release(Case state, Command.ReleaseSlot command, Actor actor, Instant now) {
        var booking = state.bookings.get(command.step());
        var refused = mayNotChange(state, booking, command.step(), actor, now);
        var place = place(state, command.step());
        if (booking == null || refused != null || place == null) {
            return refused != null ? refused : Handoffs.noSuchTask(command.step());
        }
        var run = new Run(state, now);
        if (booking.isReleased()) {
            return run.accepted();
        }
        run.emit(new Event.SlotReleased(booking.step(), actor.id(), command.reason()));
        set(run, booking, place.slots.into(), null);
        return run.finish();
    }

    private static @Nullable Refused mayNotChange(
            Case state, @Nullable Booking booking, int step, Actor actor, Instant now) {
        if (state.status != Case.Status.OPEN) {
            return Engine.notOpen(state);
        }
        if (booking == null) {
            return Handoffs.noSuchTask(step);
        }
        if (actor.isPerson()
                && !List.of(booking.person(), booking.book(), state.owner()).contains(actor.id())) {
            return new Refused(Refusal.NOT_THE_HOLDER, "the appointment is " + booking.person() + "'s");
        }
        return now.isBefore(booking.at()) || booking.isReleased()
                ? null
                : new Refused(Refusal.TOO_LATE, "the appointment was at " + booking.at());
    }

    /** Where the step's result went, if that is still there. */
    private static void set(Run run, Booking booking, String into, @Nullable String at) {
        var scope = run.state.step(booking.scope());
        if (scope != null) {
            var value = Run.variables();
            value.put(into, at);
            Activities.set(run, Activities.declared(scope, value));
        }
    }

    /** What the case waits for until the appointment moves with it. */
    private static void moveTimers(Run run, Instant from, Instant to) {
        for (var wait : List.copyOf(run.state.waits.values())) {
            if (wait instanceof Wait.Timer timer && timer.due().equals(from) && timer.repeat() == 0) {
                run.emit(new Event.WaitEnded(timer.id()));
                run.emit(new Event.TimerSet(
                        run.nextId(), timer.step(), timer.node().id(), to, 0, timer.period()));
            }
        }
    }

    /** A decision that was taken back has no appointment. */
    static void release(Run run, int step, Actor actor, String reason) {
        var booking = run.state.bookings.get(step);
        if (booking != null && !booking.isReleased()) {
            run.emit(new Event.SlotReleased(step, actor.id(), reason));
        }
    }

    /** Of a case that is cancelled: what is over is left as it was. */
    static void releaseAll(Run run, Actor actor, String reason) {
        for (var booking : List.copyOf(run.state.bookings.values())) {
            if (run.now.isBefore(booking.at())) {
                release(run, booking.step(), actor, reason);
            }
        }
    }
}
