package io.baton.engine;

import io.baton.engine.model.FlowNode.UserTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The half of {@link Case#apply} that is about people: who has which step from when on, what they said of it, when it is
 * due, and what was done because nobody acted.
 */
final class Coordination {

    private Coordination() {}

    static void apply(Case state, Event.Coordination event, Instant at) {
        switch (event) {
            case Event.TaskOpened opened -> {
                var step = state.open(opened.step());
                step.stage = Step.Stage.WAITING;
                step.task = Step.Task.queued(opened.holder(), opened.team(), opened.due());
                noteCustody(state, step, at);
            }
            case Event.TaskClaimed claimed -> hold(state, claimed.step(), claimed.person(), at);
            case Event.TaskReleased released -> hold(state, released.step(), null, at);
            case Event.TaskCompleted completed -> {
                remember(state, state.open(completed.step()));
                Fold.finishWork(state, completed.step());
            }
            case Event.HandoffOffered offered -> offer(state, offered, at);
            case Event.HandoffAccepted accepted -> hold(state, accepted.step(), accepted.person(), at);
            case Event.HandoffDeclined declined -> endOffer(state, declined.step(), at);
            case Event.HandoffWithdrawn withdrawn -> endOffer(state, withdrawn.step(), at);
            case Event.HandoffExpired expired -> endOffer(state, expired.step(), at);
            case Event.TaskSentBack back -> {
                state.open(back.step()).returns++;
                hold(state, back.step(), back.to(), at);
            }
            case Event.TaskTaken taken -> hold(state, taken.step(), taken.person(), at);
            case Event.TaskWaived waived -> {
                state.open(waived.step()).waived = true;
                Fold.finishWork(state, waived.step());
            }
            case Event.DatePromised promised -> {
                var task = Case.requireTask(state.open(promised.step()));
                var slips = task.promise() == null ? 0 : task.promise().slips() + 1;
                change(state, promised.step(), task.with(new Step.Promise(promised.at(), slips, false)), at);
            }
            case Event.PromiseWithdrawn withdrawn -> {
                var task = Case.requireTask(state.open(withdrawn.step()));
                int slips = task.promise() == null ? 0 : task.promise().slips();
                var before = withdrawn.before() == null
                        ? null
                        : new Step.Promise(withdrawn.before(), Math.max(0, slips - 1), false);
                change(state, withdrawn.step(), task.with(before), at);
            }
            case Event.PromiseBroken broken -> {
                var task = Case.requireTask(state.open(broken.step()));
                var slips = task.promise() == null ? 0 : task.promise().slips();
                change(state, broken.step(), task.with(new Step.Promise(broken.at(), slips, true)), at);
            }
            case Event.DateProposed proposed ->
                change(
                        state,
                        proposed.step(),
                        Case.requireTask(state.open(proposed.step()))
                                .with(new Step.Proposal(proposed.due(), proposed.reason())),
                        at);
            case Event.ProposalDeclined declined ->
                change(
                        state,
                        declined.step(),
                        Case.requireTask(state.open(declined.step())).with((Step.@Nullable Proposal) null),
                        at);
            case Event.DueChanged changed -> changeDue(state, changed, at);
            case Event.StepBlocked blocked ->
                change(
                        state,
                        blocked.step(),
                        Case.requireTask(state.open(blocked.step()))
                                .with(new Step.Blocker(blocked.obstacle(), blocked.reason(), blocked.blocker())),
                        at);
            case Event.StepUnblocked unblocked ->
                change(
                        state,
                        unblocked.step(),
                        Case.requireTask(state.open(unblocked.step())).with((Step.@Nullable Blocker) null),
                        at);
            case Event.StepSponsored sponsored -> {
                state.open(sponsored.step()).sponsor = sponsored.person();
                noteCustody(state, state.open(sponsored.step()), at);
            }
            case Event.CasePaused paused ->
                state.pause = new Case.Pause(at, paused.until(), paused.reason(), paused.charged());
            case Event.CaseResumed _ -> resume(state, at);
            case Event.OwnershipOffered offered -> state.heir = offered.person();
            case Event.OwnershipDeclined _ -> state.heir = null;
            case Event.PolicyApplied applied -> {
                state.open(applied.step()).policy = applied.policy();
                state.open(applied.step()).policyVersion = applied.version();
            }
            case Event.ClockSet set -> state.open(set.step()).clock = set.at();
            case Event.ReminderSent sent -> {
                state.issued(sent.delivery());
                state.open(sent.step()).actsDone++;
            }
            case Event.Escalated escalated -> {
                state.issued(escalated.delivery());
                state.open(escalated.step()).actsDone++;
            }
            case Event.ApprovalSettled _ -> {}
            case Event.SkillRequired required ->
                state.open(required.step()).requirement = Step.Requirement.of(required.skill(), required.amount());
            case Event.DueMoved moved -> {
                var task = Case.requireTask(state.open(moved.step()));
                change(state, moved.step(), task.due(moved.due()), at);
            }
            case Event.DecisionMade made -> {
                var decision = new Step.Decision(made.by(), at, made.effectiveAt(), made.variables());
                decide(state, made.step(), decision);
            }
            case Event.DecisionTakenBack back -> decide(state, back.step(), null);
            case Event.ActSkipped skipped -> state.open(skipped.step()).actsDone++;
            case Event.OwnerChanged changed -> {
                state.owner = changed.owner();
                state.heir = null;
                state.steps.values().forEach(step -> noteCustody(state, step, at));
            }
        }
    }

    private static void hold(Case state, int id, @Nullable String holder, Instant at) {
        change(state, id, Case.requireTask(state.open(id)).heldBy(holder), at);
    }

    private static void offer(Case state, Event.HandoffOffered offered, Instant at) {
        var offer = new Step.Offer(offered.from(), offered.person(), offered.team(), offered.acceptBy());
        var task = Case.requireTask(state.open(offered.step())).with(offer);
        change(state, offered.step(), offered.team() == null ? task : task.in(offered.team()), at);
    }

    private static void endOffer(Case state, int id, Instant at) {
        change(state, id, Case.requireTask(state.open(id)).with((Step.@Nullable Offer) null), at);
    }

    private static void changeDue(Case state, Event.DueChanged changed, Instant at) {
        Dismissals.forgetDue(state, state.open(changed.step()));
        if (changed.step() == 0) {
            state.due = changed.due();
        } else {
            var task = Case.requireTask(state.open(changed.step()));
            state.open(changed.step()).dueByHand = true;
            change(
                    state,
                    changed.step(),
                    task.with((Step.@Nullable Proposal) null).due(changed.due()),
                    at);
        }
    }

    private static void decide(Case state, int id, Step.@Nullable Decision decision) {
        var step = state.open(id);
        state.variablesSize -= step.size();
        step.task = Case.requireTask(step).with(decision);
        state.variablesSize += step.size();
    }

    private static void change(Case state, int id, Step.Task task, Instant at) {
        var step = state.open(id);
        step.task = task;
        noteCustody(state, step, at);
    }

    static void noteCustody(Case state, Step step, Instant at) {
        var holder = state.holder(step);
        if (!step.custody.getLast().holder().equals(holder)) {
            if (step.custody.getLast().since().equals(at)) {
                step.custody.removeLast(); // nobody held it for no time
            }
            if (step.custody.isEmpty() || !step.custody.getLast().holder().equals(holder)) {
                step.custody.add(new Step.Custody(holder, at));
                step.idle = Duration.ZERO;
            }
        }
    }

    /** What was due after the pause began is due as much later as it lasted. */
    private static void resume(Case state, Instant at) {
        if (state.pause == null) {
            throw new IllegalStateException("the case is not paused");
        }
        var began = state.pause.since();
        var lasted = Duration.between(began, at);
        state.pause = null;
        state.due = later(state.due, began, lasted);
        for (var step : state.steps.values()) {
            var task = step.task;
            if (task != null) {
                step.task = resumed(task, began, at);
                var since = step.actsFrom();
                step.idle = step.idle.plus(Duration.between(since.isAfter(began) ? since : began, at));
            }
        }
    }

    private static Step.Task resumed(Step.Task task, Instant began, Instant at) {
        var lasted = Duration.between(began, at);
        var later = task.due(later(task.due(), began, lasted));
        var offer = task.offer();
        if (offer != null) {
            later = later.with(
                    new Step.Offer(offer.from(), offer.person(), offer.team(), later(offer.acceptBy(), began, lasted)));
        }
        var promise = task.promise();
        if (promise != null && !promise.broken()) {
            var promised =
                    promise.at().isBefore(began) ? promise.at() : promise.at().plus(lasted);
            later = later.with(new Step.Promise(promised, promise.slips(), false));
        }
        var decision = task.decision();
        if (decision != null) {
            var waited = Duration.between(decision.at().isAfter(began) ? decision.at() : began, at);
            later = later.with(decision.effectiveAt(decision.effectiveAt().plus(waited)));
        }
        return later;
    }

    private static @Nullable Instant later(@Nullable Instant due, Instant began, Duration by) {
        return due == null || due.isBefore(began) ? due : due.plus(by);
    }

    /** Not who could have removed an obstacle, but who did the work in spite of it. */
    private static void remember(Case state, Step step) {
        var decision = Case.requireTask(step).decision();
        var worker = decision == null ? Case.requireTask(step).holder() : decision.by();
        state.lastWorker = worker == null ? state.holder(step) : worker;
        var node = step.requireNode();
        if (step.requireScope().inner.remembersWorkers(node)) {
            var known = state.workers.computeIfAbsent(node.id(), _ -> new ArrayList<>());
            known.remove(state.lastWorker);
            known.add(state.lastWorker);
        }
        if (node instanceof UserTask check && !check.assignment().fourEyes().isEmpty()) {
            for (var checked : state.steps.values()) {
                if (checked.task != null
                        && check.assignment()
                                .fourEyes()
                                .contains(checked.requireNode().id())
                        && !checked.checkedBy.contains(state.lastWorker)) {
                    checked.checkedBy.add(state.lastWorker);
                }
            }
        }
    }
}
