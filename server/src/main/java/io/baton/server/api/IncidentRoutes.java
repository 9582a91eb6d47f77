package io.baton.server.api;

import io.baton.engine.IncidentKind;
import io.baton.server.Node;
import io.baton.server.api.Views.IncidentView;
import io.baton.server.api.Views.MeasureView;
import io.baton.server.api.Views.MeasuresView;
import io.baton.server.api.Views.Span;
import io.baton.server.cases.IncidentMeasures;
import io.baton.server.cases.IncidentMeasures.Measure;
import io.baton.server.cases.OpenIncidents;
import io.baton.server.cases.OpenIncidents.After;
import io.baton.server.insight.CaseFilter;
import io.baton.server.insight.Insight;
import io.baton.server.insight.Reading.Part;
import io.baton.server.processes.Deployments;
import io.baton.server.session.Caller;
import io.baton.server.web.Cursor;
import io.baton.server.web.Page;
import io.baton.server.web.PageQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What needs a person, over all cases. Those of one case, and trying again, are with the case. */
@RestController
final class IncidentRoutes {

    private static final int DAYS = 30;

    private final OpenIncidents incidents;
    private final IncidentMeasures measures;
    private final Deployments deployments;
    private final Clock clock;
    private final Insight insight;
    private final CaseViews views;

    IncidentRoutes(Node node, CaseViews views) {
        this.incidents = new OpenIncidents(node.jdbc());
        this.measures = new IncidentMeasures(node.jdbc());
        this.deployments = node.deployments();
        this.clock = node.clock();
        this.insight = node.insight();
        this.views = views;
    }

    /** Of a period, the last {@link #DAYS} days unless it says otherwise; of all processes, or of one. */
    @GetMapping("/api/incidents/measures")
    MeasuresView measures(
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable String process) {
        var until = to == null ? clock.instant() : to;
        var since = from == null ? until.minus(Duration.ofDays(DAYS)) : from;
        var input = new Input();
        input.period(since, until);
        input.done();
        var key = Input.orNull(process);
        var versions = key == null ? deployments.ids() : deployments.ids(key);
        return new MeasuresView(
                since,
                until,
                measures.measure(since, Input.end(to, until), versions).stream()
                        .map(IncidentRoutes::view)
                        .toList());
    }

    private static MeasureView view(Measure measure) {
        return new MeasureView(
                measure.kind().name(),
                measure.kind().severity().name(),
                measure.raised(),
                measure.open(),
                measure.closed(),
                measure.median() == null ? null : Span.of(measure.median()),
                measure.p85() == null ? null : Span.of(measure.p85()),
                measure.repeated(),
                measure.causes());
    }

    /** The most urgent first; {@code holder} is who has to deal with it, a person's id or {@code me}. */
    @GetMapping("/api/incidents")
    Page<IncidentView> list(
            @ParameterObject CaseQuery query,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String raisedSince,
            @RequestParam(required = false) @Nullable String late,
            PageQuery page,
            Caller caller) {
        var input = new Input();
        var filter = query.filter(input, caller).withHolder(null);
        var ofKind = input.optionalOneOf("kind", IncidentKind.class, kind);
        var since = input.optionalTime("raisedSince", raisedSince);
        input.done();
        var after = page.after(Instant.class, Long.class, Long.class)
                .map(cursor -> new After(cursor.instant(0), cursor.number(1), (int) cursor.number(2)))
                .orElse(After.START);
        var holder = CaseQuery.person(query.holder(), caller);
        var rows = filter.equals(CaseFilter.ALL) && since == null && !"true".equals(late)
                ? incidents.list(holder, ofKind, after, page.rows())
                : insight.ask(reading -> these(reading.incidents(
                        filter,
                        ofKind,
                        holder,
                        since,
                        "true".equals(late),
                        new Part(after.dueAt(), after.caseId(), after.id()),
                        page.rows())));
        var shown = Page.of(rows, page, row -> Cursor.of(row.dueAt(), row.caseId(), (long) row.id()), row -> row);
        return new Page<>(views.incidents(shown.items()), shown.next());
    }

    private List<OpenIncidents.Row> these(List<Part> parts) {
        return incidents.these(
                parts.stream().map(Part::caseId).toList(),
                parts.stream().map(Part::id).toList());
    }
}
