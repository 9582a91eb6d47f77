package io.baton.server.api;

import io.baton.engine.Ledger.Charge;
import io.baton.engine.Roster;
import io.baton.server.Node;
import io.baton.server.api.Views.CostView;
import io.baton.server.api.Views.Span;
import io.baton.server.api.Views.SumView;
import io.baton.server.api.Views.SumsView;
import io.baton.server.cases.Ledgers;
import io.baton.server.processes.Deployments;
import io.baton.server.session.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The ledgers of all cases that ended in a period, added up by party and person, and by party alone. */
@RestController
final class LedgerRoutes {

    private static final int DAYS = 30;

    private final Ledgers ledgers;
    private final LedgerViews views;
    private final Deployments deployments;
    private final Supplier<Roster> roster;
    private final Clock clock;

    LedgerRoutes(Node node, Ledgers ledgers, LedgerViews views) {
        this.ledgers = ledgers;
        this.views = views;
        this.deployments = node.deployments();
        this.roster = node.rosters()::current;
        this.clock = node.clock();
    }

    /** Whose time it was, in which currency waiting is counted; without {@code holder} a party's as a whole. */
    private record Account(
            @Nullable String party,
            @Nullable String holder,
            @Nullable String currency) {}

    private static final class Sum {
        int cases;
        Duration elapsed = Duration.ZERO;
        Duration working = Duration.ZERO;
        CostView cost = CostView.NONE;

        void add(Charge charge, CostView of) {
            elapsed = elapsed.plus(charge.elapsed());
            working = working.plus(charge.working());
            cost = cost.plus(of);
        }
    }

    @GetMapping("/api/ledger")
    SumsView read(
            @RequestParam(required = false) @Nullable String process,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            Caller caller) {
        var until = to == null ? clock.instant() : to;
        var since = from == null ? until.minus(Duration.ofDays(DAYS)) : from;
        var input = new Input();
        input.period(since, until);
        var key = Input.orNull(process);
        var versions = key == null ? deployments.ids() : deployments.ids(key);
        input.done();
        var ended = new ArrayList<Ledgers.Of>();
        var cases = ledgers.ended(since, Input.end(to, until), versions, roster.get(), ended::add);
        if (cases.isEmpty()) {
            input.wrong("from", "must leave at most " + Ledgers.CASES_MAX + " cases that ended until 'to'");
            input.done();
        }
        return sums(since, until, ended, caller);
    }

    private SumsView sums(Instant from, Instant to, List<Ledgers.Of> ended, Caller caller) {
        var all = ended.stream().flatMap(of -> of.ledger().charges().stream()).toList();
        var prices = views.prices(all);
        var people = new LinkedHashMap<Account, Sum>();
        var parties = new LinkedHashMap<Account, Sum>();
        for (var of : ended) {
            var perDay = of.ledger().state().waitingCostPerDay(of.until());
            var currency = views.currency(of.process());
            for (var charge : of.ledger().charges()) {
                var cost = prices.of(charge, perDay);
                var sum =
                        people.computeIfAbsent(new Account(charge.party(), charge.holder(), currency), _ -> new Sum());
                sum.cases++; // a case has each holder of a party once
                sum.add(charge, cost);
                parties.computeIfAbsent(new Account(charge.party(), null, currency), _ -> new Sum())
                        .add(charge, cost);
            }
            of.ledger().charges().stream()
                    .map(charge -> new Account(charge.party(), null, currency))
                    .distinct()
                    .forEach(account -> {
                        var sum = parties.get(account);
                        if (sum != null) {
                            sum.cases++;
                        }
                    });
        }
        var names = views.names(all);
        return new SumsView(from, to, ended.size(), lines(people, names, caller), lines(parties, names, caller));
    }

    /** Where most time went comes first. */
    private List<SumView> lines(Map<Account, Sum> sums, Names names, Caller caller) {
        return sums.entrySet().stream()
                .sorted(Map.Entry.<Account, Sum>comparingByValue(java.util.Comparator.comparing(sum -> sum.elapsed))
                        .reversed())
                .map(line -> new SumView(
                        names.party(line.getKey().party()),
                        names.person(line.getKey().holder()),
                        line.getValue().cases,
                        Span.of(line.getValue().elapsed),
                        Span.of(line.getValue().working),
                        line.getKey().currency(),
                        caller.admin() || views.leads(caller, line.getKey().party()) ? line.getValue().cost : null))
                .toList();
    }
}
