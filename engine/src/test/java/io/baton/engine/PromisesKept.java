package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Policy.What;
import io.baton.engine.model.FlowNode;
import io.baton.engine.model.Text;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of coordination after every command, told from the events alone: it keeps its own books on who has each
 * step, who has answered and which acts were done, and compares them with the state.
 */
final class PromisesKept {

    /** What the events say of one open task. */
    private static final class Account {
        final String node;

        @Nullable
        String accepted;

        @Nullable
        String giver;

        @Nullable
        String blocker;

        Event.@Nullable DecisionMade decision;

        final Set<String> checkedBy = new LinkedHashSet<>();

        boolean dueByHand;
        boolean promised;
        boolean proposed;
        int acts;

        Account(String node) {
            this.node = node;
        }

        String holder(String owner) {
            return blocker != null ? blocker : accepted != null ? accepted : giver != null ? giver : owner;
        }

        void heldBy(@Nullable String person) {
            accepted = person;
            giver = null;
            blocker = null;
            promised = false;
            proposed = false;
        }
    }

    private record Told(int step, String person, Instant at) {}

    private final Play play;
    private final Office office;
    private final IncidentsKept incidents;
    private final Map<Integer, Account> accounts = new LinkedHashMap<>();
    private final Map<Integer, String> nodes = new HashMap<>();
    private final Map<String, Set<String>> workers = new HashMap<>();
    private final Set<Told> reminded = new LinkedHashSet<>();
    private final Set<String> replaced = new LinkedHashSet<>();

    private String owner = "";

    PromisesKept(Play play, Office office) {
        this.play = play;
        this.office = office;
        this.incidents = new IncidentsKept(play, office);
    }

    /** What the system said of messages, told by who gave the command. */
    void told(Command command) {
        incidents.told(command);
    }

    /** Somebody who has left, of whom the case has been told. */
    void replaced(String person) {
        replaced.add(person);
        incidents.replaced(person);
    }

    void check(List<Event> events) {
        events.forEach(this::read);
        for (var closed : play.state.takeClosed()) {
            custodyIsWhole(closed.step(), closed.at());
        }
        if (play.state.status() == Case.Status.OPEN) {
            assertThat(play.state.owner()).as("the owner").isEqualTo(owner).isNotBlank();
            play.state.steps().forEach(this::check);
            incidents.check(events, owner);
        }
    }

    // Reading

    private void read(Event event) {
        incidents.read(event);
        switch (event) {
            case Event.CaseStarted started -> owner = started.owner();
            case Event.OwnerChanged changed -> owner = changed.owner();
            case Event.StepEntered entered -> nodes.put(entered.step(), entered.node());
            case Event.TaskOpened opened ->
                accounts.put(opened.step(), new Account(nodes.getOrDefault(opened.step(), "")));
            case Event.TaskClaimed claimed -> taken(claimed.step(), claimed.person());
            case Event.TaskReleased released -> undecided(released.step()).heldBy(null);
            case Event.HandoffAccepted accepted -> taken(accepted.step(), accepted.person());
            case Event.TaskTaken taken -> account(taken.step()).heldBy(taken.person());
            case Event.TaskSentBack back -> undecided(back.step()).heldBy(back.to());
            case Event.HandoffOffered offered -> offered(offered);
            case Event.HandoffDeclined declined -> undecided(declined.step()).giver = null;
            case Event.HandoffWithdrawn withdrawn -> undecided(withdrawn.step()).giver = null;
            case Event.HandoffExpired expired -> undecided(expired.step()).giver = null;
            case Event.DatePromised promised -> undecided(promised.step()).promised = true;
            case Event.PromiseWithdrawn withdrawn -> undecided(withdrawn.step()).promised = withdrawn.before() != null;
            case Event.PromiseBroken broken -> undecided(broken.step()).promised = false;
            case Event.DateProposed proposed -> undecided(proposed.step()).proposed = true;
            case Event.ProposalDeclined declined -> undecided(declined.step()).proposed = false;
            case Event.DueChanged changed -> {
                if (changed.step() != 0) {
                    account(changed.step()).dueByHand = true;
                    account(changed.step()).proposed = false;
                }
            }
            case Event.StepBlocked blocked -> undecided(blocked.step()).blocker = blocked.blocker();
            case Event.StepUnblocked unblocked -> undecided(unblocked.step()).blocker = null;
            case Event.DueMoved moved ->
                assertThat(account(moved.step()).dueByHand && moved.due() != null)
                        .as("step %s, whose date somebody has set, is moved", moved.step())
                        .isFalse();
            case Event.DecisionMade made -> decided(made);
            case Event.DecisionTakenBack back -> {
                assertThat(account(back.step()).decision)
                        .as("what %s takes back", back.by())
                        .isNotNull();
                account(back.step()).decision = null;
            }
            case Event.TaskCompleted completed -> completed(completed.step());
            case Event.TaskWaived waived -> accounts.remove(waived.step());
            case Event.StepTerminated terminated -> accounts.remove(terminated.step());
            case Event.ReminderSent sent -> reminded(sent);
            case Event.Escalated escalated -> {
                isNotDisturbed(escalated.to(), "the escalation");
                isUndecided(escalated.step());
                acted(escalated.step(), What.ESCALATE);
            }
            case Event.ActSkipped skipped -> acted(skipped.step(), null);
            default -> {}
        }
    }

