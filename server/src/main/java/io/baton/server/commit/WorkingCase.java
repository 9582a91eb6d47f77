package io.baton.server.commit;

import io.baton.engine.Case;
import io.baton.engine.CaseCodec;
import io.baton.engine.Command;
import io.baton.engine.Engine;
import io.baton.engine.Event;
import io.baton.engine.Outcome;
import io.baton.engine.Processes;
import io.baton.engine.Roster;
import io.baton.server.journal.JournalCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A case while a batch works on it: its state in memory, what the store had before, and the entries that the batch adds.
 * Rows are written from the difference at the end, so several commands cost one update.
 */
final class WorkingCase {

    /** What the store knew before the batch; {@code state} is null for a case that has ended. */
    record Stored(
            int process, Case.Status status, int entries, Instant changedAt, byte[] head, byte @Nullable [] state) {

        Stored with(byte @Nullable [] state) {
            return new Stored(process, status, entries, changedAt, head, state);
        }
    }

    private record Moved(int seq, int from, int to) {}

    record NewEntry(Request request, int seq, Instant at, byte[] body, byte[] hash) {}

    final long id;
    private final Processes processes;
    private final @Nullable Stored stored;
    private final OpenRows before;
    private final List<NewEntry> entries = new ArrayList<>();
    private final List<Engine.Entry> accepted = new ArrayList<>();
    private final List<StepRow> closed = new ArrayList<>();
    private final List<DeliveryRow> deliveries = new ArrayList<>();
    private final List<ClosedIncidentRow> closedIncidents = new ArrayList<>();
    private final List<Moved> moved = new ArrayList<>();
    private Case state;

    /** The version that the last entry was written in; -1 before the first. */
    private int process = -1;

    private byte @Nullable [] written;
    private byte[] head;
    private int seq;
    private Instant changedAt;

    /** When it ended in this batch; later entries of the batch do not move it. */
    private @Nullable Instant endedAt;

    /** A case that does not exist yet. */
    WorkingCase(long id, Processes processes) {
        this.id = id;
        this.processes = processes;
        this.stored = null;
        this.before = OpenRows.none();
        this.state = new Case(processes);
        this.head = JournalCodec.origin();
        this.seq = 0;
        this.changedAt = Instant.EPOCH;
    }

    WorkingCase(long id, Processes processes, Stored stored) {
        this.id = id;
        this.processes = processes;
        this.stored = stored;
        this.state = load();
        this.process = stored.process();
        this.before = OpenRows.of(state);
        this.head = stored.head();
        this.seq = stored.entries();
        this.changedAt = stored.changedAt();
    }

    private Case load() {
        if (stored == null) {
            return new Case(processes);
        }
        return stored.state() == null
                ? Case.ended(processes, stored.process(), stored.status())
                : CaseCodec.read(processes, stored.process(), stored.state());
    }

    Case state() {
        return state;
    }

    int seq() {
        return seq;
    }

    /** Time never runs backwards within a case, whatever the nodes' clocks say. */
    Instant notBefore(Instant at) {
        return at.isBefore(changedAt) ? changedAt : at;
    }

    Outcome decide(Command command, io.baton.engine.Actor actor, Instant at, Roster roster) {
        return Engine.decide(state, command, actor, at, roster);
    }

    /** A command that failed may have left half its events in the state: back to the last good one. */
    void restore() {
        state = load();
        for (var entry : accepted) {
            entry.events().forEach(event -> state.apply(event, entry.at()));
        }
        var _ = state.takeClosed();
        var _ = state.takeNotices();
        var _ = state.takeClosedIncidents();
    }

    /** Adds one entry to the chain for events that the state already contains; returns its size. */
    int append(Request request, Instant at, List<Event> events) {
        var command = request.command().getClass().getSimpleName();
        var body = JournalCodec.write(state.words(), request.actor(), command, events);
        seq++;
        if (process >= 0 && process != state.process()) {
            moved.add(new Moved(seq, process, state.process()));
        }
        process = state.process();
        head = JournalCodec.hash(head, id, seq, at, body);
        changedAt = at;
        entries.add(new NewEntry(request, seq, at, body, head));
        accepted.add(new Engine.Entry(at, events));
        if (endedAt == null && state.status() != Case.Status.OPEN) {
            endedAt = at;
        }
        for (var over : state.takeClosed()) {
            closed.add(StepRow.of(state, over));
        }
        deliveries.addAll(DeliveryRow.of(seq, at, request.actor(), state.takeNotices()));
        for (var over : state.takeClosedIncidents()) {
            closedIncidents.add(ClosedIncidentRow.of(state, over, command));
        }
        return body.length;
    }

    List<NewEntry> entries() {
        return entries;
    }

    /** Writes what has changed since the case was loaded. */
    void write(Statements out) {
        if (entries.isEmpty()) {
            return;
        }
        for (var entry : entries) {
            out.journal.add(id, entry.seq(), entry.at(), entry.body(), entry.hash());
            writeRequest(out, entry);
        }
        for (var each : moved) {
            out.migrations.add(id, each.seq(), each.from(), each.to());
        }
        for (var row : deliveries) {
            out.deliveries.add(id, row.entry(), row.nr(), row.step(), row.kind(), row.recipient(), row.createdAt());
        }
        writeCase(out);
        writeOpen(out, OpenRows.of(state));
        for (var incident : closedIncidents) {
            out.incidentsClosed.add(
                    id,
                    incident.id(),
                    incident.process(),
                    incident.step(),
                    incident.node(),
                    incident.kind(),
                    incident.about(),
                    incident.raisedAt(),
                    incident.closedAt(),
                    incident.holder(),
                    incident.cause());
        }
        for (var step : closed) {
            out.steps.add(
                    id,
                    step.id(),
                    step.process(),
                    step.node(),
                    step.terminated() ? 2 : 1,
                    step.enteredAt(),
                    step.leftAt(),
                    step.holder(),
                    step.team(),
                    step.holders(),
                    step.since(),
                    step.dueAt(),
                    step.promisedAt(),
                    step.slips(),
                    step.returns(),
                    step.decidedAt());
        }
    }

