package io.baton.server.web;

import com.zaxxer.hikari.HikariDataSource;
import io.baton.server.TestApplication;
import io.baton.server.channel.ChannelSettings;
import io.baton.server.database.Database;
import io.baton.server.database.TestDatabase;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.session.Sessions;
import java.net.URI;
import java.net.http.HttpClient;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The whole application on a database and a port of its own, for tests over real HTTP. Its clock stands still until the
 * test moves it. Close it after the test class.
 *
 * <pre>
 * private static final TestServer SERVER = TestServer.start();
 * TestClient ada = SERVER.signedIn(SERVER.addMember("Ada"));
 * ada.post("/api/cases", Map.of("process", "request-for-payment")).expect(201).json().get("key").asString()
 * &#64;AfterAll static void close() { SERVER.close(); }
 * </pre>
 */
public final class TestServer implements AutoCloseable {

    private static final long CONNECTION_WAIT_MS = 250; // the shortest that the pool allows

    private final AutoCloseable database;
    private final TestClock clock;
    private final ConfigurableApplicationContext context;
    private final HttpClient http;
    private final URI address;

    private TestServer(
            Database database,
            AutoCloseable closing,
            ChannelSettings channels,
            List<String> settings,
            Class<?>... more) {
        this.database = closing;
        clock = new TestClock();
        context = TestApplication.start(database, clock, channels, settings, more);
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        address = URI.create("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** {@code more} are further Spring configurations of the test. */
    public static TestServer start(Class<?>... more) {
        return startOnItsOwn(List.of(), more);
    }

    /** With a mail server, for instance. */
    public static TestServer start(ChannelSettings channels, Class<?>... more) {
        var test = TestDatabase.migrated();
        return new TestServer(test.database(), test, channels, List.of(), more);
    }

    /** With settings like {@code --baton.web-app=file:/tmp/app/}. */
    static TestServer startWith(String... settings) {
        return startOnItsOwn(List.of(settings));
    }

    private static TestServer startOnItsOwn(List<String> settings, Class<?>... more) {
        var test = TestDatabase.migrated();
        return new TestServer(test.database(), test, ChannelSettings.NONE, settings, more);
    }

    /** On a database of the test's own making, which is closed with the server. */
    public static TestServer startOn(Database database) {
        return new TestServer(database, database, ChannelSettings.NONE, List.of());
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public TestClock clock() {
        return clock;
    }

    public Directory directory() {
        return bean(Directory.class);
    }

    public JdbcClient sql() {
        return bean(JdbcClient.class);
    }

    /** {@code http://127.0.0.1:12345}, without a slash at the end. */
    public URI address() {
        return address;
    }

    /** The id of a new member in these teams, which are there already. */
    public String addMember(String name, String... teams) {
        return directory().add(Person.member(name, null, List.of(teams))).orElseThrow();
    }

    public String addAdministrator(String name) {
        return directory().add(Person.administrator(name, null)).orElseThrow();
    }

    /** A browser without cookies. */
    public TestClient anonymous() {
        return new TestClient(http, address);
    }

    /** A browser in which this person is signed in, and that sends the CSRF token as the web app does. */
    public TestClient signedIn(String person) {
        String secret = bean(Sessions.class).open(person).orElseThrow();
        return anonymous().withCookie(SessionCookie.NAME, secret).withCsrfToken();
    }

    /** No request gets a connection to the database for as long as the work takes. */
    public void withoutDatabase(Runnable work) {
        var pool = (HikariDataSource) bean(DataSource.class);
        long wait = pool.getConnectionTimeout();
        var taken = new ArrayList<Connection>();
        try {
            for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
                taken.add(pool.getConnection());
            }
            pool.setConnectionTimeout(CONNECTION_WAIT_MS);
            work.run();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            pool.setConnectionTimeout(wait);
            taken.forEach(TestServer::close);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
        context.close();
        try {
            database.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
