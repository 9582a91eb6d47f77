package io.baton.engine;

import io.baton.engine.Expressions.Stuck;
import io.baton.engine.Outcome.Refused;
import io.baton.engine.model.FlowNode;
import io.baton.engine.model.FlowNode.BoundaryEvent;
import io.baton.engine.model.FlowNode.EventBasedGateway;
import io.baton.engine.model.FlowNode.IntermediateCatchEvent;
import io.baton.engine.model.FlowNode.ReceiveTask;
import io.baton.engine.model.FlowNode.StartEvent;
import io.baton.engine.model.Trigger;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that waits for a timer or a message: intermediate catch events, receive tasks, boundary events, event-based
 * gateways and the starts of event sub-processes. Waits are computed first and opened only when all could be.
 */
final class CatchEvents {

    private static final int KEY_LENGTH_MAX = 255;

    private CatchEvents() {}

    // Opening

    static void await(Run run, Step step, IntermediateCatchEvent event) {
        try {
            open(run, List.of(wait(run, run.nextId(), step, event, event.trigger())));
        } catch (Stuck stuck) {
            Incidents.raise(run, step, stuck);
        }
    }

    static void receive(Run run, Step step, ReceiveTask task, List<Wait> boundaries) throws Stuck {
        var own = wait(run, run.nextId() + boundaries.size(), step, task, task.message());
        open(run, boundaries);
        open(run, List.of(own));
    }

    /** An event-based gateway waits for the first of the events behind it (BPMN 2.0 §13.4.5). */
    static void race(Run run, Step step, EventBasedGateway gateway) {
        var model = step.requireScope().inner;
        var waits = new ArrayList<Wait>();
        try {
            for (var flow : model.outgoing(gateway)) {
                var event = model.node(flow.target());
                waits.add(wait(run, run.nextId() + waits.size(), step, event, triggerOf(event)));
            }
            open(run, waits);
        } catch (Stuck stuck) {
            Incidents.raise(run, step, stuck);
        }
    }

    static List<Wait> boundaryWaits(Run run, Step step) throws Stuck {
        var events = step.requireScope().inner.boundaries(step.requireNode());
        if (events.isEmpty()) {
            return List.of();
        }
        var waits = new ArrayList<Wait>();
        for (var event : events) {
            if (!(event.trigger() instanceof Trigger.Error)) {
                waits.add(wait(run, run.nextId() + waits.size(), step, event, event.trigger()));
            }
        }
        return waits;
    }

    static List<Wait> eventSubProcessWaits(Run run, Step scope, int firstId) throws Stuck {
        var waits = new ArrayList<Wait>();
        for (var start : eventSubProcessStarts(scope)) {
            waits.add(wait(run, firstId + waits.size(), scope, start, start.trigger()));
        }
        return waits;
    }

    /** What sets off the scope's event sub-processes, errors apart: those are thrown, not awaited. */
    static List<StartEvent> eventSubProcessStarts(Step scope) {
        return scope.inner.eventSubProcesses(Scopes.index(scope)).stream()
                .flatMap(sub -> scope.inner.startEvents(sub.index()).stream())
                .filter(start -> !(start.trigger() instanceof Trigger.Error))
                .toList();
    }

    static void open(Run run, List<Wait> waits) {
        for (var wait : waits) {
            run.emit(
                    switch (wait) {
                        case Wait.Timer(var id, var step, var node, var due, var repeat, var period) ->
                            new Event.TimerSet(id, step, node.id(), due, repeat, period);
                        case Wait.Message(var id, var step, var node, var name, var key) ->
                            new Event.MessageAwaited(id, step, node.id(), name, key);
                    });
        }
    }

    static Wait wait(Run run, int id, Step step, FlowNode node, Trigger trigger) throws Stuck {
        var visible = run.state.visible(step);
        return switch (trigger) {
            case Trigger.Timer timer -> timer(run, id, step, node, timer, visible);
            case Trigger.Message message -> message(run, id, step, node, message, visible);
            case Trigger.None _, Trigger.Error _ -> throw new IllegalStateException(node.id() + " waits for nothing");
        };
    }

    private static Wait.Timer timer(
            Run run,
            int id,
            Step step,
            FlowNode node,
            Trigger.Timer timer,
            SequencedMap<String, @Nullable Object> visible)
            throws Stuck {
        var text = Expressions.requiredText(timer.value(), "timer", visible, run.now);
        return switch (timer.kind()) {
            case DATE -> new Wait.Timer(id, step.id, node, Times.at(text), 0, null);
            case DURATION -> new Wait.Timer(id, step.id, node, Times.after(text, run.now), 0, null);
            case CYCLE -> {
                var cycle = Times.Cycle.parse(text);
                yield new Wait.Timer(id, step.id, node, cycle.first(run.now), cycle.repeat(), cycle.period());
            }
        };
    }

