package io.baton.server;

import io.baton.server.database.Databases;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code baton start}: opens the database, then serves until the process is stopped. */
@Command(name = "start", description = "Starts Baton and serves it.", mixinStandardHelpOptions = true)
final class Start implements Callable<Integer> {

    @Mixin
    private WebServer.Address address = new WebServer.Address();

    @Option(
            names = "--data",
            defaultValue = "${env:BATON_DATA:-data}",
            description = "The folder of Baton's own PostgreSQL (default: ${DEFAULT-VALUE}, from BATON_DATA);"
                    + " BATON_DATABASE_URL names another PostgreSQL to use instead.")
    private @Nullable Path data;

    @Override
    public Integer call() throws Exception {
        var database = Databases.open(System.getenv("BATON_DATABASE_URL"), data == null ? Path.of("data") : data);
        var server = WebServer.start(database, null, address);
        System.out.println("Baton is ready: " + server.url());
        server.firstSignInLink().ifPresent(link -> System.out.println("Sign in as its administrator, once: " + link));
        new CountDownLatch(1).await(); // until a signal ends the process
        return 0;
    }
}
