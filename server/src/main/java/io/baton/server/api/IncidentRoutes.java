package io.baton.server.api;

import io.baton.engine.IncidentKind;
import io.baton.server.Node;
import io.baton.server.api.Views.IncidentView;
import io.baton.server.cases.OpenIncidents;
import io.baton.server.cases.OpenIncidents.After;
import io.baton.server.session.Caller;
import io.baton.server.web.Cursor;
import io.baton.server.web.Page;
import io.baton.server.web.PageQuery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What needs a person, over all cases. Those of one case, and trying again, are with the case. */
@RestController
final class IncidentRoutes {

    private static final String MYSELF = "me";

    private final OpenIncidents incidents;
    private final CaseViews views;

    IncidentRoutes(Node node, CaseViews views) {
        this.incidents = new OpenIncidents(node.jdbc());
        this.views = views;
    }

    /** The most urgent first; {@code holder} is a person's id or {@code me}. */
    @GetMapping("/api/incidents")
    Page<IncidentView> list(
            @RequestParam(required = false) @Nullable String holder,
            @RequestParam(required = false) @Nullable String kind,
            PageQuery page,
            Caller caller) {
        var asked = Input.orNull(holder);
        var after = page.after(Instant.class, Long.class, Long.class)
                .map(cursor -> new After(cursor.instant(0), cursor.number(1), (int) cursor.number(2)))
                .orElse(After.START);
        var rows = incidents.list(
                MYSELF.equals(asked) ? caller.person() : asked,
                Input.orNull(kind) == null ? null : Input.only(input -> input.oneOf("kind", IncidentKind.class, kind)),
                after,
                page.rows());
        var shown = Page.of(rows, page, row -> Cursor.of(row.dueAt(), row.caseId(), (long) row.id()), row -> row);
        return new Page<>(views.incidents(shown.items()), shown.next());
    }
}