    private Account account(int step) {
        var account = accounts.get(step);
        if (account == null) {
            throw new AssertionError("something happened to step " + step + ", which is no open task");
        }
        return account;
    }

    /** For what changes how it stands with a task: nothing does once it is decided. */
    private Account undecided(int step) {
        isUndecided(step);
        return account(step);
    }

    private void offered(Event.HandoffOffered offered) {
        var account = account(offered.step());
        assertThat(account.giver)
                .as("an offer of step %s is open already", offered.step())
                .isNull();
        assertThat(offered.from())
                .as("who offers step %s is who has it, obstacles aside", offered.step())
                .isEqualTo(account.accepted == null ? owner : account.accepted);
        account.giver = offered.from();
    }

    private void taken(int step, String person) {
        var account = undecided(step);
        hasSkill(account.node, person);
        account.heldBy(person);
    }

    /** The skills in the models are literal. */
    private void hasSkill(String node, String person) {
        for (var model : play.models.all()) {
            if (model.has(node)
                    && model.node(node) instanceof FlowNode.UserTask task
                    && task.assignment().skill() != null
                    && task.assignment().skill().name() instanceof Text.Literal(var skill)) {
                assertThat(Objects.requireNonNull(office.person(person)).skills())
                        .as("skills of %s, who takes or completes '%s'", person, node)
                        .contains(skill);
            }
        }
    }

    private void completed(int step) {
        var account = account(step);
        var decision = account.decision;
        var worker = decision == null ? account.accepted : decision.by();
        assertThat(decision != null)
                .as("step %s at '%s' is decided before it is done", step, account.node)
                .isEqualTo(hasUndo(account.node));
        assertThat(worker).as("who completed step %s has accepted it", step).isNotNull();
        if (decision == null) {
            hasSkill(account.node, String.valueOf(worker));
        }
        for (var model : play.models.all()) {
            if (model.has(account.node) && model.node(account.node) instanceof FlowNode.UserTask task) {
                for (var other : task.assignment().fourEyes()) {
                    assertThat(workers.getOrDefault(other, Set.of()))
                            .as("who did '%s', when '%s' is completed", other, account.node)
                            .doesNotContain(String.valueOf(worker));
                }
            }
        }
        assertThat(account.checkedBy)
                .as("who did a check of '%s' while it was open, when it is completed", account.node)
                .doesNotContain(String.valueOf(worker));
        accounts.forEach((_, other) -> {
            if (checks(account.node, other.node)) {
                other.checkedBy.add(String.valueOf(worker));
            }
        });
        workers.computeIfAbsent(account.node, _ -> new LinkedHashSet<>()).add(String.valueOf(worker));
        accounts.remove(step);
    }

    private void decided(Event.DecisionMade made) {
        var account = account(made.step());
        assertThat(account.decision)
                .as("step %s is decided already", made.step())
                .isNull();
        assertThat(made.by())
                .as("who decides step %s has accepted it", made.step())
                .isEqualTo(account.accepted);
        assertThat(account.giver)
                .as("an offer of step %s, which is decided", made.step())
                .isNull();
        assertThat(made.effectiveAt()).as("when the decision takes effect").isAfterOrEqualTo(play.now);
        account.decision = made;
    }

    private boolean checks(String check, String node) {
        return play.models.all().stream()
                .anyMatch(model -> model.has(check)
                        && model.node(check) instanceof FlowNode.UserTask task
                        && task.assignment().fourEyes().contains(node));
    }

    private boolean hasUndo(String node) {
        return play.models.all().stream()
                .anyMatch(model -> model.has(node)
                        && model.node(node) instanceof FlowNode.UserTask task
                        && task.assignment().undo() != null);
    }

    private void isUndecided(int step) {
        assertThat(account(step).decision)
                .as("step %s is chased, although it is decided", step)
                .isNull();
    }

    private void reminded(Event.ReminderSent sent) {
        var account = account(sent.step());
        isUndecided(sent.step());
        assertThat(account.promised)
                .as("%s is reminded, although a promise stands", sent.to())
                .isFalse();
        assertThat(account.proposed)
                .as("%s is reminded, although another date is proposed", sent.to())
                .isFalse();
        assertThat(account.blocker)
                .as("%s is reminded, although the step is stuck", sent.to())
                .isNull();
        isNotDisturbed(sent.to(), "the reminder");
        assertThat(reminded.add(new Told(sent.step(), sent.to(), play.now)))
                .as("%s is reminded of step %s twice at %s", sent.to(), sent.step(), play.now)
                .isTrue();
        acted(sent.step(), What.REMIND);
    }

