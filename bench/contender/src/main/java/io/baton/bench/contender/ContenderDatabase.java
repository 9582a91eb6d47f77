package io.baton.bench.contender;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;

/**
 * The database that belongs to one contender alone.
 *
 * @param url JDBC URL, with user and password as parameters
 * @param connectionsMax the most connections that the contender may open
 */
public record ContenderDatabase(String url, int connectionsMax) {

    /** A pool of fixed size, all of whose connections are open before the first case. */
    public HikariDataSource pool() {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(connectionsMax);
        config.setPoolName("contender");
        var pool = new HikariDataSource(config);
        fill(pool);
        return pool;
    }

    /** HikariCP opens all but the first in the background; what it does there would be measured. */
    private void fill(HikariDataSource pool) {
        var open = new ArrayList<Connection>();
        try {
            while (open.size() < connectionsMax) {
                open.add(pool.getConnection());
            }
            for (Connection connection : open) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Expected " + connectionsMax + " connections: " + e.getMessage(), e);
        }
    }
}
