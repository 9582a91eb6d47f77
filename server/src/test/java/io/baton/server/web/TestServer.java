package io.baton.server.web;

import com.zaxxer.hikari.HikariDataSource;
import io.baton.server.TestApplication;
import io.baton.server.database.TestDatabase;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.session.Sessions;
import java.net.URI;
import java.net.http.HttpClient;
import javax.sql.DataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The whole application on a database and a port of its own, for tests over real HTTP. Time is as the test says. Close it
 * after the test class.
 *
 * <pre>
 * private static final TestServer SERVER = TestServer.start();
 * var member = SERVER.signedIn(SERVER.addMember("Ada"));
 * member.post("/api/cases", Map.of("process", "request-for-payment")).status()
 * &#64;AfterAll static void close() { SERVER.close(); }
 * </pre>
 */
public final class TestServer implements AutoCloseable {

    private final TestDatabase database;
    private final TestClock clock;
    private final ConfigurableApplicationContext context;
    private final HttpClient http;
    private final URI address;

    private TestServer() {
        database = TestDatabase.migrated();
        clock = new TestClock();
        context = TestApplication.start(database.database(), clock);
        http = HttpClient.newHttpClient();
        address = URI.create("http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    public static TestServer start() {
        return new TestServer();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
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

    /** {@code http://localhost:12345}, without a slash at the end. */
    public URI address() {
        return address;
    }

    /** The id of a new member in these teams, which are there already. */
    public String addMember(String name, String... teams) {
        return directory()
                .add(Person.member(name, null, java.util.List.of(teams)))
                .orElseThrow();
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
        return anonymous()
                .withCookie(
                        SessionCookie.NAME, bean(Sessions.class).open(person).orElseThrow())
                .withCsrfToken();
    }

    /** Makes the database unreachable for as long as {@code work} takes: requests wait in vain for a connection. */
    public void withoutDatabase(Runnable work) {
        var pool = (HikariDataSource) bean(DataSource.class);
        long before = pool.getConnectionTimeout();
        var name = database.database().url().database();
        pool.setConnectionTimeout(250);
        try {
            database.forbidConnections();
            work.run();
        } finally {
            database.allowConnections();
            pool.setConnectionTimeout(before);
        }
    }

    @Override
    public void close() {
        http.close();
        context.close();
        database.close();
    }
}
