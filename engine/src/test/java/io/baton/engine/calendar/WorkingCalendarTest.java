package io.baton.engine.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of working time, one example each; {@link CalendarOracleTest} has the rest. */
class WorkingCalendarTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final LocalTime NINE = LocalTime.of(9, 0);
    private static final LocalTime FIVE = LocalTime.of(17, 0);
    private static final WorkingCalendar OFFICE = WorkingCalendar.weekdays(ZoneOffset.UTC, NINE, FIVE);

    /** Thursday; the Friday after is a holiday. */
    private static final WorkingCalendar EASTER = OFFICE.withHolidays(List.of(LocalDate.of(2026, 4, 3)));

    @ParameterizedTest
    @CsvSource({
        "2026-04-02T09:00:00Z, 2026-04-02T17:00:00Z, PT8H",
        "2026-04-02T08:00:00Z, 2026-04-02T18:00:00Z, PT8H",
        "2026-04-02T16:59:59.999999Z, 2026-04-06T09:00:00.000001Z, PT0.000002S",
        "2026-04-02T12:00:00Z, 2026-04-06T12:00:00Z, PT8H",
        "2026-04-03T00:00:00Z, 2026-04-06T00:00:00Z, PT0S",
        "2026-04-06T12:00:00Z, 2026-04-02T12:00:00Z, PT-8H",
        "2026-04-02T09:00:00.0000009Z, 2026-04-02T09:00:00.0000019Z, PT0.000001S",
    })
    void countsElapsedTimeWithinHours(Instant from, Instant to, Duration working) {
        assertThat(EASTER.between(from, to)).isEqualTo(working);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-04-02T12:00:00Z, PT1H, 2026-04-02T13:00:00Z",
        "2026-04-02T12:00:00Z, PT5H, 2026-04-02T17:00:00Z",
        "2026-04-02T12:00:00Z, PT5H0.000001S, 2026-04-06T09:00:00.000001Z",
        "2026-04-02T12:00:00Z, PT13H, 2026-04-06T17:00:00Z",
        "2026-04-04T12:00:00Z, PT0S, 2026-04-04T12:00:00Z",
    })
    void findsTheEarliestInstantAfterSoMuchWork(Instant from, Duration working, Instant end) {
        assertThat(EASTER.after(from, working)).contains(end);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-04-06T12:00:00Z, PT1H, 2026-04-06T11:00:00Z",
        "2026-04-06T12:00:00Z, PT3H, 2026-04-06T09:00:00Z",
        "2026-04-06T12:00:00Z, PT3H0.000001S, 2026-04-02T16:59:59.999999Z",
        "2026-04-04T12:00:00Z, PT0S, 2026-04-04T12:00:00Z",
    })
    void findsTheLatestInstantBeforeSoMuchWork(Instant until, Duration working, Instant begin) {
        assertThat(EASTER.before(until, working)).contains(begin);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-04-02T12:00:00Z, 2026-04-02T12:00:00Z",
        "2026-04-02T17:00:00Z, 2026-04-06T09:00:00Z",
        "2026-04-06T08:59:59.999999Z, 2026-04-06T09:00:00Z",
    })
    void findsWhenWorkGoesOn(Instant at, Instant next) {
        assertThat(EASTER.nextWorking(at)).contains(next);
        assertThat(EASTER.isWorking(next)).isTrue();
        assertThat(EASTER.isWorking(at)).isEqualTo(at.equals(next));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29T00:00:00Z, 2026-03-29T03:00:00Z, PT3H", // 01:00 to 05:00 without an hour
        "2026-10-24T23:00:00Z, 2026-10-25T04:00:00Z, PT5H", // 01:00 to 05:00 with one twice
        "2026-06-01T23:00:00Z, 2026-06-02T03:00:00Z, PT4H",
    })
    void countsTheHoursThatAChangeOfClocksTakesAndGives(Instant from, Instant to, Duration working) {
        var night = WorkingCalendar.of(BERLIN, everyDay(new Hours(60, 300)), List.of(), Map.of());
        assertThat(night.between(from, to)).isEqualTo(working);
        assertThat(night.between(from.minusSeconds(3_600), to.plusSeconds(3_600)))
                .isEqualTo(working);
        assertThat(night.after(from, working)).contains(to);
        assertThat(night.before(to, working)).contains(from);
    }

    @Test
    void knowsDaysThatNeverWere() {
        var samoa = WorkingCalendar.of(
                ZoneId.of("Pacific/Apia"), everyDay(new Hours(9 * 60, 17 * 60)), List.of(), Map.of());
        var thursdayNoon = Instant.parse("2011-12-29T22:00:00Z"); // there was no Friday 30
        assertThat(samoa.after(thursdayNoon, Duration.ofHours(13))).contains(Instant.parse("2011-12-31T03:00:00Z"));
        assertThat(samoa.afterDays(thursdayNoon, 1)).contains(Instant.parse("2011-12-30T22:00:00Z"));
        assertThat(samoa.isWorking(Instant.parse("2011-12-30T09:59:59Z"))).isFalse();
    }

    @Test
    void knowsChangesOfHalfAnHour() {
        var always = WorkingCalendar.always(ZoneId.of("Australia/Lord_Howe"));
        var day = WorkingCalendar.of(
                ZoneId.of("Australia/Lord_Howe"),
                Map.of(),
                List.of(),
                Map.of(LocalDate.of(2026, 4, 5), List.of(Hours.ALL_DAY)));
        var from = Instant.parse("2026-04-01T00:00:00Z");
        var to = Instant.parse("2026-04-10T00:00:00Z");
        assertThat(day.between(from, to)).isEqualTo(Duration.ofMinutes(24 * 60 + 30));
        assertThat(always.between(from, to)).isEqualTo(Duration.ofDays(9));
    }

    @Test
    void clocksDoNotChangeAnyMoreFrom2200On() {
        var office = WorkingCalendar.weekdays(BERLIN, NINE, FIVE);
        assertThat(office.nextWorking(Instant.parse("2199-07-01T00:00:00Z")))
                .contains(Instant.parse("2199-07-01T07:00:00Z"));
        assertThat(office.nextWorking(Instant.parse("2200-07-01T00:00:00Z")))
                .contains(Instant.parse("2200-07-01T08:00:00Z"));
    }

    @Test
    void knowsOffsetsThatAreNoWholeMinutes() {
        var office = WorkingCalendar.weekdays(ZoneId.of("Africa/Monrovia"), NINE, FIVE); // 44 min 30 s until 1972
        assertThat(office.nextWorking(Instant.parse("1971-06-01T00:00:00Z")))
                .contains(Instant.parse("1971-06-01T09:44:30Z"));
        assertThat(office.between(Instant.parse("1971-06-01T09:44:29Z"), Instant.parse("1971-06-01T09:44:31Z")))
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void anExceptionOverridesWeekdayAndHoliday() {
        var calendar = EASTER.withException(LocalDate.of(2026, 4, 3), List.of(Hours.parse("09:00-10:00")))
                .withException(
                        LocalDate.of(2026, 4, 4), List.of(Hours.parse("22:00-24:00"), Hours.parse("08:00-09:00")))
                .withException(LocalDate.of(2026, 4, 6), List.of());
        assertThat(calendar.between(Instant.parse("2026-04-02T17:00:00Z"), Instant.parse("2026-04-07T09:00:00Z")))
                .isEqualTo(Duration.ofHours(4));
        assertThat(calendar.hours(LocalDate.of(2026, 4, 4)))
                .containsExactly(new Hours(480, 540), new Hours(1_320, 1_440));
        assertThat(calendar.hours(LocalDate.of(2026, 4, 6))).isEmpty();
        assertThat(EASTER.hours(LocalDate.of(2026, 4, 3))).isEmpty();
        assertThat(EASTER.hours(LocalDate.of(2026, 4, 2))).containsExactly(new Hours(540, 1_020));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-04-01T12:30:00Z, 0, 2026-04-01T12:30:00Z",
        "2026-04-01T12:30:00Z, 1, 2026-04-02T12:30:00Z",
        "2026-04-01T12:30:00Z, 2, 2026-04-06T12:30:00Z",
        "2026-04-01T12:30:00Z, 3, 2026-04-07T11:00:00Z", // that day's work ends at eleven
        "2026-04-01T12:30:00Z, 4, 2026-04-08T13:00:00Z", // that day's work has a break at half past twelve
        "2026-04-04T03:00:00Z, 0, 2026-04-06T09:00:00Z",
        "2026-04-04T03:00:00Z, 1, 2026-04-07T09:00:00Z",
        "2026-04-02T20:00:00Z, 1, 2026-04-07T09:00:00Z",
    })
    void countsWorkingDaysAndKeepsTheTimeOfDay(Instant from, int days, Instant then) {
        var calendar = EASTER.withException(LocalDate.of(2026, 4, 7), List.of(Hours.parse("09:00-11:00")))
                .withException(
                        LocalDate.of(2026, 4, 8), List.of(Hours.parse("09:00-12:00"), Hours.parse("13:00-17:00")));
        assertThat(calendar.afterDays(from, days)).contains(then);
    }

    @Test
    void aTimeThatTheClockSkipsIsTheFirstAfterIt() {
        var night = WorkingCalendar.always(BERLIN);
        assertThat(night.afterDays(Instant.parse("2026-03-28T01:30:00Z"), 1)) // half past two
                .contains(Instant.parse("2026-03-29T01:00:00Z"));
        assertThat(night.afterDays(Instant.parse("2026-10-24T00:30:00Z"), 1))
                .contains(Instant.parse("2026-10-25T00:30:00Z"));
    }

    @Test
    void withoutWorkingTimeNothingIsEverReached() {
        var never = WorkingCalendar.of(BERLIN, Map.of(), List.of(LocalDate.of(2026, 1, 1)), Map.of());
        var now = Instant.parse("2026-04-02T12:00:00Z");
        assertThat(never.isWorking(now)).isFalse();
        assertThat(never.between(WorkingCalendar.FIRST, WorkingCalendar.LAST)).isZero();
        assertThat(never.after(now, Duration.ofNanos(1_000))).isEmpty();
        assertThat(never.before(now, Duration.ofNanos(1_000))).isEmpty();
        assertThat(never.after(now, Duration.ZERO)).contains(now);
        assertThat(never.nextWorking(now)).isEmpty();
        assertThat(never.afterDays(now, 1)).isEmpty();
    }

    @Test
    void theOnlyWorkingDayIsFoundFromFarAway() {
        var once = WorkingCalendar.of(
                BERLIN, Map.of(), List.of(), Map.of(LocalDate.of(2999, 1, 1), List.of(Hours.parse("09:00-10:00"))));
        assertThat(once.nextWorking(Instant.EPOCH)).contains(Instant.parse("2999-01-01T08:00:00Z"));
        assertThat(once.after(Instant.EPOCH, Duration.ofHours(1))).contains(Instant.parse("2999-01-01T09:00:00Z"));
        assertThat(once.after(Instant.EPOCH, Duration.ofHours(2))).isEmpty();
        assertThat(once.afterDays(Instant.EPOCH, 0)).contains(Instant.parse("2999-01-01T08:00:00Z"));
        assertThat(once.afterDays(Instant.EPOCH, 1)).isEmpty();
    }

    @Test
    void nothingIsWorkingTimeBeyondItsEnds() {
        var always = WorkingCalendar.always(ZoneOffset.UTC);
        var whole = Duration.between(WorkingCalendar.FIRST, WorkingCalendar.LAST);
        var tick = Duration.ofNanos(1_000);
        assertThat(always.between(Instant.MIN, Instant.MAX)).isEqualTo(whole);
        assertThat(always.after(WorkingCalendar.FIRST, whole)).contains(WorkingCalendar.LAST);
        assertThat(always.after(WorkingCalendar.FIRST, whole.plus(tick))).isEmpty();
        assertThat(always.after(Instant.EPOCH, Duration.ofSeconds(Long.MAX_VALUE)))
                .isEmpty();
        assertThat(always.before(WorkingCalendar.LAST, whole)).contains(WorkingCalendar.FIRST);
        assertThat(always.before(WorkingCalendar.LAST, whole.plus(tick))).isEmpty();
        assertThat(always.isWorking(WorkingCalendar.FIRST)).isTrue();
        assertThat(always.isWorking(WorkingCalendar.FIRST.minusNanos(1))).isFalse();
        assertThat(always.isWorking(WorkingCalendar.LAST.minusNanos(1))).isTrue();
        assertThat(always.isWorking(WorkingCalendar.LAST)).isFalse();
        assertThat(always.nextWorking(Instant.MIN)).contains(WorkingCalendar.FIRST);
        assertThat(always.nextWorking(WorkingCalendar.LAST)).isEmpty();
        assertThat(always.afterDays(WorkingCalendar.LAST.minusSeconds(1), 1)).isEmpty();
    }

    @Test
    void refusesWhatIsNoCalendar() {
        var overlapping = List.of(Hours.parse("09:00-12:00"), Hours.parse("11:59-17:00"));
        assertThatThrownBy(() -> WorkingCalendar.of(BERLIN, Map.of(DayOfWeek.MONDAY, overlapping), List.of(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected separate hours on MONDAY, but 09:00-12:00 and 11:59-17:00 overlap");
        assertThatThrownBy(() -> OFFICE.withException(LocalDate.of(2026, 1, 1), overlapping))
                .hasMessageContaining("2026-01-01");
        var many = IntStream.rangeClosed(0, WorkingCalendar.HOURS_PER_DAY_MAX)
                .mapToObj(i -> new Hours(i, i + 1))
                .toList();
        assertThatThrownBy(() -> OFFICE.withException(LocalDate.of(2026, 1, 1), many))
                .hasMessage("Expected at most 24 intervals on 2026-01-01, but got 25");
        assertThatThrownBy(() -> OFFICE.withHolidays(List.of(LocalDate.of(1899, 12, 31))))
                .hasMessage("Expected a date from 1900 to 9999, but got 1899-12-31");
        var days = IntStream.rangeClosed(0, WorkingCalendar.HOLIDAYS_MAX)
                .mapToObj(i -> LocalDate.EPOCH.plusDays(i))
                .toList();
        assertThatThrownBy(() -> OFFICE.withHolidays(days))
                .hasMessage("Expected at most 10000 holidays, but got 10001");
        assertThatThrownBy(() -> OFFICE.after(Instant.EPOCH, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OFFICE.before(Instant.EPOCH, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OFFICE.afterDays(Instant.EPOCH, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OFFICE.afterDays(Instant.EPOCH, WorkingCalendar.WORKING_DAYS_MAX + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void doesNotChangeWithWhatItWasMadeOf() {
        var hours = new ArrayList<>(List.of(Hours.ALL_DAY));
        var holidays = new ArrayList<>(List.of(LocalDate.of(2026, 1, 1)));
        var calendar = WorkingCalendar.of(BERLIN, Map.of(DayOfWeek.MONDAY, hours), holidays, Map.of());
        hours.clear();
        holidays.clear();
        assertThat(calendar)
                .isEqualTo(WorkingCalendar.of(
                        BERLIN,
                        Map.of(DayOfWeek.MONDAY, List.of(Hours.ALL_DAY)),
                        List.of(LocalDate.of(2026, 1, 1)),
                        Map.of()))
                .isNotEqualTo(calendar.withHolidays(List.of(LocalDate.of(2026, 1, 2))));
        assertThatThrownBy(() -> calendar.holidays().add(LocalDate.EPOCH))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> calendar.exceptions().put(LocalDate.EPOCH, List.of()))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> Collections.addAll(calendar.hours(LocalDate.of(2026, 1, 5)), Hours.ALL_DAY))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static Map<DayOfWeek, List<Hours>> everyDay(Hours hours) {
        var week = new java.util.EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
        for (var day : DayOfWeek.values()) {
            week.put(day, List.of(hours));
        }
        return week;
    }
}
