package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.api.Views.Items;
import io.baton.server.calendar.Calendars;
import io.baton.server.calendar.Country;
import io.baton.server.calendar.Holiday;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The public holidays that a calendar may take over, by country and region. */
@RestController
@RequestMapping("/api/holidays")
class HolidayRoutes {

    private final Calendars calendars;
    private final Clock clock;

    HolidayRoutes(Node node) {
        this.calendars = node.calendars();
        this.clock = node.clock();
    }

    record HolidayView(String date, String name) {

        static HolidayView of(Holiday holiday) {
            return new HolidayView(holiday.date().toString(), holiday.name());
        }
    }

    /** In the years that a calendar knows, around this one. */
    @GetMapping
    Items<HolidayView> holidays(
            @RequestParam String country,
            @RequestParam(required = false) @Nullable String region,
            @RequestParam(required = false) @Nullable Integer year) {
        var input = new Input();
        checkPlace(input, calendars, country, region);
        int now = clock.instant().atOffset(ZoneOffset.UTC).getYear();
        int asked = input.number(
                "year", year == null ? now : year, now - Calendars.YEARS_BACK, now + Calendars.YEARS_AHEAD);
        input.done();
        return new Items<>(calendars.holidays(country, region, asked).stream()
                .map(HolidayView::of)
                .toList());
    }

    record RegionView(String code, String name) {}

    record CountryView(String code, String name, List<RegionView> regions) {

        static CountryView of(Country country) {
            return new CountryView(
                    country.code(),
                    country.name(),
                    country.regions().stream()
                            .map(region -> new RegionView(region.code(), region.name()))
                            .toList());
        }
    }

    /** All of them, for a picker. */
    @GetMapping("/countries")
    Items<CountryView> countries() {
        return new Items<>(calendars.countries().stream().map(CountryView::of).toList());
    }

    static void checkPlace(Input input, Calendars calendars, @Nullable String country, @Nullable String region) {
        if (country != null && !calendars.knows(country, null)) {
            input.wrong("country", "is none whose holidays are known; it must be a code like DE");
        } else if (region != null && (country == null || !calendars.knows(country, region))) {
            input.wrong("region", "is none of that country; it must be a code like DE-BY");
        }
    }
}
