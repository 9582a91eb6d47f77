package io.baton.server;

import io.baton.server.database.Database;
import io.baton.server.session.FirstAdministrator;
import io.baton.server.session.SignIn;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import picocli.CommandLine.Option;

/**
 * Baton served over HTTP, until the process is stopped. The database is opened before Spring starts and closed after
 * Spring has closed, so that no bean ever sees it missing.
 */
public final class WebServer {

    /** Where to serve; options of every command that does. */
    public static final class Address {

        @Option(
                names = "--port",
                defaultValue = "${env:BATON_PORT:-8080}",
                description = "The port to serve on; 0 takes a free one (default: ${DEFAULT-VALUE}, from BATON_PORT).")
        private int port;

        @Option(
                names = "--host",
                defaultValue = "${env:BATON_HOST:-127.0.0.1}",
                description = "The address to serve on (default: ${DEFAULT-VALUE}, from BATON_HOST).")
        private String host = "";
    }

    /** What the training run asks for, so that the classes behind it are in the start-up cache. */
    private static final List<String> TRAINING_PATHS =
            List.of("/health", "/", "/nowhere", "/api/session", "/sign-in/x");

    private final ConfigurableApplicationContext context;
    private final String url;

    private WebServer(ConfigurableApplicationContext context, String host) {
        this.context = context;
        var bound = context.getEnvironment().getRequiredProperty("local.server.port");
        this.url = "http://" + (host.equals("0.0.0.0") ? "localhost" : host) + ":" + bound;
        context.getBean(Node.class).channels().servedAt(url);
    }

    /** Stops the database too when the process ends. A {@code node} given is closed but not started. */
    public static WebServer start(Database database, @Nullable Node node, Address address) {
        SpringApplication.getShutdownHandlers().add(database::close);
        keepLogging();
        var application = new SpringApplication(Server.class);
        application.setLogStartupInfo(false);
        application.addInitializers(context -> {
            context.getBeanFactory().registerSingleton("database", database);
            if (node != null) {
                ((GenericApplicationContext) context).registerBean("node", Node.class, () -> node);
            }
        });
        var context = application.run("--server.port=" + address.port, "--server.address=" + address.host);
        return new WebServer(context, address.host);
    }

    /** Spring would set logging up anew while others log; logback.xml says all there is to say, also for Tomcat's logger. */
    private static void keepLogging() {
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    public String url() {
        return url;
    }

    /** Signs the first administrator in, while nobody else could. */
    public Optional<String> firstSignInLink() {
        return context.getBean(FirstAdministrator.class).link().map(secret -> url + "/sign-in/" + secret);
    }

    /** Signs this person in once. */
    public String signInLink(String person) {
        return url + "/sign-in/" + context.getBean(SignIn.class).issueLink(person);
    }

    /** Serves a few pages to itself. */
    public void train() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (var path : TRAINING_PATHS) {
                client.send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.discarding());
            }
        }
    }
}
