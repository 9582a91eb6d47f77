package io.baton.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Cursors come back as they went, and whatever else comes back is the caller's mistake. */
class CursorTest {

    private static final List<Class<?>> TYPES = List.of(Instant.class, Long.class, String.class);

    @Test
    void comesBackAsItWent() {
        var instant = Instant.parse("2026-11-22T18:00:00.123456Z");
        String text = Cursor.of(instant, Long.MIN_VALUE, "Zoë 💩 /?&=").text();
        assertThat(text).matches("[A-Za-z0-9_-]+");
        Cursor read = Cursor.parse(text, TYPES);
        assertThat(read.instant(0)).isEqualTo(instant);
        assertThat(read.number(1)).isEqualTo(Long.MIN_VALUE);
        assertThat(read.string(2)).isEqualTo("Zoë 💩 /?&=");
    }

    @Test
    void refusesTheCursorOfAnotherList() {
        String text = Cursor.of("name", "id").text();
        assertThatThrownBy(() -> Cursor.parse(text, List.of(String.class))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> Cursor.parse(text, List.of(String.class, Long.class)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void noBytesAreWorseThanAMistake() {
        long seed = 20261122;
        var random = new Random(seed);
        String good = Cursor.of(Instant.EPOCH, 7L, "x").text();
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder(good);
            for (int change = random.nextInt(4); change >= 0; change--) {
                text.setCharAt(random.nextInt(text.length()), (char) ('!' + random.nextInt(94)));
            }
            text.setLength(random.nextInt(text.length() + 1));
            try {
                Cursor.parse(text.toString(), TYPES);
            } catch (ProblemException e) {
                assertThat(e.problem().status())
                        .as("seed " + seed + ": " + text)
                        .isEqualTo(422);
            }
        }
    }
}
