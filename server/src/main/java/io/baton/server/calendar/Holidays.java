package io.baton.server.calendar;

import de.focus_shift.jollyday.core.CalendarHierarchy;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.Year;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Public holidays by country and region, from the library jollyday, which no other class knows. It has no data of
 * some twenty countries, most of them with a lunisolar calendar, such as China, Korea and Israel. Observances that are no
 * days off are left out. Each country's file is read when it is first asked for, some 2 ms each.
 */
final class Holidays {

    /** Two letters: the library also has stock exchanges. */
    private static final int CODE_LENGTH = 2;

    /** A country or one of its regions; the path is what the library calls the way from the country to the region. */
    private record Place(String code, String name, List<String> path) {}

    private final SequencedMap<String, String> countryNames = new TreeMap<>();

    /** By country, each first itself and then all its regions by code. */
    private final Map<String, SequencedMap<String, Place>> places = new ConcurrentHashMap<>();

    Holidays() {
        HolidayManager.getSupportedCalendarCodes().stream()
                .filter(code -> code.length() == CODE_LENGTH)
                .forEach(code -> countryNames.put(code, Locale.of("", code).getDisplayCountry(Locale.ENGLISH)));
    }

    /** By name, their regions too. */
    List<Country> countries() {
        return countryNames.entrySet().stream()
                .map(country -> new Country(country.getKey(), country.getValue(), regions(country.getKey())))
                .sorted(Comparator.comparing(Country::name))
                .toList();
    }

    private List<Country.Region> regions(String country) {
        return placesOf(country).values().stream()
                .skip(1)
                .map(place -> new Country.Region(place.code(), place.name()))
                .sorted(Comparator.comparing(Country.Region::name))
                .toList();
    }

    boolean knows(String country) {
        return countryNames.containsKey(country);
    }

    boolean knows(String country, String region) {
        return !region.equals(country) && place(country, region).isPresent();
    }

    /** Those of these years, in order; none in a place that is not known. */
    List<Holiday> of(String country, @Nullable String region, int firstYear, int lastYear) {
        return place(country, region).stream()
                .flatMap(place -> holidays(country, place, firstYear, lastYear))
                .distinct()
                .sorted(Comparator.comparing(Holiday::date).thenComparing(Holiday::name))
                .toList();
    }

    /** A holiday may be observed in the year before or after it: New Year's Day of 2028 on the Friday before. */
    private static Stream<Holiday> holidays(String country, Place place, int firstYear, int lastYear) {
        var path = place.path().toArray(String[]::new);
        return IntStream.rangeClosed(firstYear - 1, lastYear + 1)
                .mapToObj(year -> manager(country).getHolidays(Year.of(year), HolidayType.PUBLIC_HOLIDAY, path))
                .flatMap(holidays -> holidays.stream()
                        .map(holiday -> new Holiday(holiday.getDate(), holiday.getDescription(Locale.ROOT))))
                .filter(holiday ->
                        firstYear <= holiday.date().getYear() && holiday.date().getYear() <= lastYear);
    }

    private Optional<Place> place(String country, @Nullable String region) {
        return knows(country)
                ? Optional.ofNullable(placesOf(country).get(region == null ? country : region))
                : Optional.empty();
    }

    private SequencedMap<String, Place> placesOf(String country) {
        return places.computeIfAbsent(country, Holidays::read);
    }

    private static SequencedMap<String, Place> read(String country) {
        var places = new LinkedHashMap<String, Place>();
        places.put(country, new Place(country, country, List.of()));
        addRegions(places, manager(country).getCalendarHierarchy(), country, "", List.of());
        return places;
    }

    private static void addRegions(
            SequencedMap<String, Place> places, CalendarHierarchy parent, String code, String name, List<String> path) {
        parent.getChildren().forEach((key, child) -> {
            var childCode = code + "-" + key.toUpperCase(Locale.ROOT);
            var childName = name + child.getDescription(Locale.ROOT);
            var childPath = Stream.concat(path.stream(), Stream.of(key)).toList();
            places.put(childCode, new Place(childCode, childName, childPath));
            addRegions(places, child, childCode, childName + ", ", childPath);
        });
    }

    private static HolidayManager manager(String country) {
        return HolidayManager.getInstance(ManagerParameters.create(country));
    }
}
