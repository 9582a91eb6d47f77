package io.baton.server.api;

import io.baton.engine.Booking;
import io.baton.engine.Buffer;
import io.baton.engine.Case;
import io.baton.engine.Event;
import io.baton.engine.Incident;
import io.baton.engine.IncidentKind;
import io.baton.engine.Roster;
import io.baton.engine.Step;
import io.baton.engine.Wait;
import io.baton.server.api.Views.AppointmentView;
import io.baton.server.api.Views.AwaitedView;
import io.baton.server.api.Views.BufferTermView;
import io.baton.server.api.Views.BufferView;
import io.baton.server.api.Views.CaseDetail;
import io.baton.server.api.Views.CaseView;
import io.baton.server.api.Views.EntryView;
import io.baton.server.api.Views.EventView;
import io.baton.server.api.Views.FactView;
import io.baton.server.api.Views.IncidentView;
import io.baton.server.api.Views.JobView;
import io.baton.server.api.Views.NodeCount;
import io.baton.server.api.Views.OpenStepView;
import io.baton.server.api.Views.PauseView;
import io.baton.server.api.Views.ProcessRef;
import io.baton.server.api.Views.ScopeView;
import io.baton.server.api.Views.Span;
import io.baton.server.api.Views.StatementView;
import io.baton.server.api.Views.StepBufferView;
import io.baton.server.api.Views.StepView;
import io.baton.server.api.Views.TimerView;
import io.baton.server.api.Views.UndoView;
import io.baton.server.cases.CaseRow;
import io.baton.server.cases.Cases;
import io.baton.server.cases.OpenIncidents;
import io.baton.server.directory.Directory;
import io.baton.server.journal.Entry;
import io.baton.server.processes.Versions;
import io.baton.server.session.Caller;
import io.baton.server.web.ProblemException;
import java.lang.reflect.RecordComponent;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns cases, their state and their journal into the API's shapes. */
final class CaseViews {

    private final Versions versions;
    private final Directory directory;
    private final TaskViews tasks;
    private final Supplier<Roster> roster;
    private final Clock clock;

    CaseViews(Versions versions, Directory directory, TaskViews tasks, Supplier<Roster> roster, Clock clock) {
        this.versions = versions;
        this.directory = directory;
        this.tasks = tasks;
        this.roster = roster;
        this.clock = clock;
    }

    List<CaseView> list(List<CaseRow> rows) {
        var names = names(rows);
        return rows.stream().map(row -> view(row, names)).toList();
    }

    private Names names(List<CaseRow> rows) {
        return Names.of(
                directory,
                rows.stream()
                        .flatMap(row -> Stream.concat(
                                Stream.of(row.owner()), row.open().stream().map(CaseRow.OpenStep::holder)))
                        .toList(),
                rows.stream()
                        .flatMap(row -> row.open().stream().map(CaseRow.OpenStep::party))
                        .toList());
    }

    private CaseView view(CaseRow row, Names names) {
        return new CaseView(
                key(row),
                row.title(),
                process(row.process()),
                state(row.status()),
                names.person(row.owner()),
                row.startedAt(),
                row.changedAt(),
                row.endedAt(),
                open(row, names),
                row.incidents(),
                row.dueAt(),
                isOverdue(row),
                row.paused());
    }

    private static List<OpenStepView> open(CaseRow row, Names names) {
        return row.open().stream()
                .map(step -> new OpenStepView(
                        step.node(),
                        step.name(),
                        step.type(),
                        names.person(step.holder()),
                        step.claimed(),
                        names.party(step.party()),
                        step.since()))
                .toList();
    }

    /** The whole key must fit: PAY-1042 is not ORD-1042. */
    CaseRow find(Cases cases, String key) {
        return Cases.number(key)
                .flatMap(cases::find)
                .filter(row -> row.status() != Case.Status.NEW && key(row).equals(key))
                .orElseThrow(() -> ProblemException.notFound("NoSuchCase", "There is no case " + key + "."));
    }

    String key(CaseRow row) {
        return versions.prefix(row.process()) + "-" + row.id();
    }

    ProcessRef process(int process) {
        var version = versions.require(process);
        return new ProcessRef(version.key(), version.label(), version.version());
    }

