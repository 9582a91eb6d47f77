package io.baton.server.api;

import io.baton.engine.Actor;
import io.baton.engine.Case;
import io.baton.engine.Outlook;
import io.baton.engine.Roster;
import io.baton.engine.Step;
import io.baton.server.Node;
import io.baton.server.api.PacketViews.PacketView;
import io.baton.server.api.PacketViews.SimilarView;
import io.baton.server.cases.CaseRow;
import io.baton.server.cases.Cases;
import io.baton.server.cases.Decisions;
import io.baton.server.insight.DecisionNotes;
import io.baton.server.insight.PastDecisions;
import io.baton.server.insight.PastDecisions.Similar;
import io.baton.server.journal.Journal;
import io.baton.server.processes.Deployments;
import io.baton.server.processes.Questions;
import io.baton.server.processes.Questions.Question;
import io.baton.server.room.Files;
import io.baton.server.room.Reader;
import io.baton.server.session.Caller;
import io.baton.server.tasks.Tasks;
import io.baton.server.tasks.Tasks.Task;
import io.baton.server.web.ProblemException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** All that whoever decides a task should know, in one answer. Every member may see every case, so also the similar ones. */
@RestController
final class PacketRoutes {

    private static final int SIMILAR_MAX = 5;

    private final Tasks tasks;
    private final Cases cases;
    private final Journal journal;
    private final Files files;
    private final Deployments deployments;
    private final Questions questions;
    private final PastDecisions past;
    private final Decisions decisions;
    private final Supplier<Roster> roster;
    private final Clock clock;
    private final TaskViews taskViews;
    private final PacketViews views;

    PacketRoutes(Node node, TaskViews taskViews) {
        this.tasks = node.tasks();
        this.cases = node.cases();
        this.journal = node.journal();
        this.files = node.files();
        this.deployments = node.deployments();
        this.questions = node.questions();
        this.past = node.pastDecisions();
        this.decisions = new Decisions(node.jdbc(), node.journal());
        this.roster = node.rosters()::current;
        this.clock = node.clock();
        this.taskViews = taskViews;
        this.views = new PacketViews(node);
    }

    /** The answers, what follows from each, and what was decided in similar cases: of a form that asks something. */
    @GetMapping("/api/tasks/{id}/packet")
    PacketView packet(@PathVariable String id, Caller caller) {
        var where = Input.id("Task", id);
        var task = tasks.find(where.caseId(), where.number()).orElseThrow(() -> noSuchTask(id));
        var row = cases.find(task.caseId()).orElseThrow(() -> noSuchTask(id));
        var state = cases.state(row);
        var step = state.step(task.step());
        if (step == null) {
            throw noSuchTask(id);
        }
        var question = questions.of(task.process(), task.node());
        return views.packet(
                task,
                row,
                state,
                step,
                journal.all(row.id()),
                files.list(row.id(), Reader.member(caller.person())),
                decisions.ofCase(row.id(), PacketViews.BEFORE_MAX),
                question.orElse(null),
                question.map(asked -> outlooks(asked, task, state, caller)).orElse(List.of()),
                question.map(asked -> similar(asked, task, state, step)).orElse(null));
    }

    private List<Outlook> outlooks(Question question, Task task, Case state, Caller caller) {
        var actor = actor(task, caller);
        return question.options().stream()
                .map(option -> {
                    var answer = new LinkedHashMap<String, @Nullable Object>();
                    answer.put(question.field(), option.value());
                    return Outlook.after(state, task.step(), answer, actor, clock.instant(), roster.get());
                })
                .toList();
    }

    /** Who will most likely answer: who has it, who is asked, else whoever reads this. */
    private Actor actor(Task task, Caller caller) {
        if (task.offered() == null && task.holder() != null) {
            return Actor.person(task.holder());
        }
        return task.offeredPerson() != null && !taskViews.isAsked(task, caller)
                ? Actor.person(task.offeredPerson())
                : caller.actor();
    }

    private SimilarView similar(Question question, Task task, Case state, Step step) {
        var node = deployments.requireModel(task.process()).node(task.node());
        var place = DecisionNotes.place(deployments.require(task.process()).key(), node.id());
        var inputs = DecisionNotes.inputs(question, state.visible(step));
        var found = past.nearest(place, inputs, SIMILAR_MAX);
        var done = decisions.these(
                found.nearest().stream().map(Similar::caseId).toList(),
                found.nearest().stream().map(Similar::step).toList());
        return views.similar(question, inputs, found, done, decisions.answers(done), caseRows(found.nearest()));
    }

    private List<CaseRow> caseRows(List<Similar> similar) {
        return cases.among(similar.stream().map(Similar::caseId).distinct().toList(), null);
    }

    private static ProblemException noSuchTask(String id) {
        return ProblemException.notFound("NoSuchTask", "There is no open task " + id + "; it may have been completed.");
    }
}
