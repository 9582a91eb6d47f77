package io.baton.server.demo;

import io.baton.engine.Actor;
import io.baton.engine.Case;
import io.baton.engine.Command;
import io.baton.engine.Engine;
import io.baton.engine.Event;
import io.baton.engine.IncidentKind;
import io.baton.engine.Outcome;
import io.baton.engine.Step;
import io.baton.engine.Values;
import io.baton.engine.Wait;
import io.baton.engine.model.FlowNode;
import io.baton.engine.model.FlowNode.UserTask;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SequencedMap;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Plays one case on a virtual clock: whatever opens gets somebody or some system who deals with it after a while. What
 * lies after the end of the history is not played, so the case stays as it is then. The engine decides in memory, so the
 * commands that come out are accepted by any engine that knows the same processes.
 */
final class CaseSimulation {

    /** A command, who gave it and when. */
    record Given(Command command, Actor actor, Instant at) {}

    private sealed interface Plan {
        record Claim(int step, String person) implements Plan {}

        record Complete(int step, String person) implements Plan {}

        record Work(int step) implements Plan {}

        record Fire(int waitId) implements Plan {}

        record Receive(int waitId, String message) implements Plan {}

        record Resolve(int incident) implements Plan {}

        record Decide(int incident) implements Plan {}

        /** Said about an open step, or about the case (0). */
        record Say(int step, Command command, Actor actor) implements Plan {}
    }

    private record Planned(Instant at, int order, Plan plan) {}

    /** The part of the time until completion after which a task is taken from its queue. */
    private static final double CLAIMED_FROM = 0.15;

    private static final double CLAIMED_TO = 0.85;

    /** How often the owner does a task of their own team. */
    private static final double OWNER_DOES = 0.5;

    /** Incidents that nobody has got round to. */
    private static final double LEFT_STUCK = 0.3;

    /** How often somebody lets a due date pass. */
    private static final double LATE = 0.05;

    /** How much oftener work was not ready in a version that was improved on. */
    private static final double BEFORE_THE_IMPROVEMENT = 2.4;

    /** By how much others hurry once more until they are in time. */
    private static final double HURRY = 0.7;

    private static final int HURRIES_MAX = 30;

    private static final int JOB_SECONDS_MIN = 1;
    private static final int JOB_SECONDS_MAX = 45;
    private static final int RETRY_MINUTES_MIN = 5;
    private static final int RETRY_MINUTES_MAX = 30;

    private final Stage stage;
    private final Story story;
    private final Dice dice;
    private final Instant until;
    private final Case state;
    private final List<Given> given = new ArrayList<>();
    private final PriorityQueue<Planned> plans =
            new PriorityQueue<>(Comparator.comparing(Planned::at).thenComparingInt(Planned::order));
    private final Map<String, Integer> done = new HashMap<>();
    private final Map<Integer, Integer> failures = new HashMap<>();
    private final Map<Integer, String> performers = new HashMap<>();
    private int plansMade;
    private int number;

    CaseSimulation(Stage stage, Story story, Dice dice, Instant until) {
        this.stage = stage;
        this.story = story;
        this.dice = dice;
        this.until = until;
        this.state = new Case(stage.processes());
    }

    /** All commands of the case until then, the start first. {@code numberOfProcess} counts the cases of the process. */
    List<Given> play(Instant start, int numberOfProcess) {
        number = numberOfProcess;
        var scene = scene(start, Scene.given(), 0, "");
        var opening = story.open(scene, number);
        var process = stage.processes().newest(story.process(), start);
        var actor = opening.start() == null ? Actor.person(opening.owner()) : Actor.MESSAGE;
        give(
                new Command.StartCase(process, opening.start(), opening.owner(), Values.variables(opening.variables())),
                actor,
                start);
        for (var said : Troubles.ofCase(story.process(), state.variables(), dice)) {
            plan(
                    stage.rhythm().after(start, said.part()),
                    new Plan.Say(0, said.command(stage.rhythm(), start, 0), said.actor()));
        }
        for (var next = plans.poll(); next != null && !next.at().isAfter(until); next = plans.poll()) {
            carryOut(next.plan(), next.at());
        }
        return given;
    }

