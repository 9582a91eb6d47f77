package io.baton.server.api;

import io.baton.engine.Case;
import io.baton.engine.CaseAct;
import io.baton.engine.Event;
import io.baton.engine.Incident;
import io.baton.engine.Roster;
import io.baton.engine.Step;
import io.baton.engine.TaskAct;
import io.baton.engine.Wait;
import io.baton.engine.model.FlowNode.Element;
import io.baton.engine.model.FlowNode.StartEvent;
import io.baton.engine.model.ProcessModel;
import io.baton.engine.model.Trigger;
import io.baton.server.api.DesignRoutes.ProblemView;
import io.baton.server.api.PlayView.BeginningView;
import io.baton.server.api.PlayView.CaseActorView;
import io.baton.server.api.PlayView.NextView;
import io.baton.server.api.PlayView.PlayedActor;
import io.baton.server.api.PlayView.PlayedIncident;
import io.baton.server.api.PlayView.PlayedJob;
import io.baton.server.api.PlayView.PlayedTask;
import io.baton.server.api.PlayView.PlayedWait;
import io.baton.server.api.PlayView.StoppedView;
import io.baton.server.api.PlayView.ToldView;
import io.baton.server.api.Views.EntryView;
import io.baton.server.api.Views.EventView;
import io.baton.server.api.Views.PersonRef;
import io.baton.server.cases.CaseRow;
import io.baton.server.cases.Cases;
import io.baton.server.commit.DeliveryRow;
import io.baton.server.commit.OpenRows;
import io.baton.server.commit.OpenRows.TaskRow;
import io.baton.server.directory.Directory;
import io.baton.server.play.Play;
import io.baton.server.play.Plays.Played;
import io.baton.server.processes.Draft;
import io.baton.server.session.Caller;
import io.baton.server.tasks.Tasks.Decided;
import io.baton.server.tasks.Tasks.Task;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How a play stands, in the shapes of a real case, and all that can be done next. */
final class PlayViews {

    /** Tasks and jobs that are shown with all they say; of others, only the list of open steps knows. */
    private static final int SHOWN_MAX = 20;

    /** The newest entries of the journal. */
    private static final int ENTRIES_MAX = 500;

    /** Of an entry, the events that have words; a loop may cause thousands. */
    private static final int EVENTS_MAX = 100;

    /** Of a team, the people who are offered to act as. */
    private static final int MEMBERS_MAX = 20;

    private final Draft draft;
    private final Directory directory;
    private final Caller caller;

    PlayViews(Draft draft, Directory directory, Caller caller) {
        this.draft = draft;
        this.directory = directory;
        this.caller = caller;
    }

    static PlayView unplayable(List<ProblemView> problems, Instant now) {
        return new PlayView(
                problems, now, 0, null, List.of(), null, List.of(), List.of(), List.of(), List.of(), List.of(), null,
                List.of(), List.of(), "");
    }

    PlayView view(Played played, Instant today) {
        var stopped = played.stopped() == null
                ? null
                : new StoppedView(
                        played.stopped().act(),
                        played.stopped().node(),
                        played.stopped().code(),
                        played.stopped().reason());
        var play = played.play();
        if (play == null) {
            return new PlayView(
                    List.of(),
                    today,
                    0,
                    stopped,
                    beginnings(),
                    null,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    null,
                    List.of(),
                    List.of(),
                    "");
        }
        var state = play.state();
        var clock = Clock.fixed(play.now(), ZoneOffset.UTC);
        var taskViews = new TaskViews(draft, directory, play::roster, clock);
        var views = new CaseViews(draft, directory, taskViews, play::roster, clock);
        var row = row(play);
        var tasks = tasks(state);
        var steps = new StepNames(state);
        return new PlayView(
                List.of(),
                play.now(),
                played.done(),
                stopped,
                beginnings(),
                views.detail(row, state, play.journal(), taskViews.list(tasks, caller), caller),
                caseActors(state),
                tasks.stream()
                        .limit(SHOWN_MAX)
                        .map(task -> task(task, play, taskViews, steps))
                        .toList(),
                jobs(state, steps),
                awaited(state),
                incidents(state, views, row),
                next(play),
                told(play),
                journal(views.journal(row, play.journal(), 1)),
                played.transcript());
    }

    // The rows that a real case would have

    private static CaseRow row(Play play) {
        var state = play.state();
        var journal = play.journal();
        return new CaseRow(
                Play.CASE,
                state.process(),
                state.status(),
                state.incidents().size(),
                journal.getFirst().at(),
                journal.getLast().at(),
                state.status() == Case.Status.OPEN ? null : endedAt(play),
                state.owner(),
                state.title(),
                state.due(),
                state.pause() != null,
                state.status() == Case.Status.OPEN ? Cases.openSteps(state) : List.of());
    }

    private static Instant endedAt(Play play) {
        return play.journal().stream()
                .filter(entry -> entry.events().stream()
                        .anyMatch(
                                event -> event instanceof Event.CaseCompleted || event instanceof Event.CaseCancelled))
                .findFirst()
                .orElse(play.journal().getLast())
                .at();
    }

