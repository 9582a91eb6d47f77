package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Policy.Act;
import io.baton.engine.Policy.To;
import io.baton.engine.Policy.What;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A process names the policy of its tasks; a task may do single things otherwise, or follow none. */
class PolicyOverrideTest {

    private static final Office OFFICE = new Office()
            .people("olga", "ann")
            .policy(new Policy(
                    "standard",
                    1,
                    null,
                    List.of(
                            new Act(Duration.ofHours(1), What.REMIND, To.HOLDER, null),
                            new Act(Duration.ofHours(2), What.ESCALATE, To.OWNER, null),
                            new Act(Duration.ofHours(3), What.REASSIGN, To.OWNER, null)),
                    false,
                    false));

    private static List<String> foreseen(String task) {
        var play = new Play(Models.of("""
                process p policy=standard
                start -> a -> end
                a: user holder=ann %s
                """.formatted(task)));
        play.roster = OFFICE;
        play.send(new Command.StartCase(1, null, "olga", new LinkedHashMap<>()), Actor.person("olga"));
        var opened = play.now;
        return play.state.ifNobodyActs(play.state.open(2), OFFICE, play.now).stream()
                .map(each -> Duration.between(opened, each.at()) + " " + each.what() + " " + each.person())
                .toList();
    }

    @Test
    void theProcessSaysWhatItsTasksFollow() {
        assertThat(foreseen("")).containsExactly("PT1H REMINDER ann", "PT2H ESCALATION olga", "PT3H REASSIGNMENT olga");
        assertThat(foreseen("policy=none")).isEmpty();
    }

    @Test
    void aTaskDoesSingleThingsOtherwise() {
        assertThat(foreseen("remind=none")).containsExactly("PT2H ESCALATION olga", "PT3H REASSIGNMENT olga");
        assertThat(foreseen("remind=PT90M,PT5H escalate=PT30M keep"))
                .containsExactly("PT30M ESCALATION olga", "PT1H30M REMINDER ann", "PT5H REMINDER ann");
    }

    @Test
    void aPauseMovesWhatWasToHappen() {
        var play = new Play(Models.of("""
                process p policy=standard
                start -> a -> end
                a: user holder=ann
                """));
        play.roster = OFFICE;
        var olga = Actor.person("olga");
        play.send(new Command.StartCase(1, null, "olga", new LinkedHashMap<>()), olga);
        var begun = play.now;
        play.send(new Command.PromiseDate(2, begun.plus(Duration.ofHours(5))), Actor.person("ann"));
        play.passes(Duration.ofMinutes(30));
        play.send(new Command.PauseCase(play.now.plus(Duration.ofDays(2)), "holidays", null), olga);
        play.passes(Duration.ofDays(1));
        play.send(new Command.ResumeCase(), olga);

        var task = Objects.requireNonNull(play.state.open(2).task());
        assertThat(Objects.requireNonNull(task.promise()).at()).isEqualTo(begun.plus(Duration.ofHours(29)));
        assertThat(play.state.open(2).clock()).isEqualTo(begun.plus(Duration.ofHours(25)));
    }
}
