package io.baton.server.demo;

import io.baton.server.database.Database;
import io.baton.server.database.DatabaseRefused;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a database holds, as far as the demo is concerned. A mark in the table {@code setting} says that the demo was begun
 * and, after its last case, that it is complete; so a load that was cut short is recognised.
 */
enum DemoState {
    EMPTY,
    /** The load was cut short. */
    HALF,
    COMPLETE;

    private static final String MARK = "demo-load";
    private static final String BEGUN = "begun";
    private static final String DONE = "complete";

    private static final String HAS_TABLES =
            "select exists (select from pg_tables where schemaname = current_schema() and tablename = 'setting')";

    private static final String IS_USED =
            "select exists (select from person) or exists (select from process) or exists (select from cases)";

    /** Refuses a database that holds something else. */
    static DemoState of(Database database) {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            if (!isTrue(statement, HAS_TABLES)) {
                return EMPTY;
            }
            return switch (mark(statement)) {
                case BEGUN -> HALF;
                case DONE -> COMPLETE;
                default -> {
                    if (isTrue(statement, IS_USED)) {
                        throw new DatabaseRefused(
                                "The demo cannot use this data folder",
                                "it holds a Baton that is not the demo",
                                "Choose another folder with --data or BATON_DEMO_DATA");
                    }
                    yield EMPTY;
                }
            };
        } catch (SQLException e) {
            throw new IllegalStateException("The database could not be looked at", e);
        }
    }

    private static String mark(Statement statement) throws SQLException {
        try (var row = statement.executeQuery("select value from setting where name = '" + MARK
                + "' and exists (select from setting where name =" + " 'demo' and value = 'true')")) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private static boolean isTrue(Statement statement, String sql) throws SQLException {
        try (var row = statement.executeQuery(sql)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** Only after {@link #of} has found a demo: everything goes, and numbers start anew. */
    static void clear(Database database) {
        execute(database, "drop schema public cascade; create schema public");
    }

    static void begin(Database database) {
        mark(database, BEGUN);
    }

    static void complete(Database database) {
        mark(database, DONE);
    }

    private static void mark(Database database, String value) {
        execute(
                database,
                "insert into setting (name, value) values ('demo', 'true'), ('" + MARK + "', '" + value
                        + "') on conflict (name) do update set value = excluded.value");
    }

    private static void execute(Database database, String sql) {
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("The demo could not write to its database", e);
        }
    }
}
