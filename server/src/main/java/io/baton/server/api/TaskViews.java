package io.baton.server.api;

import io.baton.engine.Case;
import io.baton.engine.Event;
import io.baton.engine.Foreseen;
import io.baton.engine.Roster;
import io.baton.engine.Step;
import io.baton.engine.TaskAct;
import io.baton.engine.model.FlowNode;
import io.baton.server.api.Views.CustodyView;
import io.baton.server.api.Views.DecidedView;
import io.baton.server.api.Views.ForeseenView;
import io.baton.server.api.Views.GivenView;
import io.baton.server.api.Views.ObstacleView;
import io.baton.server.api.Views.PolicyRef;
import io.baton.server.api.Views.ProcessRef;
import io.baton.server.api.Views.PromiseView;
import io.baton.server.api.Views.ProposalView;
import io.baton.server.api.Views.SlipView;
import io.baton.server.api.Views.TaskDetail;
import io.baton.server.api.Views.TaskView;
import io.baton.server.directory.Directory;
import io.baton.server.journal.Entry;
import io.baton.server.processes.Versions;
import io.baton.server.session.Caller;
import io.baton.server.tasks.Tasks.Task;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns open tasks into the API's shapes, and says what a caller may do with them. */
final class TaskViews {

    private final Versions versions;
    private final Directory directory;
    private final Supplier<Roster> roster;
    private final Clock clock;

