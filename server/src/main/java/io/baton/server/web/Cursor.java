package io.baton.server.web;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Where a page ends, so that the next one can begin behind it: the sort keys of its last row, as text that callers pass
 * back and need not understand. It grants nothing, so it is neither signed nor secret, and what comes back is checked
 * like any input. Parts are of type String, Long and Instant.
 */
public final class Cursor {

    private static final int TEXT_MAX = 2_000;
    private static final int TYPE_STRING = 's';
    private static final int TYPE_LONG = 'l';
    private static final int TYPE_INSTANT = 'i';

    private final List<Object> parts;

    private Cursor(List<Object> parts) {
        this.parts = List.copyOf(parts);
    }

    public static Cursor of(Object... parts) {
        return new Cursor(List.of(parts));
    }

    /** Reads a cursor of exactly these types; anything else is the caller's fault and answered with 422. */
    static Cursor parse(String text, List<Class<?>> types) {
        try {
            var cursor = decode(text);
            var found = cursor.parts.stream().map(Object::getClass).toList();
            if (found.equals(types)) {
                return cursor;
            }
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            // not one of ours: answered below like any other cursor of the wrong kind
        }
        throw ProblemException.invalid("cursor", "is not one that this list gave");
    }

    private static Cursor decode(String text) throws IOException {
        if (text.length() > TEXT_MAX) {
            throw new IOException("too long");
        }
        try (var in = new DataInputStream(
                new ByteArrayInputStream(Base64.getUrlDecoder().decode(text)))) {
            var parts = new ArrayList<>();
            for (int type = in.read(); type != -1; type = in.read()) {
                parts.add(
                        switch (type) {
                            case TYPE_STRING -> in.readUTF();
                            case TYPE_LONG -> in.readLong();
                            case TYPE_INSTANT -> Instant.ofEpochSecond(in.readLong(), in.readInt());
                            default -> throw new IOException("no such type of part");
                        });
            }
            return new Cursor(parts);
        }
    }

    public String string(int part) {
        return (String) parts.get(part);
    }

    public long number(int part) {
        return (Long) parts.get(part);
    }

    public Instant instant(int part) {
        return (Instant) parts.get(part);
    }

    public String text() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            for (Object part : parts) {
                write(part, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    private static void write(Object part, DataOutputStream out) throws IOException {
        switch (part) {
            case String text -> {
                out.write(TYPE_STRING);
                out.writeUTF(text);
            }
            case Long number -> {
                out.write(TYPE_LONG);
                out.writeLong(number);
            }
            case Instant instant -> {
                out.write(TYPE_INSTANT);
                out.writeLong(instant.getEpochSecond());
                out.writeInt(instant.getNano());
            }
            default -> throw new IllegalArgumentException("a cursor has no parts of " + part.getClass());
        }
    }
}
