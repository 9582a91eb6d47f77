package io.baton.engine.calendar;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongBiFunction;

/**
 * Measures what one question to a calendar costs, over a month and over twenty years: nanoseconds and bytes allocated.
 * No test, because a test must not depend on the machine; run {@link #main} when the arithmetic changes.
 */
final class CalendarSpeed {

    private static final int QUESTIONS = 1 << 12;
    private static final int ROUNDS = 500;
    private static final int TIMES = 6;

    private CalendarSpeed() {}

    @SuppressWarnings("SystemOut") // a program for the command line
    public static void main(String[] arguments) {
        var calendar = WorkingCalendar.weekdays(ZoneId.of("Europe/Berlin"), LocalTime.of(9, 0), LocalTime.of(17, 0))
                .withHolidays(holidays())
                .withException(LocalDate.of(2026, 12, 24), List.of(Hours.parse("09:00-12:00")));
        report(
                "withHolidays",
                0,
                calendar,
                (from, _) -> calendar.withHolidays(List.of()).hashCode(),
                1);
        for (int days : List.of(30, 7_300)) {
            report(
                    "between",
                    days,
                    calendar,
                    (from, to) -> calendar.between(from, to).toSeconds());
            report(
                    "after",
                    days,
                    calendar,
                    (from, to) -> calendar.after(
                                    from, Duration.between(from, to).dividedBy(5))
                            .orElseThrow()
                            .getEpochSecond());
            report(
                    "before",
                    days,
                    calendar,
                    (from, to) -> calendar.before(to, Duration.between(from, to).dividedBy(5))
                            .orElseThrow()
                            .getEpochSecond());
            report(
                    "nextWorking",
                    days,
                    calendar,
                    (from, _) -> calendar.nextWorking(from).orElseThrow().getEpochSecond());
        }
    }

    private static List<LocalDate> holidays() {
        return new Random(1)
                .ints(250, 0, 21 * 365)
                .mapToObj(day -> LocalDate.of(2016, 1, 1).plusDays(day))
                .toList();
    }

    /** The best of some rounds, after the compiler is done. */
    private static void report(
            String name, int days, WorkingCalendar calendar, ToLongBiFunction<Instant, Instant> question) {
        report(name, days, calendar, question, ROUNDS);
    }

    private static void report(
            String name, int days, WorkingCalendar calendar, ToLongBiFunction<Instant, Instant> question, int rounds) {
        var random = new Random(2);
        var froms = new Instant[QUESTIONS];
        for (int i = 0; i < QUESTIONS; i++) {
            froms[i] = Instant.parse("2016-01-01T00:00:00Z").plusSeconds(random.nextInt(10 * 365 * 86_400));
        }
        var tos = new Instant[QUESTIONS];
        for (int i = 0; i < QUESTIONS; i++) {
            tos[i] = froms[i].plusSeconds(days * 86_400L + random.nextInt(86_400));
        }
        var memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long nanosBest = Long.MAX_VALUE;
        long bytes = 0;
        long check = 0;
        for (int time = 0; time < TIMES; time++) {
            long allocated = memory.getCurrentThreadAllocatedBytes();
            long begin = System.nanoTime();
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < QUESTIONS; i++) {
                    check += question.applyAsLong(froms[i], tos[i]);
                }
            }
            nanosBest = Math.min(nanosBest, System.nanoTime() - begin);
            bytes = memory.getCurrentThreadAllocatedBytes() - allocated;
        }
        long asked = (long) QUESTIONS * rounds;
        System.out.printf(
                "%-12s %5d days  %6.1f ns  %4d bytes  (%d in %s)%n",
                name, days, (double) nanosBest / asked, bytes / asked, check, calendar.zone());
    }
}
