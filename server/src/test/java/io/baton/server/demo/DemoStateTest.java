package io.baton.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.server.database.Database;
import io.baton.server.database.DatabaseRefused;
import io.baton.server.database.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DemoStateTest {

    private final TestDatabase database = TestDatabase.migrated();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aNewDatabaseIsEmpty() {
        assertThat(DemoState.of(database.database())).isEqualTo(DemoState.EMPTY);
    }

    @Test
    void aLoadThatWasCutShortIsRecognised() {
        DemoState.begin(database.database());

        assertThat(DemoState.of(database.database())).isEqualTo(DemoState.HALF);
    }

    @Test
    void aCompleteDemoIsNotLoadedAgain() {
        DemoState.begin(database.database());
        DemoState.complete(database.database());

        assertThat(DemoState.of(database.database())).isEqualTo(DemoState.COMPLETE);
    }

    @Test
    void anotherBatonIsRefused() throws SQLException {
        execute("insert into person (id, name, kind) values ('p1', 'Ada', 'member')");

        assertThatThrownBy(() -> DemoState.of(database.database()))
                .isInstanceOf(DatabaseRefused.class)
                .hasMessageContaining("not the demo");
    }

    @Test
    void aClearedDemoLeavesNothingAndNumbersStartAnew() throws SQLException {
        DemoState.begin(database.database());
        execute("select nextval('case_id')");

        DemoState.clear(database.database());
        assertThat(DemoState.of(database.database())).isEqualTo(DemoState.EMPTY);

        database.database().migrate(Database.MIGRATIONS);
        try (var connection = database.database().connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select nextval('case_id')")) {
            row.next();
            assertThat(row.getLong(1)).isEqualTo(1_000);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.database().connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
