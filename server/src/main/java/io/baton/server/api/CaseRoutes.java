package io.baton.server.api;

import io.baton.engine.Command;
import io.baton.engine.Facts;
import io.baton.server.Node;
import io.baton.server.api.Views.BufferView;
import io.baton.server.api.Views.CaseDetail;
import io.baton.server.api.Views.CaseView;
import io.baton.server.api.Views.FactView;
import io.baton.server.api.Views.IncidentView;
import io.baton.server.api.Views.Items;
import io.baton.server.api.Views.JournalPage;
import io.baton.server.api.Views.LedgerView;
import io.baton.server.api.Views.ScopeView;
import io.baton.server.api.Views.StepView;
import io.baton.server.cases.CaseRow;
import io.baton.server.cases.Cases;
import io.baton.server.commit.Request.Idempotency;
import io.baton.server.directory.Directory;
import io.baton.server.insight.CaseFilter;
import io.baton.server.insight.Insight;
import io.baton.server.insight.Reading;
import io.baton.server.journal.Journal;
import io.baton.server.processes.Deployments;
import io.baton.server.session.Caller;
import io.baton.server.tasks.Tasks;
import io.baton.server.usual.Durations;
import io.baton.server.web.Cursor;
import io.baton.server.web.Page;
import io.baton.server.web.PageQuery;
import io.baton.server.web.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Cases over HTTP: how they stand, who answers for their time, and what their owners decide about them. */
@RestController
final class CaseRoutes {

    private static final int JOURNAL_LIMIT_MAX = 500;
    private static final int JOURNAL_AFTER_MAX = 1_000_000_000;
    private static final int TEXT_LENGTH_MAX = 200;
    private static final int KEY_LENGTH_MAX = 255;

    /** Of so many cases at once it is seen which have the text. */
    private static final int SEARCHED_AT_ONCE = 5_000;

    private final Cases cases;
    private final Tasks tasks;
    private final Journal journal;
    private final Deployments deployments;
    private final Insight insight;
    private final Durations durations;
    private final Starts starts;
    private final CaseViews views;
    private final LedgerViews ledgers;

    CaseRoutes(Node node, Directory directory, CaseViews views, LedgerViews ledgers) {
        this.cases = node.cases();
        this.tasks = node.tasks();
        this.journal = node.journal();
        this.deployments = node.deployments();
        this.insight = node.insight();
        this.durations = node.durations();
        this.starts = new Starts(node.deployments(), directory);
        this.views = views;
        this.ledgers = ledgers;
    }

    record StartBody(
            String process,
            @Nullable Map<String, @Nullable Object> variables,
            @Nullable String owner) {}

    record VariablesBody(@Nullable Integer step, Map<String, @Nullable Object> variables) {}

    record FactsBody(@Nullable String system, @Nullable Map<String, @Nullable Object> facts) {}

    record ReasonBody(@Nullable String reason) {}

    record DueBody(@Nullable Instant due, @Nullable String reason) {}

    record PauseBody(
            @Nullable Instant until,
            @Nullable String reason,
            @Nullable String charged) {}

    /** The cases behind how long a step usually takes. */
    record TookQuery(
            @Schema(
                    description =
                            "A step of that process, by its id: the last cases counted for how long it usually takes.")
            @Nullable
            String took,

            @Schema(description = "true: of the cases counted those in which that step took longest.") @Nullable
            String longest) {}

    record OwnerBody(@Nullable String person, @Nullable String reason) {}

    @PostMapping("/api/cases")
    @ResponseStatus(HttpStatus.CREATED)
    CaseView start(@RequestBody StartBody body, Caller caller, @Nullable Idempotency key) {
        var input = new Input();
        var process = input.exact("process", body.process(), KEY_LENGTH_MAX);
        var owner = input.optionalExact("owner", body.owner(), KEY_LENGTH_MAX);
        var variables = input.variables(body.variables());
        input.done();
        var version = deployments
                .newestVersion(process)
                .orElseThrow(
                        () -> ProblemException.notFound("NoSuchProcess", "No process '" + process + "' is deployed."));
        starts.require(deployments.requireModel(version.id()), caller);
        var done = ProblemException.done(cases.start(
                version.id(), null, variables, owner == null ? caller.person() : owner, caller.actor(), key));
        return views.list(cases.find(done.caseId()).stream().toList()).getFirst();
    }

