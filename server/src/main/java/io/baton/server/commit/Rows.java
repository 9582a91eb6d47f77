package io.baton.server.commit;

import io.baton.engine.codec.Encoder;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Rows for one statement: a single one may be sent as its values, any number as one array a column. Times travel as microseconds
 * since 1970, in which −1 is null: primitive arrays are sent in PostgreSQL's binary form.
 */
final class Rows {

    enum Type {
        BIGINT("bigint", true),
        INT("int", true),
        SMALLINT("smallint", true),
        TEXT("text", false),
        BYTES("bytea", false),
        TIME("bigint", true);

        private final String sql;

        /** Whether each value has the same length, so that one in the middle of an array is found without a search. */
        private final boolean fixed;

        Type(String sql, boolean fixed) {
            this.sql = sql;
            this.fixed = fixed;
        }
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

    /** The source of one row in SQL. */
    String one() {
        return "(values (" + Arrays.stream(types).map(type -> "?::" + type.sql).collect(Collectors.joining(", "))
                + "))";
    }

    /**
     * The source of any number of rows in SQL. The server keeps and joins a table for each array that it unnests; numbers
     * are picked from theirs instead.
     */
    String many() {
        var columns = new StringJoiner(", ");
        var unnested = new StringJoiner(", ");
        var names = new StringJoiner(", ");
        for (int column = 0; column < types.length; column++) {
            var array = "?::" + types[column].sql + "[]";
            if (isPicked(column)) {
                columns.add("(" + array + ")[i::int]");
            } else {
                unnested.add(array);
                names.add("c" + column);
                columns.add("c" + column);
            }
        }
        return "(select %s from unnest(%s) with ordinality as u (%s, i))".formatted(columns, unnested, names);
    }

    /** Something has to be unnested, to have rows at all. */
    private boolean isPicked(int column) {
        return types[column].fixed && (column > 0 || !Arrays.stream(types).allMatch(type -> type.fixed));
    }

    /** Sets the parameters from {@code first} on; returns the number of the next. */
    int bind(Connection connection, PreparedStatement statement, int first, boolean single) throws SQLException {
        int parameter = first;
        if (single) {
            for (int column = 0; column < types.length; column++) {
                setValue(statement, parameter++, column);
            }
            return parameter;
        }
        for (var picked : List.of(true, false)) { // as they come in the text
            for (int column = 0; column < types.length; column++) {
                if (isPicked(column) == picked) {
                    statement.setArray(parameter++, array(connection, column));
                }
            }
        }
        return parameter;
    }

    private void setValue(PreparedStatement statement, int parameter, int column) throws SQLException {
        switch (types[column]) {
            case BIGINT -> statement.setLong(parameter, (Long) value(0, column));
            case TIME -> statement.setLong(parameter, time(0, column));
            case INT, SMALLINT -> statement.setInt(parameter, (Integer) value(0, column));
            case BYTES -> statement.setBytes(parameter, (byte[]) rows.getFirst()[column]);
            case TEXT -> statement.setString(parameter, (String) rows.getFirst()[column]);
        }
    }

    private Array array(Connection connection, int column) throws SQLException {
        return switch (types[column]) {
            case BIGINT -> connection.unwrap(PGConnection.class).createArrayOf("int8", longs(column));
            case TIME -> connection.unwrap(PGConnection.class).createArrayOf("int8", times(column));
            case INT -> connection.unwrap(PGConnection.class).createArrayOf("int4", ints(column));
            case SMALLINT -> connection.unwrap(PGConnection.class).createArrayOf("int2", shorts(column));
            case BYTES -> connection.unwrap(PGConnection.class).createArrayOf("bytea", bytes(column));
            case TEXT -> connection.createArrayOf("text", texts(column));
        };
    }

    private long time(int row, int column) {
        return rows.get(row)[column] instanceof Instant at ? Encoder.micros(at) : NO_TIME;
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
            values[i] = time(i, column);
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
