package io.baton.server.api;

import io.baton.engine.Command;
import io.baton.engine.Obstacle;
import io.baton.engine.Roster;
import io.baton.server.Node;
import io.baton.server.api.Views.TaskDetail;
import io.baton.server.api.Views.TaskView;
import io.baton.server.appointments.Appointments;
import io.baton.server.cases.Cases;
import io.baton.server.commit.Request.Idempotency;
import io.baton.server.directory.Directory;
import io.baton.server.insight.Insight;
import io.baton.server.insight.Reading.Part;
import io.baton.server.journal.Journal;
import io.baton.server.processes.Deployments;
import io.baton.server.session.Caller;
import io.baton.server.tasks.Tasks;
import io.baton.server.tasks.Tasks.After;
import io.baton.server.tasks.Tasks.Task;
import io.baton.server.web.Cursor;
import io.baton.server.web.Page;
import io.baton.server.web.PageQuery;
import io.baton.server.web.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Tasks over HTTP: the inboxes, doing a task, handing it on, its dates and what is in its way. */
@RestController
final class TaskRoutes {

    private static final int TEXT_LENGTH_MAX = 200;
    private static final int KEY_LENGTH_MAX = 255;

    private final Tasks tasks;
    private final Appointments appointments;
    private final Cases cases;
    private final Deployments deployments;
    private final Directory directory;
    private final Journal journal;
    private final Insight insight;
    private final Supplier<Roster> roster;
    private final TaskViews views;

    TaskRoutes(Node node, Directory directory, TaskViews views) {
        this.tasks = node.tasks();
        this.appointments = node.appointments();
        this.cases = node.cases();
        this.deployments = node.deployments();
        this.directory = directory;
        this.journal = node.journal();
        this.insight = node.insight();
        this.roster = node.rosters()::current;
        this.views = views;
    }

    record CompletionBody(@Nullable Map<String, @Nullable Object> variables) {}

    record OfferBody(
            @Nullable String person,
            @Nullable String team,
            @Nullable String reason) {}

    record ReasonBody(@Nullable String reason) {}

    record ReturnBody(@Nullable String missing) {}

    record PromiseBody(@Nullable Instant at) {}

    record ProposalBody(@Nullable Instant due, @Nullable String reason) {}

    record AnswerBody(@Nullable Boolean agreed) {}

    record ObstacleBody(
            @Nullable String kind,
            @Nullable String reason,
            @Nullable String blocker) {}

    record DueBody(@Nullable Instant due, @Nullable String reason) {}

    @GetMapping("/api/tasks")
    Page<TaskView> list(
            @RequestParam(defaultValue = "mine") String view,
            @RequestParam(name = "case", required = false) @Nullable String caseKey,
            @RequestParam(required = false) @Nullable String q,
            @ParameterObject CaseQuery query,
            @RequestParam(required = false) @Nullable String person,
            @RequestParam(required = false) @Nullable String team,
            PageQuery page,
            Caller caller) {
        if (caseKey != null) {
            var id = Cases.number(caseKey)
                    .orElseThrow(() -> ProblemException.notFound("NoSuchCase", "There is no case " + caseKey + "."));
            return new Page<>(views.list(tasks.ofCase(id), caller), null);
        }
        var text = Input.only(input -> input.optionalExact("q", q, TEXT_LENGTH_MAX));
        var after = page.after(Instant.class, Long.class, Long.class)
                .map(cursor -> new After(cursor.instant(0), cursor.number(1), (int) cursor.number(2)))
                .orElse(After.START);
        var rows = switch (view) {
            case "mine" -> tasks.heldBy(caller.person(), text, after, page.rows());
            case "team" -> tasks.queuedFor(directory.teamsOf(caller.person()), text, after, page.rows());
            case "waiting" -> waiting(after, page, caller);
            case "all" -> all(query, CaseQuery.person(person, caller), Input.orNull(team), after, page, caller);
            default -> throw ProblemException.invalid("view", "must be mine, team, waiting or all");
        };
        var shown = Page.of(rows, page, TaskRoutes::cursor, row -> row);
        return new Page<>(views.list(shown.items(), caller), shown.next());
    }

    /** Everybody's, of the cases that the query means: waiting for that person to act, lying with that team. */
    private List<Task> all(
            CaseQuery query,
            @Nullable String person,
            @Nullable String team,
            After after,
            PageQuery page,
            Caller caller) {
        var filter = Input.only(input -> query.filter(input, caller));
        return insight.ask(reading -> {
            var from = new Part(after.due(), after.caseId(), after.step());
            return these(reading.tasks(filter, person, team, Tasks.NEVER, from, page.rows()));
        });
    }

    /** What others have to do and the caller waits for: passed on, or done before it, or stuck with them. */
    private List<Task> waiting(After after, PageQuery page, Caller caller) {
        return insight.ask(reading -> {
            var from = new Part(after.due(), after.caseId(), after.step());
            return these(reading.awaitedBy(caller.person(), Tasks.NEVER, from, page.rows()));
        });
    }

