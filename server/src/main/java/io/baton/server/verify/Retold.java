package io.baton.server.verify;

import io.baton.engine.Case;
import io.baton.engine.Ledger;
import io.baton.engine.Roster;
import io.baton.server.commit.ClosedIncidentRow;
import io.baton.server.commit.DeliveryRow;
import io.baton.server.commit.StepRow;
import io.baton.server.insight.DecisionNotes;
import io.baton.server.journal.Entry;
import io.baton.server.journal.JournalCodec;
import io.baton.server.processes.Deployments;
import io.baton.server.room.Room;
import io.baton.server.verify.Tables.CaseFacts;
import io.baton.server.verify.Tables.Moved;
import io.baton.server.verify.Tables.Rows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the journal of one case leads to: read from its first entry on, each checked against the chain of hashes. */
final class Retold {

    private final CaseFacts facts;
    private final Deployments deployments;
    private final DecisionNotes decisionNotes;
    private final Instant deliveriesSince;
    private final Problems problems;

    final Case state;
    final Ledger ledger;
    final Room room = new Room();
    final List<Moved> moved = new ArrayList<>();
    final List<StepRow> steps = new ArrayList<>();
    final List<DeliveryRow> deliveries = new ArrayList<>();
    final List<DecisionNotes.Decided> decisions = new ArrayList<>();
    private final SequencedMap<Integer, ClosedIncidentRow> incidents = new TreeMap<>();
    byte[] hash = JournalCodec.origin();
    int entries;
    Instant started = Instant.EPOCH;
    Instant changed = Instant.EPOCH;

    @Nullable
    Instant ended;

    Retold(
            CaseFacts facts,
            Deployments deployments,
            DecisionNotes decisionNotes,
            Instant deliveriesSince,
            Problems problems) {
        this.facts = facts;
        this.deployments = deployments;
        this.decisionNotes = decisionNotes;
        this.deliveriesSince = deliveriesSince;
        this.problems = problems;
        this.state = new Case(deployments);
        this.ledger = Ledger.following(state, Roster.NOBODY);
    }

    /** Whether the journal is whole. Where it is not, what comes after means nothing. */
    boolean read(Rows rows) {
        for (var line : rows.journal()) {
            entries++;
            if (line.seq() != entries) {
                problems.add(facts.id(), "entry " + entries + " is missing");
                return false;
            }
            hash = JournalCodec.hash(hash, facts.id(), entries, line.at(), line.body());
            if (!Arrays.equals(hash, line.hash())) {
                problems.add(facts.id(), "entry " + entries + " has been changed: its hash does not match");
                return false;
            }
            var words = deployments
                    .requireModel(rows.process(entries, facts.process()))
                    .words();
            apply(JournalCodec.read(words, facts.id(), entries, line.at(), line.body()));
        }
        return true;
    }

    private void apply(Entry entry) {
        var before = state.process();
        ledger.reach(entry.at());
        for (var event : entry.events()) {
            decisionNotes.note(state, event, decisions);
            state.apply(event, entry.at());
        }
        if (before >= 0 && before != state.process()) {
            moved.add(new Moved(entries, before, state.process()));
        }
        room.add(entry);
        var notices = state.takeNotices();
        if (!entry.at().isBefore(deliveriesSince)) {
            deliveries.addAll(DeliveryRow.of(entries, entry.at(), entry.actor(), notices));
        }
        for (var over : state.takeClosed()) {
            steps.add(StepRow.of(state, over));
        }
        for (var over : state.takeClosedIncidents()) {
            var row = ClosedIncidentRow.of(state, over, entry.command());
            incidents.put(row.id(), row);
        }
        started = entries == 1 ? entry.at() : started;
        changed = entry.at();
        ended = ended == null && state.status() != Case.Status.OPEN ? entry.at() : ended;
    }

    boolean isOpen() {
        return state.status() == Case.Status.OPEN;
    }

    List<ClosedIncidentRow> incidents() {
        return List.copyOf(incidents.values());
    }
}
