package io.baton.engine;

import io.baton.engine.Expressions.Stuck;
import io.baton.engine.Outcome.Accepted;
import io.baton.engine.model.FlowNode;
import io.baton.engine.model.FlowNode.ActivityNode;
import io.baton.engine.model.FlowNode.BoundaryEvent;
import io.baton.engine.model.FlowNode.EndEvent;
import io.baton.engine.model.FlowNode.EventBasedGateway;
import io.baton.engine.model.FlowNode.ExclusiveGateway;
import io.baton.engine.model.FlowNode.InclusiveGateway;
import io.baton.engine.model.FlowNode.IntermediateCatchEvent;
import io.baton.engine.model.FlowNode.IntermediateThrowEvent;
import io.baton.engine.model.FlowNode.ParallelGateway;
import io.baton.engine.model.FlowNode.StartEvent;
import io.baton.engine.model.SequenceFlow;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NavigableSet;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One decision in progress: moves tokens until each has left the process or come to rest. Never escapes
 * {@link Engine#decide}. Every change goes through {@link #emit}, so deciding and replaying cannot disagree.
 */
final class Run {

    /**
     * Moves of tokens and steps opened per command: ten for each instance of the largest loop. A process that goes round
     * without ever waiting gets an incident instead of the CPU.
     */
    static final int MOVES_MAX = 10_000;

    /**
     * {@link Values#size} of what one command may write to the journal: a loop may set the same variable a thousand times.
     */
    static final long VARIABLES_SIZE_MAX = 2 * Case.VARIABLES_SIZE_MAX;

    /** On its way along a flow; or, without one, about to begin in a step that is open already. */
    private record Token(Step scope, @Nullable SequenceFlow flow) {}

    final Case state;
    final Instant now;
    final Roster roster;
    private final List<Event> events = new ArrayList<>();
    /** The scopes in which something came to rest, by number: only there can a join be ready or all be over. */
    final NavigableSet<Integer> touched = new TreeSet<>();

    /** The steps whose clock may stand elsewhere after this command. */
    final NavigableSet<Integer> retime = new TreeSet<>();

    boolean retimeAll;

    /** Whether what is due just in time for the case may be due at another time. */
    boolean caseDueMoved;

    private final Deque<Token> tokens = new ArrayDeque<>();
    private int moves;
    private long variablesSize;

    Run(Case state, Instant now) {
        this.state = state;
        this.now = now;
        this.roster = state.roster;
    }

    /** The one change operation. */
    void emit(Event event) {
        events.add(event);
        variablesSize += variablesSize(event);
        touch(event);
        retime(event);
        state.apply(event, now);
    }

    private void touch(Event event) {
        if (event instanceof Event.StepPassed passed) {
            touched.add(passed.scope());
        } else if (event instanceof Event.TokenArrived arrived) {
            touched.add(arrived.scope());
        } else if (event instanceof Event.TokensJoined joined) {
            touched.add(joined.scope());
        } else if (event instanceof Event.TokensDiscarded discarded) {
            touched.add(discarded.scope());
        } else if (event instanceof Event.StepLeft left) {
            touched.add(state.open(left.step()).requireScope().id);
        } else if (event instanceof Event.StepTerminated terminated) {
            touched.add(state.open(terminated.step()).requireScope().id);
        } else if (event instanceof Event.IncidentResolved resolved) {
            var incident = state.incidents.get(resolved.incident());
            if (incident != null) {
                touched.add(incident.step());
            }
        }
    }

    /** Notes whose clock may stand elsewhere now. */
    private void retime(Event event) {
        switch (event) {
            case Event.TaskOpened opened -> retime.add(opened.step());
            case Event.TaskClaimed claimed -> retime.add(claimed.step());
            case Event.TaskReleased released -> retime.add(released.step());
            case Event.HandoffOffered offered -> retime.add(offered.step());
            case Event.HandoffAccepted accepted -> retime.add(accepted.step());
            case Event.HandoffDeclined declined -> retime.add(declined.step());
            case Event.HandoffWithdrawn withdrawn -> retime.add(withdrawn.step());
            case Event.HandoffExpired expired -> retime.add(expired.step());
            case Event.TaskSentBack back -> retime.add(back.step());
            case Event.TaskTaken taken -> retime.add(taken.step());
            case Event.DatePromised promised -> retime.add(promised.step());
            case Event.PromiseWithdrawn withdrawn -> retime.add(withdrawn.step());
            case Event.DateProposed proposed -> retime.add(proposed.step());
            case Event.ProposalDeclined declined -> retime.add(declined.step());
            case Event.DueMoved moved -> retime.add(moved.step());
            case Event.DueChanged changed -> {
                retime.add(changed.step());
                caseDueMoved |= changed.step() == 0;
            }
            case Event.StepBlocked blocked -> retime.add(blocked.step());
            case Event.StepUnblocked unblocked -> retime.add(unblocked.step());
            case Event.DecisionMade made -> retime.add(made.step());
            case Event.DecisionTakenBack back -> retime.add(back.step());
            case Event.CommentPosted posted -> retime.add(posted.step());
            case Event.JobOpened opened -> retime.add(opened.step());
            case Event.JobFailed failed -> retime.add(failed.step());
            case Event.CaseResumed _, Event.CaseMigrated _ -> {
                retimeAll = true;
                caseDueMoved = true;
            }
            case Event.IncidentResolved _, Event.OwnerChanged _ -> retimeAll = true;
            default -> {}
        }
    }

    int nextId() {
        return state.lastId + 1;
    }

    /** What the command under way has caused so far. */
    List<Event> events() {
        return events;
    }

    private static long variablesSize(Event event) {
        return switch (event) {
            case Event.VariablesSet set -> Values.size(set.variables());
            case Event.DecisionMade made -> Values.size(made.variables());
            case Event.LoopStarted started -> Values.size(started.items());
            case Event.LoopInstanceDone done -> Values.size(done.output());
            default -> 0;
        };
    }

    /**
     * Asked before anything is set that the process computed. What only moves within the case need not ask: the results
     * of a loop and of a called process are gone where they were once they have arrived.
     *
     * @param growth by how much the case would grow
     * @param written what the journal would say
     */
    void requireRoom(long growth, long written) throws Stuck {
        if (growth > 0 && state.variablesSize + growth > Case.VARIABLES_SIZE_MAX) {
            throw new Stuck(
                    IncidentKind.TOO_LARGE,
                    "The variables of the case would be larger than " + Case.VARIABLES_SIZE_MAX
                            + " characters and values in all");
        }
        if (written > 0 && variablesSize + written > VARIABLES_SIZE_MAX) {
            throw new Stuck(
                    IncidentKind.TOO_LARGE,
                    "One command would set variables of more than " + VARIABLES_SIZE_MAX
                            + " characters and values in all; a retry goes on from here");
        }
    }

    void setVariables(int scope, SequencedMap<String, @Nullable Object> variables) {
        if (!variables.isEmpty()) {
            emit(new Event.VariablesSet(scope, variables));
        }
    }

    /** Passes a node that does not wait, and sends its token on. */
    void pass(FlowNode node, Step scope) {
        emit(new Event.StepPassed(nextId(), node.id(), scope.id));
        leaveBy(scope.inner.outgoing(node), scope);
    }

    /** Opens a step at the node; the caller lets it wait, or leaves it. */
    Step open(FlowNode node, Step scope) {
        moves++;
        var id = nextId();
        emit(new Event.StepEntered(id, node.id(), scope.id));
        return state.open(id);
    }

    /** Sends a token along each flow: several flows out of an activity or event fork (BPMN 2.0 §13.3.1). */
    void leaveBy(List<SequenceFlow> flows, Step scope) {
        for (var flow : flows) {
            tokens.add(new Token(scope, flow));
        }
    }

    /** Lets a step begin once the tokens before it have moved; a loop of any length needs no deeper stack. */
    void beginLater(Step step) {
        tokens.add(new Token(step, null));
    }

    /** Tokens on their way in this scope, or in scopes inside it, are gone with it. */
    void dropTokens(Step scope) {
        tokens.removeIf(token -> within(token.scope(), scope));
    }

    private static boolean within(@Nullable Step inner, Step outer) {
        for (var scope = inner; scope != null; scope = scope.scope) {
            if (scope == outer) {
                return true;
            }
        }
        return false;
    }

    Outcome finish() {
        do {
            while (!tokens.isEmpty()) {
                move(tokens.remove());
            }
        } while (state.status == Case.Status.OPEN && Scopes.settle(this));
        return accepted();
    }

    private void move(Token token) {
        var flow = token.flow();
        if (exhausted()) {
            if (flow == null) {
                Incidents.runaway(this, token.scope());
            } else {
                Incidents.runaway(this, flow, token.scope());
            }
            return;
        }
        if (flow == null) {
            begin(token.scope());
        } else {
            moves++;
            take(flow, token.scope());
        }
    }

    boolean exhausted() {
        return moves >= MOVES_MAX;
    }

    Accepted accepted() {
        Facts.compare(this);
        Bounces.settle(this);
        Stalls.settle(this);
        Policies.setClocks(this);
        return new Accepted(events);
    }

    /** After a stroke that changed nothing else the clock has to move, or it would strike for ever. */
    void emitClockIfUnchanged(Step step) {
        if (events.isEmpty() && step.clock != null) {
            emit(new Event.ClockSet(step.id, null));
        }
    }

    private void take(SequenceFlow flow, Step scope) {
        emit(new Event.FlowTaken(scope.id, flow.id()));
        enter(scope.inner.node(flow.target()), flow, scope);
    }

    private void enter(FlowNode node, SequenceFlow via, Step scope) {
        switch (node) {
            case StartEvent start -> pass(start, scope);
            case EndEvent end -> EndEvents.enter(this, end, scope);
            case IntermediateThrowEvent event -> Jobs.enterThrow(this, event, scope);
            case IntermediateCatchEvent event -> begin(open(event, scope));
            case BoundaryEvent event ->
                throw new IllegalStateException("no flow leads to boundary event " + event.id());
            case ExclusiveGateway gateway -> Gateways.exclusive(this, gateway, scope);
            case ParallelGateway gateway -> Gateways.parallel(this, gateway, via, scope);
            case InclusiveGateway gateway -> Gateways.inclusive(this, gateway, via, scope);
            case EventBasedGateway gateway -> begin(open(gateway, scope));
            case ActivityNode activity -> Activities.enter(this, activity, scope);
        }
    }

    /** Does what a freshly entered step does; also what a retry after an incident repeats. */
    void begin(Step step) {
        switch (step.requireNode()) {
            case ActivityNode _ -> Activities.begin(this, step);
            case ExclusiveGateway gateway -> Gateways.chooseFrom(this, step, gateway);
            case InclusiveGateway gateway -> Gateways.chooseFrom(this, step, gateway);
            case EventBasedGateway gateway -> CatchEvents.race(this, step, gateway);
            case IntermediateCatchEvent event -> CatchEvents.await(this, step, event);
            case IntermediateThrowEvent event -> Jobs.beginThrow(this, step, event);
            case EndEvent end -> EndEvents.begin(this, step, end);
            case StartEvent _, ParallelGateway _, BoundaryEvent _ -> {
                // A runaway stopped the token here; none of these waits for anything.
                emit(new Event.StepLeft(step.id));
                leaveBy(step.requireScope().inner.outgoing(step.requireNode()), step.requireScope());
            }
        }
    }

    /** A new map for variables of one event. */
    static SequencedMap<String, @Nullable Object> variables() {
        return new LinkedHashMap<>();
    }
}
