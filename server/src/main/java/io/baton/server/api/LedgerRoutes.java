package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.api.Views.CostView;
import io.baton.server.api.Views.PersonRef;
import io.baton.server.api.Views.ProcessRef;
import io.baton.server.api.Views.Span;
import io.baton.server.api.Views.SumView;
import io.baton.server.api.Views.SummedCaseView;
import io.baton.server.api.Views.SumsView;
import io.baton.server.cases.CaseRow;
import io.baton.server.cases.Cases;
import io.baton.server.directory.Directory;
import io.baton.server.insight.Ledgers;
import io.baton.server.insight.Ledgers.Amounts;
import io.baton.server.insight.Ledgers.Filter;
import io.baton.server.insight.Ledgers.OfCase;
import io.baton.server.insight.Ledgers.Sum;
import io.baton.server.insight.Ledgers.Version;
import io.baton.server.processes.Deployments;
import io.baton.server.session.Caller;
import io.baton.server.web.Cursor;
import io.baton.server.web.Page;
import io.baton.server.web.PageQuery;
import io.baton.server.web.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The ledgers of all cases that ended in a period, added up by person, party and process, and the cases behind each sum. */
@RestController
final class LedgerRoutes {

    private static final int DAYS = 30;
    private static final int KEY_LENGTH_MAX = 255;

    private final Ledgers ledgers;
    private final LedgerViews views;
    private final Deployments deployments;
    private final Cases cases;
    private final Directory directory;
    private final Clock clock;

    LedgerRoutes(Node node, LedgerViews views, Directory directory) {
        this.ledgers = node.ledgers();
        this.views = views;
        this.deployments = node.deployments();
        this.cases = node.cases();
        this.directory = directory;
        this.clock = node.clock();
    }

    record LedgerQuery(
            @Schema(description = "The key of a process.") @Nullable
            String process,

            @Schema(description = "The key of a party whose work it was, or - for nobody's.") @Nullable
            String party,

            @Schema(description = "The id of a person who held it, or me.") @Nullable
            String holder,

            @Schema(description = "The cases ended then or later; 30 days before the end without it.") @Nullable
            String from,

            @Schema(description = "The cases ended before; now without it.") @Nullable
            String to) {}

    @GetMapping("/api/ledger")
    SumsView read(@ParameterObject LedgerQuery query, Caller caller) {
        var filter = filter(query, caller);
        var sums = ledgers.sums(filter).orElseThrow(LedgerRoutes::notWritten);
        var all = Stream.of(sums.people(), sums.parties(), sums.processes())
                .flatMap(List::stream)
                .toList();
        var names = Names.of(
                directory,
                all.stream().map(Sum::holder).filter(Objects::nonNull).toList(),
                all.stream().map(Sum::party).filter(Objects::nonNull).toList());
        var link = link(filter, query);
        Function<Sum, SumView> view = sum -> view(sum, filter, link, names, caller);
        return new SumsView(
                filter.from(),
                filter.to(),
                sums.cases(),
                link.to("ledger/cases"),
                sums.people().stream()
                        .map(sum -> view(sum, filter, of(link, sum).and("holder", sum.holder()), names, caller))
                        .toList(),
                sums.parties().stream()
                        .map(sum -> view(sum, filter, of(link, sum), names, caller))
                        .toList(),
                sums.processes().stream().map(view).toList());
    }

    /** Where most time went comes first. */
    @GetMapping("/api/ledger/cases")
    Page<SummedCaseView> cases(@ParameterObject LedgerQuery query, PageQuery page, Caller caller) {
        var filter = filter(query, caller);
        var after = page.after(Long.class, Long.class)
                .map(cursor -> new Ledgers.After(cursor.number(0), Duration.ofNanos(cursor.number(1) * 1_000)))
                .orElse(null);
        var found = ledgers.cases(filter, after, page.rows()).orElseThrow(LedgerRoutes::notWritten);
        var rows = cases.among(found.stream().map(OfCase::caseId).toList(), null).stream()
                .collect(Collectors.toMap(CaseRow::id, Function.identity()));
        var names =
                Names.of(directory, rows.values().stream().map(CaseRow::owner).toList(), List.of());
        return Page.of(
                found,
                page,
                each -> Cursor.of(each.caseId(), each.amounts().elapsed().toNanos() / 1_000),
                each -> view(each, Objects.requireNonNull(rows.get(each.caseId())), filter, names, caller));
    }

