package io.baton.bench;

import io.baton.bench.contender.Latencies;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The least that one durable command can cost on this server: one connection, one row of about 100 bytes, one commit.
 */
record CommitLimitSection() implements Section {
    private static final int WARM_UP_COMMITS = 500;
    private static final String PAYLOAD = "x".repeat(100);

    @Override
    public String key() {
        return "limit";
    }

    @Override
    public void measure(Rig rig, Report report) throws SQLException {
        rig.progress("limit: single-row commits");
        var latencies = new Latencies();
        try (Connection connection = rig.own().connect()) {
            Sql.run(connection, "create table commit_limit (id bigint primary key, payload text not null)");
            try (PreparedStatement insert = connection.prepareStatement("insert into commit_limit values (?, ?)")) {
                for (int i = 0; i < WARM_UP_COMMITS + rig.plan().commitsMax(); i++) {
                    insert.setLong(1, i);
                    insert.setString(2, PAYLOAD);
                    long began = System.nanoTime();
                    insert.executeUpdate();
                    if (i >= WARM_UP_COMMITS) {
                        latencies.add(System.nanoTime() - began);
                    }
                }
            }
            Sql.run(connection, "drop table commit_limit");
        }
        report.limit(latencies.percentile(0.5) / 1e6);
    }
}
