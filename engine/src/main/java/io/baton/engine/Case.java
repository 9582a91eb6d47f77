package io.baton.engine;

import io.baton.engine.codec.Words;
import io.baton.engine.model.ProcessModel;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The state of one case: a {@link Fold} of its events and nothing else. Mutable and confined to one decision at a time; only
 * {@link #apply} changes it.
 */
public final class Case {

    /** The order is part of the store's encoding. */
    public enum Status {
        NEW,
        OPEN,
        COMPLETED,
        CANCELLED
    }

    /** {@link Values#size} of all variables of the case: they are read and written with every command on it. */
    public static final long VARIABLES_SIZE_MAX = 2_000_000;

    private final Processes processes;
    Status status = Status.NEW;
    int process = -1;

    @Nullable
    String owner;

    @Nullable
    String title;

    int lastId;

    /** When the whole case is due. */
    @Nullable
    Instant due;

    @Nullable
    Pause pause;

    /** That it is late by this date, and that it will be, is known; see {@link Dismissals}. */
    @Nullable
    Instant dismissedDue;

    @Nullable
    Instant dismissedRisk;

    /** Who was asked to become the owner. */
    @Nullable
    String heir;

    /** Who finished the last work: gives what follows from it. */
    @Nullable
    String lastWorker;

    @Nullable
    Step root;

    /** Who did the work at the nodes that others ask about, in order; see {@link ProcessModel#remembersWorkers}. */
    final SequencedMap<String, List<String>> workers = new LinkedHashMap<>();

    /** What systems say, by name: each name's statements by system. */
    final SequencedMap<String, SequencedMap<String, Facts.Statement>> facts = new LinkedHashMap<>();

    /** What was booked, by the step where it was; also at steps that are over. */
    final SequencedMap<Integer, Booking> bookings = new LinkedHashMap<>();

    // Insertion order is part of the state.
    final SequencedMap<Integer, Step> steps = new LinkedHashMap<>();
    final SequencedMap<Integer, Wait> waits = new LinkedHashMap<>();
    final SequencedMap<Integer, Incident> incidents = new LinkedHashMap<>();

    // Follows from the state: what the variables of all its steps add up to.
    long variablesSize;

    // Not part of the state: whom the decision under way knows.
    Roster roster = Roster.NOBODY;

    // Not part of the state: the timer whose firing was the event before this one. Its repetition is the same event.
    @Nullable
    Wait fired;

    // Not part of the state: what closed since the last one who asked.
    List<Closed> closed = new ArrayList<>();
    List<ClosedIncident> closedIncidents = new ArrayList<>();

    // Not part of the state: who has to be told of what happened since the last one who asked.
    private final Notices notices = new Notices();

    /** The clock stands still; the time until it goes on is {@code charged}'s. */
    public record Pause(Instant since, Instant until, String reason, String charged) {}

    /** A step that is over. */
    public record Closed(Step step, boolean terminated, Instant at) {}

    /** An incident that is over; {@code holder} had to deal with it until then. */
    public record ClosedIncident(Incident incident, String holder, Instant at) {}

    /** A case that has not started. */
    public Case(Processes processes) {
        this.processes = processes;
    }

    /** A case that is over, of which only the outcome is known: enough to refuse commands and to record deviations. */
    public static Case ended(Processes processes, int process, Status status) {
        var ended = new Case(processes);
        ended.status = status;
        ended.process = process;
        return ended;
    }

    /** What the journal of this case need not spell out. */
    public Words words() {
        return model(process).words();
    }

    public Status status() {
        return status;
    }

    /** The number of the process version. */
    public int process() {
        return process;
    }

    public String owner() {
        if (owner == null) {
            throw new IllegalStateException("the case has not started");
        }
        return owner;
    }

    public @Nullable String title() {
        return title;
    }

    /** The open steps in the order in which they opened, the case itself not among them. */
    public Collection<Step> steps() {
        return Collections.unmodifiableCollection(steps.values());
    }

    public @Nullable Step step(int id) {
        return id == 0 ? root : steps.get(id);
    }

    public Collection<Wait> waits() {
        return Collections.unmodifiableCollection(waits.values());
    }

    public @Nullable Wait wait(int id) {
        return waits.get(id);
    }

    public Collection<Incident> incidents() {
        return Collections.unmodifiableCollection(incidents.values());
    }

    /** The variables of the case itself; empty before the start. */
    public SequencedMap<String, @Nullable Object> variables() {
        return root == null ? new LinkedHashMap<>() : root.variables;
    }

    /** All that an expression in this step sees: its own variables over those of the scopes around it. */
    public SequencedMap<String, @Nullable Object> visible(Step step) {
        var chain = new ArrayDeque<Step>();
        for (Step scope = step; scope != null; scope = scope.calledProcess >= 0 ? null : scope.scope) {
            chain.push(scope);
        }
        var visible = new LinkedHashMap<String, @Nullable Object>();
        chain.forEach(scope -> visible.putAll(scope.variables));
        return visible;
    }

    /** The number of the process version whose node the step is at: a called process makes it another than the case's. */
    public int processOf(Step step) {
        for (Step around = step.scope; around != null; around = around.scope) {
            if (around.calledProcess >= 0) {
                return around.calledProcess;
            }
        }
        return process;
    }

    /**
     * The one person who has the step now: who can remove the obstacle it meets; else who accepted it; else who offered
     * it; else the sponsor of the system that works on it; else the owner.
     */
    public String holder(Step step) {
        var task = step.task;
        if (task != null) {
            if (task.blocker() != null) {
                return task.blocker().person();
            }
            if (task.holder() != null) {
                return task.holder();
            }
            if (task.offer() != null) {
                return task.offer().from();
            }
        }
        return step.job != null && step.sponsor != null ? step.sponsor : owner();
    }

    /** Who has to deal with it: who can remove the obstacle, who waits for an acceptance, else the owner. */
    public String holder(Incident incident) {
        var step = step(incident.step());
        return step == null || !isTheHolders(incident.kind()) ? owner() : holder(step);
    }

    public @Nullable Instant due() {
        return due;
    }

    public @Nullable Pause pause() {
        return pause;
    }

    /** What systems say of the case, by name; see {@link Facts}. */
    public List<Facts.Said> facts() {
        return Facts.said(this);
    }

    /** What a day of waiting costs, by its variables; null where process or variables do not say. */
    public @Nullable BigDecimal waitingCostPerDay(Instant now) {
        var waiting = model(process).waiting();
        return waiting == null ? null : Expressions.amount(waiting.costPerDay(), variables(), now);
    }

    /** When something will happen to the case by itself: it is overdue, or its pause is over. */
    public Optional<Instant> clock() {
        return root == null ? Optional.empty() : Optional.ofNullable(root.clock);
    }

    /** Who was asked to become the owner and has not answered. */
    public @Nullable String heir() {
        return heir;
    }

    /** What will happen at the step by itself from now on, and when, in the order of time. */
    public List<Foreseen> ifNobodyActs(Step step, Roster roster, Instant now) {
        return Policies.ifNobodyActs(roster, this, step, now);
    }

    /** What the task asks to be opened and signed, and how far this person is with it. */
    public List<Paper> papers(Step step, String person) {
        return CaseRoom.papers(this, step, person);
    }

    /** What was booked in the case, of a case that has ended only what its last commands knew. */
    public Collection<Booking> bookings() {
        return Collections.unmodifiableCollection(bookings.values());
    }

    public @Nullable Booking booking(int step) {
        return bookings.get(step);
    }

    /** What the person did at the step a moment ago and may take back; null for nothing. */
    public @Nullable Slip slip(Step step, String person, Instant now) {
        return Slips.of(step, person, now);
    }

    /** Who should act on a task: who is asked to take it, else who has it. */
    public String addressee(Step step) {
        return Policies.addressee(this, step);
    }

    /** The steps that closed since this was last asked, in the order of closing. */
    public List<Closed> takeClosed() {
        var taken = closed;
        closed = new ArrayList<>();
        return taken;
    }

    /** Who has to be told what of the events since this was last asked. */
    public List<Notice> takeNotices() {
        return notices.take();
    }

    /** The incidents that closed since this was last asked, in the order of closing. */
    public List<ClosedIncident> takeClosedIncidents() {
        var taken = closedIncidents;
        closedIncidents = new ArrayList<>();
        return taken;
    }

    /** As if it had been written and read again. */
    Case copy() {
        return CaseCodec.read(processes, process, CaseCodec.write(this));
    }

    Step root() {
        if (root == null) {
            throw new IllegalStateException("the case has not started");
        }
        return root;
    }

    Step open(int id) {
        var step = step(id);
        if (step == null) {
            throw new IllegalStateException("no open step " + id);
        }
        return step;
    }

    List<Step> childrenOf(Step scope) {
        if (scope.children == 0) {
            return List.of();
        }
        var children = new ArrayList<Step>(scope.children);
        for (var step : steps.values()) {
            if (step.scope == scope) {
                children.add(step);
            }
        }
        return children;
    }

    ProcessModel model(int number) {
        var model = processes.model(number);
        if (model == null) {
            throw new IllegalStateException("process version " + number + " is not deployed");
        }
        return model;
    }

    @Nullable
    ProcessModel modelOrNull(int number) {
        return processes.model(number);
    }

    int newest(String key) {
        return processes.newest(key);
    }

    /** Applies one event. Total: it accepts every event that {@link Engine#decide} emits. */
    public void apply(Event event, Instant at) {
        notices.before(this, event);
        Slips.note(this, event, at);
        Fold.apply(this, event, at);
        notices.after(this, event);
    }

    static boolean isTheHolders(IncidentKind kind) {
        return switch (kind) {
            case STUCK, NOT_ACCEPTED, JOB -> true;
            default -> false;
        };
    }

    int issued(int id) {
        lastId = id;
        return id;
    }

    static Step.Task requireTask(Step step) {
        if (step.task == null) {
            throw new IllegalStateException("step " + step.id + " is no task");
        }
        return step.task;
    }

    static Step.Loop requireLoop(Step step) {
        if (step.loop == null) {
            throw new IllegalStateException("step " + step.id + " is no loop");
        }
        return step.loop;
    }
}