    private void give(Command command, Actor actor, Instant at) {
        switch (Engine.decide(state, command, actor, at, stage.company().roster())) {
            case Outcome.Accepted(var events) -> {
                given.add(new Given(command, actor, at));
                var _ = state.takeClosed();
                var _ = state.takeClosedIncidents();
                events.forEach(event -> follow(event, at));
            }
            case Outcome.Refused _ when command instanceof Command.SendBack -> {
                // whoever gave it may not have it, like an approver of the same invoice: so it stays where it is
            }
            case Outcome.Refused refused ->
                throw new IllegalStateException(
                        "The demo's " + story.process() + " gave " + command + " at " + at + ": " + refused.message());
        }
    }

    // What opens gets a plan

    private void follow(Event event, Instant at) {
        switch (event) {
            case Event.TaskOpened opened -> planTask(opened, at);
            case Event.JobOpened opened -> planJob(opened.step(), opened.type(), at);
            case Event.TimerSet set -> plan(set.due().isBefore(at) ? at : set.due(), new Plan.Fire(set.waitId()));
            case Event.MessageAwaited awaited -> planMessage(awaited, at);
            case Event.IncidentRaised raised -> planEnd(raised, at);
            default -> {}
        }
    }

    /** What is wrong with the work itself ends with the work. */
    private void planEnd(Event.IncidentRaised raised, Instant at) {
        var isConflict = raised.kind() == IncidentKind.CONFLICT;
        if ((isConflict || raised.kind().stopsToken()) && !dice.chance(LEFT_STUCK)) {
            plan(
                    after(at, stage.measured().approval()),
                    isConflict ? new Plan.Decide(raised.incident()) : new Plan.Resolve(raised.incident()));
        }
    }

    private void plan(Instant at, Plan plan) {
        plans.add(new Planned(at, plansMade++, plan));
    }

    private void planTask(Event.TaskOpened opened, Instant at) {
        var step = state.step(opened.step());
        if (step == null) {
            return;
        }
        var habit = stage.habit(nodeOf(step));
        if (dice.chance(habit.silent())) {
            return;
        }
        var offer = step.task() == null ? null : step.task().offer();
        var asked = offer == null ? null : offer.person();
        var performer = asked == null ? performer(step, String.valueOf(opened.team())) : asked;
        performers.put(step.id(), performer);
        double seconds =
                inTime(step, at, dice.from(habit.pace().spread()) * habit.pace().factor());
        var handback = asked == null ? handback(step, performer) : null;
        if (handback != null) {
            planHandback(step, performer, handback, at, seconds);
            return;
        }
        if (asked == null && !stage.isOutside(String.valueOf(opened.team()))) {
            double part = CLAIMED_FROM + dice.share() * (CLAIMED_TO - CLAIMED_FROM);
            plan(stage.rhythm().after(at, seconds * part), new Plan.Claim(step.id(), performer));
        }
        plan(stage.rhythm().after(at, seconds), new Plan.Complete(step.id(), performer));
        Troubles.of(step.id(), performer, stage.isOutside(String.valueOf(opened.team())), dice)
                .forEach(said -> plan(
                        stage.rhythm().after(at, seconds * said.part()),
                        new Plan.Say(step.id(), said.command(stage.rhythm(), at, seconds), said.actor())));
    }

    /** What the work before lacks; null where it is good enough, or where nobody of the company did it. */
    private @Nullable String handback(Step step, String performer) {
        var handback = stage.handback(nodeOf(step));
        var giver = step.giver();
        if (handback == null
                || giver == null
                || giver.equals(performer)
                || !stage.company().isMember(giver)) {
            return null;
        }
        var often = stage.processes().isImprovedOn(state.process()) ? BEFORE_THE_IMPROVEMENT : 1;
        return dice.chance(handback.chance() * often) ? dice.pick(handback.missing()) : null;
    }

