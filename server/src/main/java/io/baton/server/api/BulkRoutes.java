package io.baton.server.api;

import io.baton.engine.Case;
import io.baton.engine.Command;
import io.baton.engine.Engine;
import io.baton.engine.Outcome;
import io.baton.engine.Roster;
import io.baton.server.Node;
import io.baton.server.api.Views.PersonRef;
import io.baton.server.cases.CaseRow.OpenStep;
import io.baton.server.cases.Cases;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Request.Idempotency;
import io.baton.server.directory.Directory;
import io.baton.server.session.Caller;
import io.baton.server.tasks.Tasks;
import io.baton.server.tasks.Tasks.Task;
import io.baton.server.web.Problem;
import io.baton.server.web.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * One act on many tasks. A preview decides each with the engine and keeps nothing, so it says exactly what would happen if it
 * happened now; doing it is one command a task, and what is refused leaves the others alone.
 */
@RestController
final class BulkRoutes {

    /** In one request; the web app sends more in parts. */
    static final int TASKS_MAX = 200;

    private static final int KEY_LENGTH_MAX = 255;

    private final Tasks tasks;
    private final Cases cases;
    private final Directory directory;
    private final Supplier<Roster> roster;
    private final TaskViews views;
    private final Clock clock;

    BulkRoutes(Node node, Directory directory, TaskViews views) {
        this.tasks = node.tasks();
        this.cases = node.cases();
        this.directory = directory;
        this.roster = node.rosters()::current;
        this.views = views;
        this.clock = node.clock();
    }

    enum Act {
        CLAIM,
        DECLINE,
        OFFER,
        COMPLETE,
        // What takes one of these back, in turn
        RELEASE,
        TAKE_BACK_ACT,
        WITHDRAW,
        TAKE_BACK
    }

    record BulkBody(
            @Nullable String act,
            @Nullable List<String> tasks,
            @Nullable Boolean preview,
            @Nullable String reason,
            @Nullable String person,
            @Nullable String team,
            @Nullable Map<String, @Nullable Object> variables) {}

    /**
     * {@code code} and {@code why}: why it is refused, else null. {@code next}: where the case goes on; {@code ends}: it is
     * over; {@code holder}: who has the step, while it stays open. These three only in a preview.
     */
    record BulkItem(
            String id,
            @Nullable String caseKey,
            @Nullable String name,
            boolean done,
            @Nullable String code,
            @Nullable String why,
            List<String> next,
            boolean ends,
            @Nullable PersonRef holder) {

        static BulkItem refused(String id, @Nullable String caseKey, @Nullable String name, Problem problem) {
            return new BulkItem(id, caseKey, name, false, problem.code(), problem.detail(), List.of(), false, null);
        }
    }

    record BulkView(boolean preview, int done, int refused, List<BulkItem> items) {}

    @PostMapping("/api/tasks/bulk")
    BulkView bulk(@RequestBody BulkBody body, Caller caller, @Nullable Idempotency key) {
        var input = new Input();
        var act = input.oneOf("act", Act.class, body.act());
        var ids = body.tasks() == null ? List.<String>of() : body.tasks();
        if (ids.isEmpty() || ids.size() > TASKS_MAX || new HashSet<>(ids).size() < ids.size()) {
            input.wrong("tasks", "must be 1 to " + TASKS_MAX + " different tasks");
        }
        var commands = commands(act, body, input);
        input.done();
        boolean preview = Boolean.TRUE.equals(body.preview());
        var items = new ArrayList<BulkItem>();
        for (var id : ids) {
            items.add(item(id, act, commands, preview, caller, key));
        }
        int done = (int) items.stream().filter(BulkItem::done).count();
        return new BulkView(preview, done, items.size() - done, items);
    }

    private interface Commands {
        Command of(int step);
    }

    private Commands commands(Act act, BulkBody body, Input input) {
        return switch (act) {
            case CLAIM -> Command.ClaimTask::new;
            case DECLINE -> {
                var reason = input.reason("reason", body.reason());
                yield step -> new Command.DeclineTask(step, reason);
            }
            case OFFER -> {
                var person = input.optionalExact("person", body.person(), KEY_LENGTH_MAX);
                var team = input.optionalExact("team", body.team(), KEY_LENGTH_MAX);
                if ((person == null) == (team == null)) {
                    input.wrong("person", "must be given, or else team: an offer goes to one of them");
                }
                if (team != null && roster.get().isComplete() && roster.get().team(team) == null) {
                    input.wrong("team", "is not one that the directory knows");
                }
                var reason = input.reason("reason", body.reason());
                yield step -> new Command.OfferTask(step, person, team, reason);
            }
            case COMPLETE -> {
                var variables = input.variables(body.variables());
                yield step -> new Command.CompleteTask(step, variables);
            }
            case RELEASE -> Command.ReleaseTask::new;
            case TAKE_BACK_ACT -> Command.TakeBackAct::new;
            case WITHDRAW -> Command.WithdrawOffer::new;
            case TAKE_BACK -> Command.TakeBackDecision::new;
        };
    }

