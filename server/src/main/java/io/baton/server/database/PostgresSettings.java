package io.baton.server.database;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** The settings of the embedded PostgreSQL, and why they are not PostgreSQL's defaults. */
final class PostgresSettings {

    private static final SequencedMap<String, String> BATONS = new LinkedHashMap<>();

    static {
        // Reachable from this machine only, and only with the password.
        BATONS.put("listen_addresses", "127.0.0.1");
        BATONS.put("unix_socket_directories", "");
        BATONS.put("password_encryption", "scram-sha-256");
        BATONS.put("max_connections", "100");

        // What was acknowledged is durable.
        BATONS.put("fsync", "on");
        BATONS.put("synchronous_commit", "on");
        BATONS.put("full_page_writes", "on");

        // Few checkpoints: after each, the first change of a page writes the whole page. The bundle has no lz4.
        BATONS.put("checkpoint_timeout", "15min");
        BATONS.put("max_wal_size", "2GB");
        BATONS.put("min_wal_size", "256MB");
        BATONS.put("wal_compression", "pglz");

        BATONS.put("shared_buffers", "256MB");
        BATONS.put("work_mem", "16MB");
        BATONS.put("maintenance_work_mem", "128MB");
        BATONS.put("random_page_cost", "1.1"); // solid-state disks
        BATONS.put("jit", "off"); // short statements: compiling them costs more than it saves

        // No statement, parameter or row in the log: they are other people's data.
        BATONS.put("logging_collector", "on");
        BATONS.put("log_directory", "log");
        BATONS.put("log_filename", "postgresql-%a.log"); // a week, then overwritten
        BATONS.put("log_rotation_age", "1d");
        BATONS.put("log_rotation_size", "0");
        BATONS.put("log_truncate_on_rotation", "on");
        BATONS.put("log_min_messages", "warning");
        BATONS.put("log_min_error_statement", "panic");
        BATONS.put("log_error_verbosity", "terse");
        BATONS.put("log_line_prefix", "%m [%p] ");

        BATONS.put("timezone", "UTC");
        BATONS.put("log_timezone", "UTC");
        BATONS.put("lc_messages", "C");
        BATONS.put("default_text_search_config", "pg_catalog.simple");
        BATONS.put("cluster_name", "baton");
    }

    private PostgresSettings() {}

    static SequencedMap<String, String> merged(Map<String, String> overrides) {
        SequencedMap<String, String> merged = new LinkedHashMap<>(BATONS);
        merged.putAll(overrides);
        return merged;
    }
}