    private static Wait.Message message(
            Run run,
            int id,
            Step step,
            FlowNode node,
            Trigger.Message message,
            SequencedMap<String, @Nullable Object> visible)
            throws Stuck {
        var expression = message.correlationKey();
        if (expression == null) {
            return new Wait.Message(id, step.id, node, message.name(), "");
        }
        var key = switch (Expressions.value(expression, visible, run.now)) {
            case String text -> text;
            case BigDecimal number -> number.toPlainString();
            case null -> "";
            case Object other ->
                throw new Stuck(
                        IncidentKind.EXPRESSION,
                        "Expected the correlation key '" + expression.source() + "' to be text or a number, but it is "
                                + Expressions.brief(other));
        };
        if (key.isEmpty() || key.length() > KEY_LENGTH_MAX) {
            throw new Stuck(
                    IncidentKind.EXPRESSION,
                    "Expected the correlation key '" + expression.source() + "' to have 1 to " + KEY_LENGTH_MAX
                            + " characters, but it has " + key.length());
        }
        return new Wait.Message(id, step.id, node, message.name(), key);
    }

    static Trigger triggerOf(FlowNode node) {
        return switch (node) {
            case IntermediateCatchEvent event -> event.trigger();
            case ReceiveTask task -> task.message();
            case BoundaryEvent event -> event.trigger();
            case StartEvent event -> event.trigger();
            default -> throw new IllegalStateException(node.id() + " catches nothing");
        };
    }

    // Waking

    static Outcome fire(Case state, Command.FireTimer command, Instant now) {
        if (command.waitId() <= 0) {
            return Policies.strike(state, -command.waitId(), now);
        }
        if (!(state.wait(command.waitId()) instanceof Wait.Timer timer)) {
            return new Refused(Refusal.NO_SUCH_TIMER, "no open timer " + command.waitId());
        }
        if (now.isBefore(timer.due())) {
            return new Refused(Refusal.TIMER_NOT_DUE, "the timer is due at " + timer.due() + ", now is " + now);
        }
        var run = new Run(state, now);
        var decided = state.open(timer.step());
        var decision = Undo.decision(decided);
        if (decision != null) { // in time: the timer waited for the work, which is done
            Undo.takeEffect(run, decided, decision);
            return run.finish();
        }
        run.emit(new Event.TimerFired(timer.id()));
        if (timer.repeat() != 0 && timer.period() != null) {
            repeat(run, timer, timer.period());
        }
        wake(run, timer, Run.variables());
        return run.finish();
    }

    /** A repetition that was missed is not made up for: the next one lies in the future. */
    private static void repeat(Run run, Wait.Timer timer, String period) {
        try {
            var next = Times.next(period, timer.due(), run.now);
            var left = timer.repeat() < 0 ? timer.repeat() : timer.repeat() - 1;
            run.emit(new Event.TimerSet(run.nextId(), timer.step(), timer.node().id(), next, left, period));
        } catch (Stuck stuck) {
            Incidents.raise(run, run.state.open(timer.step()), timer.node(), stuck);
        }
    }

    static Outcome receive(Case state, Command.ReceiveMessage command, Instant now) {
        if (!(state.wait(command.waitId()) instanceof Wait.Message wait)) {
            return new Refused(Refusal.NO_SUCH_SUBSCRIPTION, "the case no longer waits for this message");
        }
        var run = new Run(state, now);
        run.emit(new Event.MessageReceived(wait.id(), command.message()));
        wake(run, wait, command.variables());
        return run.finish();
    }

    private static void wake(Run run, Wait wait, SequencedMap<String, @Nullable Object> variables) {
        var step = run.state.open(wait.step());
        switch (wait.node()) {
            case BoundaryEvent event -> atBoundary(run, step, event, variables);
            case StartEvent start -> {
                var stays = !start.interrupting() && wait instanceof Wait.Message;
                if (!stays && run.state.wait(wait.id()) != null) {
                    run.emit(new Event.WaitEnded(wait.id()));
                }
                atStart(run, step, start, variables);
            }
            case ReceiveTask task -> {
                if (step.isAt(task)) {
                    run.emit(new Event.WaitEnded(wait.id()));
                    Activities.finish(run, step, variables);
                } else {
                    var scope = step.requireScope();
                    moveOn(run, step, task);
                    Activities.finish(run, run.open(task, scope), variables);
                }
            }
            case IntermediateCatchEvent event -> caught(run, step, event, wait, variables);
            default -> throw new IllegalStateException(wait.node().id() + " waits for nothing");
        }
    }

    /** What leaves an event that caught a message: the message's variables or what its outputs make of them, or why not. */
    sealed interface Brought {
        record Mapped(SequencedMap<String, @Nullable Object> variables) implements Brought {}

