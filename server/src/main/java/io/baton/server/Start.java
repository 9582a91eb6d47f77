package io.baton.server;

import io.baton.server.database.Database;
import io.baton.server.database.Databases;
import io.baton.server.session.FirstAdministrator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code baton start}: opens the database, then serves until the process is stopped. The database is opened before
 * Spring starts and closed after Spring has closed, so that no bean ever sees it missing.
 */
@Command(name = "start", description = "Starts Baton and serves it.", mixinStandardHelpOptions = true)
final class Start implements Callable<Integer> {

    /** What the training run asks for, so that the classes behind it are in the start-up cache. */
    private static final List<String> TRAINING_PATHS =
            List.of("/health", "/", "/nowhere", "/api/session", "/sign-in/x");

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

    @Option(
            names = "--data",
            defaultValue = "${env:BATON_DATA:-data}",
            description = "The folder of Baton's own PostgreSQL (default: ${DEFAULT-VALUE}, from BATON_DATA);"
                    + " BATON_DATABASE_URL names another PostgreSQL to use instead.")
    private @Nullable Path data;

    @Option(names = "--train", hidden = true, description = "Serves a few pages to itself, then ends.")
    private boolean train;

    @Override
    public Integer call() throws Exception {
        String external = train ? null : System.getenv("BATON_DATABASE_URL");
        Database database = Databases.open(external, data == null ? Path.of("data") : data);
        SpringApplication.getShutdownHandlers().add(database::close);
        SpringApplication application = new SpringApplication(Server.class);
        application.setLogStartupInfo(false);
        application.addInitializers(context -> context.getBeanFactory().registerSingleton("database", database));
        var context = application.run("--server.port=" + port, "--server.address=" + host);
        String url = url(context);
        if (train) {
            visit(url);
            return 0;
        }
        System.out.println("Baton is ready: " + url);
        context.getBean(FirstAdministrator.class)
                .link()
                .ifPresent(
                        link -> System.out.println("Sign in as its administrator, once: " + url + "/sign-in/" + link));
        new CountDownLatch(1).await(); // until a signal ends the process
        return 0;
    }

    private String url(ConfigurableApplicationContext context) {
        String bound = context.getEnvironment().getRequiredProperty("local.server.port");
        return "http://" + (host.equals("0.0.0.0") ? "localhost" : host) + ":" + bound;
    }

    private static void visit(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String path : TRAINING_PATHS) {
                client.send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.discarding());
            }
        }
    }
}
