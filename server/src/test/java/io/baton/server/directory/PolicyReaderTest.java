package io.baton.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Policy;
import io.baton.engine.Policy.Act;
import io.baton.engine.Policy.To;
import io.baton.engine.Policy.What;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** From JSON to what the engine follows, or to what is wrong and where. */
class PolicyReaderTest {

    private static final Known P7_IS_HERE = new Known() {
        @Override
        public boolean isTeam(String key) {
            return false;
        }

        @Override
        public boolean isCalendar(String key) {
            return false;
        }

        @Override
        public boolean isPresent(String person) {
            return isMember(person);
        }

        @Override
        public boolean isMember(String person) {
            return person.equals("p7");
        }
    };

    @Test
    void compilesRemindersLadderAndEndInTheOrderOfTheirOffsets() {
        var policy = policy("""
                {"acceptBy": "PT4H", "workingTime": false, "digest": true,
                 "reminders": [{"when": "-P1D"}, {"when": "PT0S", "every": "P1D", "maximum": 3}],
                 "ladder": [{"after": "P1D", "to": "holder"}, {"after": "P3D", "to": "team-lead"},
                            {"after": "PT30H", "to": "p7"}],
                 "atEnd": {"after": "P5D", "reassign": "owner"}}""");
        assertThat(policy)
                .isEqualTo(new Policy(
                        "k",
                        4,
                        Duration.ofHours(4),
                        List.of(
                                new Act(Duration.ofDays(-1), What.REMIND, To.HOLDER, null),
                                new Act(Duration.ZERO, What.REMIND, To.HOLDER, null),
                                new Act(Duration.ofDays(1), What.REMIND, To.HOLDER, null),
                                new Act(Duration.ofDays(1), What.ESCALATE, To.HOLDER, null),
                                new Act(Duration.ofHours(30), What.ESCALATE, To.PERSON, "p7"),
                                new Act(Duration.ofDays(2), What.REMIND, To.HOLDER, null),
                                new Act(Duration.ofDays(3), What.ESCALATE, To.TEAM_LEAD, null),
                                new Act(Duration.ofDays(5), What.REASSIGN, To.OWNER, null)),
                        false,
                        true));
    }

    @Test
    void aWorkingDayHasEightHoursAndAWorkingWeekFiveDays() {
        var body = """
                {"workingTime": %s, "reminders": [{"when": "-P1W2DT3H4M5S"}]}""";
        var rest = Duration.ofHours(3).plusMinutes(4).plusSeconds(5);
        assertThat(policy(body.formatted(false)).acts().getFirst().offset())
                .isEqualTo(Duration.ofDays(9).plus(rest).negated());
        assertThat(policy(body.formatted(true)).acts().getFirst().offset())
                .isEqualTo(Duration.ofHours(7 * 8).plus(rest).negated());
    }

    @Test
    void anOfferAlwaysStaysOpenInWorkingTime() {
        assertThat(policy("{\"acceptBy\": \"P1D\", \"workingTime\": false}").acceptBy())
                .isEqualTo(Duration.ofHours(8));
    }

    @Test
    void aPolicyMaySayNothing() {
        assertThat(policy("{}")).isEqualTo(new Policy("k", 4, null, List.of(), false, false));
    }

    @Test
    void namesThePlaceOfEachMistake() {
        assertThat(mistakes("""
                {"acceptBy": "-PT1H",
                 "reminders": [{"when": "tomorrow"}, {}, {"when": "P1D", "every": "P1D"}, {"when": "P1D", "maximum": 2},
                    {"when": "P1D", "every": "PT59S", "maximum": 2}, {"when": "P1D", "every": "P1D", "maximum": 51}, null],
                 "ladder": [{"after": "P1M", "to": "owner"}, {"after": "P1D", "to": "p8"}, {"after": "PT"}, null],
                 "atEnd": {"after": "P1D", "reassign": "holder"}}"""))
                .containsExactly(
                        "acceptBy",
                        "reminders[0].when",
                        "reminders[1].when",
                        "reminders[2]",
                        "reminders[3]",
                        "reminders[4].every",
                        "reminders[5].maximum",
                        "reminders[6]",
                        "ladder[0].after",
                        "ladder[1].to",
                        "ladder[2].after",
                        "ladder[2].to",
                        "ladder[3]",
                        "atEnd.reassign");
    }

    @Test
    void refusesDurationsThatAreNoneOrTooLong() {
        for (var text : List.of("", "P", "PT", "P1DT", "1D", "P1Y", "P-1D", "+P1D", "PT1.5H", "P1001D", "P9999999D")) {
            assertThat(mistakes("{\"reminders\": [{\"when\": \"" + text + "\"}]}"))
                    .as(text)
                    .containsExactly("reminders[0].when");
        }
        assertThat(policy("{\"reminders\": [{\"when\": \"-P1000D\"}]}").acts()).hasSize(1);
    }

    @Test
    void theEndIsNotBeforeTheRest() {
        assertThat(mistakes("""
                {"ladder": [{"after": "P3D", "to": "owner"}], "atEnd": {"after": "P2D", "reassign": "owner"}}""")).containsExactly("atEnd.after");
        assertThat(policy("""
                {"ladder": [{"after": "P3D", "to": "owner"}], "atEnd": {"after": "P3D", "reassign": "team-lead"}}""").acts()).extracting(Act::what).containsExactly(What.ESCALATE, What.REASSIGN);
    }

    @Test
    void hasAtMostAsManyActsAsTheEngineTakes() {
        var body = """
                {"reminders": [{"when": "PT0S", "every": "P1D", "maximum": %d}], "ladder": [{"after": "P1D", "to": "owner"}]}""";
        assertThat(policy(body.formatted(49)).acts()).hasSize(Policy.ACTS_MAX);
        assertThat(mistakes(body.formatted(50))).containsExactly("reminders");
        assertThat(mistakes("{\"reminders\": [" + "{\"when\": \"P1D\"},".repeat(50_000) + "{\"when\": \"P1D\"}]}"))
                .containsExactly("reminders");
    }

    private static Policy policy(String json) {
        var read = read(json);
        assertThat(read.mistakes()).isEmpty();
        return Objects.requireNonNull(read.policy());
    }

    private static List<String> mistakes(String json) {
        var read = read(json);
        assertThat(read.policy()).isNull();
        return read.mistakes().stream().map(Mistake::field).toList();
    }

    private static PolicyReader.Read read(String json) {
        return PolicyReader.read("k", 4, JsonMapper.shared().readValue(json, PolicyBody.class), P7_IS_HERE);
    }
}