    private void isNotDisturbed(String person, String what) {
        var known = office.person(person);
        var quiet = known == null ? null : known.quiet();
        assertThat(quiet != null && quiet.isQuiet(play.now))
                .as("%s disturbs %s at %s, in quiet hours", what, person, play.now)
                .isFalse();
    }

    /** {@code what} is null for an act that needed nothing to be sent. */
    private void acted(int id, @Nullable What what) {
        var account = account(id);
        var step = play.state.step(id);
        var policy = step == null || step.policy() == null ? null : policy(step);
        if (policy == null) {
            throw new AssertionError("an act at step " + id + ", which follows no policy");
        }
        assertThat(account.acts)
                .as("acts done at step %s", id)
                .isLessThan(policy.acts().size());
        var due = policy.acts().get(account.acts++).what();
        assertThat(due)
                .as("act %s of step %s", account.acts, id)
                .satisfies(act -> assertThat(what == null ? act != What.ESCALATE : act == what)
                        .as("%s done as %s", act, what)
                        .isTrue());
    }

    private @Nullable Policy policy(Step step) {
        var policy = step.policy() == null ? null : office.policy(step.policy(), step.policyVersion());
        return policy != null && step.node() instanceof FlowNode.UserTask task
                ? policy.with(task.assignment().overrides())
                : policy;
    }

    // Checking

    private void check(Step step) {
        custodyIsWhole(step, play.now);
        var account = accounts.get(step.id());
        var holder = play.state.holder(step);
        assertThat(step.custody().getLast().holder())
                .as("who has step %s, by its custody", step.id())
                .isEqualTo(holder);
        assertThat(step.task() == null).as("step %s is no task", step.id()).isEqualTo(account == null);
        if (account != null) {
            assertThat(holder).as("who has step %s, by its events", step.id()).isEqualTo(account.holder(owner));
        }
        var orphaned = play.state.incidents().stream()
                .anyMatch(incident -> incident.kind() == IncidentKind.ORPHANED
                        && (incident.step() == 0 || incident.step() == step.id()));
        assertThat(replaced.contains(holder) && !orphaned)
                .as("%s, who has left, still has step %s, and no incident says so", holder, step.id())
                .isFalse();
        assertThat(replaced.contains(owner)
                        && play.state.incidents().stream()
                                .noneMatch(
                                        incident -> incident.kind() == IncidentKind.ORPHANED && incident.step() == 0))
                .as("%s, who has left, still owns the case, and no incident says so", owner)
                .isFalse();
    }

    private static void custodyIsWhole(Step step, Instant end) {
        var custody = step.custody();
        assertThat(custody.getFirst().since())
                .as("since when somebody has step %s", step.id())
                .isEqualTo(step.enteredAt());
        for (int i = 1; i < custody.size(); i++) {
            assertThat(custody.get(i).since())
                    .as("step %s changes hands later than before: %s", step.id(), custody)
                    .isAfter(custody.get(i - 1).since());
            assertThat(custody.get(i).holder())
                    .as("step %s goes to somebody else: %s", step.id(), custody)
                    .isNotEqualTo(custody.get(i - 1).holder());
        }
        assertThat(custody.getLast().since())
                .as("step %s changed hands before it ended", step.id())
                .isBeforeOrEqualTo(end);
    }

    // Asked by the test

    /** The charges of the case add up to its life, up to any moment. */
    void ledgerIsWhole(Instant until) {
        var started = play.journal.getFirst().at();
        var open = play.state.status() == Case.Status.OPEN;
        var last = play.journal.getLast().at();
        var end = open && until.isAfter(last) ? until : last;
        var ledger = Ledger.of(play.models, play.journal, until, office);
        var sum = java.time.Duration.ZERO;
        for (var charge : ledger.charges()) {
            assertThat(charge.elapsed()).as("the time of %s", charge).isGreaterThanOrEqualTo(java.time.Duration.ZERO);
            assertThat(charge.working())
                    .as("the working time of %s", charge)
                    .isGreaterThanOrEqualTo(java.time.Duration.ZERO);
            assertThat(charge.working()).as("the working time of %s", charge).isLessThanOrEqualTo(charge.elapsed());
            sum = sum.plus(charge.elapsed());
        }
        assertThat(sum).as("the sum of the ledger until %s", until).isEqualTo(ledger.elapsed());
        assertThat(ledger.elapsed())
                .as("all that the ledger charges until %s", until)
                .isEqualTo(java.time.Duration.between(started, end));
    }

    /** Once nothing more happens by itself: every act of every policy has had its turn. */
    void allActsAreDone() {
        for (var step : play.state.steps()) {
            var policy = step.policy() == null ? null : policy(step);
            var account = accounts.get(step.id());
            if (policy != null && account != null) {
                assertThat(account.acts)
                        .as("acts done at step %s, of %s", step.id(), policy)
                        .isEqualTo(policy.acts().size());
            }
        }
    }
}
