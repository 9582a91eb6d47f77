package io.baton.server.directory;

import java.math.BigDecimal;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How somebody works and is reached. Without a time zone or a calendar of their own, people have those of the first of
 * their teams, by key, that has one; without any of them they work round the clock, in UTC.
 *
 * @param timeZone an IANA name such as {@code Europe/Berlin}
 * @param calendar the key of a working calendar
 * @param quietFrom with {@code quietUntil}: when not to be disturbed, in the person's time zone, over midnight if it is
 *     later; days off by the calendar are quiet as well. Both or neither
 * @param manager who follows them when they leave, and approves where a process asks for the manager
 * @param usualWork how many tasks they have on a usual day: loads are compared against it
 * @param channels in the order in which they like to be reached; none where nobody knows
 * @param locale a BCP 47 language tag such as {@code pt-BR}
 * @param ratePerHour in the organisation's currency
 */
public record Profile(
        @Nullable String timeZone,
        @Nullable String calendar,
        @Nullable LocalTime quietFrom,
        @Nullable LocalTime quietUntil,
        @Nullable String manager,
        int usualWork,
        List<String> skills,
        List<Channel> channels,
        @Nullable String locale,
        @Nullable BigDecimal ratePerHour) {

    public static final int USUAL_WORK_DEFAULT = 10;
    public static final int USUAL_WORK_MAX = 1000;
    public static final int SKILLS_MAX = 50;
    public static final int SKILL_CHARACTERS_MAX = 60;
    public static final int LOCALE_CHARACTERS_MAX = 35;
    public static final BigDecimal RATE_MAX = new BigDecimal("9999999.99");

    public static final Profile UNKNOWN =
            new Profile(null, null, null, null, null, USUAL_WORK_DEFAULT, List.of(), List.of(), null, null);

    /** A way to reach a person. */
    public enum Channel {
        MAIL,
        /** Slack or Microsoft Teams, whichever knows them. */
        CHAT,
        SMS,
        WEB,
        API;

        static Channel of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Profile {
        skills = List.copyOf(skills);
        channels = List.copyOf(channels);
    }
}
