package io.baton.server;

import io.baton.server.database.Database;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the application as {@code baton start} does, on a free port and with a clock of the test's. */
public final class TestApplication {

    private TestApplication() {}

    public static ConfigurableApplicationContext start(Database database, Clock clock, Class<?>... more) {
        var application = new SpringApplication(Server.class);
        application.addPrimarySources(java.util.List.of(more));
        application.setRegisterShutdownHook(false);
        application.addInitializers(context -> {
            context.getBeanFactory().registerSingleton("database", database);
            context.getBeanFactory().registerSingleton("clock", clock);
        });
        return application.run("--server.port=0", "--server.address=127.0.0.1");
    }
}