    /** Taken, found not ready and sent back; made ready and offered again; accepted and done. */
    private void planHandback(Step step, String performer, String missing, Instant at, double seconds) {
        var giver = Objects.requireNonNull(step.giver());
        double[] parts = {0.2, 0.35, 0.8, 0.9, 1.2};
        var moments = DoubleStream.of(parts)
                .mapToObj(part -> stage.rhythm().after(at, seconds * part))
                .toList();
        var person = Actor.person(performer);
        plan(moments.get(0), new Plan.Claim(step.id(), performer));
        plan(moments.get(1), new Plan.Say(step.id(), new Command.SendBack(step.id(), missing), person));
        plan(
                moments.get(2),
                new Plan.Say(
                        step.id(),
                        new Command.OfferTask(step.id(), performer, null, "It is there now: " + missing),
                        Actor.person(giver)));
        plan(moments.get(3), new Plan.Claim(step.id(), performer));
        plan(moments.get(4), new Plan.Complete(step.id(), performer));
    }

    /** Most people do what is due in time, whatever they would take otherwise. */
    private double inTime(Step step, Instant at, double seconds) {
        var own = step.task() == null ? null : step.task().due();
        var due = own == null ? state.due() : own;
        if (due == null || due.isBefore(at) || dice.chance(LATE)) {
            return seconds;
        }
        double hurried = seconds;
        for (int i = 0; i < HURRIES_MAX && stage.rhythm().after(at, hurried).isAfter(due); i++) {
            hurried *= HURRY;
        }
        return hurried;
    }

    /** Nobody decides about their own request, and the two of a four-eyes task are two. */
    private String performer(Step step, String team) {
        if (stage.isOutside(team)) {
            return stage.company().contact(String.valueOf(state.visible(step).get(team)));
        }
        var members = new ArrayList<>(stage.company().members(team));
        if (members.isEmpty()) {
            throw new IllegalStateException("no member is in the team '" + team + "' of " + nodeOf(step));
        }
        var owner = state.owner();
        if (story.process().equals("request-for-payment")) {
            members.remove(owner);
        } else if (members.contains(owner) && dice.chance(OWNER_DOES)) {
            return owner;
        }
        for (var other : state.steps()) {
            if (other.id() != step.id() && other.node() != null && nodeOf(other).equals(nodeOf(step))) {
                members.remove(performers.get(other.id()));
            }
        }
        return dice.pick(members);
    }

    private void planJob(int step, String type, Instant at) {
        var pace = stage.jobPace(type);
        plan(
                pace == null ? at.plusSeconds(dice.between(JOB_SECONDS_MIN, JOB_SECONDS_MAX)) : after(at, pace),
                new Plan.Work(step));
    }

    private void planMessage(Event.MessageAwaited awaited, Instant at) {
        var signal = stage.signal(awaited.name());
        if (signal != null && dice.chance(signal.chance())) {
            plan(after(at, signal.pace()), new Plan.Receive(awaited.waitId(), awaited.name()));
        }
    }

    // Plans are carried out if there is still something to do

    private void carryOut(Plan plan, Instant at) {
        switch (plan) {
            case Plan.Claim(var id, var person) -> {
                var step = state.step(id);
                if (step != null
                        && step.task() != null
                        && !person.equals(step.task().holder())) {
                    give(new Command.ClaimTask(id), Actor.person(person), at);
                }
            }
            case Plan.Complete(var id, var person) -> {
                var step = state.step(id);
                if (step != null && step.task() != null) {
                    complete(step, person, at);
                }
            }
            case Plan.Work(var id) -> {
                var step = state.step(id);
                if (step != null && step.job() != null) {
                    work(step, step.job(), at);
                }
            }
            case Plan.Fire(var id) -> {
                if (state.wait(id) instanceof Wait.Timer) {
                    give(new Command.FireTimer(id), Actor.TIMER, at);
                }
            }
            case Plan.Receive(var id, var message) -> {
                if (state.wait(id) instanceof Wait.Message) {
                    receive(id, message, at);
                }
            }
            case Plan.Say(var id, var command, var actor) -> {
                if (state.status() == Case.Status.OPEN && mayBeSaid(id, command, actor, at)) {
                    give(command, actor, at);
                }
            }
            case Plan.Decide(var id) -> {
                var conflict = state.incidents().stream()
                        .filter(incident -> incident.id() == id)
                        .findFirst();
                conflict.ifPresent(incident -> give(
                        new Command.DecideConflict(id, state.variables().get(String.valueOf(incident.about()))),
                        Actor.person(state.owner()),
                        at));
            }
            case Plan.Resolve(var id) -> {
                if (state.incidents().stream().anyMatch(incident -> incident.id() == id)) {
                    give(new Command.ResolveIncident(id), Actor.person(Company.LEADER), at);
                }
            }
        }
    }