    private Filter filter(LedgerQuery query, Caller caller) {
        var input = new Input();
        var asked = input.optionalTime("to", query.to());
        var until = asked == null ? clock.instant() : asked;
        var since = Objects.requireNonNullElseGet(
                input.optionalTime("from", query.from()), () -> until.minus(Duration.ofDays(DAYS)));
        input.period(since, until);
        var process = input.optionalExact("process", query.process(), KEY_LENGTH_MAX);
        var party = input.optionalExact("party", query.party(), KEY_LENGTH_MAX);
        var holder = input.optionalExact("holder", CaseQuery.person(query.holder(), caller), KEY_LENGTH_MAX);
        input.done();
        var versions = (process == null ? deployments.ids() : deployments.ids(process))
                .stream()
                        .map(id -> new Version(id, deployments.require(id).key(), views.currency(id)))
                        .toList();
        return new Filter(since, Input.end(asked, until), versions, party, holder);
    }

    private static ProblemException notWritten() {
        return ProblemException.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "LedgersToCome",
                "The ledgers of this period are still being written. Try again in a moment, or take a shorter period.");
    }

    /** The same period whenever it is opened. */
    private static ListLink link(Filter filter, LedgerQuery query) {
        return ListLink.none()
                .and("from", filter.from())
                .and("to", filter.to())
                .and("process", query.process())
                .and("party", query.party())
                .and("holder", filter.holder());
    }

    private static ListLink of(ListLink link, Sum sum) {
        return link.and("party", sum.party() == null ? Ledgers.NO_PARTY : sum.party());
    }

    private SumView view(Sum sum, Filter filter, ListLink link, Names names, Caller caller) {
        var process = sum.process();
        return new SumView(
                process == null ? null : process(process),
                names.party(sum.party()),
                names.person(sum.holder()),
                sum.cases(),
                (process == null ? link : link.and("process", process)).to("ledger/cases"),
                Span.of(sum.amounts().elapsed()),
                Span.of(sum.amounts().working()),
                sum.currency(),
                caller.admin() || views.leads(caller, process == null ? sum.party() : filter.party())
                        ? cost(sum.amounts())
                        : null);
    }

    private SummedCaseView view(OfCase of, CaseRow row, Filter filter, Names names, Caller caller) {
        var owner = names.person(row.owner());
        var sees = caller.admin() || caller.person().equals(row.owner()) || views.leads(caller, filter.party());
        return new SummedCaseView(
                cases.key(row.id(), row.process()),
                row.title(),
                process(deployments.require(of.process()).key()),
                owner == null ? new PersonRef(row.owner(), row.owner()) : owner,
                of.endedAt(),
                Span.of(of.amounts().elapsed()),
                Span.of(of.amounts().working()),
                of.currency(),
                sees ? cost(of.amounts()) : null);
    }

    private ProcessRef process(String key) {
        var newest = deployments.newestVersion(key);
        return new ProcessRef(key, newest.map(version -> version.label()).orElse(key), null);
    }

    private static CostView cost(Amounts amounts) {
        return new CostView(
                scaled(amounts.work()),
                scaled(amounts.outside()),
                scaled(amounts.waiting()),
                scaled(amounts.work().add(amounts.outside()).add(amounts.waiting())));
    }

    private static BigDecimal scaled(BigDecimal amount) {
        return amount.setScale(2);
    }
}