    private List<Task> these(List<Part> parts) {
        return tasks.these(
                parts.stream().map(Part::caseId).toList(),
                parts.stream().map(Part::id).toList());
    }

    private static Cursor cursor(Task row) {
        var end = After.of(row);
        return Cursor.of(end.due(), end.caseId(), (long) end.step());
    }

    @GetMapping("/api/tasks/{id}")
    TaskDetail read(@PathVariable String id, Caller caller) {
        return detail(find(id), caller);
    }

    @PostMapping("/api/tasks/{id}/claim")
    TaskDetail claim(@PathVariable String id, Caller caller, @Nullable Idempotency key) {
        var task = mayTake(find(id), caller);
        var _ = ProblemException.done(tasks.claim(task.caseId(), task.step(), caller.actor(), key));
        return detail(find(id), caller);
    }

    @DeleteMapping("/api/tasks/{id}/claim")
    TaskDetail release(@PathVariable String id, Caller caller, @Nullable Idempotency key) {
        var task = find(id);
        var _ = ProblemException.done(tasks.release(task.caseId(), task.step(), caller.actor(), key));
        return detail(find(id), caller);
    }

    /** A second completion with the same Idempotency-Key is answered like the first, though the task is gone. */
    @PostMapping("/api/tasks/{id}/completion")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void complete(@PathVariable String id, @RequestBody CompletionBody body, Caller caller, @Nullable Idempotency key) {
        var where = Input.id("Task", id);
        tasks.find(where.caseId(), where.number()).ifPresent(task -> mayTake(task, caller));
        var variables = Input.only(input -> input.variables(body.variables()));
        var _ = ProblemException.done(
                appointments.complete(where.caseId(), where.number(), variables, caller.actor(), key));
    }

    /** Until it takes effect, a completion can be undone where the process gives time for that. */
    @DeleteMapping("/api/tasks/{id}/completion")
    TaskDetail takeBack(@PathVariable String id, Caller caller, @Nullable Idempotency key) {
        return act(id, Command.TakeBackDecision::new, caller, key);
    }

    /** The caller's last promise, no, or sending back at the task, within some minutes and if nobody has acted there since. */
    @DeleteMapping("/api/tasks/{id}/slip")
    TaskDetail takeBackAct(@PathVariable String id, Caller caller, @Nullable Idempotency key) {
        return act(id, Command.TakeBackAct::new, caller, key);
    }

    // Handing on

    /** Until somebody accepts, the step stays with who has it. */
    @PostMapping("/api/tasks/{id}/offer")
    TaskDetail offer(@PathVariable String id, @RequestBody OfferBody body, Caller caller, @Nullable Idempotency key) {
        var input = new Input();
        var person = input.optionalExact("person", body.person(), KEY_LENGTH_MAX);
        var team = input.optionalExact("team", body.team(), KEY_LENGTH_MAX);
        if ((person == null) == (team == null)) {
            input.wrong("person", "must be given, or else team: an offer goes to one of them");
        }
        if (team != null && roster.get().isComplete() && roster.get().team(team) == null) {
            input.wrong("team", "is not one that the directory knows");
        }
        var reason = input.reason("reason", body.reason());
        input.done();
        return act(id, step -> new Command.OfferTask(step, person, team, reason), caller, key);
    }

    @DeleteMapping("/api/tasks/{id}/offer")
    TaskDetail withdraw(@PathVariable String id, Caller caller, @Nullable Idempotency key) {
        return act(id, Command.WithdrawOffer::new, caller, key);
    }

    @PostMapping("/api/tasks/{id}/decline")
    TaskDetail decline(
            @PathVariable String id, @RequestBody ReasonBody body, Caller caller, @Nullable Idempotency key) {
        var reason = reason(body);
        open(id).filter(task -> task.offeredTeam() != null && !views.isAsked(task, caller))
                .ifPresent(task -> {
                    throw notInTheTeam(task);
                });
        return act(id, step -> new Command.DeclineTask(step, reason), caller, key);
    }

    @PostMapping("/api/tasks/{id}/return")
    TaskDetail sendBack(
            @PathVariable String id, @RequestBody ReturnBody body, Caller caller, @Nullable Idempotency key) {
        var missing = Input.only(input -> input.reason("missing", body.missing()));
        return actAsHolder(id, step -> new Command.SendBack(step, missing), caller, key);
    }

    /** The task is gone afterwards, as after its completion. */
    @PostMapping("/api/tasks/{id}/waiver")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void waive(@PathVariable String id, @RequestBody ReasonBody body, Caller caller, @Nullable Idempotency key) {
        var where = Input.id("Task", id);
        var command = new Command.WaiveTask(where.number(), reason(body));
        var _ = ProblemException.done(tasks.perform(where.caseId(), command, caller.actor(), key));
    }

    // Dates