    TaskViews(Versions versions, Directory directory, Supplier<Roster> roster, Clock clock) {
        this.versions = versions;
        this.directory = directory;
        this.roster = roster;
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
                        .flatMap(task -> Stream.of(
                                task.owner(),
                                task.holder(),
                                task.offeredPerson(),
                                task.blocker(),
                                task.decided() == null ? null : task.decided().by()))
                        .filter(Objects::nonNull)
                        .toList(),
                tasks.stream()
                        .flatMap(task -> Stream.of(task.team(), task.offeredTeam()))
                        .toList());
    }

    /** The holder has custody: whoever claimed the task, and until then the owner of the case. */
    private TaskView view(Task task, Names names, Caller caller, List<String> teams) {
        var node = node(task);
        var process = versions.require(task.caseProcess());
        var due = task.dueAt();
        var open = task.decided() == null;
        var mine = open && caller.person().equals(task.holder()) && task.offered() == null;
        var mayClaim = isAsked(task, caller, teams)
                || (task.holder() == null && task.offered() == null && mayTake(task, caller, teams));
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
                names.person(task.offeredPerson()),
                names.party(task.offeredTeam()),
                task.acceptBy(),
                task.promisedAt(),
                names.person(task.blocker()),
                decided(task, names),
                form(task),
                mayClaim,
                mine || mayClaim || (open && settles(task, caller)),
                mine);
    }

    /** The owner may agree on a time with whoever is asked to choose one, and book it for them. */
    private boolean settles(Task task, Caller caller) {
        return node(task) instanceof FlowNode.UserTask user
                && user.slots() != null
                && caller.person().equals(task.owner());
    }

    private static @Nullable DecidedView decided(Task task, Names names) {
        var decided = task.decided();
        return decided == null
                ? null
                : new DecidedView(names.person(decided.by()), decided.at(), decided.effectiveAt());
    }

    static String id(Task task) {
        return task.caseId() + "." + task.step();
    }

    private FlowNode node(Task task) {
        return versions.requireModel(task.process()).node(task.node());
    }

    @Nullable
    String form(Task task) {
        return node(task) instanceof FlowNode.UserTask user ? user.assignment().form() : null;
    }

    TaskDetail detail(
            Task task, Case state, Step step, List<Entry> journal, @Nullable Object formSchema, Caller caller) {
        var given = given(step, journal);
        var foreseen = state.ifNobodyActs(step, roster.get(), clock.instant());
        var names = names(task, step, given, foreseen);
        var view = view(task, names, caller, directory.teamsOf(caller.person()));
        return new TaskDetail(
                view.id(),
                view.caseKey(),
                view.caseTitle(),
                view.process(),
                view.node(),
                view.name(),
                view.party(),
                names.person(state.holder(step)),
                view.claimed(),
                view.claimedBy(),
                view.openedAt(),
                view.dueAt(),
                view.overdue(),
                view.offeredTo(),
                view.offeredToTeam(),
                view.acceptBy(),
                view.promisedAt(),
                view.blockedBy(),
                view.decided(),
                view.form(),
                view.mayClaim(),
                view.mayComplete(),
                view.mayRelease(),
                state.visible(step),
                formSchema,
                names.person(step.giver()),
                given == null ? null : view(given, names),
                custody(step, names),
                step.returns(),
                promise(step),
                proposal(step),
                obstacle(step, names),
                policy(step),
                foreseen.stream().map(each -> view(each, names)).toList(),
                slip(state, step, caller),
                node(task) instanceof FlowNode.UserTask user
                        && user.assignment().undo() != null,
                acts(task, state, caller).stream().map(TaskAct::name).toList());
    }

    /** What the caller did a moment ago and may take back. */
    private @Nullable SlipView slip(Case state, Step step, Caller caller) {
        var slip = state.slip(step, caller.person(), clock.instant());
        return slip == null ? null : new SlipView(slip.kind().name(), slip.at(), slip.until());
    }

    /** What lies in a queue is for those who may take it; the rest is the engine's to say. */
    List<TaskAct> acts(Task task, Case state, Caller caller) {
        var takesFirst =
                EnumSet.of(TaskAct.ACCEPT, TaskAct.SEND_BACK, TaskAct.PROMISE, TaskAct.PROPOSE, TaskAct.REPORT_STUCK);
        var inAQueueOfOthers = task.holder() == null && task.offered() == null && !mayTake(task, caller);
        var askedOthers = task.offeredTeam() != null && !isAsked(task, caller);
        return TaskAct.possible(state, task.step(), caller.actor(), clock.instant(), roster.get()).stream()
                .filter(act -> !(inAQueueOfOthers && takesFirst.contains(act)))
                .filter(act -> !(askedOthers && act == TaskAct.DECLINE))
                .toList();
    }

    private record Given(Instant at, Event.HandoffOffered offer) {}

    private static @Nullable Given given(Step step, List<Entry> journal) {
        for (var entry : journal.reversed()) {
            for (var event : entry.events().reversed()) {
                if (event instanceof Event.HandoffOffered offered && offered.step() == step.id()) {
                    return new Given(entry.at(), offered);
                }
            }
        }
        return null;
    }

    private Names names(Task task, Step step, @Nullable Given given, List<Foreseen> foreseen) {
        var people = new ArrayList<@Nullable String>();
        var parties = new ArrayList<@Nullable String>();
        people.addAll(Arrays.asList(task.owner(), task.holder(), task.offeredPerson(), task.blocker(), step.giver()));
        parties.addAll(Arrays.asList(task.team(), task.offeredTeam()));
        if (given != null) {
            people.addAll(Mentioned.people(given.offer()));
            people.addAll(Mentioned.inReason(given.offer().reason()));
            parties.addAll(Mentioned.parties(given.offer()));
        }
        if (task.decided() != null) {
            people.add(task.decided().by());
        }
        step.custody().forEach(held -> people.add(held.holder()));
        foreseen.forEach(each -> people.add(each.person()));
        return Names.of(directory, people, parties);
    }

    private static GivenView view(Given given, Names names) {
        var offer = given.offer();
        return new GivenView(
                given.at(),
                names.person(offer.from()),
                names.person(offer.person()),
                names.party(offer.team()),
                Sentences.reason(offer.reason(), names));
    }

    private static ForeseenView view(Foreseen foreseen, Names names) {
        return new ForeseenView(
                foreseen.at(), foreseen.what().name(), names.person(foreseen.person()), Sentences.of(foreseen, names));
    }

    private static List<CustodyView> custody(Step step, Names names) {
        var custody = step.custody();
        var views = new ArrayList<CustodyView>();
        for (int i = 0; i < custody.size(); i++) {
            var held = custody.get(i);
            var until = i + 1 < custody.size() ? custody.get(i + 1).since() : null;
            views.add(new CustodyView(names.person(held.holder()), held.since(), until));
        }
        return views;
    }

    private static @Nullable PolicyRef policy(Step step) {
        if (step.policy() == null) {
            return null;
        }
        var overridden = new ArrayList<String>();
        var overrides = step.node() instanceof FlowNode.UserTask task
                ? task.assignment().overrides()
                : null;
        if (overrides != null) {
            if (overrides.reminders() != null) {
                overridden.add("remind");
            }
            if (overrides.ladder() != null) {
                overridden.add("escalate");
            }
            if (overrides.keepsHolder()) {
                overridden.add("reassign");
            }
        }
        return new PolicyRef(step.policy(), step.policyVersion(), overridden);
    }

    private static @Nullable PromiseView promise(Step step) {
        var promise = step.task() == null ? null : step.task().promise();
        return promise == null ? null : new PromiseView(promise.at(), promise.slips(), promise.broken());
    }

    private static @Nullable ProposalView proposal(Step step) {
        var proposal = step.task() == null ? null : step.task().proposal();
        return proposal == null ? null : new ProposalView(proposal.due(), proposal.reason());
    }

    private static @Nullable ObstacleView obstacle(Step step, Names names) {
        var blocker = step.task() == null ? null : step.task().blocker();
        return blocker == null
                ? null
                : new ObstacleView(blocker.obstacle().name(), blocker.reason(), names.person(blocker.person()));
    }

    /** An offer to a person is that person's to answer, one to a team that of its members. */
    boolean isAsked(Task task, Caller caller) {
        return isAsked(task, caller, directory.teamsOf(caller.person()));
    }

    private static boolean isAsked(Task task, Caller caller, List<String> teams) {
        return task.offeredTeam() == null
                ? caller.person().equals(task.offeredPerson())
                : teams.contains(task.offeredTeam());
    }

    boolean mayTake(Task task, Caller caller) {
        return mayTake(task, caller, directory.teamsOf(caller.person()));
    }

    /** A queue is its team's; what lies in no team's queue is everybody's, and every queue an administrator's too. */
    private static boolean mayTake(Task task, Caller caller, List<String> teams) {
        return caller.admin() || task.team() == null || teams.contains(task.team());
    }
}
