package io.baton.server.api;

import io.baton.engine.Ledger.Charge;
import io.baton.engine.Roster;
import io.baton.server.api.Views.ChargeView;
import io.baton.server.api.Views.CostView;
import io.baton.server.api.Views.LedgerView;
import io.baton.server.api.Views.Span;
import io.baton.server.cases.CaseRow;
import io.baton.server.directory.Costs;
import io.baton.server.directory.Directory;
import io.baton.server.insight.Ledgers;
import io.baton.server.processes.Deployments;
import io.baton.server.session.Caller;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Time and what it cost. Each amount is rounded half up to two decimals, and sums are the sums of what is shown. Who may
 * see what is decided in decision 18.
 */
final class LedgerViews {

    static final BigDecimal NOTHING = BigDecimal.ZERO.setScale(2);

    private static final BigDecimal HOUR = BigDecimal.valueOf(3_600_000_000L);
    private static final BigDecimal DAY = BigDecimal.valueOf(86_400_000_000L);

    private final Deployments deployments;
    private final Directory directory;
    private final Costs costs;
    private final Ledgers ledgers;
    private final Supplier<Roster> roster;
    private final Clock clock;

    LedgerViews(
            Deployments deployments,
            Directory directory,
            Costs costs,
            Ledgers ledgers,
            Supplier<Roster> roster,
            Clock clock) {
        this.deployments = deployments;
        this.directory = directory;
        this.costs = costs;
        this.ledgers = ledgers;
        this.roster = roster;
        this.clock = clock;
    }

    /** What an hour and a day cost. */
    record Prices(Map<String, BigDecimal> people, Map<String, BigDecimal> parties) {

        CostView of(Charge charge, @Nullable BigDecimal waitingPerDay) {
            var party = charge.party();
            var work = amount(people.get(charge.holder()), charge.working(), HOUR);
            var outside = party == null ? NOTHING : amount(parties.get(party), charge.elapsed(), DAY);
            var waiting = amount(waitingPerDay, charge.elapsed(), DAY);
            return new CostView(work, outside, waiting, work.add(outside).add(waiting));
        }

        private static BigDecimal amount(@Nullable BigDecimal price, Duration time, BigDecimal unit) {
            return price == null
                    ? NOTHING
                    : price.multiply(BigDecimal.valueOf(time.toNanos() / 1_000)).divide(unit, 2, RoundingMode.HALF_UP);
        }
    }

    Prices prices(List<Charge> charges) {
        return new Prices(
                costs.ratesPerHour(charges.stream().map(Charge::holder).toList()),
                costs.costsPerDay(charges.stream()
                        .map(Charge::party)
                        .filter(Objects::nonNull)
                        .toList()));
    }

    /** Whether the caller leads the party whose work it was. */
    boolean leads(Caller caller, @Nullable String party) {
        var team = party == null ? null : roster.get().team(party);
        return team != null && caller.person().equals(team.lead());
    }

    /** Who answers for the time of a case so far; for one that has ended, for all of it. */
    LedgerView of(CaseRow row, Caller caller) {
        var of = ledgers.of(row.id(), row.process(), row.endedAt(), clock.instant());
        var charges = of.charges();
        var names = names(charges);
        var shares = Shares.of(charges.stream()
                .map(charge -> charge.elapsed().toNanos() / 1_000)
                .toList());
        var prices = prices(charges);
        var perDay = of.waitingPerDay();
        var seesAll = caller.admin() || caller.person().equals(row.owner());
        var lines = new ArrayList<ChargeView>();
        var total = CostView.NONE;
        for (int i = 0; i < charges.size(); i++) {
            var charge = charges.get(i);
            var cost = prices.of(charge, perDay);
            total = total.plus(cost);
            lines.add(new ChargeView(
                    names.person(charge.holder()),
                    names.party(charge.party()),
                    Span.of(charge.elapsed()),
                    Span.of(charge.working()),
                    shares.get(i),
                    seesAll || leads(caller, charge.party()) ? cost : null));
        }
        return new LedgerView(
                row.startedAt(),
                of.until(),
                Span.of(of.elapsed()),
                lines,
                currency(row.process()),
                seesAll ? perDay : null,
                seesAll ? total : null);
    }

    @Nullable
    String currency(int process) {
        var waiting = deployments.requireModel(process).waiting();
        return waiting == null ? null : waiting.currency();
    }

    Names names(List<Charge> charges) {
        return Names.of(
                directory,
                charges.stream().map(Charge::holder).toList(),
                charges.stream().map(Charge::party).toList());
    }
}
