package io.baton.engine;

import io.baton.engine.Case.Closed;
import io.baton.engine.Case.ClosedIncident;
import io.baton.engine.Case.Status;
import io.baton.engine.model.FlowNode;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What each event means for the state: the half of {@link Case#apply} that moves tokens. {@link Coordination} has the half that
 * is about people.
 */
final class Fold {

    private Fold() {}

    static void apply(Case state, Event event, Instant at) {
        var repeating = state.fired;
        state.fired = null;
        switch (event) {
            case Event.CaseStarted started -> start(state, started, at);
            case Event.CaseCompleted _ -> end(state, Status.COMPLETED, at);
            case Event.CaseCancelled _ -> end(state, Status.CANCELLED, at);
            case Event.VariablesSet set -> set(state, state.open(set.scope()), set.variables());
            case Event.DeviationObserved _ -> {}
            case Event.CaseMigrated migrated -> Migration.apply(state, migrated);
            case Event.FlowTaken _ -> {}
            case Event.TokenArrived arrived ->
                state.open(arrived.scope())
                        .arrived
                        .merge(flow(state, arrived.scope(), arrived.flow()), 1, Integer::sum);
            case Event.TokensJoined joined -> join(state, joined);
            case Event.TokensDiscarded discarded ->
                state.open(discarded.scope()).arrived.clear();
            case Event.StepPassed passed -> {
                state.issued(passed.step());
                begun(state.open(passed.scope()));
            }
            case Event.StepEntered entered -> enter(state, entered, at);
            case Event.StepLeft left -> close(state, left.step(), false, at);
            case Event.StepTerminated terminated -> close(state, terminated.step(), true, at);
            case Event.Coordination coordination -> Coordination.apply(state, coordination, at);
            case Event.JobOpened opened -> {
                var step = state.open(opened.step());
                step.stage = Step.Stage.WAITING;
                step.job = new Step.Job(opened.type(), opened.retries());
            }
            case Event.JobFailed failed -> {
                var step = state.open(failed.step());
                step.job = new Step.Job(requireJob(step).type(), failed.retries());
            }
            case Event.JobCompleted completed -> finishWork(state, completed.step());
            case Event.TimerSet set -> {
                begun(state.open(set.step()));
                state.waits.put(
                        state.issued(set.waitId()),
                        new Wait.Timer(
                                set.waitId(),
                                set.step(),
                                waitingNode(state, set.step(), set.node(), repeating),
                                set.due(),
                                set.repeat(),
                                set.period()));
            }
            case Event.TimerFired timer -> state.fired = state.waits.remove(timer.waitId());
            case Event.MessageAwaited awaited -> {
                begun(state.open(awaited.step()));
                state.waits.put(
                        state.issued(awaited.waitId()),
                        new Wait.Message(
                                awaited.waitId(),
                                awaited.step(),
                                waitingNode(state, awaited.step(), awaited.node(), null),
                                awaited.name(),
                                awaited.key()));
            }
            case Event.MessageReceived _ -> {}
            case Event.WaitEnded ended -> state.waits.remove(ended.waitId());
            case Event.LoopStarted started -> {
                var step = state.open(started.step());
                step.stage = Step.Stage.WAITING;
                step.loop = new Step.Loop(started.total(), started.items());
                step.loop.outputs.addAll(Collections.nCopies(started.total(), null));
                state.variablesSize += step.loop.size();
            }
            case Event.LoopInstanceDone done -> {
                var loop = Case.requireLoop(state.open(done.step()));
                loop.done++;
                state.variablesSize += Values.size(done.output()) - Values.size(loop.outputs.get(done.index()));
                loop.outputs.set(done.index(), done.output());
            }
            case Event.ProcessCalled called -> {
                var step = state.open(called.step());
                step.stage = Step.Stage.WAITING;
                step.calledProcess = called.process();
                step.inner = state.model(called.process());
            }
            case Event.ErrorCaught _ -> {}
            case Event.IncidentRaised raised -> {
                state.incidents.put(
                        state.issued(raised.incident()),
                        new Incident(
                                raised.incident(),
                                raised.step(),
                                raised.node(),
                                raised.kind(),
                                raised.message(),
                                at,
                                null));
                if (raised.step() != 0) {
                    Coordination.noteCustody(
                            state, state.open(raised.step()), at); // its work may be over, and only the way out failed
                }
            }
            case Event.IncidentDismissed dismissed -> Dismissals.apply(state, dismissed.incident(), at);
            case Event.FactsStated stated -> Facts.state(state, stated);
            case Event.FactDecided decided -> Facts.overrule(state, decided.name());
            case Event.IncidentNamed named ->
                state.incidents.computeIfPresent(named.incident(), (_, incident) -> incident.about(named.about()));
            case Event.IncidentResolved resolved -> {
                var over = state.incidents.remove(resolved.incident());
                if (over != null) {
                    isOver(state, over, at);
                }
            }
            case Event.CommentPosted _, Event.CommentErased _, Event.FileAttached _, Event.FileErased _ -> {}
            case Event.FileOpened opened ->
                note(state, opened.step(), step -> step.opened, opened.file() + " " + opened.person());
            case Event.FileSigned signed ->
                note(state, signed.step(), step -> step.signed, signed.file() + " " + signed.person());
            case Event.SlotBooked booked -> state.bookings.put(booked.step(), Booking.of(booked));
            case Event.SlotReleased(var step, var _, var _) ->
                state.bookings.computeIfPresent(step, (_, booking) -> booking.released());
        }
        Stalls.note(state, event, at);
    }

    /** Only where the task demands it: elsewhere the journal alone knows. */
    private static void note(Case state, int number, Function<Step, List<String>> where, String what) {
        var step = state.status == Status.OPEN ? state.steps.get(number) : null;
        if (step != null
                && step.node instanceof FlowNode.UserTask task
                && task.papers().demands()) {
            where.apply(step).add(what);
        }
    }

    private static void isOver(Case state, Incident incident, Instant at) {
        state.closedIncidents.add(new ClosedIncident(incident, heldUntil(state, incident, at), at));
    }

    /** Who had to deal with it before what happens now. */
    private static String heldUntil(Case state, Incident incident, Instant at) {
        var step = state.step(incident.step());
        if (step != null && Case.isTheHolders(incident.kind())) {
            for (var held : step.custody.reversed()) {
                if (held.since().isBefore(at)) {
                    return held.holder();
                }
            }
        }
        return state.holder(incident);
    }

    private static void start(Case state, Event.CaseStarted started, Instant at) {
        state.status = Status.OPEN;
        state.process = started.process();
        state.owner = started.owner();
        state.title = started.title();
        state.root = new Step(0, null, null, at, state.model(started.process()));
    }

    private static void set(Case state, Step scope, SequencedMap<String, @Nullable Object> variables) {
        state.variablesSize += scope.growth(variables);
        scope.variables.putAll(variables);
    }

    private static void end(Case state, Status ended, Instant at) {
        state.status = ended;
        state.incidents.values().forEach(incident -> isOver(state, incident, at));
        state.steps.clear();
        state.facts.clear();
        state.waits.clear();
        state.incidents.clear();
        state.root().arrived.clear();
        state.root().children = 0;
        state.root().clock = null;
    }

    private static void enter(Case state, Event.StepEntered entered, Instant at) {
        var scope = state.open(entered.scope());
        // A loop's instances are activations of the loop's own node, which lies in the model around it.
        var isInstance = scope.loop != null && scope.requireNode().id().equals(entered.node());
        var node = isInstance ? scope.requireNode() : scope.inner.node(entered.node());
        var step = new Step(entered.step(), node, scope, at, scope.inner);
        step.giver = state.lastWorker;
        step.custody.add(new Step.Custody(state.owner(), at));
        state.steps.put(state.issued(entered.step()), step);
        scope.children++;
        begun(scope);
        if (isInstance) {
            Case.requireLoop(scope).begun++;
        }
    }

    /** Whatever happens inside a scope shows that it has begun. */
    private static void begun(Step scope) {
        if (scope.stage == Step.Stage.ENTERED) {
            scope.stage = Step.Stage.WAITING;
        }
    }

    private static void close(Case state, int id, boolean terminated, Instant at) {
        for (var incident : List.copyOf(state.incidents.values())) {
            if (incident.step() == id) {
                state.incidents.remove(incident.id());
                isOver(state, incident, at);
            }
        }
        var step = state.steps.remove(id);
        if (step == null) {
            throw new IllegalStateException("no open step " + id);
        }
        step.requireScope().children--;
        state.variablesSize -= step.size();
        state.closed.add(new Closed(step, terminated, at));
        if (!state.waits.isEmpty()) {
            state.waits.values().removeIf(wait -> wait.step() == id);
        }
    }

    static void finishWork(Case state, int id) {
        var step = state.open(id);
        step.stage = Step.Stage.LEAVING;
        state.variablesSize -= step.size();
        step.lastTask = step.task != null && step.task.decision() != null
                ? step.task.with(step.task.decision().withoutVariables())
                : step.task;
        step.task = null;
        state.variablesSize += step.size();
        step.job = null;
        step.clock = null;
    }

    private static void join(Case state, Event.TokensJoined joined) {
        var arrived = state.open(joined.scope()).arrived;
        for (var flow : joined.flows()) {
            arrived.computeIfPresent(flow(state, joined.scope(), flow), (_, count) -> count == 1 ? null : count - 1);
        }
    }

    private static int flow(Case state, int scope, String id) {
        return state.open(scope).inner.flow(id).index();
    }

    /**
     * A call waits for its boundary events before it calls, and for those of the called process from then on; only a
     * repetition may reach back. Both processes may use the same id.
     */
    private static FlowNode waitingNode(Case state, int step, String node, @Nullable Wait repeating) {
        return repeating != null
                        && repeating.step() == step
                        && repeating.node().id().equals(node)
                ? repeating.node()
                : state.open(step).inner.node(node);
    }

    private static Step.Job requireJob(Step step) {
        if (step.job == null) {
            throw new IllegalStateException("step " + step.id + " is no job");
        }
        return step.job;
    }
}
