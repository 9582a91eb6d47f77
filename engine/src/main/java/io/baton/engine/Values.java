package io.baton.engine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Variables as the engine holds them: JSON's shapes, numbers as {@link BigDecimal} in one canonical form so that equal
 * numbers are equal. Whatever comes from outside passes through here, and through its limits.
 */
public final class Values {

    /** Lists within lists; deeper is a mistake or an attack. */
    public static final int DEPTH_MAX = 32;

    public static final int NAME_LENGTH_MAX = 255;

    /** {@link #size} of all variables given with one command. */
    public static final int SIZE_MAX = 1_000_000;

    /** Digits before or after the point: 1E+999999999 is small as text and huge as a number. */
    private static final int SCALE_MAX = 100;

    /** A value that no variable can hold. */
    public static final class Unfit extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Unfit(String message) {
            super(message);
        }
    }

    private int size;

    private Values() {}

    /** A copy in canonical form. */
    public static SequencedMap<String, @Nullable Object> variables(Map<?, ?> given) {
        return new Values().map(given, 0);
    }

    /** How much they are to keep: each value, and each character of a text, name or number, counts one. */
    public static long size(Map<?, ?> variables) {
        long size = 0;
        for (var variable : variables.entrySet()) {
            size += ((String) variable.getKey()).length() + size(variable.getValue());
        }
        return size;
    }

    static long size(@Nullable Object value) {
        return switch (value) {
            case String text -> 1 + text.length();
            case BigDecimal number -> 1 + number.precision();
            case List<?> list -> {
                long size = 1;
                for (var element : list) {
                    size += size(element);
                }
                yield size;
            }
            case Map<?, ?> map -> 1 + size(map);
            case null, default -> 1;
        };
    }

    /** Attributes of logs and tables come as text; what reads as a number is one. */
    public static Object numberOrText(String text) {
        if (!text.matches("-?\\d{1,30}(\\.\\d{1,30})?")) {
            return text;
        }
        return canonical(new BigDecimal(text));
    }

    private @Nullable Object value(@Nullable Object value, int depth) {
        if (depth > DEPTH_MAX) {
            throw new Unfit("Expected values to nest at most " + DEPTH_MAX + " deep");
        }
        grow(1);
        return switch (value) {
            case null -> null;
            case Boolean truth -> truth;
            case String text -> {
                grow(text.length());
                requireStorable(text);
                yield text;
            }
            case BigDecimal number -> counted(canonical(number));
            case BigInteger number -> counted(canonical(new BigDecimal(number)));
            case Integer number -> counted(BigDecimal.valueOf(number.longValue()));
            case Long number -> counted(BigDecimal.valueOf(number));
            case Double number -> counted(canonical(finite(number)));
            case List<?> list -> list(list, depth);
            case Map<?, ?> map -> map(map, depth);
            default ->
                throw new Unfit("No variable can hold a " + value.getClass().getSimpleName());
        };
    }

    /** Titles, keys and names are made of values, and PostgreSQL's text holds every character but this. */
    private static void requireStorable(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new Unfit("Expected text without the character U+0000");
        }
    }

    private List<@Nullable Object> list(List<?> given, int depth) {
        var list = new ArrayList<@Nullable Object>(given.size());
        for (var element : given) {
            list.add(value(element, depth + 1));
        }
        return list;
    }

    private SequencedMap<String, @Nullable Object> map(Map<?, ?> given, int depth) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        given.forEach((name, value) -> {
            if (!(name instanceof String text) || text.isEmpty() || text.length() > NAME_LENGTH_MAX) {
                throw new Unfit("Expected names of 1 to " + NAME_LENGTH_MAX + " characters");
            }
            grow(text.length());
            requireStorable(text);
            map.put(text, value(value, depth + 1));
        });
        return map;
    }

    private BigDecimal counted(BigDecimal number) {
        grow(number.precision());
        return number;
    }

    private static BigDecimal finite(Double number) {
        if (number.isNaN() || number.isInfinite()) {
            throw new Unfit("Expected a finite number");
        }
        return BigDecimal.valueOf(number);
    }

    private static BigDecimal canonical(BigDecimal number) {
        if (number.signum() == 0) {
            return BigDecimal.ZERO;
        }
        var stripped = number.stripTrailingZeros();
        if (Math.abs((long) stripped.scale()) > SCALE_MAX || stripped.precision() > SCALE_MAX) {
            throw new Unfit("Expected a number of at most " + SCALE_MAX + " digits");
        }
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private void grow(int more) {
        size += more;
        if (size > SIZE_MAX) {
            throw new Unfit("Expected variables of at most " + SIZE_MAX + " characters and values in all");
        }
    }
}
