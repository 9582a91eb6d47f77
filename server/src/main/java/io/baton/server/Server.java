package io.baton.server;

import com.zaxxer.hikari.HikariDataSource;
import io.baton.server.api.ApiConfiguration;
import io.baton.server.database.Database;
import io.baton.server.session.SessionConfiguration;
import io.baton.server.web.WebConfiguration;
import java.time.Clock;
import java.time.Duration;
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
@Import({SessionConfiguration.class, WebConfiguration.class, ApiConfiguration.class})
class Server {

    private static final int CONNECTIONS_MAX = 16;

    /** How long a request waits for a connection before it is answered with 503. */
    private static final Duration CONNECTION_WAIT_MAX = Duration.ofSeconds(5);

    @Bean
    DataSource dataSource(Database database) {
        database.migrate(Database.MIGRATIONS);
        HikariDataSource pool = database.pool("baton", CONNECTIONS_MAX);
        pool.setConnectionTimeout(CONNECTION_WAIT_MAX.toMillis());
        return pool;
    }

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }
}