    private static List<Task> tasks(Case state) {
        var tasks = new ArrayList<Task>();
        OpenRows.of(state).tasks().forEach((step, row) -> tasks.add(task(state, step, row)));
        return tasks;
    }

    private static Task task(Case state, int step, TaskRow row) {
        var decided = row.decidedBy() == null || row.decidedAt() == null || row.effectiveAt() == null
                ? null
                : new Decided(row.decidedBy(), row.decidedAt(), row.effectiveAt());
        return new Task(
                Play.CASE,
                step,
                row.process(),
                row.node(),
                row.openedAt(),
                row.dueAt(),
                row.holder(),
                row.team(),
                row.offered(),
                row.acceptBy(),
                row.promisedAt(),
                row.blocker(),
                decided,
                state.process(),
                state.owner(),
                state.title());
    }

    // What can be done

    private List<BeginningView> beginnings() {
        var beginnings = new ArrayList<BeginningView>();
        for (var id : draft.ids()) {
            var model = draft.requireModel(id);
            for (var start : model.startEvents(Element.PROCESS)) {
                beginnings.add(beginning(id, model, start));
            }
        }
        beginnings.sort(Comparator.comparing(beginning -> beginning.event() != null)); // what anybody can start first
        return beginnings;
    }

    private BeginningView beginning(int id, ProcessModel model, StartEvent start) {
        var kind = switch (start.trigger()) {
            case Trigger.Message _ -> "MESSAGE";
            case Trigger.Timer _ -> "TIMER";
            default -> "PLAIN";
        };
        var plain = kind.equals("PLAIN");
        return new BeginningView(
                model.key(),
                plain ? null : start.id(),
                start.element().label(),
                kind,
                plain ? schema(id, model.key() + "-start") : null);
    }

    private List<CaseActorView> caseActors(Case state) {
        var people = Stream.of(state.owner(), state.heir())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        var names = Names.of(directory, people, List.of());
        return people.stream()
                .map(person -> new CaseActorView(
                        Objects.requireNonNullElse(names.person(person), new PersonRef(person, person)),
                        CaseAct.possible(state, person).stream()
                                .map(CaseAct::name)
                                .toList()))
                .filter(actor -> !actor.acts().isEmpty())
                .toList();
    }

    private @Nullable Object schema(int process, @Nullable String form) {
        return form == null
                ? null
                : draft.form(process, form)
                        .map(json -> (Object) JsonMapper.shared().readTree(json))
                        .orElse(null);
    }

    private PlayedTask task(Task task, Play play, TaskViews views, StepNames steps) {
        var state = play.state();
        var step = state.step(task.step());
        if (step == null) {
            throw new IllegalStateException("an open task has a step");
        }
        var actors = actors(task, play, views);
        var first =
                actors.isEmpty() ? caller.person() : actors.getFirst().person().id();
        var schema = schema(task.process(), views.form(task));
        return new PlayedTask(
                steps.of(step), views.detail(task, state, step, play.journal(), schema, as(first)), actors);
    }

    /** Who is asked, has it, may take it, or answers for the case; the first is the one who would act. */
    private List<PlayedActor> actors(Task task, Play play, TaskViews views) {
        var people = new LinkedHashMap<String, String>();
        var offered = task.offeredPerson();
        if (offered != null) {
            people.put(offered, "ASKED");
        }
        if (task.blocker() != null) {
            people.putIfAbsent(task.blocker(), "BLOCKER");
        }
        if (task.holder() != null) {
            people.putIfAbsent(task.holder(), "HOLDER");
        }
        var queue = task.offered() == null && task.holder() == null ? task.team() : task.offeredTeam();
        for (var member : members(queue, play.roster())) {
            people.putIfAbsent(member, "TEAM");
        }
        people.putIfAbsent(play.state().owner(), "OWNER");
        var names = Names.of(directory, people.keySet(), List.of());
        var actors = new ArrayList<PlayedActor>();
        Map<String, List<String>> acts = new HashMap<>(); // members of a team are alike
        people.forEach((person, as) -> {
            var may = acts.computeIfAbsent(
                    as,
                    _ -> views.acts(task, play.state(), as(person)).stream()
                            .map(TaskAct::name)
                            .toList());
            var mayComplete = task.decided() == null
                    && (as.equals("TEAM")
                            || as.equals("ASKED")
                            || (as.equals("HOLDER") && task.offered() == null)
                            || (queue == null && task.holder() == null && task.offered() == null));
            var name = names.person(person);
            actors.add(new PlayedActor(name == null ? new PersonRef(person, person) : name, as, mayComplete, may));
        });
        return actors;
    }

    private static List<String> members(@Nullable String team, Roster roster) {
        var found = team == null ? null : roster.team(team);
        return found == null
                ? List.of()
                : found.members().stream().limit(MEMBERS_MAX).toList();
    }

    private static Caller as(String person) {
        return new Caller(person, person, false, Caller.Means.SESSION);
    }

