package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.model.FlowNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays random processes to their end with random commands: right ones, wrong ones, late ones, twice the same, with jumps
 * of the clock. {@link Play} checks after each command what must always hold. A failure names its seed: {@code -Dseed=N}
 * runs it alone, {@code -Druns=N} runs more.
 */
class EnginePropertyTest {

    private static final int COMMANDS_MAX = 4_000;
    private static final List<Actor> PEOPLE = List.of(Actor.person("ann"), Actor.person("bob"), Actor.system("import"));

    static LongStream seeds() {
        var seed = Long.getLong("seed");
        return seed != null ? LongStream.of(seed) : LongStream.range(0, Long.getLong("runs", 800));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyCaseEndsAsPredictedWhateverIsTried(long seed) {
        var random = new Random(seed);
        var process = new RandomProcess(random);
        try {
            play(process, random);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + "\n" + process.text() + e.getMessage(), e);
        }
    }

    private static void play(RandomProcess process, Random random) {
        var play = new Play(Models.of(process.text()));
        var catchesAll = process.text().lines().anyMatch(line -> line.endsWith(" error"));
        var commands = new Commands(play, random, catchesAll);
        play.send(new Command.StartCase(1, null, "olga", new LinkedHashMap<>()), PEOPLE.getFirst());
        for (int i = 0; i < COMMANDS_MAX && play.state.status() == Case.Status.OPEN; i++) {
            commands.next();
        }
        assertThat(play.state.status()).isEqualTo(Case.Status.COMPLETED);
        assertThat(visits(play)).containsAllEntriesOf(process.visits());
        closesEachStepOnce(play);
    }

    /** How often each node was entered or passed. Nodes never visited count 0. */
    private static SequencedMap<String, Integer> visits(Play play) {
        var visits = new LinkedHashMap<String, Integer>();
        play.models.all().forEach(model -> model.nodes().forEach(node -> visits.put(node.id(), 0)));
        events(play).forEach(event -> {
            if (event instanceof Event.StepEntered entered) {
                visits.merge(entered.node(), 1, Integer::sum);
            } else if (event instanceof Event.StepPassed passed) {
                visits.merge(passed.node(), 1, Integer::sum);
            }
        });
        return visits;
    }

    private static void closesEachStepOnce(Play play) {
        var open = new LinkedHashSet<Integer>();
        for (var event : events(play)) {
            if (event instanceof Event.StepEntered entered) {
                assertThat(open.add(entered.step())).isTrue();
            } else if (event instanceof Event.StepLeft left) {
                assertThat(open.remove(left.step())).isTrue();
            } else if (event instanceof Event.StepTerminated terminated) {
                assertThat(open.remove(terminated.step())).isTrue();
            }
        }
        assertThat(open).as("steps never closed").isEmpty();
        assertThat(events(play))
                .filteredOn(Event.CaseCompleted.class::isInstance)
                .hasSize(1);
    }

    private static List<Event> events(Play play) {
        return play.journal.stream().flatMap(entry -> entry.events().stream()).toList();
    }

    /** Draws commands from what is open, and from what is not. */
    static final class Commands {
        private final Play play;
        private final Random random;
        private final boolean catchesAll;
        private final List<Command> sent = new ArrayList<>();

        /** {@code catchesAll}: an error that is thrown at random would take a way that nobody has predicted. */
        Commands(Play play, Random random, boolean catchesAll) {
            this.play = play;
            this.random = random;
            this.catchesAll = catchesAll;
        }

        void next() {
            if (random.nextInt(3) == 0) {
                play.passes(Duration.ofMinutes(random.nextInt(random.nextInt(20) == 0 ? 20_000 : 60)));
            }
            var useful = useful();
            var command =
                    random.nextInt(4) == 0 || useful.isEmpty() ? any() : useful.get(random.nextInt(useful.size()));
            sent.add(command);
            play.send(command, actor(command));
        }

        /** Mostly the one who may: else nothing would ever be done. */
        private Actor actor(Command command) {
            var step = command instanceof Command.CompleteTask complete ? play.state.step(complete.step()) : null;
            var task = step == null ? null : step.task();
            var holder = task == null ? null : task.holder();
            return holder == null || holder.startsWith("~") || random.nextInt(4) == 0
                    ? PEOPLE.get(random.nextInt(PEOPLE.size()))
                    : Actor.person(holder);
        }

        private List<Command> useful() {
            var useful = new ArrayList<Command>();
            for (var step : play.state.steps()) {
                if (step.task() != null) {
                    useful.add(new Command.CompleteTask(step.id(), variables()));
                    useful.add(new Command.ClaimTask(step.id()));
                }
                if (step.clock() != null) {
                    useful.add(new Command.FireTimer(-step.id()));
                }
                if (step.task() != null && step.task().decision() != null && random.nextInt(4) == 0) {
                    useful.add(new Command.TakeBackDecision(step.id()));
                }
                if (step.job() != null) {
                    useful.add(new Command.CompleteJob(step.id(), variables()));
                    useful.add(new Command.FailJob(step.id(), "broken", random.nextBoolean() ? null : 0));
                }
            }
            for (var wait : play.state.waits()) {
                useful.add(
                        wait instanceof Wait.Timer
                                ? new Command.FireTimer(wait.id())
                                : new Command.ReceiveMessage(wait.id(), "m1", variables()));
            }
            for (var incident : play.state.incidents()) {
                useful.add(new Command.ResolveIncident(incident.id()));
                useful.add(repair(incident));
            }
            return useful;
        }

        /** A gateway asks the scope around it; everything else sees what is set in itself. */
        private Command repair(Incident incident) {
            var step = play.state.open(incident.step());
            var gateway = step.node() instanceof FlowNode.ExclusiveGateway;
            var fix = new LinkedHashMap<String, @Nullable Object>();
            fix.put("fix", BigDecimal.ONE);
            return new Command.SetVariables(gateway ? step.requireScope().id() : step.id(), fix);
        }

        private Command any() {
            int id = random.nextInt(play.state.lastId + 2);
            return switch (random.nextInt(13)) {
                case 0 -> new Command.ClaimTask(id);
                case 1 -> new Command.ReleaseTask(id);
                case 2 -> new Command.CompleteTask(id, variables());
                case 3 -> new Command.CompleteJob(id, variables());
                case 4 -> new Command.FailJob(id, "broken", random.nextInt(3));
                case 5 ->
                    catchesAll
                            ? new Command.ClaimTask(id)
                            : new Command.ThrowError(id, "NOBODY_CATCHES_IT", null, new LinkedHashMap<>());
                case 6 -> new Command.FireTimer(id);
                case 7 -> new Command.ReceiveMessage(id, null, variables());
                case 8 -> new Command.ResolveIncident(id);
                case 9 -> new Command.SetVariables(id, variables());
                case 10 -> new Command.ObserveDeviation("elsewhere", "seen");
                case 11 -> new Command.StartCase(1, null, "olga", new LinkedHashMap<>());
                default -> sent.isEmpty() ? new Command.ClaimTask(id) : sent.get(random.nextInt(sent.size()));
            };
        }

        private SequencedMap<String, @Nullable Object> variables() {
            var variables = new LinkedHashMap<String, @Nullable Object>();
            if (random.nextBoolean()) {
                variables.put("v" + random.nextInt(3), BigDecimal.valueOf(random.nextInt(5)));
            }
            return variables;
        }
    }
}
