package io.baton.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens databases by URL, against a real server. */
final class DatabasesTest {

    private static final String TEST_MIGRATION = "classpath:db/test-migration";
    private static final TestDatabase TEST = TestDatabase.migrated(TEST_MIGRATION);

    @AfterAll
    static void close() {
        TEST.close();
    }

    @Test
    void opensTheExternalDatabaseThatTheUrlNames(@TempDir Path data) throws Exception {
        DatabaseUrl url = TEST.database().url();
        for (String form : new String[] {"postgres://%s:%s@%s", "jdbc:postgresql://%3$s?user=%1$s&password=%2$s"}) {
            String text = form.formatted(url.user(), url.password(), url.place());
            try (Database database = Databases.open(text, data)) {
                assertThat(ask(database, "select current_database()")).isEqualTo(url.database());
                assertThat(database.serverPid()).isEmpty();
            }
        }
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void startsAnEmbeddedOneWhenNoUrlIsGiven(@TempDir Path temp) throws Exception {
        try (Database database = Databases.open(" ", temp.resolve("data"))) {
            assertThat(ask(database, "select current_setting('data_directory')"))
                    .isEqualTo(temp.toRealPath().resolve("data/postgres").toString());
            assertThat(ProcessHandle.of(database.serverPid().orElseThrow())
                            .orElseThrow()
                            .isAlive())
                    .isTrue();
        }
    }

    @Test
    void refusesAnOlderServer() {
        refuses(() -> Databases.external(TEST.database().url(), 19))
                .hasMessageContaining("it is PostgreSQL 18.")
                .hasMessageContaining("Baton needs 19 or newer");
    }

    @Test
    void refusesAWrongPasswordWithoutShowingIt() {
        DatabaseUrl url = TEST.database().url();
        refuses(() -> Databases.open("postgres://baton:se%40cret@" + url.place(), Path.of("unused")))
                .hasMessageContaining("refused the user or the password")
                .hasStackTraceContaining("BATON_DATABASE_URL");
    }

    @Test
    void refusesADatabaseThatTheServerDoesNotHave() {
        refuses(() -> Databases.external(TEST.database().url().withDatabase("elsewhere"), 15))
                .hasMessageContaining("/elsewhere")
                .hasMessageContaining("no database of that name");
    }

    @Test
    void refusesAServerThatIsNotThere() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        refuses(() -> Databases.open("postgres://u:se%40cret@127.0.0.1:" + port + "/db", Path.of("unused")))
                .hasMessageContaining("could not be reached");
    }

    @Test
    void migratesOnceAndOnlyWhatIsMissing() throws SQLException {
        try (TestDatabase fresh = TestDatabase.empty()) {
            fresh.database().migrate(TEST_MIGRATION);
            execute(fresh.database(), "insert into word values ('kept')");
            fresh.database().migrate(TEST_MIGRATION);
            assertThat(ask(fresh.database(), "select text from word")).isEqualTo("kept");
            assertThatThrownBy(() -> fresh.database().migrate("classpath:db/no-such-folder"))
                    .isInstanceOf(FlywayException.class);
        }
    }

    @Test
    void givesEveryTestADatabaseOfItsOwn() throws SQLException {
        try (TestDatabase one = TestDatabase.migrated(TEST_MIGRATION);
                TestDatabase other = TestDatabase.migrated(TEST_MIGRATION)) {
            execute(one.database(), "insert into word values ('only here')");
            assertThat(ask(other.database(), "select count(*) from word")).isEqualTo("0");
        }
    }

    @Test
    void handsOutPoolsThatEndWithTheDatabase() throws SQLException {
        TestDatabase fresh = TestDatabase.empty();
        var pool = fresh.database().pool("test", 3);
        try (Connection connection = pool.getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
        }
        fresh.close();
        assertThat(pool.isClosed()).isTrue();
    }

    @Test
    void refusesADiskWithTooLittleRoom(@TempDir Path temp) throws IOException {
        long room = Files.getFileStore(temp).getTotalSpace();
        refuses(() -> Databases.embedded(
                        temp.resolve("data"), PostgresOptions.durable().withFreeBytesMin(room * 2)))
                .hasMessageContaining("is full")
                .hasMessageContaining("MB needed");
    }

    @Test
    void refusesAFolderThatHoldsSomethingElse(@TempDir Path temp) throws IOException {
        Files.writeString(temp.resolve("letter.txt"), "Dear all");
        refuses(() -> Databases.open(null, temp))
                .hasMessageContaining("not a Baton data folder")
                .hasMessageContaining("letter.txt");
        assertThat(temp).isDirectoryNotContaining("glob:**baton*");
    }

    @Test
    void refusesAFileInPlaceOfTheFolder(@TempDir Path temp) throws IOException {
        Path file = Files.writeString(temp.resolve("letter.txt"), "Dear all");
        refuses(() -> Databases.open(null, file)).hasMessageContaining("it is not a folder");
    }

    @Test
    void refusesTheFilesOfAnotherMajorVersion(@TempDir Path temp) throws IOException {
        Files.writeString(temp.resolve("baton-data.properties"), "format=1\n");
        Files.createDirectory(temp.resolve("postgres"));
        Files.writeString(temp.resolve("postgres/PG_VERSION"), "17\n");
        refuses(() -> Databases.open(null, temp))
                .hasMessageContaining("written by PostgreSQL 17 and this Baton brings PostgreSQL 18");
        refuses(() -> Databases.open(null, temp)).hasMessageContaining("17"); // the claim was given back
    }

    @Test
    void refusesAFolderWhosePasswordWasLost(@TempDir Path temp) throws IOException {
        Files.writeString(temp.resolve("baton-data.properties"), "format=1\n");
        Files.createDirectory(temp.resolve("postgres"));
        Files.writeString(temp.resolve("postgres/PG_VERSION"), "18\n");
        refuses(() -> Databases.open(null, temp)).hasMessageContaining("postgres.password is missing");
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refuses(ThrowingCallable act) {
        return assertThatThrownBy(act)
                .isInstanceOf(DatabaseRefused.class)
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("cret"));
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
