package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Outcome.Accepted;
import io.baton.engine.Outcome.Refused;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much a case keeps and a command writes is bounded, whoever multiplies it. {@link Play} checks the count. */
class VariablesSizeTest {

    private static final Actor ANN = Actor.person("ann");
    private static final String HALF = "x".repeat(900_000);
    private static final String TENTH = "x".repeat(100_000);

    private static Play start(String model, @Nullable Object big) {
        var play = new Play(Models.of(model));
        send(play, new Command.StartCase(1, null, "olga", variables("big", big)));
        return play;
    }

    private static List<Event> send(Play play, Command command) {
        var outcome = play.send(command, ANN);
        assertThat(outcome).as("%s", command.getClass()).isInstanceOf(Accepted.class);
        assertThat(play.state.variablesSize).isLessThanOrEqualTo(Case.VARIABLES_SIZE_MAX);
        return ((Accepted) outcome).events();
    }

    private static void set(Play play, String name, @Nullable Object value) {
        send(play, new Command.SetVariables(0, variables(name, value)));
    }

    private static SequencedMap<String, @Nullable Object> variables(String name, @Nullable Object value) {
        var variables = new LinkedHashMap<String, @Nullable Object>();
        variables.put(name, value);
        return variables;
    }

    private static List<Incident> incidents(Play play) {
        return List.copyOf(play.state.incidents());
    }

    private static List<Event> retry(Play play) {
        return send(play, new Command.ResolveIncident(incidents(play).getFirst().id()));
    }

    private static long tasks(Play play) {
        return play.state.steps().stream().filter(step -> step.task() != null).count();
    }

