package io.baton.server.appointments;

import io.baton.engine.Actor;
import io.baton.engine.Case;
import io.baton.engine.Command;
import io.baton.engine.Refusal;
import io.baton.engine.Roster;
import io.baton.engine.Slots;
import io.baton.engine.Slots.Offer;
import io.baton.server.cases.Cases;
import io.baton.server.commit.Answer;
import io.baton.server.commit.OpenRows.BookingRow;
import io.baton.server.commit.Request;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The times that tasks offer, without those that others have. What is shown as free may be taken a moment later: only
 * the command that books it decides.
 */
public final class Appointments {

    /** More are not shown; what lies further ahead comes into sight as time passes. */
    public static final int FREE_MAX = 200;

    private static final String TAKEN = """
            select quarter, seat from booking
            where book = ? and quarter between ? and ? and not (case_id = ? and step = ?)""";

    private final JdbcClient database;
    private final Cases cases;
    private final Supplier<Roster> roster;
    private final Clock clock;

    public Appointments(JdbcClient database, Cases cases, Supplier<Roster> roster, Clock clock) {
        this.database = database;
        this.cases = cases;
        this.roster = roster;
        this.clock = clock;
    }

    /** What somebody may choose from. {@code into} is the variable, or field of the form, that the choice goes to; {@code zone} is theirs whose time it is. */
    public record Free(String into, int minutes, ZoneId zone, List<Instant> starts) {}

    /** Null where the step offers no times. */
    public @Nullable Free free(long caseId, Case state, int step) {
        var offer = Slots.offer(state, step, roster.get(), clock.instant());
        if (offer == null) {
            return null;
        }
        var starts = offer.starts();
        var taken = starts.isEmpty()
                ? Set.<Seat>of()
                : taken(
                        caseId,
                        step,
                        row(offer, starts.getFirst(), 0).first(),
                        row(offer, starts.getLast(), 0).last(),
                        offer.book());
        return new Free(
                offer.into(),
                offer.minutes(),
                offer.zone(),
                starts.stream()
                        .filter(at -> !seats(offer, at, taken).isEmpty())
                        .limit(FREE_MAX)
                        .toList());
    }

    private record Seat(int quarter, int seat) {}

    private Set<Seat> taken(long caseId, int step, int first, int last, String book) {
        return new HashSet<>(database.sql(TAKEN)
                .param(book)
                .param(first)
                .param(last)
                .param(caseId)
                .param(step)
                .query((row, _) -> new Seat(row.getInt(1), row.getInt(2)))
                .list());
    }

    private static BookingRow row(Offer offer, Instant at, int seat) {
        return BookingRow.of(offer.book(), seat, at, offer.minutes());
    }

    private static List<Integer> seats(Offer offer, Instant at, Set<Seat> taken) {
        var row = row(offer, at, 0);
        return IntStream.range(0, offer.capacity())
                .filter(seat -> IntStream.rangeClosed(row.first(), row.last())
                        .noneMatch(quarter -> taken.contains(new Seat(quarter, seat))))
                .boxed()
                .toList();
    }

    /** Does an open task that offers times; the choice stands in the variables. */
    public Answer complete(
            long caseId,
            int step,
            SequencedMap<String, @Nullable Object> variables,
            Actor actor,
            Request.@Nullable Idempotency key) {
        var offer = offer(caseId, step);
        var at = offer == null ? null : time(variables.get(offer.into()));
        if (offer == null || at == null) {
            return cases.perform(caseId, new Command.CompleteTask(step, variables), actor, key);
        }
        return book(caseId, step, offer, at, variables, actor, key);
    }

    /** Books another time at a step that is done. */
    public Answer move(long caseId, int step, Instant at, Actor actor, Request.@Nullable Idempotency key) {
        return book(caseId, step, offer(caseId, step), at, new LinkedHashMap<>(), actor, key);
    }

    public Answer release(long caseId, int step, String reason, Actor actor, Request.@Nullable Idempotency key) {
        return cases.perform(caseId, new Command.ReleaseSlot(step, reason), actor, key);
    }

    /** Somebody else may be quicker with one place; there may be more. */
    private Answer book(
            long caseId,
            int step,
            @Nullable Offer offer,
            Instant at,
            SequencedMap<String, @Nullable Object> variables,
            Actor actor,
            Request.@Nullable Idempotency key) {
        var row = offer == null ? null : row(offer, at, 0);
        var seats = offer == null || row == null
                ? List.of(0)
                : seats(offer, at, taken(caseId, step, row.first(), row.last(), offer.book()));
        Answer answer = new Answer.Refused(Refusal.SLOT_TAKEN, "another has this time");
        for (var seat : seats) {
            answer = cases.perform(caseId, new Command.BookSlot(step, at, seat, variables), actor, key);
            if (!(answer instanceof Answer.Refused(var reason, var _)) || reason != Refusal.SLOT_TAKEN) {
                return answer;
            }
        }
        return answer;
    }

    private @Nullable Offer offer(long caseId, int step) {
        return cases.find(caseId)
                .map(row -> Slots.offer(cases.state(row), step, roster.get(), clock.instant()))
                .orElse(null);
    }

    private static @Nullable Instant time(@Nullable Object value) {
        try {
            return value instanceof String text ? OffsetDateTime.parse(text).toInstant() : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
