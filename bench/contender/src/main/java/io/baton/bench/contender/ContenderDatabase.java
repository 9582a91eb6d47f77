package io.baton.bench.contender;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

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
        return new HikariDataSource(config);
    }
}
