package io.baton.server.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.processes.Questions.Option;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a form asks and by what it is decided. */
class QuestionsTest {

    private static final Set<String> ALL = Set.of("name", "one", "who", "outcome");

    private static String form(String... components) {
        return "{\"components\": [" + String.join(",", components) + "]}";
    }

    private static String radio(String key, String... values) {
        return "{\"type\": \"radio\", \"key\": \"" + key + "\", \"label\": \"What?\", \"values\": ["
                + java.util.Arrays.stream(values)
                        .map(value -> "{\"value\": \"" + value + "\", \"label\": \"To " + value + "\"}")
                        .collect(Collectors.joining(","))
                + "]}";
    }

    @Test
    void asksByTheFieldThatIsUsuallyBranchedOnAndShowsWhatItDoesNotAskFor() {
        var question = Questions.of(
                        form(
                                "{\"type\": \"text\", \"text\": \"Invoice {{invoiceNumber}} of {{= vendor}}: {{amount}} {{outcome}}\"}",
                                radio("speed", "fast", "slow"),
                                "{\"type\": \"group\", \"components\": [" + radio("outcome", "approve", "reject")
                                        + "]}",
                                "{\"type\": \"textfield\", \"key\": \"order\", \"readonly\": true}",
                                "{\"type\": \"textfield\", \"key\": \"reason\"}"),
                        Set.of("speed", "outcome"))
                .orElseThrow();
        assertThat(question.field()).isEqualTo("outcome");
        assertThat(question.options())
                .containsExactly(new Option("approve", "To approve"), new Option("reject", "To reject"));
        assertThat(question.inputs()).containsExactly("invoiceNumber", "vendor", "amount", "order");
        assertThat(question.label("reject")).isEqualTo("To reject");
        assertThat(question.label("another")).isEqualTo("another");
    }

    @Test
    void aTickIsAQuestionTooWhereTheProcessGoesOnByIt() {
        var tick = "{\"type\": \"checkbox\", \"key\": \"agreed\", \"label\": \"Agreed\"}";
        var both = form(tick, radio("speed", "fast", "slow"));
        assertThat(Questions.of(both, Set.of("speed")).orElseThrow().field()).isEqualTo("speed");
        assertThat(Questions.of(both, Set.of("agreed")).orElseThrow().options())
                .containsExactly(new Option(true, "Yes"), new Option(false, "No"));
        assertThat(Questions.of(both, Set.of("something"))).isEmpty();
    }

    @Test
    void whatHasNoListedAnswersIsNoQuestion() {
        assertThat(Questions.of(form("{\"type\": \"textfield\", \"key\": \"name\"}"), ALL))
                .isEmpty();
        assertThat(Questions.of(form(radio("one", "only")), ALL)).isEmpty();
        assertThat(Questions.of(form("{\"type\": \"select\", \"key\": \"who\", \"valuesKey\": \"people\"}"), ALL))
                .isEmpty();
        assertThat(Questions.of("{}", ALL)).isEmpty();
        assertThat(Questions.of("no form", ALL)).isEmpty();
    }

    @Test
    void showsNoMoreThanTheFirstEight() {
        var text = java.util.stream.IntStream.range(0, 20)
                .mapToObj(i -> "{{v" + i + "}}")
                .collect(Collectors.joining(" "));
        var question = Questions.of(
                        form("{\"type\": \"text\", \"text\": \"" + text + "\"}", radio("outcome", "a", "b")), ALL)
                .orElseThrow();
        assertThat(question.inputs())
                .hasSize(Questions.INPUTS_MAX)
                .startsWith("v0")
                .endsWith("v7");
    }
}
