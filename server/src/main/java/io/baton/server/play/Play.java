package io.baton.server.play;

import io.baton.engine.Actor;
import io.baton.engine.Case;
import io.baton.engine.CaseCodec;
import io.baton.engine.Command;
import io.baton.engine.Engine;
import io.baton.engine.Outcome;
import io.baton.engine.Processes;
import io.baton.engine.Roster;
import io.baton.server.commit.DeliveryRow;
import io.baton.server.commit.OpenRows;
import io.baton.server.journal.Entry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One case in memory, with a clock of its own. The same commands at the same times lead to the same journal as on the
 * server, but nothing is written, nothing is sent and nobody works: whoever plays gives every command but those of the
 * clocks.
 */
public final class Play {

    /** It is no case of this installation. */
    public static final long CASE = 0;

    private final PlayedRoster roster;
    private final Effort effort = new Effort(System::nanoTime);
    private final List<Entry> journal = new ArrayList<>();
    private final List<DeliveryRow> told = new ArrayList<>();
    private final Case state;
    private Instant now;

    private Play(Case state, Roster roster, Instant now) {
        this.state = state;
        this.roster = new PlayedRoster(roster);
        this.now = now.truncatedTo(ChronoUnit.MICROS);
    }

    /** A case that has not started. */
    public static Play begin(Processes processes, Roster roster, Instant now) {
        return new Play(new Case(processes), roster, now);
    }

    /** What may come of an open case from now on; the case itself stays as it is. The journal holds only what is played. */
    public static Play goOn(Processes processes, Case from, Roster roster, Instant now) {
        return new Play(CaseCodec.read(processes, from.process(), CaseCodec.write(from)), roster, now);
    }

    public Case state() {
        return state;
    }

    public Instant now() {
        return now;
    }

    /** As decisions see it: the people's work in this case comes on top of what they have. */
    public Roster roster() {
        return roster;
    }

    /** What was accepted, as the journal of a case has it. */
    public List<Entry> journal() {
        return List.copyOf(journal);
    }

    /** Who would have been told what; {@link DeliveryRow#entry} counts the journal from 1. */
    public List<DeliveryRow> told() {
        return List.copyOf(told);
    }

    /** Now. A refused command changes nothing. Ends with {@link Exhausted} where the play has cost too much. */
    public Outcome give(Command command, Actor actor) {
        effort.command();
        roster.count(state);
        var outcome = Engine.decide(state, command, actor, now, roster);
        if (outcome instanceof Outcome.Accepted(var events) && !events.isEmpty()) {
            effort.caused(events);
            roster.given(events, now);
            var entry = new Entry(
                    CASE, journal.size() + 1, now, actor, command.getClass().getSimpleName(), events);
            journal.add(entry);
            told.addAll(DeliveryRow.of(entry.seq(), now, actor, state.takeNotices()));
            var _ = state.takeClosed();
            var _ = state.takeClosedIncidents();
        }
        return outcome;
    }

    /** A timer of the process, or a clock of the case or one of its steps: {@link Command.FireTimer}. */
    public record Due(Instant at, int id) {}

    /** What happens next by itself. Empty where nothing will. */
    public Optional<Due> next() {
        return due().stream().findFirst();
    }

    /**
     * Waits until then, and lets happen what is due meanwhile, each at its time and in the order in which the server lets
     * it happen. A time that is over changes nothing.
     */
    public void waitUntil(Instant until) {
        var due = due();
        while (!due.isEmpty() && !due.getFirst().at().isAfter(until)) {
            now = later(now, due.getFirst().at());
            var before = journal.size();
            due.stream().filter(each -> !each.at().isAfter(now)).forEach(this::fire);
            if (journal.size() == before) {
                throw new IllegalStateException("a clock that is due changes nothing: " + due.getFirst());
            }
            due = due();
        }
        now = later(now, until.truncatedTo(ChronoUnit.MICROS));
    }

    /** Refused where what was due with it has ended it. */
    private void fire(Due due) {
        var _ = give(new Command.FireTimer(due.id()), Actor.TIMER);
    }

    private List<Due> due() {
        return OpenRows.of(state).timers().entrySet().stream()
                .map(timer -> new Due(timer.getValue().dueAt(), timer.getKey()))
                .sorted(Comparator.comparing(Due::at).thenComparingInt(Due::id))
                .toList();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
