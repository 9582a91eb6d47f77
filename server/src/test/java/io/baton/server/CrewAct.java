package io.baton.server;

import io.baton.engine.Actor;
import io.baton.engine.Case;
import io.baton.engine.Command;
import io.baton.engine.Obstacle;
import io.baton.engine.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Something that one of the {@link Crew} does about who has a case, who has its steps, and until when; or tries to. */
public record CrewAct(Command command, Actor actor) {

    /** Null when the case has nothing to do it with. */
    public static @Nullable CrewAct any(Random random, Case state, Instant now) {
        var tasks = state.steps().stream().filter(step -> step.task() != null).toList();
        if (random.nextInt(10) == 0) {
            return aMessage(random, state);
        }
        return tasks.isEmpty() || random.nextInt(4) == 0
                ? aboutTheCase(random, state, now)
                : aboutAStep(random, state, tasks.get(random.nextInt(tasks.size())), now);
    }

    /** The stroke of one of the clocks of the case; null when none runs. */
    public static @Nullable CrewAct stroke(Random random, Case state) {
        var clocks = new java.util.ArrayList<Integer>();
        state.clock().ifPresent(_ -> clocks.add(0));
        state.steps().stream().filter(step -> step.clock() != null).forEach(step -> clocks.add(-step.id()));
        return clocks.isEmpty()
                ? null
                : new CrewAct(new Command.FireTimer(clocks.get(random.nextInt(clocks.size()))), Actor.TIMER);
    }

    /** About a step or the case; it did not arrive, or a later one did. */
    private static CrewAct aMessage(Random random, Case state) {
        var steps = new java.util.ArrayList<>(List.of(0));
        state.steps().forEach(step -> steps.add(step.id()));
        int step = steps.get(random.nextInt(steps.size()));
        return new CrewAct(
                random.nextInt(3) > 0
                        ? new Command.ReportUndelivered(step, someone(random), "mailbox full")
                        : new Command.ReportDelivered(step, someone(random)),
                Actor.system("mail"));
    }

    private static CrewAct aboutTheCase(Random random, Case state, Instant now) {
        var heir = state.heir();
        var command = switch (random.nextInt(9)) {
            case 0 -> new Command.OfferOwnership(someone(random), "they know more");
            case 1, 2 -> new Command.AcceptOwnership();
            case 3 -> new Command.DeclineOwnership("no time");
            case 4 -> new Command.PauseCase(soon(random, now), "the customer asks for it", someone(random));
            case 5, 6 -> new Command.ResumeCase();
            case 7 -> new Command.ChangeDue(0, random.nextInt(4) == 0 ? null : soon(random, now), "as agreed");
            default -> new Command.ReplacePerson(someone(random));
        };
        var asHeir = command instanceof Command.AcceptOwnership || command instanceof Command.DeclineOwnership;
        return new CrewAct(command, mostly(random, asHeir && heir != null ? heir : state.owner()));
    }

    private static CrewAct aboutAStep(Random random, Case state, Step step, Instant now) {
        int id = step.id();
        var addressee = state.addressee(step);
        var holder = state.holder(step);
        return switch (random.nextInt(13)) {
            case 0, 1 -> new CrewAct(new Command.OfferTask(id, someone(random), null, "yours"), mostly(random, holder));
            case 2 -> new CrewAct(new Command.OfferTask(id, null, "legal", "for all of you"), mostly(random, holder));
            case 3 -> new CrewAct(new Command.ClaimTask(id), mostly(random, addressee));
            case 4 -> new CrewAct(new Command.DeclineTask(id, "no time"), mostly(random, addressee));
            case 5 -> new CrewAct(new Command.WithdrawOffer(id), mostly(random, holder));
            case 6 -> new CrewAct(new Command.SendBack(id, "the contract"), mostly(random, addressee));
            case 7 -> new CrewAct(new Command.PromiseDate(id, soon(random, now)), mostly(random, addressee));
            case 8 -> new CrewAct(new Command.ProposeDate(id, soon(random, now), "later"), mostly(random, addressee));
            case 9 -> new CrewAct(new Command.AnswerProposal(id, random.nextBoolean()), mostly(random, state.owner()));
            case 10 -> stuck(random, step, mostly(random, addressee));
            case 11 ->
                new CrewAct(
                        random.nextInt(5) == 0
                                ? new Command.WaiveTask(id, "needless")
                                : new Command.ChangeDue(id, soon(random, now), "as agreed"),
                        mostly(random, state.owner()));
            default -> new CrewAct(new Command.ReleaseTask(id), mostly(random, addressee));
        };
    }

    private static CrewAct stuck(Random random, Step step, Actor actor) {
        var task = step.task();
        if (task != null && task.blocker() != null && random.nextBoolean()) {
            return new CrewAct(new Command.RemoveObstacle(step.id()), actor);
        }
        var obstacles = Obstacle.values();
        return new CrewAct(
                new Command.ReportStuck(
                        step.id(),
                        obstacles[random.nextInt(obstacles.length)],
                        "it does not go on",
                        random.nextBoolean() ? someone(random) : null),
                actor);
    }

    private static Actor mostly(Random random, String person) {
        return Actor.person(random.nextInt(8) == 0 ? someone(random) : person);
    }

    private static String someone(Random random) {
        return "p" + (1 + random.nextInt(Crew.SIZE));
    }

    private static Instant soon(Random random, Instant now) {
        return now.plus(Duration.ofMinutes(1 + random.nextInt(4_000)));
    }
}
