package io.baton.server.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database of its own for a test class, on one embedded PostgreSQL per test run. Migrations run once, into a
 * template that each database is copied from (some 50 ms). The server forgoes fsync; it stops with the JVM.
 *
 * <pre>
 * private static final TestDatabase DATABASE = TestDatabase.migrated();
 * &#64;AfterAll static void close() { DATABASE.close(); }
 * </pre>
 */
public final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Set<String> TEMPLATES = new TreeSet<>();

    private final String name;
    private final Database database;

    private TestDatabase(String name) {
        this.name = name;
        this.database = new Database(Server.DATABASE.url().withDatabase(name), null);
    }

    /** A database with Baton's own schema and no rows. */
    public static TestDatabase migrated() {
        return migrated(Database.MIGRATIONS);
    }

    /** A database with the schema of these migrations. */
    public static TestDatabase migrated(String... locations) {
        String template = "template_" + Integer.toHexString(List.of(locations).hashCode());
        synchronized (TEMPLATES) {
            if (!TEMPLATES.contains(template)) {
                administer("create database " + template);
                new Database(Server.DATABASE.url().withDatabase(template), null).migrate(locations);
                TEMPLATES.add(template);
            }
        }
        return copyOf(template);
    }

    /** A database with nothing in it. */
    public static TestDatabase empty() {
        return copyOf("template1");
    }

    private static TestDatabase copyOf(String template) {
        String name = "test_" + COUNT.incrementAndGet();
        administer("create database " + name + " template " + template);
        return new TestDatabase(name);
    }

    private static void administer(String sql) {
        try (Connection connection = Server.DATABASE.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public Database database() {
        return database;
    }

    /** Closes the pools and drops the database, whoever is still connected to it. */
    @Override
    public void close() {
        database.close();
        administer("drop database " + name + " with (force)");
    }

    /** Started by the first test that needs it. */
    private static final class Server {

        private static final Database DATABASE = start();

        private static Database start() {
            try {
                Path folder = Files.createTempDirectory(
                        "baton-test-",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
                Database database = Databases.embedded(folder.resolve("data"), PostgresOptions.forTests());
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(database, folder)));
                return database;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void stop(Database database, Path folder) {
            try {
                database.close();
                DataFolder.deleteTree(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
