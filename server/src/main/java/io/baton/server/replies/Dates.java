package io.baton.server.replies;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Reads a day that somebody names, in full or not at all: what could be one of two days is none.
 *
 * @param today the day on which it was written
 * @param earliest what is before it has passed
 */
record Dates(LocalDate today, LocalDate earliest, List<Locale> languages) {

    /** Without a year, a day further away is more likely one that has passed. */
    private static final int DAYS_MAX = 184;

    private static final int DAYS_WITH_YEAR_MAX = 366;

    /** Countries that write the month first; of a person whose country is unknown, English does not say it. */
    private static final Set<String> MONTH_FIRST = Set.of("US", "PH", "PR");

    /** Nobody works at 3 at night, and few say "15". */
    private static final int LATEST_UNCLEAR_HOUR = 6;

    record Day(LocalDate date, @Nullable LocalTime time) {}

    /** {@code folded}: all of it has to be the day. */
    Optional<Day> read(String folded, Language language) {
        var text = folded.replaceFirst("[\\s!;,)]+$", "");
        return attempt(text, language)
                .or(() -> text.endsWith(".")
                        ? attempt(text.substring(0, text.length() - 1), language)
                        : Optional.empty());
    }

    /** Whether all of a text is a day, whichever. */
    boolean names(String folded, Language language) {
        return language.dates().forms().stream()
                .anyMatch(form -> form.pattern().matcher(folded).matches());
    }

    /** Whether a day of the week or a month is named anywhere in it. */
    boolean mentions(String folded, Language language) {
        return language.dates().mentioned().matcher(folded).find();
    }

    private Optional<Day> attempt(String text, Language language) {
        for (var form : language.dates().forms()) {
            var matcher = form.pattern().matcher(text);
            if (matcher.matches()) {
                return day(form.kind(), matcher, language.dates());
            }
        }
        return Optional.empty();
    }

    private Optional<Day> day(DateWords.Kind kind, Matcher matcher, DateWords words) {
        try {
            var date = date(kind, matcher, words);
            var timed = matcher.group("hour") != null;
            var time = timed ? time(matcher) : matcher.group("noon") != null ? LocalTime.NOON : null;
            if (date == null || (timed && time == null) || date.isBefore(earliest) || date.isBefore(today)) {
                return Optional.empty();
            }
            boolean withYear = DateWords.has(matcher, "year");
            return date.isAfter(today.plusDays(withYear ? DAYS_WITH_YEAR_MAX : DAYS_MAX))
                    ? Optional.empty()
                    : Optional.of(new Day(date, time));
        } catch (DateTimeException e) {
            return Optional.empty(); // 31 February, 25 o'clock
        }
    }

    private @Nullable LocalDate date(DateWords.Kind kind, Matcher matcher, DateWords words) {
        return switch (kind) {
            case TODAY -> today;
            case TOMORROW -> today.plusDays(1);
            case OVERMORROW -> today.plusDays(2);
            case WEEKDAY -> weekday(matcher, words) == today.getDayOfWeek() ? null : after(today, matcher, words);
            case THIS -> thisWeek(weekday(matcher, words));
            case COMING -> after(today, matcher, words);
            case NEXT -> {
                var coming = after(today, matcher, words);
                yield coming.isBefore(nextMonday()) ? null : coming;
            }
            case WEEKDAY_OF_NEXT_WEEK -> nextMonday().with(TemporalAdjusters.nextOrSame(weekday(matcher, words)));
            case IN_DAYS -> today.plusDays(number(matcher, words));
            case IN_WORKING_DAYS -> workingDays(number(matcher, words));
            case IN_WEEKS -> today.plusWeeks(number(matcher, words));
            case END_OF_WEEK -> thisWeek(DayOfWeek.FRIDAY, true);
            case END_OF_NEXT_WEEK -> nextMonday().plusDays(4);
            case END_OF_MONTH -> endOfMonth(matcher, words);
            case DATE -> calendarDate(matcher, words);
            case LED_DATE ->
                matcher.group("before") == null && !DateWords.has(matcher, "weekday")
                        ? null
                        : calendarDate(matcher, words);
            case SLASHED -> slashed(matcher, words);
        };
    }

    // Days of the week

    private static DayOfWeek weekday(Matcher matcher, DateWords words) {
        return DayOfWeek.of(DateWords.position(words.weekdays(), matcher.group("weekday")));
    }

