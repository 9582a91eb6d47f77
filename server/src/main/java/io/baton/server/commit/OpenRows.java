package io.baton.server.commit;

import io.baton.engine.Case;
import io.baton.engine.Step;
import io.baton.engine.Wait;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of open work that follow from a case's state, by their number in the case: a pure function, so that the
 * committer writes only differences and {@code verify} can rebuild every row.
 */
public record OpenRows(
        SequencedMap<Integer, TaskRow> tasks,
        SequencedMap<Integer, JobRow> jobs,
        SequencedMap<Integer, TimerRow> timers,
        SequencedMap<Integer, SubscriptionRow> subscriptions,
        SequencedMap<Integer, IncidentRow> incidents,
        SequencedMap<Integer, BookingRow> bookings) {

    /** {@code node} is the index in the model of {@code process}, which a called process makes another than the case's. */
    public record TaskRow(
            int process,
            int node,
            Instant openedAt,
            @Nullable Instant dueAt,
            @Nullable String holder,
            @Nullable String team,
            @Nullable String offered,
            @Nullable Instant acceptBy,
            @Nullable Instant promisedAt,
            @Nullable String blocker,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            @Nullable Instant effectiveAt) {}

    public record JobRow(int process, int node, Instant openedAt, String type, int retries) {}

    public record TimerRow(Instant dueAt) {}

    public record SubscriptionRow(String name, String key) {}

    public record IncidentRow(
            int step,
            String node,
            String kind,
            String message,
            Instant raisedAt,
            String holder,
            Instant dueAt,
            @Nullable String about) {}

    /** A booked time, by its first and last quarter of an hour: one row for each. */
    public record BookingRow(String book, int seat, int first, int last) {

        private static final int QUARTER_SECONDS = 15 * 60;

        public static BookingRow of(String book, int seat, Instant at, int minutes) {
            var last = at.getEpochSecond() + 60L * minutes - 1;
            return new BookingRow(book, seat, quarter(at.getEpochSecond()), quarter(last));
        }

        private static int quarter(long second) {
            return Math.toIntExact(Math.floorDiv(second, QUARTER_SECONDS));
        }
    }

    public static OpenRows none() {
        return new OpenRows(
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>());
    }

    public static OpenRows of(Case state) {
        var rows = none();
        for (var booking : state.bookings()) { // what was agreed holds, though the case may be over
            if (!booking.isReleased()) {
                rows.bookings.put(
                        booking.step(), BookingRow.of(booking.book(), booking.seat(), booking.at(), booking.minutes()));
            }
        }
        if (state.status() != Case.Status.OPEN) {
            return rows;
        }
        for (var step : state.steps()) {
            var task = step.task();
            var job = step.job();
            if (task != null) {
                rows.tasks.put(step.id(), row(state, step, task));
            } else if (job != null) {
                rows.jobs.put(
                        step.id(),
                        new JobRow(state.processOf(step), index(step), step.enteredAt(), job.type(), job.retries()));
            }
        }
        state.clock().ifPresent(at -> rows.timers.put(0, new TimerRow(at)));
        for (var step : state.steps()) {
            var clock = step.clock();
            if (clock != null) {
                rows.timers.put(-step.id(), new TimerRow(clock));
            }
        }
        for (var wait : state.waits()) {
            switch (wait) {
                case Wait.Timer timer -> rows.timers.put(timer.id(), new TimerRow(timer.due()));
                case Wait.Message message ->
                    rows.subscriptions.put(message.id(), new SubscriptionRow(message.name(), message.key()));
            }
        }
        for (var incident : state.incidents()) {
            rows.incidents.put(
                    incident.id(),
                    new IncidentRow(
                            incident.step(),
                            incident.node(),
                            incident.kind().name(),
                            incident.message(),
                            incident.raisedAt(),
                            state.holder(incident),
                            incident.raisedAt().plus(incident.kind().due()),
                            incident.about()));
        }
        return rows;
    }

    private static TaskRow row(Case state, Step step, Step.Task task) {
        var decision = task.decision();
        return new TaskRow(
                state.processOf(step),
                index(step),
                step.enteredAt(),
                task.due(),
                task.holder(),
                task.team(),
                offered(task.offer()),
                task.offer() == null ? null : task.offer().acceptBy(),
                task.promise() == null ? null : task.promise().at(),
                task.blocker() == null ? null : task.blocker().person(),
                decision == null ? null : decision.by(),
                decision == null ? null : decision.at(),
                decision == null ? null : decision.effectiveAt());
    }

    /** The inbox in which an offer lies: a person's, or {@code @} and a team's. */
    private static @Nullable String offered(Step.@Nullable Offer offer) {
        return offer == null ? null : offer.person() == null ? "@" + offer.team() : offer.person();
    }

    static int index(Step step) {
        var node = step.node();
        if (node == null) {
            throw new IllegalStateException("the case itself is no row");
        }
        return node.index();
    }
}