    private BulkItem item(
            String id, Act act, Commands commands, boolean preview, Caller caller, @Nullable Idempotency key) {
        Task task;
        try {
            var where = Input.id("Task", id);
            var found = tasks.find(where.caseId(), where.number());
            if (found.isEmpty()) {
                return preview || key == null
                        ? BulkItem.refused(id, null, null, gone(id))
                        : again(id, where.caseId(), commands.of(where.number()), caller, key);
            }
            task = found.get();
        } catch (ProblemException e) {
            return BulkItem.refused(id, null, null, e.problem());
        }
        var view = views.list(List.of(task), caller).getFirst();
        if (isForOthers(task, act, caller)) {
            var detail = "The task waits for the team '" + (task.team() == null ? task.offeredTeam() : task.team())
                    + "', which you are not in.";
            return BulkItem.refused(
                    id,
                    view.caseKey(),
                    view.name(),
                    ProblemException.forbidden("NotInTheTeam", detail).problem());
        }
        var command = commands.of(task.step());
        return preview
                ? decided(id, view.caseKey(), view.name(), task, command, caller)
                : answered(
                        id,
                        view.caseKey(),
                        view.name(),
                        tasks.perform(task.caseId(), command, caller.actor(), key == null ? null : keyOf(key, id)));
    }

    /** The task is gone: done before, perhaps by this very request. */
    private BulkItem again(String id, long caseId, Command command, Caller caller, Idempotency key) {
        return answered(id, null, null, tasks.perform(caseId, command, caller.actor(), keyOf(key, id)));
    }

    private static Problem gone(String id) {
        return ProblemException.notFound("NoSuchTask", "There is no open task " + id + "; it may have been completed.")
                .problem();
    }

    /** A key for each task of the request, from the request's own. */
    private static Idempotency keyOf(Idempotency key, String id) {
        var name = (key.key() + " " + id).getBytes(StandardCharsets.UTF_8);
        return new Idempotency(UUID.nameUUIDFromBytes(name), key.fingerprint());
    }

    /** As for each of these acts alone. */
    private boolean isForOthers(Task task, Act act, Caller caller) {
        return switch (act) {
            case CLAIM, COMPLETE -> task.holder() == null && task.offered() == null && !views.mayTake(task, caller);
            case DECLINE -> task.offeredTeam() != null && !views.isAsked(task, caller);
            case OFFER, RELEASE, TAKE_BACK_ACT, WITHDRAW, TAKE_BACK -> false;
        };
    }

    private static BulkItem answered(String id, @Nullable String caseKey, @Nullable String name, Answer answer) {
        return switch (answer) {
            case Answer.Done _ -> new BulkItem(id, caseKey, name, true, null, null, List.of(), false, null);
            case Answer.Refused refused ->
                BulkItem.refused(id, caseKey, name, Problem.refused(refused.reason(), refused.message()));
            case Answer.KeyReused _ ->
                BulkItem.refused(
                        id,
                        caseKey,
                        name,
                        ProblemException.invalid("Idempotency-Key", "was used before, for another request")
                                .problem());
        };
    }

    private BulkItem decided(String id, String caseKey, String name, Task task, Command command, Caller caller) {
        var row = cases.find(task.caseId());
        if (row.isEmpty()) {
            return BulkItem.refused(id, caseKey, name, gone(id));
        }
        var state = cases.state(row.get());
        var before = new LinkedHashSet<Integer>();
        state.steps().forEach(step -> before.add(step.id()));
        return switch (Engine.decide(state, command, caller.actor(), clock.instant(), roster.get())) {
            case Outcome.Refused refused ->
                BulkItem.refused(id, caseKey, name, Problem.refused(refused.reason(), refused.message()));
            case Outcome.Accepted _ -> {
                var step = state.step(task.step());
                var holder = step == null ? null : state.holder(step);
                yield new BulkItem(
                        id,
                        caseKey,
                        name,
                        true,
                        null,
                        null,
                        Cases.openSteps(state).stream()
                                .filter(open -> !before.contains(open.step()))
                                .map(OpenStep::name)
                                .distinct()
                                .toList(),
                        state.status() != Case.Status.OPEN,
                        holder == null
                                ? null
                                : Names.of(directory, List.of(holder), List.of())
                                        .person(holder));
            }
        };
    }
}
