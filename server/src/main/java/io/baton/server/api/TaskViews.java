package io.baton.server.api;

import io.baton.engine.model.FlowNode;
import io.baton.server.api.Views.ProcessRef;
import io.baton.server.api.Views.TaskDetail;
import io.baton.server.api.Views.TaskView;
import io.baton.server.directory.Directory;
import io.baton.server.processes.Deployments;
import io.baton.server.session.Caller;
import io.baton.server.tasks.Tasks.Task;
import java.time.Clock;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns open tasks into the API's shapes, and says what a caller may do with them. */
final class TaskViews {

    private final Deployments deployments;
    private final Directory directory;
    private final Clock clock;

    TaskViews(Deployments deployments, Directory directory, Clock clock) {
        this.deployments = deployments;
        this.directory = directory;
        this.clock = clock;
    }

    List<TaskView> list(List<Task> tasks, Caller caller) {
        if (tasks.isEmpty()) {
            return List.of();
        }
        var names = names(tasks);
        var teams = directory.teamsOf(caller.person());
        return tasks.stream().map(task -> view(task, names, caller, teams)).toList();
    }

    private Names names(List<Task> tasks) {
        return Names.of(
                directory,
                tasks.stream()
                        .flatMap(task -> Stream.of(task.owner(), task.holder() == null ? task.owner() : task.holder()))
                        .toList(),
                tasks.stream().map(Task::team).toList());
    }

    /** The holder has custody: whoever claimed the task, and until then the owner of the case. */
    private TaskView view(Task task, Names names, Caller caller, List<String> teams) {
        var node = node(task);
        var process = deployments.require(task.caseProcess());
        var due = task.dueAt();
        var mine = caller.person().equals(task.holder());
        var mayClaim = task.holder() == null && mayTake(task, caller, teams);
        return new TaskView(
                id(task),
                process.prefix() + "-" + task.caseId(),
                task.title(),
                new ProcessRef(process.key(), process.label(), process.version()),
                node.id(),
                node.element().label(),
                names.party(task.team()),
                names.person(task.holder() == null ? task.owner() : task.holder()),
                task.holder() != null,
                names.person(task.holder()),
                task.openedAt(),
                due,
                due != null && due.isBefore(clock.instant()),
                form(task),
                mayClaim,
                mine || mayClaim,
                mine);
    }

    static String id(Task task) {
        return task.caseId() + "." + task.step();
    }

    private FlowNode node(Task task) {
        return deployments.requireModel(task.process()).node(task.node());
    }

    @Nullable
    String form(Task task) {
        return node(task) instanceof FlowNode.UserTask user ? user.assignment().form() : null;
    }

    TaskDetail detail(
            Task task, SequencedMap<String, @Nullable Object> variables, @Nullable Object formSchema, Caller caller) {
        var view = list(List.of(task), caller).getFirst();
        return new TaskDetail(
                view.id(),
                view.caseKey(),
                view.caseTitle(),
                view.process(),
                view.node(),
                view.name(),
                view.party(),
                view.holder(),
                view.claimed(),
                view.claimedBy(),
                view.openedAt(),
                view.dueAt(),
                view.overdue(),
                view.form(),
                view.mayClaim(),
                view.mayComplete(),
                view.mayRelease(),
                variables,
                formSchema);
    }

    boolean mayTake(Task task, Caller caller) {
        return mayTake(task, caller, directory.teamsOf(caller.person()));
    }

    /** A queue is its team's; what lies in no team's queue is everybody's, and every queue an administrator's too. */
    private static boolean mayTake(Task task, Caller caller, List<String> teams) {
        return caller.admin() || task.team() == null || teams.contains(task.team());
    }
}
