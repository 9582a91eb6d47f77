package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Ledger.Charge;
import io.baton.engine.calendar.WorkingCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who answers for which time, by example. Each case begins on Tuesday the 1st of January 2030 at 09:00 UTC. */
class LedgerTest {

    private static final Actor ANN = Actor.person("ann");
    private static final Actor BOB = Actor.person("bob");
    private static final Actor OLGA = Actor.person("olga");

    private final Office office = new Office()
            .people("olga", "ann", "bob", "eve")
            .team("ap", null, "ann", "bob")
            .team("legal", null, "bob");

    private Play started(String model) {
        var play = new Play(Models.of(model));
        play.roster = office;
        give(play, new Command.StartCase(1, null, "olga", new LinkedHashMap<>()), OLGA);
        return play;
    }

    private static void give(Play play, Command command, Actor actor) {
        assertThat(play.send(command, actor)).isInstanceOf(Outcome.Accepted.class);
    }

    private static Command complete(int step) {
        return new Command.CompleteTask(step, new LinkedHashMap<>());
    }

    private Ledger ledger(Play play) {
        return Ledger.of(play.models, play.journal, play.now, office);
    }

    /** All hours are working hours. */
    private static Charge charge(String holder, @Nullable String party, Duration time) {
        return new Charge(holder, party, time, time);
    }

    private static Duration micros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    @Test
    void whatLiesInAQueueIsTheOwnersUntilSomebodyTakesIt() {
        var play = started("""
                start -> a -> b
                a: user team=ap
                b: user team=legal
                """);
        play.passes(Duration.ofHours(2));
        give(play, new Command.ClaimTask(2), ANN);
        play.passes(Duration.ofHours(3));
        give(play, complete(2), ANN);
        play.passes(Duration.ofHours(1));
        give(play, complete(3), BOB);
        play.passes(Duration.ofHours(99));

        assertThat(ledger(play).charges())
                .containsExactly(
                        charge("olga", "ap", Duration.ofHours(2)),
                        charge("ann", "ap", Duration.ofHours(3)),
                        charge("olga", "legal", Duration.ofHours(1)));
        assertThat(ledger(play).elapsed()).isEqualTo(Duration.ofHours(6));
    }

    @Test
    void parallelStepsShareTheirTimeToTheLastMicrosecond() {
        var play = started("""
                start -> fork
                fork: and
                fork -> a
                fork -> b
                a: user team=ap
                b: user team=legal
                """);
        give(play, new Command.ClaimTask(3), ANN);
        give(play, new Command.ClaimTask(4), BOB);
        play.passes(micros(7));
        give(play, complete(3), ANN);
        play.passes(micros(3));

        assertThat(ledger(play).charges())
                .as("the odd microsecond is that of the step with the lower number")
                .containsExactly(
                        new Charge("ann", "ap", micros(4), micros(3)),
                        new Charge("bob", "legal", micros(6), micros(6)));
        assertThat(ledger(play).elapsed()).isEqualTo(micros(10));
    }

    @Test
    void aPauseIsChargedToWhoIsNamedForIt() {
        var play = started("""
                start -> a
                a: user team=ap
                """);
        give(play, new Command.ClaimTask(2), ANN);
        play.passes(Duration.ofHours(1));
        give(play, new Command.PauseCase(play.now.plus(Duration.ofDays(2)), "the customer asked for it", "eve"), OLGA);
        play.passes(Duration.ofHours(30));
        give(play, new Command.ResumeCase(), OLGA);
        play.passes(Duration.ofHours(4));

        assertThat(ledger(play).charges())
                .containsExactly(charge("ann", "ap", Duration.ofHours(5)), charge("eve", null, Duration.ofHours(30)));
    }

    @Test
    void anObstacleIsChargedToWhoCanRemoveIt() {
        var play = started("""
                start -> a
                a: user team=ap
                """);
        give(play, new Command.ReportStuck(2, Obstacle.DECISION, "may we?", null), ANN);
        play.passes(Duration.ofHours(10));
        give(play, new Command.RemoveObstacle(2), OLGA);
        play.passes(Duration.ofHours(1));

        assertThat(ledger(play).charges())
                .containsExactly(charge("olga", "ap", Duration.ofHours(10)), charge("ann", "ap", Duration.ofHours(1)));
    }

    @Test
    void anOfferIsChargedToWhoMadeItUntilItIsAccepted() {
        var play = started("""
                start -> a
                a: user team=ap
                """);
        give(play, new Command.ClaimTask(2), ANN);
        give(play, new Command.OfferTask(2, "bob", null, "my holidays"), ANN);
        play.passes(Duration.ofHours(7));
        give(play, new Command.DeclineTask(2, "mine too"), BOB);
        give(play, new Command.OfferTask(2, "bob", null, "please"), ANN);
        play.passes(Duration.ofHours(1));
        give(play, new Command.ClaimTask(2), BOB);
        play.passes(Duration.ofHours(2));

        assertThat(ledger(play).charges())
                .containsExactly(charge("ann", "ap", Duration.ofHours(8)), charge("bob", "ap", Duration.ofHours(2)));
    }

    @Test
    void waitingForNobodyIsTheOwners() {
        var play = started("""
                start -> wait
                wait: catch timer=P1D
                """);
        play.passes(Duration.ofDays(1));
        var timer = play.state.waits().iterator().next();
        give(play, new Command.FireTimer(timer.id()), Actor.TIMER);

        assertThat(ledger(play).charges()).containsExactly(charge("olga", null, Duration.ofDays(1)));
    }

    @Test
    void workingTimeIsCountedOnTheHoldersOwnCalendar() {
        var berlin = ZoneId.of("Europe/Berlin");
        office.working("ann", WorkingCalendar.weekdays(berlin, LocalTime.of(9, 0), LocalTime.of(17, 0)), null);
        var play = started("""
                start -> a
                a: user team=ap
                """);
        play.now = Instant.parse("2030-01-04T14:00:00Z"); // Friday, 15:00 in Berlin
        give(play, new Command.ClaimTask(2), ANN);
        play.now = Instant.parse("2030-01-07T09:30:00Z"); // Monday, 10:30

        assertThat(ledger(play).charges())
                .containsExactly(
                        charge("olga", "ap", Duration.ofHours(77)),
                        new Charge("ann", "ap", Duration.parse("PT67H30M"), Duration.parse("PT3H30M")));
    }
}