    @Test
    void refusesWhatDoesNotFitBesideWhatTheCaseKeeps() {
        var play = start("start -> a -> end", HALF);
        set(play, "more", HALF);
        assertThat(play.send(new Command.SetVariables(0, variables("evenMore", HALF)), ANN))
                .isEqualTo(new Refused(
                        Refusal.TOO_LARGE,
                        "the case keeps variables of at most 2000000 characters and values; it has 1800009, and these"
                                + " are 900009 more"));
        set(play, "more", null);
        set(play, "evenMore", HALF);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a: user                     | complete
            a: job type=t               | job
            a: job type=t               | throw
            a: receive message=m key={1}| receive
            """)
    void refusesItWhateverBringsIt(String line, String how) {
        var play = start("start -> a -> end\n" + line + "\nc: boundary on=a error=\nc -> end", HALF);
        set(play, "more", HALF);
        int step = play.state.steps().iterator().next().id();
        var large = variables("evenMore", HALF);
        var command = switch (how) {
            case "complete" -> new Command.CompleteTask(step, large);
            case "job" -> new Command.CompleteJob(step, large);
            case "throw" -> new Command.ThrowError(step, "E", null, large);
            default ->
                new Command.ReceiveMessage(play.state.waits().iterator().next().id(), null, large);
        };
        assertThat(play.send(command, ANN))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Refusal.TOO_LARGE));
    }

    @Test
    void stopsALoopThatGivesEachInstanceACopyAndGoesOnWhenThereIsRoom() {
        var play = start("""
                start -> a -> end
                a: user times={1000} in.copy={big}
                """, TENTH);
        assertThat(tasks(play)).isEqualTo(18);
        assertThat(incidents(play)).hasSize(1000 - 18).allSatisfy(incident -> {
            assertThat(incident.kind()).isEqualTo(IncidentKind.TOO_LARGE);
            assertThat(incident.message()).contains("larger than 2000000 characters and values");
        });

        retry(play);
        assertThat(tasks(play)).as("still no room").isEqualTo(18);

        var open = play.state.steps().stream()
                .filter(step -> step.task() != null)
                .findFirst()
                .orElseThrow();
        send(play, new Command.CompleteTask(open.id(), new LinkedHashMap<>()));
        retry(play);
        assertThat(tasks(play)).as("one has made room for another").isEqualTo(18);
        assertThat(incidents(play)).hasSize(1000 - 19);
    }

    @Test
    void stopsACommandThatSetsTheSameVariableOverAndOver() {
        var play = start("""
                start -> a -> end
                a: script does={big} result=x out.y={x} times={40} sequential
                """, TENTH);
        var written = play.journal.getLast().events().stream()
                .filter(Event.VariablesSet.class::isInstance)
                .mapToLong(event -> Values.size(((Event.VariablesSet) event).variables()))
                .sum();
        assertThat(written).isBetween(Run.VARIABLES_SIZE_MAX - 300_000, Run.VARIABLES_SIZE_MAX);
        assertThat(incidents(play)).singleElement().satisfies(incident -> {
            assertThat(incident.kind()).isEqualTo(IncidentKind.TOO_LARGE);
            assertThat(incident.message()).contains("a retry goes on from here");
        });
        retry(play);
        retry(play);
        assertThat(play.state.status()).isEqualTo(Case.Status.COMPLETED);
    }

    @Test
    void stopsALoopOverAListThatRepeatsALargeText() {
        var play = start("""
                start -> a -> end
                a: user each={[big,big,big,big,big,big,big,big,big,big,big]} as=x
                """, TENTH);
        assertThat(incidents(play))
                .singleElement()
                .satisfies(incident -> assertThat(incident.kind()).isEqualTo(IncidentKind.TOO_LARGE));
        assertThat(play.state.steps()).hasSize(1);

        set(play, "big", "small");
        retry(play);
        assertThat(tasks(play)).isEqualTo(11);
    }

    @Test
    void stopsALoopWhoseResultsGrowTooLarge() {
        var play = start("""
                start -> a -> end
                a: script does={1} times={30} collect={big} into=all
                """, TENTH);
        assertThat(incidents(play))
                .hasSize(30 - 18)
                .allSatisfy(incident -> assertThat(incident.kind()).isEqualTo(IncidentKind.TOO_LARGE));
    }

    @Test
    void theResultsOfALoopMoveOutOfItWhateverTheirSize() {
        var play = start("""
                start -> a -> b -> end
                a: script does={1} times={18} collect={big} into=all
                """, TENTH);
        assertThat(incidents(play)).isEmpty();
        assertThat((List<?>) play.state.variables().get("all")).hasSize(18);
        assertThat(play.state.variablesSize).isBetween(1_900_000L, 2_000_000L);
    }

    @Test
    void stopsCallsThatCopyEverything() {
        var play = start("""
                process p
                start -> c -> end
                c: call process=p
                """, HALF);
        assertThat(incidents(play))
                .singleElement()
                .satisfies(incident -> assertThat(incident.kind()).isEqualTo(IncidentKind.TOO_LARGE));
        assertThat(play.state.steps()).hasSize(2);
    }

    @Test
    void stopsAScriptAndGoesOnWhenItsResultHasShrunk() {
        var play = start("""
                start -> s -> a -> end
                s: script does={[big,big,big]} result=copies
                """, HALF);
        assertThat(incidents(play))
                .singleElement()
                .satisfies(incident -> assertThat(incident.kind()).isEqualTo(IncidentKind.TOO_LARGE));
        set(play, "big", "small");
        retry(play);
        assertThat(play.state.variables().get("copies")).isEqualTo(List.of("small", "small", "small"));
    }

    @Test
    void replacingALargeVariableTakesNoRoom() {
        var play = start("""
                start -> s -> a -> end
                s: script does={big} result=x out.big={x}
                """, "x".repeat(999_000));
        assertThat(incidents(play)).isEmpty();
        assertThat(tasks(play)).isEqualTo(1);
    }

    @Test
    void aTextThatIsComputedHas255Characters() {
        var play = start("""
                process p title={big}
                start -> a -> end
                a: user each={[big,big]} as=who holder={who}
                """, TENTH);
        assertThat(play.state.title()).isEqualTo("x".repeat(255) + "…");
        assertThat(incidents(play)).hasSize(2).allSatisfy(incident -> {
            assertThat(incident.kind()).isEqualTo(IncidentKind.EXPRESSION);
            assertThat(incident.message())
                    .isEqualTo("Expected 'who' to have at most 255 characters, but it has 100000");
        });
    }

    @Test
    void namesAValueOfTheWrongKindWithoutWritingItOut() {
        var play = start("""
                start -> g
                g: xor
                g -> a if [big,big,big]
                g -> b if true
                """, HALF);
        assertThat(incidents(play))
                .singleElement()
                .satisfies(incident -> assertThat(incident.message())
                        .isEqualTo("Expected '[big,big,big]' to be true or false, but it is a list of 3"));
    }

    @Test
    void countsValuesAndTheCharactersOfTextsNamesAndNumbers() {
        assertThat(Values.size(Values.variables(Map.of("n", 12_345)))).isEqualTo(1 + 1 + 5);
        assertThat(Values.size(Values.variables(Map.of("list", Arrays.asList("ab", null, true)))))
                .isEqualTo(4 + 1 + (1 + 2) + 1 + 1);
        assertThat(Values.size(Values.variables(Map.of("m", Map.of("key", "v")))))
                .isEqualTo(1 + 1 + 3 + (1 + 1));
    }
}
