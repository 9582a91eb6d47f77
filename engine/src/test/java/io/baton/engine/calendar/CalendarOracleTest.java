package io.baton.engine.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * 10,000 random calendars in all zones, compared with {@link MinuteOracle} to the microsecond, and held to what must be
 * true of working time over centuries. A failure names its seed: {@code -Dseed=N} runs it alone, {@code -Druns=N} runs
 * more or fewer.
 */
class CalendarOracleTest {

    private static final int QUESTIONS = 12;
    private static final Duration TICK = Duration.of(1, ChronoUnit.MICROS);

    private static LongStream seeds() {
        var seed = Long.getLong("seed");
        return seed != null ? LongStream.of(seed) : LongStream.range(0, Long.getLong("runs", 10_000));
    }

    private static void forEachSeed(Consumer<Random> check) {
        seeds().forEach(seed -> {
            try {
                check.accept(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + "\n" + e.getMessage(), e);
            }
        });
    }

    @Test
    void agreesWithWalkingEveryMinute() {
        forEachSeed(random -> {
            var asked = new RandomCalendar(random);
            var oracle = new MinuteOracle(asked.calendar, asked.start, asked.minutes);
            for (int minute = 0; minute < asked.minutes; minute++) {
                if (asked.calendar.isWorking(oracle.at(minute)) != oracle.isWorking(minute)) {
                    throw new AssertionError("isWorking at " + oracle.at(minute) + " of " + asked);
                }
            }
            for (int i = 0; i < QUESTIONS; i++) {
                compare(asked, oracle, random);
            }
        });
    }

    private static void compare(RandomCalendar asked, MinuteOracle oracle, Random random) {
        var calendar = asked.calendar;
        var one = asked.instant();
        var other = asked.instant();
        var from = one.isBefore(other) ? one : other;
        var to = one.isBefore(other) ? other : one;
        var worked = oracle.between(from, to);
        assertThat(calendar.between(from, to))
                .as("between %s and %s of %s", from, to, asked)
                .isEqualTo(worked);
        assertThat(calendar.between(to, from)).isEqualTo(worked.negated());

        // What ends exactly at an end of work, and what does not; some of it beyond the span.
        var length = random.nextBoolean()
                ? worked
                : Duration.ofSeconds(random.nextInt(400_000), random.nextInt(1_000) * 1_000L);
        var at = asked.instant();
        assertThat(within(asked, calendar.after(at, length)))
                .as("%s after %s of %s", length, at, asked)
                .isEqualTo(oracle.after(at, length));
        assertThat(within(asked, calendar.before(at, length)))
                .as("%s before %s of %s", length, at, asked)
                .isEqualTo(oracle.before(at, length));
        assertThat(calendar.nextWorking(at).filter(next -> next.isBefore(asked.end())))
                .as("next working after %s of %s", at, asked)
                .isEqualTo(oracle.nextWorking(at));

        int days = random.nextInt(8);
        oracle.afterDays(at, days)
                .ifPresent(expected -> assertThat(calendar.afterDays(at, days))
                        .as("%s days after %s of %s", days, at, asked)
                        .contains(expected));
    }

    /** What lies outside the span is nothing that the oracle could know. The end of its last minute still is. */
    private static Optional<Instant> within(RandomCalendar asked, Optional<Instant> answer) {
        return answer.filter(at -> !at.isBefore(asked.start) && !at.isAfter(asked.end()));
    }

    @Test
    void keepsItsPromisesOverCenturies() {
        forEachSeed(random -> {
            var asked = new RandomCalendar(random);
            var calendar = asked.calendar;
            var a = anyInstant(random);
            var b = anyInstant(random);
            var c = anyInstant(random);
            assertThat(calendar.between(a, b).plus(calendar.between(b, c)))
                    .as("%s, %s and %s of %s", a, b, c, asked)
                    .isEqualTo(calendar.between(a, c));

            var length = Duration.of(1 + random.nextLong(20_000_000_000_000L), ChronoUnit.MICROS);
            calendar.after(a, length)
                    .ifPresentOrElse(
                            end -> {
                                assertThat(calendar.between(a, end))
                                        .as("%s after %s of %s", length, a, asked)
                                        .isEqualTo(length);
                                assertThat(calendar.isWorking(end.minus(TICK)))
                                        .as("%s of %s", end, asked)
                                        .isTrue();
                            },
                            () -> assertThat(calendar.between(a, WorkingCalendar.LAST))
                                    .isLessThan(length));
            calendar.before(a, length)
                    .ifPresentOrElse(
                            begin -> {
                                assertThat(calendar.between(begin, a))
                                        .as("%s before %s of %s", length, a, asked)
                                        .isEqualTo(length);
                                assertThat(calendar.isWorking(begin))
                                        .as("%s of %s", begin, asked)
                                        .isTrue();
                            },
                            () -> assertThat(calendar.between(WorkingCalendar.FIRST, a))
                                    .isLessThan(length));
            calendar.nextWorking(a)
                    .ifPresentOrElse(
                            next -> {
                                assertThat(calendar.between(a, next)).isZero();
                                assertThat(calendar.isWorking(next))
                                        .as("%s of %s", next, asked)
                                        .isTrue();
                            },
                            () -> assertThat(calendar.between(a, WorkingCalendar.LAST))
                                    .isZero());
        });
    }

    private static Instant anyInstant(Random random) {
        return Instant.ofEpochSecond(
                random.nextLong(-2_208_988_800L, 30_000_000_000L), random.nextInt(1_000_000) * 1_000L);
    }
}