    private boolean mayBeSaid(int id, Command command, Actor actor, Instant at) {
        var step = state.step(id);
        if (step == null || id == 0) {
            return id == 0;
        }
        var task = step.task();
        return switch (command) {
            case Command.PromiseDate promise -> task != null && promise.at().isAfter(at);
            case Command.RemoveObstacle _ -> task != null && task.blocker() != null;
            case Command.OfferTask _ -> task != null && actor.id().equals(task.holder());
            default -> task != null;
        };
    }

    private void complete(Step step, String person, Instant at) {
        var node = nodeOf(step);
        var scene = scene(
                at,
                state.visible(step),
                done.getOrDefault(node, 0),
                stage.company().nameOf(person));
        var answer = stage.habit(node).answer().apply(scene);
        done.merge(node, 1, Integer::sum);
        var slots = step.node() instanceof UserTask task ? task.slots() : null;
        give(
                slots == null
                        ? new Command.CompleteTask(step.id(), Values.variables(answer))
                        : new Command.BookSlot(
                                step.id(),
                                Instant.parse(String.valueOf(answer.get(slots.into()))),
                                number % slots.capacity(),
                                Values.variables(answer)),
                Actor.person(person),
                at);
    }

    private void work(Step step, Step.Job job, Instant at) {
        var node = nodeOf(step);
        var worker = Actor.system("worker:" + job.type());
        var scene = scene(at, state.visible(step), done.getOrDefault(node, 0), job.type());
        switch (Systems.answer(job.type(), scene, failures.getOrDefault(step.id(), 0))) {
            case Systems.Answer.Done(var results) ->
                give(new Command.CompleteJob(step.id(), Values.variables(results)), worker, at);
            case Systems.Answer.Error(var code, var variables) -> {
                done.merge(node, 1, Integer::sum);
                give(new Command.ThrowError(step.id(), code, null, Values.variables(variables)), worker, at);
            }
            case Systems.Answer.Failed(var message) -> {
                failures.merge(step.id(), 1, Integer::sum);
                give(new Command.FailJob(step.id(), message, null), worker, at);
                if (job.retries() > 1) {
                    plan(
                            at.plus(Duration.ofMinutes(dice.between(RETRY_MINUTES_MIN, RETRY_MINUTES_MAX))),
                            new Plan.Work(step.id()));
                }
            }
        }
    }

    private void receive(int wait, String message, Instant at) {
        var signal = stage.signal(message);
        if (signal != null) {
            var scene = scene(at, state.variables(), 0, message);
            give(
                    new Command.ReceiveMessage(
                            wait, null, Values.variables(signal.carries().apply(scene))),
                    Actor.MESSAGE,
                    at);
        }
    }

    private Instant after(Instant at, Pace pace) {
        double seconds = dice.from(pace.spread()) * pace.factor();
        return pace.people() ? stage.rhythm().after(at, seconds) : at.plusMillis((long) (seconds * 1_000));
    }

    private Scene scene(Instant at, SequencedMap<String, @Nullable Object> seen, int before, String who) {
        return new Scene(dice, at, LocalDate.ofInstant(at, stage.company().zone()), seen, before, who);
    }

    private static String nodeOf(Step step) {
        FlowNode node = step.node();
        return node == null ? "" : node.id();
    }
}
