package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.engine.Expressions.Stuck;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    private static final Instant NOW = Instant.parse("2030-01-31T09:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "PT1H, 2030-01-31T10:00:00Z",
        "P1D, 2030-02-01T09:00:00Z",
        "P2W, 2030-02-14T09:00:00Z",
        "P1M, 2030-02-28T09:00:00Z",
        "P1Y1DT30M, 2031-02-01T09:30:00Z",
        "PT0.0000019S, 2030-01-31T09:00:00.000001Z",
        "PT0S, 2030-01-31T09:00:00Z",
        "-PT1H, 2030-01-31T09:00:00Z",
        "-P1DT1H, 2030-01-31T09:00:00Z",
    })
    void addsADurationInUtcAndNeverGoesBack(String duration, Instant later) throws Stuck {
        assertThat(Times.after(duration, NOW)).isEqualTo(later);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "P", "PT", "1H", "P1H", "PT1D", "P1DT", "P99999999999D", "P9000Y", "R/PT1H", "tomorrow"})
    void refusesWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> Times.after(text, NOW)).isInstanceOf(Stuck.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2030-02-01, 2030-02-01T00:00:00Z",
        "2030-02-01T08:00:00, 2030-02-01T08:00:00Z",
        "2030-02-01T08:00, 2030-02-01T08:00:00Z",
        "2030-02-01T08:00:00Z, 2030-02-01T08:00:00Z",
        "2030-02-01T08:00:00+02:00, 2030-02-01T06:00:00Z",
        "2030-02-01T08:00:00-05:00, 2030-02-01T13:00:00Z",
        "2030-02-01T08:00:00+02:00[Europe/Berlin], 2030-02-01T06:00:00Z",
        "2030-02-01T08:00:00.1234567Z, 2030-02-01T08:00:00.123456Z",
    })
    void readsADateTime(String text, Instant at) throws Stuck {
        assertThat(Times.at(text)).isEqualTo(at);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "soon", "2030-13-01", "08:00", "1969-12-31", "+10000-01-01T00:00:00Z", "2030-02-01T25:00:00Z"
            })
    void refusesWhatIsNoDateTime(String text) {
        assertThatThrownBy(() -> Times.at(text)).isInstanceOf(Stuck.class);
    }

    @ParameterizedTest
    @CsvSource({
        "R3/PT1H, 2, 2030-01-31T10:00:00Z",
        "R/P1D, -1, 2030-02-01T09:00:00Z",
        "R1/PT1H, 0, 2030-01-31T10:00:00Z",
        "R2/2030-03-01T09:00:00Z/P1D, 1, 2030-03-01T09:00:00Z",
    })
    void readsACycle(String text, int repeat, Instant first) throws Stuck {
        var cycle = Times.Cycle.parse(text);
        assertThat(cycle.repeat()).isEqualTo(repeat);
        assertThat(cycle.first(NOW)).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "PT1H", "R0/PT1H", "R-1/PT1H", "R/PT0S", "R/-PT1H", "R3/", "R3/a/PT1H", "R9999999/PT1H"})
    void refusesWhatIsNoCycle(String text) {
        assertThatThrownBy(() -> Times.Cycle.parse(text)).isInstanceOf(Stuck.class);
    }

    @ParameterizedTest
    @CsvSource({
        // period, due, now, next
        "P1D, 2030-01-01T09:00:00Z, 2030-01-01T09:00:00Z, 2030-01-02T09:00:00Z",
        "P1D, 2030-01-01T09:00:00Z, 2030-01-02T08:59:59Z, 2030-01-02T09:00:00Z",
        "P1D, 2030-01-01T09:00:00Z, 2030-01-02T09:00:00Z, 2030-01-03T09:00:00Z",
        "P1D, 2030-01-01T09:00:00Z, 2030-01-31T10:00:00Z, 2030-02-01T09:00:00Z",
        "PT1S, 2020-01-01T00:00:00Z, 2030-01-01T00:00:00.5Z, 2030-01-01T00:00:01Z",
        "P1M, 2030-01-15T09:00:00Z, 2030-06-20T00:00:00Z, 2030-07-15T09:00:00Z",
    })
    void repeatsOnItsScheduleAndLeavesOutWhatIsPast(String period, Instant due, Instant now, Instant next)
            throws Stuck {
        assertThat(Times.next(period, due, now)).isEqualTo(next);
    }

    @Test
    void doesNotRepeatBeyondTheLastYear() {
        var late = Instant.parse("9999-12-31T09:00:00Z");
        assertThatThrownBy(() -> Times.next("P1D", late, late)).isInstanceOf(Stuck.class);
    }
}