    @PostMapping("/api/tasks/{id}/promise")
    TaskDetail promise(
            @PathVariable String id, @RequestBody PromiseBody body, Caller caller, @Nullable Idempotency key) {
        var at = Input.only(input -> input.time("at", body.at()));
        return actAsHolder(id, step -> new Command.PromiseDate(step, at), caller, key);
    }

    @PostMapping("/api/tasks/{id}/proposal")
    TaskDetail propose(
            @PathVariable String id, @RequestBody ProposalBody body, Caller caller, @Nullable Idempotency key) {
        var input = new Input();
        var due = input.time("due", body.due());
        var reason = input.reason("reason", body.reason());
        input.done();
        return actAsHolder(id, step -> new Command.ProposeDate(step, due, reason), caller, key);
    }

    @PostMapping("/api/tasks/{id}/proposal/answer")
    TaskDetail answer(@PathVariable String id, @RequestBody AnswerBody body, Caller caller, @Nullable Idempotency key) {
        if (body.agreed() == null) {
            throw ProblemException.invalid("agreed", "is required");
        }
        boolean agreed = body.agreed();
        return act(id, step -> new Command.AnswerProposal(step, agreed), caller, key);
    }

    @PutMapping("/api/tasks/{id}/due")
    TaskDetail changeDue(@PathVariable String id, @RequestBody DueBody body, Caller caller, @Nullable Idempotency key) {
        var input = new Input();
        var due = input.optionalTime("due", body.due());
        var reason = input.reason("reason", body.reason());
        input.done();
        if (Input.id("Task", id).number() == 0) {
            throw noSuchTask(id); // 0 is the case itself, which has a route of its own
        }
        return act(id, step -> new Command.ChangeDue(step, due, reason), caller, key);
    }

    // Stuck

    @PostMapping("/api/tasks/{id}/obstacle")
    TaskDetail reportStuck(
            @PathVariable String id, @RequestBody ObstacleBody body, Caller caller, @Nullable Idempotency key) {
        var input = new Input();
        var kind = input.oneOf("kind", Obstacle.class, body.kind());
        var reason = input.reason("reason", body.reason());
        var blocker = input.optionalExact("blocker", body.blocker(), TEXT_LENGTH_MAX);
        input.done();
        return actAsHolder(id, step -> new Command.ReportStuck(step, kind, reason, blocker), caller, key);
    }

    @DeleteMapping("/api/tasks/{id}/obstacle")
    TaskDetail removeObstacle(@PathVariable String id, Caller caller, @Nullable Idempotency key) {
        return act(id, Command.RemoveObstacle::new, caller, key);
    }

    // Shared

    private static String reason(ReasonBody body) {
        return Input.only(input -> input.reason("reason", body.reason()));
    }

    /** Acting on a task that lies in a queue takes it, so only who may take it may. */
    private TaskDetail actAsHolder(String id, IntFunction<Command> command, Caller caller, @Nullable Idempotency key) {
        open(id).ifPresent(task -> mayTake(task, caller));
        return act(id, command, caller, key);
    }

    private TaskDetail act(String id, IntFunction<Command> command, Caller caller, @Nullable Idempotency key) {
        var where = Input.id("Task", id);
        var _ = ProblemException.done(
                tasks.perform(where.caseId(), command.apply(where.number()), caller.actor(), key));
        return detail(find(id), caller);
    }

    private Optional<Task> open(String id) {
        var where = Input.id("Task", id);
        return tasks.find(where.caseId(), where.number());
    }

    /** Who may not take a task from its queue may not complete it either; the holder was asked when he took it. */
    private Task mayTake(Task task, Caller caller) {
        if (task.holder() == null && task.offered() == null && !views.mayTake(task, caller)) {
            throw notInTheTeam(task);
        }
        return task;
    }

    private static ProblemException notInTheTeam(Task task) {
        return ProblemException.forbidden(
                "NotInTheTeam", "The task waits for the team '" + task.team() + "', which you are not in.");
    }

    private Task find(String id) {
        return open(id).orElseThrow(() -> noSuchTask(id));
    }

    private static ProblemException noSuchTask(String id) {
        return ProblemException.notFound("NoSuchTask", "There is no open task " + id + "; it may have been completed.");
    }

    private TaskDetail detail(Task task, Caller caller) {
        var row = cases.find(task.caseId())
                .orElseThrow(() -> ProblemException.notFound("NoSuchCase", "The case of the task is gone."));
        var state = cases.state(row);
        var step = state.step(task.step());
        if (step == null) {
            throw ProblemException.notFound("NoSuchTask", "The task was completed a moment ago.");
        }
        var form = views.form(task);
        Object schema = form == null
                ? null
                : deployments
                        .form(task.process(), form)
                        .map(json -> (Object) JsonMapper.shared().readTree(json))
                        .orElse(null);
        var free = appointments.free(row.id(), state, step.id());
        if (free != null) {
            var any = caller.person().equals(row.owner());
            schema = TimesForm.of(
                    form == null ? null : deployments.form(task.process(), form).orElse(null), free, any);
        }
        return views.detail(task, state, step, journal.all(row.id()), schema, caller);
    }
}