    static String state(Case.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private boolean isOverdue(CaseRow row) {
        return row.dueAt() != null && row.endedAt() == null && row.dueAt().isBefore(clock.instant());
    }

    CaseDetail detail(CaseRow row, Case state, List<Entry> journal, List<Views.TaskView> openTasks, Caller caller) {
        var names = names(row, state);
        var tokens = new LinkedHashMap<String, Integer>();
        row.open().forEach(step -> tokens.merge(step.node(), 1, Integer::sum));
        var travelled = new ArrayList<String>();
        var visited = new LinkedHashMap<String, Integer>();
        for (var entry : journal) {
            for (var event : entry.events()) {
                switch (event) {
                    case Event.FlowTaken taken -> travelled.add(taken.flow());
                    case Event.StepEntered entered -> visited.merge(entered.node(), 1, Integer::sum);
                    case Event.StepPassed passed -> visited.merge(passed.node(), 1, Integer::sum);
                    default -> {}
                }
            }
        }
        return new CaseDetail(
                key(row),
                row.title(),
                process(row.process()),
                state(row.status()),
                names.person(row.owner()),
                row.startedAt(),
                row.changedAt(),
                row.endedAt(),
                open(row, names),
                counts(tokens),
                travelled.stream().distinct().toList(),
                counts(visited),
                openTasks,
                jobs(row, state),
                timers(row, state),
                awaited(state),
                state.incidents().stream()
                        .map(incident -> incident(row, state, incident, names))
                        .toList(),
                state.variables(),
                row.dueAt(),
                isOverdue(row),
                state.pause() == null ? null : pause(state.pause(), names),
                state.status() == Case.Status.OPEN ? names.person(state.heir()) : null,
                state.status() == Case.Status.OPEN && caller.person().equals(row.owner()),
                buffer(row, state),
                appointments(row, state),
                state.status() == Case.Status.OPEN ? undos(row, state, journal, caller.person()) : List.of());
    }

    private List<UndoView> undos(CaseRow row, Case state, List<Entry> journal, String person) {
        return Undos.of(state, journal, person, clock.instant()).stream()
                .map(each -> new UndoView(
                        id(row, each.step().id()),
                        label(each.step()),
                        each.what().name(),
                        each.until(),
                        each.what().undo()))
                .toList();
    }

    /** What is booked and was not given up; of a case that is over too. */
    List<AppointmentView> appointments(CaseRow row, Case state) {
        var booked = state.bookings().stream()
                .filter(booking -> !booking.isReleased())
                .toList();
        var names = Names.of(
                directory,
                booked.stream()
                        .flatMap(each -> Stream.of(each.person(), each.book()))
                        .filter(each -> !each.startsWith("@"))
                        .toList(),
                booked.stream()
                        .map(Booking::book)
                        .filter(each -> each.startsWith("@"))
                        .map(each -> each.substring(1))
                        .toList());
        return booked.stream()
                .map(each -> new AppointmentView(
                        each.step(),
                        versions.requireModel(each.process())
                                .node(each.node())
                                .element()
                                .label(),
                        each.at(),
                        each.until(),
                        names.person(each.person()),
                        each.book().startsWith("@") ? null : names.person(each.book()),
                        each.book().startsWith("@") ? names.party(each.book().substring(1)) : null))
                .toList();
    }

    /** Null for a case that is over, or not due. */
    @Nullable
    BufferView buffer(CaseRow row, Case state) {
        var buffer = Buffer.of(state, roster.get(), clock.instant());
        return buffer == null
                ? null
                : new BufferView(
                        buffer.due(),
                        buffer.now(),
                        Span.of(buffer.left()),
                        buffer.left().isNegative(),
                        buffer.steps().stream()
                                .map(step -> view(row, state, step))
                                .toList());
    }

    private static StepBufferView view(CaseRow row, Case state, Buffer.OfStep buffer) {
        var step = state.step(buffer.step());
        var node = step == null ? null : step.node();
        return new StepBufferView(
                id(row, buffer.step()),
                node == null ? "" : node.id(),
                node == null ? "" : node.element().label(),
                Span.of(buffer.left()),
                buffer.usedUpAt(),
                buffer.terms().stream()
                        .map(term -> new BufferTermView(
                                term.node(),
                                term.label(),
                                Span.of(term.takes()),
                                term.workingTime(),
                                term.from(),
                                term.until(),
                                Span.of(term.elapsed())))
                        .toList());
    }

    private Names names(CaseRow row, Case state) {
        var people = new ArrayList<@Nullable String>();
        people.add(row.owner());
        people.add(state.heir());
        people.add(state.pause() == null ? null : state.pause().charged());
        row.open().forEach(step -> people.add(step.holder()));
        for (var incident : state.incidents()) {
            people.add(state.holder(incident));
            people.addAll(Mentioned.inReason(incident.message()));
        }
        return Names.of(
                directory,
                people,
                row.open().stream().map(CaseRow.OpenStep::party).toList());
    }

    private static PauseView pause(Case.Pause pause, Names names) {
        return new PauseView(pause.since(), pause.until(), pause.reason(), names.person(pause.charged()));
    }

    private static List<NodeCount> counts(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(count -> new NodeCount(count.getKey(), count.getValue()))
                .toList();
    }

    private List<JobView> jobs(CaseRow row, Case state) {
        var jobs = new ArrayList<JobView>();
        for (var step : state.steps()) {
            var job = step.job();
            if (job != null) {
                jobs.add(new JobView(
                        id(row, step.id()),
                        job.type(),
                        key(row),
                        nodeId(step),
                        label(step),
                        job.retries(),
                        null,
                        null));
            }
        }
        return jobs;
    }

    private static List<TimerView> timers(CaseRow row, Case state) {
        return state.waits().stream()
                .filter(Wait.Timer.class::isInstance)
                .map(Wait.Timer.class::cast)
                .map(timer -> new TimerView(
                        id(row, timer.id()),
                        timer.node().id(),
                        timer.node().element().label(),
                        timer.due()))
                .toList();
    }

    private static List<AwaitedView> awaited(Case state) {
        return state.waits().stream()
                .filter(Wait.Message.class::isInstance)
                .map(Wait.Message.class::cast)
                .map(message -> new AwaitedView(
                        message.node().id(), message.node().element().label(), message.name(), message.key()))
                .toList();
    }

    /** Those of one case, by when they are due. */
    List<IncidentView> incidents(CaseRow row, Case state) {
        var names = names(row, state);
        return state.incidents().stream()
                .map(incident -> incident(row, state, incident, names))
                .sorted(Comparator.comparing(IncidentView::dueAt))
                .toList();
    }

    private IncidentView incident(CaseRow row, Case state, Incident incident, Names names) {
        return incident(
                new OpenIncidents.Row(
                        row.id(),
                        row.process(),
                        row.title(),
                        incident.id(),
                        incident.step(),
                        incident.node(),
                        incident.kind(),
                        incident.message(),
                        incident.about(),
                        incident.raisedAt(),
                        incident.raisedAt().plus(incident.kind().due()),
                        state.holder(incident)),
                names);
    }

    /** Those of many cases, in the order given. */
    List<IncidentView> incidents(List<OpenIncidents.Row> rows) {
        var people = new ArrayList<String>();
        for (var row : rows) {
            people.add(row.holder());
            people.addAll(Mentioned.inReason(row.message()));
        }
        var names = Names.of(directory, people, List.of());
        return rows.stream().map(row -> incident(row, names)).toList();
    }

    private IncidentView incident(OpenIncidents.Row row, Names names) {
        var model = versions.requireModel(row.process());
        var name = model.has(row.node()) ? model.node(row.node()).element().label() : row.node();
        var written = row.kind() == IncidentKind.STUCK
                || row.kind() == IncidentKind.CONFLICT; // by a person, in their own words
        return new IncidentView(
                row.caseId() + "." + row.id(),
                versions.prefix(row.process()) + "-" + row.caseId(),
                row.title(),
                row.node(),
                name,
                row.kind().name(),
                row.kind().severity().name(),
                written ? row.message() : Sentences.reason(row.message(), names),
                row.about(),
                names.person(row.holder()),
                row.kind().suggestion(),
                row.raisedAt(),
                row.dueAt(),
                row.dueAt().isBefore(clock.instant()));
    }

    List<FactView> facts(Case state) {
        var said = state.facts();
        var names = Names.of(
                directory,
                List.of(),
                said.stream().flatMap(fact -> fact.systems().keySet().stream()).toList());
        var disputed = state.incidents().stream()
                .filter(incident -> incident.kind() == IncidentKind.CONFLICT)
                .map(Incident::about)
                .toList();
        return said.stream()
                .map(fact -> new FactView(
                        fact.name(),
                        fact.own(),
                        fact.systems().entrySet().stream()
                                .map(system -> new StatementView(
                                        names.party(system.getKey()),
                                        system.getValue().value(),
                                        system.getValue().overruled()))
                                .toList(),
                        !disputed.contains(fact.name())))
                .toList();
    }

    static String id(CaseRow row, int number) {
        return row.id() + "." + number;
    }

    private static String nodeId(Step step) {
        return step.node() == null ? "" : step.node().id();
    }

    private static String label(Step step) {
        return step.node() == null ? "" : step.node().element().label();
    }

    List<ScopeView> variables(Case state) {
        var scopes = new ArrayList<ScopeView>();
        scopes.add(new ScopeView(0, null, null, state.variables()));
        for (var step : state.steps()) {
            if (!step.variables().isEmpty()) {
                scopes.add(new ScopeView(step.id(), nodeId(step), label(step), step.variables()));
            }
        }
        return scopes;
    }

    /** Every step of the case, from its journal: also those that were passed in one move. */
    List<StepView> steps(CaseRow row, List<Entry> journal) {
        var steps = new LinkedHashMap<Integer, Draft>();
        for (var entry : journal) {
            for (var event : entry.events()) {
                switch (event) {
                    case Event.StepPassed passed ->
                        steps.put(
                                passed.step(),
                                new Draft(passed.node(), passed.scope(), entry.at(), entry.at(), "passed", null, null));
                    case Event.StepEntered entered ->
                        steps.put(
                                entered.step(),
                                new Draft(entered.node(), entered.scope(), entry.at(), null, "open", null, null));
                    case Event.TaskOpened opened ->
                        steps.computeIfPresent(
                                opened.step(),
                                (_, step) -> step.heldBy(opened.holder()).by(opened.team()));
                    case Event.TaskClaimed claimed ->
                        steps.computeIfPresent(claimed.step(), (_, step) -> step.heldBy(claimed.person()));
                    case Event.TaskReleased released ->
                        steps.computeIfPresent(released.step(), (_, step) -> step.heldBy(null));
                    case Event.HandoffAccepted accepted ->
                        steps.computeIfPresent(accepted.step(), (_, step) -> step.heldBy(accepted.person()));
                    case Event.TaskSentBack back ->
                        steps.computeIfPresent(back.step(), (_, step) -> step.heldBy(back.to()));
                    case Event.TaskTaken taken ->
                        steps.computeIfPresent(taken.step(), (_, step) -> step.heldBy(taken.person()));
                    case Event.StepLeft left ->
                        steps.computeIfPresent(left.step(), (_, step) -> step.closed("completed", entry.at()));
                    case Event.StepTerminated ended ->
                        steps.computeIfPresent(ended.step(), (_, step) -> step.closed("terminated", entry.at()));
                    default -> {}
                }
            }
        }
        return views(row, steps);
    }

    private List<StepView> views(CaseRow row, Map<Integer, Draft> steps) {
        var model = versions.requireModel(row.process());
        var names = Names.of(
                directory,
                steps.values().stream().map(Draft::holder).toList(),
                steps.values().stream().map(Draft::party).toList());
        var views = new ArrayList<StepView>();
        steps.forEach((number, step) -> {
            var node = model.has(step.node()) ? model.node(step.node()) : null;
            views.add(new StepView(
                    id(row, number),
                    step.node(),
                    node == null ? step.node() : node.element().label(),
                    node == null ? "flowNode" : Cases.type(node),
                    step.scope() == 0 ? null : id(row, step.scope()),
                    step.enteredAt(),
                    step.leftAt(),
                    step.state(),
                    names.person(step.holder()),
                    names.party(
                            step.party() == null && node != null
                                    ? node.element().party()
                                    : step.party())));
        });
        return views;
    }

    private record Draft(
            String node,
            int scope,
            Instant enteredAt,
            @Nullable Instant leftAt,
            String state,
            @Nullable String holder,
            @Nullable String party) {

        Draft heldBy(@Nullable String person) {
            return new Draft(node, scope, enteredAt, leftAt, state, person, party);
        }

        Draft by(@Nullable String team) {
            return new Draft(node, scope, enteredAt, leftAt, state, holder, team);
        }

        Draft closed(String outcome, Instant at) {
            return new Draft(node, scope, enteredAt, at, outcome, holder, party);
        }
    }

    /** The entries from {@code first} on; earlier ones are needed to know which node a step is. */
    List<EntryView> journal(CaseRow row, List<Entry> journal, int first) {
        var people = new ArrayList<String>();
        var parties = new ArrayList<@Nullable String>();
        for (var entry : journal) {
            people.add(entry.actor().id());
            for (var event : entry.events()) {
                people.addAll(Mentioned.people(event));
                parties.addAll(Mentioned.parties(event));
            }
        }
        var names = Names.of(directory, people, parties);
        var sentences = new Sentences(versions.requireModel(row.process()), names);
        var views = new ArrayList<EntryView>();
        for (var entry : journal) {
            var events = entry.events().stream()
                    .map(event -> new EventView(event.getClass().getSimpleName(), sentences.of(event), fields(event)))
                    .toList();
            if (entry.seq() >= first) {
                views.add(new EntryView(
                        entry.seq(), entry.at(), names.person(entry.actor().id()), entry.command(), events));
            }
        }
        return views;
    }

    private static Map<String, @Nullable Object> fields(Event event) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        for (RecordComponent component : event.getClass().getRecordComponents()) {
            try {
                fields.put(component.getName(), component.getAccessor().invoke(event));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return fields;
    }

    TaskViews tasks() {
        return tasks;
    }
}