    /** The newest first. What only memory knows is asked of insight; the same filters make the numbers of the tower. */
    @GetMapping("/api/cases")
    Page<CaseView> list(
            @ParameterObject CaseQuery query,
            @RequestParam(required = false) @Nullable String q,
            @ParameterObject TookQuery counted,
            PageQuery page,
            Caller caller) {
        var input = new Input();
        var text = input.optionalExact("q", q, TEXT_LENGTH_MAX);
        var took = input.optionalExact("took", counted.took(), KEY_LENGTH_MAX);
        if (took != null && Input.orNull(query.process()) == null) {
            input.wrong("took", "goes with process");
        }
        var filter = query.filter(input, caller);
        var state = input.optionalOneOf("state", Cases.State.class, query.stateOrNull());
        input.done();
        var before = page.after(Long.class).map(cursor -> cursor.number(0)).orElse(null);
        var among = took == null
                ? null
                : durations.cases(String.valueOf(filter.process()), took, "true".equals(counted.longest()));
        var rows = query.isPlain() && among == null
                ? cases.list(new Cases.Filter(filter.process(), state, filter.owner(), text, before, page.rows()))
                : insight.ask(reading -> list(reading, filter, among, text, before, page.rows()));
        var shown = Page.of(rows, page, row -> Cursor.of(row.id()), row -> row);
        return new Page<>(views.list(shown.items()), shown.next());
    }

    private List<CaseRow> list(
            Reading reading,
            CaseFilter filter,
            @Nullable Set<Long> among,
            @Nullable String text,
            @Nullable Long before,
            int limit) {
        var rows = new ArrayList<CaseRow>();
        var next = before;
        List<Long> ids;
        var some = text == null ? limit : SEARCHED_AT_ONCE;
        do {
            ids = reading.cases(filter, among, next, some);
            rows.addAll(cases.among(ids, text));
            next = ids.isEmpty() ? null : ids.getLast();
        } while (rows.size() < limit && ids.size() == some);
        return rows.subList(0, Math.min(limit, rows.size()));
    }

    @GetMapping("/api/cases/{key}")
    CaseDetail read(@PathVariable String key, Caller caller) {
        var row = find(key);
        return views.detail(
                row,
                cases.state(row),
                journal.all(row.id()),
                views.tasks().list(tasks.ofCase(row.id()), caller),
                caller);
    }

    @GetMapping("/api/cases/{key}/ledger")
    LedgerView ledger(@PathVariable String key, Caller caller) {
        return ledgers.of(find(key), caller);
    }

    /** How much time is left over, and how that was counted. */
    @GetMapping("/api/cases/{key}/buffer")
    BufferView buffer(@PathVariable String key) {
        var row = find(key);
        var buffer = views.buffer(row, cases.state(row));
        if (buffer == null) {
            throw ProblemException.notFound("NoBuffer", "The case is over, or it has no due date.");
        }
        return buffer;
    }

    @GetMapping("/api/cases/{key}/incidents")
    Items<IncidentView> incidents(@PathVariable String key) {
        var row = find(key);
        return new Items<>(views.incidents(row, cases.state(row)));
    }

    @GetMapping("/api/cases/{key}/steps")
    Items<StepView> steps(@PathVariable String key) {
        var row = find(key);
        return new Items<>(views.steps(row, journal.all(row.id())));
    }

    @GetMapping("/api/cases/{key}/journal")
    JournalPage journal(
            @PathVariable String key,
            @RequestParam(defaultValue = "0") int after,
            @RequestParam(defaultValue = "100") int limit) {
        var input = new Input();
        var _ = input.number("limit", limit, 1, JOURNAL_LIMIT_MAX);
        var _ = input.number("after", after, 0, JOURNAL_AFTER_MAX);
        input.done();
        var row = find(key);
        var upTo = after + limit;
        var entries = journal.entries(row.id(), 0, upTo + 1);
        var more = entries.size() > upTo;
        var shown = more ? entries.subList(0, upTo) : entries;
        return new JournalPage(views.journal(row, shown, after + 1), more ? upTo : null);
    }

    @GetMapping("/api/cases/{key}/variables")
    Map<String, List<ScopeView>> variables(@PathVariable String key) {
        return Map.of("scopes", views.variables(cases.state(find(key))));
    }

    @PatchMapping("/api/cases/{key}/variables")
    Map<String, List<ScopeView>> setVariables(
            @PathVariable String key,
            @RequestBody VariablesBody body,
            Caller caller,
            @Nullable Idempotency idempotency) {
        var row = find(key);
        var step = body.step() == null ? 0 : body.step();
        var variables = Input.only(input -> input.variables(body.variables()));
        perform(row, new Command.SetVariables(step, variables), caller, idempotency);
        return variables(key);
    }

    @GetMapping("/api/cases/{key}/facts")
    Items<FactView> facts(@PathVariable String key) {
        return new Items<>(views.facts(cases.state(find(key))));
    }

