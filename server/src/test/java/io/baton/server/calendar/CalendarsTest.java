package io.baton.server.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.engine.calendar.Hours;
import io.baton.engine.calendar.WorkingCalendar;
import io.baton.server.calendar.Calendar.SpecialDate;
import io.baton.server.database.TestDatabase;
import io.baton.server.web.TestClock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Calendars are kept as they were given, and what is counted with is never older than they are, on any node. */
class CalendarsTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final JdbcClient SQL = JdbcClient.create(DATABASE.database().pool("test", 2));
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final List<Hours> OFFICE = List.of(Hours.parse("09:00-12:00"), Hours.parse("13:00-18:00"));

    private final TestClock clock = new TestClock();
    private final Calendars calendars = new Calendars(SQL, clock);

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    private static Calendar calendar(String key, @Nullable String country, @Nullable String region) {
        var week = new TreeMap<DayOfWeek, List<Hours>>();
        List.of(DayOfWeek.values()).subList(0, 5).forEach(day -> week.put(day, OFFICE));
        return new Calendar(key, "Calendar " + key, BERLIN, week, country, region, List.of());
    }

    @Test
    void areKeptAsTheyWereGiven() {
        var given = new Calendar(
                "kept",
                "Kept \"as is\"",
                ZoneId.of("Australia/Lord_Howe"),
                Map.of(DayOfWeek.SUNDAY, List.of(Hours.ALL_DAY), DayOfWeek.MONDAY, List.of()),
                "AU",
                "AU-NSW",
                List.of(
                        new SpecialDate(LocalDate.of(2026, 12, 24), OFFICE, "Christmas Eve"),
                        new SpecialDate(LocalDate.of(2026, 12, 23), List.of(), null)));
        calendars.put(given);
        assertThat(calendars.get("kept")).contains(given);
        calendars.put(calendar("kept", null, null));
        assertThat(calendars.get("kept")).contains(calendar("kept", null, null));
        assertThat(calendars.remove("kept")).isTrue();
        assertThat(calendars.get("kept")).isEmpty();
        assertThat(calendars.workingCalendar("kept")).isEmpty();
        assertThat(calendars.remove("kept")).isFalse();
    }

    @Test
    void areListedByNameAfterTheLastOneSeen() {
        for (var key : List.of("list-c", "list-a", "list-b")) {
            calendars.put(calendar(key, null, null));
        }
        var seen = new ArrayList<String>();
        for (var page = calendars.list("Calendar list-", "", 2);
                !page.isEmpty();
                page = calendars.list(page.getLast().name(), page.getLast().key(), 2)) {
            page.forEach(calendar -> seen.add(calendar.key()));
        }
        assertThat(seen).startsWith("list-a", "list-b", "list-c");
    }

    @Test
    void takeOverTheHolidaysOfTheirRegion() {
        calendars.put(calendar("bavaria", "DE", "DE-BY"));
        calendars.put(calendar("berlin", "DE", "DE-BE"));
        calendars.put(calendar("nowhere", null, null));
        var epiphany = LocalDate.of(2026, 1, 6); // a Tuesday
        assertThat(working("bavaria").hours(epiphany)).isEmpty();
        assertThat(working("berlin").hours(epiphany)).isEqualTo(OFFICE);
        assertThat(working("berlin").hours(LocalDate.of(2026, 4, 6)))
                .as("Easter Monday")
                .isEmpty();
        assertThat(working("nowhere").holidays()).isEmpty();
        assertThat(working("bavaria").between(at("2026-01-05T00:00:00Z"), at("2026-01-08T00:00:00Z")))
                .isEqualTo(Duration.ofHours(16));
    }

    @Test
    void anExceptionOverridesAHoliday() {
        var plain = calendar("working-holiday", "DE", null);
        calendars.put(new Calendar(
                plain.key(),
                plain.name(),
                plain.zone(),
                plain.week(),
                plain.country(),
                plain.region(),
                List.of(new SpecialDate(LocalDate.of(2026, 12, 25), List.of(Hours.parse("10:00-12:00")), "Harvest"))));
        assertThat(working("working-holiday").hours(LocalDate.of(2026, 12, 25)))
                .containsExactly(Hours.parse("10:00-12:00"));
    }

    @Test
    void knowTheHolidaysOfTheYearsAroundThisOne() {
        calendars.put(calendar("moving", "DE", null));
        int year = clock.instant().atOffset(ZoneOffset.UTC).getYear();
        assertThat(working("moving").holidays())
                .contains(LocalDate.of(year - Calendars.YEARS_BACK, 1, 1))
                .contains(LocalDate.of(year + Calendars.YEARS_AHEAD, 12, 26))
                .doesNotContain(LocalDate.of(year - Calendars.YEARS_BACK - 1, 1, 1))
                .doesNotContain(LocalDate.of(year + Calendars.YEARS_AHEAD + 1, 1, 1));
        clock.advance(Duration.ofDays(366));
        assertThat(working("moving").holidays()).contains(LocalDate.of(year + Calendars.YEARS_AHEAD + 1, 1, 1));
    }

    @Test
    void areComputedOnceForEachVersionAndNeverFromAnOldOne() {
        var elsewhere = new Calendars(SQL, clock);
        calendars.put(calendar("shared", "DE", null));
        var first = working("shared");
        assertThat(working("shared")).isSameAs(first);
        elsewhere.put(calendar("shared", "FR", null));
        assertThat(working("shared").holidays()).contains(LocalDate.of(2026, 7, 14));
        assertThat(elsewhere.remove("shared")).isTrue();
        assertThat(calendars.workingCalendar("shared")).isEmpty();
        elsewhere.put(calendar("shared", "DE", null));
        assertThat(working("shared")).isEqualTo(first);
    }

    @Test
    void refuseAPlaceWhoseHolidaysNobodyKnows() {
        for (var place : List.of(
                List.of("XX"),
                List.of("de"),
                List.of("CN"),
                List.of("NYSE"),
                List.of("DE", "DE-XX"),
                List.of("DE", "BY"),
                List.of("DE", "FR-67"),
                List.of("DE", "DE"),
                List.of("DE", ""))) {
            var region = place.size() == 1 ? null : place.getLast();
            assertThat(calendars.knows(place.getFirst(), region))
                    .as("%s", place)
                    .isFalse();
            assertThatThrownBy(() -> calendars.put(calendar("refused", place.getFirst(), region)))
                    .as("%s", place)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> calendar("refused", null, "DE-BY")).isInstanceOf(IllegalArgumentException.class);
        assertThat(calendars.get("refused")).isEmpty();
    }

    @Test
    void countriesHaveTheirRegionsAndTheCitiesWithHolidaysOfTheirOwn() {
        var countries = calendars.countries();
        assertThat(countries).hasSizeGreaterThan(200).extracting(Country::name).isSorted();
        assertThat(countries).allSatisfy(country -> {
            assertThat(country.code()).matches("[A-Z]{2}");
            assertThat(country.regions()).allSatisfy(region -> {
                assertThat(region.code()).startsWith(country.code() + "-").isUpperCase();
                assertThat(region.name()).isNotBlank();
                assertThat(calendars.knows(country.code(), region.code())).isTrue();
            });
        });
        var germany = countries.stream()
                .filter(country -> country.code().equals("DE"))
                .findFirst()
                .orElseThrow();
        assertThat(germany.name()).isEqualTo("Germany");
        assertThat(germany.regions())
                .contains(new Country.Region("DE-BY", "Bavaria"), new Country.Region("DE-BY-AG", "Bavaria, Augsburg"));
        assertThat(calendars.holidays("DE", "DE-BY-AG", 2026))
                .extracting(Holiday::date)
                .contains(LocalDate.of(2026, 8, 8), LocalDate.of(2026, 1, 6));
    }

    @Test
    void holidaysAreInOrderAndOnTheDateOnWhichTheyAreObserved() {
        assertThat(calendars.holidays("US", null, 2027))
                .extracting(Holiday::date)
                .isSorted()
                .contains(LocalDate.of(2027, 7, 5)) // the Fourth is a Sunday
                .contains(LocalDate.of(2027, 12, 31)) // New Year's Day of 2028 is a Saturday
                .allMatch(date -> date.getYear() == 2027);
        assertThat(calendars.holidays("AT", null, 2026))
                .as("Christmas Eve is observed, but no day off")
                .extracting(Holiday::date)
                .doesNotContain(LocalDate.of(2026, 12, 24));
        assertThat(calendars.holidays("XX", null, 2026)).isEmpty();
    }

    @Test
    void namesDoNotDependOnTheLanguageOfTheMachine() {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(new Calendars(SQL, clock).holidays("DE", "DE-BY", 2026))
                    .contains(new Holiday(LocalDate.of(2026, 1, 6), "Epiphany"));
        } finally {
            Locale.setDefault(before);
        }
    }

    private WorkingCalendar working(String key) {
        return calendars.workingCalendar(key).orElseThrow();
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }
}
