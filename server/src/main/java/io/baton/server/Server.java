package io.baton.server;

import io.baton.server.database.Database;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The Spring application. The {@link Database} is put into it from outside, by {@link Start}. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
class Server {

    private static final int CONNECTIONS_MAX = 16;

    @Bean
    DataSource dataSource(Database database) {
        return database.pool("baton", CONNECTIONS_MAX);
    }

    /** Everything is closed unless it is listed here. */
    @Bean
    SecurityFilterChain whoMayCallWhat(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/health", "/", "/assets/**", "/*.svg")
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .build();
    }

    /** For load balancers: answers as soon as pages are served. */
    @RestController
    static class Health {

        @GetMapping("/health")
        Map<String, String> health() {
            return Map.of("status", "up");
        }
    }
}
