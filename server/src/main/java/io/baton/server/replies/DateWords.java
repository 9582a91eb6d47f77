package io.baton.server.replies;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * How a language names days. Weekdays from Monday, months from January, numbers from one; {@code before} and {@code after}
 * stand around a day without changing which it is, {@code noon} is the one time of day that has a name.
 */
record DateWords(
        List<Pattern> weekdays, List<Pattern> months, List<Pattern> numbers, List<Compiled> forms, Pattern mentioned) {

    enum Kind {
        TODAY,
        TOMORROW,
        OVERMORROW,
        WEEKDAY,
        /** Of this week. */
        THIS,
        /** The first after today. */
        COMING,
        /** Of next week, or the first after today: some say one, some the other. */
        NEXT,
        WEEKDAY_OF_NEXT_WEEK,
        IN_DAYS,
        IN_WORKING_DAYS,
        IN_WEEKS,
        END_OF_WEEK,
        END_OF_NEXT_WEEK,
        END_OF_MONTH,
        /** A day of a month, with or without the month, the year and the weekday. */
        DATE,
        /** The same, where it is a date only after a word that says so. */
        LED_DATE,
        /** Two numbers whose order depends on the country. */
        SLASHED
    }

    record Form(Kind kind, String pattern) {}

    /** With everything around it. */
    record Compiled(Kind kind, Pattern pattern) {}

    /** Numbers are written alike everywhere. "3.12" without its last dot could be an amount. */
    private static final List<Form> NUMERIC = List.of(
            new Form(Kind.DATE, "(?:{weekday},? )?{year}-{monthNumber}-{day}"),
            new Form(Kind.DATE, "(?:{weekday},? )?(?:the |den |dem |le |el )?{day}\\. ?{monthNumber}\\.(?: ?{year})?"),
            new Form(Kind.LED_DATE, "(?:{weekday},? )?(?:den |dem )?{day}\\.{monthNumber}"),
            new Form(Kind.DATE, "(?:{weekday},? )?{day}-{monthNumber}-{year}"),
            new Form(Kind.SLASHED, "(?:{weekday},? )?(?:the |le |el )?{first}/{second}(?:/{year})?"));

    private static final String TIME =
            "(?: |, ?)(?:(?:at|by|um|bis|gegen|à|a las|before|vor) )?(?<hour>\\d{1,2})(?:(?:[:.h]|h )(?<minute>\\d\\d))?"
                    + " ?(?<half>am|pm|a\\.m\\.|p\\.m\\.|uhr|h|heures|horas|(?<=\\d[:.h]\\d\\d))";

    DateWords(
            List<String> weekdays,
            List<String> months,
            List<String> numbers,
            String before,
            String after,
            String noon,
            List<Form> forms) {
        this(
                patterns(weekdays),
                patterns(months),
                patterns(numbers),
                java.util.stream.Stream.concat(forms.stream(), NUMERIC.stream())
                        .map(form -> new Compiled(
                                form.kind(),
                                Text.pattern("(?<before>(?:" + before + ") )?(?:"
                                        + fill(form.pattern(), weekdays, months, numbers) + ")(?:" + TIME
                                        + "|(?:,? )(?<noon>" + noon
                                        + "))?(?<after>,? (?:" + after + ")){0,2}")))
                        .toList(),
                Text.pattern(
                        "\\b(?:" + String.join("|", weekdays) + "|" + String.join("|", months) + ")\\b|\\d[./]\\d"));
    }

    private static List<Pattern> patterns(List<String> words) {
        return words.stream().map(word -> Text.pattern("(?:" + word + ")\\.?")).toList();
    }

    private static String fill(String pattern, List<String> weekdays, List<String> months, List<String> numbers) {
        return pattern.replace("{weekday}", "(?<weekday>(?:" + String.join("|", weekdays) + ")\\.?)")
                .replace("{month}", "(?<month>(?:" + String.join("|", months) + ")\\.?)")
                .replace("{n}", "(?<n>\\d{1,3}|" + String.join("|", numbers) + ")")
                .replace("{day}", "(?<day>\\d{1,2})")
                .replace("{monthNumber}", "(?<monthNumber>\\d{1,2})")
                .replace("{year}", "(?<year>\\d{4}|\\d\\d)")
                .replace("{first}", "(?<first>\\d{1,2})")
                .replace("{second}", "(?<second>\\d{1,2})");
    }

    /** From one; 0 where none of them is meant. */
    static int position(List<Pattern> words, String word) {
        return IntStream.range(0, words.size())
                        .filter(i -> words.get(i).matcher(word).matches())
                        .findFirst()
                        .orElse(-1)
                + 1;
    }

    static boolean has(Matcher matcher, String group) {
        return matcher.namedGroups().containsKey(group) && matcher.group(group) != null;
    }
}
