package io.baton.server.api;

import io.baton.server.api.TowerView.DearestView;
import io.baton.server.api.TowerView.WaitingView;
import io.baton.server.cases.CaseRow;
import io.baton.server.cases.Cases;
import io.baton.server.insight.CaseFilter;
import io.baton.server.insight.WaitingCosts;
import io.baton.server.session.Caller;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What waiting costs, with the cases that cost most and the list of all of them. */
final class WaitingViews {

    private WaitingViews() {}

    static List<WaitingView> of(List<WaitingCosts> costs, Cases cases, ListLink link, Caller caller) {
        var dearest = costs.stream()
                .flatMap(each -> each.dearest().stream())
                .map(WaitingCosts.Dearest::caseId)
                .toList();
        var rows = cases.among(dearest, null).stream().collect(Collectors.toMap(CaseRow::id, Function.identity()));
        var seen = caller.admin() ? link : link.and("owner", caller.person());
        return costs.stream()
                .map(each -> new WaitingView(
                        each.currency(),
                        each.cases(),
                        seen.open()
                                .and("currency", Objects.requireNonNullElse(each.currency(), CaseFilter.NO_CURRENCY))
                                .cases(),
                        each.perDay(),
                        each.soFar(),
                        each.dearest().stream()
                                .flatMap(one -> Stream.ofNullable(rows.get(one.caseId()))
                                        .map(row -> new DearestView(
                                                cases.key(row.id(), row.process()),
                                                row.title(),
                                                one.perDay(),
                                                one.soFar())))
                                .toList()))
                .toList();
    }
}
