package io.baton.engine.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HoursTest {

    @ParameterizedTest
    @CsvSource({"00:00-24:00, 0, 1440", "09:00-17:30, 540, 1050", "23:59-24:00, 1439, 1440"})
    void areReadAsTheyAreWritten(String text, int from, int until) {
        assertThat(Hours.parse(text)).isEqualTo(new Hours(from, until));
        assertThat(new Hours(from, until)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "9:00-17:00",
                "09:00",
                "09:00-09:00",
                "17:00-09:00",
                "09:00-24:01",
                "09:60-10:00",
                "09:00-25:00",
                "09:00 - 17:00",
                "-1:00-09:00"
            })
    void refuseWhatIsNotWithinOneDay(String text) {
        assertThatThrownBy(() -> Hours.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Expected hours");
    }

    @Test
    void untilMidnightIsTheEndOfTheDay() {
        assertThat(Hours.of(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT)).isEqualTo(Hours.ALL_DAY);
        assertThat(Hours.of(LocalTime.of(22, 0), LocalTime.MIDNIGHT)).hasToString("22:00-24:00");
        assertThatThrownBy(() -> Hours.of(LocalTime.of(9, 0, 1), LocalTime.NOON))
                .hasMessage("Expected a whole minute, but got 09:00:01");
    }
}
