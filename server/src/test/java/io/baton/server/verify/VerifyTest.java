package io.baton.server.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.Crew;
import io.baton.server.Node;
import io.baton.server.commit.Committer;
import io.baton.server.commit.Deciding;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.TestDatabase;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clean after a random history; and no column of any table can be changed without being named. */
class VerifyTest {

    private static final long SEED = Long.getLong("seed", 20_261_122L);

    private static final List<String> TABLES = List.of(
            "cases",
            "journal",
            "migration",
            "task",
            "job",
            "timer",
            "subscription",
            "incident",
            "incident_closed",
            "step",
            "delivery");

    /**
     * A lease is between workers and the database, as is when to try next and a transaction's number; the journal knows
     * nothing of it.
     */
    private static final Set<String> NOT_FROM_THE_JOURNAL = Set.of(
            "job.worker", "job.leased_until", "delivery.due_at", "delivery.attempts", "delivery.digest", "journal.tx");

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final Node NODE = new Node(DATABASE.database(), LocalWorkers.NONE, Clock.systemUTC());
    private static final Committer COMMITTER = new Committer(
            DATABASE.database()::connect,
            NODE.pool(),
            new Deciding(NODE.deployments(), Crew::new, LocalWorkers.NONE, NODE.clock()),
            Committer.LANES);
    private static final RandomHistory HISTORY = history();

