package io.baton.server.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * An open PostgreSQL database: hands out connections and pools and brings the schema up to date. Closing it closes its
 * pools and, if Baton started the server, stops the server; so close it last.
 */
public final class Database implements AutoCloseable {

    /** Where Baton's own migrations are. */
    public static final String MIGRATIONS = "classpath:db/migration";

    private final DatabaseUrl url;
    private final @Nullable EmbeddedPostgres embedded;
    private final List<HikariDataSource> pools = new ArrayList<>();

    Database(DatabaseUrl url, @Nullable EmbeddedPostgres embedded) {
        this.url = url;
        this.embedded = embedded;
    }

    public DatabaseUrl url() {
        return url;
    }

    /** A new connection outside every pool; the caller closes it. */
    public Connection connect() throws SQLException {
        return source().getConnection();
    }

    private DataSource source() {
        return embedded == null ? url.dataSource() : new Explaining(url.dataSource(), embedded);
    }

    /** Says why there is no connection where the embedded server cannot. */
    private static final class Explaining extends DelegatingDataSource {

        private final EmbeddedPostgres embedded;

        Explaining(DataSource source, EmbeddedPostgres embedded) {
            super(source);
            this.embedded = embedded;
        }

        @Override
        public Connection getConnection() throws SQLException {
            try {
                return super.getConnection();
            } catch (SQLException e) {
                throw embedded.explained(e);
            }
        }
    }

    /** A pool of at most so many connections, opened as they are needed. */
    public synchronized HikariDataSource pool(String name, int connectionsMax) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source());
        config.setMaximumPoolSize(connectionsMax);
        config.setMinimumIdle(Math.min(2, connectionsMax));
        HikariDataSource pool = new HikariDataSource(config);
        pools.add(pool);
        return pool;
    }

    /** Runs the migrations that are still missing, each in its own transaction. */
    public void migrate(String... locations) {
        Flyway.configure()
                .dataSource(url.dataSource())
                .locations(locations)
                .cleanDisabled(true)
                .failOnMissingLocations(true)
                .load()
                .migrate();
    }

    /** The process number of the server that Baton started, or empty for an external one. */
    public OptionalLong serverPid() {
        return embedded == null ? OptionalLong.empty() : OptionalLong.of(embedded.pid());
    }

    @Override
    public synchronized void close() {
        pools.forEach(HikariDataSource::close);
        if (embedded != null) {
            embedded.close();
        }
    }
}