    /** What the store knows once the batch is committed. */
    Stored afterCommit() {
        return new Stored(state.process(), state.status(), seq, changedAt, head, written);
    }

    private void writeCase(Statements out) {
        var open = state.status() == Case.Status.OPEN;
        var status = CaseStatus.code(state.status());
        var incidents = state.incidents().size();
        written = open ? CaseCodec.write(state) : null;
        if (stored == null) {
            var started = entries.getFirst().at();
            out.casesNew.add(
                    id,
                    state.process(),
                    status,
                    incidents,
                    seq,
                    started,
                    changedAt,
                    endedAt,
                    state.owner(),
                    state.title(),
                    state.due(),
                    Boolean.toString(state.pause() != null),
                    head,
                    written);
        } else {
            var known = stored.state() != null; // of a case that had ended, the row alone knows these
            out.casesChanged.add(
                    id,
                    stored.entries(),
                    state.process(),
                    status,
                    incidents,
                    seq,
                    changedAt,
                    endedAt,
                    known ? state.owner() : null,
                    state.title(),
                    state.due(),
                    Boolean.toString(state.pause() != null),
                    head,
                    written);
        }
    }

    private void writeRequest(Statements out, NewEntry entry) {
        var request = entry.request();
        var key = request.key();
        if (key != null) {
            out.idempotency.add(key.key().toString(), key.fingerprint().toString(), id, entry.seq(), entry.at());
        }
        if (request.bufferedMessage() && request.command() instanceof Command.ReceiveMessage received) {
            out.messagesGone.add(received.message());
        }
    }

    private void writeOpen(Statements out, OpenRows after) {
        before.tasks().forEach((step, row) -> {
            var now = after.tasks().get(step);
            if (now == null) {
                out.tasksGone.add(id, step);
            } else if (!now.equals(row)) {
                out.tasksChanged.add(
                        id,
                        step,
                        now.process(),
                        now.node(),
                        now.dueAt(),
                        now.holder(),
                        now.team(),
                        now.offered(),
                        now.acceptBy(),
                        now.promisedAt(),
                        now.blocker(),
                        now.decidedBy(),
                        now.decidedAt(),
                        now.effectiveAt());
            }
        });
        after.tasks().forEach((step, row) -> {
            if (!before.tasks().containsKey(step)) {
                out.tasksNew.add(
                        id,
                        step,
                        row.process(),
                        row.node(),
                        row.openedAt(),
                        row.dueAt(),
                        row.holder(),
                        row.team(),
                        row.offered(),
                        row.acceptBy(),
                        row.promisedAt(),
                        row.blocker(),
                        row.decidedBy(),
                        row.decidedAt(),
                        row.effectiveAt());
            }
        });
        gone(before.jobs().keySet(), after.jobs().keySet(), out.jobsGone);
        after.jobs().forEach((step, row) -> {
            if (!row.equals(before.jobs().get(step))) {
                out.jobsNew.add(id, step, row.process(), row.node(), row.openedAt(), row.type(), row.retries());
            }
        });
        replaced(before.timers(), after.timers(), out.timersGone);
        after.timers().forEach((wait, row) -> {
            if (!row.equals(before.timers().get(wait))) {
                out.timersNew.add(id, wait, row.dueAt());
            }
        });
        gone(before.subscriptions().keySet(), after.subscriptions().keySet(), out.subscriptionsGone);
        after.subscriptions().forEach((wait, row) -> {
            if (!before.subscriptions().containsKey(wait)) {
                out.subscriptionsNew.add(id, wait, row.name(), row.key());
            }
        });
        writeBookings(out, after);
        replaced(before.incidents(), after.incidents(), out.incidentsGone);
        after.incidents().forEach((number, row) -> {
            if (!row.equals(before.incidents().get(number))) {
                out.incidentsNew.add(
                        id,
                        number,
                        row.step(),
                        row.node(),
                        row.kind(),
                        row.message(),
                        row.raisedAt(),
                        row.holder(),
                        row.dueAt(),
                        row.about());
            }
        });
    }

    private void writeBookings(Statements out, OpenRows after) {
        before.bookings().forEach((step, row) -> {
            if (!row.equals(after.bookings().get(step))) {
                for (int quarter = row.first(); quarter <= row.last(); quarter++) {
                    out.bookingsGone.add(id, step, quarter);
                }
            }
        });
        after.bookings().forEach((step, row) -> {
            if (!row.equals(before.bookings().get(step))) {
                for (int quarter = row.first(); quarter <= row.last(); quarter++) {
                    out.bookingsNew.add(row.book(), row.seat(), quarter, id, step);
                }
            }
        });
    }

    /** Rows that are gone, or come again with another content. */
    private <R> void replaced(SequencedMap<Integer, R> before, SequencedMap<Integer, R> after, Rows rows) {
        before.forEach((number, row) -> {
            if (!row.equals(after.get(number))) {
                rows.add(id, number);
            }
        });
    }

    private void gone(Iterable<Integer> before, java.util.Set<Integer> after, Rows rows) {
        for (var number : before) {
            if (!after.contains(number)) {
                rows.add(id, number);
            }
        }
    }
}