    private static LocalDate after(LocalDate day, Matcher matcher, DateWords words) {
        return day.with(TemporalAdjusters.next(weekday(matcher, words)));
    }

    private LocalDate nextMonday() {
        return today.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
    }

    private @Nullable LocalDate thisWeek(DayOfWeek day) {
        return thisWeek(day, false);
    }

    private @Nullable LocalDate thisWeek(DayOfWeek day, boolean orToday) {
        int ahead = day.getValue() - today.getDayOfWeek().getValue();
        return ahead > 0 || (orToday && ahead == 0) ? today.plusDays(ahead) : null;
    }

    // Counting

    private static int number(Matcher matcher, DateWords words) {
        var word = matcher.group("n");
        return Character.isDigit(word.charAt(0)) ? Integer.parseInt(word) : DateWords.position(words.numbers(), word);
    }

    private LocalDate workingDays(int count) {
        var day = today;
        for (int left = Math.min(count, DAYS_MAX); left > 0; ) {
            day = day.plusDays(1);
            left -= day.getDayOfWeek().getValue() <= DayOfWeek.FRIDAY.getValue() ? 1 : 0;
        }
        return day;
    }

    private LocalDate endOfMonth(Matcher matcher, DateWords words) {
        if (!DateWords.has(matcher, "month")) {
            return today.with(TemporalAdjusters.lastDayOfMonth());
        }
        var first = today.withDayOfMonth(1).withMonth(DateWords.position(words.months(), matcher.group("month")));
        return (first.isBefore(today.withDayOfMonth(1)) ? first.plusYears(1) : first)
                .with(TemporalAdjusters.lastDayOfMonth());
    }

    // Calendar dates

    private @Nullable LocalDate calendarDate(Matcher matcher, DateWords words) {
        int day = Integer.parseInt(matcher.group("day"));
        if (DateWords.has(matcher, "month")) {
            return dated(matcher, words, DateWords.position(words.months(), matcher.group("month")), day);
        }
        if (DateWords.has(matcher, "monthNumber")) {
            return dated(matcher, words, Integer.parseInt(matcher.group("monthNumber")), day);
        }
        var month = day >= today.getDayOfMonth() ? today : today.plusMonths(1);
        return agreeing(matcher, words, month.withDayOfMonth(day));
    }

    private @Nullable LocalDate slashed(Matcher matcher, DateWords words) {
        int first = Integer.parseInt(matcher.group("first"));
        int second = Integer.parseInt(matcher.group("second"));
        var monthFirst = first > 12 ? Boolean.FALSE : (second > 12 || first == second) ? Boolean.TRUE : monthFirst();
        return monthFirst == null
                ? null
                : dated(matcher, words, monthFirst ? first : second, monthFirst ? second : first);
    }

    /** Null where it is not known. */
    private @Nullable Boolean monthFirst() {
        if (languages.isEmpty()) {
            return null;
        }
        var locale = languages.getFirst();
        if (!locale.getLanguage().equals("en")) {
            return false;
        }
        return locale.getCountry().isEmpty() ? null : (Boolean) MONTH_FIRST.contains(locale.getCountry());
    }

    private @Nullable LocalDate dated(Matcher matcher, DateWords words, int month, int day) {
        if (DateWords.has(matcher, "year")) {
            int year = Integer.parseInt(matcher.group("year"));
            return agreeing(matcher, words, LocalDate.of(year < 100 ? 2000 + year : year, month, day));
        }
        var thisYear = LocalDate.of(today.getYear(), month, day);
        return agreeing(matcher, words, thisYear.isBefore(today) ? thisYear.plusYears(1) : thisYear);
    }

    /** Null where a weekday is named that the day is not. */
    private static @Nullable LocalDate agreeing(Matcher matcher, DateWords words, LocalDate date) {
        return DateWords.has(matcher, "weekday") && weekday(matcher, words) != date.getDayOfWeek() ? null : date;
    }

    // Times

    private static @Nullable LocalTime time(Matcher matcher) {
        int hour = Integer.parseInt(matcher.group("hour"));
        int minute = matcher.group("minute") == null ? 0 : Integer.parseInt(matcher.group("minute"));
        var half = matcher.group("half");
        if (half.startsWith("a") || half.startsWith("p")) {
            return hour < 1 || hour > 12 ? null : LocalTime.of(hour % 12 + (half.startsWith("p") ? 12 : 0), minute);
        }
        return hour <= LATEST_UNCLEAR_HOUR ? null : LocalTime.of(hour, minute);
    }
}
