package io.baton.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalDouble;

/**
 * Reads a contender's work off the PostgreSQL server: WAL, stored bytes, statements, CPU. WAL and CPU are the whole
 * server's, so only one contender may be at work at a time. Not safe for several threads.
 */
final class Meters implements AutoCloseable {
    private static final int RELOAD_CHECKS_MAX = 500;

    private static final String STORED_BYTES = """
            select coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'm')
              and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')""";

    private static final String LOADED_AT = "select pg_conf_load_time()::text";

    private final Connection contenders;
    private final Connection harness;
    private final String contendersName;
    private final PostgresCpu cpu;
    private final boolean canCount;

    /**
     * @param contenders the contender's own database
     * @param harness the harness's own database, where it may create its extension
     */
    Meters(Database contenders, Database harness) throws SQLException {
        this.contendersName = contenders.name();
        this.contenders = contenders.connect();
        this.harness = harness.connect();
        this.cpu = PostgresCpu.of(this.harness);
        this.canCount =
                Sql.number(this.harness, "select count(*) from pg_settings where name = 'pg_stat_statements.track'")
                        > 0;
        if (canCount) {
            Sql.run(this.harness, "create extension if not exists pg_stat_statements");
            setTracking("none");
        }
    }

    /** Frees what is dead and refreshes the planner's statistics, which a table that has just grown lacks. */
    void vacuum() throws SQLException {
        Sql.run(contenders, "vacuum (analyze)");
    }

    /** Writes out all that is dirty, so that no window pays for what was done before it. */
    void checkpoint() throws SQLException {
        Sql.run(contenders, "checkpoint");
    }

    /** Bytes of WAL since the cluster was made. */
    long walBytes() throws SQLException {
        return Sql.number(harness, "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint");
    }

    /** Tables, indexes and TOAST of the contender's database, after {@link #vacuum} without free tails. */
    long storedBytes() throws SQLException {
        return Sql.number(contenders, STORED_BYTES);
    }

    /** Of the whole server; empty where it runs elsewhere. */
    OptionalDouble cpuMillis() {
        return cpu.millis();
    }

    /** False where the server has not loaded {@code pg_stat_statements}. */
    boolean canCount() {
        return canCount;
    }

    /** Counting costs the server time, so it is on only between this and {@link #stopCounting}. */
    void startCounting() throws SQLException {
        setTracking("top");
        Sql.run(harness, "select pg_stat_statements_reset()");
    }

    /**
     * Statements that the contender's database has executed since {@link #startCounting}, as the server saw them: each
     * row of a JDBC batch is one, a multi-row insert is one, commits are none.
     */
    long stopCounting() throws SQLException {
        long statements = Sql.number(harness, """
                        select coalesce(sum(calls), 0)::bigint from pg_stat_statements
                        where dbid = (select oid from pg_database where datname = '%s')
                          and query !~* '^(begin|commit|rollback)'""".formatted(contendersName));
        setTracking("none");
        return statements;
    }

    /**
     * The server tells its sessions one after the other, in no order that is documented. It takes the second reload up
     * when it has told all of them of the first, so once this session knows of that, every other heeds the first before
     * its next statement.
     */
    private void setTracking(String level) throws SQLException {
        Sql.run(harness, "alter system set pg_stat_statements.track = '" + level + "'");
        reload();
        reload();
        String tracks = Sql.text(harness, "select current_setting('pg_stat_statements.track')");
        if (!level.equals(tracks)) {
            throw new IllegalStateException(
                    "Expected to be able to set pg_stat_statements.track to %s but it is %s".formatted(level, tracks));
        }
    }

    private void reload() throws SQLException {
        String before = Sql.text(harness, LOADED_AT);
        Sql.run(harness, "select pg_reload_conf()");
        for (int i = 0; i < RELOAD_CHECKS_MAX; i++) {
            if (!before.equals(Sql.text(harness, LOADED_AT))) {
                return;
            }
            Sql.run(harness, "select pg_sleep(0.01)");
        }
        throw new IllegalStateException("Expected the server to load its settings anew");
    }

    @Override
    public void close() throws SQLException {
        try (contenders;
                harness) {
            if (canCount) {
                Sql.run(harness, "alter system reset pg_stat_statements.track");
                Sql.run(harness, "select pg_reload_conf()");
            }
        }
    }
}
