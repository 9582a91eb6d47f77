package io.baton.engine;

import io.baton.engine.model.FlowNode;
import io.baton.engine.model.ProcessModel;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * One open activation of a flow node, or the case itself (number 0, without a node). Steps form a tree: the scope of a
 * step is the sub-process, loop or call it runs in. Changed by {@link Case#apply} alone.
 */
public final class Step {

    /** Where a step is in its life; what a retry after an incident repeats. */
    enum Stage {
        ENTERED,
        WAITING,
        LEAVING
    }

    /**
     * Work for a person. {@code holder} has accepted it, or is null while nobody has; {@code team} is the queue it lies
     * in. Who has the step at every moment is {@link Case#holder}.
     */
    public record Task(
            @Nullable String holder,
            @Nullable String team,
            @Nullable Instant due,
            @Nullable Offer offer,
            @Nullable Promise promise,
            @Nullable Proposal proposal,
            @Nullable Blocker blocker,
            @Nullable Decision decision) {

        static Task queued(@Nullable String holder, @Nullable String team, @Nullable Instant due) {
            return new Task(holder, team, due, null, null, null, null, null);
        }

        /** Whoever gets it begins with a clean slate: promises and obstacles are personal. */
        Task heldBy(@Nullable String holder) {
            return new Task(holder, team, due, null, null, null, null, decision);
        }

        Task with(@Nullable Offer offer) {
            return new Task(holder, team, due, offer, promise, proposal, blocker, decision);
        }

        Task with(@Nullable Promise promise) {
            return new Task(holder, team, due, offer, promise, proposal, blocker, decision);
        }

        Task with(@Nullable Proposal proposal) {
            return new Task(holder, team, due, offer, promise, proposal, blocker, decision);
        }

        Task with(@Nullable Blocker blocker) {
            return new Task(holder, team, due, offer, promise, proposal, blocker, decision);
        }

        Task with(@Nullable Decision decision) {
            return new Task(holder, team, due, offer, promise, proposal, blocker, decision);
        }

        Task due(@Nullable Instant due) {
            return new Task(holder, team, due, offer, promise, proposal, blocker, decision);
        }

        Task in(@Nullable String team) {
            return new Task(holder, team, due, offer, promise, proposal, blocker, decision);
        }
    }

    /** An open handoff: {@code from} has the step until a person, or anybody of the team, accepts. */
    public record Offer(
            String from,
            @Nullable String person,
            @Nullable String team,
            @Nullable Instant acceptBy) {}

    /** {@code slips}: how often the date was moved before. */
    public record Promise(Instant at, int slips, boolean broken) {}

    public record Proposal(Instant due, String reason) {}

    public record Blocker(Obstacle obstacle, String reason, String person) {}

    /** The task will be done with these variables at {@code effectiveAt}, unless it is taken back before. */
    public record Decision(
            String by, Instant at, Instant effectiveAt, SequencedMap<String, @Nullable Object> variables) {

        Decision effectiveAt(Instant at) {
            return new Decision(by, this.at, at, variables);
        }

        /** What is worth keeping once it has taken effect. */
        Decision withoutVariables() {
            return new Decision(by, at, effectiveAt, new LinkedHashMap<>());
        }
    }

    /** Whoever has the step has the skill, with a limit of at least the amount where there is one. */
    public record Requirement(String skill, @Nullable BigDecimal amount) {

        static Requirement of(String skill, @Nullable String amount) {
            return new Requirement(skill, amount == null ? null : new BigDecimal(amount));
        }

        @Nullable
        String amountText() {
            return amount == null ? null : amount.toPlainString();
        }

        @Override
        public String toString() {
            return "the skill '" + skill + "'" + (amount == null ? "" : " up to " + amountText());
        }
    }

    /** Who had the step from then on. */
    public record Custody(String holder, Instant since) {}

    public record Job(String type, int retries) {}

    /** A multi-instance activity; {@code outputs} has a place for each instance. */
    static final class Loop {
        final int total;
        final @Nullable List<@Nullable Object> items;
        final List<@Nullable Object> outputs = new ArrayList<>();
        int begun;
        int done;

        Loop(int total, @Nullable List<@Nullable Object> items) {
            this.total = total;
            this.items = items;
        }

        long size() {
            return Values.size(items) + Values.size(outputs);
        }
    }

    final int id;
    /** Changes with the version of the process alone; see {@link Migration}. */
    @Nullable
    FlowNode node;

    final @Nullable Step scope;
    final Instant enteredAt;
    /** The model that this step's children belong to: its own, or the called process's. */
    ProcessModel inner;

    int calledProcess = -1;
    Stage stage = Stage.ENTERED;

    @Nullable
    Task task;

    @Nullable
    Job job;

    @Nullable
    Loop loop;

    int children;
    /** Kept when the work is done, so that the record of a closed step names its last holder. */
    @Nullable
    Task lastTask;

    /** Holds the step of a system or an assistant on its behalf. */
    @Nullable
    String sponsor;

    /** Who finished the work that led here, and so gave the step. */
    @Nullable
    String giver;

    /** How often the work before was not ready. */
    int returns;

    /** {@code <file> <person>}: who has opened and who has signed what, at a task that demands it. */
    final List<String> opened = new ArrayList<>();

    final List<String> signed = new ArrayList<>();

    /** The policy it follows, in that version, and how many of its acts are done. */
    @Nullable
    String policy;

    int policyVersion;
    int actsDone;

    /** The owner has ended it without its work. */
    boolean waived;

    /** Who did a step that checks this one while this one was open: they are no second pair of eyes for it. */
    final List<String> checkedBy = new ArrayList<>();

    /** What whoever has it must have. */
    @Nullable
    Requirement requirement;

    /** For how long the case was paused since its holder got it. */
    Duration idle = Duration.ZERO;

    /** Somebody has set its due date, which therefore follows from nothing any more. */
    boolean dueByHand;

    /** That it is late by this date is known; see {@link Dismissals}. */
    @Nullable
    Instant dismissedDue;

    /** When something happens by itself. */
    @Nullable
    Instant clock;

    /** The last act here that may have been a slip. */
    @Nullable
    Slip slip;

    /** When somebody last did something about it. */
    Instant movedAt;

    /** Never empty, in the order of time, no holder twice in a row. */
    final List<Custody> custody = new ArrayList<>();

    final SequencedMap<String, @Nullable Object> variables = new LinkedHashMap<>();
    /** Tokens waiting at joins of this scope: flow index → how many. */
    final SequencedMap<Integer, Integer> arrived = new LinkedHashMap<>();

    Step(int id, @Nullable FlowNode node, @Nullable Step scope, Instant enteredAt, ProcessModel inner) {
        this.id = id;
        this.node = node;
        this.scope = scope;
        this.enteredAt = enteredAt;
        this.movedAt = enteredAt;
        this.inner = inner;
    }

    public int id() {
        return id;
    }

    /** The flow node, or null for the case itself. */
    public @Nullable FlowNode node() {
        return node;
    }

    public @Nullable Step scope() {
        return scope;
    }

    public Instant enteredAt() {
        return enteredAt;
    }

    public @Nullable Task task() {
        return task;
    }

    /** The task as it was when its work was done or it was cut short. */
    public @Nullable Task lastTask() {
        return task == null ? lastTask : task;
    }

    public @Nullable Job job() {
        return job;
    }

    /** Who gave the step: whoever finished the work before it, or null where no person did. */
    public @Nullable String giver() {
        return giver;
    }

    public int returns() {
        return returns;
    }

    /** The policy that the step follows, or null. */
    public @Nullable String policy() {
        return policy;
    }

    public int policyVersion() {
        return policyVersion;
    }

    /** When something will happen here by itself; null for never. */
    public @Nullable Instant clock() {
        return clock;
    }

    /** From when on the acts of its policy count where it has no due date; pauses do not count. */
    Instant actsFrom() {
        return custody.getLast().since().plus(idle);
    }

    /** Who has had the step from when on, up to now. */
    public List<Custody> custody() {
        return Collections.unmodifiableList(custody);
    }

    /** The variables of this scope alone; see {@link Case#visible} for all that a step sees. */
    public SequencedMap<String, @Nullable Object> variables() {
        return variables;
    }

    /** What it keeps, in the unit of {@link Values#size}. */
    long size() {
        return Values.size(variables) + (loop == null ? 0 : loop.size()) + decidedSize();
    }

    private long decidedSize() {
        return task == null || task.decision() == null
                ? 0
                : Values.size(task.decision().variables());
    }

    /** By how much it would grow by these variables. */
    long growth(SequencedMap<String, @Nullable Object> given) {
        long growth = Values.size(given);
        if (!variables.isEmpty()) {
            for (var name : given.keySet()) {
                if (variables.containsKey(name)) {
                    growth -= name.length() + Values.size(variables.get(name));
                }
            }
        }
        return growth;
    }

    /** One of the instances of a multi-instance activity, not the activity as a whole. */
    boolean isLoopInstance() {
        return scope != null && scope.loop != null;
    }

    /** Whether this step is an activation of just that node; both belong to the same model. */
    boolean isAt(FlowNode other) {
        return node != null && node.index() == other.index();
    }

    FlowNode requireNode() {
        if (node == null) {
            throw new IllegalStateException("the case itself has no flow node");
        }
        return node;
    }

    Step requireScope() {
        if (scope == null) {
            throw new IllegalStateException("the case itself has no scope");
        }
        return scope;
    }
}
