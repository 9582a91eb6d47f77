package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.calendar.WorkingCalendar;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** Times that a task offers: whoever does it books one, and may move it or give it up afterwards. */
class SlotsTest {

    private static final String PROCESS = """
            start -> choose -> until -> meet
            choose: user holder=p7 books=ann takes=PT1H
            until: catch date={at}
            """;

    /** Ann works in Berlin from ten to two. Play begins on a Tuesday at nine, which is ten in Berlin. */
    private static Office office() {
        return new Office()
                .people("olga", "p7", "bob")
                .person("ann", null)
                .working(
                        "ann",
                        WorkingCalendar.weekdays(ZoneId.of("Europe/Berlin"), LocalTime.of(10, 0), LocalTime.of(14, 0)),
                        null);
    }

    @Test
    void offersTheWorkingHoursOfWhoseTimeItIsButNotAbsences() {
        var play = started(office().absent(
                        "ann", Instant.parse("2030-01-02T00:00:00Z"), Instant.parse("2030-01-02T10:30:00Z"), null));
        var offer = Slots.offer(play.state, step(play), play.roster, play.now);
        assertThat(offer).isNotNull();
        assertThat(offer.book()).isEqualTo("ann");
        assertThat(offer.starts())
                .startsWith(
                        // an hour's notice: not 09:00; the clock of Berlin is an hour ahead
                        Instant.parse("2030-01-01T10:00:00Z"),
                        Instant.parse("2030-01-01T11:00:00Z"),
                        Instant.parse("2030-01-01T12:00:00Z"),
                        // absent until half past ten
                        Instant.parse("2030-01-02T11:00:00Z"))
                .hasSize(3 + 2 + 2 * 4 + 1 * 4 + 1);
    }

    private static Play started(Roster roster) {
        var play = new Play(Models.of(PROCESS));
        play.roster = roster;
        var _ = play.send(new Command.StartCase(1, null, "olga", Run.variables()), Actor.person("olga"));
        return play;
    }

    private static int step(Play play) {
        return play.state.steps().iterator().next().id();
    }

    @Test
    void choosingATimeDoesTheTaskAndTheTimeIsTheResult() {
        assertThat(Scenario.play(PROCESS, """
                start
                --
                complete choose by p7
                book choose PT30M by p7
                book choose -PT1H by p7
                book choose PT2H seat=1 by p7
                book choose PT2H by bob
                book choose PT2H by p7
                """, office())).isEqualTo("");
    }

    @Test
    void whatWasBookedMovesAndWhatWaitsForItMovesWithIt() {
        assertThat(Scenario.play(PROCESS, """
                start
                book choose PT2H by p7
                --
                book 2 PT1H by bob
                book 2 PT3H by p7
                give-up 2 ill by p7
                give-up 2 ill by p7
                book 2 PT25H by ann
                wait PT26H
                book 2 PT25H by p7
                """, office())).isEqualTo("");
    }

    @Test
    void theOwnerAgreesOnAnyTimeInTheNameOfWhoIsAsked() {
        assertThat(Scenario.play(PROCESS, """
                start
                claim choose by p7
                --
                book choose PT17M by olga
                cancel no-deal by olga
                """, office())).isEqualTo("");
    }

    @Test
    void aDecisionThatIsTakenBackGivesTheTimeUp() {
        assertThat(Scenario.play("""
                start -> choose -> meet
                choose: user holder=p7 books=ann takes=PT1H undo=PT5M
                """, """
                start
                book choose PT2H by p7
                --
                book choose PT3H by p7
                take-back choose by p7
                book choose PT3H by p7
                """, office())).isEqualTo("");
    }

    @Test
    void whereNobodyIsKnownWhoseTimeItCouldBeItIsStuck() {
        assertThat(Scenario.play("""
                start -> choose
                choose: user books=nobody takes=PT1H
                """, "start", office())).isEqualTo("");
    }
}
