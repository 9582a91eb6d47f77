package io.baton.engine;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Draws what somebody tries next: mostly who may, sometimes anybody, a leaver or a system among them. */
final class RandomAct {

    record Tried(Command command, Actor actor) {}

    private final Random random;
    private final Play play;
    private final Office office;

    RandomAct(Random random, Play play, Office office) {
        this.random = random;
        this.play = play;
        this.office = office;
    }

    static <T> T oneOf(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    String someone() {
        return oneOf(random, List.copyOf(office.people.keySet()));
    }

    Tried next() {
        var steps = play.state.steps().stream()
                .filter(step -> step.task() != null || step.job() != null)
                .toList();
        if (steps.isEmpty() || random.nextInt(6) == 0) {
            return aboutTheCase();
        }
        var step = oneOf(random, steps);
        if (random.nextInt(10) == 0) {
            return message(step.id());
        }
        return step.task() == null ? job(step) : task(step, step.task());
    }

    private static final List<Object> FACTS = List.of("DE1", "DE2", BigDecimal.ONE, BigDecimal.TEN);

    /** Two systems that often agree, and at times take back what they said. */
    private Tried facts() {
        var system = oneOf(random, List.of("erp", "bank"));
        return new Tried(new Command.ReportFacts(system, facts("amount", "iban", "vendor")), Actor.system(system));
    }

    private SequencedMap<String, @Nullable Object> facts(String... names) {
        var facts = Run.variables();
        for (var name : names) {
            if (random.nextBoolean()) {
                facts.put(name, random.nextInt(6) == 0 ? null : oneOf(random, FACTS));
            }
        }
        return facts;
    }

    private int conflict() {
        return play.state.incidents().stream()
                .filter(incident -> incident.kind() == IncidentKind.CONFLICT)
                .findFirst()
                .map(Incident::id)
                .orElse(7);
    }

    /** Of a message about a step or the case, mostly to who should act. */
    private Tried message(int step) {
        var open = play.state.step(step);
        var addressee = open == null || open.task() == null ? play.state.owner() : play.state.addressee(open);
        var to = random.nextInt(3) > 0 ? addressee : someone();
        return new Tried(
                random.nextInt(3) > 0
                        ? new Command.ReportUndelivered(step, to, "mailbox full")
                        : new Command.ReportDelivered(step, to),
                Actor.system("mail"));
    }

    private Tried aboutTheCase() {
        var owner = mostly(play.state.owner());
        var heir = play.state.heir();
        return switch (random.nextInt(15)) {
            case 10 -> message(0);
            case 11, 12 -> facts();
            case 13 ->
                new Tried(new Command.DecideConflict(conflict(), oneOf(random, FACTS)), mostly(play.state.owner()));
            case 0 -> new Tried(new Command.OfferOwnership(someone(), "they know more"), owner);
            case 1, 2 -> new Tried(new Command.AcceptOwnership(), mostly(heir == null ? someone() : heir));
            case 3 -> new Tried(new Command.DeclineOwnership("no time"), mostly(heir == null ? someone() : heir));
            case 4 ->
                new Tried(new Command.PauseCase(soon(), "as asked", random.nextBoolean() ? null : someone()), owner);
            case 5 -> new Tried(new Command.ResumeCase(), owner);
            case 6, 7 -> new Tried(new Command.ChangeDue(0, anyDue(), "as agreed"), owner);
            case 8 -> new Tried(new Command.SetVariables(0, facts("amount", "iban")), owner);
            case 9 ->
                new Tried(
                        new Command.PostComment(
                                random.nextInt(9), "c", "digest", List.of(someone(), "@ACME"), random.nextBoolean()),
                        owner);
            default -> resolve();
        };
    }

    private Tried resolve() {
        var number = play.state.incidents().stream()
                .skip(random.nextInt(2))
                .findFirst()
                .map(Incident::id)
                .orElse(7);
        return new Tried(new Command.ResolveIncident(number), mostly(play.state.owner()));
    }

    private Tried job(Step step) {
        return new Tried(
                random.nextBoolean()
                        ? new Command.CompleteJob(step.id(), new LinkedHashMap<>())
                        : new Command.FailJob(step.id(), "no luck", random.nextInt(3)),
                Actor.system("erp"));
    }

    private Tried task(Step step, Step.Task task) {
        int id = step.id();
        var has = mostly(task.holder() == null ? play.state.holder(step) : task.holder());
        var should = mostly(play.state.addressee(step));
        var member = task.holder() == null && task.offer() == null ? Actor.person(someone()) : should;
        var owner = mostly(play.state.owner());
        return switch (random.nextInt(27)) {
            case 0, 1, 2, 3 -> new Tried(new Command.OfferTask(id, someone(), null, "yours"), or(has, owner));
            case 4 -> new Tried(new Command.OfferTask(id, null, team(), "for all of you"), or(has, owner));
            case 5, 6, 7 -> new Tried(new Command.ClaimTask(id), member);
            case 8 -> new Tried(new Command.DeclineTask(id, "no time"), should);
            case 9 -> new Tried(new Command.WithdrawOffer(id), has);
            case 10 -> new Tried(new Command.ReleaseTask(id), has);
            case 11 -> new Tried(new Command.SendBack(id, "the contract"), or(has, member));
            case 12, 13 -> new Tried(new Command.PromiseDate(id, soon()), or(has, member));
            case 14 -> new Tried(new Command.ProposeDate(id, soon(), "later"), or(has, member));
            case 15 -> new Tried(new Command.AnswerProposal(id, random.nextBoolean()), owner);
            case 16, 17 -> new Tried(stuck(id), or(has, member));
            case 18 -> new Tried(new Command.RemoveObstacle(id), mostly(play.state.holder(step)));
            case 19 -> new Tried(new Command.ChangeDue(id, anyDue(), "as agreed"), owner);
            case 20 -> new Tried(new Command.WaiveTask(id, "needless"), owner);
            case 21 -> new Tried(new Command.TakeBackDecision(id), or(has, owner));
            case 22, 23 ->
                new Tried(new Command.TakeBackAct(id), step.slip == null ? should : mostly(step.slip.person()));
            default -> new Tried(new Command.CompleteTask(id, results()), or(has, member));
        };
    }

    private SequencedMap<String, @Nullable Object> results() {
        var results = new LinkedHashMap<String, @Nullable Object>();
        if (random.nextBoolean()) {
            results.put("result", BigDecimal.valueOf(random.nextInt(100)));
        }
        return results;
    }

    private Command stuck(int id) {
        return new Command.ReportStuck(
                id,
                oneOf(random, List.of(Obstacle.values())),
                "it does not go on",
                random.nextBoolean() ? null : someone());
    }

    private Actor or(Actor one, Actor other) {
        return random.nextInt(3) > 0 ? one : other;
    }

    private Actor mostly(String person) {
        return switch (random.nextInt(12)) {
            case 0 -> Actor.person(someone());
            case 1 -> Actor.person("stranger");
            default -> Actor.person(person);
        };
    }

    private String team() {
        return oneOf(random, List.of("ap", "legal", "treasury"));
    }

    private Instant soon() {
        return play.now.plus(Duration.ofMinutes(1 + random.nextInt(random.nextBoolean() ? 600 : 6_000)));
    }

    private @Nullable Instant anyDue() {
        return random.nextInt(5) == 0 ? null : soon().minus(Duration.ofHours(random.nextInt(12)));
    }
}
