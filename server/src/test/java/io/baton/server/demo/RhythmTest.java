package io.baton.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RhythmTest {

    /** Work on weekdays from nine to five, and none at other times. */
    private static final Rhythm OFFICE = new Rhythm(office(), ZoneOffset.UTC);

    private static SequencedMap<DayOfWeek, List<Integer>> office() {
        var hours = IntStream.range(0, 24)
                .map(hour -> hour >= 9 && hour < 17 ? 10 : 0)
                .boxed()
                .toList();
        var week = new LinkedHashMap<DayOfWeek, List<Integer>>();
        for (var day : DayOfWeek.values()) {
            week.put(day, day.getValue() <= 5 ? hours : Collections.nCopies(24, 0));
        }
        return week;
    }

    @Test
    void whatIsLeftOnFridayEveningIsDoneOnMonday() {
        var friday = Instant.parse("2026-11-20T16:30:00Z");

        var done = OFFICE.after(friday, Duration.ofHours(8).toSeconds());

        assertThat(done).isBetween(Instant.parse("2026-11-23T09:00:00Z"), Instant.parse("2026-11-23T17:00:00Z"));
    }

    @Test
    void aWeekStaysAWeek() {
        var start = Instant.parse("2026-11-18T11:20:00Z");

        var later = OFFICE.after(start, Duration.ofDays(7).toSeconds());

        assertThat(Duration.between(start, later).toMinutes()).isCloseTo(7 * 24 * 60L, within(60L));
    }

    @Test
    void noTimeAtAllPassesAtOnce() {
        var saturday = Instant.parse("2026-11-21T03:00:00Z");

        assertThat(OFFICE.after(saturday, 0)).isEqualTo(saturday);
    }
}
