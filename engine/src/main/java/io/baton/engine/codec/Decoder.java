package io.baton.engine.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Reads what {@link Encoder} wrote. Bytes that make no sense end in a {@link MalformedException}, never in a guess. */
public final class Decoder {

    private final Words words;
    private final byte[] bytes;
    private int at;

    public Decoder(Words words, byte[] bytes) {
        this.words = words;
        this.bytes = bytes;
    }

    public boolean hasMore() {
        return at < bytes.length;
    }

    public long unsigned() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= bytes.length) {
                throw new MalformedException("the bytes end within a number");
            }
            byte next = bytes[at++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedException("a number of more than 64 bits");
    }

    public int count() {
        long value = unsigned();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new MalformedException("a count of " + value);
        }
        return (int) value;
    }

    public long signed() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    public int signedInt() {
        long value = signed();
        if (value != (int) value) {
            throw new MalformedException("a number of " + value + " where 32 bits are enough");
        }
        return (int) value;
    }

    public @Nullable String string() {
        int head = count();
        if (head == 0) {
            return null;
        }
        return (head & 1) == 1 ? words.word(head >> 1) : new String(raw((head >> 1) - 1), StandardCharsets.UTF_8);
    }

    public String requiredString() {
        var value = string();
        if (value == null) {
            throw new MalformedException("a string is missing");
        }
        return value;
    }

    public @Nullable Instant time() {
        long head = unsigned();
        if (head == 0) {
            return null;
        }
        long zigzag = head - 1;
        return instant((zigzag >>> 1) ^ -(zigzag & 1));
    }

    public Instant requiredTime() {
        var value = time();
        if (value == null) {
            throw new MalformedException("a time is missing");
        }
        return value;
    }

    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }

    public <E extends Enum<E>> E constant(Class<E> type) {
        int number = count();
        var constants = type.getEnumConstants();
        if (number >= constants.length) {
            throw new MalformedException(type.getSimpleName() + " number " + number);
        }
        return constants[number];
    }

    public byte[] blob() {
        return raw(count());
    }

    public @Nullable Object value() {
        var kind = (int) raw(1)[0];
        return switch (kind) {
            case Encoder.NULL -> null;
            case Encoder.FALSE -> false;
            case Encoder.TRUE -> true;
            case Encoder.STRING -> requiredString();
            case Encoder.WHOLE -> BigDecimal.valueOf(signed());
            case Encoder.DECIMAL -> decimal();
            case Encoder.LIST -> list();
            case Encoder.MAP -> map();
            default -> throw new MalformedException("a value of kind " + kind);
        };
    }

    public List<@Nullable Object> list() {
        int size = fitting(count());
        var list = new ArrayList<@Nullable Object>(size);
        for (int i = 0; i < size; i++) {
            list.add(value());
        }
        return list;
    }

    public SequencedMap<String, @Nullable Object> map() {
        int size = fitting(count());
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < size; i++) {
            map.put(requiredString(), value());
        }
        return map;
    }

    private BigDecimal decimal() {
        int scale = signedInt();
        var unscaled = blob();
        if (unscaled.length == 0) {
            throw new MalformedException("a number without digits");
        }
        return new BigDecimal(new BigInteger(unscaled), scale);
    }

    /** Each element takes a byte at least: a count beyond that is damage, not a reason to allocate. */
    private int fitting(int count) {
        if (count > bytes.length - at) {
            throw new MalformedException("a count of " + count + " with " + (bytes.length - at) + " bytes left");
        }
        return count;
    }

    private byte[] raw(int size) {
        if (size < 0 || size > bytes.length - at) {
            throw new MalformedException("the bytes end early");
        }
        at += size;
        return Arrays.copyOfRange(bytes, at - size, at);
    }
}
