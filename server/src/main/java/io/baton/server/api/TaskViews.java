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
import java.util.Objects;
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

    List<TaskView> list(List<Task> tasks) {
        var names = names(tasks);
        return tasks.stream().map(task -> view(task, names)).toList();
    }

    private Names names(List<Task> tasks) {
        return Names.of(
                directory,
                tasks.stream()
                        .flatMap(task -> Stream.of(task.owner(), task.holder(), task.offered(), task.blocker()))
                        .filter(Objects::nonNull)
                        .toList(),
                tasks.stream().map(Task::team).toList());
    }

    /** The holder has custody: whoever claimed the task, and until then the owner of the case. */
    private TaskView view(Task task, Names names) {
        var node = node(task);
        var process = deployments.require(task.caseProcess());
        var due = task.dueAt();
        return new TaskView(
                id(task),
                process.prefix() + "-" + task.caseId(),
                task.title(),
                new ProcessRef(process.key(), process.label(), process.version()),
                node.id(),
                node.element().label(),
                names.party(task.team()),
                names.person(task.custodian()),
                task.holder() != null,
                names.person(task.holder()),
                task.openedAt(),
                due,
                due != null && due.isBefore(clock.instant()),
                names.person(task.offered()),
                task.acceptBy(),
                task.promisedAt(),
                names.person(task.blocker()),
                form(task));
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
        var view = view(task, names(List.of(task)));
        var mine = caller.person().equals(task.holder()) && task.offered() == null;
        var asked = caller.person().equals(task.offered());
        var mayClaim = asked || (task.holder() == null && task.offered() == null && mayTake(task, caller));
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
                view.offeredTo(),
                view.acceptBy(),
                view.promisedAt(),
                view.blockedBy(),
                view.form(),
                variables,
                formSchema,
                mayClaim,
                mine || mayClaim,
                mine);
    }

    /** A queue is its team's; what lies in no team's queue, and every queue, is an administrator's too. */
    boolean mayTake(Task task, Caller caller) {
        return caller.admin()
                || task.team() == null
                || directory.teamsOf(caller.person()).contains(task.team());
    }
}
