package io.baton.engine.codec;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes values one behind the other. Numbers are LEB128 varints, signed ones zigzag; a string is a word's number or its
 * UTF-8 bytes; times are microseconds since 1970. {@link Decoder} reads them back in the same order.
 */
public final class Encoder {

    static final int NULL = 0;
    static final int FALSE = 1;
    static final int TRUE = 2;
    static final int STRING = 3;
    static final int WHOLE = 4;
    static final int DECIMAL = 5;
    static final int LIST = 6;
    static final int MAP = 7;

    private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    private final Words words;
    private byte[] bytes = new byte[256];
    private int length;

    public Encoder(Words words) {
        this.words = words;
    }

    public byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    public int length() {
        return length;
    }

    public void unsigned(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    public void signed(long value) {
        unsigned((value << 1) ^ (value >> 63));
    }

    /** Null is 0; a word's number n is 2n + 1; else 2 × (length + 1), then the bytes. */
    public void string(@Nullable String value) {
        if (value == null) {
            unsigned(0);
            return;
        }
        int number = words.number(value);
        if (number >= 0) {
            unsigned(2L * number + 1);
            return;
        }
        var utf8 = value.getBytes(StandardCharsets.UTF_8);
        unsigned(2L * (utf8.length + 1));
        raw(utf8);
    }

    public void time(@Nullable Instant value) {
        if (value == null) {
            unsigned(0);
        } else {
            unsigned(1 + ((micros(value) << 1) ^ (micros(value) >> 63)));
        }
    }

    public static long micros(Instant value) {
        return Math.addExact(Math.multiplyExact(value.getEpochSecond(), 1_000_000L), value.getNano() / 1_000);
    }

    /** One of an enum's constants, by its position: constants are only ever added at the end. */
    public <E extends Enum<E>> void constant(Class<E> type, E value) {
        unsigned(List.of(type.getEnumConstants()).indexOf(value));
    }

    public void blob(byte[] value) {
        unsigned(value.length);
        raw(value);
    }

    /** A value in JSON's shapes, see {@link io.baton.engine.expression.Expression}. */
    public void value(@Nullable Object value) {
        switch (value) {
            case null -> tag(NULL);
            case Boolean truth -> tag(truth ? TRUE : FALSE);
            case String text -> {
                tag(STRING);
                string(text);
            }
            case BigDecimal number -> number(number);
            case List<?> list -> {
                tag(LIST);
                unsigned(list.size());
                list.forEach(this::value);
            }
            case Map<?, ?> map -> {
                tag(MAP);
                map(map);
            }
            default ->
                throw new IllegalArgumentException(
                        "no variable can hold a " + value.getClass().getName());
        }
    }

    public void map(Map<?, ?> map) {
        unsigned(map.size());
        map.forEach((name, value) -> {
            string((String) name);
            value(value);
        });
    }

    private void number(BigDecimal number) {
        if (number.scale() == 0 && number.compareTo(LONG_MIN) >= 0 && number.compareTo(LONG_MAX) <= 0) {
            tag(WHOLE);
            signed(number.longValueExact());
        } else {
            tag(DECIMAL);
            signed(number.scale());
            blob(number.unscaledValue().toByteArray());
        }
    }

    private void tag(int tag) {
        room(1);
        bytes[length++] = (byte) tag;
    }

    private void raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), bytes.length * 2));
        }
    }
}
