package io.baton.server;

import io.baton.server.api.ApiConfiguration;
import io.baton.server.channel.ChannelSettings;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.Database;
import io.baton.server.scim.ScimConfiguration;
import io.baton.server.session.SessionConfiguration;
import io.baton.server.web.WebConfiguration;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The Spring application. The {@link Database} is put into it from outside. Nothing is found by scanning: what is part
 * of it is imported here. Users and error pages are Baton's own, so Spring Boot's are left out.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = {UserDetailsServiceAutoConfiguration.class, ErrorMvcAutoConfiguration.class})
@Import({SessionConfiguration.class, WebConfiguration.class, ApiConfiguration.class, ScimConfiguration.class})
class Server {

    /** The node works by itself as soon as it exists, unless one was given; Spring closes it before the database. */
    @Bean
    @ConditionalOnMissingBean
    Node node(Database database, Clock clock, ChannelSettings settings) {
        var node = new Node(database, LocalWorkers.NONE, clock, settings);
        node.startPumps();
        return node;
    }

    @Bean
    @ConditionalOnMissingBean
    ChannelSettings channelSettings() {
        return ChannelSettings.of(System.getenv());
    }

    @Bean
    DataSource dataSource(Node node) {
        return node.pool();
    }

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }
}