        record Failed(Stuck why) implements Brought {}
    }

    /** {@code around} is the scope that the outputs see besides the message; null before the case is there. */
    static Brought brought(
            Run run, Trigger trigger, @Nullable Step around, SequencedMap<String, @Nullable Object> variables) {
        if (trigger.mappings().isEmpty()) {
            return new Brought.Mapped(variables);
        }
        var visible = around == null ? Run.variables() : run.state.visible(around);
        visible.putAll(variables);
        try {
            var mapped = Activities.evaluate(run, trigger.mappings(), visible);
            run.requireRoom(Values.size(mapped), Values.size(mapped));
            return new Brought.Mapped(mapped);
        } catch (Stuck stuck) {
            return new Brought.Failed(stuck);
        }
    }

    /** The token stops at the event with the message's variables, which a retry maps again. */
    static void stop(Run run, FlowNode event, Step scope, SequencedMap<String, @Nullable Object> variables, Stuck why) {
        hold(run, run.open(event, scope), variables, why);
    }

    private static void hold(Run run, Step step, SequencedMap<String, @Nullable Object> variables, Stuck why) {
        run.setVariables(step.id, variables);
        run.emit(new Event.JobCompleted(step.id)); // what is left to do is to leave
        Incidents.raise(run, step, why);
    }

    /** Maps the message that the event holds, and goes on. */
    static void leaveHeld(Run run, Step step) {
        var event = step.requireNode();
        var scope = step.requireScope();
        switch (brought(run, triggerOf(event), scope, step.variables)) {
            case Brought.Failed(var why) -> Incidents.raise(run, step, why);
            case Brought.Mapped(var mapped) -> {
                if (event instanceof StartEvent && scope.scope != null) {
                    run.setVariables(scope.scope.id, mapped);
                } else {
                    Activities.propagate(run, step, mapped);
                }
                run.emit(new Event.StepLeft(step.id));
                run.leaveBy(scope.inner.outgoing(event), scope);
            }
        }
    }

    /** An event sub-process: its message is for the scope around it. */
    private static void atStart(
            Run run, Step scope, StartEvent start, SequencedMap<String, @Nullable Object> variables) {
        switch (brought(run, start.trigger(), scope, variables)) {
            case Brought.Mapped(var mapped) -> {
                run.setVariables(scope.id, mapped);
                Scopes.startEventSubProcess(run, scope, start);
            }
            case Brought.Failed(var why) ->
                stop(run, start, Scopes.openEventSubProcess(run, scope, start), variables, why);
        }
    }

    private static void atBoundary(
            Run run, Step step, BoundaryEvent event, SequencedMap<String, @Nullable Object> variables) {
        var scope = step.requireScope();
        var brought = brought(run, event.trigger(), scope, variables);
        if (brought instanceof Brought.Mapped(var mapped)) {
            Activities.propagate(run, step, mapped);
        }
        if (event.interrupting()) {
            Scopes.terminate(run, step);
        }
        passOrStop(run, event, scope, brought, variables);
    }

    private static void passOrStop(
            Run run, FlowNode event, Step scope, Brought brought, SequencedMap<String, @Nullable Object> variables) {
        switch (brought) {
            case Brought.Mapped _ -> run.pass(event, scope);
            case Brought.Failed(var why) -> stop(run, event, scope, variables, why);
        }
    }

    /** The event goes on; behind an event-based gateway the token first moves on to the event that won. */
    private static void caught(
            Run run,
            Step step,
            IntermediateCatchEvent event,
            Wait wait,
            SequencedMap<String, @Nullable Object> variables) {
        var scope = step.requireScope();
        var brought = brought(run, event.trigger(), scope, variables);
        if (brought instanceof Brought.Mapped(var mapped)) {
            Activities.propagate(run, step, mapped);
        }
        if (!step.isAt(event)) {
            moveOn(run, step, event);
            passOrStop(run, event, scope, brought, variables);
        } else if (brought instanceof Brought.Failed(var why)) {
            run.emit(new Event.WaitEnded(wait.id()));
            hold(run, step, variables, why);
        } else {
            run.emit(new Event.StepLeft(step.id));
            run.leaveBy(scope.inner.outgoing(event), scope);
        }
    }

    /** The token leaves the event-based gateway for the event that won. */
    private static void moveOn(Run run, Step gateway, FlowNode event) {
        var scope = gateway.requireScope();
        run.emit(new Event.StepLeft(gateway.id));
        scope.inner.outgoing(gateway.requireNode()).stream()
                .filter(flow -> flow.target() == event.index())
                .forEach(flow -> run.emit(new Event.FlowTaken(scope.id, flow.id())));
    }
}
