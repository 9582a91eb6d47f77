package io.baton.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Who answers for each microsecond of a case's life: a fold of its journal.
 *
 * <p>The rule: while the case is paused, all time is the one's who is charged for the pause. Else it is shared equally by
 * the innermost open steps; each share is charged to who holds the step at that moment ({@link Case#holder}), under the
 * party whose work the step is. Microseconds that cannot be shared equally go one each to the steps with the lowest
 * numbers. While no step is open the time is the owner's. So the charges add up to the elapsed time exactly.
 *
 * <p>Working time is what of the same stretch lies in the holder's own working hours, divided by as many steps; it is
 * shared without remainder and so may miss up to a microsecond per stretch and step.
 */
public final class Ledger {

    /** {@code party} is null for what nobody's work is but the owner's: waiting, gaps between steps, pauses. */
    public record Charge(String holder, @Nullable String party, Duration elapsed, Duration working) {}

    private record Account(String holder, @Nullable String party) {}

    private static final class Sum {
        long elapsed;
        long working;
    }

    private final SequencedMap<Account, Sum> sums = new LinkedHashMap<>();
    private final Roster roster;
    private final Case state;
    private long total;
    private @Nullable Instant last;

    private Ledger(Roster roster, Case state) {
        this.roster = roster;
        this.state = state;
    }

    /** Up to the end of the case, or until then while it is open; calendars are those of the roster. */
    public static Ledger of(Processes processes, List<Engine.Entry> entries, Instant until, Roster roster) {
        var ledger = new Ledger(roster, new Case(processes));
        for (var entry : entries) {
            ledger.reach(entry.at());
            entry.events().forEach(event -> ledger.state.apply(event, entry.at()));
            var _ = ledger.state.takeClosed();
        }
        ledger.reach(until);
        return ledger;
    }

    /** Of a case that somebody else replays: {@link #reach} comes before the events of each moment. */
    public static Ledger following(Case state, Roster roster) {
        return new Ledger(roster, state);
    }

    /** Charges the time until then. */
    public void reach(Instant at) {
        if (last != null && state.status() == Case.Status.OPEN && at.isAfter(last)) {
            charge(state, last, at);
        }
        last = at;
    }

    /** In the order in which they first had something. */
    public List<Charge> charges() {
        var charges = new ArrayList<Charge>();
        sums.forEach((account, sum) ->
                charges.add(new Charge(account.holder(), account.party(), micros(sum.elapsed), micros(sum.working))));
        return charges;
    }

    /** The case as it is after all entries. */
    public Case state() {
        return state;
    }

    /** The sum of all charges. */
    public Duration elapsed() {
        return micros(total);
    }

    private void charge(Case state, Instant from, Instant to) {
        long elapsed = ChronoUnit.MICROS.between(from, to);
        if (elapsed == 0) {
            return;
        }
        total += elapsed;
        var accounts = accounts(state);
        long share = elapsed / accounts.size();
        long left = elapsed % accounts.size();
        for (var account : accounts) {
            var sum = sums.computeIfAbsent(account, _ -> new Sum());
            sum.elapsed += share + (left > 0 ? 1 : 0);
            left--;
            sum.working += working(account.holder(), from, to) / accounts.size();
        }
    }

    private static List<Account> accounts(Case state) {
        if (state.pause() != null) {
            return List.of(new Account(state.pause().charged(), null));
        }
        var accounts = new ArrayList<Account>();
        for (var step : state.steps()) {
            if (step.children == 0) {
                accounts.add(new Account(state.holder(step), party(step)));
            }
        }
        return accounts.isEmpty() ? List.of(new Account(state.owner(), null)) : accounts;
    }

    private static @Nullable String party(Step step) {
        if (step.task != null) {
            return step.task.team();
        }
        return step.job == null ? null : step.requireNode().element().party();
    }

    private long working(String holder, Instant from, Instant to) {
        var person = roster.person(holder);
        var calendar = person == null ? Roster.ALWAYS : person.calendar();
        return calendar.between(from, to).dividedBy(ChronoUnit.MICROS.getDuration());
    }

    private static Duration micros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
