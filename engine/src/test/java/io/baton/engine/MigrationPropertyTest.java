package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random processes, random histories, and in the middle of them migrations to an edited version and back: refused with
 * nothing changed, or the case runs to its end all the same. {@link Play} checks after each command what must always hold.
 * A failure names its seed: {@code -Dseed=N} runs it alone, {@code -Druns=N} runs more.
 */
class MigrationPropertyTest {

    private static final int COMMANDS_MAX = 6_000;
    private static final Pattern FLOW = Pattern.compile("( *)(\\w+) -> (\\w+)");
    private static final Pattern NODE = Pattern.compile("( *)(\\w+): .*");
    private static final Actor OLGA = Actor.person("olga");

    private static int migrated;
    private static int refused;

    static LongStream seeds() {
        var seed = Long.getLong("seed");
        return seed != null ? LongStream.of(seed) : LongStream.range(0, Long.getLong("runs", 600));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aMigratedCaseRunsToItsEnd(long seed) {
        var random = new Random(seed);
        var first = new RandomProcess(random).text();
        var moves = new LinkedHashMap<String, String>();
        var second = random.nextInt(5) == 0 ? new RandomProcess(random).text() : edited(first, random, moves);
        try {
            play(first, second, moves, random);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + "\n" + first + "---\n" + second + moves + e.getMessage(), e);
        }
    }

    @AfterAll
    static void bothHappen() {
        if (Long.getLong("seed") == null) {
            assertThat(migrated).as("migrations").isGreaterThan(100);
            assertThat(refused).as("refusals").isGreaterThan(100);
        }
    }

    private static void play(String first, String second, SequencedMap<String, String> moves, Random random) {
        var models = Models.of(first + second);
        int other = Models.of(first).all().size() + 1;
        var back = new LinkedHashMap<String, String>();
        moves.forEach((from, to) -> back.put(to, from));
        var play = new Play(models);
        var commands = new EnginePropertyTest.Commands(play, random, true);
        play.send(new Command.StartCase(1, null, "olga", new LinkedHashMap<>()), OLGA);
        for (int i = 0; i < COMMANDS_MAX && play.state.status() == Case.Status.OPEN; i++) {
            if (i < 1_000 && random.nextInt(6) == 0) {
                var toOther = play.state.process() == 1;
                migrate(play, toOther ? other : 1, toOther ? moves : back);
            } else {
                commands.next();
            }
        }
        assertThat(play.state.status()).isEqualTo(Case.Status.COMPLETED);
        assertThat(play.journal.stream().flatMap(entry -> entry.events().stream()))
                .as("what never happens without a migration")
                .noneMatch(event ->
                        event instanceof Event.IncidentRaised raised && raised.kind() == IncidentKind.DEADLOCK);
    }

    /** The dry run says the same as the command, holders and waits stay, and only what the other version adds is new. */
    private static void migrate(Play play, int process, SequencedMap<String, String> moves) {
        var hindrances = Migration.hindrances(play.state, process, moves, play.now);
        if (play.state.process() != process) {
            assertThat(play.send(new Command.MigrateCase(process, play.state.process(), moves), OLGA))
                    .as("the case is not in the version that it should leave")
                    .matches(refused -> refused instanceof Outcome.Refused no && no.reason() == Refusal.OTHER_VERSION);
        }
        var before = standing(play.state);
        var waits = waits(play.state);
        var outcome = play.send(new Command.MigrateCase(play.state.process(), process, moves), OLGA);
        assertThat(outcome instanceof Outcome.Accepted)
                .as("as foreseen: %s", hindrances)
                .isEqualTo(hindrances.isEmpty());
        if (outcome instanceof Outcome.Accepted) {
            migrated++;
            if (play.state.status() == Case.Status.OPEN) {
                assertThat(play.state.process()).isEqualTo(process);
            }
            var events = play.journal.getLast().events();
            if (events.stream()
                    .noneMatch(event -> event instanceof Event.StepEntered || event instanceof Event.StepLeft)) {
                assertThat(standing(play.state)).as("who has what").isEqualTo(before);
                assertThat(waits(play.state)).as("what is awaited").containsAll(waits);
            }
        } else {
            refused++;
        }
    }

    /** Of each open step what must survive. */
    private static List<String> standing(Case state) {
        return state.steps().stream()
                .map(step -> step.id() + " " + state.holder(step) + " " + step.custody() + " " + step.task() + " "
                        + step.job() + " " + step.variables() + " " + step.enteredAt() + " " + step.policy())
                .toList();
    }

    private static List<String> waits(Case state) {
        return state.waits().stream()
                .map(wait -> switch (wait) {
                    case Wait.Timer timer -> timer.id() + " " + timer.step() + " " + timer.due() + " " + timer.repeat();
                    case Wait.Message message ->
                        message.id() + " " + message.step() + " " + message.name() + " " + message.key();
                })
                .toList();
    }

    /** Steps more on the way, nodes that are called otherwise (told by the mapping or not), lines in another order. */
    private static String edited(String text, Random random, SequencedMap<String, String> moves) {
        var lines = new ArrayList<String>();
        int added = 0;
        var nodes = new ArrayList<String>();
        for (var line : text.lines().toList()) {
            var flow = FLOW.matcher(line);
            // Only events that catch may stand behind an event-based gateway.
            if (flow.matches() && !flow.group(2).startsWith("race") && random.nextInt(4) == 0) {
                var id = "added" + added++;
                lines.add(flow.group(1) + flow.group(2) + " -> " + id);
                lines.add(flow.group(1) + id + ": " + (random.nextBoolean() ? "user" : "and"));
                lines.add(flow.group(1) + id + " -> " + flow.group(3));
            } else {
                lines.add(line);
            }
            var node = NODE.matcher(line);
            if (node.matches()) {
                nodes.add(node.group(2));
            }
        }
        var edited = String.join("\n", lines) + "\n";
        for (int i = random.nextInt(3); i > 0 && !nodes.isEmpty(); i--) {
            var node = nodes.remove(random.nextInt(nodes.size()));
            edited = edited.replaceAll("\\b" + node + "\\b", node + "b");
            if (random.nextInt(3) > 0) {
                moves.put(node, node + "b");
            }
        }
        return edited;
    }
}
