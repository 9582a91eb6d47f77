package io.baton.server.demo;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody sees who answers: the variables, the time, and how often this was answered in the case before, so that
 * nothing goes round for ever. {@code who} is the person's name, or the system's.
 */
record Scene(
        Dice dice, Instant now, LocalDate today, SequencedMap<String, @Nullable Object> seen, int before, String who) {

    String text(String name) {
        return seen.get(name) instanceof String text ? text : "";
    }

    BigDecimal number(String name) {
        return seen.get(name) instanceof BigDecimal number ? number : BigDecimal.ZERO;
    }

    /** Less likely each time. */
    boolean chance(double probability) {
        return dice.chance(probability / (1 + 2 * before));
    }

    String pick(String... from) {
        return dice.pick(java.util.List.of(from));
    }

    /** What a form shows and gives back unchanged. */
    SequencedMap<String, @Nullable Object> same(String... names) {
        var same = new LinkedHashMap<String, @Nullable Object>();
        for (var name : names) {
            same.put(name, seen.get(name));
        }
        return same;
    }

    /** Names and values by turns. */
    static SequencedMap<String, @Nullable Object> given(@Nullable Object... namesAndValues) {
        var given = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            given.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return given;
    }
}
