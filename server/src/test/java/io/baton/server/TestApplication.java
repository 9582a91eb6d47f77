package io.baton.server;

import io.baton.server.channel.ChannelSettings;
import io.baton.server.database.Database;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the application as {@code baton start} does, on a free port and with a clock of the test's. */
public final class TestApplication {

    private TestApplication() {}

    /** {@code settings} are like {@code --server.port=0}. */
    public static ConfigurableApplicationContext start(
            Database database, Clock clock, List<String> settings, Class<?>... more) {
        return start(database, clock, ChannelSettings.NONE, settings, more);
    }

    public static ConfigurableApplicationContext start(
            Database database, Clock clock, ChannelSettings channels, List<String> settings, Class<?>... more) {
        var application = new SpringApplication(Server.class);
        application.addPrimarySources(List.of(more));
        application.setRegisterShutdownHook(false);
        application.addInitializers(context -> {
            context.getBeanFactory().registerSingleton("database", database);
            context.getBeanFactory().registerSingleton("clock", clock);
            context.getBeanFactory().registerSingleton("channels", channels);
        });
        var all = new ArrayList<>(List.of("--server.port=0", "--server.address=127.0.0.1"));
        all.addAll(settings);
        return application.run(all.toArray(String[]::new));
    }
}