    private static List<PlayedJob> jobs(Case state, StepNames steps) {
        var jobs = new ArrayList<PlayedJob>();
        for (var step : state.steps()) {
            var job = step.job();
            if (job != null && jobs.size() < SHOWN_MAX) {
                jobs.add(new PlayedJob(steps.of(step), label(step), job.type(), job.retries(), state.visible(step)));
            }
        }
        return jobs;
    }

    private static String label(Step step) {
        return step.node() == null ? "" : step.node().element().label();
    }

    private static List<PlayedWait> awaited(Case state) {
        var seen = new HashMap<String, Integer>();
        var awaited = new ArrayList<PlayedWait>();
        for (var wait : state.waits()) {
            if (wait instanceof Wait.Message message && awaited.size() < SHOWN_MAX) {
                var node = message.node();
                awaited.add(new PlayedWait(
                        numbered(node.id(), seen), node.element().label(), message.name(), message.key()));
            }
        }
        return awaited;
    }

    private static List<PlayedIncident> incidents(Case state, CaseViews views, CaseRow row) {
        var seen = new HashMap<String, Integer>();
        var shown = new HashMap<String, Views.IncidentView>();
        views.incidents(row, state).forEach(each -> shown.put(each.id(), each));
        var incidents = new ArrayList<PlayedIncident>();
        for (Incident incident : state.incidents()) {
            var view = shown.get(CaseViews.id(row, incident.id()));
            if (view != null && incidents.size() < SHOWN_MAX) {
                incidents.add(
                        new PlayedIncident(numbered(incident.node(), seen), view.name(), view.kind(), view.message()));
            }
        }
        return incidents;
    }

    /** {@code approve}, {@code approve#2}, … in the order in which they are looked for. */
    private static String numbered(String node, Map<String, Integer> seen) {
        var number = seen.merge(node, 1, Integer::sum);
        return number == 1 ? node : node + "#" + number;
    }

    /** Names of steps as acts say them; tasks and jobs are counted each for themselves. */
    private static final class StepNames {

        private final Map<Integer, String> names = new HashMap<>();

        StepNames(Case state) {
            var tasks = new HashMap<String, Integer>();
            var jobs = new HashMap<String, Integer>();
            for (var step : state.steps()) {
                if (step.node() != null && (step.task() != null || step.job() != null)) {
                    names.put(step.id(), numbered(step.node().id(), step.task() != null ? tasks : jobs));
                }
            }
        }

        String of(Step step) {
            return names.getOrDefault(step.id(), "");
        }
    }

    // What has happened, and what will

    private @Nullable NextView next(Play play) {
        var next = play.next().orElse(null);
        if (next == null) {
            return null;
        }
        var state = play.state();
        if (next.id() > 0) {
            var timer = state.waits().stream()
                    .filter(wait -> wait.id() == next.id())
                    .findFirst();
            return new NextView(
                    next.at(),
                    timer.map(wait -> "The time of '" + wait.node().element().label() + "' is up")
                            .orElse("A timer fires"));
        }
        var step = next.id() == 0 ? null : state.step(-next.id());
        if (step == null) {
            return new NextView(
                    next.at(), state.pause() == null ? "It is seen whether the case is late" : "The pause is over");
        }
        var foreseen = state.ifNobodyActs(step, play.roster(), play.now());
        if (foreseen.isEmpty()) {
            return new NextView(next.at(), "It is seen how '" + label(step) + "' stands");
        }
        var names = Names.of(directory, List.of(foreseen.getFirst().person()), List.of());
        return new NextView(next.at(), "'" + label(step) + "': " + Sentences.of(foreseen.getFirst(), names));
    }

    private List<ToldView> told(Play play) {
        var told = play.told();
        var shown = told.subList(Math.max(0, told.size() - ENTRIES_MAX), told.size());
        var names =
                Names.of(directory, shown.stream().map(DeliveryRow::recipient).toList(), List.of());
        var nodes = nodes(play);
        return shown.stream()
                .map(row -> new ToldView(
                        row.createdAt(),
                        row.reason().name(),
                        Sentences.of(row.reason(), nodes.get(row.step())),
                        row.recipient().isEmpty() ? null : names.person(row.recipient())))
                .toList();
    }

    /** What the steps are called, also those that are over. */
    private Map<Integer, String> nodes(Play play) {
        var nodes = new HashMap<Integer, String>();
        var model = draft.requireModel(play.state().process());
        for (var entry : play.journal()) {
            for (var event : entry.events()) {
                if (event instanceof Event.StepEntered entered) {
                    var node = entered.node();
                    nodes.put(
                            entered.step(),
                            model.has(node) ? model.node(node).element().label() : node);
                }
            }
        }
        return nodes;
    }

    /** Only what has words; the values stand in the variables. */
    private static List<EntryView> journal(List<EntryView> journal) {
        return journal.subList(Math.max(0, journal.size() - ENTRIES_MAX), journal.size()).stream()
                .map(entry -> new EntryView(
                        entry.seq(),
                        entry.at(),
                        entry.actor(),
                        entry.command(),
                        entry.events().stream()
                                .filter(event -> event.text() != null)
                                .limit(EVENTS_MAX)
                                .map(event -> new EventView(event.type(), event.text(), Map.of()))
                                .toList()))
                .toList();
    }
}