    private static RandomHistory history() {
        try {
            var history = new RandomHistory(NODE, COMMITTER, SEED);
            history.commands(1_800);
            return history;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @AfterAll
    static void close() {
        COMMITTER.close();
        NODE.close();
        DATABASE.close();
    }

    @Test
    void aRandomHistoryIsClean() {
        var report = verify();

        assertThat(report.first()).as("seed %d", SEED).isEmpty();
        assertThat(report.isClean()).isTrue();
        assertThat(report.entries()).isEqualTo(HISTORY.done());
        assertThat(HISTORY.refused()).as("chance also asks for what may not be").isPositive();
        assertThat(TABLES)
                .allSatisfy(table -> assertThat(count(table)).as(table).isPositive());
    }

    static Stream<String> columns() {
        return NODE
                .jdbc()
                .sql("""
                        select table_name || '.' || column_name from information_schema.columns
                        where table_schema = 'public' and table_name = any(?) order by 1""")
                .param(TABLES.toArray(String[]::new))
                .query((row, _) -> row.getString(1))
                .list()
                .stream()
                .filter(column -> !NOT_FROM_THE_JOURNAL.contains(column));
    }

    @ParameterizedTest
    @MethodSource("columns")
    void namesTheCaseWhoseColumnWasChanged(String column) {
        var table = column.substring(0, column.indexOf('.'));
        var name = column.substring(column.indexOf('.') + 1);
        inATransactionThatIsUndone(() -> {
            var id = change(table, name, changed(table, name));

            assertThat(verify().first())
                    .anySatisfy(problem -> assertThat(problem)
                            .startsWith("case " + id + ": ")
                            .containsIgnoringCase(word(table, name)));
        });
    }

    static Stream<String> nullable() {
        return NODE
                .jdbc()
                .sql("""
                        select table_name || '.' || column_name from information_schema.columns
                        where table_schema = 'public' and table_name = any(?) and is_nullable = 'YES' order by 1""")
                .param(TABLES.toArray(String[]::new))
                .query((row, _) -> row.getString(1))
                .list()
                .stream()
                .filter(column -> !NOT_FROM_THE_JOURNAL.contains(column));
    }

    @ParameterizedTest
    @MethodSource("nullable")
    void namesTheCaseWhoseColumnWasEmptied(String column) {
        var table = column.substring(0, column.indexOf('.'));
        var name = column.substring(column.indexOf('.') + 1);
        inATransactionThatIsUndone(() -> {
            var id = change(table, name, "null");

            assertThat(verify().first())
                    .anySatisfy(problem -> assertThat(problem)
                            .startsWith("case " + id + ": ")
                            .containsIgnoringCase(word(table, name)));
        });
    }

    static List<String> tables() {
        return TABLES;
    }

    @ParameterizedTest
    @MethodSource("tables")
    void namesTheCaseThatARowIsMissingOf(String table) {
        inATransactionThatIsUndone(() -> {
            var id = NODE.jdbc()
                    .sql("delete from %1$s where ctid = (select ctid from %1$s order by ctid limit 1) returning %2$s"
                            .formatted(table, caseId(table)))
                    .query((row, _) -> row.getLong(1))
                    .single();

            assertThat(verify().first())
                    .anySatisfy(problem -> assertThat(problem).startsWith("case " + id + ": "));
        });
    }

    @ParameterizedTest
    @MethodSource("tables")
    void namesTheCaseThatARowWasAddedTo(String table) {
        var key = table.equals("cases") ? "id" : "case_id";
        inATransactionThatIsUndone(() -> {
            var columns = columns(table);
            var values = columns.stream()
                    .map(column -> column.equals(key) ? "777777777" : column)
                    .toList();
            NODE.jdbc()
                    .sql("insert into %1$s (%2$s) select %3$s from %1$s limit 1"
                            .formatted(table, String.join(", ", columns), String.join(", ", values)))
                    .update();

            assertThat(verify().first())
                    .anySatisfy(problem -> assertThat(problem).startsWith("case 777777777: "));
        });
    }

    @Test
    void findsTwoEntriesThatHaveChangedPlaces() {
        var id = longest();
        inATransactionThatIsUndone(() -> {
            sql("update journal set seq = 1000 where case_id = ? and seq = 2", id);
            sql("update journal set seq = 2 where case_id = ? and seq = 3", id);
            sql("update journal set seq = 3 where case_id = ? and seq = 1000", id);

            assertThat(verify().first())
                    .containsExactly("case " + id + ": entry 2 has been changed: its hash does not match");
        });
    }

    @Test
    void findsTwoHashesThatHaveChangedPlaces() {
        var id = longest();
        inATransactionThatIsUndone(() -> {
            sql("""
                    update journal j set hash = o.hash from journal o
                    where j.case_id = ? and o.case_id = j.case_id and j.seq in (2, 3) and o.seq = 5 - j.seq""", id);

            assertThat(verify().first())
                    .containsExactly("case " + id + ": entry 2 has been changed: its hash does not match");
        });
    }

    @Test
    void findsAnEntryMissingInTheMiddleAndOneAtTheEnd() {
        var id = longest();
        inATransactionThatIsUndone(() -> {
            sql("delete from journal where case_id = ? and seq = 2", id);
            assertThat(verify().first()).containsExactly("case " + id + ": entry 2 is missing");
        });
        inATransactionThatIsUndone(() -> {
            sql(
                    "delete from journal where case_id = ? and seq = (select entries from cases where id = journal.case_id)",
                    id);
            assertThat(verify().first())
                    .anySatisfy(problem ->
                            assertThat(problem).startsWith("case " + id + ": entries: the journal leads to"));
        });
    }

    // Changing

    /** Changes one row in which the column has a value; returns the number of the case. */
    private static long change(String table, String column, String value) {
        return NODE.jdbc()
                .sql("""
                        update %1$s t set %2$s = %3$s from (
                            select ctid as place, %4$s as id from %1$s where %2$s is not null
                            order by %4$s desc limit 1) r
                        where t.ctid = r.place returning r.id""".formatted(table, column, value, caseId(table)))
                .query((row, _) -> row.getLong(1))
                .single();
    }

    private static String changed(String table, String column) {
        var type = NODE.jdbc()
                .sql("select data_type from information_schema.columns where table_name = ? and column_name = ?")
                .param(table)
                .param(column)
                .query((row, _) -> row.getString(1))
                .single();
        return switch (type) {
            case "text" -> "t." + column + " || 'x'";
            case "bytea" ->
                "set_byte(t.%1$s, length(t.%1$s) - 1, get_byte(t.%1$s, length(t.%1$s) - 1) # 1)".formatted(column);
            case "timestamp with time zone" -> "t." + column + " + interval '1 microsecond'";
            case "bigint" -> "t." + column + " + 1000000000";
            case "integer", "smallint" -> "t." + column + " + 1";
            case "boolean" -> "not t." + column;
            case "ARRAY" -> "t.%1$s || t.%1$s[1]".formatted(column);
            default -> throw new IllegalStateException("a column of type " + type);
        };
    }

    /** By what word the report names the place. */
    private static String word(String table, String column) {
        return switch (table) {
            case "journal" -> "entr";
            case "cases" ->
                switch (column) {
                    case "id" -> "rows in journal, but there is no such case";
                    default -> column.replace("_id", "").replace("_at", "");
                };
            case "delivery" -> "deliveries";
            case "incident_closed" -> "closed incidents";
            default -> table;
        };
    }

    private static String caseId(String table) {
        return table.equals("cases") ? "id" : "case_id";
    }

    private static List<String> columns(String table) {
        return NODE.jdbc()
                .sql(
                        "select column_name from information_schema.columns where table_schema = 'public' and table_name = ?")
                .param(table)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private static long longest() {
        return NODE.jdbc()
                .sql("select id from cases order by entries desc, id limit 1")
                .query((row, _) -> row.getLong(1))
                .single();
    }

    private static long count(String table) {
        return NODE.jdbc()
                .sql("select count(*) from " + table)
                .query((row, _) -> row.getLong(1))
                .single();
    }

    private static void sql(String sql, long id) {
        assertThat(NODE.jdbc().sql(sql).param(id).update()).isPositive();
    }

    private static void inATransactionThatIsUndone(Runnable work) {
        NODE.transaction().executeWithoutResult(status -> {
            work.run();
            status.setRollbackOnly();
        });
    }

    private static Verify.Report verify() {
        return new Verify(NODE.jdbc(), NODE.transaction(), NODE.deployments()).run(_ -> {});
    }
}
