package io.baton.server.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Every statement of a batch, explained with the lanes' settings against the migrated schema. */
class ExplainTest {

    private static final Stage STAGE = new Stage();

    /** With sequential scans off, one in a plan means that no index answers the question. */
    private static final Pattern SCAN = Pattern.compile("Seq Scan on");

    /** A walk through a whole index is no better. */
    private static final Pattern INDEX_WALK = Pattern.compile("Index (Only )?Scan[^\\n]*\\n(?!\\s*Index Cond:)");

    @AfterAll
    static void closeStage() {
        STAGE.close();
    }

    @Test
    void everyStatementOfABatchFindsItsRowsByAnIndex() throws SQLException {
        var statements = new ArrayList<>(List.of(Batch.READ, Batch.LOCK, Batch.READ_STATE, Batch.KNOWN_KEYS));
        statements.addAll(Statements.all());
        try (var connection = Committer.open(STAGE.test.database()::connect)) {
            for (var sql : statements) {
                var plan = plan(connection, sql);
                assertThat(plan).as(sql).doesNotContainPattern(SCAN).doesNotContainPattern(INDEX_WALK);
            }
        }
        assertThat(statements).hasSizeGreaterThan(36);
    }

    /** The generic plan, which is what a lane's connection runs. */
    private static String plan(Connection connection, String sql) throws SQLException {
        var numbered = new StringBuilder();
        int parameter = 0;
        for (int i = 0; i < sql.length(); i++) {
            var character = sql.charAt(i);
            numbered.append(character == '?' ? "$" + ++parameter : String.valueOf(character));
        }
        var plan = new StringBuilder();
        try (var statement = connection.createStatement()) {
            // Nested, so that the driver leaves the numbered parameters alone.
            statement.execute("prepare explained as " + numbered);
            var nulls = String.join(", ", java.util.Collections.nCopies(parameter, "null"));
            try (var rows = statement.executeQuery("explain execute explained(" + nulls + ")")) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
            statement.execute("deallocate explained");
        }
        return plan.toString();
    }
}
