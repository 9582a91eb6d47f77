package io.baton.server.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a PostgreSQL database is and how to sign in to it. Reads libpq's form ({@code postgres://user:pw@host/db}) and
 * the driver's ({@code jdbc:postgresql://host/db?user=…&password=…}), each with several hosts if need be. The password
 * is never part of {@link #toString} nor of any message.
 *
 * @param hosts tried in this order
 * @param parameters the driver's own names (sslmode, targetServerType, …)
 */
public record DatabaseUrl(
        List<Host> hosts, String database, String user, String password, SequencedMap<String, String> parameters) {

    private static final int DEFAULT_PORT = 5432;

    /** libpq's words for what the driver calls something else. */
    private static final Map<String, String> LIBPQ_NAMES = Map.of(
            "connect_timeout", "connectTimeout",
            "application_name", "ApplicationName",
            "target_session_attrs", "targetServerType");

    private static final Map<String, String> LIBPQ_TARGETS =
            Map.of("read-write", "primary", "standby", "secondary", "prefer-standby", "preferSecondary");

    public DatabaseUrl {
        hosts = List.copyOf(hosts);
        parameters = new LinkedHashMap<>(parameters);
    }

    /** A server's address. An IPv6 address stands without its brackets. */
    public record Host(String name, int port) {
        @Override
        public String toString() {
            return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
        }
    }

    static DatabaseUrl loopback(int port, String database, String user, String password) {
        SequencedMap<String, String> parameters = new LinkedHashMap<>();
        parameters.put("sslmode", "disable");
        parameters.put("gssEncMode", "disable");
        return new DatabaseUrl(List.of(new Host("127.0.0.1", port)), database, user, password, parameters);
    }

    /**
     * Reads the value of BATON_DATABASE_URL.
     *
     * @throws DatabaseRefused when it cannot be read; the message does not repeat the value, as it holds a password
     */
    public static DatabaseUrl parse(String text) {
        String url = text.strip();
        String rest = afterScheme(url);
        int query = rest.indexOf('?');
        SequencedMap<String, String> parameters = parameters(query < 0 ? "" : rest.substring(query + 1));
        String place = query < 0 ? rest : rest.substring(0, query);

        int slash = place.indexOf('/');
        String authority = slash < 0 ? place : place.substring(0, slash);
        String database = slash < 0 ? "" : decoded(place.substring(slash + 1));
        int at = authority.lastIndexOf('@');
        String credentials = at < 0 ? "" : authority.substring(0, at);
        int colon = credentials.indexOf(':');
        String user = decoded(colon < 0 ? credentials : credentials.substring(0, colon));
        String password = colon < 0 ? "" : decoded(credentials.substring(colon + 1));

        String givenUser = parameters.remove("user");
        String givenPassword = parameters.remove("password");
        user = user.isEmpty() && givenUser != null ? givenUser : user;
        password = password.isEmpty() && givenPassword != null ? givenPassword : password;
        if (user.isEmpty()) {
            throw unreadable("it names no user");
        }
        if (database.isEmpty() || database.contains("/")) {
            throw unreadable("it names no database after the host");
        }
        return new DatabaseUrl(hosts(authority.substring(at + 1)), database, user, password, parameters);
    }

    private static String afterScheme(String url) {
        for (String scheme : List.of("jdbc:postgresql://", "postgresql://", "postgres://")) {
            if (url.startsWith(scheme)) {
                return url.substring(scheme.length());
            }
        }
        throw unreadable("it starts with neither postgres:// nor jdbc:postgresql://");
    }

    private static List<Host> hosts(String authority) {
        List<Host> hosts = new ArrayList<>();
        for (String part : authority.split(",", -1)) {
            try {
                URI uri = new URI("host://" + part);
                String name = uri.getHost();
                if (name == null || uri.getUserInfo() != null) {
                    throw badHost();
                }
                hosts.add(new Host(name.replaceAll("[\\[\\]]", ""), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort()));
            } catch (URISyntaxException e) {
                throw badHost();
            }
        }
        return hosts;
    }

    /** Does not show the part: with an unescaped @ or / in the password, a piece of it would stand there. */
    private static DatabaseRefused badHost() {
        return unreadable("the part before the database is not a host with an optional port (a special character in"
                + " the password is written with its code, as %40 for @)");
    }

    private static SequencedMap<String, String> parameters(String query) {
        SequencedMap<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            String given = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            String name = LIBPQ_NAMES.getOrDefault(given, given);
            if (PGProperty.forName(name) == null) {
                throw unreadable("it has a parameter that the PostgreSQL driver does not know");
            }
            parameters.put(
                    name, given.equals("target_session_attrs") ? LIBPQ_TARGETS.getOrDefault(value, value) : value);
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw unreadable("a % in it is not followed by two hexadecimal digits");
        }
    }

    private static DatabaseRefused unreadable(String why) {
        return new DatabaseRefused(
                "BATON_DATABASE_URL cannot be read",
                why,
                "Write it as postgres://user:password@host:5432/database or"
                        + " jdbc:postgresql://host:5432/database?user=…&password=…");
    }

    DatabaseUrl withDatabase(String other) {
        return new DatabaseUrl(hosts, other, user, password, parameters);
    }

    /** Opens a new connection each time; pools stand on top of it. */
    PGSimpleDataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(hosts.stream().map(Host::name).toArray(String[]::new));
        source.setPortNumbers(hosts.stream().mapToInt(Host::port).toArray());
        source.setDatabaseName(database);
        source.setUser(user);
        source.setPassword(password);
        source.setApplicationName("baton");
        source.setTcpKeepAlive(true);
        try {
            for (var parameter : parameters.entrySet()) {
                source.setProperty(parameter.getKey(), parameter.getValue());
            }
        } catch (SQLException e) {
            throw unreadable("the PostgreSQL driver does not accept a parameter of it");
        }
        return source;
    }

    /** The database without the credentials, for messages. */
    public String place() {
        return hosts.stream().map(Host::toString).collect(Collectors.joining(",")) + "/" + database;
    }

    /** The driver's form, without the credentials. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + place();
    }

    @Override
    public String toString() {
        return "postgres://" + user + ":***@" + place();
    }
}
