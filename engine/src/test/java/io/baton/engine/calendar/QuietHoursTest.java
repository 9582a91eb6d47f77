package io.baton.engine.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final LocalTime NINE = LocalTime.of(9, 0);
    private static final LocalTime FIVE = LocalTime.of(17, 0);
    private static final QuietHours NIGHT = QuietHours.of(BERLIN, LocalTime.of(22, 0), LocalTime.of(7, 0));

    @ParameterizedTest
    @CsvSource({
        "2026-07-01T19:59:59.999999Z, 2026-07-01T19:59:59.999999Z",
        "2026-07-01T20:00:00Z, 2026-07-02T05:00:00Z",
        "2026-07-02T04:59:59.999999Z, 2026-07-02T05:00:00Z",
        "2026-07-02T05:00:00Z, 2026-07-02T05:00:00Z",
        "2026-03-28T21:00:00Z, 2026-03-29T05:00:00Z", // eight hours: the clocks go forward
        "2026-10-24T20:00:00Z, 2026-10-25T06:00:00Z", // ten hours: they go back
    })
    void lastOverMidnightOnTheLocalClock(Instant at, Instant allowed) {
        assertThat(NIGHT.nextAllowed(at)).isEqualTo(allowed);
        assertThat(NIGHT.isQuiet(at)).isEqualTo(!at.equals(allowed));
        assertThat(NIGHT.isQuiet(allowed)).isFalse();
    }

    @Test
    void mayBeWithinADayOrNever() {
        var noon = QuietHours.of(ZoneOffset.UTC, LocalTime.NOON, LocalTime.of(13, 0));
        assertThat(noon.isQuiet(Instant.parse("2026-07-01T12:00:00Z"))).isTrue();
        assertThat(noon.isQuiet(Instant.parse("2026-07-01T13:00:00Z"))).isFalse();
        assertThat(noon.isQuiet(Instant.parse("2026-07-01T00:00:00Z"))).isFalse();
        var never = QuietHours.of(ZoneOffset.UTC, NINE, NINE);
        assertThat(never.isQuiet(Instant.parse("2026-07-01T09:00:00Z"))).isFalse();
        var evening = QuietHours.of(ZoneOffset.UTC, LocalTime.of(22, 0), LocalTime.MIDNIGHT);
        assertThat(evening.nextAllowed(Instant.parse("2026-07-01T22:00:00Z")))
                .isEqualTo(Instant.parse("2026-07-02T00:00:00Z"));
        var morning = QuietHours.of(ZoneOffset.UTC, LocalTime.MIDNIGHT, NINE);
        assertThat(morning.nextAllowed(Instant.parse("2026-07-01T00:00:00Z")))
                .isEqualTo(Instant.parse("2026-07-01T09:00:00Z"));
    }

    @Test
    void lastOverDaysOff() {
        var office = WorkingCalendar.weekdays(ZoneOffset.UTC, NINE, FIVE)
                .withHolidays(List.of(LocalDate.of(2026, 4, 3), LocalDate.of(2026, 4, 6)))
                .withException(LocalDate.of(2026, 4, 11), List.of(Hours.parse("09:00-10:00")));
        var quiet = QuietHours.of(BERLIN, LocalTime.of(22, 0), LocalTime.of(7, 0), office);
        assertThat(quiet.nextAllowed(Instant.parse("2026-04-02T20:00:00Z")))
                .isEqualTo(Instant.parse("2026-04-07T05:00:00Z"));
        assertThat(quiet.isQuiet(Instant.parse("2026-04-06T10:00:00Z"))).isTrue();
        assertThat(quiet.isQuiet(Instant.parse("2026-04-07T18:00:00Z")))
                .as("work is over, but the day is not off")
                .isFalse();
        assertThat(quiet.isQuiet(Instant.parse("2026-04-11T18:00:00Z")))
                .as("a Saturday with hours")
                .isFalse();
        assertThat(quiet.isQuiet(Instant.parse("2026-04-12T10:00:00Z"))).isTrue();
    }

    @Test
    void endWhenSilenceWouldLastTooLong() {
        var away = WorkingCalendar.weekdays(ZoneOffset.UTC, NINE, FIVE)
                .withHolidays(LocalDate.of(2026, 1, 1)
                        .datesUntil(LocalDate.of(2027, 1, 1))
                        .toList());
        var quiet = QuietHours.of(ZoneOffset.UTC, LocalTime.of(22, 0), LocalTime.of(7, 0), away);
        var now = Instant.parse("2026-03-01T12:00:00Z");
        assertThat(quiet.nextAllowed(now)).isEqualTo(now.plus(QuietHours.SILENCE_MAX));
        assertThat(quiet.nextAllowed(Instant.parse("2026-12-31T12:00:00Z")))
                .isEqualTo(Instant.parse("2027-01-01T07:00:00Z"));
        var never = WorkingCalendar.of(BERLIN, Map.of(), List.of(), Map.of());
        assertThatThrownBy(() -> QuietHours.of(BERLIN, NINE, FIVE, never)).isInstanceOf(IllegalArgumentException.class);
    }

    /** The local clock is asked minute by minute. */
    @Test
    void agreeWithTheLocalClockInEveryZone() {
        var random = new Random(7);
        for (var id : RandomCalendar.ZONES) {
            var zone = ZoneId.of(id);
            var from = LocalTime.ofSecondOfDay(60L * random.nextInt(1_440));
            var until = LocalTime.ofSecondOfDay(60L * random.nextInt(1_440));
            var quiet = QuietHours.of(zone, from, until);
            var first = zone.getRules().nextTransition(Instant.parse("2005-01-01T00:00:00Z"));
            var start = first == null ? Instant.EPOCH : first.getInstant().minusSeconds(86_400);
            Stream.iterate(start, at -> at.plusSeconds(60)).limit(2_880).forEach(at -> {
                var time = LocalDateTime.ofInstant(at, zone).toLocalTime();
                boolean expected = from.isAfter(until)
                        ? !time.isBefore(from) || time.isBefore(until)
                        : !time.isBefore(from) && time.isBefore(until);
                assertThat(quiet.isQuiet(at))
                        .as("%s in %s, quiet %s to %s", at, zone, from, until)
                        .isEqualTo(expected);
            });
        }
    }

    @Test
    void areEqualWhenTheyAreQuietAtTheSameTimes() {
        assertThat(NIGHT)
                .isEqualTo(QuietHours.of(BERLIN, LocalTime.of(22, 0), LocalTime.of(7, 0)))
                .isNotEqualTo(QuietHours.of(BERLIN, LocalTime.of(22, 0), LocalTime.of(8, 0)));
    }
}