    /** What a system says of the case; where it disagrees with others, there is an incident. */
    @PostMapping("/api/cases/{key}/facts")
    Items<FactView> reportFacts(
            @PathVariable String key, @RequestBody FactsBody body, Caller caller, @Nullable Idempotency idempotency) {
        var row = find(key);
        var input = new Input();
        var system = input.exact("system", body.system(), Facts.LENGTH_MAX);
        var facts = input.facts("facts", body.facts());
        input.done();
        perform(row, new Command.ReportFacts(system, facts), caller, idempotency);
        return facts(key);
    }

    @PostMapping("/api/cases/{key}/cancellation")
    CaseView cancel(
            @PathVariable String key, @RequestBody ReasonBody body, Caller caller, @Nullable Idempotency idempotency) {
        var row = find(key);
        perform(row, new Command.CancelCase(reason(body)), caller, idempotency);
        return views.list(List.of(find(key))).getFirst();
    }

    /** With {@code value} in the body a conflict between systems is decided: the case's variable is that from now on. */
    @PostMapping("/api/cases/{key}/incidents/{id}/resolution")
    CaseView resolve(
            @PathVariable String key,
            @PathVariable String id,
            @RequestBody(required = false) @Nullable Map<String, @Nullable Object> body,
            Caller caller,
            @Nullable Idempotency idempotency) {
        var row = find(key);
        var number = Input.part(id);
        if (body != null && body.containsKey("value")) {
            var given = Input.only(input -> input.variables(body));
            perform(row, new Command.DecideConflict(number, given.get("value")), caller, idempotency);
        } else {
            perform(row, new Command.ResolveIncident(number), caller, idempotency);
        }
        return views.list(List.of(find(key))).getFirst();
    }

    // The owner's acts

    @PutMapping("/api/cases/{key}/due")
    CaseDetail changeDue(
            @PathVariable String key, @RequestBody DueBody body, Caller caller, @Nullable Idempotency idempotency) {
        var input = new Input();
        var due = input.optionalTime("due", body.due());
        var reason = input.reason("reason", body.reason());
        input.done();
        return act(key, new Command.ChangeDue(0, due, reason), caller, idempotency);
    }

    @PostMapping("/api/cases/{key}/pause")
    CaseDetail pause(
            @PathVariable String key, @RequestBody PauseBody body, Caller caller, @Nullable Idempotency idempotency) {
        var input = new Input();
        var until = input.time("until", body.until());
        var reason = input.reason("reason", body.reason());
        var charged = input.optionalExact("charged", body.charged(), KEY_LENGTH_MAX);
        input.done();
        return act(key, new Command.PauseCase(until, reason, charged), caller, idempotency);
    }

    @DeleteMapping("/api/cases/{key}/pause")
    CaseDetail resume(@PathVariable String key, Caller caller, @Nullable Idempotency idempotency) {
        return act(key, new Command.ResumeCase(), caller, idempotency);
    }

    /** The owner stays accountable until the person accepts. */
    @PostMapping("/api/cases/{key}/owner")
    CaseDetail offerOwnership(
            @PathVariable String key, @RequestBody OwnerBody body, Caller caller, @Nullable Idempotency idempotency) {
        var input = new Input();
        var person = input.exact("person", body.person(), KEY_LENGTH_MAX);
        var reason = input.reason("reason", body.reason());
        input.done();
        return act(key, new Command.OfferOwnership(person, reason), caller, idempotency);
    }

    @PostMapping("/api/cases/{key}/owner/acceptance")
    CaseDetail acceptOwnership(@PathVariable String key, Caller caller, @Nullable Idempotency idempotency) {
        return act(key, new Command.AcceptOwnership(), caller, idempotency);
    }

    @PostMapping("/api/cases/{key}/owner/refusal")
    CaseDetail refuseOwnership(
            @PathVariable String key, @RequestBody ReasonBody body, Caller caller, @Nullable Idempotency idempotency) {
        return act(key, new Command.DeclineOwnership(reason(body)), caller, idempotency);
    }

    private static String reason(ReasonBody body) {
        return Input.only(input -> input.reason("reason", body.reason()));
    }

    private CaseDetail act(String key, Command command, Caller caller, @Nullable Idempotency idempotency) {
        perform(find(key), command, caller, idempotency);
        return read(key, caller);
    }

    private void perform(CaseRow row, Command command, Caller caller, @Nullable Idempotency key) {
        var _ = ProblemException.done(cases.perform(row.id(), command, caller.actor(), key));
    }

    private CaseRow find(String key) {
        return views.find(cases, key);
    }
}
