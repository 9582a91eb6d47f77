package io.baton.server.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Opens Baton's database: the external one if a URL names it, or else a PostgreSQL of its own in a data folder. */
public final class Databases {

    /** The oldest PostgreSQL that has every SQL feature Baton uses. */
    static final int OLDEST_MAJOR = 15;

    private Databases() {}

    /**
     * Opens the database that the environment asks for.
     *
     * @param externalUrl the value of BATON_DATABASE_URL, or null or blank for an embedded one
     * @throws DatabaseRefused with a message for the operator
     */
    public static Database open(@Nullable String externalUrl, Path dataFolder) {
        return externalUrl == null || externalUrl.isBlank()
                ? embedded(dataFolder, PostgresOptions.durable())
                : external(DatabaseUrl.parse(externalUrl), OLDEST_MAJOR);
    }

    /** Starts a PostgreSQL of our own on the folder. */
    public static Database embedded(Path dataFolder, PostgresOptions options) {
        EmbeddedPostgres embedded = EmbeddedPostgres.start(dataFolder, options);
        return new Database(embedded.url(), embedded);
    }

    static Database external(DatabaseUrl url, int oldestMajor) {
        try (Connection connection = url.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select current_setting('server_version_num')::int / 10000, current_setting('server_version')")) {
            row.next();
            if (row.getInt(1) < oldestMajor) {
                throw new DatabaseRefused(
                        cannotUse(url),
                        "it is PostgreSQL " + row.getString(2) + " and Baton needs " + oldestMajor + " or newer",
                        "Upgrade that server, or unset BATON_DATABASE_URL to use Baton's own PostgreSQL");
            }
            return new Database(url, null);
        } catch (SQLException e) {
            throw new DatabaseRefused(cannotUse(url), reason(e), remedy(e), e);
        }
    }

    private static String cannotUse(DatabaseUrl url) {
        return "Baton cannot use the database " + url.place() + " of BATON_DATABASE_URL";
    }

    private static String reason(SQLException e) {
        return switch (String.valueOf(e.getSQLState())) {
            case "28P01", "28000" -> "the server refused the user or the password";
            case "3D000" -> "the server has no database of that name";
            case "08001", "08004", "08006" -> "the server could not be reached (" + e.getMessage() + ")";
            default -> e.getMessage() + " (SQL state " + e.getSQLState() + ")";
        };
    }

    private static String remedy(SQLException e) {
        return switch (String.valueOf(e.getSQLState())) {
            case "28P01", "28000" ->
                "Check the user and the password in BATON_DATABASE_URL, and the server's pg_hba.conf";
            case "3D000" -> "Create it on that server with CREATE DATABASE";
            default -> "Check the host and the port in BATON_DATABASE_URL, and that the server runs and listens there";
        };
    }
}
