package io.baton.server.commit;

import io.baton.engine.codec.Encoder;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows for one multi-row statement, sent as one array a column. Times travel as microseconds since 1970, in which −1 is
 * null: primitive arrays are sent in PostgreSQL's binary form.
 */
final class Rows {

    enum Type {
        BIGINT,
        INT,
        SMALLINT,
        TEXT,
        BYTES,
        TIME
    }

    private static final long NO_TIME = -1;

    private final Type[] types;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    Rows(Type... types) {
        this.types = types;
    }

    void add(@Nullable Object... row) {
        if (row.length != types.length) {
            throw new IllegalArgumentException(row.length + " values for " + types.length + " columns");
        }
        rows.add(row);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    int size() {
        return rows.size();
    }

    int columns() {
        return types.length;
    }

    Array column(Connection connection, int column) throws SQLException {
        return switch (types[column]) {
            case BIGINT -> connection.unwrap(org.postgresql.PGConnection.class).createArrayOf("int8", longs(column));
            case TIME -> connection.unwrap(org.postgresql.PGConnection.class).createArrayOf("int8", times(column));
            case INT -> connection.unwrap(org.postgresql.PGConnection.class).createArrayOf("int4", ints(column));
            case SMALLINT ->
                connection.unwrap(org.postgresql.PGConnection.class).createArrayOf("int2", shorts(column));
            case BYTES -> connection.unwrap(org.postgresql.PGConnection.class).createArrayOf("bytea", bytes(column));
            case TEXT -> connection.createArrayOf("text", texts(column));
        };
    }

    private Object value(int row, int column) {
        var value = rows.get(row)[column];
        if (value == null) {
            throw new IllegalStateException("column " + column + " may not be null");
        }
        return value;
    }

    private long[] longs(int column) {
        var values = new long[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (Long) value(i, column);
        }
        return values;
    }

    private long[] times(int column) {
        var values = new long[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows.get(i)[column] instanceof Instant at ? Encoder.micros(at) : NO_TIME;
        }
        return values;
    }

    private int[] ints(int column) {
        var values = new int[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (Integer) value(i, column);
        }
        return values;
    }

    private short[] shorts(int column) {
        var values = new short[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = ((Integer) value(i, column)).shortValue();
        }
        return values;
    }

    private byte[] @Nullable [] bytes(int column) {
        var values = new byte[rows.size()] @Nullable [];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte[]) rows.get(i)[column];
        }
        return values;
    }

    private @Nullable Object[] texts(int column) {
        var values = new @Nullable String[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (String) rows.get(i)[column];
        }
        return values;
    }
}
