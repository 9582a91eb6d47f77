package io.baton.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PostgreSQL database by its JDBC URL, user and password among its parameters. Printed without the parameters, which
 * may hold a password.
 */
record Database(String url) {
    private static final Pattern URL = Pattern.compile("(jdbc:postgresql://[^/?]+/)([^?]*)(\\?.*)?");

    Database {
        if (!URL.matcher(url).matches()) {
            throw new IllegalArgumentException("Expected jdbc:postgresql://HOST[:PORT]/DATABASE[?user=…&password=…]");
        }
    }

    /** Another database of the same server, same user. */
    Database named(String name) {
        Matcher parts = parts();
        String parameters = parts.group(3) == null ? "" : parts.group(3);
        return new Database(parts.group(1) + name + parameters);
    }

    String name() {
        return parts().group(2);
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url);
    }

    private Matcher parts() {
        Matcher matcher = URL.matcher(url);
        matcher.matches();
        return matcher;
    }

    @Override
    public String toString() {
        return parts().group(1) + name();
    }
}
