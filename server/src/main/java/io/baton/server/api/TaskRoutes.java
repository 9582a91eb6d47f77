package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.api.Views.TaskDetail;
import io.baton.server.api.Views.TaskView;
import io.baton.server.cases.Cases;
import io.baton.server.commit.Request.Idempotency;
import io.baton.server.directory.Directory;
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
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Tasks over HTTP: two inboxes, and what one does with a task. */
@RestController
final class TaskRoutes {

    private static final int TEXT_LENGTH_MAX = 200;

    private final Tasks tasks;
    private final Cases cases;
    private final Deployments deployments;
    private final Directory directory;
    private final TaskViews views;

    TaskRoutes(Node node, Directory directory, TaskViews views) {
        this.tasks = node.tasks();
        this.cases = node.cases();
        this.deployments = node.deployments();
        this.directory = directory;
        this.views = views;
    }

    record CompletionBody(@Nullable Map<String, @Nullable Object> variables) {}

    @GetMapping("/api/tasks")
    Page<TaskView> list(
            @RequestParam(defaultValue = "mine") String view,
            @RequestParam(name = "case", required = false) @Nullable String caseKey,
            @RequestParam(required = false) @Nullable String q,
            PageQuery page,
            Caller caller) {
        if (caseKey != null) {
            var id = Cases.number(caseKey)
                    .orElseThrow(() -> ProblemException.notFound("NoSuchCase", "There is no case " + caseKey + "."));
            return new Page<>(views.list(tasks.ofCase(id), caller), null);
        }
        var text = Input.orNull(Input.atMost("q", q, TEXT_LENGTH_MAX));
        var after = page.after(Instant.class, Long.class, Long.class)
                .map(cursor -> new After(cursor.instant(0), cursor.number(1), (int) cursor.number(2)))
                .orElse(After.START);
        var rows = switch (view) {
            case "mine" -> tasks.heldBy(caller.person(), text, after, page.rows());
            case "team" -> tasks.queuedFor(directory.teamsOf(caller.person()), text, after, page.rows());
            default -> throw ProblemException.invalid("view", "must be mine or team");
        };
        var shown = Page.of(rows, page, row -> Cursor.of(row.openedAt(), row.caseId(), (long) row.step()), row -> row);
        return new Page<>(views.list(shown.items(), caller), shown.next());
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
        var _ = ProblemException.done(
                tasks.complete(where.caseId(), where.number(), Input.variables(body.variables()), caller.actor(), key));
    }

    /** Who may not take a task from its queue may not complete it either; the holder was asked when he took it. */
    private Task mayTake(Task task, Caller caller) {
        if (task.holder() == null && !views.mayTake(task, caller)) {
            throw ProblemException.forbidden(
                    "NotInTheTeam", "The task waits for the team '" + task.team() + "', which you are not in.");
        }
        return task;
    }

    private Task find(String id) {
        var where = Input.id("Task", id);
        return tasks.find(where.caseId(), where.number())
                .orElseThrow(() -> ProblemException.notFound(
                        "NoSuchTask", "There is no open task " + id + "; it may have been completed."));
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
        return views.detail(task, state.visible(step), schema, caller);
    }
}
